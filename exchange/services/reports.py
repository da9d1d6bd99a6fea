"""Asking for reports."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from common.reporting import frozen_periods, report_kinds
from exchange.bell import ring_after_commit
from exchange.making import made_formats
from exchange.models import ReportRun
from exchange.rights import may_report
from exchange.services.runs import open_once
from orgs.enums import READER_ROLES
from orgs.models import Organization
from orgs.scope import Scope

YEARS = range(2000, 2101)


def ask_reports(
    actor,
    scope: Scope,
    *,
    kind: str,
    formats: Sequence[str],
    year: int,
    as_of: date | None = None,
    school_year: bool = False,
    **where,
) -> list[ReportRun]:
    """One run for each format, together one report; a format may be the file of another kind (``along``).

    Raises as :func:`ask_report`.
    """
    if kind not in report_kinds:
        raise ValidationError(_("There is no such kind of report. Choose one from the list."), code="kind")
    along = report_kinds.get(kind).along
    batch = uuid.uuid4()
    return [
        ask_report(
            actor,
            scope,
            kind=along.get(format, kind),
            format=format,
            year=year,
            as_of=as_of,
            school_year=school_year,
            batch=batch,
            parameters={
                "report": kind,
                "frozen": not school_year and is_frozen(scope, where, year, as_of),
            },
            **where,
        )
        for format in formats
    ]


def is_frozen(scope: Scope, where: dict, year: int, as_of: date | None) -> bool:
    """Whether the figures of this day are those of a closed monitoring."""
    place = where.get("organization") or where.get("district")
    municipality = place.municipality if place else where.get("municipality")
    day = as_of or date(year, 12, 31)
    return municipality is not None and any(
        period.municipality_id == municipality.pk and (period.year, period.as_of) == (year, day)
        for period in frozen_periods(scope)
    )


def _within(scope: Scope, organizations: Sequence[int]) -> list[int]:
    """The chosen organizations, all of them inside the scope."""
    wanted = sorted(set(organizations))
    if not wanted:
        return []
    seen = Organization.objects.visible_to(scope).filter(
        pk__in=scope.organization_ids(READER_ROLES) if not scope.sees_everything else wanted
    )
    if seen.filter(pk__in=wanted).count() != len(wanted):
        raise PermissionDenied(_("You can make reports only on the places that you work for."))
    return wanted


def ask_report(
    actor,
    scope: Scope,
    *,
    kind: str,
    format: str,
    year: int,
    as_of: date | None = None,
    school_year: bool = False,
    municipality=None,
    organization=None,
    district=None,
    organizations: Sequence[int] = (),
    batch: uuid.UUID | None = None,
    parameters: dict | None = None,
) -> ReportRun:
    """The run that will make the report; the same question while it is open gives the same run.

    Without ``as_of`` the report is about the state on the last day of the year, with ``school_year`` of the
    school year that ends in it. ``district`` or the keys of
    ``organizations`` narrow a report on a municipality. ``batch`` and ``parameters`` are kept with the run
    and are no part of the question. Raises ``PermissionDenied`` when the scope does not cover the place,
    ``ValidationError`` for an unknown kind, format or year.
    """
    if organization:
        municipality = organization.municipality
    elif district:
        municipality = district.municipality
    if not may_report(scope, municipality=municipality, organization=organization, district=district):
        raise PermissionDenied(_("You can make reports only on the places that you work for."))
    if kind not in report_kinds:
        raise ValidationError(_("There is no such kind of report. Choose one from the list."), code="kind")
    possible = made_formats(report_kinds.get(kind))
    if format not in possible:
        raise ValidationError(
            _("This report is not made in the format %(format)s. Choose one of: %(formats)s.")
            % {"format": format.upper(), "formats": ", ".join(possible).upper()},
            code="format",
        )
    if school_year and not report_kinds.get(kind).by_school_year:
        raise ValidationError(_("This report is made for a calendar year. Choose one."), code="year")
    if year not in YEARS:
        raise ValidationError(_("Choose a year from 2000 to 2100."), code="year")
    question = {
        "kind": kind,
        "format": format,
        "year": year,
        "as_of": as_of or (date(year, 8, 31) if school_year else date(year, 12, 31)),
        "school_year": school_year,
        "municipality": municipality,
        "organization": organization,
        "district": district,
        "organizations": _within(scope, organizations),
    }
    run, is_new = open_once(
        ReportRun, actor, extra={"batch": batch, "parameters": parameters or {}}, **question
    )
    if is_new:
        ring_after_commit(run)
    return run
