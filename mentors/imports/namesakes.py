"""Namesakes that only the second base tells apart.

A base names its partners without a birth, so the portal takes the only person of that name. When the
other base then has a row of its own for another person of the name, born in another year and with the
same partner, the pair was meant for that one: nobody has to decide, and either order of the two bases
comes to the same pairs.
"""

from __future__ import annotations

from mentors.enums import Side
from mentors.imports.pairing import Match, match_pair
from mentors.imports.people import SchoolPeople
from mentors.imports.states import Claim, PairState, ParticipationState, PersonState


def pair_of_namesake(
    people: SchoolPeople,
    own: PersonState | None,
    other: PersonState,
    claim: Claim,
    *,
    side: str,
    places: tuple[str, str],
) -> PairState | None:
    """The pair of ``other`` that a namesake of ``own`` has by name only, if the claim means it.

    ``side`` is the side of ``own``, ``places`` are the fields for the rows of its base and of the other.
    """
    for namesake in people.by_key.get(claim.own.key, ()):
        if namesake is own or namesake is other:
            continue
        ends = (namesake, other) if side == Side.MENTOR else (other, namesake)
        by_name = [pair for pair in people.pairs_between(*ends) if _is_by_name(pair, places)]
        match, pair = match_pair(by_name, claim)
        if match is Match.SAME:
            return pair
    return None


def hand_over(
    people: SchoolPeople, pair: PairState, person: PersonState, *, side: str, places: tuple[str, str]
) -> None:
    """Gives the pair to its rightful person, with the whole participation when that was by name only too."""
    held: ParticipationState = getattr(pair, side)
    if held.person is person:
        return
    # The other base may have been the one that wrote the name with «ё».
    person.spell(held.person.name)
    pairs = people.pairs_by_participation[id(held)]
    has_none = not any(item.role == held.role for item in person.participations)
    if has_none and not held["base_place"] and all(_is_by_name(each, places) for each in pairs):
        people.give_participation(held, person)
        return
    target = person.open_participation(held.role, pair["started_on"])
    target = target or people.add_participation(person, held.role)
    # The other base has said of the partner where it was, whoever the partner is.
    if not target["workplace"]:
        target.complete("workplace", held["workplace"])
    people.give_pair(pair, side, target)


def _is_by_name(pair: PairState, places: tuple[str, str]) -> bool:
    """Whether only the other base has named the pair: no row of the person's own stands for it."""
    own_place, other_place = places
    return bool(pair[other_place]) and not pair[own_place] and pair.claimed_by is None
