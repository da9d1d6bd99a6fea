"""Sign-in and sign-out, and the sign-in page that keeps what was filled in."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts import held
from accounts.forms import SignInForm
from accounts.gates import open_before_second_factor
from accounts.views.pages import RefusedFormMixin

ENDED = {"idle", "age"}


@method_decorator(login_not_required, name="dispatch")
@method_decorator(open_before_second_factor, name="dispatch")
class SignIn(RefusedFormMixin, views.LoginView):
    """/sign-in/: a new session key at every sign-in; ``next`` leads only inside the portal."""

    http_method_names = ("get", "head", "post")
    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and request.POST.get("held"):
            # Signed in meanwhile in another window: what was filled in waits here all the same.
            return after_signing_in(request, redirect("home"))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        sealed = self.request.POST.get("held", "")
        return super().get_context_data(
            **page_context(held.HeldForm.opened(sealed), sealed, self.request.GET.get("ended", "")), **kwargs
        )

    def form_valid(self, form):
        return after_signing_in(self.request, super().form_valid(form))


@method_decorator(open_before_second_factor, name="dispatch")
class SignOut(views.LogoutView):
    """/sign-out/: by POST only, so that no link or picture can end a session."""

    http_method_names = ("post",)


class Resume(View):
    """/resume/: what was sent after the session had ended, to be sent again by one button or dropped."""

    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/resume.html", {"form": held.remembered(request)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Drops it."""
        held.forget(request)
        messages.info(request, _("What was filled in before has been dropped."))
        return redirect("home")


def after_signing_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response``, or the way to what was filled in before the sign-in."""
    sealed = request.POST.get("held", "")
    if not sealed:
        return response
    if held.remember(request, sealed):
        return redirect("resume")
    messages.warning(
        request, _("What was filled in before was not saved: it is older than 12 hours or another user's.")
    )
    return response


def after_csrf_failure(request: HttpRequest) -> HttpResponse | None:
    """What to do with a form whose token a sign-in in another window has replaced; None for foreign forms.

    The browser vouches that a page of the portal has sent it, and nothing is done before the person presses a
    button of a page with a fresh token.
    """
    if not held.comes_from_here(request):
        return None
    sealed = request.POST.get("held", "")
    form = held.HeldForm.opened(sealed) or held.take(request, user_id=None)
    if form is None:
        return None
    if not request.user.is_authenticated:
        return sign_in_again(request, form)
    if not held.remember(request, form.sealed()):
        return None
    response = redirect("resume")
    if request.htmx:
        response = HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response


def page_context(form: held.HeldForm | None, sealed: str, ended: str) -> dict:
    """Context of the sign-in page beside Django's own."""
    return {
        "support_contact": settings.SUPPORT_CONTACT,
        "demo": settings.DEMO,
        "held": sealed if form else "",
        "held_files": form.files if form else [],
        "ended": ended if ended in ENDED else "",
    }


def sign_in_again(request: HttpRequest, form: held.HeldForm) -> HttpResponse:
    """422: the sign-in page instead of the page that the form was sent to, with the form sealed inside."""
    context = {
        "form": SignInForm(request),
        "sign_in_action": settings.LOGIN_URL,
        **page_context(form, form.sealed(), request.ended_session),
    }
    response = render(request, "accounts/sign_in.html", context, status=422)
    response["Cache-Control"] = "no-store"
    if request.htmx:
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    return response
