"""Who has confirmed the data of a round, and a letter to those who have not."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.links import absolute
from common.dates import today
from monitoring.enums import RoundStatus
from monitoring.forms import RemindForm
from monitoring.models import Round
from monitoring.rounds import reading, services
from monitoring.rounds.rights import may_keep
from monitoring.views.round_base import OfRound, UnderRound
from orgs.addresses import address
from orgs.enums import OVERSIGHT_ROLES, READER_ROLES, Role

REMINDERS = frozenset({Role.METHODOLOGIST})
ABOVE = READER_ROLES & OVERSIGHT_ROLES


class RoundCard(OfRound):
    """/indicators/rounds/<pk>/: who has confirmed, who waits, who is late."""

    read_roles = ABOVE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        words = {
            "": _("All"),
            reading.WAITING: _("Not confirmed"),
            reading.LATE: _("Confirmed late"),
            reading.IN_TIME: _("Confirmed in time"),
        }
        chosen = request.GET.get("only", "")
        if chosen not in words:
            raise Http404
        listed = reading.standings(request.scope, self.round)
        counts = Counter(row.state for row in listed)
        waiting = counts[reading.WAITING]
        counts[""] = len(listed)
        is_open = self.round.status == RoundStatus.OPEN
        keeps = is_open and may_keep(request.scope, self.municipality)
        context = {
            "round": self.round,
            "is_open": is_open,
            "is_over": bool(self.round.due_on and self.round.due_on < today()),
            "crumbs": self.crumbs(),
            "rows": [row for row in listed if chosen in ("", row.state)],
            "total": len(listed),
            "confirmed": len(listed) - waiting,
            "segments": [
                (label, counts[name], address(request, "round", pk, only=name), name == chosen)
                for name, label in words.items()
                if counts[name] or not name
            ],
            "remind_url": address(request, "round-remind", pk)
            if is_open and waiting and request.scope.has_role(*REMINDERS)
            else "",
            "waiting": waiting,
            "edit_url": address(request, "round-edit", pk) if keeps else "",
            "close_url": self.link("round-close") if keeps else "",
        }
        return render(request, "monitoring/round.html", context)


class RoundRemind(UnderRound):
    """/indicators/rounds/<pk>/remind/: a letter to the curators of schools that have not confirmed."""

    read_roles = write_roles = REMINDERS
    form_class = RemindForm
    template_name = "monitoring/round_remind.html"

    def load(self, pk: int) -> None:
        if self.round.status != RoundStatus.OPEN:
            raise PermissionDenied(_("The monitoring is closed: nobody is asked any more."))
        waiting = reading.unconfirmed(self.request.scope, self.round)
        self.curators = reading.curators_of(waiting)
        reached = {membership.organization_id for membership in self.curators}
        self.unreachable = [school for school in waiting.order_by("short_name") if school.pk not in reached]

    @property
    def submit_label(self) -> str:
        count = len(self.curators)
        return ngettext("Send %(n)d letter", "Send %(n)d letters", count) % {"n": count}

    def title(self) -> str:
        return _("Remind of the data as of %s") % f"{self.round.as_of:%d.%m.%Y}"

    def context(self, form) -> dict:
        return {
            "round": self.round,
            "curators": self.curators,
            "unreachable": self.unreachable,
            "cancel_label": _("Do not send"),
        }

    def save(self, form) -> Round:
        path = reverse("round-confirm", args=[self.round.pk])
        self.letters = services.remind(
            self.request.user,
            self.round,
            scope=self.request.scope,
            curators=self.curators,
            link=absolute(path, self.request),
            words=form.cleaned_data["words"],
        )
        return self.round

    def saved_text(self, saved: Round) -> str:
        return ngettext("%(n)d letter is on its way", "%(n)d letters are on their way", self.letters) % {
            "n": self.letters
        }
