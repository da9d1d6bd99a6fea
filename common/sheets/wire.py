"""Batches of rows between the reading child and its parent: JSON and text, nothing that can run code.

A batch travels by columns, because a column mostly holds one type: a column of text is joined into one
string, a column of numbers is a JSON list, and only cells of other types are sent one by one.
"""

import json
import struct
from datetime import date, datetime, time, timedelta

SEPARATOR = "\x1e"
HEADER = struct.Struct(">II")
EXACT_FLOAT = 1e15


class Flag:
    """A cell that the parser shows as empty and the sheet XML explains: an error or an unstored formula."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str):
        self.kind, self.text = kind, text


def pack(head: dict, text: str = "") -> bytes:
    """Return one frame: lengths, a JSON head and a text body."""
    head_bytes = json.dumps(head).encode()
    body = text.encode("utf-8", "replace")
    return HEADER.pack(len(head_bytes), len(body)) + head_bytes + body


def encode_rows(numbers: list[int], rows: list[list], *, left: int = 0) -> tuple[dict, str]:
    """Return head and body of a batch; ``left`` is the number of empty columns before the first cell."""
    columns: list[dict | list | int] = [0] * left
    texts: list[str] = []
    for cells in zip(*rows, strict=True):
        columns.append(_encode_column(cells, texts))
    if numbers and numbers[-1] - numbers[0] + 1 == len(numbers):
        numbers = [numbers[0], -1]
    return {"count": len(rows), "numbers": numbers, "columns": columns}, SEPARATOR.join(texts)


def _encode_column(cells: tuple, texts: list[str]) -> dict | list | int:
    """Return 0 for an empty column, a list for numbers, 1 for text (added to ``texts``), else a dict."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        if not any(cells):
            return 0
        texts.extend(cells if SEPARATOR not in "".join(cells) else [c.replace(SEPARATOR, "") for c in cells])
        return 1
    if kinds == {float}:
        return [int(v) if v.is_integer() and -EXACT_FLOAT < v < EXACT_FLOAT else v for v in cells]
    plain: list[str] = []
    others: dict[str, list[list]] = {}
    for index, value in enumerate(cells):
        if type(value) is str:
            plain.append(value.replace(SEPARATOR, ""))
            continue
        plain.append("")
        kind, coded = _encode_cell(value)
        places = others.setdefault(kind, [[], []])
        places[0].append(index)
        places[1].append(coded)
    texts.extend(plain)
    return others


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


def decode_rows(head: dict, text: str, makers: dict) -> list[tuple[int, tuple]]:
    """Return (row number, values) pairs; ``makers`` turn the coded error and formula cells into values."""
    count = head["count"]
    texts = [cell or None for cell in text.split(SEPARATOR)] if text or count else []
    columns = []
    position = 0
    for column in head["columns"]:
        if column == 0:
            columns.append((None,) * count)
        elif isinstance(column, list):
            columns.append(column)
        else:
            cells = texts[position : position + count]
            position += count
            if column != 1:
                for kind, (places, values) in column.items():
                    make = makers.get(kind) or _MAKERS[kind]
                    for place, value in zip(places, values, strict=True):
                        cells[place] = make(value)
            columns.append(cells)
    numbers = head["numbers"]
    if len(numbers) == 2 and numbers[1] == -1:
        numbers = range(numbers[0], numbers[0] + count)
    return list(zip(numbers, zip(*columns, strict=True), strict=True))


_MAKERS = {
    "number": lambda value: value,
    "date": date.fromordinal,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}
