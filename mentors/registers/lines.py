"""Pairs of the people on a page, light: tuples of one query instead of thousands of model objects."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from common.dates import SchoolYear, today
from common.statements import Among, Statement
from common.text import PersonName
from mentors.enums import Side
from mentors.models import Pair, Participation
from mentors.presenters import current_pairs, participation_status
from mentors.queries import with_meetings

OTHER = {Side.MENTOR: Side.MENTEE, Side.MENTEE: Side.MENTOR}


class PairLine(NamedTuple):
    """What a register shows of a pair: the form, the other one, the period, the meetings."""

    owner_id: int
    pk: int
    form: str
    started_on: datetime.date | None
    ended_on: datetime.date | None
    population: str
    other_id: int
    last_name: str
    first_name: str
    patronymic: str
    class_name: str
    own_meetings: int
    group_meetings: int
    last_own: datetime.date | None
    last_in_group: datetime.date | None

    @property
    def other(self) -> str:
        """«Ким Р. Т.»: the other one, short for everybody."""
        return PersonName(self.last_name, self.first_name, self.patronymic).short


def attach_lines(rows: list[Participation], side: str, year: SchoolYear) -> None:
    """Gives each row ``shown_pairs``, ``current_pairs`` and ``status``; one query.

    Shown are the pairs that go on; of those who have left, and of a past year, all pairs of that time.
    """
    day = today()
    lines: dict[int, list[PairLine]] = {row.pk: [] for row in rows}
    if rows:
        left = [row.pk for row in rows if row.ended_on and row.ended_on < day]
        # A pair belongs to the organization of its two sides: whoever was given the rows may see their pairs.
        for values in _statement(side, year, day).read(keys=lines, left=left):
            lines[values[0]].append(PairLine._make(values))
    past = year != SchoolYear.of(day)
    for row in rows:
        row.shown_pairs = lines[row.pk]
        row.status = participation_status(row, day)
        row.current_pairs = row.shown_pairs if past else current_pairs(row, day)


def _shown(side: str, year: SchoolYear, day: datetime.date) -> Q:
    if year != SchoolYear.of(day):
        begun = Q(started_on__isnull=True) | Q(started_on__lte=year.end)
        return begun & (Q(ended_on__isnull=True) | Q(ended_on__gte=year.start))
    return Q(ended_on__isnull=True) | Q(ended_on__gte=day) | Q(Among(F(f"{side}_id"), "left"))


@lru_cache(maxsize=16)
def _statement(side: str, year: SchoolYear, day: datetime.date) -> Statement:
    """Values of pair lines of the participants with the ``keys``, of whom some have ``left``.

    The conditions hold the day.
    """
    other = OTHER[Side(side)]
    rows = (
        with_meetings(
            Pair.objects.filter(Among(F(f"{side}_id"), "keys"), _shown(side, year, day), is_hidden=False)
        )
        .order_by(Coalesce("ended_on", datetime.date.max).desc(), F("started_on").desc(nulls_last=True), "pk")
        .values_list(
            f"{side}_id",
            "pk",
            "form__title",
            "started_on",
            "ended_on",
            f"{side}_population",
            f"{other}_id",
            f"{other}__person__last_name",
            f"{other}__person__first_name",
            f"{other}__person__patronymic",
            f"{other}__class_name",
            "own_meetings",
            "group_meetings",
            "last_own",
            "last_in_group",
        )
    )
    return Statement(rows)
