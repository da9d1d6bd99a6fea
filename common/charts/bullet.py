"""Bullet bars: a value against its target on an axis 0–100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.charts import tokens
from common.charts.scale import Scale, percent_label
from common.charts.status import STATUSES, draw_status
from common.charts.svg import Drawing, Number, text_width, wrap

WIDTH = 720.0
BAR = 12.0
OVERHANG = 4.0
HEAD = 28.0
PADDING = 16.0


@dataclass(frozen=True, slots=True)
class BulletRow:
    """One indicator: percents 0–100, the sentence under its name («252 из 1 370 детей»), its state."""

    label: str
    value: Number | None
    target: Number | None = None
    note: str = ""
    status: str | None = None
    hatched: bool = False


def bullet(
    value: Number | None,
    target: Number | None,
    *,
    title: str = "",
    hatched: bool = False,
    width: float = 236.0,
) -> str:
    """Return the bar alone, for a table that says the figures in words; without a title decorative."""
    drawing = Drawing(width, BAR + 2 * OVERHANG, kind="bullet", title=title)
    _draw(drawing, 0, BAR / 2 + OVERHANG, width, value, target, hatched=hatched)
    return drawing.svg()


def bullet_rows(title: str, rows: Sequence[BulletRow], *, width: float = WIDTH) -> str:
    """Return the overview of indicators: name, bar, value, target, state in word, shape and colour."""
    values = [percent_label(row.value) or _("no data") for row in rows]
    targets = ["–" if row.target is None else _target(row.target) for row in rows]
    heads = (_("Indicator"), "0–100\u00a0%", _("Value"), _("Target"), _("State"))
    states = [str(STATUSES[row.status].word) if row.status else "" for row in rows]
    state_width = _widest([*states, heads[4]]) + 24
    target_width = _widest([*targets, heads[3]]) + 14
    value_width = _widest([*values, heads[2]]) + 14
    name_width = width * 0.34
    bar_left = name_width + 14
    bar_length = max(width - bar_left - value_width - target_width - state_width - 14, 60.0)
    value_right = bar_left + bar_length + value_width
    target_right = value_right + target_width
    names = [wrap(row.label, name_width, tokens.TEXT, 2, tokens.STRONG) for row in rows]
    notes = [wrap(row.note, name_width, tokens.SMALL, 2) if row.note else [] for row in rows]
    heights = [len(name) * 16 + len(note) * 15 + PADDING for name, note in zip(names, notes, strict=True)]
    drawing = Drawing(
        width, HEAD + sum(heights), kind="bullets", title=title, description=_spoken(rows, values, targets)
    )
    places = ((0, "start"), (bar_left, "start"), (value_right, "end"), (target_right, "end"))
    places += ((target_right + 18, "start"),)
    for (x, anchor), head in zip(places, heads, strict=True):
        drawing.text(x, 17, head, size=tokens.SMALL, fill=tokens.MUTED, weight=tokens.STRONG, anchor=anchor)
    top = HEAD
    for index, row in enumerate(rows):
        drawing.line(0, top, width, top, tokens.LINE)
        middle = top + heights[index] / 2
        base = top + PADDING / 2 + 12
        for line in names[index]:
            drawing.text(0, base, line, weight=tokens.STRONG)
            base += 16
        for line in notes[index]:
            drawing.text(0, base, line, size=tokens.SMALL, fill=tokens.MUTED)
            base += 15
        _draw(drawing, bar_left, middle, bar_length, row.value, row.target, hatched=row.hatched)
        weight = tokens.REGULAR if row.value is None else tokens.STRONG
        drawing.text(value_right, middle + 4.5, values[index], weight=weight, anchor="end")
        drawing.text(target_right, middle + 4.5, targets[index], anchor="end")
        if row.status:
            draw_status(drawing, row.status, target_right + 18, middle)
        top += heights[index]
    return drawing.svg()


def _draw(
    drawing: Drawing,
    left: float,
    middle: float,
    length: float,
    value: Number | None,
    target: Number | None,
    *,
    hatched: bool,
) -> None:
    scale, top = Scale.shares(), middle - BAR / 2
    drawing.rect(left, top, length, BAR, tokens.TRACK)
    if value is not None:
        size = scale.at(value, length)
        if hatched:
            drawing.rect(left, top, size, BAR, drawing.hatch(), stroke=tokens.ACTION, stroke_width=1)
        else:
            drawing.rect(left, top, size, BAR, tokens.ACTION)
    if target is not None:
        x = min(max(left + scale.at(target, length), left + 1.5), left + length - 1.5)
        drawing.rect(x - 1.5, top - OVERHANG, 3, BAR + 2 * OVERHANG, tokens.INK)


def _target(value: Number) -> str:
    return percent_label(value, places=0 if float(value).is_integer() else 1)


def _widest(texts: Sequence[str]) -> float:
    return max((text_width(text, tokens.TEXT, tokens.STRONG) for text in texts), default=0.0)


def _spoken(rows: Sequence[BulletRow], values: Sequence[str], targets: Sequence[str]) -> str:
    sentences = []
    for row, value, target in zip(rows, values, targets, strict=True):
        words = [f"{row.label}: {value}"]
        if row.note:
            words.append(row.note)
        if row.target is not None:
            words.append(_("target %(value)s") % {"value": target})
        if row.status:
            words.append(str(STATUSES[row.status].word).lower())
        sentences.append(", ".join(words) + ".")
    return " ".join(sentences)
