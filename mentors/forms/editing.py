"""The card of a participant as a form: the whole of it, or the line that was clicked."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.cells import parse_url
from common.forms import DateField, GuardedForm, PortalForm, Row
from common.forms.layout import Heading
from mentors.dictionaries import MenteeCategory, MentoringForm, offered
from mentors.enums import CompletionMark, Population, Side
from mentors.forms.adding import leave_unmarked, population_choices
from mentors.forms.contacts import PARTS, ContactFields
from mentors.forms.fields import CellField, ClassField, read_parts
from mentors.forms.segments import MentoringFormField
from mentors.models import Participation

NAME = ("last_name", "first_name", "patronymic")
BIRTH = ("birth_date", "birth_year")
PERSON_FIELDS = (*NAME, *BIRTH, *PARTS)
WORK = ("population", "class_name", "position", "subject", "experience_years", "workplace")
RESULTS = ("results", "case_url", "completion_mark")
OWN = {
    Side.MENTEE: ("category", "main_request", "form"),
    Side.MENTOR: (
        "competencies",
        "achievements",
        "interests",
        "desired_age",
        "time_resource",
        "capacity",
        "form",
    ),
}
# Lines of the card that open several fields.
GROUPS = {
    "name": NAME,
    "birth": ("birth_year", "birth_date"),
    "place": ("population", "class_name", "position"),
    "contact": PARTS,
}


def fields_of(participation: Participation, *, private: bool) -> tuple[str, ...]:
    """Names of the fields of the whole card; the person's own only where they may be seen."""
    dates = ("started_on", "ended_on") if participation.ended_on else ("started_on",)
    own = OWN[Side(participation.role)]
    return (*(PERSON_FIELDS if private else ()), *WORK, *own, *dates, *RESULTS)


class CardForm(ContactFields, GuardedForm, PortalForm):
    """Fields of a participation and of its person; ``only`` names the line of the card to change.

    ``is_shared`` says that another organization knows the person too: a changed name or birth must then be
    confirmed, because it changes there as well.
    """

    last_name = forms.CharField(label=gettext_lazy("Surname"), max_length=100)
    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100)
    patronymic = forms.CharField(label=gettext_lazy("Patronymic"), max_length=100, required=False)
    birth_date = DateField(label=gettext_lazy("Date of birth"), full_year=True, required=False)
    birth_year = forms.IntegerField(
        label=gettext_lazy("Year of birth"),
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("The year is enough"),
    )
    population = forms.ChoiceField(label=gettext_lazy("Who it is"), required=False)
    class_name = ClassField(label=gettext_lazy("Class"), required=False, max_length=20)
    position = forms.CharField(label=pgettext_lazy("occupation", "Position"), max_length=250, required=False)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=250, required=False)
    experience_years = forms.IntegerField(
        label=gettext_lazy("Years of teaching"), required=False, min_value=0, max_value=70
    )
    workplace = forms.CharField(label=gettext_lazy("Place of work or study"), max_length=300, required=False)
    category = forms.ModelChoiceField(
        MenteeCategory.objects.none(),
        label=gettext_lazy("Category of the teacher"),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )
    main_request = forms.CharField(
        label=gettext_lazy("Request"), required=False, max_length=5000, widget=forms.Textarea({"rows": 3})
    )
    competencies = forms.CharField(
        label=gettext_lazy("Competencies"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )
    achievements = forms.CharField(
        label=gettext_lazy("Achievements that matter for the programme"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 2}),
    )
    interests = forms.CharField(
        label=gettext_lazy("Interests"), required=False, max_length=5000, widget=forms.Textarea({"rows": 2})
    )
    desired_age = forms.CharField(
        label=gettext_lazy("Desired age of mentees"), max_length=150, required=False
    )
    time_resource = forms.CharField(
        label=gettext_lazy("Time for the programme"), max_length=150, required=False
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("How many mentees at most"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("Usually 1–3"),
    )
    form = MentoringFormField(
        MentoringForm.objects.none(), label=gettext_lazy("Form of mentoring"), required=False
    )
    started_on = DateField(label=gettext_lazy("Date of joining"), required=False)
    ended_on = DateField(label=gettext_lazy("Participation ended"))
    results = forms.CharField(
        label=gettext_lazy("Results of the programme"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 2}),
    )
    case_url = CellField(
        parse=parse_url, label=gettext_lazy("Case or review (address)"), required=False, max_length=500
    )
    completion_mark = forms.ChoiceField(
        label=gettext_lazy("Mark of completion"), required=False, choices=CompletionMark.choices
    )
    shared_ok = forms.BooleanField(
        label=gettext_lazy("The correction is right for the other organization too"), required=False
    )

    def __init__(
        self, *args, participation: Participation, private: bool, is_shared=False, only="", **kwargs
    ):
        self.records = (participation, participation.person)
        initial = _initial(participation)
        super().__init__(*args, initial=initial, **kwargs)
        self.participation = participation
        self.is_shared = is_shared and private
        whole = fields_of(participation, private=private)
        wanted = tuple(name for name in GROUPS.get(only, (only,)) if name in whole)
        self.shown = wanted or whole
        self.only = only if wanted else ""
        if self.only:
            self.fields[self.shown[0]].widget.attrs["autofocus"] = ""
        self._drop_others()
        self._fill_choices(participation)
        if not self.only:
            leave_unmarked(self)

    @property
    def layout(self) -> tuple:
        if self.only:
            names = [*self.shown, *(["shared_ok"] if "shared_ok" in self.fields else [])]
            return tuple(Row((name, 6)) for name in names)
        parts = []
        for heading, rows in _rows(self.participation.role):
            shown = [row for row in (_kept(row, self.fields) for row in rows) if row]
            if shown:
                parts += [Heading(heading), *(Row(*row) for row in shown)]
        return tuple(parts)

    def clean_birth_year(self):
        """The year follows from the date; one that was typed anew and differs is refused."""
        year, date = self.cleaned_data["birth_year"], self.cleaned_data.get("birth_date")
        if date is None:
            return year
        if year not in (None, date.year, self.initial.get("birth_year")):
            raise ValidationError(_("The year of birth differs from the date of birth."))
        return date.year

    def clean(self):
        self.join_contact(self.participation.person.contact)
        if all(name in self.cleaned_data for name in NAME):
            self._read_name()
        if self.cleaned_data.get("class_name") and self._population() not in ("", Population.PUPIL):
            self.add_error("class_name", _("Only a pupil has a class. Clear it or choose “Pupil”."))
        try:
            cleaned = super().clean()
        finally:
            if self.is_shared:
                # Who works there is the other organization's affair.
                self.conflicts = [replace(conflict, who="") for conflict in self.conflicts]
        if self.is_shared:
            self._ask_about_sharing()
        return cleaned

    def _population(self) -> str:
        if "population" in self.fields:
            return self.cleaned_data.get("population", "")
        return self.participation.population

    def _read_name(self) -> None:
        try:
            name = read_parts(*(self.cleaned_data[part] for part in NAME))
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return
        for part, value in zip(NAME, (name.last, name.first, name.patronymic), strict=True):
            self.cleaned_data[part] = value

    def _ask_about_sharing(self) -> None:
        changed = {*self.changes(self.records[1])} & {*NAME, *BIRTH}
        if changed and not self.cleaned_data.get("shared_ok"):
            self.add_error(
                "shared_ok",
                _("The name and the birth change in the other organization too. Confirm that it is right."),
            )

    def _drop_others(self) -> None:
        kept = {*self.shown, "version"}
        if self.is_shared and kept & {*NAME, *BIRTH}:
            kept.add("shared_ok")
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]

    def _fill_choices(self, participation: Participation) -> None:
        if "population" in self.fields:
            self.fields["population"].choices = population_choices()
        if "form" in self.fields:
            known = offered(MentoringForm, participation.form_id)
            self.fields["form"].offer(known, [participation.organization_id])
        if "category" in self.fields:
            self.fields["category"].queryset = offered(MenteeCategory, participation.category_id)


def _initial(participation: Participation) -> dict:
    person = {name: getattr(participation.person, name) for name in (*NAME, *BIRTH)}
    person |= CardForm.contact_parts(participation.person.contact)
    own = {
        column.name: getattr(participation, column.attname)
        for column in Participation._meta.concrete_fields
        if not column.primary_key
    }
    return {**own, **person}


def _kept(row: tuple, fields) -> tuple:
    return tuple((name, width) for name, width in row if name in fields)


def _rows(role: str) -> tuple:
    person = (
        (("last_name", 2), ("first_name", 2), ("patronymic", 2)),
        (("birth_date", 2), ("birth_year", 2)),
        (("shared_ok", 6),),
        (("phone", 2), ("email", 2), ("contact", 2)),
    )
    work = (
        (("population", 2), ("class_name", 2), ("position", 2)),
        (("subject", 3), ("experience_years", 3)),
        (("workplace", 6),),
    )
    if role == Side.MENTOR:
        own = (
            (("form", 6),),
            (("competencies", 4), ("capacity", 2)),
            (("achievements", 6),),
            (("interests", 6),),
            (("desired_age", 3), ("time_resource", 3)),
            (("started_on", 2), ("ended_on", 2)),
        )
    else:
        own = (
            (("form", 6),),
            (("category", 6),),
            (("main_request", 6),),
            (("started_on", 2), ("ended_on", 2)),
        )
    results = ((("results", 6),), (("case_url", 4), ("completion_mark", 2)))
    return (
        (_("The person"), person),
        (_("Class or work"), work),
        (_("In the programme"), own),
        (_("Result"), results),
    )
