"""The second step of the sign-in, and setting it up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from accounts import gates, second_factor
from accounts.forms import CodeForm, PasswordAgainForm, SetUpForm
from accounts.models import AccessAction
from accounts.services import record_access
from accounts.views.pages import answer, ip_address, next_url

KEY = "second_factor_key"


class SecondFactorPage(View):
    """A page about the second factor; it is open before the step was passed."""

    http_method_names = ("get", "head", "post")

    @method_decorator(gates.open_before_second_factor)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)


class AskCode(SecondFactorPage):
    """/second-factor/: the code of the app, or a backup code, after the password."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.second_factor_step != gates.ASK:
            return redirect(next_url(request))
        form = CodeForm(request.POST)
        if form.is_valid():
            verdict = second_factor.check(request.user, form.cleaned_data["code"])
            if verdict.passed:
                return self._let_in(request, verdict)
            self._note(request, AccessAction.SIGN_IN_REFUSED)
            form.add_error("code", _refusal(verdict))
        return self._page(request, form)

    def _page(self, request: HttpRequest, form: CodeForm) -> HttpResponse:
        if request.second_factor_step != gates.ASK:
            return redirect(next_url(request))
        return answer(request, "accounts/second_factor.html", {"form": form, "next": next_url(request)})

    def _let_in(self, request: HttpRequest, verdict: second_factor.Verdict) -> HttpResponse:
        gates.let_in(request)
        self._note(request, AccessAction.SIGN_IN)
        if verdict.backup_left is not None and verdict.backup_left <= 3:
            messages.warning(
                request,
                ngettext(
                    "%(n)s backup code is left. Make new ones in the settings.",
                    "%(n)s backup codes are left. Make new ones in the settings.",
                    verdict.backup_left,
                )
                % {"n": verdict.backup_left},
            )
        return redirect(next_url(request))

    @staticmethod
    def _note(request: HttpRequest, action: AccessAction) -> None:
        record_access(request.user, action, ip_address=ip_address(request), step="second_factor")


class SetUp(SecondFactorPage):
    """/second-factor/set-up/: the picture for the app, its first code, then the backup codes, shown once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if second_factor.is_on(request.user):
            return self._already(request)
        return self._page(request, self._form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        if second_factor.is_on(request.user):
            return self._already(request)
        form = self._form(request, request.POST)
        if form.is_valid():
            codes = second_factor.turn_on(
                actor=request.user,
                key=self._key(request),
                code=form.cleaned_data["code"],
                ip_address=ip_address(request),
            )
            if codes:
                del request.session[KEY]
                request.user.end_sessions()
                update_session_auth_hash(request, request.user)
                gates.let_in(request)
                return show_codes(request, codes, first=True)
            form.add_error(
                "code",
                _(
                    "This code does not fit. Type the one that the app shows now; if it still does not fit, "
                    "check that the phone sets its clock by itself."
                ),
            )
        return self._page(request, form)

    @staticmethod
    def _form(request: HttpRequest, data=None) -> SetUpForm:
        return SetUpForm(request, data, ask_password=not request.second_factor_step)

    def _page(self, request: HttpRequest, form: SetUpForm) -> HttpResponse:
        key = self._key(request)
        context = {
            "form": form,
            "key": second_factor.key_in_groups(key),
            "picture": second_factor.picture(request.user, key, label=_("QR code for the app")),
            "required": bool(request.second_factor_step),
            "next": next_url(request),
        }
        return answer(request, "accounts/second_factor_set_up.html", context)

    @staticmethod
    def _key(request: HttpRequest) -> str:
        """The key on trial: kept in the session, so that looking at the page stores nothing."""
        if KEY not in request.session:
            request.session[KEY] = second_factor.new_key()
        return request.session[KEY]

    @staticmethod
    def _already(request: HttpRequest) -> HttpResponse:
        if request.session.get(gates.PASSED):
            return redirect("settings")
        # Set up in another session meanwhile: this one has to show a code.
        request.session[gates.ASKED] = True
        return redirect("second-factor")


class NewCodes(View):
    """/second-factor/codes/: ten new backup codes in place of the old ones; the password is asked for."""

    http_method_names = ("get", "head", "post")
    template_name = "accounts/second_factor_codes.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        known = request.method.lower() in self.http_method_names
        if known and not second_factor.is_on(request.user):
            return redirect("settings")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, PasswordAgainForm(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PasswordAgainForm(request, request.POST)
        if form.is_valid():
            return self.done(request)
        return self._page(request, form)

    def done(self, request: HttpRequest) -> HttpResponse:
        codes = second_factor.renew_backup_codes(actor=request.user, ip_address=ip_address(request))
        return show_codes(request, codes, first=False)

    def _page(self, request: HttpRequest, form: PasswordAgainForm) -> HttpResponse:
        return answer(request, self.template_name, {"form": form})


class TurnOff(NewCodes):
    """/second-factor/off/: for those whose role does not demand it; the password is asked for."""

    template_name = "accounts/second_factor_off.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method.lower() in self.http_method_names and request.second_factor_required():
            raise PermissionDenied(
                _("Your role demands a second step of the sign-in: it cannot be turned off.")
            )
        return super().dispatch(request, *args, **kwargs)

    def done(self, request: HttpRequest) -> HttpResponse:
        second_factor.turn_off(actor=request.user, user=request.user, ip_address=ip_address(request))
        request.session.pop(gates.PASSED, None)
        messages.success(request, _("The second step of the sign-in is off."))
        return redirect("settings")


def show_codes(request: HttpRequest, codes: list[str], *, first: bool) -> HttpResponse:
    """The backup codes, for this once."""
    context = {
        "codes": codes,
        "first": first,
        "next": next_url(request),
        "made_on": timezone.localdate(),
        "user_email": request.user.email,
    }
    response = render(request, "accounts/backup_codes.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _refusal(verdict: second_factor.Verdict) -> str:
    if verdict.wait_until and (verdict.wait_until - timezone.now()).total_seconds() > 2:
        until = date_format(timezone.localtime(verdict.wait_until), "H:i:s")
        return _(
            "The code does not fit. After several wrong codes there is a pause: try again after %(time)s."
        ) % {"time": until}
    return _(
        "The code does not fit. Type the one that the app shows now: each code opens once and lives for half "
        "a minute."
    )
