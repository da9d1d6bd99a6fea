"""A new mentor or mentee: one short form, and a question before the same person is written twice."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DateField, PortalForm, Row
from mentors.dictionaries import MenteeCategory, MentoringForm
from mentors.duplicates import Namesake, namesakes
from mentors.enums import Population, Side
from mentors.forms.contacts import ContactFields
from mentors.forms.fields import BirthField, read_name, read_parts, said_population, split_place
from mentors.forms.segments import MentoringFormField
from orgs.models import Organization

NEW, SAME = "new", "same"
NAME_PARTS = ("last_name", "first_name", "patronymic")


class DuplicateQuestion:
    """A part of the layout: who may be the same person, with a button for each answer."""

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        if not form.namesakes:
            return ""
        return render_to_string(
            "mentors/partials/duplicate_question.html",
            {"form": form, "request": context.get("request"), "keeps_adding": "more" in form.data},
        )


class ParticipantForm(ContactFields, PortalForm):
    """What a curator knows of somebody new; only the name must be given.

    After :meth:`is_valid` ``name`` is the name in its parts and ``person`` the known person that was meant,
    or None. ``namesakes`` are the people to ask about; with any unanswered the form is not valid.
    """

    side: str
    full_name = forms.CharField(
        label=gettext_lazy("Surname, first name, patronymic"),
        max_length=300,
        error_messages={"required": gettext_lazy("Type the surname and the first name.")},
    )
    last_name = forms.CharField(label=gettext_lazy("Surname"), max_length=100, required=False)
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100, required=False)
    patronymic = forms.CharField(label=gettext_lazy("Patronymic"), max_length=100, required=False)
    # The line that the parts were read from; when the line is changed they are read again.
    parsed = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    birth = BirthField(label=gettext_lazy("Year or date of birth"), required=False, max_length=40)
    place = forms.CharField(label=gettext_lazy("Position or class"), max_length=250, required=False)
    population = forms.ChoiceField(label=gettext_lazy("Who it is"), required=False)
    form = MentoringFormField(
        MentoringForm.objects.none(),
        label=gettext_lazy("Form of mentoring"),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )
    started_on = DateField(label=gettext_lazy("Date of joining"), required=False)

    def __init__(self, *args, organization: Organization, **kwargs):
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.namesakes: list[Namesake] = []
        self.asks_parts = any(self.data.get(part) for part in NAME_PARTS)
        self.asks = ""
        self.name = None
        self.person = None
        self.fields["population"].choices = population_choices()
        self.fields["form"].offer(MentoringForm.objects.filter(active=True), [organization.pk])
        self.fields["full_name"].widget.attrs.update(autofocus="", autocomplete="off")
        leave_unmarked(self)

    @property
    def layout(self) -> tuple:
        parts = (Row(("last_name", 2), ("first_name", 2), ("patronymic", 2)),) if self.asks_parts else ()
        return (DuplicateQuestion(), Row(("full_name", 4), ("birth", 2)), *parts, *self.rows)

    def clean(self):
        super().clean()
        self.join_contact()
        self._read_place()
        self._check_dates()
        self._read_name()
        if not self.errors:
            self._ask_about_namesakes()
        return self.cleaned_data

    def details(self) -> dict:
        """Values for the columns of the participation."""
        names = ("class_name", "position", "population", "form", "started_on", *self.own_fields)
        return {name: self.cleaned_data.get(name) for name in names}

    def _read_name(self) -> None:
        line = self.cleaned_data.get("full_name")
        if not line:
            return
        parts = [self.cleaned_data.get(part, "") for part in NAME_PARTS]
        if any(parts) and self.cleaned_data.get("parsed") == line:
            try:
                self.name = read_parts(*parts)
            except ValidationError as refusal:
                self.add_error(None, refusal)
            return
        try:
            name, doubt = read_name(line)
        except ValidationError as refusal:
            self.add_error("full_name", refusal)
            return
        if doubt:
            self._show_parts(name, line)
            self.add_error(
                "full_name",
                _("%(doubt)s Below it is shown how the name was read: correct it or save again.")
                % {"doubt": doubt},
            )
            return
        self.asks_parts = False
        self.name = name

    def _show_parts(self, name, line: str) -> None:
        self.asks_parts = True
        self.data = self.data.copy()
        read = (name.last, name.first, name.patronymic, line)
        for part, value in zip((*NAME_PARTS, "parsed"), read, strict=True):
            self.data[part] = value

    def _read_place(self) -> None:
        data = self.cleaned_data
        data["class_name"], data["position"] = split_place(data.get("place") or "")
        if data["class_name"] and data.get("population") not in ("", None, Population.PUPIL):
            self.add_error("place", _("Only a pupil has a class. Type the position or choose “Pupil”."))
        data["population"] = data.get("population") or said_population(data["class_name"], data["position"])

    def _check_dates(self) -> None:
        birth, started_on = self.cleaned_data.get("birth"), self.cleaned_data.get("started_on")
        if birth and started_on and started_on.year < birth.year:
            self.add_error("started_on", _("The date of joining is before the birth. Correct one of them."))

    def _ask_about_namesakes(self) -> None:
        found = namesakes(self.organization, self.name, self.cleaned_data["birth"])
        # The button that was pressed, not a field: a hidden field would be sent beside it.
        answer, _dash, key = self.data.get("decision", "").partition("-")
        if not found or answer == NEW:
            return
        for namesake in found:
            if answer == SAME and key == str(namesake.person.pk) and not namesake.holds(self.side):
                self.person = namesake.person
                return
        self.namesakes = found
        self.asks = _("One question before saving")
        self.add_error(None, ValidationError(_("Say whether it is the same person."), code="duplicate"))


class MentorForm(ParticipantForm):
    """A new mentor."""

    side = Side.MENTOR
    own_fields = ("competencies", "capacity")
    competencies = forms.CharField(label=gettext_lazy("Competencies"), required=False, max_length=2000)
    capacity = forms.IntegerField(
        label=gettext_lazy("How many mentees at most"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("Usually 1–3"),
    )
    rows = (
        Row(("place", 3), ("population", 3)),
        Row(("form", 6)),
        Row(("competencies", 4), ("capacity", 2)),
        Row(("phone", 2), ("email", 2), ("started_on", 2)),
        Row(("contact", 6)),
    )


class MenteeForm(ParticipantForm):
    """A new mentee; the contact of a pupil is the legal representative's."""

    side = Side.MENTEE
    own_fields = ("main_request", "category")
    main_request = forms.CharField(label=gettext_lazy("Request"), required=False, max_length=2000)
    category = forms.ModelChoiceField(
        MenteeCategory.objects.none(),
        label=gettext_lazy("Category of the teacher"),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )
    rows = (
        Row(("place", 3), ("population", 3)),
        Row(("form", 6)),
        Row(("main_request", 4), ("started_on", 2)),
        Row(("category", 6)),
        Row(("phone", 2), ("email", 2), ("contact", 2)),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = MenteeCategory.objects.filter(active=True)
        self.fields["place"].label = _("Class or position")
        self.fields["contact"].help_text = _("For a pupil: the name of the legal representative")


def leave_unmarked(form: forms.Form) -> None:
    """Takes «необязательно» from the fields of a form in which nearly everything may be left empty."""
    for field in form.fields.values():
        field.unmarked = True


def population_choices() -> list[tuple[str, str]]:
    """Who somebody may be, with an empty choice first."""
    return [("", _("Not chosen")), *((code, str(label).capitalize()) for code, label in Population.choices)]
