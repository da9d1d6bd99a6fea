"""Which lines of a journal are looked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessAction
from common.forms import DateField
from mentorship_portal.administration.changes import sources


class _Period(forms.Form):
    who = forms.CharField(label=_("Who"), required=False, max_length=100)
    since = DateField(label=_("From day"), required=False)
    until = DateField(label=_("Until day"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            field.widget.attrs["class"] = kind

    def chosen(self) -> dict:
        """The valid parts; a part that cannot be read is left out and its field says why."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ChangesFilter(_Period):
    """Changes of one kind of record or of one record, by one person, in a period."""

    kind = forms.ChoiceField(label=_("What has changed"), required=False)
    record = forms.CharField(label=_("Name of the record"), required=False, max_length=100)
    field_order = ("kind", "record", "who", "since", "until")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(source.code, source.title.capitalize()) for source in sources()]
        self.fields["kind"].choices = [("", _("Everything")), *titles]


class AccessFilter(_Period):
    """Actions of one kind, by one person, in a period."""

    action = forms.ChoiceField(label=_("Action"), required=False)
    field_order = ("action", "who", "since", "until")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        actions = [(value, str(label).capitalize()) for value, label in AccessAction.choices]
        self.fields["action"].choices = [("", _("All actions")), *actions]
