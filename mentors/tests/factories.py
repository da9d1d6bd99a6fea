"""Factories of the mentors app."""

import datetime

import factory

from mentors.enums import ConsentType, DiagnosticPhase, Population, Side
from mentors.models import (
    BulkChange,
    Consent,
    ContestEntry,
    Diagnostic,
    EndReason,
    Group,
    Meeting,
    MenteeCategory,
    MentoringForm,
    MentoringKind,
    Pair,
    Participation,
    Person,
    PlanStep,
    Program,
    RoleVariant,
    Stage,
    Training,
)
from orgs.tests.factories import OrganizationFactory


class DictionaryFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"code-{n}")
    title = factory.Sequence(lambda n: f"Значение {n}")

    class Meta:
        abstract = True
        django_get_or_create = ("code",)


class MentoringFormFactory(DictionaryFactory):
    """«ученик – ученик»; ``teacher_form`` gives «учитель – учитель»."""

    code = "pupil_pupil"
    title = "ученик – ученик"
    mentor_population = Population.PUPIL
    mentee_population = Population.PUPIL

    class Meta:
        model = MentoringForm

    class Params:
        teacher_form = factory.Trait(
            code="teacher_teacher",
            title="учитель – учитель",
            mentor_population=Population.TEACHER,
            mentee_population=Population.TEACHER,
        )


class RoleVariantFactory(DictionaryFactory):
    form = factory.SubFactory(MentoringFormFactory)

    class Meta:
        model = RoleVariant


class MentoringKindFactory(DictionaryFactory):
    class Meta:
        model = MentoringKind


class MenteeCategoryFactory(DictionaryFactory):
    class Meta:
        model = MenteeCategory


class StageFactory(DictionaryFactory):
    class Meta:
        model = Stage


class EndReasonFactory(DictionaryFactory):
    class Meta:
        model = EndReason


class PersonFactory(factory.django.DjangoModelFactory):
    last_name = factory.Sequence(lambda n: f"Белов-{n}")
    first_name = "Антон"
    patronymic = "Сергеевич"
    birth_year = 2011

    class Meta:
        model = Person


class ParticipationFactory(factory.django.DjangoModelFactory):
    """A mentee; ``MentorFactory`` makes the other side."""

    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    role = Side.MENTEE
    started_on = datetime.date(2025, 9, 15)

    class Meta:
        model = Participation


class MenteeFactory(ParticipationFactory):
    class_name = "9Б"


class MentorFactory(ParticipationFactory):
    role = Side.MENTOR
    class_name = "11А"
    person = factory.SubFactory(PersonFactory, birth_year=2009)


class GroupFactory(factory.django.DjangoModelFactory):
    organization = factory.SubFactory(OrganizationFactory)
    title = factory.Sequence(lambda n: f"Группа {n}")

    class Meta:
        model = Group


class PairFactory(factory.django.DjangoModelFactory):
    """A pair with both sides at one school."""

    organization = factory.SubFactory(OrganizationFactory)
    mentor = factory.SubFactory(MentorFactory, organization=factory.SelfAttribute("..organization"))
    mentee = factory.SubFactory(MenteeFactory, organization=factory.SelfAttribute("..organization"))
    form = factory.SubFactory(MentoringFormFactory)
    started_on = datetime.date(2025, 9, 20)

    class Meta:
        model = Pair


class ProgramFactory(factory.django.DjangoModelFactory):
    pair = factory.SubFactory(PairFactory)
    organization = factory.LazyAttribute(lambda program: (program.pair or program.group).organization)
    title = factory.Sequence(lambda n: f"Персонализированная программа {n}")
    started_on = datetime.date(2025, 10, 1)

    class Meta:
        model = Program


class PlanStepFactory(factory.django.DjangoModelFactory):
    program = factory.SubFactory(ProgramFactory)
    position = factory.Sequence(lambda n: n + 1)
    activity = factory.Sequence(lambda n: f"Мероприятие {n}")

    class Meta:
        model = PlanStep


class MeetingFactory(factory.django.DjangoModelFactory):
    pair = factory.SubFactory(PairFactory)
    organization = factory.LazyAttribute(lambda meeting: (meeting.pair or meeting.group).organization)
    held_on = datetime.date(2025, 11, 3)
    topic = factory.Sequence(lambda n: f"Встреча {n}")

    class Meta:
        model = Meeting


class DiagnosticFactory(factory.django.DjangoModelFactory):
    participation = factory.SubFactory(MenteeFactory)
    phase = DiagnosticPhase.BEFORE
    held_on = datetime.date(2025, 9, 18)
    deficits = 4

    class Meta:
        model = Diagnostic


class TrainingFactory(factory.django.DjangoModelFactory):
    participation = factory.SubFactory(MentorFactory)
    course = "Наставничество в школе"
    hours = 36
    completed_on = datetime.date(2025, 6, 10)

    class Meta:
        model = Training


class ContestEntryFactory(factory.django.DjangoModelFactory):
    participation = factory.SubFactory(MenteeFactory)
    title = "Педагогический дебют"
    held_on = datetime.date(2025, 11, 20)

    class Meta:
        model = ContestEntry


class ConsentFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    organization = factory.SubFactory(OrganizationFactory)
    type = ConsentType.PROCESSING
    signer = "Белова Мария Ивановна"
    relation = "мать"
    signed_on = datetime.date(2025, 9, 10)

    class Meta:
        model = Consent


class BulkChangeFactory(factory.django.DjangoModelFactory):
    """A bulk change that has changed nothing."""

    organization = factory.SubFactory(OrganizationFactory)
    register = "mentees"
    action = "change"
    text = "Изменено 0 записей"

    class Meta:
        model = BulkChange
