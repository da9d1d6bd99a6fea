"""Forms of a self-audit: one small form an item, filled in by the school or by the methodologist."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.enums import Achievement, Verdict
from checklists.models import ChecklistItem, ItemAnswer
from common.dates import today
from common.forms import AttachmentField, DateField, GuardedForm, PortalForm
from orgs.scope import Scope

COMMENT_LENGTH = 2000


class ItemForm(GuardedForm):
    """What somebody says of one item; a change that another person made meanwhile is asked about."""

    shown: tuple[str, ...] = ()

    def __init__(self, *args, item: ChecklistItem, given: ItemAnswer | None, stamp: str = "", **kwargs):
        self.item = item
        self.records = (given,) if given is not None else ()
        self.stamp = stamp
        said = {name: getattr(given, name) for name in self.shown} if given is not None else {}
        super().__init__(*args, prefix=f"item{item.number}", initial=said, **kwargs)
        self.fields[self.shown[-1]].widget.attrs["aria-label"] = _("%(field)s, item %(number)d") % {
            "field": self.fields[self.shown[-1]].label,
            "number": item.number,
        }

    @property
    def says_something_new(self) -> bool:
        """Whether the valid form differs from what is stored."""
        if not self.records:
            return any(self.cleaned_data.get(name) for name in self.shown)
        return bool(self.changes(self.records[0]))

    @property
    def said(self) -> dict:
        """The values as the keyword arguments of the services."""
        return {name: self.cleaned_data[name] for name in self.shown}


class AnswerForm(ItemForm):
    """The school's answer to one item."""

    shown = ("answer", "evidence", "comment")

    answer = forms.ChoiceField(
        label=_("Answer"), choices=Achievement.choices, required=False, widget=forms.RadioSelect
    )
    evidence = forms.CharField(
        label=_("Evidence: link, page and point, order"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    file = AttachmentField(label=_("Attach a file"), required=False)
    comment = forms.CharField(
        label=_("Comment"),
        max_length=COMMENT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 1}),
    )


class VerdictForm(ItemForm):
    """The methodologist's verdict on one item."""

    shown = ("verdict", "remark")

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=[(Verdict.ACCEPTED, _("I agree")), (Verdict.RETURNED, _("Return"))],
        required=False,
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("What is to be corrected"),
        max_length=COMMENT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Verdict.RETURNED and not cleaned.get("remark", "").strip():
            self.add_error("remark", _("Say what is to be corrected."))
        return cleaned

    @property
    def said(self) -> dict:
        """An item that is agreed with keeps no remark."""
        said = super().said
        return said if said["verdict"] == Verdict.RETURNED else said | {"remark": ""}


class ReturnForm(PortalForm):
    """Until when the school corrects what is returned."""

    due_on = DateField(label=_("Correct until"), required=False)


class OpenForm(PortalForm):
    """The year and the day of the self-audit that is opened for all schools."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    due_on = DateField(label=_("Fill in until"), help_text=_("The day stands in the tasks of the curators."))

    layout = ("year", "due_on")

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        year = today().year
        self.fields["year"].choices = [(value, str(value)) for value in (year, year + 1)]
        self.fields["year"].initial = year
        self.scope = scope

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < today():
            raise forms.ValidationError(_("This day is over. Type a day that is still to come."))
        return due_on
