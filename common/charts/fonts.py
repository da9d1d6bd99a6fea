"""The font of charts: one TrueType file per weight, made from the npm package of Golos Text.

The package holds compressed web fonts split by alphabet. The renderer of pictures reads neither
compressed nor split ones well (a word may change font in the middle), so each weight is unpacked
and its Latin and Cyrillic parts are merged once. The result is built at set-up
(``python -m common.charts.build_fonts SOURCE TARGET``) or, when that was left out, at first use.
"""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

PACKAGE = Path("node_modules", "@fontsource", "golos-text", "files")
ALPHABETS = ("cyrillic", "latin")
WEIGHTS = (400, 600)
FAMILY = "Golos Text"


class ChartFontError(RuntimeError):
    """There is no font to draw charts with; the message says how to get it."""


def font_files() -> list[str]:
    """Return the paths of the font files, building them when only the package is there.

    Raises ChartFontError when neither is found: a chart without its words must never be delivered.
    """
    target = _target()
    files = [target / _name(weight) for weight in WEIGHTS]
    if not all(path.is_file() for path in files):
        build(Path(settings.BASE_DIR) / PACKAGE, target)
    return [str(path) for path in files]


def build(source: Path, target: Path) -> None:
    """Make the TrueType files in ``target`` from the web fonts in ``source``."""
    missing = [name for name in _parts() if not (source / name).is_file()]
    if missing:
        raise ChartFontError(
            _("The font for charts was not found in %(folder)s. Run «make setup».") % {"folder": source}
        )
    target.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        _build_weight(source, target / _name(weight), weight)


def _build_weight(source: Path, target: Path, weight: int) -> None:
    # Imported here: the font tools are needed once in the life of an installation.
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="fonts-", dir=target.parent) as scratch:
        unpacked = []
        for alphabet in ALPHABETS:
            font = TTFont(source / _part(alphabet, weight))
            made = font["head"].created
            font.flavor = None
            unpacked.append(str(Path(scratch, f"{alphabet}.ttf")))
            font.save(unpacked[-1])
        merged = Merger().merge(unpacked)
        for record in merged["name"].names:
            # All weights belong to one family; the weight itself stands in another table.
            if record.nameID in (1, 16):
                record.string = FAMILY
        # The moment of building would make every build differ.
        merged.recalcTimestamp = False
        merged["head"].created = merged["head"].modified = made
        ready = Path(scratch, "merged.ttf")
        merged.save(ready)
        os.replace(ready, target)


def _target() -> Path:
    configured = getattr(settings, "CHART_FONT_DIR", None)
    return Path(configured) if configured else Path(settings.BASE_DIR, "static", "dist", "fonts")


def _name(weight: int) -> str:
    return f"golos-text-{weight}.ttf"


def _part(alphabet: str, weight: int) -> str:
    return f"golos-text-{alphabet}-{weight}-normal.woff"


def _parts() -> list[str]:
    return [_part(alphabet, weight) for weight in WEIGHTS for alphabet in ALPHABETS]
