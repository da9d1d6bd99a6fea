"""Words of dictionaries as the screens write them."""

from __future__ import annotations

from mentors.dictionaries import long_dashed


def form_words(title: str) -> str:
    """«Ученик — ученик»: with a capital letter and a long dash."""
    title = long_dashed(title)
    return title[:1].upper() + title[1:]
