"""The rows behind a warning in words: where, who or what, what exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import age_on
from common.paging import Sort
from mentors.models import Pair, Participation
from mentors.privacy import NamePolicy
from monitoring.presenters import grouped
from monitoring.showing import Shown
from monitoring.suppression import counts_answers
from monitoring.warnings.checks import Check
from monitoring.warnings.ground import Ground
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class WarningRow:
    """``url`` leads to the card where the mistake is corrected."""

    place: str
    subject: str
    url: str
    detail: str


def figure_rows(check: Check, shown: Shown) -> list[tuple]:
    """(definition, organization, figure) of a check that looks at the figures."""
    found = []
    for definition in shown.definitions:
        own = shown.figures.by_organization.get(definition.code, {})
        for place in shown.places:
            figure = own.get(place.id)
            if figure is None or place.id in shown.hidden.get(definition.code, ()):
                continue
            wrong = (
                figure.exceeds_base
                if check.code == "above_base"
                else counts_answers(definition)
                and figure.participants is not None
                and (figure.denominator or 0) > figure.participants
            )
            if wrong:
                found.append((definition, place, figure))
    return found


def described(check: Check, found: Sequence[tuple], link: Callable[..., str]) -> list[WarningRow]:
    """Rows of :func:`figure_rows` in words."""
    return [
        WarningRow(
            place=place.name,
            subject=definition.name,
            url=link("indicator-people", definition.code, organization=place.id),
            detail=(
                _("%(numerator)s counted, the base is %(denominator)s")
                if check.code == "above_base"
                else _("%(denominator)s answers, %(participants)s participants")
            )
            % {
                "numerator": grouped(figure.numerator or 0),
                "denominator": grouped(figure.denominator or 0),
                "participants": grouped(figure.participants or 0),
            },
        )
        for definition, place, figure in found
    ]


def ordered(check: Check, ground: Ground) -> tuple[QuerySet, Sort]:
    """The rows of a check with what they show, and their order by organization."""
    rows = check.rows(ground)
    if rows.model is Organization:
        return rows, Sort("name", "", "short_name")
    related = {
        Participation: ("person", "organization"),
        Pair: ("organization", "mentor__person", "mentee__person"),
    }[rows.model]
    return rows.select_related(*related), Sort("organization", "", "organization__short_name")


def page_rows(
    rows: Sequence, check: Check, ground: Ground, names: NamePolicy, link: Callable[..., str]
) -> list[WarningRow]:
    """One page of rows in words; people above the school with short names and without dates of birth."""
    describe = {Organization: _organization, Participation: _participation, Pair: _pair}
    return [describe[type(row)](row, check, ground, names, link) for row in rows]


def _organization(row: Organization, check: Check, ground, names, link) -> WarningRow:
    return WarningRow(row.short_name, row.short_name, link("organization", row.pk), "")


def _participation(row: Participation, check: Check, ground: Ground, names, link) -> WarningRow:
    detail = ", ".join(part for part in (row.get_role_display(), row.class_name or row.position) if part)
    if check.code == "ages":
        detail = _("%(role)s, %(age)s by %(date)s") % {
            "role": row.get_role_display(),
            "age": _age(row, ground),
            "date": f"{ground.period.as_of:%d.%m.%Y}",
        }
    return WarningRow(row.organization.short_name, names.name(row), link(row.role, row.pk), detail)


def _age(row: Participation, ground: Ground) -> str:
    person = row.person
    years = (
        age_on(person.birth_date, ground.period.as_of)
        if person.birth_date
        else ground.period.year - person.birth_year
    )
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def _pair(row: Pair, check: Check, ground, names, link) -> WarningRow:
    subject = f"{names.name(row.mentor)} — {names.name(row.mentee)}"
    detail = _("since %(date)s") % {"date": f"{row.started_on:%d.%m.%Y}"} if row.started_on else ""
    return WarningRow(row.organization.short_name, subject, link("pair", row.pk), detail)
