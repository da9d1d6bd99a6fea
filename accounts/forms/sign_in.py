"""The sign-in form; its fields are part of the published interface."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.throttle import pause_left


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
            self._wait_after_failures(login)
            self.user = authenticate(self.request, username=login.strip().lower(), password=password)
            if self.user is None:
                raise ValidationError(
                    _("The address or the password is wrong. Check the keyboard layout and Caps Lock."),
                    code="invalid_login",
                )
            self._refuse_unused()
        return cleaned

    def _wait_after_failures(self, login: str) -> None:
        left = pause_left(self.request, login)
        if left:
            raise ValidationError(
                ngettext(
                    "Too many wrong passwords in a row. Try again in %(n)s second.",
                    "Too many wrong passwords in a row. Try again in %(n)s seconds.",
                    left,
                )
                % {"n": left},
                code="wait",
            )

    def _refuse_unused(self) -> None:
        # Said only to the one who knows the password.
        if self.user.is_unused():
            self.user = None
            raise ValidationError(
                _(
                    "Nobody has signed in to this account for %(days)s days, so it is closed. Ask the "
                    "administrator of your municipality to open it again."
                )
                % {"days": settings.ACCOUNT_UNUSED_DAYS},
                code="unused",
            )

    def get_user(self):
        """The user whom the form has recognised."""
        return self.user
