"""Leaving, coming back, changing schools, what was entered by mistake, and one person entered twice."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from mentors import services
from mentors.models import Consent, Diagnostic, Meeting, Pair, Participation, Person, Program
from mentors.tests.factories import (
    ConsentFactory,
    DiagnosticFactory,
    EndReasonFactory,
    MeetingFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    PersonFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db
MARCH = datetime.date(2026, 3, 2)


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def desk(signed_in, curator):
    return signed_in(curator)


@pytest.fixture
def pair(school):
    return PairFactory(organization=school)


def page(desk, row, name, query=""):
    return desk.get(reverse(f"{row.role}-{name}", args=[row.pk]) + query)


def post(desk, row, name, query="", **values):
    return desk.post(reverse(f"{row.role}-{name}", args=[row.pk]) + query, values)


class TestEnd:
    def test_the_pairs_that_close_are_shown_before_and_closed_after(self, desk, pair):
        reason = EndReasonFactory(title="Сменился наставник")
        assert pair.mentor.person.full_name in page(desk, pair.mentee, "end").content.decode()

        post(desk, pair.mentee, "end", ended_on="02.03.2026", end_reason=reason.pk)

        pair.refresh_from_db()
        pair.mentee.refresh_from_db()
        assert (pair.ended_on, pair.end_reason, pair.mentee.ended_on) == (MARCH, reason, MARCH)
        assert pair.mentee.history.first().history_change_reason == "Сменился наставник"

    def test_a_reason_is_needed_and_the_day_is_not_before_the_start(self, desk, pair):
        assert post(desk, pair.mentee, "end", ended_on="02.03.2026").status_code == 422
        reason = EndReasonFactory()
        assert post(desk, pair.mentee, "end", ended_on="01.01.2020", end_reason=reason.pk).status_code == 422
        assert Pair.objects.open().exists()

    def test_a_mistaken_end_is_taken_back_with_the_pair(self, desk, pair):
        services.end_participation(actor=None, participation=pair.mentee, ended_on=MARCH)

        assert post(desk, pair.mentee, "reopen", pairs=[pair.pk]).status_code == 302

        pair.refresh_from_db()
        pair.mentee.refresh_from_db()
        assert pair.ended_on is None and pair.mentee.ended_on is None

    def test_a_foreign_pair_cannot_be_named(self, desk, pair, sibling_school):
        services.end_participation(actor=None, participation=pair.mentee, ended_on=MARCH)
        foreign = PairFactory(organization=sibling_school, ended_on=MARCH)
        assert post(desk, pair.mentee, "reopen", pairs=[foreign.pk]).status_code == 422

    def test_who_takes_part_elsewhere_is_not_taken_back(self, desk, pair, sibling_school):
        services.end_participation(actor=None, participation=pair.mentee, ended_on=MARCH)
        MenteeFactory(organization=sibling_school, person=pair.mentee.person)
        assert post(desk, pair.mentee, "reopen").status_code == 422


class TestMistake:
    def test_a_card_on_which_nothing_hangs_goes_with_the_person(self, desk, school):
        row = MenteeFactory(organization=school)
        assert post(desk, row, "remove", reason="не та школа").status_code == 302
        assert not Participation.objects.exists() and not Person.objects.exists()
        assert Person.history.filter(history_type="-").get().history_change_reason == "не та школа"

    def test_a_card_with_a_pair_is_only_ended(self, desk, pair):
        assert "пар" in page(desk, pair.mentee, "remove").content.decode()
        assert post(desk, pair.mentee, "remove", reason="ошибка").status_code == 422
        assert Participation.objects.filter(pk=pair.mentee.pk).exists()


class TestTransfer:
    def test_the_old_school_ends_and_the_new_one_goes_on(self, desk, pair, sibling_school):
        sibling_school.short_name = "СОШ № 99"
        sibling_school.save()

        post(desk, pair.mentee, "transfer", organization="сош 99", on="02.03.2026", class_name="10 б")

        arrived = Participation.objects.get(organization=sibling_school)
        assert (arrived.person, arrived.class_name, arrived.started_on) == (pair.mentee.person, "10Б", MARCH)
        pair.refresh_from_db()
        assert pair.ended_on == MARCH - datetime.timedelta(days=1)
        card = desk.get(reverse("mentee", args=[pair.mentee.pk])).content.decode()
        assert "10Б" not in card

    @pytest.mark.parametrize("named", ["foreign_school", "school"])
    def test_only_another_school_of_the_municipality_can_be_named(self, desk, pair, cast, named):
        target = getattr(cast, named)
        response = post(desk, pair.mentee, "transfer", organization=target.inn, on="02.03.2026")
        assert response.status_code == 422 and Participation.objects.count() == 2


class TestMerge:
    @pytest.fixture
    def twice(self, school):
        """One boy entered twice: each record has a pair with the same mentor and records of its own."""
        kept = MenteeFactory(
            organization=school, person=PersonFactory(last_name="Белов", birth_year=None, contact="")
        )
        merged = MenteeFactory(
            organization=school,
            person=PersonFactory(last_name="Белов", patronymic="", birth_year=2011, contact="+7 900"),
            class_name="9В",
        )
        mentor = MentorFactory(organization=school)
        pairs = [PairFactory(organization=school, mentor=mentor, mentee=row) for row in (kept, merged)]
        for pair in pairs:
            MeetingFactory(pair=pair)
        ProgramFactory(pair=pairs[1])
        DiagnosticFactory(participation=kept, deficits=14)
        DiagnosticFactory(participation=merged, deficits=11)
        ConsentFactory(person=merged.person, organization=school)
        return kept, merged

    def test_the_duplicate_is_offered_and_both_are_shown(self, desk, twice):
        kept, merged = twice
        assert merged.person.full_name in page(desk, kept, "merge").content.decode()
        preview = page(desk, kept, "merge", f"?with={merged.pk}").content.decode()
        assert "9Б" in preview and "9В" in preview

    def test_all_of_both_stands_on_one_card_afterwards(self, desk, twice):
        kept, merged = twice
        query = f"?with={merged.pk}"
        stamp = page(desk, kept, "merge", query).context["form"].current

        response = post(
            desk, kept, "merge", query, stamp=stamp, **{f"participation-{kept.pk}-class_name": "merged"}
        )

        assert response.status_code == 302
        kept.refresh_from_db()
        person = Person.objects.get(last_name="Белов")
        assert (kept.person, kept.class_name) == (person, "9В")
        assert (person.patronymic, person.birth_year, person.contact) == ("Сергеевич", 2011, "+7 900")
        pair = Pair.objects.get()
        assert Meeting.objects.filter(pair=pair).count() == 2 and Program.objects.get().pair == pair
        assert "11" in Diagnostic.objects.get(participation=kept).notes
        assert Consent.objects.get().person == person
        assert Participation.history.filter(id=merged.pk, history_type="-").exists()

    def test_a_card_that_changed_meanwhile_is_looked_at_again(self, desk, twice):
        kept, merged = twice
        query = f"?with={merged.pk}"
        stamp = page(desk, kept, "merge", query).context["form"].current
        services.change_person(actor=None, person=merged.person, contact="другой")
        answers = {f"participation-{kept.pk}-class_name": "kept"}
        assert post(desk, kept, "merge", query, stamp=stamp, **answers).status_code == 422
        assert Person.objects.filter(last_name="Белов").count() == 2

    def test_different_people_are_not_offered_again(self, desk, twice):
        kept, merged = twice
        post(desk, kept, "different", **{"with": merged.pk})
        assert f"with={merged.pk}" not in page(desk, kept, "merge").content.decode()
        assert f"with={kept.pk}" not in page(desk, merged, "merge").content.decode()

    def test_mentor_and_mentee_of_a_pair_are_two_people(self, desk, pair):
        query = f"?with={pair.mentor.pk}"
        form = page(desk, pair.mentee, "merge", query).context["form"]
        answers = {item.key: "kept" for item in form.differences if item.is_open}
        assert post(desk, pair.mentee, "merge", query, stamp=form.current, **answers).status_code == 422
        assert Person.objects.count() == 2

    def test_people_of_other_schools_are_neither_shown_nor_joined(self, desk, twice, sibling_school):
        kept, _merged = twice
        foreign = MenteeFactory(organization=sibling_school, person=PersonFactory(last_name="Белов"))
        assert page(desk, kept, "merge", f"?with={foreign.pk}").status_code == 404
        assert post(desk, kept, "merge", f"?with={foreign.pk}", stamp="1").status_code == 404
        assert post(desk, kept, "different", **{"with": foreign.pk}).status_code == 404

    def test_whom_another_school_knows_too_stays(self, desk, twice, sibling_school):
        kept, merged = twice
        elsewhere = MentorFactory(organization=sibling_school, person=merged.person)
        query = f"?with={merged.pk}"
        form = page(desk, kept, "merge", query).context["form"]
        assert form.kept == merged.person
        answers = {item.key: "kept" for item in form.differences if item.is_open}

        post(desk, kept, "merge", query, stamp=form.current, **answers)

        elsewhere.refresh_from_db()
        assert elsewhere.person == merged.person and not Person.objects.filter(pk=kept.person_id).exists()
