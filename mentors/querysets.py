"""Chainable filters of people, participations and pairs."""

from __future__ import annotations

import datetime

from django.db.models import Q

from orgs.querysets import ScopedQuerySet


class PersonQuerySet(ScopedQuerySet):
    """People; a person is visible through any participation in a visible organization."""

    def visible_to(self, scope):
        from mentors.models import Participation

        if scope.sees_everything:
            return super().visible_to(scope)
        seen = Participation.objects.visible_to(scope).values("person")
        return self.filter(Q(pk__in=seen) | Q(user=scope.user_id, user__isnull=False))


class HidingQuerySet(ScopedQuerySet):
    """Rows of which some are out of every list and file: somebody's consent was withdrawn (152-ФЗ, art. 21).

    ``hidden_lookup`` of the model is the path to the mark; an empty path on the way hides nothing.
    """

    def visible_to(self, scope):
        return super().visible_to(scope).filter(self._shown())

    def of_places(self, scope):
        return super().of_places(scope).filter(self._shown())

    def known_to(self, scope):
        """The visible rows and the hidden ones of the same places.

        For the school that settles a withdrawal, and for imports, which must not enter the person anew.
        """
        return super().visible_to(scope)

    def _shown(self) -> Q:
        return Q(**{getattr(self.model, "hidden_lookup", "is_hidden"): False})


class GroupQuerySet(ScopedQuerySet):
    """Groups; a group is about everybody in its pairs."""

    def about(self, user_id: int) -> Q:
        return Q(pk__in=_groups_of(user_id))


class PairOrGroupQuerySet(HidingQuerySet):
    """What a pair or a group does; ``group_lookup`` of the model is the path to the group."""

    def _shown(self) -> Q:
        # A row of a group has no pair, and an empty mark is not hidden.
        return ~Q(**{self.model.hidden_lookup: True})

    def about(self, user_id: int) -> Q:
        group = getattr(self.model, "group_lookup", "group")
        return super().about(user_id) | Q(**{f"{group}__in": _groups_of(user_id)})


def _groups_of(user_id: int):
    from mentors.models import Pair

    mine = Q(mentor__person__user=user_id) | Q(mentee__person__user=user_id)
    return Pair.objects.filter(mine, group__isnull=False).values("group")


def within(start: datetime.date, end: datetime.date) -> Q:
    """The condition of a row that it began by ``end`` and had not ended before ``start``."""
    return Q(started_on__lte=end) & (Q(ended_on__isnull=True) | Q(ended_on__gte=start))


class PeriodQuerySet(HidingQuerySet):
    """Rows with ``started_on`` and ``ended_on``; the end day still belongs to the period."""

    def open(self):
        """Rows without an end date."""
        return self.filter(ended_on__isnull=True)

    def active_on(self, date: datetime.date):
        """Rows that had begun and had not ended on the date; a row without a start has not begun."""
        return self.filter(started_on__lte=date).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=date))

    def within(self, start: datetime.date, end: datetime.date):
        """Rows that began by ``end`` and had not ended before ``start``."""
        return self.filter(within(start, end))
