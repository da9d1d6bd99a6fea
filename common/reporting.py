"""What a kind of report is: the contract between the job that runs it and the app that knows its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from common.registry import Registry

Progress = Callable[[int, int, str], None]


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

    @property
    def place(self) -> Any:
        """The organization or municipality that the report is about."""
        return self.organization or self.municipality


class ReportKind:
    """One kind of report. Subclass it, fill the attributes and decorate it with :func:`register_report`.

    An app keeps its kinds in its module (or package) ``reports``; they are found there at first need.
    """

    code: ClassVar[str]
    title: ClassVar[Any]
    formats: ClassVar[tuple[str, ...]]

    def build(self, context: ReportContext) -> BuiltFile:
        """Makes the file; the same data and context give a file of the same meaning."""
        raise NotImplementedError


report_kinds: Registry[str, ReportKind] = Registry("report kind", found_in="reports")


def register_report(kind: type[ReportKind]) -> type[ReportKind]:
    """A class decorator that registers an instance of the kind under its code."""
    report_kinds.add(kind.code, kind())
    return kind
