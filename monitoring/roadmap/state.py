"""In what state activities are: marked by people, or overdue by the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.badges import Badge
from common.charts.timeline import DONE, DROPPED, LATE, PLANNED, RUNNING
from monitoring.enums import ActivityStatus
from monitoring.models import ActivityOccurrence, RoadmapActivity


class State(TextChoices):
    """The five words of the page; «overdue» is never stored."""

    NOT_STARTED = "not_started", pgettext_lazy("activity", "not started")
    RUNNING = "running", pgettext_lazy("activity", "in progress")
    DONE = "done", pgettext_lazy("activity", "done")
    OVERDUE = "overdue", _("overdue")
    DROPPED = "dropped", _("dropped")


BARS = {
    State.NOT_STARTED: PLANNED,
    State.RUNNING: RUNNING,
    State.DONE: DONE,
    State.OVERDUE: LATE,
    State.DROPPED: DROPPED,
}


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a yearly activity, marked or not."""

    year: int
    state: State
    mark: ActivityOccurrence | None

    @property
    def badge(self) -> Badge:
        return badge_of(self.state)


def state_of(activity: RoadmapActivity, years: Sequence[Year], on: datetime.date) -> State:
    """The state on a day.

    A yearly activity is overdue while one of its past years is neither done nor dropped, and done when every
    year is. Dropping the whole activity settles it whatever its years say.
    """
    if activity.status == ActivityStatus.DROPPED:
        return State.DROPPED
    if not activity.yearly or not years:
        return _marked(activity.status, activity.ends_on, on)
    states = [year.state for year in years]
    if State.OVERDUE in states:
        return State.OVERDUE
    if all(state in (State.DONE, State.DROPPED) for state in states):
        return State.DONE
    if set(states) == {State.NOT_STARTED} and activity.status == ActivityStatus.NOT_STARTED:
        return State.NOT_STARTED
    return State.RUNNING


def years_of(
    activity: RoadmapActivity, marks: dict[int, ActivityOccurrence], on: datetime.date
) -> list[Year]:
    """The years of a yearly activity with their states on a day; empty for others."""
    if not activity.yearly:
        return []
    found = []
    for year in activity.years:
        mark = marks.get(year)
        status = mark.status if mark else ActivityStatus.NOT_STARTED
        found.append(Year(year, _marked(status, last_day(activity, year), on), mark))
    return found


def last_day(activity: RoadmapActivity, year: int) -> datetime.date:
    """The last day on which a yearly activity can be done in one of its years."""
    return min(activity.ends_on, datetime.date(year, 12, 31))


def badge_of(state: State) -> Badge:
    """A state in words and shape."""
    label = str(state.label).capitalize()
    return {
        State.NOT_STARTED: Badge(label, shape="wait", plain=True),
        State.RUNNING: Badge(label, shape="near", plain=True),
        State.DONE: Badge(label, shape="ok", plain=True),
        State.OVERDUE: Badge(label, "bad", "bad"),
        State.DROPPED: Badge(label, shape="none", plain=True),
    }[state]


def _marked(status: str, end: datetime.date | None, on: datetime.date) -> State:
    settled = status in (ActivityStatus.DONE, ActivityStatus.DROPPED)
    if not settled and end is not None and end < on:
        return State.OVERDUE
    return State(status)
