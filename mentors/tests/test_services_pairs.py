"""Writes about pairs and groups, their programmes, meetings and records."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.tests.factories import UserFactory
from mentors import services
from mentors.enums import CompletionMark, DiagnosticPhase, Population, ProgramStatus
from mentors.models import Consent, Group, Meeting, Pair, PlanStep, Program
from mentors.tests.factories import (
    ConsentFactory,
    GroupFactory,
    MenteeFactory,
    MentorFactory,
    MentoringFormFactory,
    PairFactory,
    PlanStepFactory,
    ProgramFactory,
)
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db
SEPTEMBER, MAY = datetime.date(2025, 9, 20), datetime.date(2026, 5, 25)
NEVER_YET = datetime.date(2100, 1, 1)


@pytest.fixture
def actor():
    return UserFactory()


@pytest.fixture
def school(db):
    return OrganizationFactory()


@pytest.fixture
def sides(school):
    """A mentor and a mentee of one school."""
    return {"mentor": MentorFactory(organization=school), "mentee": MenteeFactory(organization=school)}


class TestOpening:
    def test_populations_follow_from_the_form_unless_the_participation_says_more(self, actor, sides):
        sides["mentor"].population = Population.TEACHER
        pair = services.open_pair(actor=actor, form=MentoringFormFactory(), started_on=SEPTEMBER, **sides)
        assert (pair.mentor_population, pair.mentee_population) == (Population.TEACHER, Population.PUPIL)
        assert pair.organization == sides["mentee"].organization
        assert pair.history.get().history_user == actor

    def test_second_open_pair_of_the_same_two_is_refused(self, actor, sides):
        form = MentoringFormFactory()
        services.open_pair(actor=actor, form=form, started_on=SEPTEMBER, **sides)
        with pytest.raises(ValidationError):
            services.open_pair(actor=actor, form=form, started_on=SEPTEMBER, **sides)

    def test_pair_that_no_form_allows_is_refused(self, actor, sides):
        sides["mentor"].population = Population.PUPIL
        with pytest.raises(ValidationError):
            services.open_pair(
                actor=actor, form=MentoringFormFactory(teacher_form=True), started_on=SEPTEMBER, **sides
            )

    def test_mixed_up_sides_are_refused(self, actor, sides):
        with pytest.raises(ValidationError):
            services.open_pair(
                actor=actor,
                mentor=sides["mentee"],
                mentee=sides["mentor"],
                form=MentoringFormFactory(),
                started_on=SEPTEMBER,
            )

    def test_mentor_of_another_school_is_refused(self, actor, sides):
        with pytest.raises(ValidationError):
            services.open_pair(
                actor=actor,
                mentor=MentorFactory(),
                mentee=sides["mentee"],
                form=MentoringFormFactory(),
                started_on=SEPTEMBER,
            )
        assert not Pair.objects.exists()

    def test_nobody_is_their_own_mentor(self, actor, sides):
        sides["mentor"].person = sides["mentee"].person
        with pytest.raises(ValidationError):
            services.open_pair(actor=actor, form=MentoringFormFactory(), started_on=SEPTEMBER, **sides)

    def test_many_pairs_open_with_history_or_not_at_all(self, actor, sides, school):
        form, group = MentoringFormFactory(), GroupFactory(organization=school)
        mentees = [MenteeFactory(organization=school) for _ in range(3)]
        pairs = [
            Pair(mentor=sides["mentor"], mentee=mentee, form=form, group=group, started_on=SEPTEMBER)
            for mentee in mentees
        ]
        services.open_pairs(actor=actor, pairs=pairs, reason="base.xlsx")
        assert group.pairs.count() == 3
        assert set(Pair.history.values_list("history_user", "history_change_reason")) == {
            (actor.pk, "base.xlsx")
        }
        twice = [
            Pair(mentor=sides["mentor"], mentee=mentee, form=form, started_on=SEPTEMBER)
            for mentee in (sides["mentee"], mentees[0])
        ]
        with pytest.raises(IntegrityError), transaction.atomic():
            services.open_pairs(actor=actor, pairs=twice)
        assert Pair.objects.count() == Pair.history.count() == 3


class TestClosing:
    def test_pair_ends_with_mark_and_results(self, actor):
        pair = PairFactory(completion_mark=CompletionMark.IN_PROGRESS, mentee_results="Было раньше")
        services.close_pair(
            actor=actor,
            pair=pair,
            ended_on=MAY,
            completion_mark=CompletionMark.COMPLETED,
            mentor_results="Проект защищён",
        )
        pair.refresh_from_db()
        assert (pair.ended_on, pair.completion_mark) == (MAY, CompletionMark.COMPLETED)
        assert (pair.mentee_results, pair.mentor_results) == ("Было раньше", "Проект защищён")

    def test_closed_pair_is_not_closed_again(self, actor):
        pair = PairFactory(ended_on=MAY)
        with pytest.raises(ValidationError, match=r"25\.05\.2026"):
            services.close_pair(actor=actor, pair=pair, ended_on=MAY)

    def test_end_before_the_start_is_refused(self, actor):
        with pytest.raises(ValidationError):
            services.close_pair(actor=actor, pair=PairFactory(), ended_on=datetime.date(2024, 1, 1))

    def test_after_the_end_the_two_may_pair_anew(self, actor, sides):
        form = MentoringFormFactory()
        first = services.open_pair(actor=actor, form=form, started_on=SEPTEMBER, **sides)
        services.close_pair(actor=actor, pair=first, ended_on=MAY)
        services.open_pair(actor=actor, form=form, started_on=MAY, **sides)
        assert Pair.objects.count() == 2

    def test_change_of_a_pair_keeps_what_stood_there(self, actor):
        pair = PairFactory(request="Физика")
        services.change_pair(actor=actor, pair=pair, request="Химия")
        assert list(pair.history.values_list("request", flat=True)) == ["Химия", "Физика"]


class TestGroups:
    def test_group_takes_pairs_of_one_mentor(self, actor, sides, school):
        first = PairFactory(organization=school, mentor=sides["mentor"], mentee=sides["mentee"])
        second = PairFactory(organization=school, mentor=sides["mentor"])
        group = services.create_group(
            actor=actor, organization=school, title="Физика, 8 класс", pairs=[first, second]
        )
        assert set(group.pairs.all()) == {first, second}
        assert first.history.first().history_user == actor

    def test_pairs_of_two_mentors_are_no_group(self, actor, school):
        pairs = [PairFactory(organization=school), PairFactory(organization=school)]
        with pytest.raises(ValidationError):
            services.create_group(actor=actor, organization=school, title="Физика", pairs=pairs)
        assert not Group.objects.exists()


class TestPrograms:
    def test_program_comes_with_its_plan(self, actor):
        pair = PairFactory()
        program = services.open_program(
            actor=actor,
            pair=pair,
            title="Шаг к успеху",
            started_on=SEPTEMBER,
            ended_on=MAY,
            steps=["Входная беседа", "Итоговая встреча"],
        )
        assert program.organization == pair.organization
        assert list(program.steps.values_list("position", "activity")) == [
            (1, "Входная беседа"),
            (2, "Итоговая встреча"),
        ]

    def test_program_belongs_to_one_pair_or_one_group(self, actor):
        with pytest.raises(ValidationError):
            services.open_program(actor=actor, title="Ничья")
        with pytest.raises(ValidationError):
            services.open_program(actor=actor, title="Чья?", pair=PairFactory(), group=GroupFactory())
        assert not Program.objects.exists()

    def test_program_of_many_years_is_refused(self, actor):
        with pytest.raises(ValidationError) as refusal:
            services.open_program(
                actor=actor,
                pair=PairFactory(),
                title="Навсегда",
                started_on=SEPTEMBER,
                ended_on=datetime.date(2031, 5, 25),
            )
        assert set(refusal.value.message_dict) == {"ended_on"}

    def test_program_goes_through_its_statuses_and_skips_none(self, actor):
        program = ProgramFactory()
        with pytest.raises(ValidationError):
            services.move_program(actor=actor, program=program, status=ProgramStatus.COMPLETED)
        for status in (ProgramStatus.APPROVED, ProgramStatus.RUNNING, ProgramStatus.COMPLETED):
            services.move_program(actor=actor, program=program, status=status)
        program.refresh_from_db()
        assert program.status == ProgramStatus.COMPLETED

    def test_step_is_added_at_the_end_and_completed_with_its_result(self, actor):
        program = ProgramFactory()
        PlanStepFactory(program=program, position=7)
        step = services.add_step(actor=actor, program=program, activity="Открытый урок")
        assert step.position == 8
        services.complete_step(
            actor=actor, step=step, done_on=MAY, actual_result="Проведён", mentor_mark="отлично"
        )
        saved = PlanStep.objects.get(pk=step.pk)
        assert (saved.done_on, saved.actual_result, saved.mentor_mark) == (MAY, "Проведён", "отлично")


class TestMeetings:
    def test_meeting_is_recorded_after_it_was_held(self, actor):
        pair = PairFactory()
        meeting = services.record_meeting(actor=actor, pair=pair, held_on=MAY, topic="Итоги")
        assert (meeting.organization, meeting.minutes) == (pair.organization, 45)
        with pytest.raises(ValidationError) as refusal:
            services.record_meeting(actor=actor, pair=pair, held_on=NEVER_YET, topic="Итоги")
        assert set(refusal.value.message_dict) == {"held_on"}
        assert Meeting.objects.count() == 1

    def test_meeting_belongs_to_one_pair_or_one_group(self, actor):
        with pytest.raises(ValidationError):
            services.record_meeting(actor=actor, held_on=MAY, topic="Итоги")


class TestRecords:
    def test_deficits_are_diagnosed_for_mentees_and_courses_taken_by_mentors(self, actor, sides):
        services.record_diagnostic(
            actor=actor,
            participation=sides["mentee"],
            phase=DiagnosticPhase.BEFORE,
            held_on=SEPTEMBER,
            deficits=5,
        )
        services.record_training(
            actor=actor, participation=sides["mentor"], course="Модели наставничества", completed_on=MAY
        )
        with pytest.raises(ValidationError):
            services.record_diagnostic(
                actor=actor,
                participation=sides["mentor"],
                phase=DiagnosticPhase.BEFORE,
                held_on=SEPTEMBER,
                deficits=5,
            )
        with pytest.raises(ValidationError):
            services.record_training(
                actor=actor, participation=sides["mentee"], course="Модели", completed_on=MAY
            )
        assert (sides["mentee"].diagnostics.count(), sides["mentor"].trainings.count()) == (1, 1)

    def test_nothing_is_recorded_ahead_of_its_day(self, actor, sides):
        with pytest.raises(ValidationError):
            services.record_contest(
                actor=actor, participation=sides["mentee"], title="Дебют", held_on=NEVER_YET
            )
        with pytest.raises(ValidationError):
            services.give_consent(
                actor=actor,
                person=sides["mentee"].person,
                organization=sides["mentee"].organization,
                type="processing",
                signer="Белова Мария Ивановна",
                signed_on=NEVER_YET,
            )
        assert not Consent.objects.exists()

    def test_withdrawn_consent_stays_on_record(self, actor):
        consent = ConsentFactory()
        services.withdraw_consent(actor=actor, consent=consent, on=MAY)
        assert Consent.objects.get().withdrawn_on == MAY
        with pytest.raises(ValidationError, match=r"25\.05\.2026"):
            services.withdraw_consent(actor=actor, consent=consent)

    def test_consent_is_not_withdrawn_before_it_was_signed(self, actor):
        with pytest.raises(ValidationError):
            services.withdraw_consent(actor=actor, consent=ConsentFactory(), on=datetime.date(2020, 1, 1))
