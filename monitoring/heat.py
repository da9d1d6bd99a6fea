"""The map of organizations and indicators: colours by the share of the target, order and search."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from checklists.presenters import status_badge
from common.badges import Badge
from common.text import natural_key, search_key
from monitoring.compute import Place
from monitoring.definitions import Definition
from monitoring.enums import Direction, FigureState, Unit
from monitoring.figures import Figure
from monitoring.presenters import FigureRow, amount_text, grouped
from monitoring.quality import is_low, whole_percent
from monitoring.showing import Shown
from monitoring.sources import HEADCOUNTS, ORGANIZATIONS, PAIRS

# Shares of the target where a step of colour begins (ux.md, 12.3); below the last one it is step 1.
STEPS = ((5, Fraction(1)), (4, Fraction(90, 100)), (3, Fraction(75, 100)), (2, Fraction(50, 100)))
# Shapes that join the number in print, by step.
SHAPES = {5: "ok", 4: "near", 3: "warn", 2: "bad", 1: "bad"}
MOST_COLUMNS = 6
STALE_DAYS = 30
HEADS = {
    "pupil_mentees": _("Mentees aged 10–18"),
    "pupil_mentors": _("Mentors aged 15–18"),
    "teacher_mentees": _("Teachers who are mentored"),
    "mentee_satisfaction": _("Satisfied mentees"),
    "mentor_satisfaction": _("Satisfied mentors"),
    "mentees_with_program": pgettext_lazy("heading", "With a programme"),
    "mentees_with_route": pgettext_lazy("heading", "With a route"),
    "mentees_with_positive_dynamics": pgettext_lazy("heading", "Positive dynamics"),
    "young_teachers_supported": pgettext_lazy("heading", "Young specialists"),
    "mentors_trained": pgettext_lazy("heading", "Trained mentors"),
    "checklist_achieved": pgettext_lazy("heading", "Self-audit items"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure on the map. ``step`` 5 to 1 by the share of the target, 0 without data, None without target.

    ``absent``: the organization gave its numbers, but none for this base: the indicator is not about it.
    """

    row: FigureRow
    url: str
    step: int | None
    absent: bool = False

    @property
    def text(self) -> str:
        """«31,8» without the sign of percent, which stands in the heading; a dash without data."""
        if not self.row.has_value:
            return "–"
        return amount_text(self.row.figure.amount, self.row.definition.unit).removesuffix("\u00a0%")

    @property
    def head(self) -> str:
        """The short name of the indicator."""
        return short_head(self.row.definition)

    @property
    def shape(self) -> str:
        return SHAPES.get(self.step, "")


@dataclass(frozen=True, slots=True)
class MapRow:
    """An organization on the map."""

    place: Place
    url: str
    cells: Sequence[Cell]
    missing: int | None
    completeness: Fraction | None
    changed: datetime.date | None
    is_stale: bool
    audit: str = ""

    @property
    def audit_badge(self) -> Badge | None:
        """The state of the self-audit as the checklists show it."""
        return status_badge(self.audit) if self.audit else None

    @property
    def missing_text(self) -> str:
        return "·" if self.missing is None else grouped(self.missing)

    @property
    def completeness_text(self) -> str:
        return whole_percent(self.completeness)

    @property
    def is_low(self) -> bool:
        return is_low(self.completeness)

    @property
    def changed_text(self) -> str:
        return f"{self.changed:%d.%m.%Y}" if self.changed else ""

    @property
    def short_changed_text(self) -> str:
        return f"{self.changed:%d.%m}" if self.changed else ""


def suited(definitions: Sequence[Definition]) -> list[Definition]:
    """Shares that say something of one organization."""
    return [
        definition
        for definition in definitions
        if definition.unit == Unit.PERCENT and definition.numerator.source is not ORGANIZATIONS
    ]


def columns(possible: Sequence[Definition], asked: Sequence[str] = ()) -> list[Definition]:
    """The asked columns; else the first shares with a target; without targets the first shares."""
    chosen = [definition for definition in possible if definition.code in asked]
    with_target = [definition for definition in possible if definition.target is not None]
    return chosen or (with_target or possible)[:MOST_COLUMNS]


def needed(definitions: Sequence[Definition], asked: Sequence[str] = ()) -> list[str]:
    """Codes of the figures that the map stands on: its columns, and what tells who gave numbers at all."""
    chosen = columns(suited(definitions), asked)
    return [found.code for found in definitions if found in chosen or _entered(found)]


def short_head(definition: Definition) -> str:
    """The name of a column: as short as the columns are narrow."""
    return str(HEADS.get(definition.code, definition.name))


def leading_column(chosen: Sequence[Definition]) -> Definition | None:
    """The indicator whose missing people have a column of their own: the first that counts people."""
    return next(
        (
            definition
            for definition in chosen
            if definition.target is not None and definition.numerator.source is PAIRS
        ),
        None,
    )


def step_of(row: FigureRow) -> int | None:
    """The step of colour: 5 to 1, 0 without data, None without a target."""
    if not row.has_value:
        return 0
    target = row.definition.target
    if target is None:
        return None
    wanted, done = Fraction(target), row.figure.amount
    if row.definition.direction != Direction.UP:
        wanted, done = done, wanted
    return next((step for step, share in STEPS if done >= wanted * share), 1)


def cells_of(
    shown: Shown, place: Place, chosen: Sequence[Definition], link: Callable[..., str]
) -> list[Cell]:
    """The figures of one organization in the order of the columns."""
    gave_numbers = any(
        _own(shown, definition, place) is not None and _own(shown, definition, place).has_base
        for definition in shown.definitions
        if _entered(definition)
    )
    found = []
    for definition in chosen:
        row = _row(shown, definition, place)
        absent = _entered(definition) and (
            row.figure.state == FigureState.EMPTY_BASE
            or (gave_numbers and row.figure.state == FigureState.NO_DATA)
        )
        found.append(Cell(row, link(definition.code, place.id), step_of(row), absent))
    return found


def total_cells(shown: Shown, chosen: Sequence[Definition], link: Callable[..., str]) -> list[Cell]:
    """The figures of everything that is shown."""
    return [
        Cell(row := shown.total(definition), link(definition.code), step_of(row)) for definition in chosen
    ]


def map_rows(
    shown: Shown,
    chosen: Sequence[Definition],
    link: Callable[..., str],
    place_link: Callable[[int], str],
    *,
    completeness: Mapping[int, Fraction],
    changed: Mapping[int, datetime.date],
    audits: Mapping[int, str],
    today: datetime.date,
) -> list[MapRow]:
    """The organizations that work or have a figure, in the order of their names."""
    lead = leading_column(chosen)
    stale = today - datetime.timedelta(days=STALE_DAYS)
    rows = []
    for place in sorted(shown.places, key=lambda place: (natural_key(place.name), place.inn)):
        cells = cells_of(shown, place, chosen, link)
        if not place.works and not any(cell.row.figure.has_base for cell in cells):
            continue
        own = next((cell for cell in cells if cell.row.definition is lead), None)
        last = changed.get(place.id)
        rows.append(
            MapRow(
                place=place,
                url=place_link(place.id),
                cells=cells,
                missing=own.row.missing if own is not None and own.row.has_value else None,
                completeness=completeness.get(place.id),
                changed=last,
                is_stale=last is not None and last < stale,
                audit=audits.get(place.id, ""),
            )
        )
    return rows


def matches(row: MapRow, words: str) -> bool:
    """Whether each word of the search begins a word of the organization's name; case and ё do not count."""
    name = f" {search_key(row.place.name)}"
    return all(f" {word}" in name for word in search_key(words).split())


SORTS: dict[str, Callable[[MapRow], object]] = {
    "name": lambda row: 0,
    "missing": lambda row: -1 if row.missing is None else row.missing,
    "completeness": lambda row: Fraction(-1) if row.completeness is None else row.completeness,
    "changed": lambda row: row.changed or datetime.date.min,
}


def in_order(rows: Sequence[MapRow], sort: str, chosen: Sequence[Definition]) -> list[MapRow]:
    """The rows by a column; ``-`` in front turns it round. Equal ones stay in the order of names."""
    code, backwards = sort.removeprefix("-"), sort.startswith("-")
    if code == "name":
        return list(reversed(rows)) if backwards else list(rows)
    number = next((place for place, definition in enumerate(chosen) if definition.code == code), None)
    if number is not None:

        def key(row: MapRow):
            cell = row.cells[number]
            return cell.row.figure.amount if cell.row.has_value else Fraction(-1)

    else:
        key = SORTS[code]
    return sorted(rows, key=key, reverse=backwards)


def is_sort(sort: str, chosen: Sequence[Definition]) -> bool:
    """Whether the address names a column of the map."""
    code = sort.removeprefix("-")
    return code in SORTS or any(definition.code == code for definition in chosen)


def _entered(definition: Definition) -> bool:
    return definition.denominator is not None and definition.denominator.source is HEADCOUNTS


def _own(shown: Shown, definition: Definition, place: Place):
    return shown.figures.by_organization.get(definition.code, {}).get(place.id)


def _row(shown: Shown, definition: Definition, place: Place) -> FigureRow:
    own = _own(shown, definition, place)
    if own is None:
        own = Figure(definition.code, place.id, definition.unit, None, None, FigureState.NO_DATA, False)
    return shown.row(definition, place, own)
