"""Single rules of the figures, each with the smallest example that decides it."""

from datetime import date

import pytest

from checklists.tests.factories import ChecklistItemFactory, ItemAnswerFactory, SelfAuditFactory
from mentors.enums import DiagnosticPhase, Population, ProgramStatus
from mentors.models import Pair
from mentors.tests.factories import (
    ContestEntryFactory,
    DiagnosticFactory,
    GroupFactory,
    MenteeFactory,
    MentorFactory,
    MentoringKindFactory,
    PairFactory,
    PersonFactory,
    ProgramFactory,
    TrainingFactory,
)
from monitoring.compute import compute
from monitoring.definitions import definitions
from monitoring.enums import FigureState
from monitoring.models import Indicator
from monitoring.parameters import ParameterProblem
from monitoring.period import PeriodProblem, ReportingPeriod
from monitoring.tests.factories import IndicatorSettingFactory
from orgs.models import Organization
from orgs.tests.factories import (
    DocumentFactory,
    DocumentTypeFactory,
    HeadcountFactory,
    MunicipalityFactory,
    OrganizationFactory,
)
from surveys.tests.factories import AnswerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

YEAR = 2026


@pytest.fixture
def town():
    return MunicipalityFactory()


@pytest.fixture
def school(town):
    """A school with a headcount of the year: 800 pupils, 500 of 10–18, 150 of 15–18, 50 teachers."""
    school = OrganizationFactory(municipality=town)
    HeadcountFactory(organization=school, on_date=date(YEAR, 9, 5))
    return school


def total(town, code, as_of=None):
    chosen = definitions(town, YEAR, [code])
    places = Organization.objects.filter(municipality=town)
    return compute(chosen, places, ReportingPeriod.of(YEAR, as_of)).totals[code]


def parts(town, code, as_of=None):
    figure = total(town, code, as_of)
    return figure.numerator, figure.denominator


def pupil_pair(school, **details):
    return PairFactory(organization=school, started_on=date(YEAR, 9, 1), **details)


def teacher_pair(school, **details):
    from mentors.tests.factories import MentoringFormFactory

    form = MentoringFormFactory(teacher_form=True)
    return PairFactory(organization=school, form=form, started_on=date(YEAR, 9, 1), **details)


# ---- Headcounts ---------------------------------------------------------------------------------


def test_the_latest_headcount_by_the_reporting_date_counts(town, school):
    HeadcountFactory(organization=school, on_date=date(YEAR, 12, 1), pupils_10_18=400)
    pupil_pair(school)

    assert parts(town, "pupil_mentees") == (1, 400)
    assert parts(town, "pupil_mentees", as_of=date(YEAR, 11, 30)) == (1, 500)


def test_a_headcount_of_another_year_is_none_at_all(town):
    school = OrganizationFactory(municipality=town)
    HeadcountFactory(organization=school, on_date=date(YEAR - 1, 12, 31))
    HeadcountFactory(organization=school, on_date=date(YEAR + 1, 1, 1))
    pupil_pair(school)

    figure = total(town, "pupil_mentees", as_of=date(YEAR + 1, 2, 1))

    assert (figure.numerator, figure.denominator, figure.state) == (None, None, FigureState.NO_DATA)


def test_an_empty_number_in_the_latest_headcount_is_no_data_and_does_not_reach_back(town, school):
    HeadcountFactory(organization=school, on_date=date(YEAR, 10, 1), pupils_10_18=None, pupils_15_18=40)
    pupil_pair(school)

    assert total(town, "pupil_mentees").state == FigureState.NO_DATA
    assert parts(town, "pupil_mentors") == (1, 40)


def test_people_of_a_school_without_a_headcount_are_in_no_numerator_and_it_is_named(town, school):
    silent = OrganizationFactory(municipality=town)
    pupil_pair(silent)
    pupil_pair(school)
    chosen = definitions(town, YEAR, ["pupil_mentees"])

    figures = compute(chosen, Organization.objects.filter(municipality=town), ReportingPeriod.of(YEAR))

    assert (figures.totals["pupil_mentees"].numerator, figures.totals["pupil_mentees"].denominator) == (
        1,
        500,
    )
    assert [place.id for place in figures.without_data("pupil_mentees")] == [silent.pk]


def test_a_zero_base_stays_in_the_sums_and_is_a_data_error(town, school):
    empty = OrganizationFactory(municipality=town)
    HeadcountFactory(organization=empty, on_date=date(YEAR, 9, 5), pupils_15_18=0)
    pupil_pair(empty)
    chosen = definitions(town, YEAR, ["pupil_mentors"])

    figures = compute(chosen, Organization.objects.filter(municipality=town), ReportingPeriod.of(YEAR))

    own = figures.by_organization["pupil_mentors"][empty.pk]
    assert (own.numerator, own.denominator, own.value, own.state) == (1, 0, None, FigureState.EMPTY_BASE)
    assert (figures.totals["pupil_mentors"].numerator, figures.totals["pupil_mentors"].denominator) == (
        1,
        150,
    )
    assert [place.id for place in figures.above_base("pupil_mentors")] == [empty.pk]


# ---- People -------------------------------------------------------------------------------------


def test_a_person_in_two_schools_counts_in_each_and_once_in_the_municipality(town, school):
    other = OrganizationFactory(municipality=town)
    HeadcountFactory(organization=other, on_date=date(YEAR, 9, 5))
    person = PersonFactory(birth_year=YEAR - 12)
    for place in (school, other):
        pupil_pair(place, mentee=MenteeFactory(person=person, organization=place))
    chosen = definitions(town, YEAR, ["pupil_mentees"])

    figures = compute(chosen, Organization.objects.filter(municipality=town), ReportingPeriod.of(YEAR))

    assert [figure.numerator for figure in figures.by_organization["pupil_mentees"].values()] == [1, 1]
    assert (figures.totals["pupil_mentees"].numerator, figures.totals["pupil_mentees"].denominator) == (
        1,
        1000,
    )


def test_a_person_with_two_mentors_counts_once_and_in_both_roles_when_a_mentor_too(town, school):
    mentee = MenteeFactory(organization=school, person=PersonFactory(birth_year=YEAR - 16))
    pupil_pair(school, mentee=mentee)
    pupil_pair(school, mentee=mentee)
    pupil_pair(school, mentor=MentorFactory(person=mentee.person, organization=school))

    assert parts(town, "pupil_mentees") == (2, 500)
    # Two mentors of the first, and the person; born in 2009 all are in the range.
    assert parts(town, "pupil_mentors") == (3, 150)


def test_the_pair_says_who_the_sides_are(town, school):
    student = MentorFactory(organization=school, population=Population.STUDENT)
    pupil_pair(school, mentor=student)

    assert parts(town, "pupil_mentees") == (1, 500)
    assert parts(town, "pupil_mentors") == (0, 150)


def test_the_whole_year_counts_also_when_the_reporting_date_is_earlier(town, school):
    HeadcountFactory(organization=school, on_date=date(YEAR, 1, 10))
    PairFactory(organization=school, started_on=date(YEAR, 12, 31))

    assert parts(town, "pupil_mentees", as_of=date(YEAR, 3, 1)) == (1, 500)


# ---- Teachers -----------------------------------------------------------------------------------


def test_young_teachers_are_those_with_up_to_three_years_or_of_the_category(town, school):
    teacher_pair(school, mentee=MenteeFactory(organization=school, experience_years=3))
    teacher_pair(school, mentee=MenteeFactory(organization=school, experience_years=4))
    from mentors.tests.factories import MenteeCategoryFactory

    young = MenteeCategoryFactory(code="young")
    teacher_pair(school, mentee=MenteeFactory(organization=school, category=young))
    # The years are known and decide, whatever the category says.
    teacher_pair(school, mentee=MenteeFactory(organization=school, category=young, experience_years=9))

    assert parts(town, "young_teachers_supported") == (2, 6)
    assert parts(town, "teacher_mentees") == (4, 50)


def test_positive_dynamics_need_fewer_deficits_after_than_before(town, school):
    better, worse, unfinished = (teacher_pair(school).mentee for _ in range(3))
    for mentee, after in ((better, 2), (worse, 5)):
        DiagnosticFactory(participation=mentee, held_on=date(YEAR, 2, 1), deficits=4)
        DiagnosticFactory(
            participation=mentee, phase=DiagnosticPhase.AFTER, held_on=date(YEAR, 11, 1), deficits=after
        )
    DiagnosticFactory(participation=unfinished, held_on=date(YEAR, 2, 1))

    assert parts(town, "mentees_with_positive_dynamics") == (1, 3)


def test_only_the_last_diagnostic_of_the_year_decides(town, school):
    mentee = teacher_pair(school).mentee
    DiagnosticFactory(participation=mentee, held_on=date(YEAR, 1, 15), deficits=4)
    for month, deficits in ((5, 1), (11, 6)):
        DiagnosticFactory(
            participation=mentee,
            phase=DiagnosticPhase.AFTER,
            held_on=date(YEAR, month, 1),
            deficits=deficits,
        )

    assert parts(town, "mentees_with_positive_dynamics") == (0, 1)


def test_a_programme_of_the_pair_or_its_group_counts_once_developed(town, school):
    ProgramFactory(pair=pupil_pair(school), status=ProgramStatus.RUNNING)
    ProgramFactory(pair=pupil_pair(school), status=ProgramStatus.DRAFT)
    group = GroupFactory(organization=school)
    pupil_pair(school, group=group)
    ProgramFactory(pair=None, group=group, status=ProgramStatus.APPROVED)
    ended = pupil_pair(school)
    ProgramFactory(
        pair=ended, status=ProgramStatus.COMPLETED, started_on=None, ended_on=date(YEAR - 1, 12, 31)
    )

    assert parts(town, "mentees_with_program") == (2, 4)


def test_a_route_counts_when_built_on_diagnostics(town, school):
    for by_diagnostics in (True, False):
        ProgramFactory(
            pair=pupil_pair(school),
            status=ProgramStatus.RUNNING,
            learning_route=True,
            route_by_diagnostics=by_diagnostics,
        )

    assert parts(town, "mentees_with_route") == (1, 2)


def test_counts_of_contests_and_completed_programmes(town, school):
    first, second = teacher_pair(school), teacher_pair(school)
    ContestEntryFactory(participation=first.mentee, held_on=date(YEAR, 3, 1))
    ContestEntryFactory(participation=first.mentee, held_on=date(YEAR, 4, 1))
    ContestEntryFactory(participation=second.mentee, held_on=date(YEAR - 1, 4, 1))
    ProgramFactory(pair=first, status=ProgramStatus.COMPLETED, started_on=None, ended_on=date(YEAR, 12, 31))
    ProgramFactory(pair=second, status=ProgramStatus.COMPLETED, started_on=None)

    contests, completed = total(town, "mentees_in_contests"), total(town, "programs_completed")

    assert (contests.numerator, contests.denominator, contests.value) == (1, None, "1.0")
    assert (completed.numerator, completed.denominator, completed.value) == (1, None, "1.0")


def test_trained_mentors_are_those_with_a_course_by_the_end_of_the_year(town, school):
    TrainingFactory(participation=pupil_pair(school).mentor, completed_on=date(YEAR - 3, 6, 1))
    TrainingFactory(participation=pupil_pair(school).mentor, completed_on=date(YEAR + 1, 1, 1))

    assert parts(town, "mentors_trained") == (1, 2)


# ---- Organizations ------------------------------------------------------------------------------


def test_registers_work_when_a_pair_is_active_on_the_day(town, school):
    pupil_pair(school, ended_on=date(YEAR, 10, 1))

    assert parts(town, "organizations_with_registers", as_of=date(YEAR, 8, 31)) == (0, 1)
    assert parts(town, "organizations_with_registers", as_of=date(YEAR, 9, 1)) == (1, 1)
    assert parts(town, "organizations_with_registers", as_of=date(YEAR, 10, 1)) == (1, 1)
    assert parts(town, "organizations_with_registers", as_of=date(YEAR, 10, 2)) == (0, 1)


def test_closed_organizations_are_out_of_the_base(town, school):
    OrganizationFactory(municipality=town, status="closed")
    OrganizationFactory(municipality=town, status="closed", closed_on=date(YEAR, 6, 1))
    later = OrganizationFactory(municipality=town, status="closed", closed_on=date(YEAR + 1, 6, 1))
    pupil_pair(later)

    assert parts(town, "organizations_with_registers") == (1, 2)


def test_the_full_package_needs_every_required_document_valid_on_the_day(town, school):
    order = DocumentTypeFactory(code="introduction_order", required=True)
    position = DocumentTypeFactory(code="regulation", required=True)
    DocumentTypeFactory(code="roadmap", required=False)
    other = OrganizationFactory(municipality=town)
    for kind in (order, position):
        DocumentFactory(organization=school, type=kind, issued_on=date(YEAR, 2, 1))
    DocumentFactory(organization=other, type=order, issued_on=None)
    DocumentFactory(organization=other, type=position, valid_until=date(YEAR, 12, 30))

    assert parts(town, "organizations_with_documents") == (1, 2)
    assert parts(town, "organizations_with_documents", as_of=date(YEAR, 1, 31)) == (1, 2)


def test_without_a_package_in_the_dictionary_nothing_is_said(town, school):
    DocumentTypeFactory(code="roadmap", required=False)

    assert total(town, "organizations_with_documents").state == FigureState.NO_DATA


def test_page_payment_and_reverse_mentoring(town, school):
    OrganizationFactory(municipality=town, mentoring_page="https://example.org/mentoring")
    payment = DocumentTypeFactory(code="payment_regulation", required=False)
    DocumentFactory(organization=school, type=payment)
    pupil_pair(school, kind=MentoringKindFactory(code="reverse"))

    assert parts(town, "organizations_with_page") == (1, 2)
    assert parts(town, "organizations_paying_mentors") == (1, 2)
    assert parts(town, "organizations_with_reverse_mentoring") == (1, 2)


def test_items_of_self_audits_that_were_returned_are_not_achieved(town, school):
    audit = SelfAuditFactory(organization=school, year=YEAR)
    answers = [("achieved", ""), ("achieved", "returned"), ("achieved", "accepted"), ("partly", ""), ("", "")]
    for number, (answer, verdict) in enumerate(answers, start=1):
        item = ChecklistItemFactory(number=number, template=audit.template)
        ItemAnswerFactory(audit=audit, item=item, answer=answer, verdict=verdict)

    assert parts(town, "checklist_achieved") == (2, 4)


# ---- Surveys ------------------------------------------------------------------------------------


def test_an_answer_without_both_scores_is_a_respondent_who_is_not_satisfied(town, school):
    AnswerFactory(organization=school, answered_on=date(YEAR, 5, 20))
    AnswerFactory(organization=school, answered_on=date(YEAR, 5, 20), result=None)
    AnswerFactory(organization=school, answered_on=date(YEAR, 5, 20), enjoyed=None)
    AnswerFactory(organization=school, answered_on=date(YEAR, 5, 20), joint_work=7, result=7)
    AnswerFactory(organization=school, answered_on=date(YEAR, 5, 20), joint_work=6, result=7)

    assert parts(town, "mentee_satisfaction") == (2, 5)
    assert total(town, "mentor_satisfaction").state == FigureState.NO_DATA


# ---- Choices of a municipality ------------------------------------------------------------------


def test_a_municipality_sets_its_own_ages_and_the_rule_says_so(town, school):
    mentee = MenteeFactory(organization=school, person=PersonFactory(birth_year=YEAR - 19))
    pupil_pair(school, mentee=mentee)
    indicator = Indicator.objects.get(code="pupil_mentees")
    assert parts(town, "pupil_mentees") == (0, 500)

    IndicatorSettingFactory(
        municipality=town,
        indicator=indicator,
        parameters={"age_to": 19, "denominator": "pupils_total"},
        document="Приказ",
    )

    assert parts(town, "pupil_mentees") == (1, 800)
    assert "19" in definitions(town, YEAR, ["pupil_mentees"])[0].rule_text
    assert "18" in definitions(MunicipalityFactory(), YEAR, ["pupil_mentees"])[0].rule_text


def test_the_threshold_of_satisfaction_may_be_a_fraction(town, school):
    AnswerFactory(organization=school, answered_on=date(YEAR, 5, 20), joint_work=7, result=8)
    IndicatorSettingFactory(
        municipality=town,
        indicator=Indicator.objects.get(code="mentee_satisfaction"),
        parameters={"satisfied_min_mean": 7.5},
    )

    assert parts(town, "mentee_satisfaction") == (1, 1)


@pytest.mark.parametrize(
    ("parameters", "named"),
    [({"age_from": "десять"}, "age_from"), ({"ages": 3}, "ages"), ({"denominator": "cats"}, "denominator")],
)
def test_an_impossible_choice_is_named(town, parameters, named):
    IndicatorSettingFactory(
        municipality=town, indicator=Indicator.objects.get(code="pupil_mentees"), parameters=parameters
    )

    with pytest.raises(ParameterProblem, match=named):
        definitions(town, YEAR, ["pupil_mentees"])


def test_a_reporting_date_before_the_year_is_refused():
    with pytest.raises(PeriodProblem, match=f"31.12.{YEAR - 1}"):
        ReportingPeriod.of(YEAR, date(YEAR - 1, 12, 31))


def test_every_rule_has_a_row_of_reference_data_and_a_text(town):
    from monitoring.registry import INDICATORS

    chosen = definitions(town, YEAR)
    assert {definition.code for definition in chosen} == set(INDICATORS.keys())
    assert all(definition.rule_text and definition.source for definition in chosen)


def test_a_pair_is_counted_where_the_pair_stands(town, school):
    """The mentor comes from another organization; the pair's own organization decides."""
    elsewhere = OrganizationFactory()
    mentor = MentorFactory(organization=elsewhere, person=PersonFactory(birth_year=YEAR - 16))
    pupil_pair(school, mentor=mentor)

    assert parts(town, "pupil_mentors") == (1, 150)
    assert Pair.objects.get().organization == school
