"""Kinds of reports and workbooks for tests of jobs: slow enough to be killed in the middle, or deadly."""

from __future__ import annotations

import os
import signal
import time

from common.importing import ADDED, UNCHANGED, Heading, WorkbookResource, import_kinds
from common.reporting import BuiltFile, ReportKind, report_kinds
from orgs.models import Region

STEPS = 10
STEP_SECONDS = float(os.environ.get("JOB_STEP_SECONDS", "0.1"))


class SlowReport(ReportKind):
    """Ten steps, then a file whose content follows from the question alone."""

    code = "test-slow"
    title = "Медленный отчёт"
    formats = ("txt",)

    def build(self, context):
        for step in range(STEPS):
            context.progress(step, STEPS, f"Шаг {step} из {STEPS}")
            time.sleep(STEP_SECONDS)
        return BuiltFile(f"{context.year}.txt", slow_content(context.place, context.year))


def slow_content(place, year: int) -> bytes:
    """What an undisturbed run of :class:`SlowReport` writes."""
    return f"{place} {year}\n".encode() * 10_000


class QuickReport(SlowReport):
    """The same file at once."""

    code = "test-quick"

    def build(self, context):
        return BuiltFile(f"{context.year}.txt", slow_content(context.place, context.year))


class PoisonReport(ReportKind):
    """Kills the process that works on it."""

    code = "test-poison"
    title = "Смертельный отчёт"
    formats = ("txt",)

    def build(self, context):
        context.progress(1, 2, "Сейчас упадём")
        os.kill(os.getpid(), signal.SIGKILL)


class SlowRegions(WorkbookResource):
    """A workbook of regions that takes its time over each row, inside the writing transaction."""

    kind = "test-regions"
    sheet_title = "Регионы"
    name = Heading("Регион", parse=lambda value: str(value).strip(), required=True, needed=True)

    def take(self, entries):
        for entry in entries:
            _region, is_new = Region.objects.get_or_create(name=entry["name"])
            entry.touch(ADDED if is_new else UNCHANGED)
            time.sleep(STEP_SECONDS / 10)


REPORTS = (SlowReport, QuickReport, PoisonReport)


def register() -> None:
    """Adds the kinds to the registries of this process."""
    for kind in REPORTS:
        report_kinds.add(kind.code, kind())
    import_kinds.add(SlowRegions.kind, SlowRegions)


def unregister() -> None:
    """Takes them out again, so that other tests of the process do not meet them."""
    for kind in REPORTS:
        report_kinds.discard(kind.code)
    import_kinds.discard(SlowRegions.kind)
