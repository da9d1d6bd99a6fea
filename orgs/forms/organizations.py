"""What an administrator and a curator type about an organization and its numbers."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.dates import today
from common.forms import DateField, GuardedForm, PortalForm, PortalModelForm, Row
from common.forms.layout import Heading
from orgs.enums import Role
from orgs.models import District, Headcount, Municipality, Organization, OrganizationType

NUMBERS = ("pupils_total", "pupils_10_18", "pupils_15_18", "teachers", "young_specialists")


class _OrganizationForm(GuardedForm, PortalModelForm):
    """What both forms of an organization share: the record is guarded, choices come from the scope."""

    def __init__(self, *args, scope, instance=None, **kwargs):
        self.scope = scope
        self.records = (instance,) if instance else ()
        super().__init__(*args, instance=instance, **kwargs)


class SchoolDetailsForm(_OrganizationForm):
    """What the school itself keeps up to date about itself."""

    layout = (
        "address",
        Row(("website", 3), ("mentoring_page", 3)),
        "head_name",
    )

    class Meta:
        model = Organization
        fields = ("address", "website", "mentoring_page", "head_name")
        help_texts = {
            "mentoring_page": _("The page about mentoring on the school's website (Klin checklist, item 12)"),
            "head_name": _("Surname, first name and patronymic: they stand in reports and orders"),
        }


class OrganizationForm(_OrganizationForm):
    """Everything about an organization; for administrators of its municipality or district."""

    layout = (
        Row(("inn", 2), ("short_name", 4)),
        "full_name",
        Row(("type", 2), ("municipality", 2), ("district", 2)),
        "address",
        Row(("website", 3), ("mentoring_page", 3)),
        Heading(_("People")),
        "head_name",
        Row(("curator_name", 3), ("curator_email", 3)),
        "curator_order",
    )

    class Meta:
        model = Organization
        fields = (
            "inn",
            "short_name",
            "full_name",
            "type",
            "municipality",
            "district",
            "address",
            "website",
            "mentoring_page",
            "head_name",
            "curator_name",
            "curator_email",
            "curator_order",
        )
        labels = {"full_name": _("Official name")}
        help_texts = {
            "inn": _("Ten digits from the charter: workbooks recognise the organization by them"),
            "short_name": _("As it stands in tables, for example “СОШ № 17”"),
            "curator_email": _("An invitation is sent to this address"),
            "curator_order": _("Number and date, for example “№ 112 from 01.09.2026”"),
        }

    def __init__(self, *args, scope, instance=None, **kwargs):
        super().__init__(*args, scope=scope, instance=instance, **kwargs)
        self.fields["type"].queryset = _types(instance)
        self.fields["municipality"].queryset = Municipality.objects.visible_to(scope).filter(
            pk__in=scope.municipality_ids({Role.ADMINISTRATOR})
        )
        districts = District.objects.visible_to(scope).filter(
            municipality__in=self.fields["municipality"].queryset
        )
        whole = scope.overseen_municipality_ids({Role.ADMINISTRATOR})
        if not whole:
            # An administrator of a district makes organizations in the own district only.
            own = [membership.district_id for membership in scope.memberships if membership.district_id]
            districts = districts.filter(pk__in=own)
            self.fields["district"].required = True
        self.fields["district"].queryset = districts
        for name in ("municipality", "district"):
            choices = list(self.fields[name].queryset[:2])
            if len(choices) == 1 and self.fields[name].required:
                self.initial.setdefault(name, choices[0].pk)

    def clean(self):
        cleaned = super().clean()
        district, municipality = cleaned.get("district"), cleaned.get("municipality")
        if district and municipality and district.municipality_id != municipality.pk:
            self.add_error(
                "district",
                _("The district “%(district)s” is not in “%(municipality)s”. Choose another district.")
                % {"district": district.name, "municipality": municipality.name},
            )
        return cleaned


def _types(instance):
    kinds = OrganizationType.objects.filter(active=True)
    if instance is not None:
        kinds = kinds | OrganizationType.objects.filter(pk=instance.type_id)
    return kinds


class HeadcountForm(GuardedForm, PortalModelForm):
    """Numbers of pupils and teachers on a date; at least one number."""

    layout = (
        "on_date",
        Row(("pupils_total", 2), ("pupils_10_18", 2), ("pupils_15_18", 2)),
        Row(("teachers", 3), ("young_specialists", 3)),
        "source",
    )

    class Meta:
        model = Headcount
        fields = ("on_date", *NUMBERS, "source")
        help_texts = {
            "on_date": _("As a rule 5 September: the date of the ОО-1 report"),
            "source": _("For example: ОО-1 of 05.09.2026"),
        }

    def __init__(self, *args, scope, organization, instance=None, **kwargs):
        self.records = (instance,) if instance else ()
        super().__init__(*args, instance=instance or Headcount(organization=organization), **kwargs)
        for name in NUMBERS:
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("on_date")
        if day and day > today():
            self.add_error("on_date", _("The date is in the future. Correct it."))
        if not self.errors and all(cleaned.get(name) is None for name in NUMBERS):
            self.add_error("pupils_total", _("Give at least one number."))
        return cleaned


class ClosingForm(PortalForm):
    """From which day an organization is closed."""

    closed_on = DateField(label=_("Closed on"))

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("closed_on", today())

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        if day > today():
            raise forms.ValidationError(_("The date is in the future. Correct it."))
        return day
