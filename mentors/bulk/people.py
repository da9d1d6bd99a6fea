"""Actions on chosen mentors or mentees."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from common.forms import Row
from common.recorded import update_all
from mentors.bulk.common import NOT_CHANGED, ChangeAction, EndingForm, ValuesForm
from mentors.dictionaries import MenteeCategory, MentoringForm
from mentors.enums import Population, Side
from mentors.forms.fields import ClassField
from mentors.models import Pair
from mentors.services import end_participations
from orgs.registers.bulk import BulkAction, Left, Line, people_count


class MenteeChangeForm(ValuesForm):
    """Values for the chosen mentees; an empty field changes nothing."""

    class_name = ClassField(
        label=gettext_lazy("Class"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    category = forms.ModelChoiceField(
        MenteeCategory.objects.filter(active=True),
        label=gettext_lazy("Category"),
        required=False,
        empty_label=NOT_CHANGED,
    )
    form = forms.ModelChoiceField(
        MentoringForm.objects.filter(active=True),
        label=gettext_lazy("Form of mentoring"),
        required=False,
        empty_label=NOT_CHANGED,
    )
    main_request = forms.CharField(label=gettext_lazy("Main request"), required=False, max_length=500)
    layout = (Row(("class_name", 1), ("form", 2), ("category", 3)), Row(("main_request", 6)))


class MentorChangeForm(ValuesForm):
    """Values for the chosen mentors; an empty field changes nothing."""

    population = forms.ChoiceField(
        choices=[("", NOT_CHANGED), *Population.choices],
        label=gettext_lazy("Who it is"),
        required=False,
        widget=forms.Select(attrs={"autofocus": True}),
    )
    class_name = ClassField(label=gettext_lazy("Class"), required=False, max_length=20)
    form = forms.ModelChoiceField(
        MentoringForm.objects.filter(active=True),
        label=gettext_lazy("Form of mentoring"),
        required=False,
        empty_label=NOT_CHANGED,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("How many mentees at most"),
        required=False,
        validators=(MinValueValidator(1), MaxValueValidator(100)),
    )
    layout = (Row(("population", 2), ("class_name", 1), ("form", 3)), Row(("capacity", 2)))


def _words(name: str):
    def words(row) -> str:
        value = getattr(row, name)
        return "" if value is None else str(value)

    return words


class _ChangePeople(ChangeAction):
    def refusal(self, row, wanted):
        who = wanted.get("population", row.population)
        if wanted.get("class_name", row.class_name) and who not in ("", Population.PUPIL):
            return _("only a pupil has a class")
        return ""

    def apply(self, actor, data):
        wanted, rows = self.changes(data), self.changed_rows(data)
        for row in rows:
            for name, value in wanted.items():
                setattr(row, name, value)
        update_all(actor, rows, list(wanted), reason=_("Bulk change"))
        return ngettext("%(n)d record is changed", "%(n)d records are changed", len(rows)) % {"n": len(rows)}


class ChangeMentees(_ChangePeople):
    form_class = MenteeChangeForm
    fields = {name: _words(name) for name in ("class_name", "category", "form", "main_request")}


class ChangeMentors(_ChangePeople):
    form_class = MentorChangeForm
    fields = {
        "population": lambda row: str(row.get_population_display()) if row.population else "",
        **{name: _words(name) for name in ("class_name", "form", "capacity")},
    }

    def plan(self, data):
        lines, left = super().plan(data)
        titles = {str(value): str(words) for value, words in Population.choices}
        chosen = data.get("population") or ""
        if not chosen:
            return lines, left
        shown = [
            Line(line.name, line.was, line.becomes.replace(f": {chosen}", f": {titles[chosen]}", 1))
            for line in lines
        ]
        return shown, left

    def sentence(self, data, lines):
        chosen = data.get("population") or ""
        text = super().sentence(data, lines)
        return text.replace(f"→ {chosen}", f"→ {Population(chosen).label}", 1) if chosen else text


class EndPeople(BulkAction):
    """Ends the participation of the chosen people, and their pairs, on one day."""

    code = "end"
    label = gettext_lazy("End the participation…")
    form_class = EndingForm

    def _ready(self, data: dict) -> tuple[list, list[Left]]:
        day, ready, left = data.get("ended_on"), [], []
        for row in self.rows:
            if row.ended_on is not None:
                why = _("the participation ended on %(date)s") % {"date": f"{row.ended_on:%d.%m.%Y}"}
                left.append(Left(self.register.row_name(row), why))
            elif day and row.started_on and row.started_on > day:
                why = _("the participation began later, on %(date)s") % {"date": f"{row.started_on:%d.%m.%Y}"}
                left.append(Left(self.register.row_name(row), why))
            else:
                ready.append(row)
        return ready, left

    def plan(self, data):
        ready, left = self._ready(data)
        day = data.get("ended_on")
        reason = data.get("end_reason")
        became = _("Ended participation")
        if day:
            became = f"{became}, {day:%d.%m.%Y}"
        if reason:
            became = f"{became}, {reason}"
        return [Line(self.register.row_name(row), row.status.label, became) for row in ready], left

    def sentence(self, data, lines):
        ready, _left = self._ready(data)
        pairs = self._open_pairs(ready).count()
        text = ngettext(
            "The status of %(n)d person will change: %(was)s → %(becomes)s.",
            "The status of %(n)d people will change: %(was)s → %(becomes)s.",
            len(lines),
        ) % {
            "n": len(lines),
            "was": pgettext("participant", "Active"),
            "becomes": _("Ended participation"),
        }
        if pairs:
            text += " " + ngettext(
                "%(n)d open pair of theirs ends on the same day.",
                "%(n)d open pairs of theirs end on the same day.",
                pairs,
            ) % {"n": pairs}
        return text

    def button(self, lines):
        return ngettext(
            "End the participation of %(n)d person", "End the participation of %(n)d people", len(lines)
        ) % {"n": len(lines)}

    def apply(self, actor, data):
        ready, _left = self._ready(data)
        end_participations(
            actor=actor,
            participations=ready,
            ended_on=data["ended_on"],
            end_reason=data["end_reason"],
            reason=_("Bulk change"),
        )
        return _("Participation ended: %(people)s") % {"people": people_count(len(ready))}

    def _open_pairs(self, rows):
        side = self.register.side
        lookup = "mentor__in" if side == Side.MENTOR else "mentee__in"
        return Pair.objects.visible_to(self.register.scope).open().filter(**{lookup: rows})
