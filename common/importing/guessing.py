"""Columns whose heading no field knows, but that look like the heading of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from common.sheets.headings import HeadingSpec, heading_key

# From here on a heading is taken for the field, from there on a person is asked to look at it (ux.md 6.2).
SURE, DOUBTFUL = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """A column that may be the field; ``score`` from 0 to 1."""

    field: str
    letter: str
    score: float

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE


def guess_fields(
    specs: Sequence[HeadingSpec], found: Iterable[str], others: Mapping[str, str]
) -> list[Guess]:
    """The likeliest field of each column in ``others`` (heading by letter) among those not ``found``."""
    taken = set(found)
    titles = [(spec.field, heading_key(text)) for spec in specs for text in spec.headings]
    scored = []
    for letter, heading in others.items():
        key = heading_key(heading)
        for name, title in titles:
            if name not in taken and (score := _likeness(key, title)) >= DOUBTFUL:
                scored.append(Guess(name, letter, score))
    guesses, used = [], set()
    for guess in sorted(scored, key=lambda item: -item.score):
        if guess.field not in taken and guess.letter not in used:
            taken.add(guess.field)
            used.add(guess.letter)
            guesses.append(guess)
    return guesses


def _likeness(one: str, other: str) -> float:
    if len(one) < 3 or len(other) < 3:
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= DOUBTFUL else 0.0
