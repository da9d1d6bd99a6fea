"""The register of mentees."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentors.bulk.people import ChangeMentees, EndPeople
from mentors.bulk.programs import IncludePeople
from mentors.enums import Side
from mentors.models import Diagnostic, Participation, Program
from mentors.registers import doings
from mentors.registers.common import NamedRegister, organization_column, text_column
from mentors.registers.filters import MenteeFilters
from mentors.registers.lines import attach_lines
from mentors.registers.people_columns import (
    PARTICIPANT,
    assign_link,
    class_column,
    counterpart,
    filled_column,
    form_column,
    meeting_columns,
    name_column,
    person_columns,
    position_column,
    status_column,
    who_column,
)
from mentors.registers.words import form_words
from orgs.registers.columns import Column
from orgs.registers.register import SystemView


def _program() -> dict:
    ours = Q(pair__mentee=OuterRef("pk")) | Q(group__pairs__mentee=OuterRef("pk"))
    newest = Program.objects.filter(ours).order_by("-started_on", "-pk")
    return {
        "program_title": Subquery(newest.values("title")[:1]),
        "has_route": Exists(newest.filter(learning_route=True)),
    }


def _diagnosed() -> dict:
    newest = Diagnostic.objects.filter(participation=OuterRef("pk")).order_by("-held_on", "-pk")
    return {"diagnosed_on": Subquery(newest.values("held_on")[:1])}


class MenteeRegister(NamedRegister):
    """«Наставляемые»."""

    code = "mentees"
    model = Participation
    object_type = "mentors.participation"
    title = _("Mentees")
    side = Side.MENTEE
    filters_class = MenteeFilters
    reads = PARTICIPANT
    columns = (
        name_column("mentee"),
        class_column(),
        organization_column(),
        text_column("request", pgettext_lazy("of a mentee", "Request"), "main_request", card="fact"),
        form_column(),
        Column(
            "mentor",
            _("Mentor"),
            lambda row, drawing: counterpart(row, drawing, with_class=True),
            wrap=assign_link,
            css="c-clip",
            card="fact",
        ),
        *meeting_columns(card="fact"),
        filled_column(Side.MENTEE),
        status_column(),
        Column(
            "category",
            _("Category"),
            lambda row, drawing: form_words(row.category.title) if row.category_id else "",
            default=False,
            css="c-clip",
            reads=("category__title",),
        ),
        who_column(Side.MENTEE, default=False),
        position_column(default=False),
        Column(
            "program",
            _("Programme"),
            lambda row, drawing: row.program_title or "",
            default=False,
            css="c-clip",
            extra=_program,
        ),
        Column(
            "route",
            _("Learning route"),
            lambda row, drawing: str(_("Yes")) if row.has_route else "",
            default=False,
            extra=_program,
            name=_("Individual learning route"),
        ),
        Column(
            "diagnosed",
            _("Diagnostic"),
            lambda row, drawing: row.diagnosed_on,
            kind="date",
            default=False,
            extra=_diagnosed,
            name=_("Last diagnostic"),
        ),
        text_column("results", _("Result"), "results", default=False),
        *person_columns(),
    )
    system_views = (
        SystemView("active", _("All active"), ""),
        SystemView("incomplete", _("Incomplete records"), "only=incomplete"),
        SystemView("no_pair", _("Without a mentor"), "only=no_pair"),
        SystemView("young", _("Young teachers (up to 3 years of teaching)"), "only=young"),
        SystemView("ended", _("Ended the programme"), "state=ended"),
    )

    actions = (ChangeMentees, IncludePeople, EndPeople)

    def source(self):
        return self.seen(Participation).filter(role=self.side)

    @classmethod
    def related(cls, rows):
        return rows.select_related("person", "organization", "category", "form")

    def doings(self, row):
        return doings.of_participant(row, self.drawing)

    def load(self, rows):
        attach_lines(rows, self.side, self.drawing.year)
