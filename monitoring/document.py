"""The published document of figures: what the command prints as JSON and what a snapshot freezes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from common.rounding import round_half_up
from monitoring.compute import Figures, Place
from monitoring.definitions import Definition
from monitoring.enums import FigureState
from monitoring.figures import Figure, missing_of, status_of


def build(
    municipality, definitions: Sequence[Definition], figures: Figures, *, by_organization: bool = True
) -> dict:
    """The document with the keys of the published interface; ``by_organization`` adds each school."""
    return {
        "municipality": municipality.name,
        "year": figures.period.year,
        "as_of": figures.period.as_of.isoformat(),
        "indicators": [
            _indicator(definition, figures, by_organization=by_organization) for definition in definitions
        ],
    }


def checksum(document: dict) -> str:
    """SHA-256 of the document in one canonical spelling, whatever the order of its keys."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _indicator(definition: Definition, figures: Figures, *, by_organization: bool) -> dict:
    total = figures.totals[definition.code]
    entry = {
        "code": definition.code,
        "title": definition.title,
        "unit": definition.unit,
        "version": definition.version,
        **_figure(total),
        "target": target_text(definition.target),
        "status": str(status_of(total.amount, definition.target, definition.direction)),
        "missing_people": missing_of(total, definition.target, definition.direction),
        "rule": definition.rule_text,
        "source": definition.source,
        "target_document": definition.target_document,
        "without_data": [_place(place) for place in figures.without_data(definition.code)],
        "errors": [
            {
                **_place(place),
                "message": error_text(place, figures.by_organization[definition.code][place.id]),
            }
            for place in figures.above_base(definition.code)
        ],
    }
    if by_organization:
        entry["organizations"] = [
            {**_place(place), **_figure(figure)} for place, figure in figures.with_base(definition.code)
        ]
    return entry


def _figure(figure: Figure) -> dict:
    entry = {"numerator": figure.numerator, "denominator": figure.denominator, "value": figure.value}
    if figure.value is None:
        entry["state"] = str(figure.state)
    if figure.participants is not None:
        entry |= {
            "participants": figure.participants,
            "response_rate": figure.response_rate,
            "value_of_participants": figure.value_of_participants,
        }
    return entry


def _place(place: Place) -> dict:
    return {"inn": place.inn, "name": place.name}


def target_text(target: Decimal | None) -> str | None:
    """A target with one decimal, or two where it was set so («12.55»); None without a target."""
    if target is None:
        return None
    return f"{round_half_up(target, 1 if target * 10 == int(target * 10) else 2):f}"


def error_text(place: Place, figure: Figure) -> str:
    """What is wrong with a figure above its base, and what to do."""
    return _(
        "%(name)s: %(numerator)d counted, more than the base of %(denominator)d. Correct the number in the "
        "headcount or the people in the registers."
    ) % {"name": place.name, "numerator": figure.numerator, "denominator": figure.denominator}


def state_text(entry: dict) -> str:
    """What stands in place of a value: «no data» or a dash for an empty base."""
    return "–" if entry.get("state") == FigureState.EMPTY_BASE else _("no data")
