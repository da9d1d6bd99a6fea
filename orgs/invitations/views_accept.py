"""Accepting an invitation. The link is taken out of the address at once, so that it stands in no log."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View

from accounts.gates import open_before_second_factor
from accounts.models import User
from orgs.invitations import services
from orgs.invitations.forms import AcceptForm
from orgs.invitations.models import Invitation

KEY = "invitation"
BACKEND = "accounts.backends.AccountBackend"


@method_decorator(login_not_required, name="dispatch")
@method_decorator(open_before_second_factor, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class InvitationOpen(View):
    """/invitation/<token>/: remembers the link in the session and goes on without it."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = services.find_open(token)
        if invitation is None:
            return dead_link(request)
        if request.method == "GET":
            services.note_opening(invitation)
        request.session[KEY] = token
        return redirect("invitation-accept")


@method_decorator(login_not_required, name="dispatch")
@method_decorator(open_before_second_factor, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class InvitationAccept(View):
    """/invitation/: name and password of a new user, or one button for a user who has signed in."""

    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        invitation = self._invitation(request)
        if invitation is None:
            return dead_link(request)
        if User.objects.filter(email=invitation.email).exists():
            return self._for_known(request, invitation)
        return self._page(
            request, invitation, AcceptForm(email=invitation.email, initial=_initial(invitation))
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        invitation = self._invitation(request)
        if invitation is None:
            return dead_link(request)
        if User.objects.filter(email=invitation.email).exists():
            return self._take_role(request, invitation)
        form = AcceptForm(request.POST, email=invitation.email)
        if not form.is_valid():
            return self._page(request, invitation, form)
        try:
            user = services.accept_as_new(
                token=request.session[KEY],
                full_name=form.cleaned_data["full_name"],
                password=form.cleaned_data["password"],
            )
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
            return self._page(request, invitation, form)
        if user is None:
            return dead_link(request)
        request.session.pop(KEY, None)
        login(request, user, backend=BACKEND)
        messages.success(request, _("Welcome: your account is ready."))
        return redirect("home")

    def _take_role(self, request: HttpRequest, invitation: Invitation) -> HttpResponse:
        is_owner = request.user.is_authenticated and request.user.email == invitation.email
        if not is_owner or request.second_factor_step:
            return self._for_known(request, invitation)
        try:
            user = services.accept_as(token=request.session[KEY], user=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("home")
        if user is None:
            return dead_link(request)
        request.session.pop(KEY, None)
        messages.success(
            request,
            _("You have a new role: %(role)s, %(place)s.")
            % {"role": invitation.get_role_display(), "place": invitation.place},
        )
        return redirect("home")

    @staticmethod
    def _invitation(request: HttpRequest) -> Invitation | None:
        token = request.session.get(KEY, "")
        return services.find_open(token) if token else None

    @staticmethod
    def _for_known(request: HttpRequest, invitation: Invitation) -> HttpResponse:
        """The address has an account: its owner signs in and takes the role by a button."""
        is_owner = request.user.is_authenticated and request.user.email == invitation.email
        context = {
            "invitation": invitation,
            "is_owner": is_owner and not request.second_factor_step,
            "is_somebody_else": request.user.is_authenticated and not is_owner,
        }
        return render(request, "orgs/invitations/accept_known.html", context)

    @staticmethod
    def _page(request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
        context = {"invitation": invitation, "form": form, "is_somebody_else": request.user.is_authenticated}
        return render(request, "orgs/invitations/accept.html", context, status=422 if form.errors else 200)


def dead_link(request: HttpRequest) -> HttpResponse:
    """What to do with a link that was used, is too old, was withdrawn or never existed."""
    return render(request, "orgs/invitations/dead_link.html", status=200)


def _initial(invitation: Invitation) -> dict:
    return {"full_name": invitation.full_name}
