"""Text files with separated columns inside the reading child."""

import codecs
import csv
from itertools import islice

from common.sheets.child_excel import HEAD_DEPTH, HEAD_ROWS, TooWide, any_content
from common.sheets.child_flags import TooLong
from common.sheets.wire import encode_rows

DELIMITERS = ";\t,|"
SAMPLE_ROWS = 40
LONGEST_CELL = 1024 * 1024
_HEADING_WORDS = ("фамили", "фио", "ф.и.о", "имя", "инн", "наставл", "наставн", "дата", "муницип")
_ESCAPED = ("'=", "'+", "'-", "'@", "'\t", "'\r")


class NotText(Exception):
    """The bytes are no text in any encoding that schools use."""


class CsvSource:
    """A text file as one sheet."""

    def __init__(self, request: dict):
        csv.field_size_limit(LONGEST_CELL)
        self.sheets = [CsvSheet(request)]


class CsvSheet:
    """The rows of the file; a record over several lines is one row, as in Excel."""

    def __init__(self, request: dict):
        self.path, self.name = request["path"], request["sheet_name"]
        self.limits = request["limits"]
        self.encoding = find_encoding(self.path)
        self.delimiter, self.skip = self._find_delimiter()
        self.height = self.width = 0
        self._check()

    def info(self) -> dict:
        """Return the facts for the parent in the form of an Excel sheet's."""
        head = list(islice(((n, row) for n, row in self._rows(HEAD_DEPTH) if any_content(row)), HEAD_ROWS))
        return {
            "name": self.name,
            "hidden": False,
            "row_count": self.height,
            "column_count": self.width,
            "hidden_rows": 0,
            "hidden_columns": [],
            "formulas": 0,
            "filled_merges": 0,
            "merged": [],
            "head_columns": encode_rows([n for n, _row in head], [row for _n, row in head]),
        }

    def batches(self, size: int):
        """Yield (numbers, rows) with at most ``size`` rows; rows without content are left out."""
        rows = self._rows(None)
        while chunk := list(islice(rows, size)):
            chunk = [pair for pair in chunk if any(pair[1])]
            if chunk:
                numbers, values = zip(*chunk, strict=True)
                yield list(numbers), values

    def _records(self):
        with open(self.path, encoding=self.encoding, newline="") as file:
            if self.skip:
                file.readline()
            yield from csv.reader(file, delimiter=self.delimiter)

    def _rows(self, depth: int | None):
        width = self.width
        for index, record in enumerate(islice(self._records(), depth), start=1 + self.skip):
            cells = [cell[1:] if cell.startswith(_ESCAPED) else cell for cell in record[:width]]
            yield index, cells + [""] * (width - len(cells))

    def _find_delimiter(self) -> tuple[str, int]:
        """Return the delimiter that splits the first rows most evenly, and 1 if a «sep=» line names it."""
        with open(self.path, encoding=self.encoding, newline="") as file:
            sample = file.read(64 * 1024)
        first = sample.split("\n", 1)[0].strip()
        if first.lower().startswith("sep=") and len(first) == 5:
            return first[4], 1
        best, best_score = ";", 0
        for delimiter in DELIMITERS:
            try:
                rows = islice(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), SAMPLE_ROWS)
                widths = [len(row) for row in rows if len(row) > 1]
            except csv.Error:
                continue
            common = max(set(widths), key=widths.count, default=0)
            score = widths.count(common) * min(common, 10)
            if score > best_score:
                best, best_score = delimiter, score
        return best, 0

    def _check(self) -> None:
        count = 0
        for index, record in enumerate(self._records(), start=1):
            if not any(record):
                continue
            count += 1
            self.height = index + self.skip
            while len(record) > self.limits["columns"] and not record[-1].strip():
                record.pop()
            if len(record) > self.limits["columns"]:
                raise TooWide(len(record) - 1)
            if len(record) > self.width:
                self.width = len(record)
            if count > self.limits["rows"]:
                raise TooLong


def find_encoding(path: str) -> str:
    """Return the encoding: by byte order mark, else UTF-8 when it fits, else a Russian one of one byte."""
    with open(path, "rb") as file:
        start = file.read(4096)
        if start.startswith(codecs.BOM_UTF8):
            return _checked(file, "utf-8-sig")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return _checked(file, "utf-16")
        zeros = start[1::2].count(0), start[0::2].count(0)
        if max(zeros) > len(start) // 8 and min(zeros) == 0:
            return _checked(file, "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be")
        if zeros != (0, 0):
            raise NotText
        try:
            return _checked(file, "utf-8")
        except NotText:
            return _checked(file, _cyrillic(start))


def _cyrillic(start: bytes) -> str:
    """Return the one-byte encoding in which the file begins with words of a heading."""
    for encoding in ("cp1251", "cp866", "koi8-r"):
        text = start.decode(encoding, "replace").lower()
        if any(word in text for word in _HEADING_WORDS):
            return encoding
    return "cp1251"


def _checked(file, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(1024 * 1024):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeError:
        raise NotText from None
    return encoding
