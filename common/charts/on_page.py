"""Bars and lines of pages: widths in percent, colours by class, so that the contrast schemes recolour them.

Documents draw with the other modules of this package, which carry their colours with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common.charts.svg import Number, number

BAR, MARK, TOP = 12, 3, 4
# Small multiples: the field of the line, and the room for labels at its right.
WIDTH, HEIGHT, LEFT, RIGHT, FLOOR, CEILING = 190, 96, 2, 136, 80, 10
LABEL_STEP, TEXT_TOP = 13, 10


def bullet_bar(
    value: Number | None, target: Number | None = None, *, hatched: bool = False, uid: str = ""
) -> SafeString:
    """A decorative bar of a percent with the mark of its target; ``uid`` tells hatchings of a page apart."""
    parts = [f'<rect class="t" y="{TOP}" width="100%" height="{BAR}"/>']
    if value is not None:
        size = f'y="{TOP}" width="{_share(value)}" height="{BAR}"'
        if hatched:
            # Only letters of our own stand in the id.
            name = f"hatch-{escape(uid)}"
            parts.append(
                f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate(45)"><path d="M1.5 0v6" class="n-hl"/></pattern>'
                f'<rect {size} fill="url(#{name})"/><rect class="h2" {size}/>'
            )
        else:
            parts.append(f'<rect class="v" {size}/>')
    if target is not None:
        parts.append(_mark(target, 0, BAR + 2 * TOP))
    return mark_safe(f'<svg class="n-bullet" aria-hidden="true" focusable="false">{"".join(parts)}</svg>')


def rank_bar(value: Number, longest: Number, *, strong: bool) -> SafeString:
    """A decorative bar whose length is a part of the longest one."""
    size = _share(100 * value / longest if longest else 0)
    return format_html(
        '<svg class="n-rank" aria-hidden="true" focusable="false">'
        '<rect class="{}" width="{}" height="12" rx="2"/></svg>',
        "v top" if strong else "v",
        size,
    )


def split_bar(parts: Sequence[tuple[str, Number]], target: Number | None = None) -> SafeString:
    """A decorative bar of parts one after another: pairs of a class and a percent of the whole."""
    drawn, start = [], 0.0
    for css, size in parts:
        drawn.append(
            f'<rect x="{_share(start)}" width="{_share(size)}" height="100%" class="{escape(css)}"/>'
        )
        start += float(size)
    if target is not None:
        drawn.append(_mark(target, -5, 34))
    return mark_safe(f'<svg class="n-split" aria-hidden="true" focusable="false">{"".join(drawn)}</svg>')


def spark_line(values: Sequence[Number | None]) -> SafeString:
    """A decorative line of the last values with its end marked; nothing for fewer than two values."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return mark_safe("")
    low, spread = min(known), (max(known) - min(known)) or 1
    step = 86 / max(len(values) - 1, 1)
    spots = [
        (4 + step * index, 20 - (float(value) - low) / spread * 16)
        for index, value in enumerate(values)
        if value is not None
    ]
    x, y = spots[-1]
    return mark_safe(
        '<svg class="n-spark" viewBox="0 0 96 24" aria-hidden="true" focusable="false">'
        f'<path d="{_line(spots)}"/><circle cx="{number(x)}" cy="{number(y)}" r="3"/></svg>'
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """One year of a small multiple; None leaves a gap."""

    label: str
    value: Number | None
    target: Number | None = None


def small_trend(
    spots: Sequence[Spot], *, title: str, value_text: str = "", target_text: str = "", top: Number = 100
) -> SafeString:
    """One indicator over years with its target as a stepped dashed line; ``title`` says it in words.

    Charts that stand side by side get the same ``top`` of the axis.
    """
    band = (RIGHT - LEFT) / max(len(spots), 1)

    def x_at(index: int) -> float:
        return LEFT + band * (index + 0.5)

    def y_at(value: Number) -> float:
        return FLOOR - min(float(value) / float(top or 1), 1.0) * (FLOOR - CEILING)

    parts = [f'<path class="ax" d="M{LEFT} {FLOOR}H{RIGHT}"/>']
    steps = ""
    for index, spot in enumerate(spots):
        if spot.target is None:
            continue
        start = "L" if index and spots[index - 1].target is not None else "M"
        y = number(y_at(spot.target))
        steps += f"{start}{number(LEFT + band * index)} {y}H{number(LEFT + band * (index + 1))}"
    if steps:
        parts.append(f'<path class="tg" d="{steps}"/>')
    known = [(index, spot) for index, spot in enumerate(spots) if spot.value is not None]
    if known:
        line = _line([(x_at(index), y_at(spot.value)) for index, spot in known])
        index, last = known[-1]
        parts.append(f'<path class="ln" d="{line}"/>')
        parts.append(f'<circle class="pt" cx="{number(x_at(index))}" cy="{number(y_at(last.value))}" r="3"/>')
    parts += _labels(spots, known, y_at, value_text, target_text)
    return mark_safe(
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">{"".join(parts)}</svg>'
    )


def _labels(spots, known, y_at, value_text: str, target_text: str) -> list[str]:
    value_y = y_at(known[-1][1].value) + 4 if known and value_text else None
    target = spots[-1].target if spots else None
    target_y = y_at(target) + 4 if target is not None and target_text else None
    if value_y is not None and target_y is not None and abs(value_y - target_y) < LABEL_STEP:
        # The label of the value stays where there is room above it, the other one gives way.
        if target_y <= value_y and value_y - LABEL_STEP < TEXT_TOP:
            target_y, value_y = TEXT_TOP, TEXT_TOP + LABEL_STEP
        else:
            target_y = value_y - LABEL_STEP if target_y <= value_y else value_y + LABEL_STEP
    found = []
    # Below the upper edge of the picture.
    value_y, target_y = (y if y is None else max(y, TEXT_TOP) for y in (value_y, target_y))
    if value_y is not None:
        found.append(f'<text class="b" x="{RIGHT + 5}" y="{number(value_y)}">{escape(value_text)}</text>')
    if target_y is not None:
        found.append(f'<text x="{RIGHT + 5}" y="{number(target_y)}">{escape(target_text)}</text>')
    if spots:
        found.append(f'<text x="{LEFT}" y="94">{escape(spots[0].label)}</text>')
        if len(spots) > 1:
            found.append(f'<text x="{RIGHT}" y="94" text-anchor="end">{escape(spots[-1].label)}</text>')
    return found


def _line(spots: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in spots)


def _mark(target: Number, y: int, height: int) -> str:
    return (
        f'<svg x="{_share(target)}" overflow="visible">'
        f'<rect class="m" x="-{MARK / 2}" y="{y}" width="{MARK}" height="{height}"/></svg>'
    )


def _share(value: Number) -> str:
    return f"{number(min(max(float(value), 0.0), 100.0))}%"
