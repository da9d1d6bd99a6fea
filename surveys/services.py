"""Recording of anonymous answers: no person, no token and no exact time stand beside an answer."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import insert_all, save_as
from orgs.models import Organization
from surveys.enums import Measure, QuestionType
from surveys.models import Answer, Question, QuestionnaireVersion

FREQUENCIES = ("very_often", "often", "rarely", "once_or_twice", "never")


def record_answer(
    *,
    organization: Organization,
    version: QuestionnaireVersion,
    values: dict[int, object],
    answered_on: datetime.date | None = None,
) -> Answer:
    """One anonymous answer to a questionnaire; ``values`` by the number of the question.

    There is no actor: the history of an answer names nobody. Raises ``ValidationError`` whose keys are
    «question_<number>» when a required question is open or a value does not fit its type.
    """
    questions = list(version.questions.select_related("shown_after"))
    questionnaire = version.questionnaire
    answer = Answer(
        organization=organization,
        version=version,
        respondent=questionnaire.respondent,
        form_id=questionnaire.form_id,
        wave=questionnaire.wave,
        answered_on=answered_on or today(),
    )
    problems = {}
    for question in questions:
        value = _value(question, values, problems)
        if value is None:
            continue
        if question.measure == Measure.NONE:
            answer.values[str(question.position)] = value
        else:
            setattr(answer, question.measure, value)
    if problems:
        raise ValidationError(problems)
    answer.year = answer.answered_on.year
    return save_as(None, answer)


def record_answers(*, answers: Iterable[Answer], reason: str = "") -> list[Answer]:
    """Many anonymous answers at once, as they come from paper."""
    answers = list(answers)
    for answer in answers:
        answer.year = answer.answered_on.year
    return insert_all(None, answers, reason=reason)


def _value(question: Question, values: dict[int, object], problems: dict[str, str]):
    """The checked value of one question, or ``None`` when it is not answered; notes what is wrong."""
    name = f"question_{question.position}"
    opener = question.shown_after
    if opener is not None and values.get(opener.position) is not True:
        return None
    value = values.get(question.position)
    if value in (None, ""):
        if question.required:
            problems[name] = _("Answer this question.")
        return None
    if not _fits(question.type, value):
        problems[name] = _("Choose one of the offered answers.")
        return None
    return value


def _fits(question_type: str, value) -> bool:
    if question_type == QuestionType.YES_NO:
        return isinstance(value, bool)
    if question_type == QuestionType.SCALE:
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 10
    if question_type == QuestionType.FREQUENCY:
        return value in FREQUENCIES
    return isinstance(value, str)
