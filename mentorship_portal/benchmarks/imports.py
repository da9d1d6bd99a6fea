"""The import of a mailed base against a COPY floor and stock django-import-export (P1, P2, P4, P9)."""

from __future__ import annotations

import resource as process_resources
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from python_calamine import CalamineWorkbook

from common.importing import run_import
from common.sheets.limits import Limits
from common.sheets.reader import open_book
from mentorship_portal.benchmarks.import_floor import copy_floor
from mentorship_portal.benchmarks.import_sample import SampleRow, sample_rows, stock_table, write_workbook
from mentorship_portal.benchmarks.import_stock import StockPairResource
from mentorship_portal.benchmarks.measure import CpuClock, Measurement, peak_mib, queries_of, scratch_database
from mentorship_portal.reference import load_reference
from orgs.models import Municipality, Organization, OrganizationType
from orgs.scope import Scope

ROWS = 10_000
# Stock costs the same for every row, so that a part of the rows tells the whole.
STOCK_ROWS = 400
MANY_ROWS = 100_000
QUERIES_FREE = 12


class _TakeBack(Exception):
    """Leaves the database as it was, so that every round writes into the same."""


def run(size_name: str) -> list[Measurement]:
    """Measures P1, P2, P4 and P9; the size ``region`` adds the memory of 100,000 rows."""
    with scratch_database(), tempfile.TemporaryDirectory() as folder:
        load_reference()
        organization = _organization()
        rows = sample_rows(ROWS)
        path = write_workbook(Path(folder) / "base.xlsx", rows)
        ours, floor = _medians(
            lambda: _import(path, organization), lambda: _taken_back(lambda: copy_floor(organization, rows))
        )
        (stock,) = _medians(lambda: _taken_back(lambda: _import_stock(organization, rows)), rounds=1)
        ours_reading, floor_reading = _medians(lambda: _read(path), lambda: _read_plainly(path), rounds=5)
        queries = queries_of(lambda: _import(path, organization))
        peak = peak_mib(lambda: _import(path, organization))
        figures = [
            Measurement("P1", "import_cpu_vs_copy_floor", round(ours / floor, 2)),
            Measurement(
                "P1", "import_cpu_stock_vs_ours", round(stock / STOCK_ROWS * ROWS / ours, 1), "higher"
            ),
            Measurement("P2", "import_queries", queries),
            Measurement(
                "P2",
                "import_queries_per_1000",
                round(max(queries - QUERIES_FREE, 0) / (ROWS / 1000), 2),
            ),
            Measurement("P4", "import_peak_mib", round(peak, 1)),
            Measurement("P9", "read_cpu_vs_calamine", round(ours_reading / floor_reading, 2)),
        ]
        if size_name == "region":
            many = write_workbook(Path(folder) / "many.xlsx", sample_rows(MANY_ROWS))
            much = peak_mib(lambda: _import(many, organization))
            figures.append(Measurement("P4", "import_peak_100k_vs_10k", round(much / peak, 2)))
        return figures


def _organization() -> Organization:
    municipality = Municipality.objects.create(name="Город для замеров")
    return Organization.objects.create(
        inn="5400000017",
        short_name="СОШ № 1",
        type=OrganizationType.objects.first(),
        municipality=municipality,
    )


def _taken_back(job: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            job()
            raise _TakeBack
    except _TakeBack:
        return


def _import(path: Path, organization: Organization) -> None:
    def job():
        outcome = run_import(
            "mentees",
            path,
            file_name=path.name,
            scope=Scope.everything(),
            organization=organization,
            limits=Limits.for_command(),
        )
        if not outcome.committed:
            raise RuntimeError(f"The sample was refused: {outcome.issues[:3]}")

    _taken_back(job)


def _import_stock(organization: Organization, rows: list[SampleRow]) -> None:
    result = StockPairResource(organization).import_data(
        stock_table(rows[:STOCK_ROWS]), use_transactions=False, raise_errors=True
    )
    if result.totals["new"] != STOCK_ROWS:
        raise RuntimeError(f"The stock import lost rows: {dict(result.totals)}")


def _read(path: Path) -> int:
    with open_book(path, file_name=path.name, limits=Limits.for_command()) as book:
        return sum(1 for _row in book.rows(book.sheets[0].name))


def _read_plainly(path: Path) -> int:
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def _medians(*jobs: Callable[[], object], rounds: int = 3) -> list[float]:
    """Median CPU seconds of each job with its child processes; the jobs take turns."""
    clock = CpuClock()
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for times, job in zip(taken, jobs, strict=True):
            start = clock.now() + _children()
            job()
            times.append(clock.now() + _children() - start)
    return [statistics.median(times) for times in taken]


def _children() -> float:
    usage = process_resources.getrusage(process_resources.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
