"""The switch of languages in the footer."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.generic import View
from django.views.i18n import set_language


@method_decorator(login_not_required, name="dispatch")
class LanguageSwitch(View):
    """/language/: Russian or English, kept in the browser and with the account of a signed-in person."""

    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return set_language(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        language = request.POST.get("language")
        user = request.user
        if user.is_authenticated and language in dict(settings.LANGUAGES) and user.language != language:
            user.language = language
            user.save(update_fields=["language"])
        return set_language(request)
