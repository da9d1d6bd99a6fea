"""A state in words, shape and tint, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge: words, tone, shape; a plain one stands without a tint."""

    label: str
    tone: str = ""
    shape: str = ""
    plain: bool = False
