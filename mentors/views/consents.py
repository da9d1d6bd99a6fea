"""Consents: recorded from paper, changed, withdrawn, their files, and the form to print and sign."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from common.dates import today
from mentors import card, services
from mentors.enums import ConsentType, Side
from mentors.forms.consents import ConsentForm, WithdrawalForm
from mentors.forms.records import RemovalForm
from mentors.models import Consent, Participation
from mentors.privacy import NamePolicy
from mentors.queries import hidden_of
from mentors.rights import SETTLERS, WRITERS, get_writable
from mentors.views.writing import PersonPage, card_address, crumbs_of
from orgs.addresses import address
from orgs.enums import Role
from orgs.files import send_private_file
from orgs.form_pages import FormPage
from orgs.pages import RoleView, get_visible


class AddConsentPage(PersonPage):
    """/mentees/<pk>/consents/add/ and of mentors; the signer is the person or the legal representative."""

    form_class = ConsentForm
    takes_hidden = True

    def form_arguments(self) -> dict:
        is_minor = card.needs_representative(self.participation)
        signer = "" if is_minor else self.participation.person.full_name
        return {"initial": {"type": ConsentType.PROCESSING, "signer": signer, "signed_on": today()}}

    def title(self) -> str:
        return _("New consent")

    def context(self, form) -> dict:
        if card.needs_representative(self.participation):
            return {"form_note": _("For a person under 18 the legal representative signs.")}
        return {}

    def save(self, form: ConsentForm) -> Consent:
        return services.give_consent(
            actor=self.request.user,
            person=self.participation.person,
            organization=self.participation.organization,
            **form.values(),
        )


class ConsentPage(FormPage):
    """Base of pages about one consent."""

    read_roles = WRITERS
    write_roles = WRITERS

    def load(self, pk: int) -> None:
        rows = Consent.objects.select_related("person", "organization")
        self.consent = get_writable(rows, self.request.scope, pk=pk)
        self.participation = participation_of(self.consent, self.request.scope)

    def crumbs(self):
        return crumbs_of(self.request, self.participation) if self.participation else []

    def next_url(self, saved) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        if self.participation is None:
            return address(self.request, "mentees")
        return card_address(self.request, self.participation)


class EditConsentPage(ConsentPage):
    """/consents/<pk>/edit/"""

    form_class = ConsentForm
    template_name = "mentors/record_form.html"

    def form_arguments(self) -> dict:
        return {"record": self.consent}

    def title(self) -> str:
        return str(self.consent)

    def context(self, form) -> dict:
        remove = address(self.request, "consent-remove", self.consent.pk)
        return {"remove_url": remove, "remove_label": _("Remove the record")}

    def save(self, form: ConsentForm) -> Consent:
        (consent,) = form.records
        changes = form.changes(consent)
        if changes:
            services.change_record(actor=self.request.user, record=consent, **changes)
        return consent


class WithdrawConsentPage(ConsentPage):
    """/consents/<pk>/withdraw/"""

    form_class = WithdrawalForm

    def form_arguments(self) -> dict:
        return {}

    @property
    def submit_label(self) -> str:
        return _("Note the withdrawal")

    def title(self) -> str:
        return _("Withdrawal of a consent")

    def context(self, form) -> dict:
        return {
            "form_note": _(
                "From this day “%(consent)s” does not hold. The record stays. Without another consent to "
                "data processing the person and the pairs leave every list and file at once; indicators that "
                "were counted stay."
            )
            % {"consent": self.consent}
        }

    def save(self, form: WithdrawalForm) -> Consent:
        return services.withdraw_consent(
            actor=self.request.user, consent=self.consent, on=form.cleaned_data["withdrawn_on"]
        )

    def saved_text(self, saved) -> str:
        return _("The withdrawal is noted.")


class WithdrawnConsents(RoleView):
    """/consents/withdrawn/: whom withdrawn consents keep out of the lists, for the school that settles it."""

    read_roles = SETTLERS
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = hidden_of(request.scope).select_related("person", "organization")
        return render(request, "mentors/withdrawn_consents.html", {"rows": rows})


class RemoveConsentPage(ConsentPage):
    """/consents/<pk>/remove/"""

    form_class = RemovalForm

    def form_arguments(self) -> dict:
        return {}

    @property
    def submit_label(self) -> str:
        return _("Remove the record")

    def title(self) -> str:
        return _("Remove: %(record)s") % {"record": self.consent}

    def save(self, form: RemovalForm) -> bool:
        services.remove_record(
            actor=self.request.user, record=self.consent, reason=form.cleaned_data["reason"]
        )
        return True

    def saved_text(self, saved) -> str:
        return _("The record is removed. The reason stands in the history.")


class ConsentFile(RoleView):
    """/consents/<pk>/file/: the scan, for the school's staff and for the person, noted in the journal."""

    read_roles = frozenset({Role.CURATOR, Role.HEAD, Role.MENTOR, Role.MENTEE})
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = Consent.objects.select_related("person", "organization")
        consent = get_visible(rows, request.scope, pk=pk)
        if not _is_for(request, consent):
            consent = get_visible(Consent.objects.none(), request.scope, pk=pk)
        suffix = PurePosixPath(consent.file.name or "").suffix
        name = _("Consent %(date)s") % {"date": f"{consent.signed_on:%d.%m.%Y}"}
        return send_private_file(request, consent, consent.file, f"{name}{suffix}")


class ConsentBlank(RoleView):
    """/mentees/<pk>/consents/blank/ and of mentors: the form to print and sign, filled in from the card."""

    read_roles = WRITERS
    http_method_names = ("get", "head")
    side = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = Participation.objects.filter(role=self.side).select_related(
            "person", "organization__municipality"
        )
        participation = get_writable(rows, request.scope, hidden=True, pk=pk)
        context = {
            "participation": participation,
            "person": participation.person,
            "operator": participation.organization,
            "is_minor": card.needs_representative(participation),
            "crumbs": crumbs_of(request, participation),
            "is_mentor": participation.role == Side.MENTOR,
            "private": NamePolicy(request.scope).shows_private(participation),
        }
        return render(request, "mentors/consent_blank.html", context)


def participation_of(consent: Consent, scope) -> Participation | None:
    """The newest participation of the person where the consent is held, for the way back."""
    return (
        Participation.objects.known_to(scope)
        .filter(person=consent.person, organization=consent.organization)
        .select_related("person", "organization")
        .order_by("-pk")
        .first()
    )


def _is_for(request: HttpRequest, consent: Consent) -> bool:
    """Whether the user is of the consent's school, or the person themselves."""
    at_school = request.scope.holds_for(consent.organization, Role.CURATOR, Role.HEAD)
    return at_school or (consent.person.user_id is not None and consent.person.user_id == request.user.pk)
