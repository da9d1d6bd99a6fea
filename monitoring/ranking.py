"""Organizations by the people they are short of, and the finding that stands above the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.charts.on_page import rank_bar
from common.rounding import number_text, percent
from monitoring.definitions import Definition
from monitoring.enums import TargetStatus
from monitoring.presenters import FigureRow, grouped
from monitoring.quality import is_low, whole_percent
from monitoring.showing import Shown
from monitoring.sources import ORGANIZATIONS, PAIRS

STRONG = 5


@dataclass(frozen=True)
class Ranking:
    """Organizations below the target of one indicator, those that are short of most first.

    The base of the shares is the sum of what the organizations below the target are short of; those above
    it do not make up for the others.
    """

    definition: Definition
    rows: Sequence[FigureRow]

    @cached_property
    def behind(self) -> list[FigureRow]:
        """Rows that are short of somebody."""
        return [row for row in self.rows if row.missing]

    @cached_property
    def missing(self) -> int:
        """What all organizations below the target are short of."""
        return sum(row.missing for row in self.behind)

    @property
    def top(self) -> list[FigureRow]:
        return self.behind[:STRONG]

    @property
    def top_missing(self) -> int:
        return sum(row.missing for row in self.top)

    @property
    def longest(self) -> int:
        """What the first organization is short of: the whole length of a bar."""
        return self.behind[0].missing if self.behind else 0

    @property
    def finding(self) -> str:
        """«5 organizations make up 62 % of the shortfall»."""
        if self.definition.target is None:
            return _("No target is set for this year")
        if not self.behind:
            return _("No organization is behind the target")
        if len(self.behind) <= STRONG:
            return ngettext(
                "%(n)s organization is behind the target",
                "%(n)s organizations are behind the target",
                len(self.behind),
            ) % {"n": len(self.behind)}
        share = number_text(percent(self.top_missing, self.missing), 0)
        return ngettext(
            "%(n)s organization makes up %(share)s %% of the shortfall",
            "%(n)s organizations make up %(share)s %% of the shortfall",
            STRONG,
        ) % {"n": STRONG, "share": share}

    @property
    def base(self) -> str:
        """«2 507 of 4 044 people that the organizations below the target are short of»."""
        if not self.behind:
            return ""
        values = {"top": grouped(self.top_missing), "all": grouped(self.missing)}
        source = self.definition.numerator.source
        if len(self.behind) <= STRONG:
            if source is PAIRS:
                return (
                    ngettext(
                        "they are short of %(all)s person", "they are short of %(all)s people", self.missing
                    )
                    % values
                )
            return _("they are short of %(all)s") % values
        if source is PAIRS:
            return (
                ngettext(
                    "%(top)s of %(all)s person that the organizations below the target are short of",
                    "%(top)s of %(all)s people that the organizations below the target are short of",
                    self.missing,
                )
                % values
            )
        return _("%(top)s of %(all)s that the organizations below the target are short of") % values


def leading(shown: Shown) -> Definition | None:
    """The indicator whose organizations the overview ranks: the first of people that misses its target."""
    candidates = [
        definition
        for definition in shown.definitions
        if definition.target is not None and definition.numerator.source is PAIRS
    ]
    missed = [definition for definition in candidates if shown.total(definition).missing]
    return next(iter(missed or candidates), None)


def ranked(shown: Shown, definition: Definition) -> Ranking:
    """The organizations of an indicator; those that count organizations are not ranked by people."""
    if definition.numerator.source is ORGANIZATIONS:
        return Ranking(definition, [])
    return Ranking(definition, shown.rows(definition))


def reached_finding(rows: Sequence[FigureRow], year: int) -> str:
    """«Targets of 2026 are reached by 2 indicators of 6»."""
    with_target = [row for row in rows if row.definition.target is not None]
    if not with_target:
        return _("No targets are set for %(year)s") % {"year": year}
    reached = sum(row.status == TargetStatus.REACHED for row in with_target)
    if not reached:
        return _("No target of %(year)s is reached yet") % {"year": year}
    return ngettext(
        "Targets of %(year)s are reached by %(n)s indicator of %(all)s",
        "Targets of %(year)s are reached by %(n)s indicators of %(all)s",
        reached,
    ) % {"year": year, "n": reached, "all": len(with_target)}


@dataclass(frozen=True, slots=True)
class RankLine:
    """One organization in the list: its number, figure, bar, and how full its data are."""

    number: int
    row: FigureRow
    url: str
    bar: SafeString
    strong: bool
    completeness: Fraction | None

    @property
    def completeness_text(self) -> str:
        """«88 %»; empty where nobody takes part."""
        return whole_percent(self.completeness)

    @property
    def is_low(self) -> bool:
        return is_low(self.completeness)


def lines(ranking: Ranking, link: Callable, completeness: Mapping[int, Fraction]) -> list[RankLine]:
    """The organizations of the ranking; ``link`` gives the address of the people of one organization."""
    return [
        RankLine(
            number=number,
            row=row,
            url=link(ranking.definition.code, row.place.id),
            bar=rank_bar(row.missing, ranking.longest, strong=number <= STRONG),
            strong=bool(row.missing) and number <= STRONG,
            completeness=completeness.get(row.place.id),
        )
        for number, row in enumerate(ranking.rows, start=1)
    ]
