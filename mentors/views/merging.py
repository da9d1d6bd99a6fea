"""The same person twice: candidates, both records side by side, joined into one or told apart."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from common.names import is_empty_name
from common.text import search_key
from mentors import services
from mentors.duplicates import likely_duplicates
from mentors.elsewhere import is_known_elsewhere
from mentors.forms.merging import MergeForm, moved
from mentors.models import Participation, Person
from mentors.rights import get_writable
from mentors.views.writing import PersonPage, card_address, route_of
from orgs.addresses import address

FOUND_BY_NAME = 20


class MergePage(PersonPage):
    """/mentors/<pk>/merge/ and of mentees; ``?with=`` names a participation of the other record."""

    form_class = MergeForm
    template_name = "mentors/merge_preview.html"

    @property
    def submit_label(self) -> str:
        return _("Join the two cards")

    def load(self, pk: int) -> None:
        super().load(pk)
        self.other = other_participation(self.request, self.participation, self.request.GET.get("with"))

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.load(pk)
        if self.other is None:
            return self.choose(request)
        return self.answer(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.GET.get("with"):
            self.load(pk)
            return self.choose(request, status=422)
        return super().post(request, pk=pk)

    def choose(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        """Who may be the same person, and anybody else by name."""
        query = request.GET.get("q", "").strip()
        context = {
            "participation": self.participation,
            "crumbs": self.crumbs(),
            "candidates": likely_duplicates(self.participation),
            "query": query,
            "found": people_by_name(request, self.participation, query),
        }
        return render(request, "mentors/merge_choose.html", context, status=status)

    def form_arguments(self) -> dict:
        kept, merged = self.people()
        if self.request.method == "POST":
            people = Person.objects.visible_to(self.request.scope).filter(pk__in=[kept.pk, merged.pk])
            locked = {person.pk: person for person in people.select_for_update(of=("self",)).order_by("pk")}
            kept, merged = locked[kept.pk], locked[merged.pk]
        return {"kept": kept, "merged": merged}

    def people(self) -> tuple[Person, Person]:
        """The record that stays and the one that is joined to it: one that others know too has to stay."""
        own, other = self.participation.person, self.other.person
        if is_known_elsewhere(other, self.request.scope):
            return other, own
        return own, other

    def refusal_of_two(self) -> str:
        """Why these two cannot be joined here; empty when they can."""
        scope = self.request.scope
        if all(is_known_elsewhere(row.person, scope) for row in (self.participation, self.other)):
            return _("Another organization knows both of them, so they cannot be joined here.")
        return ""

    def title(self) -> str:
        return _("The same person?")

    def context(self, form: MergeForm) -> dict:
        return {
            "form_note": "",
            "refusal_of_two": self.refusal_of_two(),
            "kept": moved(form.kept, self.request.scope),
            "merged": moved(form.merged, self.request.scope),
            "kept_person": form.kept,
            "merged_person": form.merged,
            "participation": self.participation,
            "other": self.other,
        }

    def save(self, form: MergeForm) -> Person:
        if refusal := self.refusal_of_two():
            raise ValidationError(refusal)
        return services.merge_people(
            actor=self.request.user,
            kept=form.kept,
            merged=form.merged,
            person_values=form.person_values(),
            participation_values=form.participation_values(),
        )

    def next_url(self, saved: Person) -> str:
        rows = Participation.objects.visible_to(self.request.scope).filter(
            person=saved, organization=self.participation.organization
        )
        row = rows.filter(pk=self.participation.pk).first() or rows.filter(role=self.side).first()
        return card_address(self.request, row or rows.first())

    def saved_text(self, saved: Person) -> str:
        return _("The two cards are one: %(name)s.") % {"name": saved.full_name}


class DifferentPage(PersonPage):
    """POST /mentors/<pk>/different/ and of mentees: «Это разные люди», remembered."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        with transaction.atomic():
            self.load(pk)
            other = other_participation(request, self.participation, request.POST.get("with"))
            if other is not None:
                services.tell_apart(actor=request.user, one=self.participation.person, other=other.person)
        if other is not None:
            messages.success(request, _("Noted: these are different people. They are not offered again."))
        route = f"{route_of(self.participation)}-merge"
        return HttpResponseRedirect(address(request, route, self.participation.pk))


def other_participation(request: HttpRequest, own: Participation, key: str | None) -> Participation | None:
    """The participation of another person at the same organization that the address names; 404 otherwise."""
    if not key:
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    rows = Participation.objects.filter(organization=own.organization).select_related(
        "person", "organization"
    )
    other = get_writable(rows, request.scope, pk=int(key))
    if other.person_id == own.person_id:
        raise Http404
    return other


def people_by_name(request: HttpRequest, own: Participation, query: str) -> list[Participation]:
    """Participants of the organization whose name begins with the words typed."""
    if is_empty_name(query):
        return []
    rows = (
        Participation.objects.visible_to(request.scope)
        .filter(organization=own.organization, person__name_key__startswith=search_key(query))
        .exclude(person=own.person)
        .select_related("person", "organization")
    )
    return list(rows.order_by("person__name_key", "pk")[:FOUND_BY_NAME])
