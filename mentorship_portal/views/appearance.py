"""«Версия для слабовидящих»: the settings of how pages look."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import View

from accounts.appearance import Appearance, appearance_of, keep_appearance

# Name in the form, words, and each value with its words, in the order of accounts.appearance.CHOICES.
GROUPS = (
    ("size", _("Size of text"), (("100", "100 %"), ("125", "125 %"), ("150", "150 %"), ("200", "200 %"))),
    (
        "scheme",
        _("Colours"),
        (
            ("plain", pgettext_lazy("colours", "Ordinary")),
            ("bw", _("Black on white")),
            ("wb", _("White on black")),
            ("blue", _("Dark blue on light blue")),
        ),
    ),
    (
        "lines",
        _("Space between lines"),
        (
            ("normal", pgettext_lazy("space", "Ordinary")),
            ("wide", _("One and a half")),
            ("wider", _("Double")),
        ),
    ),
    (
        "letters",
        _("Space between letters"),
        (
            ("normal", pgettext_lazy("space", "Ordinary")),
            ("wide", pgettext_lazy("space", "Wide")),
            ("wider", pgettext_lazy("space", "Very wide")),
        ),
    ),
    ("images", _("Charts"), (("on", _("As pictures")), ("off", _("As figures and tables")))),
    ("motion", _("Motion"), (("on", _("Show")), ("off", _("Switch off")))),
    (
        "keys",
        _("Keys of one letter (“g”, “n”, “/”, “?”)"),
        (("on", _("Use")), ("off", pgettext_lazy("keys", "Switch off"))),
    ),
)


@method_decorator(login_not_required, name="dispatch")
class AppearancePage(View):
    """/appearance/: a page of its own, and the panel beside any page; needs no sign-in."""

    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen = asdict(appearance_of(request))
        groups = [
            (name, label, [(value, words, value == chosen[name]) for value, words in values])
            for name, label, values in GROUPS
        ]
        template = "frame/partials/appearance.html" if request.htmx else "frame/appearance.html"
        return render(request, template, {"groups": groups, "next": _next(request, request.GET)})

    def post(self, request: HttpRequest) -> HttpResponse:
        sent = {} if "reset" in request.POST else request.POST.dict()
        response = HttpResponseRedirect(_next(request, request.POST))
        keep_appearance(request, response, Appearance.of(sent))
        return response


def _next(request: HttpRequest, given) -> str:
    """The page to go on with, inside the portal."""
    wanted = given.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else "/"
