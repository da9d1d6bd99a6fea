"""Factories of the surveys app."""

import datetime

import factory

from mentors.tests.factories import MentoringFormFactory
from orgs.tests.factories import OrganizationFactory
from surveys.enums import QuestionType, Respondent, Wave
from surveys.models import Answer, Question, Questionnaire, QuestionnaireVersion


class QuestionnaireFactory(factory.django.DjangoModelFactory):
    code = "pupil_pupil_mentee_2"
    title = "Анкета наставляемого, итоговая"
    form = factory.SubFactory(MentoringFormFactory)
    respondent = Respondent.MENTEE
    wave = Wave.SECOND

    class Meta:
        model = Questionnaire
        django_get_or_create = ("code",)


class QuestionnaireVersionFactory(factory.django.DjangoModelFactory):
    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1

    class Meta:
        model = QuestionnaireVersion
        django_get_or_create = ("questionnaire", "number")


class QuestionFactory(factory.django.DjangoModelFactory):
    version = factory.SubFactory(QuestionnaireVersionFactory)
    position = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Вопрос {n}")
    type = QuestionType.YES_NO

    class Meta:
        model = Question


class AnswerFactory(factory.django.DjangoModelFactory):
    """A satisfied mentee's answer of the second wave."""

    organization = factory.SubFactory(OrganizationFactory)
    respondent = Respondent.MENTEE
    form = factory.SubFactory(MentoringFormFactory)
    wave = Wave.SECOND
    answered_on = datetime.date(2026, 5, 20)
    joint_work = 9
    result = 8
    enjoyed = True

    class Meta:
        model = Answer
