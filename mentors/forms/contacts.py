"""Contact details in a form: the phone and the e-mail in fields of their own, stored as one text."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from common.cells import parse_phone_text
from common.contacts import joined, part
from mentors.forms.fields import CellField

PARTS = ("phone", "email", "contact")
LONGEST = 500


class ContactFields(forms.Form):
    """Mixin: ``phone``, ``email`` and ``contact``, which is whatever else is said of how to get in touch."""

    phone = CellField(
        parse=parse_phone_text,
        label=gettext_lazy("Phone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
        error_messages={
            "invalid": gettext_lazy("This is not an e-mail address. Example: ivanova@school17.example")
        },
    )
    contact = CellField(
        parse=parse_phone_text, label=gettext_lazy("Other contacts"), required=False, max_length=230
    )

    @staticmethod
    def contact_parts(text: str) -> dict[str, str]:
        """Initial values of the three fields."""
        found = part(text)
        return {"phone": found.phone, "email": found.email, "contact": found.other}

    def join_contact(self, stored: str = "") -> None:
        """Makes ``contact`` the whole text; one that nobody has changed stays as it was written."""
        data = self.cleaned_data
        if all(name in data for name in PARTS):
            data["contact"] = joined(stored, *(data[name] for name in PARTS))
