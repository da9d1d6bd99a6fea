"""Values of the database as JSON has them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """The value as JSON can hold it: dates as ISO text, decimals as their digits."""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
