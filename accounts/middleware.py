"""Ends old sessions, and keeps what was sent without one."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from accounts import held, sessions


class SessionLimitsMiddleware:
    """Signs out after half an hour without a request or twelve hours in all.

    ``request.ended_session`` is ``idle`` or ``age`` on the request that found it so, ``ended_user_id`` whose
    session it was.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.ended_session, request.ended_user_id = "", None
        if request.user.is_authenticated:
            why = sessions.why_ended(request.session)
            if why:
                request.ended_session, request.ended_user_id = why, request.user.pk
                logout(request)
            else:
                sessions.touch(request.session)
                self._drop_sent_form(request)
        return self.get_response(request)

    @staticmethod
    def _drop_sent_form(request: HttpRequest) -> None:
        """A form that waited and is now being sent again need not wait any more."""
        if request.method == "POST" and held.SESSION_KEY in request.session:
            form = held.remembered(request)
            if form is None or form.path == request.get_full_path():
                held.forget(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Django's own, but a form that comes without a session is kept in the sign-in page and not lost."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        form = held.take(request, user_id=request.ended_user_id)
        if form is not None:
            from accounts.views.sign_in import sign_in_again  # views need the apps to be loaded

            return sign_in_again(request, form)
        if request.htmx:
            # A fragment cannot hold the sign-in page: the whole page goes there.
            response = HttpResponse(status=204)
            response["HX-Redirect"] = self._sign_in_url(request, request.htmx.current_url_abs_path or "/")
            return response
        if request.ended_session:
            path = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
            return HttpResponseRedirect(self._sign_in_url(request, path))
        return super().handle_no_permission(request, view_func)

    @staticmethod
    def _sign_in_url(request: HttpRequest, path: str) -> str:
        query = QueryDict(mutable=True)
        query["next"] = path
        if request.ended_session:
            query["ended"] = request.ended_session
        return f"{reverse(settings.LOGIN_URL)}?{query.urlencode(safe='/')}"
