"""What the checks look at: the visible organizations, the period, and the figures already computed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from common.dates import today
from mentors.enums import Side
from monitoring.period import ReportingPeriod
from monitoring.showing import Shown

USUAL_AGES = {Side.MENTEE: (10, 18), Side.MENTOR: (15, 18)}
AGED = {Side.MENTEE: "pupil_mentees", Side.MENTOR: "pupil_mentors"}


@dataclass(frozen=True)
class Ground:
    """``places``: organizations that the scope may see, as a queryset."""

    shown: Shown
    places: QuerySet

    @property
    def period(self) -> ReportingPeriod:
        return self.shown.period

    @cached_property
    def day(self) -> datetime.date:
        """The reporting date, or today while it is still to come: pairs and meetings are judged by it."""
        return min(self.period.as_of, today())

    @cached_property
    def hidden(self) -> set[int]:
        """Organizations whose answers are not shown; no warning may tell of them either."""
        return set().union(*self.shown.hidden.values())

    def ages(self, side: str) -> tuple[int, int]:
        """The range of full years that the indicator of pupils on this side counts."""
        definition = self.shown.definition(AGED[side])
        return (definition.numerator.ages if definition else None) or USUAL_AGES[side]
