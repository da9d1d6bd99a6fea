"""What the parser does not tell about a sheet: cell errors, formulas without a result, hidden rows.

One streaming pass over the packed XML; regular expressions come in only where a plain search found a mark.
"""

import zlib

from common.sheets.wire import Flag

CHUNK = 256 * 1024
LONGEST_ROW = 16 * 1024 * 1024
# <row><c><v>1</v></c></row>
SHORTEST_ROW = 26
_compiled: list[tuple] = []


def _patterns() -> tuple:
    """Return the patterns of hidden rows, error cells, formula cells, addresses, hidden columns, spans."""
    if _compiled:
        return _compiled[0]
    import re  # Costs as much as reading a small sheet, and most sheets need none of it.

    _compiled.append(
        (
            re.compile(rb'<(?:\w+:)?row\b[^>/]*\bhidden="(?:1|true)"[^>/]*>'),
            re.compile(
                rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?'
                rb"\s*<(?:\w+:)?v>([^<]*)<"
            ),
            re.compile(
                rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
                rb"(<(?:\w+:)?v>)?([^<]*)"
            ),
            re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"'),
            re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>'),
            re.compile(rb'\b(min|max)="(\d{1,5})"'),
        )
    )
    return _compiled[0]


class TooLong(Exception):
    """More rows with content than allowed."""


class Unplaced(Exception):
    """A flagged cell has no address, so the file was not written by a spreadsheet program."""


class SheetFlags:
    """Findings of one sheet: ``cells`` by row index and column index, counts of hidden rows and formulas.

    ``hidden_columns`` are (first, last) indexes.
    """

    def __init__(self):
        self.cells: dict[int, dict[int, Flag]] = {}
        self.hidden_rows = 0
        self.hidden_columns: list[tuple[int, int]] = []
        self.formulas = 0

    def scan(self, path: str, part: dict, limits: dict) -> None:
        """Read the part ``{"offset", "size", "method"}`` of the package.

        Raises MemoryError beyond the limit of unpacked bytes and TooLong beyond that of rows, so that
        neither is ever handed to the parser, which holds a whole sheet in memory.
        """
        tail = b""
        may_be_long = part["unpacked"] > limits["rows"] * SHORTEST_ROW
        filled = 0
        for chunk in _unpacked(path, part, limits["unpacked_bytes"]):
            data = tail + chunk
            cut = data.rfind(b"row>") + 4
            if cut == 3:
                if len(data) > LONGEST_ROW:
                    raise Unplaced
                tail = data
                continue
            tail = data[cut:]
            rows = data[:cut] if tail else data
            self._look(rows)
            if may_be_long:
                filled += sum(b"v>" in row or b"t>" in row for row in rows.split(b"row>"))
                if filled > limits["rows"]:
                    raise TooLong
        self._look(tail)

    def _look(self, data: bytes) -> None:
        # A search for one letter is several times faster than for two, and most sheets lack all of these.
        if b"h" in data and b"hidden=" in data:
            self.hidden_rows += len(_patterns()[0].findall(data))
            for element in _patterns()[4].findall(data):
                span = dict(_patterns()[5].findall(element))
                self.hidden_columns.append((int(span.get(b"min", 1)) - 1, int(span.get(b"max", 1)) - 1))
        if b"e" in data and b't="e"' in data:
            for attributes, code in _patterns()[1].findall(data):
                self._put(attributes, Flag("error", code.decode("utf-8", "replace")))
        if b"f" in data and (b"<f" in data or b":f" in data):
            for attributes, formula, has_value, value in _patterns()[2].findall(data):
                if has_value and (value or b't="str"' in attributes):
                    self.formulas += b't="e"' not in attributes
                elif b't="e"' not in attributes or not has_value:
                    self._put(attributes, Flag("formula", _unescaped(formula)))

    def _put(self, attributes: bytes, flag: Flag) -> None:
        address = _patterns()[3].search(attributes)
        if address is None:
            raise Unplaced
        column = 0
        for letter in address[1]:
            column = column * 26 + letter - 64
        self.cells.setdefault(int(address[2]) - 1, {})[column - 1] = flag


def _unescaped(text: bytes) -> str:
    if b"&#" in text:
        from html import unescape  # Few writers spell letters as numbers.

        return unescape(text.decode("utf-8", "replace"))
    for entity, mark in (
        (b"&lt;", b"<"),
        (b"&gt;", b">"),
        (b"&quot;", b'"'),
        (b"&apos;", b"'"),
        (b"&amp;", b"&"),
    ):
        text = text.replace(entity, mark)
    return text.decode("utf-8", "replace")


def _unpacked(path: str, part: dict, limit: int):
    """Yield the unpacked bytes of a part in pieces; stop with MemoryError beyond ``limit``."""
    inflater = zlib.decompressobj(-15) if part["method"] == 8 else None
    left, total = part["size"], 0
    with open(path, "rb") as file:
        file.seek(part["offset"])
        while left > 0:
            packed = file.read(min(CHUNK // 4, left))
            if not packed:
                return
            left -= len(packed)
            while packed:
                piece = inflater.decompress(packed, CHUNK) if inflater else packed
                packed = inflater.unconsumed_tail if inflater else b""
                total += len(piece)
                if total > limit:
                    raise MemoryError
                yield piece
