"""Sign-in and sign-out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from accounts.forms import SignInForm


@method_decorator(login_not_required, name="dispatch")
class SignIn(views.LoginView):
    """/sign-in/: a new session key at every sign-in; ``next`` leads only inside the portal."""

    http_method_names = ("get", "head", "post")
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            support_contact=settings.SUPPORT_CONTACT, demo=settings.DEMO, **kwargs
        )

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class SignOut(views.LogoutView):
    """/sign-out/: by POST only, so that no link or picture can end a session."""

    http_method_names = ("post",)
