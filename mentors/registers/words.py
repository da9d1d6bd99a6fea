"""Words of dictionaries as the screens write them."""

from __future__ import annotations


def form_words(title: str) -> str:
    """«Ученик — ученик»: with a capital letter and a long dash."""
    title = title.replace(" – ", " — ")
    return title[:1].upper() + title[1:]
