"""Pages for refusals and failures: what happened, what to do, and the number of the request."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from accounts.views.sign_in import after_csrf_failure


@requires_csrf_token
def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """400: the browser sent something that the portal cannot read."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception=None) -> HttpResponse:
    """403 with the sentence that the view gave to ``PermissionDenied``, or a general one."""
    reason = str(exception) if exception else ""
    return render(request, "403.html", {"reason": reason}, status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """404, the same for what does not exist and for what lies outside the user's scope."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An out-of-date form of the portal itself is offered once more; any other is refused with 403."""
    answer = after_csrf_failure(request)
    if answer is not None:
        return answer
    message = _("The form is out of date. Go back, refresh the page and send the form again.")
    return permission_denied(request, message)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database does not answer. Runs no query itself and tells no details.

    The number of the request stands on the page and in the log.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    template, status = ("503.html", 503) if away else ("500.html", 500)
    context = {"request_id": getattr(request, "request_id", "")}
    response = HttpResponse(render_to_string(template, context), status=status)
    if away:
        response["Retry-After"] = "10"
    return response
