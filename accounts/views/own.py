"""One's own password and sessions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from accounts.forms import OwnPasswordForm
from accounts.models import AccessAction
from accounts.services import record_access
from accounts.sessions import seconds_left
from accounts.views.pages import answer, ip_address


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OwnPassword(View):
    """/settings/password/: a new password; every other session of the user ends."""

    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return answer(request, "accounts/own_password.html", {"form": OwnPasswordForm(request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OwnPasswordForm(request, request.POST)
        if not form.is_valid():
            return answer(request, "accounts/own_password.html", {"form": form})
        with transaction.atomic():
            form.save()
            _note(request, "password_changed")
        update_session_auth_hash(request, form.user)
        messages.success(request, _("The new password is saved. Other devices have been signed out."))
        return redirect("settings")


class EndOtherSessions(View):
    """/settings/sessions/: signs out everywhere else."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            request.user.end_sessions()
            _note(request, "sessions_ended")
        update_session_auth_hash(request, request.user)
        messages.success(request, _("All other devices have been signed out."))
        return redirect("settings")


class KeepAlive(View):
    """/session/: a request of the notice that the session is about to end; how many seconds it has now."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse({"seconds": seconds_left(request.session)})


def _note(request: HttpRequest, what: str) -> None:
    record_access(
        request.user,
        AccessAction.RIGHTS,
        object_type="accounts.user",
        object_id=request.user.pk,
        ip_address=ip_address(request),
        what=what,
    )
