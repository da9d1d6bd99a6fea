"""Behind each figure stand people: counted, not counted with the reason, doubtful."""

from datetime import date

import pytest

from mentors.tests.factories import MenteeFactory, MentorFactory, PairFactory, PersonFactory, ProgramFactory
from monitoring.definitions import definitions
from monitoring.people import People
from monitoring.period import ReportingPeriod
from monitoring.reasons import Doubt, Reason, Standing
from orgs.models import Organization
from orgs.scope import Scope
from orgs.tests.factories import HeadcountFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

YEAR = 2026


@pytest.fixture
def school(cast):
    HeadcountFactory(organization=cast.school, on_date=date(YEAR, 9, 5))
    return cast.school


def people(municipality, code, user=None, as_of=None) -> People:
    (definition,) = definitions(municipality, YEAR, [code])
    scope = Scope.for_user(user) if user else Scope.everything()
    places = Organization.objects.filter(municipality=municipality)
    return People(definition, places, ReportingPeriod.of(YEAR, as_of), scope)


def mentee(school, name, **born):
    return MenteeFactory(organization=school, person=PersonFactory(last_name=name, **born))


def pair(school, name, start=date(YEAR, 9, 1), end=None, **born):
    return PairFactory(
        organization=school, mentee=mentee(school, name, **born), started_on=start, ended_on=end
    )


def reasons(found: People) -> dict[str, str]:
    return dict(found.not_counted().values_list("last_name", "reason"))


def test_each_person_who_is_not_counted_has_the_first_reason(cast, school):
    silent = cast.sibling_school
    pair(school, "Учтённая", birth_year=YEAR - 12)
    mentee(school, "Одинокий", birth_year=YEAR - 12)
    pair(school, "Бездатов", start=None, birth_year=YEAR - 12)
    pair(school, "Будущий", start=date(YEAR + 1, 1, 1), birth_year=YEAR - 12)
    pair(school, "Прошлый", start=date(YEAR - 1, 9, 1), end=date(YEAR - 1, 12, 31), birth_year=YEAR - 12)
    pair(school, "Безгодов", birth_year=None)
    pair(school, "Малышов", birth_year=YEAR - 9)
    pair(school, "Взрослов", birth_date=date(YEAR - 19, 12, 31))
    pair(silent, "Нечислов", birth_year=YEAR - 12)

    found = people(cast.municipality, "pupil_mentees")

    assert list(found.of(Standing.COUNTED).values_list("last_name", flat=True)) == ["Учтённая"]
    assert reasons(found) == {
        "Одинокий": Reason.NO_COUNTERPART,
        "Бездатов": Reason.NO_START,
        "Будущий": Reason.LATER_YEAR,
        "Прошлый": Reason.EARLIER_YEAR,
        "Безгодов": Reason.NO_BIRTH,
        "Малышов": Reason.AGE,
        "Взрослов": Reason.AGE,
        "Нечислов": Reason.NO_HEADCOUNT,
    }


def test_people_of_another_population_are_no_part_of_the_list(cast, school):
    from mentors.tests.factories import MentoringFormFactory

    teachers = MentoringFormFactory(teacher_form=True)
    PairFactory(organization=school, form=teachers, mentee=mentee(school, "Педагогов", birth_year=1990))

    assert reasons(people(cast.municipality, "pupil_mentees")) == {}
    counted = people(cast.municipality, "teacher_mentees").of(Standing.COUNTED)
    assert [person.last_name for person in counted] == ["Педагогов"]


def test_an_indicator_with_a_condition_says_what_is_lacking(cast, school):
    planned = pair(school, "Плановый", birth_year=YEAR - 12)
    ProgramFactory(pair=planned, status="running", started_on=None)
    pair(school, "Беспланов", birth_year=YEAR - 12)

    found = people(cast.municipality, "mentees_with_program")

    assert reasons(found) == {"Беспланов": Reason.CONDITION}
    assert found.reason_text(Reason.CONDITION) != Reason.CONDITION.label


def test_who_left_the_range_in_the_year_is_doubtful_counted_or_not(cast, school):
    pair(school, "Посчитан", birth_date=date(YEAR - 19, 12, 1))
    pair(school, "Непосчитан", birth_date=date(YEAR - 19, 2, 1))

    found = people(cast.municipality, "pupil_mentees", as_of=date(YEAR, 10, 1))

    assert [person.last_name for person in found.of(Standing.COUNTED)] == ["Посчитан"]
    doubts = dict(found.of(Standing.DOUBTFUL).values_list("last_name", "doubt"))
    assert doubts == {"Посчитан": Doubt.BIRTHDAY, "Непосчитан": Doubt.BIRTHDAY}


def test_a_known_year_at_the_edge_is_doubtful_before_the_year_has_ended(cast, school):
    pair(school, "Краев", birth_year=YEAR - 10)

    assert people(cast.municipality, "pupil_mentees").of(Standing.DOUBTFUL).count() == 0
    early = people(cast.municipality, "pupil_mentees", as_of=date(YEAR, 10, 1)).of(Standing.DOUBTFUL)
    assert [person.doubt for person in early] == [Doubt.YEAR_ONLY]


def test_namesakes_without_a_year_and_people_of_two_schools_are_doubtful(cast, school):
    pair(school, "Однофамильцев", birth_year=YEAR - 12)
    pair(school, "Однофамильцев", birth_year=None)
    pair(school, "Разных", birth_year=YEAR - 12)
    pair(school, "Разных", birth_year=YEAR - 13)
    moved = pair(school, "Переехавшая", birth_year=YEAR - 12, end=date(YEAR, 10, 1)).mentee.person
    PairFactory(
        organization=cast.sibling_school,
        mentee=MenteeFactory(organization=cast.sibling_school, person=moved),
        started_on=date(YEAR, 10, 2),
    )

    doubts = people(cast.municipality, "pupil_mentees").of(Standing.DOUBTFUL)

    assert sorted(doubts.values_list("last_name", "doubt")) == [
        ("Однофамильцев", Doubt.NAMESAKE),
        ("Однофамильцев", Doubt.NAMESAKE),
        ("Переехавшая", Doubt.SEVERAL),
    ]


def test_lists_hold_only_what_the_scope_may_see(cast, school):
    pair(school, "Своя", birth_year=YEAR - 12)
    pair(cast.sibling_school, "Соседова", birth_year=YEAR - 12)
    HeadcountFactory(organization=cast.sibling_school, on_date=date(YEAR, 9, 5))

    def seen_by(user) -> list[str]:
        found = people(cast.municipality, "pupil_mentees", user)
        return [person.last_name for person in found.of(Standing.COUNTED)]

    assert seen_by(cast.methodologist) == ["Своя", "Соседова"]
    assert seen_by(cast.curator) == ["Своя"]
    assert seen_by(cast.colleague_curator) == ["Соседова"]
    assert seen_by(cast.foreign_curator) == []


def test_a_mentor_from_elsewhere_is_listed_where_the_pair_counts(cast, school):
    guest = MentorFactory(
        organization=cast.foreign_school, person=PersonFactory(last_name="Гостев", birth_year=YEAR - 16)
    )
    PairFactory(organization=school, mentor=guest, started_on=date(YEAR, 9, 1))

    counted = people(cast.municipality, "pupil_mentors").of(Standing.COUNTED)
    assert [person.last_name for person in counted] == ["Гостев"]
