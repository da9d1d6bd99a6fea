"""The own settings: name, language, password, second step, own roles."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import View

from accounts import second_factor
from orgs.addresses import redirect_to
from orgs.pages import NO_YEARS
from orgs.users.forms import OwnSettingsForm
from orgs.users.services import change_own_account
from orgs.viewstate import place_state


class OwnSettings(View):
    """/settings/: everybody's own account."""

    period_kind = NO_YEARS
    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(request, OwnSettingsForm(instance=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OwnSettingsForm(request.POST, instance=request.user)
        if not form.is_valid():
            request.user.refresh_from_db(fields=["full_name", "language"])
            return self._page(request, form, status=422)
        user = change_own_account(actor=request.user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Saved."))
        response = redirect_to(request, "settings")
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def _page(self, request: HttpRequest, form: OwnSettingsForm, status: int = 200) -> HttpResponse:
        memberships = request.whole_scope.memberships
        is_on = second_factor.is_on(request.user)
        context = {
            "form": form,
            "roles": [
                {"membership": membership, "state": place_state(membership, memberships)}
                for membership in memberships
            ],
            "second_factor_on": is_on,
            "second_factor_required": request.second_factor_required(),
            "backup_codes": second_factor.backup_codes_left(request.user) if is_on else 0,
        }
        return render(request, "orgs/users/settings.html", context, status=status)
