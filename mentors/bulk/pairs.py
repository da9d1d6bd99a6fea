"""Actions on chosen pairs."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from common.dates import today
from common.forms import DateField, PortalForm, Row
from common.recorded import update_all
from mentors.bulk.common import NOT_CHANGED, ChangeAction, EndingForm, ValuesForm
from mentors.dictionaries import MentoringKind, Stage
from mentors.enums import MeetingMode
from mentors.models import Meeting
from mentors.presenters import last_meeting, meetings
from mentors.services import close_pairs, record_meetings
from mentors.services.pairs import finished_mark
from orgs.registers.bulk import BulkAction, Left, Line


class PairChangeForm(ValuesForm):
    """Values for the chosen pairs; an empty field changes nothing."""

    stage = forms.ModelChoiceField(
        Stage.objects.filter(active=True),
        label=gettext_lazy("Stage"),
        required=False,
        empty_label=NOT_CHANGED,
        widget=forms.Select(attrs={"autofocus": True}),
    )
    kind = forms.ModelChoiceField(
        MentoringKind.objects.filter(active=True),
        label=gettext_lazy("Kind of mentoring"),
        required=False,
        empty_label=NOT_CHANGED,
    )
    layout = (Row(("stage", 3), ("kind", 3)),)


class ChangePairs(ChangeAction):
    form_class = PairChangeForm
    fields = {
        "stage": lambda row: row.stage.title if row.stage_id else "",
        "kind": lambda row: row.kind.title if row.kind_id else "",
    }

    def apply(self, actor, data):
        wanted, rows = self.changes(data), self.changed_rows(data)
        for row in rows:
            for name, value in wanted.items():
                setattr(row, name, value)
        update_all(actor, rows, list(wanted), reason=_("Bulk change"))
        return ngettext("%(n)d pair is changed", "%(n)d pairs are changed", len(rows)) % {"n": len(rows)}


class MeetingsForm(PortalForm):
    """One meeting for each of the chosen pairs: the same day, topic and mode."""

    topic = forms.CharField(
        label=gettext_lazy("Topic"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the topic of the meeting.")},
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    held_on = DateField(label=gettext_lazy("Meeting"), initial=today)
    minutes = forms.IntegerField(
        label=gettext_lazy("Length, minutes"),
        initial=45,
        validators=(MinValueValidator(1), MaxValueValidator(600)),
    )
    mode = forms.ChoiceField(
        choices=MeetingMode.choices,
        label=gettext_lazy("How it was held"),
        widget=forms.RadioSelect,
        initial=MeetingMode.IN_PERSON,
    )
    layout = (Row(("topic", 6)), Row(("held_on", 2), ("minutes", 2)), "mode")

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > today():
            raise forms.ValidationError(
                _("The meeting lies in the future. Record it after it has been held.")
            )
        return day


class RecordMeetings(BulkAction):
    """Notes a meeting for each of the chosen pairs."""

    code = "meetings"
    label = gettext_lazy("Record meetings…")
    form_class = MeetingsForm
    free_text = frozenset({"topic", "minutes", "mode"})

    def _ready(self, data: dict) -> tuple[list, list[Left]]:
        day, ready, left = data.get("held_on"), [], []
        for pair in self.rows:
            name = self.register.row_name(pair)
            if day and pair.started_on and pair.started_on > day:
                why = _("the pair began later, on %(date)s") % {"date": f"{pair.started_on:%d.%m.%Y}"}
                left.append(Left(name, why))
            elif day and pair.ended_on and pair.ended_on < day:
                why = _("the pair ended on %(date)s") % {"date": f"{pair.ended_on:%d.%m.%Y}"}
                left.append(Left(name, why))
            else:
                ready.append(pair)
        return ready, left

    def plan(self, data):
        ready, left = self._ready(data)
        day = data.get("held_on")
        lines = []
        for pair in ready:
            last, held = last_meeting(pair), meetings(pair)
            newest = max(filter(None, (last, day)), default=None)
            lines.append(Line(self.register.row_name(pair), _held(held, last), _held(held + 1, newest)))
        return lines, left

    def sentence(self, data, lines):
        day = data.get("held_on")
        return ngettext(
            "A meeting of %(day)s will be noted for %(n)d pair.",
            "A meeting of %(day)s will be noted for each of %(n)d pairs.",
            len(lines),
        ) % {"n": len(lines), "day": f"{day:%d.%m.%Y}" if day else "…"}

    def button(self, lines):
        return ngettext("Record a meeting of %(n)d pair", "Record meetings of %(n)d pairs", len(lines)) % {
            "n": len(lines)
        }

    def apply(self, actor, data):
        ready, _left = self._ready(data)
        record_meetings(
            actor=actor,
            meetings=[Meeting(pair=pair, **data) for pair in ready],
            reason=_("Bulk change"),
        )
        return ngettext(
            "A meeting of %(n)d pair is recorded", "Meetings of %(n)d pairs are recorded", len(ready)
        ) % {"n": len(ready)}


def _held(number: int, last) -> str:
    text = ngettext("%(n)d meeting", "%(n)d meetings", number) % {"n": number}
    return (
        _("%(meetings)s, the last on %(date)s") % {"meetings": text, "date": f"{last:%d.%m.%Y}"}
        if last
        else text
    )


class EndPairs(BulkAction):
    """Ends the chosen pairs on one day with one reason."""

    code = "end"
    label = gettext_lazy("End the pairs…")
    form_class = EndingForm

    def _ready(self, data: dict) -> tuple[list, list[Left]]:
        day, ready, left = data.get("ended_on"), [], []
        for pair in self.rows:
            name = self.register.row_name(pair)
            if pair.ended_on is not None:
                why = _("the pair ended on %(date)s") % {"date": f"{pair.ended_on:%d.%m.%Y}"}
                left.append(Left(name, why))
            elif day and pair.started_on and pair.started_on > day:
                why = _("the pair began later, on %(date)s") % {"date": f"{pair.started_on:%d.%m.%Y}"}
                left.append(Left(name, why))
            else:
                ready.append(pair)
        return ready, left

    def plan(self, data):
        ready, left = self._ready(data)
        day, reason = data.get("ended_on"), data.get("end_reason")
        became = pgettext("pair", "Ended")
        if day:
            became = f"{became}, {day:%d.%m.%Y}"
        if reason:
            became = f"{became}, {reason}"
        return [Line(self.register.row_name(pair), pair.status.label, became) for pair in ready], left

    def sentence(self, data, lines):
        return ngettext(
            "The status of %(n)d pair will change: %(was)s → %(becomes)s.",
            "The status of %(n)d pairs will change: %(was)s → %(becomes)s.",
            len(lines),
        ) % {"n": len(lines), "was": pgettext("pair", "Active"), "becomes": pgettext("pair", "Ended")}

    def button(self, lines):
        return ngettext("End %(n)d pair", "End %(n)d pairs", len(lines)) % {"n": len(lines)}

    def apply(self, actor, data):
        ready, _left = self._ready(data)
        close_pairs(
            actor=actor,
            pairs=ready,
            ended_on=data["ended_on"],
            completion_mark=finished_mark(data["end_reason"]),
            end_reason=data["end_reason"],
            reason=_("Bulk change"),
        )
        return ngettext("%(n)d pair is ended", "%(n)d pairs are ended", len(ready)) % {"n": len(ready)}
