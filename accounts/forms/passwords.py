"""New passwords: after a letter, and one's own."""

from __future__ import annotations

import datetime

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.forms.codes import asked_again
from accounts.forms.plain import PlainForm
from accounts.letters import language_of, write_letter
from accounts.links import absolute
from accounts.models import Letter, LetterKind, User

RULES = _(
    "At least 12 characters: a phrase of three or four words is easy to remember. Not your name or address, "
    "and not a password that everybody knows."
)
# Nobody gets more letters about one address, however often the button is pressed.
LETTER_PAUSE = datetime.timedelta(minutes=5)


def say_rules(form: forms.Form) -> None:
    """States the rules at the first field, labels both fields in our words."""
    form.fields["new_password1"].label = _("New password")
    form.fields["new_password1"].help_text = RULES
    form.fields["new_password2"].label = _("New password once more")
    form.fields["new_password2"].help_text = ""
    for name in ("new_password1", "new_password2"):
        form.fields[name].max_length = 128
        form.fields[name].error_messages["required"] = _("Type the new password.")
        form.fields[name].widget.attrs |= {"autocomplete": "new-password", "maxlength": "128"}
    form.error_messages["password_mismatch"] = _("The two passwords differ. Type the same one twice.")


def send_reset_letter(user: User, request=None) -> bool:
    """Writes a letter with a link for a new password; False when one went out a moment ago."""
    recent = Letter.objects.filter(
        to=user.email, kind=LetterKind.RESET, created_at__gt=timezone.now() - LETTER_PAUSE
    )
    if recent.exists():
        return False
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("password-reset-confirm", args=[key, default_token_generator.make_token(user)])
    with override(language_of(user.language)):
        body = gettext(
            "Hello,\n\nsomebody asked for a new password for your account of the mentorship portal.\n\n"
            "Open the link and type the new password. It works once and for 24 hours:\n%(link)s\n\n"
            "If it was not you, do nothing: the old password stays.\n"
        ) % {"link": absolute(path, request)}
        write_letter(
            to=user.email,
            subject=gettext("New password for the mentorship portal"),
            body=body,
            kind=LetterKind.RESET,
        )
    return True


class ResetForm(PasswordResetForm, PlainForm):
    """The address of the account; the answer is the same whether there is one or not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("E-mail")
        field.error_messages["required"] = _("Type the e-mail address of your account.")
        field.error_messages["invalid"] = _(
            "This is not an e-mail address. Example: ivanova@school17.example"
        )
        field.widget.attrs |= {"autocomplete": "username", "inputmode": "email"}

    def save(self, *, request=None, **kwargs) -> None:
        """Writes a letter to every open account of the address."""
        for user in self.get_users(self.cleaned_data["email"]):
            send_reset_letter(user, request)


class NewPasswordForm(SetPasswordForm, PlainForm):
    """A new password, typed twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        say_rules(self)


class OwnPasswordForm(PasswordChangeForm, PlainForm):
    """One's own new password; the old one is asked for."""

    layout = ("old_password", "new_password1", "new_password2")

    def __init__(self, request, *args, **kwargs):
        self.request = request
        super().__init__(request.user, *args, **kwargs)
        say_rules(self)
        self.fields["old_password"].label = _("Present password")
        self.fields["old_password"].error_messages["required"] = _("Type your present password.")

    def clean_old_password(self):
        return asked_again(self.request, self.cleaned_data["old_password"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new_password1") and cleaned["new_password1"] == cleaned.get("old_password"):
            self.add_error(
                "new_password1", ValidationError(_("This is the present password. Think of another one."))
            )
        return cleaned
