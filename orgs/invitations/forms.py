"""Forms of inviting and of accepting."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.passwords import RULES
from accounts.models import User
from common.forms import PortalForm
from orgs.invitations import pasted


class CuratorsForm(PortalForm):
    """Pasted lines with addresses."""

    text = forms.CharField(
        label=_("Addresses"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_(
            "One a line. Copy them from a table together with the names of the organizations, or paste "
            "addresses alone."
        ),
        error_messages={"required": _("Paste at least one e-mail address.")},
    )

    def clean_text(self):
        text = self.cleaned_data["text"]
        if not pasted.ADDRESS.search(text):
            raise ValidationError(
                _(
                    "There is no e-mail address in this text. Example of a line: "
                    "School 17, ivanova@school17.example"
                )
            )
        return text


class CuratorRowForm(forms.Form):
    """One row of the preview; a row that is not taken is not looked at."""

    take = forms.BooleanField(label=_("Invite"), required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    organization = forms.CharField(label=_("Organization"), max_length=150, required=False)
    full_name = forms.CharField(label=_("Full name"), max_length=200, required=False)
    appointment_order = forms.CharField(label=_("Order of appointment"), max_length=250, required=False)
    note = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, scope, **kwargs):
        self.scope = scope
        super().__init__(*args, **kwargs)
        for name in ("email", "organization", "full_name", "appointment_order"):
            self.fields[name].widget.attrs["class"] = "form-control form-control-sm"
        self.fields["take"].widget.attrs["class"] = "form-check-input"
        self.fields["organization"].widget.attrs |= {"list": "organizations", "autocomplete": "off"}

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("take"):
            return cleaned
        try:
            cleaned["email"] = forms.EmailField().clean(cleaned.get("email", ""))
        except ValidationError:
            self.add_error("email", _("This is not an e-mail address. Example: ivanova@school17.example"))
        place = pasted.find_organization(cleaned.get("organization", ""), self.scope)
        if place is None:
            self.add_error(
                "organization", _("There is no such organization in your places. Choose one of the list.")
            )
        if not cleaned.get("appointment_order", "").strip():
            self.add_error(
                "appointment_order", _("A curator is appointed by an order: give its number and date.")
            )
        cleaned["place"] = place
        return cleaned


CuratorRows = forms.formset_factory(
    CuratorRowForm, extra=0, max_num=pasted.MOST_ROWS, absolute_max=pasted.MOST_ROWS
)


class AcceptForm(PortalForm):
    """The name and the password of a new user."""

    full_name = forms.CharField(
        label=_("Surname, name and patronymic"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "form-control"}),
        error_messages={"required": _("Type your surname, name and patronymic.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        help_text=RULES,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "form-control"}),
        error_messages={"required": _("Think of a password.")},
    )
    password_again = forms.CharField(
        label=_("Password once more"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "form-control"}),
        error_messages={"required": _("Type the password once more.")},
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        cleaned = super().clean()
        password, again = cleaned.get("password"), cleaned.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords differ. Type the same one twice."))
        elif password:
            try:
                validate_password(password, User(email=self.email, full_name=cleaned.get("full_name", "")))
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned
