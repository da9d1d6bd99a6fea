"""A new password by a letter. It opens nothing by itself: one signs in with it, second step included."""

from __future__ import annotations

from axes.utils import reset as forget_failures
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.forms import NewPasswordForm, ResetForm
from accounts.gates import open_before_second_factor
from accounts.models import AccessAction
from accounts.services import record_access
from accounts.views.pages import RefusedFormMixin, ip_address


@method_decorator(login_not_required, name="dispatch")
@method_decorator(open_before_second_factor, name="dispatch")
class PasswordReset(RefusedFormMixin, views.PasswordResetView):
    """/password-reset/: asks for the address; the answer never tells whether there is such an account."""

    http_method_names = ("get", "head", "post")
    form_class = ResetForm
    template_name = "accounts/password_reset.html"
    success_url = reverse_lazy("password-reset-sent")


@method_decorator(login_not_required, name="dispatch")
@method_decorator(open_before_second_factor, name="dispatch")
class PasswordResetSent(View):
    """/password-reset/sent/: what to do now."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/password_reset_sent.html")


@method_decorator(login_not_required, name="dispatch")
@method_decorator(open_before_second_factor, name="dispatch")
class PasswordResetConfirm(RefusedFormMixin, views.PasswordResetConfirmView):
    """/password-reset/<key>/<token>/: the new password; Django takes the token out of the address first."""

    http_method_names = ("get", "head", "post")
    form_class = NewPasswordForm
    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form):
        response = super().form_valid(form)
        forget_failures(username=self.user.email)
        record_access(
            self.user,
            AccessAction.RIGHTS,
            object_type="accounts.user",
            object_id=self.user.pk,
            ip_address=ip_address(self.request),
            what="password_reset",
        )
        messages.success(self.request, _("The new password is saved. Sign in with it."))
        return response
