"""Asking for reports."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from common.reporting import report_kinds
from exchange.bell import ring_after_commit
from exchange.models import ReportRun
from exchange.rights import may_report
from exchange.services.runs import open_once
from orgs.scope import Scope

YEARS = range(2000, 2101)


def ask_report(
    actor,
    scope: Scope,
    *,
    kind: str,
    format: str,
    year: int,
    as_of: date | None = None,
    municipality=None,
    organization=None,
) -> ReportRun:
    """The run that will make the report; the same question while it is open gives the same run.

    Without ``as_of`` the report is about the state on 31 December of the year. Raises ``PermissionDenied``
    when the scope does not cover the place, ``ValidationError`` for an unknown kind, format or year.
    """
    if organization:
        municipality = organization.municipality
    if not may_report(scope, municipality=municipality, organization=organization):
        raise PermissionDenied(_("You can make reports only on the places that you work for."))
    if kind not in report_kinds:
        raise ValidationError(_("There is no such kind of report. Choose one from the list."), code="kind")
    if format not in report_kinds.get(kind).formats:
        raise ValidationError(
            _("This report is not made in the format %(format)s. Choose one of: %(formats)s.")
            % {"format": format.upper(), "formats": ", ".join(report_kinds.get(kind).formats).upper()},
            code="format",
        )
    if year not in YEARS:
        raise ValidationError(_("Choose a year from 2000 to 2100."), code="year")
    question = {
        "kind": kind,
        "format": format,
        "year": year,
        "as_of": as_of or date(year, 12, 31),
        "municipality": municipality,
        "organization": organization,
    }
    run, is_new = open_once(ReportRun, actor, **question)
    if is_new:
        ring_after_commit(run)
    return run
