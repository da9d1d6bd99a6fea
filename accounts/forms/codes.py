"""Codes of the second factor, and the password that is asked for again."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm


def asked_again(request, password: str) -> str:
    """The password, if it is the user's; wrong ones count like those of the sign-in."""
    if authenticate(request, username=request.user.email, password=password) is None:
        raise ValidationError(_("The present password is wrong. Check the keyboard layout."))
    return password


class CodeForm(PlainForm):
    """A code of the app or a backup code; the view looks at it."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that the app shows now.")},
    )


class PasswordAgainForm(PlainForm):
    """The present password, asked for before something important changes."""

    password = forms.CharField(
        label=_("Present password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your present password.")},
    )

    def __init__(self, request, *args, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self):
        return asked_again(self.request, self.cleaned_data["password"])


class SetUpForm(PasswordAgainForm):
    """The first code of the app. Who sets it up right after signing in need not type the password again."""

    code = forms.CharField(
        label=_("Code from the app"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the six digits that the app shows now.")},
    )

    def __init__(self, request, *args, ask_password: bool, **kwargs):
        super().__init__(request, *args, **kwargs)
        if not ask_password:
            del self.fields["password"]
