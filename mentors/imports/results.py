"""What a loaded base has brought and what is to be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.importing import NextStep, Thing
from common.traces import KEYS_IN_A_QUERY
from mentors import queries
from mentors.enums import Side
from mentors.models import Pair, Participation

THINGS = (
    Thing(
        "mentors",
        gettext_lazy("Mentors"),
        lambda n: ngettext("%(n)d mentor", "%(n)d mentors", n) % {"n": n},
        "mentors",
    ),
    Thing(
        "mentees",
        gettext_lazy("Mentees"),
        lambda n: ngettext("%(n)d mentee", "%(n)d mentees", n) % {"n": n},
        "mentees",
    ),
    Thing(
        "pairs",
        gettext_lazy("Pairs"),
        lambda n: ngettext("%(n)d pair", "%(n)d pairs", n) % {"n": n},
        "pairs",
    ),
)


def tally(added: Mapping[type[models.Model], Sequence[int]]) -> dict[str, int]:
    """How many mentors, mentees and pairs the new rows are."""
    keys = list(added.get(Participation, ()))
    mentors = 0
    for start in range(0, len(keys), KEYS_IN_A_QUERY):
        chosen = keys[start : start + KEYS_IN_A_QUERY]
        mentors += Participation.objects.filter(pk__in=chosen, role=Side.MENTOR).count()
    return {"mentors": mentors, "mentees": len(keys) - mentors, "pairs": len(added.get(Pair, ()))}


def next_steps(scope, organization) -> list[NextStep]:
    """Mentees without a mentor, pupils without a birth, pairs without a programme, at this school."""
    people = queries.active(Participation.objects.visible_to(scope).filter(organization=organization))
    pairs = queries.active(Pair.objects.visible_to(scope).filter(organization=organization))
    mentees, mentors = people.filter(role=Side.MENTEE), people.filter(role=Side.MENTOR)
    lonely = queries.without_pair(mentees, side=Side.MENTEE).count()
    free = queries.without_pair(mentors, side=Side.MENTOR).count()
    unborn = queries.pupils_without_birth_year(mentees, side=Side.MENTEE).count()
    unplanned = queries.without_program(pairs).count()
    steps = []
    if lonely:
        steps.append(
            NextStep(
                ngettext(
                    "Find a mentor: %(n)d mentee without a pair",
                    "Find mentors: %(n)d mentees without a pair",
                    lonely,
                )
                % {"n": lonely},
                ngettext("%(n)d mentor is free", "%(n)d mentors are free", free) % {"n": free},
                "users",
                "mentees",
                (("only", "no_pair"),),
            )
        )
    if unborn:
        steps.append(
            NextStep(
                ngettext(
                    "Add the year of birth of %(n)d mentee",
                    "Add the year of birth of %(n)d mentees",
                    unborn,
                )
                % {"n": unborn},
                _("Pupils are counted by age, without the year they are left out"),
                "file-text",
                "mentees",
                (("only", "no_birth_year"),),
            )
        )
    if unplanned:
        steps.append(
            NextStep(
                ngettext("Write a programme for %(n)d pair", "Write programmes for %(n)d pairs", unplanned)
                % {"n": unplanned},
                _("A programme says what the pair wants to reach and by when"),
                "clipboard-check",
                "pairs",
                (("only", "no_program"),),
            )
        )
    return steps
