"""The staff side of surveys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.dates import today
from orgs.pages import RoleView
from surveys import queries
from surveys.models import Questionnaire


class Surveys(RoleView):
    """/surveys/: questionnaires, and answers by form, wave and side."""

    def get(self, request: HttpRequest) -> HttpResponse:
        years = queries.years(request.scope) or [today().year]
        asked = request.GET.get("year", "")
        year = next((known for known in years if str(known) == asked), years[0])
        context = {
            "year": year,
            "years": years,
            "counts": queries.answer_counts(request.scope, request.whole_scope, year),
            "shown_from": queries.SHOWN_FROM,
            "questionnaires": Questionnaire.objects.select_related("form").order_by(
                "form__position", "wave", "respondent"
            ),
        }
        return render(request, "surveys/survey_list.html", context)
