"""A curator adds mentors and mentees by hand: one form, no second record of the same person."""

from __future__ import annotations

import datetime
import re

import pytest
from django.urls import reverse

from mentors.enums import Population, Side
from mentors.models import Participation, Person
from mentors.tests.factories import (
    MenteeFactory,
    MentorFactory,
    MentoringFormFactory,
    PairFactory,
    PersonFactory,
)
from orgs.models import SentForm

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def desk(signed_in, curator):
    return signed_in(curator)


def add(desk, side="mentor", follow=False, **values):
    return desk.post(
        reverse(f"{side}-add"), {"full_name": "Фролова Ирина Николаевна", **values}, follow=follow
    )


class TestOneForm:
    def test_the_name_alone_is_enough(self, desk, school):
        assert add(desk, started_on="").status_code == 302

        row = Participation.objects.get()
        assert (row.organization, row.role, row.person.full_name) == (
            school,
            Side.MENTOR,
            "Фролова Ирина Николаевна",
        )

    def test_all_facts_go_where_they_belong(self, desk, curator):
        form = MentoringFormFactory()
        add(
            desk,
            birth="17.05.1984",
            place="учитель физики",
            form=form.pk,
            competencies="олимпиады",
            capacity="3",
            phone="+7 900 000-45-67",
            email="frolova@school17.example",
            started_on="1.9.25",
        )

        row = Participation.objects.get()
        assert (row.position, row.class_name, row.population) == ("учитель физики", "", Population.TEACHER)
        assert (row.form, row.capacity, row.started_on) == (form, 3, datetime.date(2025, 9, 1))
        assert (row.person.birth_date, row.person.birth_year) == (datetime.date(1984, 5, 17), 1984)
        assert row.person.contact == "+7 900 000-45-67, frolova@school17.example"
        assert row.history.get().history_user == curator

    def test_a_class_makes_a_pupil_and_is_written_the_usual_way(self, desk):
        add(desk, "mentee", full_name="Белов Артём", place="10 б", birth="2010")

        row = Participation.objects.get()
        assert (row.class_name, row.position, row.population) == ("10Б", "", Population.PUPIL)

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"full_name": ""}, "фамилию и имя"),
            ({"full_name": "Фролова"}, "Фролова"),
            ({"birth": "2101"}, "2101"),
            ({"birth": "вчера"}, "вчера"),
            ({"place": "9А", "population": "teacher"}, "Класс бывает только у ученика"),
            ({"birth": "2010", "started_on": "01.09.2009"}, "раньше рождения"),
            ({"form": "999999"}, "выбран"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field_and_kept(self, desk, values, words):
        response = add(desk, contact="сохранено", **values)

        page = response.content.decode()
        assert response.status_code == 422
        assert words.lower() in page.lower() and 'value="сохранено"' in page
        assert "<title>Ошибка: " in page
        assert not Person.objects.exists()

    def test_a_strange_order_of_words_is_shown_in_its_parts_and_changeable(self, desk):
        asked = add(desk, full_name="Иван Иванович Петров")
        assert asked.status_code == 422
        assert 'name="last_name" value="Петров"' in asked.content.decode()

        add(
            desk,
            full_name="Иван Иванович Петров",
            parsed="Иван Иванович Петров",
            last_name="Петров",
            first_name="Иван",
            patronymic="Иванович",
        )
        assert Person.objects.get().full_name == "Петров Иван Иванович"

    def test_a_missing_patronymic_is_no_question(self, desk):
        assert add(desk, full_name="Ли Мин").status_code == 302
        assert Person.objects.get().patronymic == ""

    def test_an_unlikely_age_is_saved_and_said(self, desk):
        response = add(
            desk, "mentee", full_name="Белов Артём", birth="2023", started_on="01.09.2025", follow=True
        )
        assert "Проверьте год рождения" in response.content.decode()

    def test_the_next_one_opens_with_the_class_the_form_and_the_date(self, desk):
        form = MentoringFormFactory()
        response = add(
            desk,
            "mentee",
            full_name="Белов Артём",
            place="10 б",
            form=form.pk,
            started_on="01.09.2026",
            more="1",
        )

        page = desk.get(response["Location"]).content.decode()
        assert response["Location"].startswith(reverse("mentee-add"))
        assert 'value="10Б"' in page and 'value="01.09.2026"' in page and "Белов" not in response["Location"]
        assert re.search(rf'name="form" value="{form.pk}"[^>]* checked', page)

    def test_the_forms_that_the_school_uses_most_are_segments_and_the_rest_a_list(self, desk, school):
        made = [
            MentoringFormFactory(code=f"f{number}", title=f"форма – {number}", position=number)
            for number in range(6)
        ]
        for form in (made[5], made[5], made[4]):
            PairFactory(organization=school, form=form)

        page = desk.get(reverse("mentor-add")).content.decode()

        radios = re.findall(r'type="radio" name="form" value="(\w+)"', page)
        assert radios == [str(form.pk) for form in (made[0], made[4], made[5])] + ["other"]
        listed = page.split('name="form_other"')[1].split("</select>")[0]
        assert [str(form.pk) for form in made[1:4]] == re.findall(r'value="(\d+)"', listed)

    def test_another_form_is_taken_from_the_list(self, desk, school):
        made = [
            MentoringFormFactory(code=f"f{number}", title=f"форма – {number}", position=number)
            for number in range(6)
        ]
        add(desk, form="other", form_other=made[3].pk, full_name="Фролова Ирина")
        add(desk, form=made[1].pk, form_other=made[3].pk, full_name="Юдин Олег")

        assert set(Participation.objects.values_list("person__last_name", "form")) == {
            ("Фролова", made[3].pk),
            ("Юдин", made[1].pk),
        }

    def test_few_forms_are_all_segments(self, desk):
        for number in range(4):
            MentoringFormFactory(code=f"f{number}", title=f"форма – {number}", position=number)
        page = desk.get(reverse("mentor-add")).content.decode()
        assert 'name="form_other"' not in page


class TestSameForm:
    def test_a_double_click_adds_one_person_and_leads_to_the_same_card(self, desk):
        first, second = (add(desk, once=KEY) for _ in range(2))

        assert first["Location"] == second["Location"]
        assert Participation.objects.count() == 1

    def test_a_refused_form_may_be_sent_again_with_its_key(self, desk):
        add(desk, once=KEY, birth="2101")
        add(desk, once=KEY, birth="1984")

        assert Participation.objects.get().person.birth_year == 1984
        assert SentForm.objects.count() == 1

    def test_fields_that_the_form_does_not_have_change_nothing(self, desk, school, sibling_school, stranger):
        add(
            desk,
            organization=sibling_school.pk,
            role="mentee",
            user=stranger.pk,
            ended_on="01.01.2026",
            base_place="чужой",
            name_key="x",
        )

        row = Participation.objects.get()
        assert (row.organization, row.role, row.ended_on, row.base_place) == (school, Side.MENTOR, None, "")
        assert row.person.user is None


class TestSamePerson:
    def test_a_namesake_without_a_different_birth_is_asked_about(self, desk, school):
        known = MenteeFactory(organization=school, person=PersonFactory(last_name="Белов", birth_year=None))

        response = add(desk, "mentee", full_name="белов антон сергеевич", birth="2011")

        page = response.content.decode()
        assert response.status_code == 422 and "Похоже, это тот же человек" in page
        assert reverse("mentee", args=[known.pk]) in page
        assert Person.objects.count() == 1

    def test_another_person_is_added_when_the_curator_says_so(self, desk, school):
        MenteeFactory(organization=school, person=PersonFactory(last_name="Белов"))
        add(desk, "mentee", full_name="Белов Антон Сергеевич", decision="new")
        assert Person.objects.count() == 2

    def test_the_same_person_gets_a_second_role(self, desk, school):
        person = PersonFactory(last_name="Белов", birth_year=None)
        MenteeFactory(organization=school, person=person)

        response = add(desk, full_name="Белов Антон Сергеевич", birth="2009", decision=f"same-{person.pk}")

        assert response.status_code == 302
        assert set(person.participations.values_list("role", flat=True)) == {"mentor", "mentee"}
        person.refresh_from_db()
        assert person.birth_year == 2009

    def test_who_has_the_role_already_does_not_get_it_twice(self, desk, school):
        person = PersonFactory(last_name="Белов")
        MentorFactory(organization=school, person=person)

        response = add(desk, full_name="Белов Антон Сергеевич", decision=f"same-{person.pk}")

        assert response.status_code == 422 and Participation.objects.count() == 1

    def test_another_year_of_birth_is_another_person(self, desk, school):
        MenteeFactory(organization=school, person=PersonFactory(last_name="Белов", birth_year=2011))
        assert add(desk, full_name="Белов Антон Сергеевич", birth="2008").status_code == 302

    def test_people_of_other_schools_are_neither_shown_nor_taken(self, desk, sibling_school):
        person = PersonFactory(last_name="Белов")
        MenteeFactory(organization=sibling_school, person=person)

        add(desk, "mentee", full_name="Белов Антон Сергеевич", decision=f"same-{person.pk}")

        assert Person.objects.count() == 2 and person.participations.count() == 1


@pytest.mark.parametrize("user", ["head", "methodologist", "analyst", "administrator", "mentor", "stranger"])
def test_nobody_but_the_curator_adds_people(user, cast, signed_in):
    desk = signed_in(getattr(cast, user))
    assert desk.get(reverse("mentor-add")).status_code == 403
    assert add(desk).status_code == 403
    assert not Person.objects.exists()
