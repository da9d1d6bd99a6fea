"""What a kind of report is: the contract between the job that runs it and the app that knows its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import ngettext

from common.registry import Registry

Progress = Callable[[int, int, str], None]
# Reports go to the department: they are written in Russian, whoever waits for them.
LANGUAGE = "ru"


def no_progress(done: int, total: int, text: str) -> None:
    """Progress for callers that nobody watches."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A finished file: the name a person downloads it under, and its bytes."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What is asked and on whose behalf.

    ``scope`` is an ``orgs.scope.Scope``: every row that goes into the report comes through it. With an
    ``organization`` the report is about that school, otherwise about the whole ``municipality``.
    ``format`` is one of the kind's formats. ``progress(done, total, text)`` may be called as often as
    wanted; it raises when the job has to stop (cancelled, or handed to another worker), so do not catch
    everything around it.
    """

    scope: Any
    municipality: Any
    organization: Any
    year: int
    as_of: date
    format: str
    progress: Progress = no_progress
    # Of a whole municipality the report may be about one district, or about some organizations only.
    district: Any = None
    organizations: tuple[int, ...] = ()
    # The period is the school year that ends in ``year``, not the calendar year.
    school_year: bool = False

    @property
    def place(self) -> Any:
        """The organization, district or municipality that the report is about."""
        return self.organization or self.district or self.municipality

    @property
    def place_name(self) -> str:
        """The place in words: «СОШ № 17», «Северный район», «Приозёрск, 3 организации»."""
        if self.organization or not self.organizations:
            return str(self.place)
        count = len(self.organizations)
        return ngettext("%(place)s, %(n)d organization", "%(place)s, %(n)d organizations", count) % {
            "place": self.place,
            "n": count,
        }

    def narrowed(self, organizations):
        """Of a queryset of organizations those that the report is about."""
        if self.organization:
            return organizations.filter(pk=self.organization.pk)
        organizations = organizations.filter(municipality=self.municipality)
        if self.district:
            organizations = organizations.filter(district=self.district)
        if self.organizations:
            organizations = organizations.filter(pk__in=self.organizations)
        return organizations


class ReportKind:
    """One kind of report. Subclass it, fill the attributes and decorate it with :func:`register_report`.

    An app keeps its kinds in its module (or package) ``reports``; they are found there at first need.
    """

    code: ClassVar[str]
    title: ClassVar[Any]
    # What is inside, in a few words under the title.
    description: ClassVar[Any] = ""
    formats: ClassVar[tuple[str, ...]]
    # Another kind's file that belongs to this report: format → code of the kind that makes it.
    along: ClassVar[Mapping[str, str]] = {}
    # Where it stands in lists of kinds; the least first.
    order: ClassVar[int] = 100
    # A report on the municipality as such cannot be narrowed to a part of it.
    whole_municipality: ClassVar[bool] = False
    # Whether it may be about a school year; the others are about calendar years by their nature.
    by_school_year: ClassVar[bool] = False

    def build(self, context: ReportContext) -> BuiltFile:
        """Makes the file; the same data and context give a file of the same meaning."""
        raise NotImplementedError


report_kinds: Registry[str, ReportKind] = Registry("report kind", found_in="reports")


@dataclass(frozen=True, slots=True)
class FrozenPeriod:
    """A closed monitoring: reports on its day show the figures as they were published."""

    code: str
    label: str
    municipality_id: int
    year: int
    as_of: date


# Who knows of closed monitorings; each entry is a function of a scope that lists them, the newest first.
frozen_sources: Registry[str, Callable[[Any], list[FrozenPeriod]]] = Registry(
    "source of frozen periods", found_in="reports"
)


def frozen_periods(scope) -> list[FrozenPeriod]:
    """Closed monitorings that the scope may see."""
    return [period for source in frozen_sources.values() for period in source(scope)]


def register_report(kind: type[ReportKind]) -> type[ReportKind]:
    """A class decorator that registers an instance of the kind under its code."""
    report_kinds.add(kind.code, kind())
    return kind


def tidy_file_name(name: str, ending: str) -> str:
    """The name with its ending, without characters that file systems refuse."""
    tidy = re.sub(r"\s+", " ", re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name)).strip(" .")[:140]
    return f"{tidy}.{ending}"
