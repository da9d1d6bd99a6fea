"""Distinct people by organization, and over all organizations together, in one statement.

People are gathered by organization first, each with a mark for every term; the figures and the totals are
sums of these marks. So each pair is looked at once for each side, and nothing is sorted to be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F

from monitoring.sources import Context, Source
from monitoring.terms import Term

# A term, and the organizations that its total counts at; None: at all of them.
Kind = tuple[Term, tuple[int, ...] | None]


@dataclass(frozen=True)
class DistinctPeople:
    """The statement that counts people for several kinds, a column of its rows for each."""

    source: Source
    context: Context
    kinds: Sequence[Kind]

    def rows(self) -> list[list]:
        """Rows (organization, number …), the total with None for the organization.

        An organization without rows in the source is not in the answer.
        """
        try:
            sql, parameters = self._statement()
        except EmptyResultSet:
            return []
        with connections[self._database].cursor() as cursor:
            cursor.execute(sql, parameters)
            rows = cursor.fetchall()
        # Mentors and mentees are gathered apart: what one part does not count is a zero there.
        found: dict[int | None, list] = {}
        for place, *numbers in rows:
            own = found.setdefault(place, [place, *[0] * len(self.kinds)])
            for column, number in enumerate(numbers, start=1):
                own[column] += number or 0
        return list(found.values())

    @cached_property
    def _database(self) -> str:
        return self.source.rows(self.context).db

    @cached_property
    def _columns(self) -> list[str]:
        """Paths to the people that are counted: mentors, mentees."""
        return list(dict.fromkeys(term.column for term, _taking_part in self.kinds))

    def _statement(self) -> tuple[str, list]:
        gathered, parameters, parts = [], [], []
        for number, column in enumerate(self._columns):
            sql, values = self._gathered(column)
            gathered.append(f"people_{number} AS ({sql})")
            parameters += values
        for number, column in enumerate(self._columns):
            sums = self._by_kind(column, "SUM({mark})")
            total, values = self._total(column, f"people_{number}")
            parts += [f"SELECT place, {sums} FROM people_{number} GROUP BY place", total]
            parameters += values
        return f"WITH {', '.join(gathered)} {' UNION ALL '.join(parts)}", parameters

    def _gathered(self, column: str) -> tuple[str, Sequence]:
        """People by organization with a mark for each term."""
        terms = dict.fromkeys(term for term, _taking_part in self.kinds if term.column == column)
        people = (
            self.source.rows(self.context)
            .order_by()
            .values(place=F(self.source.organization), person=F(column))
            .annotate(**{self._mark(term): term.mark(self.context) for term in terms})
            .values_list("place", "person", *map(self._mark, terms))
        )
        return people.query.get_compiler(self._database).as_sql()

    def _total(self, column: str, people: str) -> tuple[str, list[int]]:
        """Everybody once for all organizations together, counted where the organization takes part."""
        kinds = [(number, *kind) for number, kind in enumerate(self.kinds) if kind[0].column == column]
        limits = list(dict.fromkeys(taking_part for _number, _term, taking_part in kinds if taking_part))
        asked = ["*"] + [
            f"CASE WHEN place IN ({', '.join(['%s'] * len(taking_part))}) THEN 1 ELSE 0 END AS part_{number}"
            for number, taking_part in enumerate(limits)
        ]

        def limit(taking_part: tuple[int, ...] | None) -> str:
            if taking_part is None:
                return "1"
            return f"part_{limits.index(taking_part)}" if taking_part else "0"

        marks = [
            f"MAX({self._mark(term)} * {limit(taking_part)}) AS kind_{number}"
            for number, term, taking_part in kinds
        ]
        everybody = f"SELECT {', '.join(marks)} FROM (SELECT {', '.join(asked)} FROM {people}) AS asked"
        sql = (
            f"SELECT NULL, {self._by_kind(column, 'SUM(kind_{number})')} "
            f"FROM ({everybody} GROUP BY person) AS everybody"
        )
        return sql, [pk for taking_part in limits for pk in taking_part]

    def _by_kind(self, column: str, written: str) -> str:
        return ", ".join(
            written.format(mark=self._mark(term), number=number) if term.column == column else "0"
            for number, (term, _taking_part) in enumerate(self.kinds)
        )

    def _mark(self, term: Term) -> str:
        """The name of the term's mark; equal terms have one."""
        return f"mark_{[known for known, _taking_part in self.kinds].index(term)}"
