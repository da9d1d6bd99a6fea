"""Charts as SVG text: one source for the page, for print and, through ``to_png``, for documents.

Every function takes exact figures (percents 0–100 or counts) and returns SVG with a title, a
description for screen readers and escaped text.
"""

from common.charts.bars import Bar, horizontal_bars
from common.charts.bullet import BulletRow, bullet, bullet_rows
from common.charts.distribution import distribution
from common.charts.fonts import ChartFontError
from common.charts.png import pixels, to_png
from common.charts.status import STATUSES, status_icon
from common.charts.trend import Point, sparkline, trend

__all__ = [
    "STATUSES",
    "Bar",
    "BulletRow",
    "ChartFontError",
    "Point",
    "bullet",
    "bullet_rows",
    "distribution",
    "horizontal_bars",
    "pixels",
    "sparkline",
    "status_icon",
    "to_png",
    "trend",
]
