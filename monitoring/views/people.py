"""The people behind a figure: counted, not counted with the reason, outside, doubtful."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.paging import KeysetPage, Sort, keyset_page
from mentors.privacy import NamePolicy
from mentors.rights import WRITERS
from mentors.views.revealing import REVEALERS, record_reveal
from monitoring.behind import organizations_behind, people_rows
from monitoring.definitions import Definition
from monitoring.people import People, has_people
from monitoring.presenters import FigureRow, grouped
from monitoring.queries import reported_places
from monitoring.reasons import NAMELESS, OUTSIDE, Reason, Standing
from monitoring.showing import Shown
from monitoring.sources import HEADCOUNTS
from monitoring.split import Split, split_of
from monitoring.views.base import IndicatorPage

BY_NAME = Sort("name", "", "name_key")


class PeopleBehind(IndicatorPage):
    """/indicators/<code>/people/: POST shows the names of the page in full and notes that in the journal."""

    write_roles = REVEALERS
    route = "indicator-people"

    def own_arguments(self) -> list:
        return [self.kwargs["code"]]

    def own_query(self) -> dict:
        return {"organization": self.organization.pk if self.organization else None}

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.answer(NamePolicy(request.scope))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.answer(NamePolicy(request.scope, revealed=True))

    def answer(self, names: NamePolicy) -> HttpResponse:
        code = self.kwargs["code"]
        shown = self.shown([code])
        definition = shown.definition(code)
        if definition is None:
            raise Http404
        total = shown.total(definition)
        context = self.page_context(shown) | {
            "definition": definition,
            "total": total,
            "names": names,
            "crumbs": self.crumbs(shown, definition),
            "several": len(shown.places) > 1,
            "nameless": NAMELESS.get(code, ""),
            "behind": organizations_behind(definition, shown.figures),
        }
        if has_people(definition):
            context |= self.people(shown, definition, total, names)
        return render(self.request, "monitoring/indicator_people.html", context, status=self.status())

    def crumbs(self, shown: Shown, definition: Definition) -> list[tuple[str, str]]:
        found = [(self.link("indicators"), _("Indicators"))]
        if self.organization is not None and self.is_overseer:
            found.append((self.link("indicator", definition.code), definition.name))
        return found

    def people(self, shown: Shown, definition: Definition, total: FigureRow, names: NamePolicy) -> dict:
        """The tab that the address asks for, one page of it, and what the whole consists of."""
        places = reported_places(self.request.scope, self.municipality, self.place["organizations"])
        people = People(definition, places, shown.period, self.request.scope)
        steps = people.standings()
        by_reason = {reason: steps[reason] for reason in Reason.values if steps.get(reason)}
        outside = sum(by_reason.get(reason, 0) for reason in OUTSIDE)
        counts = {
            # The list is live: beside a frozen figure its own number stands.
            Standing.COUNTED: steps.get(Standing.COUNTED, 0),
            Standing.NOT_COUNTED: sum(by_reason.values()) - outside,
            Standing.OUTSIDE: outside,
            Standing.DOUBTFUL: people.doubtful().count(),
        }
        tab = self._tab(counts)
        reason = self.request.GET.get("reason", "")
        reason = reason if tab == Standing.NOT_COUNTED and reason in by_reason else ""
        number = by_reason[reason] if reason else counts[tab]
        page = keyset_page(
            people.listed(tab, reason, number),
            BY_NAME,
            after=self.request.GET.get("after", ""),
            before=self.request.GET.get("before", ""),
            read=partial(people.read, tab),
        )
        writes = self.request.scope.has_role(*WRITERS)
        found = people_rows(people, tab, page.rows, names, self.card_link, writes)
        self._note_reveal(found)
        return {
            "tab": str(tab),
            "tabs": [
                (standing.label, grouped(counts[standing]), self._tab_link(standing), standing == tab)
                for standing in Standing
            ],
            "reasons": self._reasons(people, by_reason, reason) if tab == Standing.NOT_COUNTED else [],
            "page": page,
            "people": found,
            "shown_text": self._shown_text(page, number),
            "split": self.split(shown, definition, total, counts),
        }

    def card_link(self, route: str, *args, **query) -> str:
        return self.link(route, *args, year=None, as_of=None, snapshot=None, live=None, **query)

    def split(self, shown: Shown, definition: Definition, total: FigureRow, counts: dict) -> Split | None:
        """The parts of a base that is a live headcount: counted, known by name, known as a number."""
        base = definition.denominator
        if base is None or base.source is not HEADCOUNTS or shown.snapshot is not None or not total.has_value:
            return None
        return split_of(total.figure, definition.target, counts[Standing.NOT_COUNTED])

    def _tab(self, counts: dict) -> Standing:
        asked = self.request.GET.get("tab", "")
        if not asked:
            return Standing.NOT_COUNTED if counts[Standing.NOT_COUNTED] else Standing.COUNTED
        if asked not in Standing.values:
            raise Http404
        return Standing(asked)

    def _tab_link(self, standing: Standing, **query) -> str:
        return self.link(
            self.route, *self.own_arguments(), **{**self.own_query(), "tab": str(standing), **query}
        )

    def _reasons(self, people: People, by_reason: dict[str, int], chosen: str) -> list[tuple]:
        """Chips of the reasons: words, number, address, whether it is the one chosen."""
        found = [
            (people.reason_text(reason), grouped(number), reason)
            for reason, number in sorted(by_reason.items(), key=lambda item: -item[1])
            if reason not in OUTSIDE
        ]
        chips = [
            (text, number, self._tab_link(Standing.NOT_COUNTED, reason=reason), reason == chosen)
            for text, number, reason in found
        ]
        everything = sum(number for reason, number in by_reason.items() if reason not in OUTSIDE)
        first = (
            _("All reasons"),
            grouped(everything),
            self._tab_link(Standing.NOT_COUNTED),
            chosen not in by_reason,
        )
        return [first, *chips] if len(chips) > 1 else []

    def _shown_text(self, page: KeysetPage, whole: int) -> str:
        return ngettext("Shown: %(n)s of %(all)s person", "Shown: %(n)s of %(all)s people", whole) % {
            "n": grouped(len(page.rows)),
            "all": grouped(whole),
        }

    def _note_reveal(self, rows: list) -> None:
        ids = [row.participation_id for row in rows if row.participation_id]
        if self.request.method == "POST" and ids:
            record_reveal(self.request, "mentors.participation", ids)
