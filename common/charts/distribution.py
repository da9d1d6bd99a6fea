"""How many gave each score: ten bars with counts and the mean as a triangle."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.charts import tokens
from common.charts.svg import Drawing, Number, number
from common.rounding import number_text

WIDTH, HEIGHT = 440.0, 180.0
TOP, BOTTOM = 22.0, 44.0
SCORES = range(1, 11)


def distribution(
    title: str,
    counts: Mapping[int, int],
    mean: Number | None,
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
) -> str:
    """Return the chart of scores 1–10; ``mean`` is an exact number. The title must name n."""
    depth = height - TOP - BOTTOM
    band = width / len(SCORES)
    largest = max((counts.get(score, 0) for score in SCORES), default=0) or 1
    drawing = Drawing(width, height, kind="distribution", title=title, description=_spoken(counts, mean))
    base = TOP + depth
    for index, score in enumerate(SCORES):
        count = counts.get(score, 0)
        size, middle = depth * count / largest, band * (index + 0.5)
        drawing.rect(middle - band * 0.35, base - size, band * 0.7, size, tokens.ACTION)
        drawing.text(middle, base - size - 6, str(count), size=tokens.SMALL, anchor="middle")
        drawing.text(middle, base + 16, str(score), size=tokens.SMALL, fill=tokens.MUTED, anchor="middle")
    drawing.line(0, base, width, base, tokens.CONTROL)
    if mean is not None:
        x = band * (float(mean) - 0.5)
        tip = base + 21
        drawing.path(
            f"M{number(x)} {number(tip)}L{number(x + 5)} {number(tip + 8)}H{number(x - 5)}Z", fill=tokens.INK
        )
        text = _("mean %(value)s") % {"value": number_text(mean, 2)}
        anchor = "end" if x > width / 2 else "start"
        drawing.text(
            x + (-9 if anchor == "end" else 9),
            tip + 9,
            text,
            size=tokens.SMALL,
            weight=tokens.STRONG,
            anchor=anchor,
        )
    return drawing.svg()


def _spoken(counts: Mapping[int, int], mean: Number | None) -> str:
    parts = [
        ngettext("%(score)d: %(count)d answer", "%(score)d: %(count)d answers", counts[score])
        % {"score": score, "count": counts[score]}
        for score in SCORES
        if counts.get(score)
    ]
    if mean is not None:
        parts.append(_("mean %(value)s") % {"value": number_text(mean, 2)})
    return "; ".join(parts) + "." if parts else ""
