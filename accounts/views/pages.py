"""What the pages of this app have in common."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def ip_address(request: HttpRequest) -> str | None:
    """Where the request comes from, for the journal."""
    return request.META.get("REMOTE_ADDR")


def next_url(request: HttpRequest) -> str:
    """The page to go on to; never outside the portal."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    if asked and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


class RefusedFormMixin:
    """A refused form is answered with 422."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response


def answer(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """The page; 422 when its form was refused."""
    form = context.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    return render(request, template, context, status=422 if refused else 200)
