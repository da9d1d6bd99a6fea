"""Changing the card of a participant."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from common.cells import Birth
from mentors import services
from mentors.ages import doubt_about_age
from mentors.elsewhere import is_known_elsewhere
from mentors.forms.editing import GROUPS, PERSON_FIELDS, CardForm
from mentors.models import Participation
from mentors.privacy import NamePolicy
from mentors.views.writing import PersonPage


class EditPage(PersonPage):
    """/mentors/<pk>/edit/ and /mentees/<pk>/edit/; ``?field=`` opens one line of the card."""

    form_class = CardForm

    def load(self, pk: int) -> None:
        super().load(pk)
        self.private = NamePolicy(self.request.scope).shows_private(self.participation)
        self.is_shared = is_known_elsewhere(self.participation.person, self.request.scope)

    def form_arguments(self) -> dict:
        return {
            "participation": self.participation,
            "private": self.private,
            "is_shared": self.is_shared,
            "only": self.request.GET.get("field", ""),
        }

    def title(self) -> str:
        return self.participation.person.full_name

    def context(self, form: CardForm) -> dict:
        return {"form_note": self._note(form)}

    def _note(self, form: CardForm) -> str:
        if not self.private:
            return _("The person has left the school, so name, birth and contacts stay as they are.")
        if self.is_shared and set(form.shown) & set(PERSON_FIELDS):
            return _(
                "This person takes part in another organization too: name, birth and contacts are the same "
                "there and here, a correction is seen by both."
            )
        return ""

    def save(self, form: CardForm) -> Participation:
        participation, person = form.records
        changes, own = form.changes(participation), form.changes(person)
        if own:
            services.change_person(actor=self.request.user, person=person, **own)
        if changes:
            services.change_participation(actor=self.request.user, participation=participation, **changes)
        birth = Birth(person.birth_date, person.birth_year)
        doubt = doubt_about_age(
            birth, participation.started_on, side=participation.role, population=participation.population
        )
        if doubt and (set(own) | set(changes)) & {*GROUPS["birth"], "started_on", "population"}:
            messages.warning(self.request, doubt)
        self.is_unchanged = not own and not changes
        return participation

    def saved_text(self, saved) -> str:
        return _("Nothing has been changed.") if self.is_unchanged else _("Saved.")
