"""The staff side of surveys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.dates import today
from orgs.addresses import redirect_to
from orgs.pages import CALENDAR_YEARS, RoleView, asked_year
from surveys import queries
from surveys.models import Questionnaire


class Surveys(RoleView):
    """/surveys/: questionnaires, and answers by form, wave and side."""

    period_kind = CALENDAR_YEARS

    def get(self, request: HttpRequest) -> HttpResponse:
        year = asked_year(request, queries.years(request.scope))
        if "year" not in request.GET and year != today().year:
            # The switch of the frame shows the year of the address.
            return redirect_to(request, "surveys", year=year)
        context = {
            "year": year,
            "counts": queries.answer_counts(request.scope, request.whole_scope, year),
            "shown_from": queries.SHOWN_FROM,
            "questionnaires": Questionnaire.objects.select_related("form").order_by(
                "form__position", "wave", "respondent"
            ),
        }
        return render(request, "surveys/survey_list.html", context)
