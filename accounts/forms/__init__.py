"""Forms of accounts: sign-in, passwords, codes of the second factor."""

from accounts.forms.codes import CodeForm, PasswordAgainForm, SetUpForm
from accounts.forms.passwords import NewPasswordForm, OwnPasswordForm, ResetForm
from accounts.forms.sign_in import SignInForm

__all__ = [
    "CodeForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "PasswordAgainForm",
    "ResetForm",
    "SetUpForm",
    "SignInForm",
]
