"""Indicators of a municipality for a year: the rule, the choices that hold there, and the target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import F, FilteredRelation, Q

from monitoring.models import Indicator
from monitoring.names import page_name
from monitoring.parameters import merge
from monitoring.registry import INDICATORS, IndicatorRule
from monitoring.terms import Term


@dataclass(frozen=True)
class Definition:
    """An indicator ready to be computed, named and judged."""

    code: str
    title: str
    unit: str
    direction: str
    version: int
    source: str
    parameters: dict
    target: Decimal | None = None
    target_document: str = ""
    short_title: str = ""
    published_rule: str = ""

    @property
    def name(self) -> str:
        """The short name for pages, in the reader's language; documents print the official title."""
        return page_name(self.code, self.short_title or self.title)

    @property
    def rule(self) -> IndicatorRule:
        return INDICATORS.get(self.code)

    @property
    def rule_text(self) -> str:
        """How the figure is computed, in the reader's language, from the parameters used.

        Of a frozen figure: the text that was published with it.
        """
        return self.published_rule or self.rule.text(self.parameters)

    @cached_property
    def numerator(self) -> Term:
        return self.rule.numerator(self.parameters)

    @cached_property
    def denominator(self) -> Term | None:
        return self.rule.denominator(self.parameters) if self.rule.denominator else None

    @cached_property
    def extras(self) -> dict[str, Term]:
        return {name: build(self.parameters) for name, build in self.rule.extras.items()}


def definitions(municipality=None, year: int | None = None, codes: Iterable[str] = ()) -> list[Definition]:
    """Indicators in use, in the order of the dictionary, with a municipality's choices and targets.

    One query. Without a municipality the defaults hold. Raises
    :class:`monitoring.parameters.ParameterProblem` when a stored choice cannot be used.
    """
    rows = Indicator.objects.filter(active=True, code__in=INDICATORS.keys())
    if codes := list(codes):
        rows = rows.filter(code__in=codes)
    rows = rows.annotate(
        own=FilteredRelation("settings", condition=Q(settings__municipality=municipality)),
        goal=FilteredRelation("targets", condition=Q(targets__municipality=municipality, targets__year=year)),
    ).annotate(
        own_parameters=F("own__parameters"), goal_value=F("goal__value"), goal_document=F("goal__document")
    )
    return [
        Definition(
            code=row.code,
            title=row.title,
            unit=row.unit,
            direction=row.direction,
            version=row.version,
            source=row.source,
            parameters=merge(
                row.code, INDICATORS.get(row.code).parameters, row.parameters, row.own_parameters
            ),
            target=row.goal_value,
            target_document=row.goal_document or "",
            short_title=row.short_title,
        )
        for row in rows.order_by("position", "code")
    ]
