"""The register of personal programmes."""

from __future__ import annotations

from fractions import Fraction

from django.db.models.functions import Collate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.ordering import RUSSIAN
from mentors import queries
from mentors.models import Program
from mentors.presenters import program_status
from mentors.registers import doings
from mentors.registers.common import (
    EARLY,
    NamedRegister,
    change_columns,
    date_column,
    organization_column,
    text_column,
)
from mentors.registers.filters import ProgramFilters
from orgs.registers.columns import Column, badge, link
from orgs.registers.register import SystemView


def whom(row, drawing) -> str:
    """The pair's names, or the group."""
    if row.group_id:
        return gettext("Group: %(title)s") % {"title": row.group.title}
    names = drawing.names
    return f"{names.name(row.pair.mentor)} — {names.name(row.pair.mentee)}"


class ProgramRegister(NamedRegister):
    """«Программы»."""

    code = "programs"
    model = Program
    object_type = "mentors.program"
    title = _("Programmes")
    filters_class = ProgramFilters
    columns = (
        Column(
            "title",
            _("Title"),
            lambda row, drawing: row.title,
            wrap=link("program", lambda row: row.pk),
            sort=Collate("title", RUSSIAN),
            card="title",
            width=40,
        ),
        Column("whom", _("For whom"), whom, css="c-clip--l", card="fact", width=40),
        organization_column(),
        Column(
            "steps",
            _("Steps done"),
            lambda row, drawing: row.steps_done if row.steps_planned else None,
            kind="integer",
            card="fact",
        ),
        Column(
            "planned",
            _("Steps planned"),
            lambda row, drawing: row.steps_planned or None,
            kind="integer",
            card="fact",
        ),
        Column(
            "progress",
            _("Done, %"),
            lambda row, drawing: Fraction(row.steps_done, row.steps_planned) if row.steps_planned else None,
            kind="percent",
            default=False,
        ),
        date_column("started", _("Since"), "started_on", empty=EARLY),
        date_column("ended", _("Until"), "ended_on"),
        Column(
            "status",
            _("Status"),
            lambda row, drawing: row.shown_status.label,
            wrap=lambda row, text, drawing: badge(row.shown_status, drawing),
            card="status",
        ),
        text_column("goal", _("Goal"), "goal", default=False),
        Column("mode", _("Mode"), lambda row, drawing: str(row.get_mode_display()), default=False),
        Column(
            "route",
            _("Learning route"),
            lambda row, drawing: str(_("Yes")) if row.learning_route else "",
            default=False,
            name=_("Individual learning route"),
        ),
        *change_columns(Program),
    )
    system_views = (
        SystemView("current", _("All in work"), ""),
        SystemView("running", _("Running ones"), "status=running"),
        SystemView("overdue", _("With overdue steps"), "only=overdue"),
        SystemView("completed", _("Completed ones"), "status=completed"),
        SystemView("all", _("All programmes"), "status=all"),
    )

    def source(self):
        return self.annotated(self.seen(Program))

    @classmethod
    def annotated(cls, rows):
        return queries.with_steps(rows)

    @classmethod
    def related(cls, rows):
        return rows.select_related("organization", "group", "pair__mentor__person", "pair__mentee__person")

    def doings(self, row):
        return doings.of_program(row, self.drawing)

    def load(self, rows):
        for program in rows:
            program.shown_status = program_status(program)
