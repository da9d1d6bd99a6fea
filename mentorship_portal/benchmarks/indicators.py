"""Figures of a region against hand-written SQL and a naive loop (``performance.md`` P5, P6, P7)."""

from __future__ import annotations

import math
from collections.abc import Callable

from django.db import connection

from mentorship_portal.benchmarks.floor_sql import floor_figures, floor_of_dashboard
from mentorship_portal.benchmarks.measure import (
    Measurement,
    cpu_seconds,
    medians,
    queries_of,
    scratch_database,
)
from mentorship_portal.benchmarks.naive import naive_figures
from mentorship_portal.benchmarks.seed import SIZES, YEAR, Size, seed
from monitoring import document
from monitoring.compute import Figures, Level, compute
from monitoring.definitions import definitions
from monitoring.period import ReportingPeriod
from monitoring.queries import overview
from monitoring.services import close_round, latest_snapshot
from orgs.models import Municipality, Organization
from orgs.scope import Scope

CODES = (
    "pupil_mentees",
    "pupil_mentees_of_all",
    "pupil_mentors",
    "pupil_mentors_of_all",
    "teacher_mentees",
    "mentee_satisfaction",
    "mentor_satisfaction",
    "organizations_with_registers",
    "organizations_with_page",
    "organizations_with_reverse_mentoring",
    "mentees_with_program",
    "young_teachers_supported",
)
DASHBOARD = CODES[:1] + CODES[2:3] + CODES[4:8]
NAIVE_SAMPLE = 40
Rows = dict[tuple[str, int], tuple[int | None, int | None]]


class ChecksumProblem(Exception):
    """Two ways of computing the same figures disagree; the text names the first difference."""


def run(size_name: str) -> list[Measurement]:
    """Measures P5, P6 and P7 on scratch databases of the size and of a hundredth (a tenth) of it."""
    size = SIZES[size_name]
    with scratch_database():
        seed(size)
        measured = [*_against_floors(), *_dashboard()]
        large = _cpu_of_computation()
    shrink = 100 if size_name == "region" else 10
    small_size = Size(
        max(10, size.organizations // shrink),
        size.mentors // shrink,
        size.mentees // shrink,
        size.answers // shrink,
    )
    with scratch_database():
        seed(small_size)
        small, queries = _cpu_of_computation(), queries_of(_ours())
    exponent = math.log(large / small) / math.log(size.pairs / small_size.pairs)
    growth = [
        Measurement("P6", "indicators_growth_exponent", round(exponent, 3)),
        Measurement("P6", "indicators_queries_few_organizations", queries),
    ]
    return measured[:3] + growth + measured[3:]


def _ours() -> Callable[[], Figures]:
    """The computation of all organizations, with the definitions read beforehand."""
    chosen, period = definitions(codes=CODES), ReportingPeriod.of(YEAR)
    return lambda: compute(chosen, Organization.objects.all(), period, Level.ORGANIZATION)


def _cpu_of_computation() -> float:
    return medians(_ours())[0]


def _against_floors() -> list[Measurement]:
    ours, period = _ours(), ReportingPeriod.of(YEAR)
    sample = list(Organization.objects.order_by("pk")[:NAIVE_SAMPLE])
    every = Organization.objects.count()

    figures = _rows(ours())
    _compare(figures, floor_figures(period), "SQL")
    naive = naive_figures(sample, period)
    _compare({key: figures[key] for key in naive}, naive, "the naive loop")
    our_cpu, sql_cpu = medians(ours, lambda: floor_figures(period))
    naive_cpu = cpu_seconds(lambda: naive_figures(sample, period)) * every / len(sample)
    return [
        Measurement("P5", "indicators_cpu_vs_sql", round(our_cpu / sql_cpu, 3)),
        Measurement("P5", "indicators_queries", queries_of(ours)),
        Measurement("P5", "indicators_naive_vs_ours", round(naive_cpu / our_cpu, 1), "higher"),
    ]


def _dashboard() -> list[Measurement]:
    """The data of one municipality's page: live with totals, and out of a closed round."""
    municipality, period = Municipality.objects.earliest("pk"), ReportingPeriod.of(YEAR)

    def live():
        return overview(municipality, period, scope=Scope.everything(), codes=DASHBOARD)

    def published():
        # What the snapshot holds: every indicator, as a document.
        everything = overview(municipality, period, scope=Scope.everything())
        return document.build(municipality, everything.definitions, everything.figures)

    frozen = _closed(municipality)
    _compare_totals(live().figures, floor_of_dashboard(municipality.pk, period))
    live_cpu, sql_cpu = medians(live, lambda: floor_of_dashboard(municipality.pk, period))
    frozen_cpu, published_cpu = medians(frozen, published)
    return [
        Measurement("P7", "dashboard_cpu_vs_sql", round(live_cpu / sql_cpu, 3)),
        Measurement("P7", "dashboard_queries", queries_of(live)),
        Measurement("P7", "snapshot_vs_live", round(frozen_cpu / published_cpu, 3)),
    ]


def _closed(municipality: Municipality) -> Callable[[], dict]:
    round_id = close_round(None, municipality=municipality, year=YEAR).round_id
    return lambda: latest_snapshot(round_id).document


def _rows(figures: Figures) -> Rows:
    return {
        (code, organization_id): (figure.numerator, figure.denominator)
        for code, own in figures.by_organization.items()
        for organization_id, figure in own.items()
        if figure.has_base
    }


def _compare(ours: Rows, theirs: Rows, name: str) -> None:
    theirs = {key: value for key, value in theirs.items() if key[0] in CODES}
    if ours != theirs:
        key = next(key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key))
        raise ChecksumProblem(f"{name}: {key} is {theirs.get(key)}, ours is {ours.get(key)}")


def _compare_totals(figures: Figures, theirs: dict[str, tuple[int, int]]) -> None:
    ours = {code: (total.numerator, total.denominator) for code, total in figures.totals.items()}
    if ours != theirs:
        raise ChecksumProblem(f"totals by SQL are {theirs}, ours are {ours} ({connection.vendor})")
