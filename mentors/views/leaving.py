"""The end of a participation: ended, taken back, transferred, or entered by mistake."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mentors import services
from mentors.dictionaries import EndReason
from mentors.enums import Side
from mentors.forms.leaving import EndForm, ReopenForm, TransferForm
from mentors.forms.records import RemovalForm
from mentors.models import Participation
from mentors.services.leaving import open_pairs_of, pairs_ended_with, what_hangs_on
from mentors.views.writing import PersonPage
from orgs.addresses import address


class EndPage(PersonPage):
    """/mentors/<pk>/end/ and of mentees; the open pairs that close with it are listed before."""

    form_class = EndForm
    takes_hidden = True
    template_name = "mentors/leaving_page.html"

    @property
    def submit_label(self) -> str:
        return _("End the participation")

    def form_arguments(self) -> dict:
        return {"participation": self.participation}

    def title(self) -> str:
        return _("End the participation")

    def context(self, form) -> dict:
        return {"closing": open_pairs_of([self.participation]), "participation": self.participation}

    def save(self, form: EndForm) -> Participation:
        reason, note = form.cleaned_data["end_reason"], form.cleaned_data["note"]
        return services.end_participation(
            actor=self.request.user,
            participation=self.participation,
            ended_on=form.cleaned_data["ended_on"],
            end_reason=reason,
            reason=f"{reason}: {note}" if note else str(reason),
        )

    def saved_text(self, saved) -> str:
        return _("The participation ended on %(date)s.") % {"date": f"{saved.ended_on:%d.%m.%Y}"}


class ReopenPage(PersonPage):
    """/mentors/<pk>/reopen/ and of mentees: the end was a mistake."""

    form_class = ReopenForm

    def load(self, pk: int) -> None:
        super().load(pk)
        self.pairs = pairs_ended_with(self.participation)

    @property
    def submit_label(self) -> str:
        return _("Resume the participation")

    def form_arguments(self) -> dict:
        return {"pairs": self.pairs}

    def title(self) -> str:
        return _("Resume the participation")

    def context(self, form) -> dict:
        if self.participation.ended_on is None:
            return {"form_note": _("This participation has not ended.")}
        note = _("%(name)s: the participation ended on %(date)s and goes on again as if it had not.")
        values = {
            "name": self.participation.person.full_name,
            "date": f"{self.participation.ended_on:%d.%m.%Y}",
        }
        return {"form_note": note % values}

    def save(self, form: ReopenForm) -> Participation:
        return services.reopen_participation(
            actor=self.request.user,
            participation=self.participation,
            pairs=form.cleaned_data.get("pairs", ()),
            reason=_("The end was a mistake"),
        )

    def saved_text(self, saved) -> str:
        return _("The participation goes on.")


class TransferPage(PersonPage):
    """/mentors/<pk>/transfer/ and of mentees: all that the person does here goes on at the other school."""

    form_class = TransferForm
    template_name = "mentors/leaving_page.html"

    @property
    def submit_label(self) -> str:
        return _("Transfer")

    def form_arguments(self) -> dict:
        return {"participation": self.participation}

    def title(self) -> str:
        return _("Transfer to another organization")

    def context(self, form) -> dict:
        here = Participation.objects.visible_to(self.request.scope).filter(
            person=self.participation.person,
            organization=self.participation.organization,
            ended_on__isnull=True,
        )
        note = _(
            "The participation here ends the day before; the other organization goes on with the card: name, "
            "birth, contacts, request or competencies. Pairs, records and consents stay here. Contacts and "
            "birth are not shown here any more."
        )
        return {
            "closing": open_pairs_of(here),
            "participation": self.participation,
            "form_note": note,
        }

    def save(self, form: TransferForm) -> Participation:
        code = "mentor_left" if self.participation.role == Side.MENTOR else "mentee_left"
        services.transfer_person(
            actor=self.request.user,
            person=self.participation.person,
            from_organization=self.participation.organization,
            to_organization=form.cleaned_data["organization"],
            on=form.cleaned_data["on"],
            end_reason=EndReason.objects.filter(code=code).first(),
            class_name=form.cleaned_data.get("class_name", ""),
        )
        self.target = form.cleaned_data["organization"]
        return self.participation

    def saved_text(self, saved) -> str:
        return _("%(name)s is transferred to “%(place)s”.") % {
            "name": saved.person.full_name,
            "place": self.target.short_name,
        }


class RemovePage(PersonPage):
    """/mentors/<pk>/remove/ and of mentees: entered by mistake; only while nothing hangs on it."""

    form_class = RemovalForm
    template_name = "mentors/leaving_page.html"

    @property
    def submit_label(self) -> str:
        return _("Remove the card")

    def form_arguments(self) -> dict:
        return {}

    def title(self) -> str:
        return _("Entered by mistake")

    def context(self, form) -> dict:
        note = _("%(name)s is removed as if never entered: the card is gone, the history keeps who and when.")
        return {
            "form_note": note % {"name": self.participation.person.full_name},
            "hanging": what_hangs_on(self.participation),
            "participation": self.participation,
        }

    def save(self, form: RemovalForm) -> bool:
        services.remove_participation(
            actor=self.request.user,
            participation=self.participation,
            reason=form.cleaned_data["reason"],
        )
        return True

    def next_url(self, saved) -> str:
        return address(self.request, f"{self.side}s")

    def saved_text(self, saved) -> str:
        return _("The card is removed.")
