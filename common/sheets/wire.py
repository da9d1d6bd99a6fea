"""Batches of rows between the reading child and its parent: JSON and text, nothing that can run code.

A batch travels by columns, because a column mostly holds one type: all text goes as one joined string, a
column of numbers or dates as a list of numbers, and only cells of other types are sent one by one. The
child writes its JSON by hand: importing the json module would cost it more than a small file does.
"""

from _json import encode_basestring_ascii
from datetime import date, datetime, time, timedelta
from struct import Struct

SEPARATOR = "\x1e"
HEADER = Struct(">II")
EXACT_FLOAT = 1e15
# Of the widths of text that Python keeps in memory this one is copied, not converted, for Cyrillic.
ENCODING = "utf-16-le"
EMPTY, TEXT, TEXT_WITH_BLANKS = 0, 1, 2


class Flag:
    """A cell that the parser shows as empty and the sheet XML explains: an error or an unstored formula."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str):
        self.kind, self.text = kind, text


def pack(head: object, text: str = "") -> bytes:
    """Return one frame: lengths, a JSON head and a text body."""
    head_bytes = to_json(head).encode()
    body = text.encode(ENCODING, "surrogatepass")
    return HEADER.pack(len(head_bytes), len(body)) + head_bytes + body


def to_json(value: object) -> str:
    """Return JSON for the plain values that heads are made of."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list | tuple):
        if set(map(type, value)) <= {int}:
            return str(list(value))
        return f"[{','.join(map(to_json, value))}]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{to_json(key)}:{to_json(each)}" for key, each in value.items()) + "}"
    # repr of a float is JSON but for inf and nan, which the parser of JSON in Python knows by these names.
    return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(repr(value), repr(value))


def encode_rows(numbers: list[int], rows: list[list], *, left: int = 0) -> tuple[dict, str]:
    """Return head and body of a batch; ``left`` is the number of empty columns before the first cell."""
    columns: list[dict | list | int] = [EMPTY] * left
    texts: list[str] = []
    for cells in zip(*rows, strict=True):
        columns.append(_encode_column(cells, texts))
    if numbers and numbers[-1] - numbers[0] + 1 == len(numbers):
        numbers = [numbers[0], -1]
    return {"count": len(rows), "numbers": numbers, "columns": columns}, SEPARATOR.join(texts)


def _encode_column(cells: tuple, texts: list[str]) -> dict | list | int:
    """Return a code for an empty or a text column (its text goes to ``texts``), a list for numbers, or a
    dict of places and values by kind for all that is mixed."""
    try:
        text = SEPARATOR.join(cells)  # Also the fastest way to learn whether all of them are text.
    except TypeError:
        return _encode_values(cells, texts)
    if len(text) < len(cells):
        return EMPTY
    if text.count(SEPARATOR) >= len(cells):
        text = SEPARATOR.join(cell.replace(SEPARATOR, "") for cell in cells)
    texts.append(text)
    has_blanks = SEPARATOR * 2 in text or text[0] == SEPARATOR or text[-1] == SEPARATOR
    return TEXT_WITH_BLANKS if has_blanks else TEXT


def _encode_values(cells: tuple, texts: list[str]) -> dict | list:
    kinds = set(map(type, cells))
    if kinds == {float}:
        return _encode_numbers(cells)
    if kinds == {date}:
        return {"dates": [value.toordinal() for value in cells]}
    others: dict[str, list[list]] = {}
    plain = []
    for index, value in enumerate(cells):
        if type(value) is str:
            plain.append(value.replace(SEPARATOR, "") if value else "")
            continue
        plain.append("")
        kind, coded = _encode_cell(value)
        places = others.setdefault(kind, [[], []])
        places[0].append(index)
        places[1].append(coded)
    if any(plain):
        texts.append(SEPARATOR.join(plain))
        others["text"] = [[], []]
    return others


def _encode_numbers(cells: tuple) -> list:
    """Return whole numbers as int: years and counts are typed so, whatever Excel makes of them."""
    if min(cells) > -EXACT_FLOAT and max(cells) < EXACT_FLOAT:
        whole = list(map(int, cells))
        if whole == list(cells):
            return whole
    return [_encode_cell(value)[1] for value in cells]


def _encode_cell(value: object) -> tuple[str, object]:
    if isinstance(value, float):
        whole = value.is_integer() and -EXACT_FLOAT < value < EXACT_FLOAT
        return "number", int(value) if whole else value
    if isinstance(value, bool | int):
        return "number", value
    if isinstance(value, datetime):
        return "datetime", value.isoformat()
    if isinstance(value, date):
        return "date", value.toordinal()
    if isinstance(value, time):
        return "time", value.isoformat()
    if isinstance(value, timedelta):
        return "number", value.total_seconds() / 86_400
    if isinstance(value, Flag):
        return value.kind, value.text
    raise TypeError(type(value))


def decode_rows(head: dict, text: str, makers: dict) -> zip:
    """Return (row number, values) pairs; ``makers`` turn the coded error and formula cells into values."""
    count = head["count"]
    texts = text.split(SEPARATOR)
    columns: list = []
    position = 0
    for column in head["columns"]:
        if column == EMPTY:
            columns.append((None,) * count)
            continue
        if isinstance(column, list):
            columns.append(column)
            continue
        if "dates" in (own := column if isinstance(column, dict) else ()):
            columns.append(list(map(date.fromordinal, own["dates"])))
            continue
        if own and "text" not in own:
            cells: list = [None] * count
        else:
            cells = texts[position : position + count]
            position += count
            if column != TEXT:
                cells = [cell or None for cell in cells]
        for kind, (places, values) in own.items() if own else ():
            make = makers.get(kind) or _MAKERS[kind]
            for place, value in zip(places, values, strict=True):
                cells[place] = make(value)
        columns.append(cells)
    numbers = head["numbers"]
    if len(numbers) == 2 and numbers[1] == -1:
        numbers = range(numbers[0], numbers[0] + count)
    return zip(numbers, zip(*columns, strict=True), strict=True)


_MAKERS = {
    "text": str,
    "number": lambda value: value,
    "date": date.fromordinal,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}
