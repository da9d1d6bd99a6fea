"""What an unnamed workbook is: its kind by the headings, its school by an ИНН."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from common.importing.kinds import import_kinds
from common.importing.resource import WorkbookResource
from common.inn import inn_is_valid
from common.sheets.headings import match_headings
from common.sheets.limits import Limits
from common.sheets.problems import Level, Problem, SheetRefused
from common.sheets.reader import Book, open_book
from common.sheets.table import find_table
from common.spelling import name_key

# Refusals that say that the headings are those of another kind, or of none.
MISFITS = frozenset({"no_headings", "columns_missing"})
# So many headings more than those of the kind that was said speak for another kind.
CLEARLY_MORE = 2
# With so many headings a table on a further sheet is no accident.
CERTAIN = 3
_INN = re.compile(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)")
# «СОШ № 18», «школа_18», «лицей 3»; no year («школа 2025», «25-26») and no class («10А», «10 кл.»).
_SCHOOL_NUMBER = re.compile(
    r"(?<![^\W_])(?:[а-яё]{0,4}сош|оош|нош|школ[аы]|гимнази[яи]|лице[йя]|детск\w+ сад\w?|sosh|school)"
    r"[\W_]*(?:n[\W_]*)?(?P<number>\d{1,3})(?!\d|[^\W\d_]|\s*[-–/]\s*\d|\s*(?:кл|г\b|год))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Recognized:
    """What was found out about a file; with a ``problem`` it cannot be imported.

    ``further`` are workbooks of other kinds on other sheets of the file.
    """

    kind: str = ""
    organization: Any = None
    problem: Problem | None = None
    further: list[Recognized] = field(default_factory=list)


@dataclass(slots=True)
class _Candidate:
    """A kind that the headings may mean; ``texts`` are where its name may stand."""

    kind: str
    score: int
    texts: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    refusal: Problem | None = None
    sheet: str = ""

    @property
    def fits(self) -> bool:
        return self.refusal is None or self.refusal.code not in MISFITS


def recognize(
    path: str | Path,
    file_name: str,
    *,
    organization_of: Callable[[str], Any],
    limits: Limits | None = None,
) -> Recognized:
    """The kind and the school of a mailed workbook.

    ``organization_of`` gives the organization of an ИНН, or None. Nothing is raised for a bad file: the
    problem says why it cannot be imported.
    """
    try:
        with open_book(path, file_name=file_name, limits=limits) as book:
            candidates = [_candidate(book, kind, file_name) for kind in import_kinds]
    except SheetRefused as refusal:
        return Recognized(problem=refusal.problem)
    best = _best(candidates)
    if isinstance(best, Problem):
        return Recognized(problem=best)
    recognized = _of_school(best, file_name, organization_of)
    recognized.further = [
        _of_school(other, file_name, organization_of) for other in _on_other_sheets(candidates, best.sheet)
    ]
    return recognized


def _of_school(found: _Candidate, file_name: str, organization_of: Callable[[str], Any]) -> Recognized:
    if found.refusal:
        return Recognized(found.kind, problem=found.refusal)
    if not import_kinds.get(found.kind).needs_organization:
        return Recognized(found.kind)
    school = find_school(file_name, found.above, organization_of)
    if isinstance(school, Problem):
        return Recognized(found.kind, problem=school)
    return Recognized(found.kind, school)


def _on_other_sheets(candidates: list[_Candidate], sheet: str) -> list[_Candidate]:
    """What stands on the other sheets: a school may send both of its bases in one file."""
    by_sheet: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        if candidate.sheet and candidate.sheet != sheet and candidate.score >= CERTAIN:
            by_sheet.setdefault(candidate.sheet, []).append(candidate)
    found = map(_best, by_sheet.values())
    return [candidate for candidate in found if isinstance(candidate, _Candidate)]


def _candidate(book: Book, kind: str, file_name: str, sheet: str | None = None) -> _Candidate:
    resource: type[WorkbookResource] = import_kinds.get(kind)
    # A list of pupils that lacks their births is a bad list of pupils, not a list of something else.
    specs = [replace(spec, required=spec.required and not spec.unless) for spec in resource.specs()]
    try:
        table = find_table(book, specs, sheet=sheet, any_of=resource.any_of)
    except SheetRefused as refusal:
        sheets = [book.sheet(sheet)] if sheet else book.sheets
        matches = [match for info in sheets if (match := match_headings(info.head, specs))]
        score = max((match.score for match in matches), default=0)
        return _Candidate(kind, score, refusal=refusal.problem)
    above = [str(value) for row in table.preamble for value in row.values if value is not None]
    sheets = " ".join(sheet.name for sheet in book.sheets)
    return _Candidate(
        kind, table.score, [table.sheet, " ".join(above), sheets, file_name], above, sheet=table.sheet
    )


@dataclass(frozen=True, slots=True)
class SheetGuess:
    """What a sheet seems to hold; ``is_sure`` when the headings fit one kind and no other as well."""

    sheet: str
    kind: str
    score: int
    fits: bool
    is_sure: bool
    above: tuple[str, ...] = ()


def sheets_in(book: Book, kinds: Iterable[str]) -> list[SheetGuess]:
    """For each sheet the likeliest of the kinds; a sheet with none of their headings is left out."""
    kinds = list(kinds)
    guesses = []
    for info in book.sheets:
        candidates = [_candidate(book, kind, book.file_name, info.name) for kind in kinds]
        best = _best(candidates) if candidates else None
        likely = best if isinstance(best, _Candidate) else _nearest(candidates)
        if likely is not None and likely.score:
            is_sure = best is likely and likely.fits
            guesses.append(
                SheetGuess(info.name, likely.kind, likely.score, likely.fits, is_sure, tuple(likely.above))
            )
    return guesses


def _nearest(candidates: list[_Candidate]) -> _Candidate | None:
    """The first of those that fit, or else the one with most of its headings there."""
    return max(candidates, key=lambda candidate: (candidate.fits, candidate.score), default=None)


def mistaken_kind(book: Book, kind: str, sheet: str | None) -> SheetRefused | None:
    """The refusal of a workbook that is clearly one of another kind than was said.

    ``sheet`` is where the table of the said kind was found; None when there is none. The two bases have
    many headings in common, so that the one is readable, but wrong, as the other.
    """
    said = _candidate(book, kind, book.file_name, sheet)
    others = [_candidate(book, other, book.file_name, sheet) for other in import_kinds if other != kind]
    fitting = [other for other in others if other.fits and other.score >= said.score + CLEARLY_MORE]
    if not fitting:
        return None
    likely = max(fitting, key=lambda other: other.score)
    return SheetRefused(
        _file_problem(
            "wrong_kind",
            _("This looks like a workbook “%(found)s”, but was sent as “%(said)s”.")
            % {"found": _title(likely.kind), "said": _title(kind)},
            _("Send it as “%(found)s”, or send the other workbook.") % {"found": _title(likely.kind)},
            sheet=sheet or "",
        )
    )


def _best(candidates: list[_Candidate]) -> _Candidate | Problem:
    """The kind with most of its headings in the file; a problem when there is none, or more than one."""
    fitting = [candidate for candidate in candidates if candidate.fits]
    if not fitting:
        return _unrecognized(max(candidates, key=lambda candidate: candidate.score))
    score = max(candidate.score for candidate in fitting)
    best = [candidate for candidate in fitting if candidate.score == score]
    if len(best) == 1 or len({candidate.sheet for candidate in best if candidate.sheet}) == len(best):
        return best[0]  # The only one, or each stands on a sheet of its own.
    named = _named_one(best)
    if named or best[0].refusal:
        # What is wrong with the headings of «ФИО» is wrong in both bases; the kind is the lesser question.
        return named or best[0]
    return _file_problem(
        "kind_ambiguous",
        _("The headings fit several kinds of workbooks: %(kinds)s.")
        % {"kinds": ", ".join(f"«{_title(candidate.kind)}»" for candidate in best)},
        _("Name the sheet after the kind, or import the file by import_workbook."),
    )


def _named_one(candidates: list[_Candidate]) -> _Candidate | None:
    """Of kinds with the same headings the one that the sheet, a line above or the file is named after."""
    for place in range(min(len(candidate.texts) for candidate in candidates)):
        named = [candidate for candidate in candidates if _mentions(candidate.texts[place], candidate.kind)]
        if len(named) == 1:
            return named[0]
    return None


def _mentions(text: str, kind: str) -> bool:
    title = name_key(_title(kind))
    # Without the ending: a sheet is called «Наставляемые» or «База наставляемых», but «Наставничество» is
    # what every file of this kind may be called.
    stem = title[: max(len(title) - 1, 4)]
    return stem in name_key(text) or kind in text.lower()


def _title(kind: str) -> str:
    return import_kinds.get(kind).sheet_title


def _unrecognized(nearest: _Candidate) -> Problem:
    # One heading may be there by chance («Дата»); several say what the author had in mind.
    if nearest.score > 2 and nearest.refusal is not None:
        refusal = nearest.refusal
        return _file_problem(
            "kind_unknown",
            _("The headings look like those of “%(kind)s”, but do not suffice. %(reason)s")
            % {"kind": _title(nearest.kind), "reason": refusal.message},
            str(refusal.fix),
            sheet=refusal.sheet,
        )
    return _file_problem(
        "kind_unknown",
        _("The headings are not those of any workbook that the portal knows."),
        _("Take the template of the workbook, or check that this is the right file."),
    )


def find_school(file_name: str, above: Iterable[str], organization_of: Callable[[str], Any]) -> Any | Problem:
    """The organization whose ИНН stands in the name of the file or in the rows above the headings."""
    by_name, by_rows = _inns([file_name]), _inns(above)
    if by_name and by_rows and not set(by_name) & set(by_rows):
        return _file_problem(
            "school_contradiction",
            _("The name of the file has the ИНН %(one)s, the rows above the headings %(other)s.")
            % {"one": ", ".join(by_name), "other": ", ".join(by_rows)},
            _("Leave the right one."),
        )
    inns = [inn for inn in by_name if inn in by_rows] or by_name or by_rows
    if len(inns) > 1:
        return _file_problem(
            "school_ambiguous",
            _("There are several ИНН: %(inns)s.") % {"inns": ", ".join(inns)},
            _("Leave the ИНН of the school in the name of the file."),
        )
    if not inns:
        return _file_problem(
            "school_unknown",
            _("It is not said whose workbook this is: no right ИНН in the file name or above the headings."),
            _("Add the ИНН of the school to the name of the file, for example mentees_5400000017.xlsx."),
        )
    organization = organization_of(inns[0])
    if organization is None:
        return _file_problem(
            "organization_unknown",
            _("There is no organization with the ИНН %(inn)s.") % {"inn": inns[0]},
            _("Check the ИНН, or load the list of organizations first."),
        )
    return organization


def another_school(organization, file_name: str, above: Iterable[str]) -> Problem | None:
    """A warning when the file names only other organizations than the one it is imported for.

    ``above`` are texts in the file itself: the name of the sheet, the rows above the headings.
    """
    above = list(above)
    inns = _inns([file_name], checked=False) or _inns(above, checked=False)
    if inns:
        named = [] if organization.inn in inns else [f"ИНН {inn}" for inn in inns]
    else:
        named = _other_schools(organization.short_name, [file_name, *above])
    if not named:
        return None
    return Problem(
        Level.WARNING,
        "another_school",
        _("The file names another organization: %(named)s.") % {"named": ", ".join(named)},
        _("Check that this is the workbook of the chosen school before you load it."),
        value=", ".join(named),
    )


def _other_schools(own: str, texts: Iterable[str]) -> list[str]:
    """Schools with a number of their own in the texts, when none of them has that of ``own``."""
    numbers = {match["number"] for match in _SCHOOL_NUMBER.finditer(own)}
    if not numbers:
        return []
    found = {
        match["number"]: " ".join(match[0].replace("_", " ").split())
        for text in texts
        for match in _SCHOOL_NUMBER.finditer(text)
    }
    return [] if numbers & found.keys() else list(found.values())


def _inns(texts: Iterable[str], *, checked: bool = True) -> list[str]:
    """Right numbers in order of appearance; with the word «ИНН» anywhere, only those after it count.

    Those after the word may have a mistake, unless the numbers are to be ``checked``.
    """
    joined = " ".join(texts)
    marked = re.split("инн", joined, flags=re.IGNORECASE)[1:]
    named = [
        match[0]
        for part in marked
        if (match := _INN.search(part)) and (inn_is_valid(match[0]) or not checked)
    ]
    found = named or [number for number in _INN.findall(joined) if inn_is_valid(number)]
    return list(dict.fromkeys(found))


def _file_problem(code: str, message: str, fix: str, **place) -> Problem:
    return Problem(Level.ERROR, code, message, fix, **place)
