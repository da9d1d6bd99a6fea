"""Surveys on the timeline of a pair: answers are anonymous, so they are the school's and never the pair's."""

from __future__ import annotations

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentors.models import Pair
from mentors.pairwork import SOURCES, Event
from orgs.enums import READER_ROLES
from orgs.scope import Scope
from surveys.enums import Wave
from surveys.models import Answer
from surveys.queries import SHOWN_FROM


@SOURCES.register("surveys")
def survey_events(pair: Pair, scope: Scope) -> list[Event]:
    """Each survey of the form that the school held while the pair worked, from five answers on; one query."""
    if pair.started_on is None or not scope.holds_for(pair.organization, *READER_ROLES):
        return []
    answers = Answer.objects.visible_to(scope).filter(
        organization=pair.organization_id, form=pair.form_id, answered_on__gte=pair.started_on
    )
    if pair.ended_on:
        answers = answers.filter(answered_on__lte=pair.ended_on)
    held = answers.order_by().values("wave").annotate(count=Count("pk"), last=Max("answered_on"))
    events = []
    for row in held.order_by("wave"):
        if row["count"] < SHOWN_FROM:
            continue
        count = ngettext("%(n)s answer of the school", "%(n)s answers of the school", row["count"])
        text = _("%(wave)s, form “%(form)s”: %(count)s") % {
            "wave": str(Wave(row["wave"]).label).capitalize(),
            "form": pair.form.title,
            "count": count % {"n": row["count"]},
        }
        events.append(Event("survey", row["last"], text, _("Answers are seen only all together")))
    return events
