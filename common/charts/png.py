"""Pictures for documents: the same SVG as on the page, rendered without any system font."""

from __future__ import annotations

import resvg_py

from common.charts import tokens
from common.charts.fonts import FAMILY, font_files

MOST_PIXELS = 12_000


def to_png(svg: str, width_px: int) -> bytes:
    """Return ``svg`` as PNG bytes, ``width_px`` wide, on white.

    Raises ChartFontError when the font is missing (nothing is drawn without words) and ValueError
    when the size or the SVG itself is unusable.
    """
    if not 1 <= width_px <= MOST_PIXELS:
        raise ValueError(f"width of a picture must be 1–{MOST_PIXELS} pixels, not {width_px}")
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width_px,
            background=tokens.PAPER,
            skip_system_fonts=True,
            font_files=font_files(),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )


def pixels(width_mm: float, dpi: int = 200) -> int:
    """Return how many pixels a picture of ``width_mm`` needs in print."""
    return round(width_mm / 25.4 * dpi)
