"""The register of mentors."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentors import queries
from mentors.bulk.people import ChangeMentors, EndPeople
from mentors.bulk.programs import IncludePeople
from mentors.enums import Side
from mentors.models import Pair, Participation, Training
from mentors.registers import doings
from mentors.registers.common import NamedRegister, organization_column, text_column
from mentors.registers.filters import MentorFilters
from mentors.registers.lines import attach_lines
from mentors.registers.people_columns import (
    PARTICIPANT,
    counterpart,
    filled_column,
    form_column,
    meeting_columns,
    name_column,
    pair_links,
    person_columns,
    status_column,
    who_column,
)
from orgs.registers.columns import Column
from orgs.registers.register import SystemView


def _pair_count(*, current: bool) -> Coalesce:
    found = Pair.objects.filter(mentor=OuterRef("pk"))
    found = (queries.active(found) if current else found).order_by().values("mentor")
    return Coalesce(Subquery(found.annotate(found=Count("pk")).values("found")), 0)


def _trained() -> dict:
    newest = Training.objects.filter(participation=OuterRef("pk")).order_by("-completed_on", "-pk")
    return {
        "trained_on": Subquery(newest.values("completed_on")[:1]),
        "in_regional_base": Exists(newest.filter(in_regional_base=True)),
    }


def _place(row, drawing) -> str:
    return row.class_name or row.position or row.workplace


class MentorRegister(NamedRegister):
    """«Наставники»."""

    code = "mentors"
    model = Participation
    object_type = "mentors.participation"
    title = _("Mentors")
    side = Side.MENTOR
    filters_class = MentorFilters
    reads = PARTICIPANT
    columns = (
        name_column("mentor"),
        who_column(Side.MENTOR),
        Column(
            "class",
            _("Position, class"),
            _place,
            sort=Coalesce("position", "class_name"),
            css="c-clip--s",
            card="line",
            reads=("class_name", "position", "workplace"),
            name=_("Position or class"),
        ),
        organization_column(),
        form_column(),
        text_column("competencies", _("Competencies"), "competencies", card="fact"),
        Column(
            "pairs",
            pgettext_lazy("column", "Pairs"),
            lambda row, drawing: row.pairs_now,
            kind="integer",
            sort=lambda: _pair_count(current=True),
            extra=lambda: {"pairs_now": _pair_count(current=True)},
            name=_("Pairs that go on"),
            card="fact",
        ),
        Column(
            "pairs_all",
            _("In all"),
            lambda row, drawing: row.pairs_ever,
            kind="integer",
            sort=lambda: _pair_count(current=False),
            extra=lambda: {"pairs_ever": _pair_count(current=False)},
            name=_("Pairs in all"),
        ),
        filled_column(Side.MENTOR),
        status_column(),
        Column(
            "mentees",
            _("Mentees"),
            lambda row, drawing: counterpart(row, drawing, with_class=True),
            wrap=pair_links,
            default=False,
            css="c-clip",
        ),
        *meeting_columns(default=False),
        Column(
            "capacity",
            _("Takes"),
            lambda row, drawing: row.capacity,
            kind="integer",
            default=False,
            name=_("How many mentees at most"),
            reads=("capacity",),
        ),
        Column(
            "trained",
            _("Trained"),
            lambda row, drawing: row.trained_on,
            kind="date",
            default=False,
            extra=_trained,
            name=_("Completed a course on mentoring"),
        ),
        Column(
            "regional",
            _("Regional base"),
            lambda row, drawing: str(_("Yes")) if row.in_regional_base else "",
            default=False,
            extra=_trained,
            name=_("In the regional base of mentors"),
        ),
        *person_columns(),
    )
    system_views = (
        SystemView("active", _("All active"), ""),
        SystemView("incomplete", _("Incomplete records"), "only=incomplete"),
        SystemView("no_pair", _("Without mentees"), "only=no_pair"),
        SystemView("ended", _("Ended the programme"), "state=ended"),
    )

    actions = (ChangeMentors, IncludePeople, EndPeople)

    def source(self):
        return self.seen(Participation).filter(role=self.side)

    @classmethod
    def related(cls, rows):
        return rows.select_related("person", "organization", "form")

    def doings(self, row):
        return doings.of_participant(row, self.drawing)

    def load(self, rows):
        attach_lines(rows, self.side, self.drawing.year)
