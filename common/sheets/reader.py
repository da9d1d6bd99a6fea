"""Opens a mailed workbook in a child process and streams its rows; the parent never parses the file."""

import json
import marshal
import os
import select
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from itertools import starmap
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.sheets import refusals
from common.sheets.corrections import Corrections
from common.sheets.letters import column_letter
from common.sheets.limits import MIB, Limits
from common.sheets.package import inspect
from common.sheets.problems import Level, Problem
from common.sheets.values import CellError, FormulaWithoutValue, Row
from common.sheets.wire import ENCODING, HEADER, decode_rows

LARGEST_FRAME = 64 * MIB
_MAKERS = {"error": CellError, "formula": FormulaWithoutValue}


@dataclass(slots=True)
class SheetInfo:
    """What is known of a sheet before its rows are read.

    ``row_count`` is the number of the last used row; ``head`` holds its first rows with content;
    ``merged`` are merged ranges near the top as (top, left, bottom, right), counted from 0.
    """

    name: str
    hidden: bool
    row_count: int
    column_count: int
    hidden_rows: int = 0
    hidden_columns: list[int] = field(default_factory=list)
    formulas: int = 0
    filled_merges: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    head: list[Row] = field(default_factory=list)


class Book:
    """An open workbook: a context manager; ``problems`` are notices about the file as a whole.

    With ``days_of_1904`` a number without a date format counts its days from 1904; dates are right anyway.
    """

    def __init__(self, path: str, file_name: str, limits: Limits):
        self.file_name = file_name
        self.limits = limits
        self.problems: list[Problem] = []
        self.sheets: list[SheetInfo] = []
        self.corrections: dict[str, Corrections] = {}
        package = inspect(path, file_name, limits)
        self.days_of_1904 = package.days_of_1904
        self._child = _Child(limits)
        try:
            self._describe(path, package)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *exc) -> None:
        self.close()

    def close(self) -> None:
        """End the child; rows cannot be read afterwards."""
        self._child.close()

    def sheet(self, name: str) -> SheetInfo:
        """Return the sheet of that name. Raises SheetRefused, which names the sheets there are."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        wanted = name.strip().casefold()
        for sheet in self.sheets:
            if sheet.name.strip().casefold() == wanted:
                return sheet
        raise refusals.unknown_sheet(name, [sheet.name for sheet in self.sheets])

    def rows(self, sheet_name: str) -> Iterator[Row]:
        """Yield the rows with content, with their true numbers; memory does not grow with the sheet.

        What a person has corrected on the page (``corrections`` by sheet) is in them. Raises SheetRefused
        when the child dies or runs out of time.
        """
        sheet = self.sheet(sheet_name)
        rows = self._read(sheet)
        corrections = self.corrections.get(sheet.name)
        return corrections.apply(rows) if corrections else rows

    def _read(self, sheet: SheetInfo) -> Iterator[Row]:
        index = self.sheets.index(sheet)
        batch = 0
        while True:
            head, text = self._child.ask({"sheet": index, "batch": batch})
            if "end" in head:
                return
            yield from starmap(Row, decode_rows(head, text, _MAKERS))
            batch += 1

    def _describe(self, path: str, package) -> None:
        limits = self.limits
        head, _text = self._child.ask(
            {
                "kind": package.kind,
                "path": os.path.abspath(path),
                "parts": package.parts,
                "sheet_name": Path(self.file_name).stem,
                # The headings are a row with content too, but none of those that people count.
                "limits": asdict(limits) | {"rows": limits.rows + 1},
            }
        )
        for facts in head["sheets"]:
            head_rows, text = facts.pop("head_columns")
            facts["merged"] = [tuple(merge) for merge in facts["merged"]]
            info = SheetInfo(**facts)
            info.head = list(starmap(Row, decode_rows(head_rows, text, _MAKERS)))
            self.sheets.append(info)
        if package.has_macros:
            self._notice(
                "macros_dropped",
                _("The workbook has macros; they were ignored, only the cells were read."),
                _("Nothing needs to be done."),
            )
        hidden = [sheet.name for sheet in self.sheets if sheet.hidden]
        if hidden:
            self._notice(
                "hidden_sheets",
                ngettext(
                    "The workbook has %(count)d hidden sheet: %(names)s.",
                    "The workbook has %(count)d hidden sheets: %(names)s.",
                    len(hidden),
                )
                % {"count": len(hidden), "names": ", ".join(f"«{name}»" for name in hidden)},
                _("Check that nothing needed was left on it."),
            )

    def _notice(self, code: str, message: str, fix: str) -> None:
        self.problems.append(Problem(Level.NOTICE, code, message, fix))


def open_book(path: str | os.PathLike, *, file_name: str, limits: Limits | None = None) -> Book:
    """Open the workbook stored at ``path`` under the name that its author gave it.

    Returns a Book to be used in a ``with`` statement. Raises SheetRefused.
    """
    return Book(os.fspath(path), file_name, limits or Limits.for_page())


@lru_cache(maxsize=1)
def _command() -> tuple[str, ...]:
    # Isolated and without site: half the start-up time, and the portal is out of the reach of the child.
    here = Path(__file__).resolve().parent
    parser = Path(find_spec("python_calamine").origin).parent.parent
    return sys.executable, "-I", "-S", str(here / "child.py"), str(here.parent.parent), str(parser)


class _Child:
    """The reading process: one question, one answer, all waiting time together within the limit."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.waited = 0.0
        self.process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        )
        self._finalizer = weakref.finalize(self, _end, self.process)

    def ask(self, question: dict) -> tuple[dict, str]:
        """Return head and text of the answer. Raises SheetRefused with the child's reason."""
        started = time.monotonic()
        deadline = started + self.limits.seconds - self.waited
        try:
            self.process.stdin.write(marshal.dumps(question))
            head_size, text_size = HEADER.unpack(self._read(HEADER.size, deadline))
            if head_size + text_size > LARGEST_FRAME:
                raise refusals.too_heavy()
            head = json.loads(self._read(head_size, deadline))
            text = self._read(text_size, deadline).decode(ENCODING, "surrogatepass")
        except BrokenPipeError:
            raise refusals.too_heavy() from None
        finally:
            self.waited += time.monotonic() - started
        if "error" in head:
            raise self._refusal(head)
        return head, text

    def close(self) -> None:
        self._finalizer()

    def _read(self, size: int, deadline: float) -> bytearray:
        data = bytearray(size)
        view = memoryview(data)
        stream = self.process.stdout
        poll = select.poll()
        poll.register(stream, select.POLLIN)
        while view:
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise refusals.too_heavy()
            count = stream.readinto(view)
            if not count:
                raise refusals.too_heavy()
            view = view[count:]
        return data

    def _refusal(self, head: dict) -> refusals.SheetRefused:
        code = head["error"]
        if code == "too_many_rows":
            return refusals.too_many_rows(self.limits)
        if code == "too_many_columns":
            return refusals.too_many_columns(column_letter(head["detail"]), self.limits)
        return {
            "too_heavy": refusals.too_heavy,
            "encrypted": refusals.encrypted,
            "not_text": refusals.not_text,
        }.get(code, refusals.damaged)()


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
