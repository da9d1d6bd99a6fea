"""The first look at an uploaded workbook: which sheets hold what, and which columns are which fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from common.importing import import_kinds
from common.importing.guessing import guess_fields
from common.importing.recognition import CERTAIN, SheetGuess, find_school, sheets_in
from common.sheets.headings import match_headings
from common.sheets.layout import Layout, all_headings
from common.sheets.letters import column_letter
from common.sheets.problems import SheetRefused
from common.sheets.reader import Book, open_book
from exchange.memory import remembered_columns
from exchange.parts import Part, in_order
from orgs.models import Organization


@dataclass(slots=True)
class Inspection:
    """What was understood without asking; ``doubtful``: a person should look at sheets and columns."""

    parts: list[Part] = field(default_factory=list)
    doubtful: bool = False
    organization: Organization | None = None
    # Why no organization follows from what the file names.
    doubt: str = ""


def inspect_workbook(
    path: Path,
    file_name: str,
    kinds: Iterable[str],
    *,
    organization=None,
    municipality=None,
    organizations=None,
    hint: str = "",
) -> Inspection:
    """The parts of a workbook among the kinds; none when nothing was recognised or the file is unreadable.

    ``organizations`` are those among which the one is looked for whose ИНН the file names; ``hint`` is the
    kind to take where the headings fit several.
    """
    try:
        with open_book(path, file_name=file_name) as book:
            guesses = sheets_in(book, kinds)
            found = Inspection()
            if organization is None and organizations is not None:
                found.organization, found.doubt = _school(file_name, guesses, organizations)
                organization = found.organization
            chosen, found.doubtful = _choose(book, guesses, hint)
            for guess in chosen:
                part, doubtful = _laid_out(book, guess, organization, municipality)
                found.parts.append(part)
                found.doubtful |= doubtful
            found.parts = in_order(found.parts)
            return found
    except SheetRefused:
        return Inspection()


def proposed_layout(book: Book, part: Part, *, organization, municipality) -> tuple[Layout, bool]:
    """Where the columns of a part are: as remembered, or by headings that are nearly those of a field.

    An empty layout when the headings say it all themselves; True when some column is only likely.
    """
    specs = import_kinds.get(part.kind).specs()
    match = match_headings(book.sheet(part.sheet).head, specs)
    if match is None:
        return Layout(), True
    headings = {column_letter(index): text for index, text in all_headings(match).items()}
    place = {"organization": organization, "municipality": municipality}
    if remembered := remembered_columns(part.kind, headings, **place):
        return Layout(match.row, remembered), False
    others = {column_letter(index): text for index, text in match.extra}
    guesses = guess_fields(specs, match.columns, others)
    sure = {guess.field: guess.letter for guess in guesses if guess.is_sure}
    doubtful = any(not guess.is_sure for guess in guesses) or bool(match.doubles)
    if not sure:
        return Layout(), doubtful
    known = {name: column_letter(index) for name, index in match.columns.items()}
    return Layout(match.row, known | sure), doubtful


def _laid_out(book: Book, guess: SheetGuess, organization, municipality) -> tuple[Part, bool]:
    part = Part(guess.kind, guess.sheet)
    layout, doubtful = proposed_layout(book, part, organization=organization, municipality=municipality)
    return replace(part, layout=layout), doubtful


def _choose(book: Book, guesses: list[SheetGuess], hint: str) -> tuple[list[SheetGuess], bool]:
    """One sheet of each kind, and whether a person should look at the choice."""
    hidden = {info.name for info in book.sheets if info.hidden}
    empty = {info.name for info in book.sheets if info.row_count < 2}
    fitting = [guess for guess in guesses if guess.fits and guess.sheet not in empty]
    fitting.sort(key=lambda guess: (guess.sheet in hidden, -guess.score))
    chosen: dict[str, SheetGuess] = {}
    doubtful = False
    for guess in fitting:
        if guess.kind in chosen:
            doubtful |= guess.score >= CERTAIN and guess.sheet not in hidden
        elif guess.score >= CERTAIN or not chosen:
            chosen[guess.kind] = guess
    picked = list(chosen.values()) or guesses[:1]
    return picked, doubtful or not picked or any(
        not guess.is_sure and (guess.kind != hint or not guess.fits) for guess in picked
    )


def _school(file_name: str, guesses: list[SheetGuess], organizations) -> tuple[Organization | None, str]:
    above = [text for guess in guesses for text in guess.above]
    found = find_school(file_name, above, lambda inn: organizations.filter(inn=inn).first())
    if isinstance(found, Organization):
        return found, ""
    if found.code == "organization_unknown":
        # It may well exist: only the own ones were looked through.
        return None, _("The ИНН in the file is none of your organizations'.")
    return None, "" if found.code == "school_unknown" else found.message
