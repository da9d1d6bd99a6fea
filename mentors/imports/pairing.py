"""Which pair a row means, and where it contradicts the other base."""

from __future__ import annotations

import datetime
from enum import Enum

from mentors.imports.states import Claim, PairState


class Match(Enum):
    """How a claim stands to the pairs of the same two people."""

    SAME = "same"
    NEW = "new"
    DATES_DIFFER = "dates_differ"
    FORM_DIFFERS = "form_differs"
    REPEATED = "repeated"


def match_pair(pairs: list[PairState], claim: Claim) -> tuple[Match, PairState | None]:
    """The pair that the claim means.

    Two people may have several pairs one after another; a period that overlaps a known one with
    another start is a difference, not a new pair.
    """
    for pair in pairs:
        if pair.claimed_by is not None and _dates(pair) == (claim.started_on, claim.ended_on):
            return Match.REPEATED, pair
    free = [pair for pair in pairs if pair.claimed_by is None]
    pair = _same_dates(free, claim)
    if pair is None:
        pair = _completing(free, claim)
    if pair is None:
        overlapping = [pair for pair in pairs if _overlap(pair, claim)]
        if not overlapping:
            return Match.NEW, None
        taken = [pair for pair in overlapping if pair.claimed_by is not None]
        if taken:
            return Match.REPEATED, taken[0]
        return Match.DATES_DIFFER, overlapping[0]
    if claim.form is not None and pair["form_id"] != claim.form.pk:
        return Match.FORM_DIFFERS, pair
    if claim.ended_on and pair["ended_on"] and claim.ended_on != pair["ended_on"]:
        return Match.DATES_DIFFER, pair
    return Match.SAME, pair


def _same_dates(pairs: list[PairState], claim: Claim) -> PairState | None:
    alike = [pair for pair in pairs if pair["started_on"] == claim.started_on]
    for pair in alike:
        if pair["ended_on"] == claim.ended_on:
            return pair
    return alike[0] if alike else None


def _completing(pairs: list[PairState], claim: Claim) -> PairState | None:
    """A pair that lacks a start, or lends its start to a claim without one."""
    if claim.started_on is None:
        fitting = [
            pair
            for pair in pairs
            if claim.ended_on is None or pair["started_on"] is None or claim.ended_on >= pair["started_on"]
        ]
        for pair in fitting:
            if claim.ended_on is not None and pair["ended_on"] == claim.ended_on:
                return pair
        still_open = [pair for pair in fitting if pair["ended_on"] is None]
        return (still_open or fitting or [None])[-1]
    for pair in pairs:
        if pair["started_on"] is None and (pair["ended_on"] is None or claim.started_on <= pair["ended_on"]):
            return pair
    return None


def _overlap(pair: PairState, claim: Claim) -> bool:
    start, end = pair["started_on"], pair["ended_on"]
    if end is not None and claim.started_on is not None and end <= claim.started_on:
        return False
    return not (claim.ended_on is not None and start is not None and claim.ended_on <= start)


def same_school_year(first: datetime.date | None, second: datetime.date | None) -> bool:
    """Whether two starts lie in one school year (from 1 September); an unknown start lies in any."""
    if first is None or second is None:
        return True
    return school_year(first) == school_year(second)


def school_year(date: datetime.date) -> int:
    """The year in which the school year of the date began."""
    return date.year if date.month >= 9 else date.year - 1


def _dates(pair: PairState) -> tuple[datetime.date | None, datetime.date | None]:
    return pair["started_on"], pair["ended_on"]
