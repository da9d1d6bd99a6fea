"""The roadmap as its page and its report show it."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.badges import Badge
from common.charts.timeline import Tick, TimelineRow, timeline
from monitoring.enums import ActivityStatus
from monitoring.models import ActivityOccurrence, Roadmap, RoadmapActivity, RoadmapSection
from monitoring.roadmap.state import BARS, State, Year, badge_of, last_day, state_of, years_of
from orgs.scope import Scope

SOON_DAYS = 30


@dataclass(slots=True)
class Row:
    """An activity with its state."""

    activity: RoadmapActivity
    state: State
    years: list[Year]

    @property
    def badge(self) -> Badge:
        return badge_of(self.state)

    @property
    def marks(self) -> list:
        """What carries evidence: the activity itself, or the years that are marked, the latest first."""
        if not self.years:
            return [self.activity]
        return [year.mark for year in reversed(self.years) if year.mark is not None]

    @property
    def shown_mark(self):
        """The mark whose evidence the table shows."""
        return next((mark for mark in self.marks if mark.evidence or mark.evidence_file), None)

    @property
    def unconfirmed(self) -> bool:
        """Whether it is done, and somebody has said that nothing confirms it."""
        return any(mark.status == ActivityStatus.DONE and mark.without_evidence for mark in self.marks)

    @property
    def late_since(self) -> datetime.date | None:
        """The last day of an overdue term, for a yearly activity that of its first overdue year."""
        if self.state != State.OVERDUE:
            return None
        years = [last_day(self.activity, year.year) for year in self.years if year.state == State.OVERDUE]
        return min(years, default=self.activity.ends_on)

    @property
    def drop_reason(self) -> str:
        return self.activity.note if self.state == State.DROPPED else ""

    @property
    def years_text(self) -> str:
        """«2 of 3 years» of a yearly activity."""
        done = sum(year.state in (State.DONE, State.DROPPED) for year in self.years)
        return ngettext("%(part)d of %(n)d year", "%(part)d of %(n)d years", len(self.years)) % {
            "part": done,
            "n": len(self.years),
        }


@dataclass(slots=True)
class Section:
    section: RoadmapSection
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """A roadmap on a day."""

    roadmap: Roadmap
    sections: list[Section]
    on: datetime.date

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    @property
    def overdue(self) -> list[Row]:
        return [row for row in self.rows if row.state == State.OVERDUE]

    @property
    def counts(self) -> Counter:
        return Counter(row.state for row in self.rows)

    @property
    def summary(self) -> str:
        """«Done 11 of 34 activities, overdue 1»"""
        counts, rows = self.counts, self.rows
        text = ngettext("Done %(part)d of %(n)d activity", "Done %(part)d of %(n)d activities", len(rows)) % {
            "part": counts[State.DONE],
            "n": len(rows),
        }
        if counts[State.OVERDUE]:
            text += ", " + _("overdue %(n)d") % {"n": counts[State.OVERDUE]}
        return text

    @property
    def finding(self) -> str:
        """What the chart shows, in a sentence for its heading."""
        counts = self.counts
        until = self.on + datetime.timedelta(days=SOON_DAYS)
        soon = sum(
            row.state in (State.NOT_STARTED, State.RUNNING)
            and row.activity.ends_on is not None
            and self.on <= row.activity.ends_on <= until
            for row in self.rows
        )
        late = counts[State.OVERDUE]
        parts = [
            ngettext("%(n)d activity is overdue", "%(n)d activities are overdue", late) % {"n": late}
            if late
            else _("nothing is overdue")
        ]
        if soon:
            parts.append(
                ngettext("%(n)d activity ends by %(day)s", "%(n)d activities end by %(day)s", soon)
                % {"n": soon, "day": f"{until:%d.%m.%Y}"}
            )
        return ", ".join(parts)

    def chart(self, year: int | None = None, *, narrow: bool = False) -> str:
        """The picture of one year, or of all years of the roadmap; ``narrow`` for a phone."""
        first, last = (year, year) if year else self.chart_years
        return timeline(
            _("Roadmap by quarters: %(finding)s") % {"finding": self.finding},
            [_timeline_row(row) for row in self.rows],
            first_year=first,
            last_year=last,
            today=self.on,
            narrow=narrow,
        )

    @property
    def chart_years(self) -> tuple[int, int]:
        """The years of the roadmap, and those of activities that begin before it or end after it."""
        days = [day for row in self.rows for day in (row.activity.starts_on, row.activity.ends_on) if day]
        years = {self.roadmap.first_year, self.roadmap.last_year} | {day.year for day in days}
        return min(years), max(years)


def read_plan(roadmap: Roadmap, scope: Scope, on: datetime.date) -> Plan:
    """The roadmap with the state of every activity on a day; three queries."""
    marks: dict[int, dict[int, ActivityOccurrence]] = defaultdict(dict)
    for mark in ActivityOccurrence.objects.visible_to(scope).filter(activity__section__roadmap=roadmap):
        marks[mark.activity_id][mark.year] = mark
    rows = defaultdict(list)
    activities = RoadmapActivity.objects.visible_to(scope).filter(section__roadmap=roadmap)
    for activity in activities.order_by("position", "pk"):
        rows[activity.section_id].append(read_row(activity, marks[activity.pk], on))
    sections = RoadmapSection.objects.visible_to(scope).filter(roadmap=roadmap).order_by("number")
    return Plan(roadmap, [Section(section, rows[section.pk]) for section in sections], on)


def read_row(activity: RoadmapActivity, marks: dict[int, ActivityOccurrence], on: datetime.date) -> Row:
    """One activity with the states of its years."""
    years = years_of(activity, marks, on)
    return Row(activity, state_of(activity, years, on), years)


def _timeline_row(row: Row) -> TimelineRow:
    activity = row.activity
    return TimelineRow(
        number=activity.number,
        label=" ".join(activity.title.split()),
        start=activity.starts_on,
        end=activity.ends_on,
        state=BARS[row.state],
        word=str(row.state.label),
        ticks=[Tick(last_day(activity, year.year), year.state == State.DONE) for year in row.years],
    )
