"""The state of a figure: a word, a shape and a colour, never the colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from common.charts import tokens
from common.charts.svg import Drawing, number, text_width

ICON = 16.0


@dataclass(frozen=True, slots=True)
class Status:
    """How one state looks; ``path`` is drawn in a 16 × 16 box."""

    word: str | Promise
    colour: str
    path: str
    filled: bool = False


_CIRCLE = "M8 2.5A5.5 5.5 0 1 1 8 13.5A5.5 5.5 0 1 1 8 2.5Z"
_QUESTION = "M5.5 6A2.5 2.5 0 1 1 8.6 8.4Q8 8.7 8 9.6M8 12.2V12.3"

STATUSES = {
    "reached": Status(pgettext_lazy("indicator status", "Reached"), tokens.OK, "M3 8.6L6.4 12L13 4.4"),
    "close": Status(
        pgettext_lazy("indicator status", "Close"),
        tokens.WARN,
        f"{_CIRCLE}M8 3.2A4.8 4.8 0 0 0 8 12.8Z",
        True,
    ),
    "behind": Status(pgettext_lazy("indicator status", "Behind"), tokens.WARN, "M8 2.8L14.2 13.4H1.8Z", True),
    "far_behind": Status(
        pgettext_lazy("indicator status", "Far behind"), tokens.BAD, "M3.8 3.8L12.2 12.2M12.2 3.8L3.8 12.2"
    ),
    "no_data": Status(pgettext_lazy("indicator status", "No data"), tokens.NEUTRAL, "M3 8H13"),
    "few_data": Status(pgettext_lazy("indicator status", "Little data"), tokens.NEUTRAL, _QUESTION),
    "no_target": Status(pgettext_lazy("indicator status", "No target"), tokens.NEUTRAL, _CIRCLE),
    "waiting": Status(pgettext_lazy("indicator status", "Waiting"), tokens.NEUTRAL, _CIRCLE),
}


def status_icon(code: str, *, size: float = ICON) -> str:
    """Return the shape of a state as a decorative SVG; the word beside it is the accessible name."""
    drawing = Drawing(size, size, kind="status")
    drawing.raw(_shape(STATUSES[code], 0, 0, size / ICON))
    return drawing.svg()


def draw_status(drawing: Drawing, code: str, x: float, middle: float, *, word: bool = True) -> float:
    """Draw shape and word from ``x`` on, centred at ``middle``; return the width taken."""
    status = STATUSES[code]
    drawing.raw(_shape(status, x, middle - ICON / 2, 1.0))
    if not word:
        return ICON
    text = str(status.word)
    drawing.text(
        x + ICON + 5,
        middle + tokens.SMALL * 0.35,
        text,
        size=tokens.SMALL,
        fill=status.colour,
        weight=tokens.STRONG,
    )
    return ICON + 5 + text_width(text, tokens.SMALL, tokens.STRONG)


def _shape(status: Status, x: float, y: float, scale: float) -> str:
    place = f"translate({number(x)} {number(y)}) scale({number(scale)})"
    if status.path.startswith(_CIRCLE) and status.filled:
        ring, half = status.path[: len(_CIRCLE)], status.path[len(_CIRCLE) :]
        return (
            f'<g transform="{place}"><path d="{ring}" fill="none" stroke="{status.colour}" '
            f'stroke-width="1.6"/><path d="{half}" fill="{status.colour}"/></g>'
        )
    if status.filled:
        return f'<path transform="{place}" d="{status.path}" fill="{status.colour}"/>'
    return (
        f'<path transform="{place}" d="{status.path}" fill="none" stroke="{status.colour}" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>'
    )
