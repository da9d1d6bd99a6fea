"""Reads of the surveys app. Figures of fewer than five answers are not shown to anybody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Avg, Count
from django.utils.translation import gettext as _

from common.small_groups import LEAST_ANSWERS, hidden_among, hides_total
from mentors.dictionaries import long_dashed
from orgs.models import Organization
from orgs.scope import Scope
from surveys.enums import Respondent, Wave
from surveys.models import Answer

SHOWN_FROM = LEAST_ANSWERS
FIGURES = {"count": Count("pk"), "mean_work": Avg("joint_work"), "mean_result": Avg("result")}


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """Answers of one form, wave and side; numbers are None below five."""

    form: str
    wave: str
    respondent: str
    answers: int | None
    joint_work: float | None
    result: float | None


def years(scope: Scope) -> list[int]:
    """Years that have answers, the newest first."""
    found = Answer.objects.visible_to(scope).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def answer_counts(scope: Scope, whole: Scope, year: int) -> list[AnswerCount]:
    """How many answers there are by form, wave and side, small groups without figures; four queries at most.

    ``whole`` is all that the reader may see, ``scope`` what is looked at now. In a part of the whole forms
    stand together: figures by form of one part after another would add up to those that the whole hides.
    """
    districts = dict(Organization.objects.visible_to(whole).values_list("pk", "district"))
    inside = set(Organization.objects.visible_to(scope).values_list("pk", flat=True))
    if inside >= districts.keys():
        return _by_form(scope, year)
    return _of_part(whole, year, inside, districts)


def _by_form(scope: Scope, year: int) -> list[AnswerCount]:
    """A form that would follow from the others and from the figure of all of them is without its figures."""
    rows = list(
        Answer.objects.visible_to(scope)
        .filter(year=year)
        .order_by()
        .values("form", "form__title", "wave", "respondent")
        .annotate(**FIGURES)
        .order_by("form__position", "form__title", "wave", "respondent")
    )
    hidden = _hidden(rows)
    return [
        _answer_count(row, long_dashed(row["form__title"]), hidden=number in hidden)
        for number, row in enumerate(rows)
    ]


def _of_part(
    whole: Scope, year: int, inside: set[int], districts: dict[int, int | None]
) -> list[AnswerCount]:
    """Sums of the answers inside; those outside only decide whether the sums may be told."""
    rows = (
        Answer.objects.visible_to(whole)
        .filter(year=year)
        .order_by()
        .values("wave", "respondent")
        .order_by("wave", "respondent")
    )
    sizes: dict[tuple, dict[int, int]] = defaultdict(dict)
    for wave, respondent, organization, count in rows.annotate(count=Count("pk")).values_list(
        "wave", "respondent", "organization", "count"
    ):
        sizes[wave, respondent][organization] = count
    return [
        _answer_count(
            row,
            _("all forms"),
            hidden=hides_total(sizes[row["wave"], row["respondent"]], districts, inside),
        )
        for row in rows.filter(organization__in=inside).annotate(**FIGURES)
    ]


def _answer_count(row: dict, form: str, *, hidden: bool) -> AnswerCount:
    return AnswerCount(
        form=form,
        wave=Wave(row["wave"]).label,
        respondent=Respondent(row["respondent"]).label,
        answers=None if hidden else row["count"],
        joint_work=None if hidden else row["mean_work"],
        result=None if hidden else row["mean_result"],
    )


def _hidden(rows: list[dict]) -> set[int]:
    """Numbers of the rows that are not told; forms of one wave and side add up to one figure."""
    sides: dict[tuple, dict[int, int]] = defaultdict(dict)
    for number, row in enumerate(rows):
        sides[row["wave"], row["respondent"]][number] = row["count"]
    return set().union(*(hidden_among(sizes) for sizes in sides.values()))
