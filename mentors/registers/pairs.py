"""The register of pairs."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentors import queries
from mentors.bulk.pairs import ChangePairs, EndPairs, RecordMeetings
from mentors.bulk.programs import IncludePairs
from mentors.models import Pair, Program
from mentors.presenters import last_meeting, meetings, pair_status
from mentors.registers import doings
from mentors.registers.common import (
    EARLY,
    NamedRegister,
    change_columns,
    class_key,
    date_column,
    organization_column,
    text_column,
)
from mentors.registers.filters import PairFilters
from mentors.registers.words import form_words
from orgs.registers.columns import Column, badge, link
from orgs.registers.register import SystemView

_LAST = Greatest(Coalesce("last_own", Value(EARLY)), Coalesce("last_in_group", Value(EARLY)))


def _program() -> dict:
    ours = Q(pair=OuterRef("pk")) | Q(group=OuterRef("group"), group__isnull=False)
    newest = Program.objects.filter(ours).order_by("-started_on", "-pk")
    return {"program_title": Subquery(newest.values("title")[:1])}


def _titled(code: str, heading, attribute: str) -> Column:
    """A dictionary row of the pair, off until chosen."""
    return Column(
        code,
        heading,
        lambda row, drawing: form_words(getattr(row, attribute).title) if getattr(row, attribute) else "",
        default=False,
        css="c-clip",
    )


class PairRegister(NamedRegister):
    """«Пары»."""

    code = "pairs"
    model = Pair
    object_type = "mentors.pair"
    title = _("Pairs")
    filters_class = PairFilters
    columns = (
        Column(
            "mentee",
            _("Mentee"),
            lambda row, drawing: drawing.names.name(row.mentee),
            wrap=link("pair", lambda row: row.pk),
            sort="mentee__person__name_key",
            card="title",
            width=34,
        ),
        Column(
            "class",
            _("Class"),
            lambda row, drawing: row.mentee.class_name,
            sort=class_key("mentee__class_name"),
            card="line",
        ),
        Column(
            "mentor",
            _("Mentor"),
            lambda row, drawing: drawing.names.name(row.mentor),
            sort="mentor__person__name_key",
            card="fact",
            width=34,
        ),
        organization_column(),
        Column(
            "form",
            _("Form"),
            lambda row, drawing: form_words(row.form.title),
            sort="form__title",
            css="c-clip",
            card="fact",
            name=_("Form of mentoring"),
        ),
        date_column("started", _("Since"), "started_on", empty=EARLY),
        Column(
            "meetings",
            pgettext_lazy("column", "Meetings"),
            lambda row, drawing: meetings(row),
            kind="integer",
            sort=F("own_meetings") + F("group_meetings"),
            name=_("Meetings held"),
            card="fact",
        ),
        Column(
            "last",
            pgettext_lazy("meeting", "Last"),
            lambda row, drawing: last_meeting(row),
            kind="day",
            sort=_LAST,
            name=_("Last meeting"),
        ),
        Column(
            "status",
            _("Status"),
            lambda row, drawing: row.status.label,
            wrap=lambda row, text, drawing: badge(row.status, drawing),
            card="status",
        ),
        date_column("ended", _("Until"), "ended_on", default=False),
        Column(
            "program",
            _("Programme"),
            lambda row, drawing: row.program_title or "",
            default=False,
            extra=_program,
            css="c-clip",
        ),
        Column(
            "group",
            _("Group"),
            lambda row, drawing: row.group.title if row.group_id else "",
            default=False,
            css="c-clip",
        ),
        _titled("kind", _("Kind of mentoring"), "kind"),
        _titled("stage", _("Stage"), "stage"),
        Column(
            "mark",
            _("Mark of completion"),
            lambda row, drawing: str(row.get_completion_mark_display()) if row.completion_mark else "",
            default=False,
        ),
        _titled("reason", _("Reason of the end"), "end_reason"),
        text_column("results", _("Result"), "mentee_results", default=False),
        *change_columns(Pair),
    )
    system_views = (
        SystemView("active", _("All active"), ""),
        SystemView("no_meetings", _("Without meetings for over 30 days"), "only=no_meetings"),
        SystemView("no_program", _("Without a programme"), "only=no_program"),
        SystemView("no_start", _("Without a start date"), "only=no_start"),
        SystemView("ended", pgettext_lazy("pairs", "Ended"), "state=ended"),
    )

    actions = (RecordMeetings, ChangePairs, IncludePairs, EndPairs)

    def source(self):
        return self.annotated(self.seen(Pair))

    @classmethod
    def annotated(cls, rows):
        return queries.with_meetings(rows)

    @classmethod
    def related(cls, rows):
        return rows.select_related(
            "organization",
            "form",
            "kind",
            "stage",
            "group",
            "end_reason",
            "mentor__person",
            "mentee__person",
        )

    def doings(self, row):
        return doings.of_pair(row, self.drawing)

    def load(self, rows):
        for pair in rows:
            pair.status = pair_status(pair, self.drawing.today)
            pair.meetings_held = meetings(pair)

    def row_name(self, row):
        names = self.names
        return f"{names.short_name(row.mentor)} — {names.short_name(row.mentee)}"
