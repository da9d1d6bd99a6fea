"""A folder of mailed workbooks: each recognised, all imported in the order in which they need each other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.importing.engine import file_sha256, run_import
from common.importing.entry import ADDED, UNCHANGED, UPDATED
from common.importing.kinds import import_kinds
from common.importing.outcome import Outcome
from common.importing.recognition import recognize
from common.sheets.limits import Limits
from common.sheets.problems import Level, Problem

logger = logging.getLogger(__name__)

TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"})
# What schools send instead of a table; their data are missing from the portal until they send one.
DOCUMENTS = frozenset(
    f".{ending}"
    for ending in (
        *("doc", "docx", "odt", "rtf", "pdf", "ppt", "pptx", "html", "htm"),
        *("jpg", "jpeg", "png", "tif", "tiff"),
        *("zip", "rar", "7z", "eml", "msg"),
    )
)


@dataclass(slots=True)
class FolderFile:
    """One file of the folder, or one of the workbooks in it, on its way: what it is, what became of it."""

    path: Path
    name: str
    outcome: Outcome
    organization: Any = None
    skipped: bool = False
    # How many files had been written when this one was tried.
    seen_commits: int = 0

    @property
    def refused(self) -> bool:
        """Whether a person has to do something: the file, or rows of it, did not come in."""
        return not self.skipped and (self.outcome.file_refused or self.outcome.refused > 0)

    def as_json(self) -> dict:
        """The document of the file; skipped files say so."""
        document = self.outcome.as_json()
        return document | {"skipped": True} if self.skipped else document


@dataclass(slots=True)
class FolderOutcome:
    """All files of a folder, in the order in which they were imported, the others after them."""

    files: list[FolderFile] = field(default_factory=list)
    dry_run: bool = False

    @property
    def committed(self) -> int:
        return sum(file.outcome.committed for file in self.files)

    @property
    def refused(self) -> int:
        return sum(file.refused for file in self.files)

    def as_json(self) -> dict:
        """The document of ``import_folder --json``."""
        return {
            "files": [file.as_json() for file in self.files],
            "committed": self.committed,
            "refused": self.refused,
            "skipped": sum(file.skipped for file in self.files),
            "dry_run": self.dry_run,
        }


class _TakeBack(Exception):
    """Ends a dry run without keeping anything."""


def import_folder(
    folder: Path,
    *,
    scope: Any,
    organization_of: Callable[[str], Any],
    actor: Any = None,
    dry_run: bool = False,
    good_rows: bool = False,
    limits: Limits | None = None,
) -> FolderOutcome:
    """Imports all workbooks of a folder and of the folders in it.

    Organizations come before what refers to them, whatever the names of the files. A file that was refused
    only with questions is tried once more after the others, because the two bases of a school complete
    each other. In a dry run later files see what earlier ones would write, and nothing is kept.
    """
    result = FolderOutcome(dry_run=dry_run)
    run = _FolderRun(scope, organization_of, actor, good_rows, limits)
    if not dry_run:
        result.files = run.take(folder)
        return result
    try:
        with transaction.atomic():
            result.files = run.take(folder)
            raise _TakeBack
    except _TakeBack:
        for file in result.files:
            file.outcome.committed = False
    return result


class _FolderRun:
    def __init__(self, scope, organization_of, actor, good_rows, limits):
        self.scope, self.organization_of, self.actor = scope, organization_of, actor
        self.good_rows, self.limits = good_rows, limits
        self.commits = 0

    def take(self, folder: Path) -> list[FolderFile]:
        tables, others = [], []
        for path in sorted(_files(folder)):
            file = _described(path, folder)
            (others if file.outcome.issues else tables).append(file)
        waiting = self._in_order(tables, others)
        for file in waiting:
            self._import(file)
        for file in waiting:
            if file.outcome.only_questions and self.commits > file.seen_commits:
                self._import_again(file)
        return [*waiting, *others]

    def _in_order(self, tables: list[FolderFile], others: list[FolderFile]) -> list[FolderFile]:
        """Recognised files in the order of their kinds; the school is looked up when a file's turn comes."""
        recognised = []
        for file in tables:
            first = recognize(file.path, file.name, organization_of=_Named, limits=self.limits)
            for found in (first, *first.further):
                part = FolderFile(file.path, file.name, Outcome(found.kind, file.name))
                part.organization = found.organization
                if found.problem:
                    part.outcome.sha256 = file_sha256(file.path)
                    part.outcome.note([found.problem])
                (others if found.problem else recognised).append(part)
        return sorted(recognised, key=lambda file: (import_kinds.get(file.outcome.kind).order, file.name))

    def _import(self, file: FolderFile) -> None:
        file.seen_commits = self.commits
        organization = None
        if file.organization is not None:
            organization = self.organization_of(file.organization.inn)
            if organization is None:
                file.outcome.organization = file.organization.inn
                file.outcome.sha256 = file_sha256(file.path)
                file.outcome.note([_no_organization(file.organization.inn)])
                return
        try:
            file.outcome = run_import(
                file.outcome.kind,
                file.path,
                file_name=file.name,
                scope=self.scope,
                actor=self.actor,
                organization=organization,
                good_rows=self.good_rows,
                limits=self.limits,
            )
        except Exception:
            # One file must not keep the others out; its own transaction has been taken back.
            logger.exception("import of %s failed", file.path)
            file.outcome.note([_failed()])
        self.commits += file.outcome.committed

    def _import_again(self, file: FolderFile) -> None:
        first = file.outcome
        self._import(file)
        if first.committed:
            _add_up(first, file.outcome)


@dataclass(frozen=True, slots=True)
class _Named:
    """An organization that a file names; it may still be waiting in another file of the folder."""

    inn: str


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts[:-1]
        if path.is_file() and not any(part.startswith(".") for part in inside):
            yield path


def _described(path: Path, folder: Path) -> FolderFile:
    name = path.relative_to(folder).as_posix()
    file = FolderFile(path, name, Outcome("", name))
    ending = path.suffix.lower()
    if path.name.startswith(("~$", ".~lock", ".")):
        file.skipped = True
        problem = Problem(
            Level.NOTICE,
            "service_file",
            _("This is a service file of a program, not a workbook; it was skipped."),
            _("If a workbook is open in Excel, save and close it, then import it again."),
        )
    elif ending in DOCUMENTS:
        problem = Problem(
            Level.ERROR,
            "not_a_table",
            _("A file of the type “%(ending)s” is not a table and was not read.") % {"ending": ending},
            _("Ask the school for an Excel workbook (.xlsx)."),
        )
    elif ending not in TABLES:
        file.skipped = True
        problem = Problem(
            Level.NOTICE,
            "not_a_table",
            _("A file of the type “%(ending)s” is not a table; it was skipped.") % {"ending": ending or "?"},
            _("Nothing needs to be done if there is no data in it."),
        )
    else:
        return file
    file.outcome.note([problem])
    return file


def _no_organization(inn: str) -> Problem:
    return Problem(
        Level.ERROR,
        "organization_unknown",
        _("There is no organization with the ИНН %(inn)s.") % {"inn": inn},
        _("Check the ИНН, or load the list of organizations first."),
    )


def _failed() -> Problem:
    return Problem(
        Level.ERROR,
        "import_failed",
        _("The portal could not import the file because of an error of its own; nothing of it was written."),
        _("Try again; if it happens again, tell the administrator and keep the file."),
    )


def _add_up(first: Outcome, second: Outcome) -> None:
    """Puts what the first attempt had written into the figures of the second."""
    for result in (ADDED, UPDATED):
        moved = min(first.counts[result], second.counts[UNCHANGED])
        second.counts[result] += moved
        second.counts[UNCHANGED] -= moved
    second.pairs_added += first.pairs_added
    second.committed = True
