"""Horizontal bars by item with a target line: ranking of schools, indicators side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.charts import tokens
from common.charts.scale import Scale, axis_label, percent_label
from common.charts.status import draw_status
from common.charts.svg import Drawing, Number, text_width, wrap

WIDTH = 720.0
BAR = 14.0
GAP = 12.0
HEAD, FOOT = 24.0, 26.0
LONGEST_LABEL = 0.36


@dataclass(frozen=True, slots=True)
class Bar:
    """One item. ``value`` and ``target`` are in units of the axis (percents 0–100, people).

    ``value`` None is drawn as «no data», never as zero. ``note`` stands behind the value («83 из
    412»). ``status`` is a code of ``STATUSES``. ``hatched`` marks incomplete data.
    """

    label: str
    value: Number | None
    note: str = ""
    target: Number | None = None
    status: str | None = None
    hatched: bool = False


def horizontal_bars(
    title: str,
    bars: Sequence[Bar],
    *,
    target: Number | None = None,
    target_label: str = "",
    unit: str = "%",
    places: int = 1,
    axis_max: float | None = None,
    strong: int | None = None,
    width: float = WIDTH,
) -> str:
    """Return the chart; the order of ``bars`` is kept.

    ``target`` draws one line through all bars, ``Bar.target`` a mark on its own bar. ``strong`` is
    how many bars from the top are in full colour (all by default). ``axis_max`` gives several charts
    the same scale.
    """
    values = [bar.value for bar in bars] + [bar.target for bar in bars] + [target]
    scale = Scale.fitting(values, cap=100.0 if unit == "%" else None)
    if axis_max is not None:
        scale = Scale(axis_max, Scale.fitting([axis_max]).step)
    places = places if unit == "%" or places != 1 else 0
    label_width = min(
        max((text_width(bar.label, tokens.TEXT) for bar in bars), default=0.0) + 4, width * LONGEST_LABEL
    )
    labels = [wrap(bar.label, label_width, tokens.TEXT) for bar in bars]
    words = [percent_label(bar.value, unit, places) or _("no data") for bar in bars]
    words_width = max((text_width(word, tokens.TEXT, tokens.STRONG) for word in words), default=0.0) + 4
    notes_width = max((text_width(bar.note, tokens.SMALL) for bar in bars), default=0.0)
    icons = 22.0 if any(bar.status for bar in bars) else 0.0
    left = label_width + 10
    right = words_width + (notes_width + 10 if notes_width else 0) + icons + 14
    length = max(width - left - right, 80.0)
    heights = [max(len(lines) * 16.0, BAR) + GAP for lines in labels]
    bottom = HEAD + sum(heights)
    drawing = Drawing(
        width, bottom + FOOT, kind="bars", title=title, description=_spoken(bars, words, target, unit)
    )
    for tick in scale.ticks():
        x = left + scale.at(tick, length)
        drawing.line(x, HEAD, x, bottom, tokens.LINE)
        drawing.text(x, bottom + 17, axis_label(tick), size=tokens.SMALL, fill=tokens.MUTED, anchor="middle")
    if unit:
        drawing.text(left + length + 14, bottom + 17, unit, size=tokens.SMALL, fill=tokens.MUTED)
    top = HEAD
    for index, bar in enumerate(bars):
        middle = top + heights[index] / 2
        drawing.lines(0, middle, labels[index])
        _draw_bar(drawing, bar, scale, left, middle, length, soft=strong is not None and index >= strong)
        x = left + length + 14
        if icons:
            if bar.status:
                draw_status(drawing, bar.status, x, middle, word=False)
            x += icons
        missing = bar.value is None
        drawing.text(
            x + words_width,
            middle + tokens.TEXT * 0.35,
            words[index],
            weight=tokens.REGULAR if missing else tokens.STRONG,
            fill=tokens.MUTED if missing else tokens.INK,
            anchor="end",
        )
        if bar.note:
            drawing.text(
                width,
                middle + tokens.SMALL * 0.35,
                bar.note,
                size=tokens.SMALL,
                fill=tokens.MUTED,
                anchor="end",
            )
        top += heights[index]
    if target is not None:
        x = left + scale.at(target, length)
        drawing.line(x, HEAD - 4, x, bottom, tokens.INK, 2, stroke_dasharray="6 4")
        text = target_label or _("target %(value)s") % {"value": percent_label(target, unit, places)}
        # Near the right edge the label would leave the picture.
        anchor = "end" if x + text_width(text, tokens.SMALL) > width else "start"
        drawing.text(
            x if anchor == "end" else x - 3, 13, text, size=tokens.SMALL, weight=tokens.STRONG, anchor=anchor
        )
    return drawing.svg()


def _draw_bar(
    drawing: Drawing, bar: Bar, scale: Scale, left: float, middle: float, length: float, *, soft: bool
) -> None:
    top = middle - BAR / 2
    if bar.value is not None:
        size = scale.at(bar.value, length)
        fill = drawing.hatch() if bar.hatched else tokens.ACTION_SOFT if soft else tokens.ACTION
        edge = {"stroke": tokens.ACTION, "stroke_width": 1} if bar.hatched else {}
        drawing.rect(left, top, size, BAR, fill, **edge)
    if bar.target is not None:
        x = left + scale.at(bar.target, length)
        drawing.rect(x - 1.5, top - 4, 3, BAR + 8, tokens.INK)


def _spoken(bars: Sequence[Bar], words: Sequence[str], target: Number | None, unit: str) -> str:
    parts = []
    if target is not None:
        parts.append(_("Target %(value)s.") % {"value": percent_label(target, unit)})
    parts.extend(
        f"{bar.label}: {word}{f' ({bar.note})' if bar.note else ''}."
        for bar, word in zip(bars, words, strict=True)
    )
    return " ".join(parts)
