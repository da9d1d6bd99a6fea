"""One indicator over years, its target as a stepped dashed line; and the small spark line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.charts import tokens
from common.charts.scale import Scale, axis_label, percent_label
from common.charts.svg import Drawing, Number, number, text_width

WIDTH, HEIGHT = 440.0, 220.0
TOP, BOTTOM = 14.0, 26.0


@dataclass(frozen=True, slots=True)
class Point:
    """One year: ``value`` and ``target`` in units of the axis; None leaves a gap."""

    label: str
    value: Number | None
    target: Number | None = None


def trend(
    title: str,
    points: Sequence[Point],
    *,
    unit: str = "%",
    places: int = 1,
    axis_max: float | None = None,
    label_all: bool = False,
    width: float = WIDTH,
    height: float = HEIGHT,
) -> str:
    """Return the chart; charts that are compared get the same ``axis_max``.

    The last known value is labelled, with ``label_all`` each one (for print, where nothing can be
    pointed at).
    """
    values = [point.value for point in points] + [point.target for point in points]
    scale = Scale.fitting(values, cap=100.0 if unit == "%" else None, ticks=4)
    if axis_max is not None:
        scale = Scale(axis_max, Scale.fitting([axis_max], ticks=4).step)
    labels = [axis_label(tick, unit) for tick in scale.ticks()]
    left = max(text_width(label, tokens.SMALL) for label in labels) + 8
    right = text_width(_("target %(value)s") % {"value": percent_label(100, unit)}, tokens.SMALL) + 12
    length, depth = width - left - right, height - TOP - BOTTOM
    band = length / max(len(points), 1)
    drawing = Drawing(width, height, kind="trend", title=title, description=_spoken(points, unit, places))

    def x_at(index: int) -> float:
        return left + band * (index + 0.5)

    def y_at(value: Number) -> float:
        return TOP + depth - scale.at(value, depth)

    for tick, label in zip(scale.ticks(), labels, strict=True):
        y = y_at(tick)
        drawing.line(left, y, left + length, y, tokens.CONTROL if tick == 0 else tokens.LINE)
        drawing.text(left - 6, y + 4, label, size=tokens.SMALL, fill=tokens.MUTED, anchor="end")
    for index, point in enumerate(points):
        drawing.text(
            x_at(index),
            height - 8,
            point.label,
            size=tokens.SMALL,
            fill=tokens.MUTED,
            anchor="middle",
        )
    steps = [None if point.target is None else y_at(point.target) for point in points]
    for start, run in _runs(steps):
        data = f"M{number(left + band * start)} {number(run[0])}"
        for offset, y in enumerate(run):
            data += f"V{number(y)}H{number(left + band * (start + offset + 1))}"
        drawing.path(data, stroke=tokens.INK, stroke_width=1.5, stroke_dasharray="5 4")
    heights = [None if point.value is None else y_at(point.value) for point in points]
    for start, run in _runs(heights):
        data = "L".join(f"{number(x_at(start + offset))} {number(y)}" for offset, y in enumerate(run))
        drawing.path(f"M{data}", stroke=tokens.ACTION, stroke_width=2.5, stroke_linejoin="round")
    _draw_points(drawing, points, heights, steps, x_at, (unit, places), label_all=label_all)
    _draw_target_label(drawing, points, heights, steps, left + length + 6, unit)
    return drawing.svg()


def sparkline(values: Sequence[Number | None], *, width: float = 96.0, height: float = 24.0) -> str:
    """Return a decorative line of the last values, its end marked; the figures stand beside it."""
    drawing = Drawing(width, height, kind="spark")
    known = [float(value) for value in values if value is not None]
    if not known:
        return drawing.svg()
    low, spread = min(known), max(known) - min(known)
    step = (width - 12) / max(len(values) - 1, 1)
    places = [
        None if value is None else height - 4 - (float(value) - low) / (spread or 1) * (height - 8)
        for value in values
    ]
    last = (0.0, 0.0)
    for start, run in _runs(places):
        spots = [(4 + step * (start + offset), y) for offset, y in enumerate(run)]
        last = spots[-1]
        data = "L".join(f"{number(x)} {number(y)}" for x, y in spots)
        drawing.path(f"M{data}", stroke=tokens.MUTED, stroke_width=1.5)
    drawing.circle(*last, 3, tokens.ACTION)
    return drawing.svg()


def _runs(values: Sequence[float | None]) -> Iterator[tuple[int, list[float]]]:
    """Yield each unbroken run of known values with the index where it starts."""
    run: list[float] = []
    for index, value in enumerate([*values, None]):
        if value is not None:
            run.append(value)
        elif run:
            yield index - len(run), run
            run = []


def _draw_points(drawing, points, heights, steps, x_at, unit_places, *, label_all: bool) -> None:
    known = [index for index, y in enumerate(heights) if y is not None]
    for index in known:
        y, is_last = heights[index], index == known[-1]
        drawing.circle(x_at(index), y, 4 if is_last else 3, tokens.ACTION)
        if not (is_last or label_all):
            continue
        # Above the point, unless the target's line runs there or the picture ends.
        step = steps[index]
        above = y - 9 > TOP and not (step is not None and -2 < y - step < 24)
        drawing.text(
            x_at(index),
            y - 9 if above else y + 18,
            percent_label(points[index].value, *unit_places),
            size=tokens.TEXT if is_last else tokens.SMALL,
            weight=tokens.STRONG if is_last else tokens.REGULAR,
            anchor="middle",
        )


def _draw_target_label(drawing, points, heights, steps, x: float, unit: str) -> None:
    if not points or steps[-1] is None:
        return
    value = percent_label(points[-1].target, unit, 0 if float(points[-1].target).is_integer() else 1)
    text = _("target %(value)s") % {"value": value}
    drawing.text(x, steps[-1] + 4, text, size=tokens.SMALL, fill=tokens.INK)


def _spoken(points: Sequence[Point], unit: str, places: int) -> str:
    parts = []
    for point in points:
        value = percent_label(point.value, unit, places) or _("no data")
        text = f"{point.label}: {value}"
        if point.target is not None:
            text += ", " + _("target %(value)s") % {"value": percent_label(point.target, unit, places)}
        parts.append(f"{text}.")
    return " ".join(parts)
