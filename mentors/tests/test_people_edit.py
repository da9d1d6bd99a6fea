"""The card of a participant is changed by hand: nothing of anybody else is lost or touched."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from accounts.models import AccessAction, AccessRecord
from mentors import services
from mentors.models import Participation
from mentors.tests.factories import (
    MenteeFactory,
    MentorFactory,
    MentoringFormFactory,
    PairFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def desk(signed_in, curator):
    return signed_in(curator)


@pytest.fixture
def mentee(school):
    person = PersonFactory(last_name="Белов", birth_year=2011, contact="+7 900 000-12-34")
    return MenteeFactory(organization=school, person=person, main_request="алгебра")


def opened(desk, row, field="") -> dict:
    """What a browser would send back of the form as it was opened."""
    url = reverse(f"{row.role}-edit", args=[row.pk]) + (f"?field={field}" if field else "")
    page = desk.get(url).content.decode()
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page.split("data-form")[1]):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="checkbox"' not in tag and 'type="radio"' not in tag:
            fields[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page):
        fields[name] = text
    return {"url": url, **fields}


def send(desk, form, /, **values):
    data = {name: value for name, value in form.items() if name != "url"}
    return desk.post(form["url"], {**data, **values})


def test_one_line_of_the_card_is_one_field(desk, mentee):
    form = opened(desk, mentee, "main_request")
    assert "last_name" not in form and form["main_request"] == "алгебра"

    assert send(desk, form, main_request="геометрия").status_code == 302

    mentee.refresh_from_db()
    assert (mentee.main_request, mentee.class_name) == ("геометрия", "9Б")


def test_the_whole_card_keeps_what_was_not_touched(desk, mentee, curator):
    send(desk, opened(desk, mentee), class_name="10 а", population="pupil", birth_date="3.05.2011")

    mentee.refresh_from_db()
    assert (mentee.class_name, mentee.main_request) == ("10А", "алгебра")
    assert (str(mentee.person.birth_date), mentee.person.contact) == ("2011-05-03", "+7 900 000-12-34")
    assert mentee.history.first().history_user == curator


def test_the_form_of_mentoring_is_chosen_from_segments_and_may_be_taken_back(desk, mentee):
    mentee.form = MentoringFormFactory(title="учитель – ученик", teacher_form=True)
    mentee.save()
    fields = opened(desk, mentee)
    page = desk.get(fields["url"]).content.decode()
    chosen = re.search(r'<input type="radio" name="form" value="(\d*)"[^>]* checked><span>([^<]*)', page)
    assert chosen.groups() == (str(mentee.form_id), "Учитель — ученик")
    assert 'id="id_form_"' in page

    send(desk, fields, form=mentee.form_id, class_name="10А", population="pupil")
    mentee.refresh_from_db()
    assert (mentee.class_name, mentee.form.title) == ("10А", "учитель – ученик")

    send(desk, opened(desk, mentee), form="")
    mentee.refresh_from_db()
    assert mentee.form is None


def test_phone_and_address_have_fields_of_their_own_and_are_one_text_of_the_base(desk, mentee):
    form = opened(desk, mentee, "contact")
    assert (form["phone"], form["email"], form["contact"]) == ("+7 900 000-12-34", "", "")

    send(desk, form, email="belov@school17.example", contact="мама Анна Петровна")

    mentee.person.refresh_from_db()
    assert mentee.person.contact == "мама Анна Петровна, +7 900 000-12-34, belov@school17.example"
    card = desk.get(reverse("mentee", args=[mentee.pk])).content.decode()
    for words in ("+7 900 000-12-34", "belov@school17.example", "мама Анна Петровна"):
        assert f">{words}<" in card.replace("\n", "")


def test_an_address_without_its_sign_is_refused_with_an_example(desk, mentee):
    response = send(desk, opened(desk, mentee, "contact"), email="belov.school17.example")
    assert response.status_code == 422
    assert "Это не адрес электронной почты. Пример: ivanova@school17.example" in response.content.decode()


@pytest.mark.parametrize(
    "text", ["тел.: 89001234567;  e-mail: a@b.example", "мама 89001234567, папа 89007654321"]
)
def test_contacts_that_nobody_touched_stay_letter_by_letter(desk, mentee, text):
    services.change_person(actor=None, person=mentee.person, contact=text)
    send(desk, opened(desk, mentee), patronymic="Олегович")
    mentee.person.refresh_from_db()
    assert (mentee.person.patronymic, mentee.person.contact) == ("Олегович", text)


def test_of_two_curators_the_second_is_asked_about_the_same_field(desk, mentee, head):
    form = opened(desk, mentee, "main_request")
    services.change_participation(
        actor=head, participation=Participation.objects.get(pk=mentee.pk), main_request="физика"
    )

    response = send(desk, form, main_request="геометрия")

    page = response.content.decode()
    assert response.status_code == 422 and "физика" in page and "геометрия" in page
    answer = re.search(r'name="(keep-main_request)" value="(mine:\d+)"', page)
    send(desk, form, main_request="геометрия", **{answer[1]: answer[2]})
    mentee.refresh_from_db()
    assert mentee.main_request == "геометрия"


def test_what_an_import_wrote_meanwhile_into_another_field_stays(desk, mentee):
    form = opened(desk, mentee)
    services.change_person(actor=None, person=mentee.person, contact="+7 900 111-11-11", reason="база.xlsx")

    assert send(desk, form, class_name="10А", population="pupil").status_code == 302

    mentee.refresh_from_db()
    assert (mentee.person.contact, mentee.class_name) == ("+7 900 111-11-11", "10А")


def test_fields_that_the_form_does_not_have_change_nothing(desk, mentee, sibling_school, stranger):
    form = opened(desk, mentee, "main_request")
    send(
        desk,
        form,
        main_request="физика",
        organization=sibling_school.pk,
        role="mentor",
        person=1,
        user=stranger.pk,
        last_name="Другой",
        ended_on="01.01.2026",
        base_place="чужой",
    )

    row = Participation.objects.get(pk=mentee.pk)
    assert (row.organization, row.role, row.ended_on) == (mentee.organization, "mentee", None)
    assert (row.person.last_name, row.person.user, row.base_place) == ("Белов", None, "")


def test_who_somebody_is_changes_in_the_open_pair_or_is_refused(desk, school):
    pair = PairFactory(
        organization=school,
        mentee=MenteeFactory(organization=school, population="pupil"),
        mentor=MentorFactory(organization=school, population="pupil", class_name=""),
    )

    assert send(desk, opened(desk, pair.mentor, "place"), population="teacher").status_code == 302
    pair.refresh_from_db()
    assert pair.mentor_population == "teacher"
    response = send(desk, opened(desk, pair.mentee, "place"), population="employer", class_name="")
    assert response.status_code == 422
    pair.refresh_from_db()
    assert pair.mentee_population == "pupil"


class TestKnownElsewhere:
    @pytest.fixture
    def shared(self, mentee, sibling_school):
        MentorFactory(organization=sibling_school, person=mentee.person, class_name="КАНАРЕЙКА")
        return mentee

    def test_a_changed_name_has_to_be_confirmed(self, desk, shared):
        form = opened(desk, shared, "name")
        refused = send(desk, form, last_name="Беляев")
        assert refused.status_code == 422 and "КАНАРЕЙКА" not in refused.content.decode()

        assert send(desk, form, last_name="Беляев", shared_ok="on").status_code == 302
        shared.person.refresh_from_db()
        assert shared.person.last_name == "Беляев"

    def test_who_has_changed_it_there_is_not_told(self, desk, shared, colleague_curator):
        form = opened(desk, shared, "contact")
        person = type(shared.person).objects.get(pk=shared.person_id)
        services.change_person(actor=colleague_curator, person=person, contact="другой")

        page = send(desk, form, contact="мой").content.decode()

        assert "другой" in page and colleague_curator.full_name not in page

    def test_who_has_left_keeps_name_birth_and_contact(self, desk, shared):
        services.end_participation(
            actor=None, participation=shared, ended_on=shared.started_on.replace(year=2026, month=1)
        )
        form = opened(desk, shared)
        assert "last_name" not in form and "contact" not in form
        assert shared.person.contact not in desk.get(form["url"]).content.decode()


class TestCard:
    def test_it_says_what_is_missing_and_leads_there(self, desk, school):
        row = MenteeFactory(organization=school, person=PersonFactory(birth_year=None), population="pupil")

        page = desk.get(reverse("mentee", args=[row.pk])).content.decode()

        assert "год рождения" in page and "Согласия нет" in page
        assert f"{reverse('mentee-edit', args=[row.pk])}?" in page and "field=birth" in page

    def test_the_head_reads_without_a_way_to_write(self, signed_in, head, mentee):
        page = signed_in(head).get(reverse("mentee", args=[mentee.pk])).content.decode()
        assert mentee.person.contact in page
        assert reverse("mentee-edit", args=[mentee.pk]) not in page

    def test_above_the_school_a_look_is_noted_and_shows_nothing_private(
        self, signed_in, methodologist, mentee
    ):
        page = signed_in(methodologist).get(reverse("mentee", args=[mentee.pk])).content.decode()

        assert "Белов А." in page
        assert mentee.person.contact not in page and "Антон" not in page
        line = AccessRecord.objects.get(action=AccessAction.VIEW)
        assert (line.user, line.object_type, line.object_id) == (
            methodologist,
            "mentors.participation",
            str(mentee.pk),
        )

    def test_inside_the_school_a_look_is_not_noted(self, desk, mentee):
        desk.get(reverse("mentee", args=[mentee.pk]))
        assert not AccessRecord.objects.filter(action=AccessAction.VIEW).exists()

    def test_the_number_of_queries_does_not_grow(self, desk, mentee, school, django_assert_max_num_queries):
        url = reverse("mentee", args=[mentee.pk])
        desk.get(url)
        for _ in range(3):
            PairFactory(organization=school, mentee=mentee, mentor=MentorFactory(organization=school))
            services.change_participation(actor=None, participation=mentee, main_request="ещё")
        with django_assert_max_num_queries(60):
            desk.get(url)

    def test_every_change_stands_in_the_history(self, desk, mentee):
        send(desk, opened(desk, mentee, "main_request"), main_request="физика")
        page = desk.get(reverse("mentee-history", args=[mentee.pk])).content.decode()
        assert "алгебра" in page and "физика" in page
