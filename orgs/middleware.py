"""Puts the user's scope on the request and keeps personal pages out of caches."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts import gates
from orgs.enums import OVERSIGHT_ROLES
from orgs.scope import Scope
from orgs.viewstate import forget_view_state, read_view_state


class ScopeMiddleware:
    """``request.scope``: what the signed-in user may see; empty for everybody else.

    Beside it stand the role, the place and the school year of the page (:mod:`orgs.viewstate`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        read_view_state(request)
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Pages name people: neither a proxy nor the next user of a school machine may find them.
            response["Cache-Control"] = "no-store"
        return response


class SecondFactorMiddleware:
    """Who has not passed the second step of the sign-in sees nothing and is led to it.

    ``request.second_factor_step`` is ``ask``, ``set-up`` or empty; ``request.second_factor_required()``
    answers whether a role of the user, at whatever place, demands a second factor.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.second_factor_required = lambda: demands_second_factor(request)
        request.second_factor_step = gates.step_for(request, is_required=request.second_factor_required)
        if request.second_factor_step:
            forget_view_state(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        """Leads everything but the step itself, the way out and public pages to the step."""
        step = request.second_factor_step
        is_open = getattr(view_func, "open_before_second_factor", False)
        is_public = not getattr(view_func, "login_required", True)
        if not step or is_open or is_public:
            return None
        query = {"next": request.get_full_path()} if request.method in ("GET", "HEAD") else {}
        address = reverse(gates.ROUTES[step])
        return HttpResponseRedirect(f"{address}?{urlencode(query)}" if query else address)


def demands_second_factor(request: HttpRequest) -> bool:
    """Whether one of the roles held today sees more than one school (ФСТЭК order 21, ИАФ.1)."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    whole = getattr(request, "whole_scope", None) or Scope.for_user(request.user)
    return whole.has_role(*OVERSIGHT_ROLES)
