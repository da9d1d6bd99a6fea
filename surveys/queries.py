"""Reads of the surveys app. Figures of fewer than five answers are not shown to anybody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Avg, Count

from common.small_groups import LEAST_ANSWERS, hidden_among
from orgs.scope import Scope
from surveys.enums import Respondent, Wave
from surveys.models import Answer, Questionnaire

SHOWN_FROM = LEAST_ANSWERS


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """Answers of one form, wave and side; numbers are None below five."""

    form: str
    wave: str
    respondent: str
    questionnaire: str
    answers: int | None
    joint_work: float | None
    result: float | None


def years(scope: Scope) -> list[int]:
    """Years that have answers, the newest first."""
    found = Answer.objects.visible_to(scope).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def answer_counts(scope: Scope, year: int) -> list[AnswerCount]:
    """How many answers there are by form, wave and side; small groups without their figures. Two queries.

    A form that would follow from the others and from the figure of all of them is without its figures too.
    """
    titles = {
        (row.form_id, row.wave, row.respondent): row.title
        for row in Questionnaire.objects.select_related("form")
    }
    rows = list(
        Answer.objects.visible_to(scope)
        .filter(year=year)
        .order_by()
        .values("form", "form__title", "wave", "respondent")
        .annotate(count=Count("pk"), mean_work=Avg("joint_work"), mean_result=Avg("result"))
        .order_by("form__position", "form__title", "wave", "respondent")
    )
    hidden = _hidden(rows)
    return [
        AnswerCount(
            form=row["form__title"],
            wave=Wave(row["wave"]).label,
            respondent=Respondent(row["respondent"]).label,
            questionnaire=titles.get((row["form"], row["wave"], row["respondent"]), ""),
            answers=None if number in hidden else row["count"],
            joint_work=None if number in hidden else row["mean_work"],
            result=None if number in hidden else row["mean_result"],
        )
        for number, row in enumerate(rows)
    ]


def _hidden(rows: list[dict]) -> set[int]:
    """Numbers of the rows that are not told; forms of one wave and side add up to one figure."""
    sides: dict[tuple, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(rows):
        sides[row["wave"], row["respondent"]][number] = row["count"]
    return set().union(*(hidden_among(sizes) for sizes in sides.values()))
