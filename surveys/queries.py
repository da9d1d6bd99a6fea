"""Reads of the surveys app. Figures of fewer than five answers are not shown to anybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count

from orgs.scope import Scope
from surveys.enums import Respondent, Wave
from surveys.models import Answer, Questionnaire

SHOWN_FROM = 5


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
    """How many answers there are by form, wave and side; small groups without their figures. Two queries."""
    titles = {
        (row.form_id, row.wave, row.respondent): row.title
        for row in Questionnaire.objects.select_related("form")
    }
    rows = (
        Answer.objects.visible_to(scope)
        .filter(year=year)
        .order_by()
        .values("form", "form__title", "wave", "respondent")
        .annotate(count=Count("pk"), mean_work=Avg("joint_work"), mean_result=Avg("result"))
        .order_by("form__position", "form__title", "wave", "respondent")
    )
    return [
        AnswerCount(
            form=row["form__title"],
            wave=Wave(row["wave"]).label,
            respondent=Respondent(row["respondent"]).label,
            questionnaire=titles.get((row["form"], row["wave"], row["respondent"]), ""),
            answers=row["count"] if row["count"] >= SHOWN_FROM else None,
            joint_work=row["mean_work"] if row["count"] >= SHOWN_FROM else None,
            result=row["mean_result"] if row["count"] >= SHOWN_FROM else None,
        )
        for row in rows
    ]
