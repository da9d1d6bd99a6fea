"""The document of figures as a plain table for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from common.rounding import decimal_text
from monitoring.document import state_text
from monitoring.enums import TargetStatus, Unit

NAME_WIDTH = 44


def lines(document: dict) -> Iterator[str]:
    """Lines of text: a heading, then each indicator with its rule, schools and gaps in the data."""
    yield _("%(municipality)s, %(year)d, as of %(as_of)s") % {
        "municipality": document["municipality"],
        "year": document["year"],
        "as_of": ".".join(reversed(document["as_of"].split("-"))),
    }
    if "sha256" in document:
        yield _("Frozen figures: round %(round)d, revision %(revision)d, SHA-256 %(sha256)s") % document
    for entry in document["indicators"]:
        yield ""
        yield f"{entry['title']} [{entry['code']}]"
        yield f"  {_summary(entry)}"
        yield f"  {_('How it is computed')}: {entry['rule']}"
        for school in entry.get("organizations", ()):
            name = f"{school['inn']} {school['name']}"
            yield f"    {name:<{NAME_WIDTH}} {_value(school, entry['unit']):>10}  {_of(school)}"
        if entry["without_data"]:
            names = ", ".join(place["name"] for place in entry["without_data"])
            yield f"  {_('Without data')}: {names}"
        for error in entry["errors"]:
            yield f"  {_('Error in the data')}: {error['message']}"


def _summary(entry: dict) -> str:
    parts = [f"{_value(entry, entry['unit'])} {_of(entry)}".strip()]
    if entry["target"] is not None:
        parts.append(_("target %s") % _amount(entry["target"], entry["unit"]))
    parts.append(str(TargetStatus(entry["status"]).label))
    if entry["missing_people"]:
        parts.append(_("missing: %d") % entry["missing_people"])
    return "; ".join(parts)


def _value(entry: dict, unit: str) -> str:
    return state_text(entry) if entry["value"] is None else _amount(entry["value"], unit)


def _amount(text: str, unit: str) -> str:
    if unit == Unit.COUNT:
        return text.removesuffix(".0")
    return f"{decimal_text(text)} %"


def _of(entry: dict) -> str:
    if entry["denominator"] is None:
        return ""
    return _("(%(numerator)s of %(denominator)s)") % entry
