"""The second step of the wizard: the sheets of a workbook, their headings, which column is which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.importing import import_kinds
from common.importing.guessing import guess_fields
from common.importing.readable import cell_text
from common.importing.recognition import sheets_in
from common.sheets.headings import HeaderMatch
from common.sheets.layout import Layout, all_headings
from common.sheets.letters import column_letter
from common.sheets.reader import Book, SheetInfo
from common.sheets.table_messages import missing_titles
from exchange.forms import kind_title
from exchange.models import ImportRun
from exchange.parts import Part, in_order, parts_of

PREVIEW_ROWS, SAMPLES, SAMPLE_WIDTH = 6, 3, 40
MOST_SHEETS = 20


@dataclass(slots=True)
class ColumnChoice:
    """A column of the file with examples and the field that it is; ``doubtful``: a person should look."""

    letter: str
    heading: str
    samples: list[str]
    field: str = ""
    doubtful: bool = False


@dataclass(slots=True)
class PreviewRow:
    """One of the first rows of a sheet, from which the headings are chosen."""

    number: int
    texts: list[str]
    is_header: bool


@dataclass(slots=True)
class SheetChoice:
    """A sheet with what is read from it; ``fields`` are the choices of a column."""

    index: int
    name: str
    rows: int
    hidden: bool
    used: bool
    kind: str
    header_row: int | None
    preview: list[PreviewRow] = field(default_factory=list)
    columns: list[ColumnChoice] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind_title(self) -> str:
        return kind_title(self.kind)

    @property
    def recognised(self) -> int:
        return sum(bool(column.field) for column in self.columns)

    @property
    def doubts(self) -> int:
        return sum(column.doubtful for column in self.columns)

    def part(self) -> Part:
        """What is stored with the run."""
        columns = {column.field: column.letter for column in self.columns if column.field}
        return Part(self.kind, self.name, Layout(self.header_row, columns))


def sheet_choices(
    run: ImportRun, book: Book, kinds: list[str], data: Mapping[str, str] | None = None
) -> list[SheetChoice]:
    """The sheets as the run reads them, or as the form in ``data`` says."""
    parts = {part.sheet: part for part in parts_of(run)}
    guesses = {guess.sheet: guess for guess in sheets_in(book, kinds)}
    unnamed = parts.get("")
    if unnamed is not None:
        parts[_sheet_of(run, book, guesses)] = unnamed
    choices = []
    for index, info in enumerate(book.sheets[:MOST_SHEETS]):
        part, guess = parts.get(info.name), guesses.get(info.name)
        kind = part.kind if part else guess.kind if guess else run.kind
        layout = part.layout if part else Layout()
        said = None
        used = part is not None
        if data is not None:
            used = f"use-{index}" in data
            kind = data[f"kind-{index}"] if data.get(f"kind-{index}") in kinds else kind
            layout, said = _said(data, index, kind)
        choices.append(_choice(index, info, kind, layout, used, said))
    return choices


def decided_parts(choices: list[SheetChoice]) -> list[Part]:
    """The parts that a filled form says. Raises ``ValidationError`` with a sentence for each mistake."""
    used = [choice for choice in choices if choice.used]
    if not used:
        raise ValidationError(_("Tick the sheet that is to be loaded."))
    errors: list[str] = []
    for choice in used:
        errors += _mistakes(choice)
    if errors:
        raise ValidationError(errors)
    return in_order(choice.part() for choice in used)


def _mistakes(choice: SheetChoice) -> list[str]:
    if choice.header_row is None:
        return [
            _("The row of headings was not found on the sheet “%(sheet)s”. Choose the row where they stand.")
            % {"sheet": choice.name}
        ]
    resource = import_kinds.get(choice.kind)
    titles = {name: heading.column_name for name, heading in resource.headings().items()}
    letters: dict[str, list[str]] = {}
    for column in choice.columns:
        if column.field:
            letters.setdefault(column.field, []).append(column.letter)
    found = [
        _("“%(field)s” is chosen for several columns: %(letters)s. Leave one of them.")
        % {"field": titles[name], "letters": ", ".join(own)}
        for name, own in letters.items()
        if len(own) > 1
    ]
    missing = missing_titles(letters, resource.specs(), resource.any_of)
    if missing:
        found.append(
            _(
                "There is no column %(headings)s. Choose it in the list below: without it no record can "
                "be made."
            )
            % {"headings": ", ".join(missing)}
        )
    return found


def _choice(
    index: int, info: SheetInfo, kind: str, layout: Layout, used: bool, said: dict[str, str] | None
) -> SheetChoice:
    resource = import_kinds.get(kind)
    specs = resource.specs()
    match = layout.match(info.head, specs)
    choice = SheetChoice(
        index, info.name, info.row_count, info.hidden, used, kind, match.row if match else None
    )
    header_at = next((n for n, row in enumerate(info.head) if match and row.number == match.row), 0)
    end = max(PREVIEW_ROWS, header_at + 2)
    width = max((len(row.values) for row in info.head), default=0)
    choice.preview = [
        PreviewRow(
            row.number,
            [_sample(value) for value in row.values],
            match is not None and row.number == match.row,
        )
        for row in info.head[:end]
    ]
    titles = {name: heading.column_name for name, heading in resource.headings().items()}
    choice.fields = list(titles.items())
    if match is not None:
        choice.columns = _columns(info, match, specs, width, decided=bool(layout.columns or said is not None))
        for column in choice.columns if said is not None else ():
            column.field = said.get(column.letter, "")
    return choice


def _columns(info: SheetInfo, match: HeaderMatch, specs, width: int, *, decided: bool) -> list[ColumnChoice]:
    headings = all_headings(match)
    fields = {index: name for name, index in match.columns.items()}
    below = [row for row in info.head if row.number > match.row]
    columns = []
    for index in range(width):
        samples = [_sample(row.values[index]) for row in below if index < len(row.values)]
        samples = list(dict.fromkeys(filter(None, samples)))[:SAMPLES]
        if index in headings or samples:
            columns.append(
                ColumnChoice(column_letter(index), headings.get(index, ""), samples, fields.get(index, ""))
            )
    if not decided:
        _mark_doubts(columns, match, specs)
    return columns


def _mark_doubts(columns: list[ColumnChoice], match: HeaderMatch, specs) -> None:
    others = {column.letter: column.heading for column in columns if column.heading and not column.field}
    guesses = {guess.letter: guess for guess in guess_fields(specs, match.columns, others)}
    doubled = Counter(letter for _text, *pair in match.doubles for letter in map(column_letter, pair))
    for column in columns:
        if guess := guesses.get(column.letter):
            column.field, column.doubtful = guess.field, not guess.is_sure
        column.doubtful |= bool(doubled[column.letter])


def _said(data: Mapping[str, str], index: int, kind: str) -> tuple[Layout, dict[str, str] | None]:
    """What the form says of a sheet: its row of headings, and fields by letter.

    The fields count only for the kind and the row that they were shown for.
    """
    number = data.get(f"header-{index}", "")
    layout = Layout(int(number) if number.isdecimal() and len(number) < 8 else None)
    if data.get(f"shown-{index}", "") != f"{kind}:{number}":
        return layout, None
    known = import_kinds.get(kind).headings()
    start = f"col-{index}-"
    return layout, {
        name.removeprefix(start): value
        for name, value in data.items()
        if name.startswith(start) and value in known
    }


def _sheet_of(run: ImportRun, book: Book, guesses) -> str:
    """The sheet of a run that names none: the one that was read, or the likeliest."""
    read = run.outcome.get("sheet", "")
    names = [info.name for info in book.sheets]
    if read in names:
        return read
    fitting = [guess for guess in guesses.values() if guess.kind == run.kind]
    best = max(fitting, key=lambda guess: guess.score, default=None)
    return best.sheet if best else names[0]


def _sample(value: object) -> str:
    text = " ".join(cell_text(value).split())
    return text if len(text) <= SAMPLE_WIDTH else text[: SAMPLE_WIDTH - 1] + "…"
