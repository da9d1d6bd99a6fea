"""Past reports as the page lists them: one line for all files that were asked for by one click."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.badges import Badge
from common.dates import SchoolYear
from common.reporting import report_kinds
from exchange.enums import UNFINISHED, RunState
from exchange.models import ReportRun
from exchange.presenters import run_badge
from exchange.report_forms import period_code, place_code, place_of
from orgs.scope import Scope

# Runs of a kind whose time says how long the next one takes.
RECENT = 10


@dataclass(slots=True)
class Report:
    """The files of one click; ``runs`` in the order of their formats."""

    runs: list[ReportRun] = field(default_factory=list)

    @property
    def first(self) -> ReportRun:
        return self.runs[0]

    @property
    def code(self) -> str:
        return self.first.parameters.get("report", self.first.kind)

    @property
    def title(self) -> str:
        return title_of(self.code)

    @property
    def period(self) -> str:
        """«2026», or «as of 31.10.2026»."""
        run = self.first
        if run.school_year:
            return _("school year %(year)s") % {"year": SchoolYear(run.year - 1).title}
        if run.as_of is None or run.as_of == date(run.year, 12, 31):
            return _("year %(year)s") % {"year": run.year}
        return _("as of %(day)s") % {"day": f"{run.as_of:%d.%m.%Y}"}

    @property
    def is_frozen(self) -> bool:
        return bool(self.first.parameters.get("frozen"))

    @property
    def coverage(self) -> str:
        run = self.first
        place = str(place_of(run) or "—")
        if not run.organizations:
            return place
        count = len(run.organizations)
        return ngettext("%(place)s, %(n)d organization", "%(place)s, %(n)d organizations", count) % {
            "place": place,
            "n": count,
        }

    @property
    def waits(self) -> bool:
        return any(run.state in UNFINISHED for run in self.runs)

    @property
    def badge(self) -> Badge:
        """The state of the least finished file."""
        order = (RunState.WAITING, RunState.RUNNING, RunState.FAILED, RunState.CANCELLED, RunState.READY)
        return run_badge(min(self.runs, key=lambda run: order.index(RunState(run.state))))

    @property
    def is_settled(self) -> bool:
        return all(run.state == RunState.READY for run in self.runs)

    @property
    def again(self) -> str:
        """The parts of an address that fill in the builder as it was."""
        run = self.first
        parts = {
            "kind": self.code,
            "period": period_code(run),
            "year": run.year,
            "school": run.year - 1,
            "as_of": f"{run.as_of:%d.%m.%Y}" if run.as_of else "",
            "place": place_code(run),
            "formats": [one.format for one in self.runs],
            "organizations": run.organizations,
        }
        return urlencode(parts, doseq=True)


def title_of(code: str) -> str:
    """How a kind of report is called; a kind that is no longer known keeps its code."""
    return str(report_kinds.get(code).title) if code in report_kinds else code


def reports_of(runs: Iterable[ReportRun]) -> list[Report]:
    """Runs in the order of their asking, put together by click."""
    found: dict[object, Report] = {}
    for run in runs:
        found.setdefault(run.batch or run.pk, Report()).runs.append(run)
    for report in found.values():
        report.runs.sort(key=lambda run: run.format)
    return list(found.values())


def batch_of(run: ReportRun, scope: Scope) -> Report:
    """The report that the run belongs to."""
    if run.batch is None:
        return Report([run])
    rows = ReportRun.objects.visible_to(scope).filter(batch=run.batch)
    return Report(list(with_places(rows).order_by("format")))


def with_places(rows: QuerySet) -> QuerySet:
    """Runs with everything that a line of the list names."""
    return rows.select_related("owner", "organization", "district__municipality", "municipality")


def summary(runs: Iterable[ReportRun]) -> list[tuple[str, int]]:
    """How many reports of each kind there are, the most frequent first."""
    counts = Counter(report.code for report in reports_of(runs))
    return [(code, count) for code, count in counts.most_common()]


def usual_seconds(kind: str) -> int | None:
    """How long the last reports of the kind took; None before the first."""
    took = [
        (finished - started).total_seconds()
        for started, finished in ReportRun.objects.filter(
            kind=kind, state=RunState.READY, started_at__isnull=False, finished_at__gte=F("started_at")
        )
        .order_by("-finished_at")
        .values_list("started_at", "finished_at")[:RECENT]
    ]
    return max(1, round(statistics.median(took))) if took else None
