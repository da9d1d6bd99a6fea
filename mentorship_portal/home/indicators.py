"""The own indicators beside the tasks: those of the school, or of the municipality."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from common.dates import today
from common.rounding import round_half_up
from monitoring.compute import Level
from monitoring.enums import TargetStatus
from monitoring.figures import Figure, missing_of, status_of
from monitoring.parameters import ParameterProblem
from monitoring.period import ReportingPeriod
from monitoring.queries import overview
from orgs.models import Municipality
from orgs.scope import Scope

# The five indicators of the Novokuznetsk roadmap, named shortly for a narrow column.
SHOWN = {
    "pupil_mentees": _("Mentees aged 10–18"),
    "pupil_mentors": _("Mentors aged 15–18"),
    "teacher_mentees": _("Teachers who are mentored"),
    "mentee_satisfaction": _("Satisfied mentees"),
    "mentor_satisfaction": _("Satisfied mentors"),
}
OF_ANSWERS = frozenset({"mentee_satisfaction", "mentor_satisfaction"})
ANSWERS_SHOWN_FROM = 5
BADGES = {
    TargetStatus.REACHED: ("", "ok", True),
    TargetStatus.CLOSE: ("warn", "near", False),
    TargetStatus.BEHIND: ("warn", "warn", False),
    TargetStatus.FAR_BEHIND: ("bad", "bad", False),
    TargetStatus.NO_TARGET: ("", "none", False),
    TargetStatus.NO_DATA: ("", "none", False),
}


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure for the column; ``value`` is None when there is nothing to show."""

    code: str
    title: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    target: Decimal | None
    missing: int | None
    status: str
    tone: str
    shape: str
    plain: bool
    too_few: bool = False


def own_figures(scope: Scope) -> list[OwnFigure]:
    """The figures of this year for everything that the scope may see; empty without roles or definitions."""
    found = Municipality.objects.visible_to(scope).first()
    if found is None:
        return []
    try:
        seen = overview(found, ReportingPeriod.of(today().year), scope=scope, codes=SHOWN, level=Level.TOTAL)
    except ParameterProblem:
        # The page of indicators says which choice cannot be used; the tasks do not depend on it.
        return []
    return [_figure(definition, seen.figures.totals[definition.code]) for definition in seen.definitions]


def _figure(definition, figure: Figure) -> OwnFigure:
    few = definition.code in OF_ANSWERS and 0 < (figure.denominator or 0) < ANSWERS_SHOWN_FROM
    amount = None if few else figure.amount
    status = TargetStatus(status_of(amount, definition.target, definition.direction))
    tone, shape, plain = BADGES[status]
    return OwnFigure(
        code=definition.code,
        title=str(SHOWN[definition.code]),
        value=None if amount is None else round_half_up(amount),
        numerator=None if few else figure.numerator,
        denominator=None if few else figure.denominator,
        target=definition.target,
        missing=None if few else missing_of(figure, definition.target, definition.direction),
        status=status.label,
        tone=tone,
        shape=shape,
        plain=plain,
        too_few=few,
    )
