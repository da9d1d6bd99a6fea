"""The sign-in form; its fields are part of the published interface."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """E-mail and password. An unknown address, a wrong password and a closed account answer alike."""

    login = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={
                "autocomplete": "username",
                "autofocus": True,
                "class": "form-control",
                "inputmode": "email",
            }
        ),
        error_messages={"required": _("Type the e-mail address of your account.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "form-control"}),
        error_messages={"required": _("Type the password.")},
    )

    def __init__(self, request=None, *args, **kwargs):
        self.request = request
        self.user = None
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        login, password = cleaned.get("login"), cleaned.get("password")
        if login and password:
            self.user = authenticate(self.request, username=login.strip().lower(), password=password)
            if self.user is None:
                raise ValidationError(
                    _("The address or the password is wrong. Check the keyboard layout and Caps Lock."),
                    code="invalid_login",
                )
        return cleaned

    def get_user(self):
        """The user whom the form has recognised."""
        return self.user
