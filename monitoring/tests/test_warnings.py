"""Warnings about data: each finds what it names and nothing else."""

from datetime import date, timedelta

import pytest

from common.dates import today
from mentors.tests.factories import (
    GroupFactory,
    MeetingFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    PersonFactory,
)
from monitoring.tests.conftest import YEAR
from orgs.tests.factories import HeadcountFactory
from surveys.tests.factories import AnswerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

LONG_AGO = today() - timedelta(days=100)


@pytest.fixture
def look(cast, signed_in):
    """A function: rows of a warning as (organization, record), for a user."""

    def rows(code, user=None):
        response = signed_in(user or cast.methodologist).get(f"/indicators/warnings/{code}/?year={YEAR}")
        assert response.status_code == 200
        return [(row.place, row.subject.replace("\u00a0", " ")) for row in response.context["rows"]]

    return rows


def test_a_number_above_its_base(cast, look, pupil_pair):
    HeadcountFactory(organization=cast.school, on_date=date(YEAR, 9, 5), pupils_10_18=1, pupils_15_18=0)
    pupil_pair(cast.school, "Первый")
    pupil_pair(cast.school, "Второй")

    assert ("СОШ № 17", "Дети 10–18 лет — наставляемые") in look("above_base")


def test_no_headcount_of_the_year(cast, look):
    HeadcountFactory(organization=cast.school, on_date=date(YEAR, 9, 5))
    HeadcountFactory(organization=cast.sibling_school, on_date=date(YEAR - 1, 9, 5))

    assert [place for place, _subject in look("no_numbers")] == ["СОШ № 18", "СОШ № 30"]


def test_a_mentor_of_more_than_five_pairs_where_a_group_is_one(cast, look):
    busy = MentorFactory(organization=cast.school, person=PersonFactory(last_name="Занятов"))
    leader = MentorFactory(organization=cast.school, person=PersonFactory(last_name="Групповой"))
    group = GroupFactory(organization=cast.school)
    for _number in range(6):
        PairFactory(organization=cast.school, mentor=busy, started_on=LONG_AGO)
        PairFactory(organization=cast.school, mentor=leader, group=group, started_on=LONG_AGO)

    assert [subject.split()[0] for _place, subject in look("busy_mentors")] == ["Занятов"]


def test_pupils_outside_the_age(cast, look, pupil_pair):
    pupil_pair(cast.school, "Малышов", birth_year=YEAR - 7)
    pupil_pair(cast.school, "Ровесник", birth_year=YEAR - 12)
    pupil_pair(cast.school, "Безгодов", birth_year=None)

    assert "Малышов А. С." in [subject for _place, subject in look("ages")]
    assert not {"Ровесник А. С.", "Безгодов А. С."} & {subject for _place, subject in look("ages")}


def test_one_person_in_two_schools_without_the_other_school(cast, look):
    person = PersonFactory(last_name="Двойнов")
    for school in (cast.school, cast.foreign_school):
        MenteeFactory(organization=school, person=person, started_on=LONG_AGO)

    assert [place for place, _subject in look("two_schools", cast.curator)] == ["СОШ № 17"]
    assert [place for place, _subject in look("two_schools")] == ["СОШ № 17"]


def test_all_answers_are_ten(cast, look):
    day = date(YEAR, 5, 20)
    AnswerFactory.create_batch(6, organization=cast.school, answered_on=day, joint_work=10, result=10)
    AnswerFactory.create_batch(6, organization=cast.district_school, answered_on=day, joint_work=10, result=9)
    # Too few to be told about.
    AnswerFactory.create_batch(4, organization=cast.sibling_school, answered_on=day, joint_work=10, result=10)

    # The neighbour of a hidden school is hidden with it, so nothing is told of either.
    assert look("all_tens") == []
    assert [place for place, _subject in look("all_tens", cast.curator)] == ["СОШ № 17"]


def test_more_answers_than_participants(cast, look, pupil_pair):
    pupil_pair(cast.school, "Один")
    AnswerFactory.create_batch(6, organization=cast.school, answered_on=date(YEAR, 5, 20))

    assert [place for place, _subject in look("answers_above")] == ["СОШ № 17"] * 1


def test_more_than_a_tenth_without_a_year_of_birth(cast, look, pupil_pair):
    for number in range(9):
        pupil_pair(cast.school, f"Известный{number}")
        pupil_pair(cast.sibling_school, f"Известный{number}")
    pupil_pair(cast.school, "Безгодов", birth_year=None)
    pupil_pair(cast.sibling_school, "Безгодов", birth_year=None)
    pupil_pair(cast.sibling_school, "Неведомый", birth_year=None)

    # One of ten is no more than a tenth, two of eleven are.
    assert [place for place, _subject in look("no_births")] == ["СОШ № 18"]


def test_active_pairs_that_have_not_met(cast, look, pupil_pair):
    silent = pupil_pair(cast.school, "Тихий", started_on=LONG_AGO)
    met = pupil_pair(cast.school, "Встречный", started_on=LONG_AGO)
    MeetingFactory(pair=met, held_on=today() - timedelta(days=10))
    MeetingFactory(pair=silent, held_on=today() - timedelta(days=80))
    pupil_pair(cast.school, "Новый", started_on=today() - timedelta(days=20))
    pupil_pair(cast.school, "Ушедший", started_on=LONG_AGO, ended_on=today() - timedelta(days=5))

    (found,) = look("silent_pairs")
    assert "Тихий А. С." in found[1]


def test_the_list_of_warnings_counts_rows_and_the_overview_counts_kinds(cast, signed_in, pupil_pair):
    for number in range(3):
        pupil_pair(cast.school, f"Бездатов{number}", started_on=None)
    client = signed_in(cast.methodologist)

    found = {
        str(check.code): count
        for check, count, _url in client.get(f"/indicators/warnings/?year={YEAR}").context["findings"]
    }

    assert found == {"no_numbers": "3", "no_start": "3"}
    assert client.get(f"/indicators/?year={YEAR}").context["warnings"] == 2


def test_nobody_reads_warnings_of_other_schools(cast, look, pupil_pair):
    pupil_pair(cast.sibling_school, "Соседов", started_on=None)

    assert look("no_start", cast.curator) == []
    assert len(look("no_start", cast.colleague_curator)) == 1


def test_an_unknown_warning_is_not_found(cast, signed_in):
    assert signed_in(cast.methodologist).get("/indicators/warnings/secret/").status_code == 404
