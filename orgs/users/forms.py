"""Forms about accounts and roles."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.dates import today
from common.forms import DateField, PortalForm, PortalModelForm, Row
from orgs.enums import SCHOOL_ROLES
from orgs.users.places import place_choices, place_of
from orgs.users.rules import GIVEN_ROLES, fits, may_give


class OwnSettingsForm(PortalModelForm):
    """The own name and language."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your surname, name and patronymic.")},
    )
    language = forms.ChoiceField(
        label=_("Language of pages and letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ("full_name", "language")


class RoleForm(PortalForm):
    """A role at a place of the administrator, with the order that gives it."""

    layout = (Row(("role", 3), ("place", 3)), Row(("started_on", 2), ("appointment_order", 4)))

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *((role.value, role.label) for role in GIVEN_ROLES)],
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")},
    )
    place = forms.ChoiceField(
        label=_("Place"),
        error_messages={
            "required": _("Choose a place."),
            "invalid_choice": _("You do not administer this place."),
        },
    )
    started_on = DateField(label=_("From which day"))
    appointment_order = forms.CharField(
        label=_("Order of appointment"),
        max_length=250,
        required=False,
        help_text=_("For a curator necessarily, for example: Order of 29.08.2026 № 57"),
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["place"].choices = place_choices(scope)
        # It may be left empty by some roles only, as its hint says.
        self.fields["appointment_order"].unmarked = True
        if "started_on" in self.fields:
            self.fields["started_on"].initial = today()

    def clean(self):
        cleaned = super().clean()
        role, code = cleaned.get("role"), cleaned.get("place")
        if not role or not code:
            return cleaned
        place = place_of(code, self.scope)
        if place is None or not fits(role, place):
            self.add_error("place", _misfit(role))
        elif not may_give(self.scope, role, place):
            self.add_error("place", _("You do not administer this place."))
        else:
            cleaned["place"] = place
        return cleaned


class InvitationForm(RoleForm):
    """A role for the owner of an address."""

    layout = (Row(("email", 3), ("full_name", 3)), Row(("role", 3), ("place", 3)), "appointment_order")
    # Errors are listed as the fields stand on the page.
    field_order = ("email", "full_name", "role", "place", "appointment_order")

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Type the address that the letter goes to."),
            "invalid": _("This is not an e-mail address. Example: ivanova@school17.example"),
        },
    )
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        required=False,
        help_text=_("The owner of the address will see it filled in and may correct it."),
    )
    started_on = None


class EndRoleForm(PortalForm):
    """The last day of a role."""

    ended_on = DateField(label=_("Last day of the role"))

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.fields["ended_on"].initial = today()

    def clean_ended_on(self):
        day = self.cleaned_data["ended_on"]
        if day and self.membership.started_on and day < self.membership.started_on:
            raise ValidationError(
                _("The role began on %(date)s: the last day cannot be earlier.")
                % {"date": f"{self.membership.started_on:%d.%m.%Y}"}
            )
        return day


def _misfit(role: str) -> str:
    if role in SCHOOL_ROLES:
        return _("This role is held at one organization. Choose an organization.")
    return _("This role is held over many organizations. Choose a district or the municipality.")
