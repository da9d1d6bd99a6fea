"""A small SVG writer: escapes text, keeps numbers unlocalised, measures words.

Only presentation attributes are written, no ``style``: a strict content security policy blocks
inline styles, and a class in the page's own style sheet may still override an attribute.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from common.charts import tokens
from common.xmltext import xml_safe

Number = int | float | Decimal | Fraction
ELLIPSIS = "…"
# Advance widths of Golos Text in thousandths of an em; other characters count as the widest digit.
_WIDTHS = {
    250: "' `ij\u00a0",
    300: "!,.:;Il",
    400: '"()-[]rt{}f|*г',
    500: "/1?\\_zзть",
    550: "+7<=>JL^acksvxy~Гавсухчэя«»–−",
    650: "$&ABPSVXYАБВЗРУХЧЬ",
    700: "#CDGKRКЛСЭЯм",
    750: "HNOQUДИЙНОПЦЪфы—",
    850: "%MМФщwжшю",
    950: "mЫWЖШЮ…@Щ",
    1100: "№",
}
_ADVANCE = {character: width for width, characters in _WIDTHS.items() for character in characters}
_USUAL_ADVANCE = 640
_STRONG_FACTOR = 1.06


def number(value: Number) -> str:
    """Return a coordinate with a point, at most two decimals, the same in every language."""
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text_width(text: str, size: float, weight: int = tokens.REGULAR) -> float:
    """Return about how many pixels ``text`` takes; errs on the wide side."""
    advance = sum(_ADVANCE.get(character, _USUAL_ADVANCE) for character in text) / 1000
    return advance * size * (_STRONG_FACTOR if weight >= tokens.STRONG else 1.0)


def shorten(text: str, width: float, size: float, weight: int = tokens.REGULAR) -> str:
    """Return ``text`` cut with an ellipsis to ``width`` pixels."""
    if text_width(text, size, weight) <= width:
        return text
    while text and text_width(text + ELLIPSIS, size, weight) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def wrap(text: str, width: float, size: float, lines: int = 2, weight: int = tokens.REGULAR) -> list[str]:
    """Return ``text`` folded at spaces into at most ``lines`` lines; the rest ends with an ellipsis."""
    folded: list[str] = []
    words = text.split(" ")
    while words:
        line = words.pop(0)
        if len(folded) == lines - 1:
            folded.append(shorten(" ".join([line, *words]), width, size, weight))
            break
        while words and text_width(f"{line} {words[0]}", size, weight) <= width:
            line += f" {words.pop(0)}"
        folded.append(shorten(line, width, size, weight))
    return folded or [""]


class Drawing:
    """Collects shapes and returns the SVG text.

    ``title`` names the picture and ``description`` tells its content to a screen reader; without a
    title the picture is decoration and hidden from it. Ids inside are derived from the content, so
    that several charts live on one page and equal input gives equal bytes.
    """

    def __init__(
        self, width: float, height: float, *, kind: str, title: str = "", description: str = ""
    ) -> None:
        self.width, self.height, self.kind = width, height, kind
        self.title, self.description = xml_safe(str(title)), xml_safe(str(description))
        seed = f"{kind}|{width}|{height}|{self.title}|{self.description}"
        self.uid = f"c{hashlib.sha256(seed.encode()).hexdigest()[:10]}"
        self._parts: list[str] = []
        self._hatched = False

    def rect(self, x: Number, y: Number, width: Number, height: Number, fill: str, **more: object) -> None:
        """Add a rectangle; a negative size counts as nothing."""
        size = f'width="{number(max(width, 0))}" height="{number(max(height, 0))}"'
        self._parts.append(f'<rect x="{number(x)}" y="{number(y)}" {size} fill="{fill}"{_more(more)}/>')

    def line(
        self, x1: Number, y1: Number, x2: Number, y2: Number, stroke: str, width: Number = 1, **more: object
    ) -> None:
        """Add a straight line."""
        self._parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
            f'stroke="{stroke}" stroke-width="{number(width)}"{_more(more)}/>'
        )

    def path(self, data: str, *, fill: str = "none", **more: object) -> None:
        """Add a path; ``data`` comes from ``number`` and our own letters only."""
        self._parts.append(f'<path d="{data}" fill="{fill}"{_more(more)}/>')

    def circle(self, x: Number, y: Number, radius: Number, fill: str, **more: object) -> None:
        """Add a circle."""
        self._parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{_more(more)}/>'
        )

    def text(
        self,
        x: Number,
        y: Number,
        text: str,
        *,
        size: float = tokens.TEXT,
        fill: str = tokens.INK,
        weight: int = tokens.REGULAR,
        anchor: str = "start",
    ) -> None:
        """Add one line of text; ``y`` is its base line."""
        side = "" if anchor == "start" else f' text-anchor="{anchor}"'
        strong = "" if weight == tokens.REGULAR else f' font-weight="{weight}"'
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"{strong}{side}>'
            f"{escape(xml_safe(str(text)))}</text>"
        )

    def lines(self, x: Number, middle: float, lines: Sequence[str], *, leading: float = 16, **more) -> None:
        """Add lines of text centred around the height ``middle``."""
        size = more.get("size", tokens.TEXT)
        first = middle - leading * (len(lines) - 1) / 2 + size * 0.35
        for index, line in enumerate(lines):
            self.text(x, first + index * leading, line, **more)

    def raw(self, markup: str) -> None:
        """Add markup made by another function of this package."""
        self._parts.append(markup)

    def hatch(self) -> str:
        """Return the fill of a hatched bar (incomplete data), defining it on first use."""
        self._hatched = True
        return f"url(#{self.uid}-h)"

    def svg(self) -> str:
        """Return the whole picture."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="n-chart n-chart--{self.kind}" '
            f'viewBox="0 0 {number(self.width)} {number(self.height)}" '
            f'width="{number(self.width)}" height="{number(self.height)}" '
            f"font-family={quoteattr(tokens.FONT_FAMILY)}"
        )
        if not self.title:
            return f'{head} aria-hidden="true" focusable="false">{self._defs()}{"".join(self._parts)}</svg>'
        labels = f"{self.uid}-t"
        spoken = f'<title id="{labels}">{escape(self.title)}</title>'
        if self.description:
            spoken += f'<desc id="{self.uid}-d">{escape(self.description)}</desc>'
            labels += f" {self.uid}-d"
        body = f"{spoken}{self._defs()}{''.join(self._parts)}"
        return f'{head} role="img" aria-labelledby="{labels}">{body}</svg>'

    def _defs(self) -> str:
        if not self._hatched:
            return ""
        return (
            f'<defs><pattern id="{self.uid}-h" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{tokens.PAPER}"/>'
            f'<rect width="3" height="6" fill="{tokens.ACTION}"/></pattern></defs>'
        )


def _more(attributes: dict[str, object]) -> str:
    """Format further attributes; underscores stand for hyphens (``stroke_dasharray``)."""
    texts = {
        name.replace("_", "-"): number(value) if isinstance(value, (int, float)) else str(value)
        for name, value in attributes.items()
    }
    return "".join(f" {name}={quoteattr(text)}" for name, text in texts.items())
