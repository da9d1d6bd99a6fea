"""The own indicators beside the tasks: those of the school, or of the municipality."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import today
from mentorship_portal.home.desk import Desk
from monitoring.parameters import ParameterProblem
from monitoring.period import ReportingPeriod
from monitoring.presenters import FigureRow
from monitoring.quality import confirmations, with_numbers
from monitoring.showing import Shown, live
from orgs.models import Municipality
from orgs.scope import Scope

# The five indicators of the Novokuznetsk roadmap, named shortly for a narrow column.
SHOWN = {
    "pupil_mentees": gettext_lazy("Mentees aged 10–18"),
    "pupil_mentors": gettext_lazy("Mentors aged 15–18"),
    "teacher_mentees": gettext_lazy("Teachers who are mentored"),
    "mentee_satisfaction": gettext_lazy("Satisfied mentees"),
    "mentor_satisfaction": gettext_lazy("Satisfied mentors"),
}
# By this one schools are ranked: the most people are behind it.
RANKED = "pupil_mentees"


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """One figure for the column: its row, a short title, the page of the figure."""

    row: FigureRow
    title: str
    url: str

    @property
    def gap(self) -> str:
        """«не хватает 136 чел.», «на 3,2 п. п. выше цели», or the target."""
        if self.row.to_target or not self.row.target:
            return self.row.to_target
        return _("target %(target)s") % {"target": self.row.target}


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The column of figures, and of each organization what it lacks."""

    year: int
    figures: list[OwnFigure] = field(default_factory=list)
    organizations: int = 0
    without_data: frozenset[int] = frozenset()
    missing: dict[int, str] = field(default_factory=dict)
    weights: dict[int, int] = field(default_factory=dict)
    # How many organizations confirmed their data for the monitoring of the year; None without one.
    confirmed: int | None = None

    @property
    def with_data(self) -> int:
        """How many organizations have given the numbers that the shares are counted by."""
        return self.organizations - len(self.without_data)


def own_figures(desk: Desk) -> OwnFigures:
    """The figures of this calendar year for everything that the scope may see."""
    year = today().year
    found = Municipality.objects.visible_to(desk.scope).first()
    if found is None:
        return OwnFigures(year)
    narrowed = desk.request.place is not None
    try:
        shown = live(found, ReportingPeriod.of(year), desk.scope, codes=SHOWN, narrowed=narrowed)
    except ParameterProblem:
        # The page of indicators says which choice cannot be used; the tasks do not depend on it.
        return OwnFigures(year)
    figures = [
        OwnFigure(
            shown.total(definition),
            str(SHOWN[definition.code]),
            desk.url("indicator", definition.code, year=year),
        )
        for definition in shown.definitions
    ]
    return _ranked(shown, year, figures, desk.scope) if len(shown.places) > 1 else OwnFigures(year, figures)


def _ranked(shown: Shown, year: int, figures: list[OwnFigure], scope: Scope) -> OwnFigures:
    definition = shown.definition(RANKED)
    if definition is None:
        return OwnFigures(year, figures)
    rows = [row for row in shown.rows(definition) if row.missing]
    found = confirmations(shown, scope)
    return OwnFigures(
        year,
        figures,
        sum(place.works for place in shown.places),
        frozenset(place.id for place in with_numbers(shown)[1]),
        {row.place.id: row.missing_text for row in rows},
        {row.place.id: row.missing for row in rows},
        found[1] if found else None,
    )
