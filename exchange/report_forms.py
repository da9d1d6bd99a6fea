"""The builder of reports: kind, period, coverage, files."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.dates import SchoolYear, today
from common.forms import DateField, PortalForm
from common.reporting import ReportKind, frozen_periods, report_kinds
from exchange.making import made_formats
from exchange.models import ReportRun
from exchange.places import PART, SCHOOL, WHOLE, PlaceField, split_place
from orgs.enums import READER_ROLES
from orgs.models import District, Municipality, Organization
from orgs.scope import Scope

YEARS_BACK = 5
SCHOOL_YEAR, YEAR, DAY, ROUND = "school", "year", "date", "round"
PERIODS = (
    (SCHOOL_YEAR, gettext_lazy("School year")),
    (YEAR, gettext_lazy("Calendar year")),
    (DAY, gettext_lazy("On a day")),
    (ROUND, gettext_lazy("Closed monitoring")),
)
FORMATS = ("docx", "xlsx", "pdf")
USUAL_FORMATS = ("docx", "xlsx")


def formats_of(kind: ReportKind) -> list[str]:
    """Files that the kind can be had as, those of its companions too."""
    own = made_formats(kind)
    return [format for format in FORMATS if format in own or format in kind.along]


class ReportForm(PortalForm):
    """What the report is, about when, about whom, and which files are made.

    Without data the fields show ``preset``, the parts of an address; what it does not say is as in the last
    report of the user.
    """

    kind = forms.ChoiceField(
        label=pgettext_lazy("report", "Kind"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the report.")},
    )
    period = forms.ChoiceField(
        label=gettext_lazy("Period"), choices=PERIODS, widget=forms.RadioSelect, required=False
    )
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, required=False, empty_value=None)
    school = forms.TypedChoiceField(
        label=gettext_lazy("School year"), coerce=int, required=False, empty_value=None
    )
    as_of = DateField(label=gettext_lazy("As of"), required=False)
    round = forms.ChoiceField(label=gettext_lazy("Closed monitoring"), required=False)
    place = PlaceField(label=gettext_lazy("Coverage"))
    organizations = forms.MultipleChoiceField(
        label=gettext_lazy("Only some organizations"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose an organization that you work for.")},
    )
    formats = forms.MultipleChoiceField(
        label=gettext_lazy("Files"),
        choices=[(format, format.upper()) for format in FORMATS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one file.")},
    )

    def __init__(
        self, data=None, *, scope: Scope, preset: QueryDict | None = None, last: ReportRun | None = None
    ):
        super().__init__(data)
        self.scope = scope
        self.frozen = {period.code: period for period in frozen_periods(scope)}
        self.fields["round"].choices = [(code, period.label) for code, period in self.frozen.items()]
        if not self.frozen:
            self.fields["period"].choices = [choice for choice in PERIODS if choice[0] != ROUND]
        year = today().year
        self.fields["year"].choices = [
            (value, _("year %(year)s") % {"year": value}) for value in range(year + 1, year - YEARS_BACK, -1)
        ]
        self.fields["school"].choices = [
            (first, SchoolYear(first).title)
            for first in range(SchoolYear.of(today()).start_year, year - YEARS_BACK - 1, -1)
        ]
        self.fields["place"].narrow(
            scope, school_roles=READER_ROLES, municipal_roles=READER_ROLES, district_roles=READER_ROLES
        )
        places = self.fields["place"].places.values()
        oversees = any(isinstance(place, Municipality) for place in places)
        self.kinds = sorted(
            (kind for kind in report_kinds.values() if oversees or not kind.whole_municipality),
            key=lambda kind: (kind.order, kind.code),
        )
        had = {format for kind in self.kinds for format in formats_of(kind)}
        self.fields["formats"].choices = [
            (format, format.upper()) for format in FORMATS if format in had or format in USUAL_FORMATS
        ]
        self.fields["kind"].choices = [(kind.code, kind.title) for kind in self.kinds]
        schools = [
            (code.partition(":")[2], str(place))
            for code, place in self.fields["place"].places.items()
            if isinstance(place, Organization)
        ]
        has_whole = any(not isinstance(place, Organization) for place in places)
        self.fields["organizations"].choices = schools if has_whole else []
        self.initial = self._usual() | self._as_last(last) | self._preset(preset)

    @property
    def options(self) -> list[dict]:
        """Kinds as the page offers them: the radio, a few words, the files."""
        by_code = {str(radio.data["value"]): radio for radio in self["kind"]}
        return [
            {
                "radio": by_code[kind.code],
                "title": kind.title,
                "description": kind.description,
                "formats": ", ".join(formats_of(kind)).upper(),
            }
            for kind in self.kinds
        ]

    def question(self) -> dict:
        """The keyword arguments of ``services.ask_reports`` out of a valid form."""
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "formats": data["formats"],
            "year": data["year"],
            "as_of": data["as_of"],
            "school_year": data.get("period") == SCHOOL_YEAR,
            "organizations": [int(key) for key in data["organizations"]],
            **split_place(data["place"]),
        }

    def clean(self):
        cleaned = super().clean()
        self._clean_period(cleaned)
        self._clean_formats(cleaned)
        self._clean_coverage(cleaned)
        return cleaned

    def _clean_period(self, cleaned: dict) -> None:
        period = cleaned.get("period") or YEAR
        if period == ROUND:
            frozen = self.frozen.get(cleaned.get("round", ""))
            if frozen is None:
                if "round" not in self.errors:
                    self.add_error("round", _("Choose a closed monitoring."))
                return
            cleaned["year"], cleaned["as_of"] = frozen.year, frozen.as_of
        elif period == SCHOOL_YEAR:
            kind = cleaned.get("kind")
            if kind and not report_kinds.get(kind).by_school_year:
                self.add_error("period", _("This report is made for a calendar year. Choose one."))
            elif cleaned.get("school"):
                last = SchoolYear(cleaned["school"])
                cleaned["year"], cleaned["as_of"] = last.end.year, last.end
            elif "school" not in self.errors:
                self.add_error("school", _("Choose the year."))
        elif period == DAY:
            if cleaned.get("as_of"):
                cleaned["year"] = cleaned["as_of"].year
            elif "as_of" not in self.errors:
                self.add_error("as_of", _("Type the day, for example 25.05.2026."))
        elif cleaned.get("year"):
            cleaned["as_of"] = date(cleaned["year"], 12, 31)
        elif "year" not in self.errors:
            self.add_error("year", _("Choose the year."))

    def _clean_formats(self, cleaned: dict) -> None:
        if "kind" not in cleaned or "formats" not in cleaned:
            return
        offered = formats_of(report_kinds.get(cleaned["kind"]))
        chosen = [format for format in offered if format in cleaned["formats"]]
        if not chosen:
            self.add_error(
                "formats",
                _("This report is made as %(formats)s. Tick it.") % {"formats": ", ".join(offered).upper()},
            )
        cleaned["formats"] = chosen

    def _clean_coverage(self, cleaned: dict) -> None:
        place = cleaned.get("place")
        if cleaned.get("organizations") and isinstance(place, Organization):
            cleaned["organizations"] = []
        if place is None or "kind" not in cleaned:
            return
        narrowed = cleaned.get("organizations") or not isinstance(place, Municipality)
        if report_kinds.get(cleaned["kind"]).whole_municipality and narrowed:
            self.add_error("place", _("This report is about the whole municipality only. Choose it."))

    def _usual(self) -> dict:
        whole = next(iter(self.fields["place"].choices), ("", ""))[0]
        first = self.kinds[0].code if self.kinds else ""
        usual = "spravka" if "spravka" in report_kinds else first
        return {
            "kind": usual,
            "period": YEAR,
            "year": today().year,
            "school": SchoolYear.of(today()).start_year,
            "place": whole,
            "formats": list(USUAL_FORMATS),
            "round": next(iter(self.frozen), ""),
        }

    def _as_last(self, last: ReportRun | None) -> dict:
        if last is None:
            return {}
        found = {"kind": last.parameters.get("report", last.kind), "year": last.year}
        found["period"] = period_code(last)
        if found["period"] == SCHOOL_YEAR:
            found |= {"year": today().year, "school": last.year - 1}
        elif found["period"] == DAY:
            found["as_of"] = last.as_of
        place = place_code(last)
        if place in self.fields["place"].places:
            found["place"] = place
        return found

    def _preset(self, preset: QueryDict | None) -> dict:
        if not preset:
            return {}
        found = {
            name: preset[name] for name in ("kind", "period", "year", "school", "round") if preset.get(name)
        }
        if preset.get("as_of"):
            found["as_of"] = preset["as_of"]
        if preset.get("place") in self.fields["place"].places:
            found["place"] = preset["place"]
        for name in ("formats", "organizations"):
            if preset.getlist(name):
                found[name] = preset.getlist(name)
        return found


class ReportFilter(forms.Form):
    """Which of the past reports are listed."""

    report = forms.ChoiceField(label=pgettext_lazy("report", "Kind"), required=False)
    of_year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    coverage = forms.ChoiceField(label=gettext_lazy("Coverage"), required=False)

    def __init__(self, data, *, years, kinds, places):
        super().__init__(data)
        every = [("", _("All"))]
        self.fields["report"].choices = every + kinds
        self.fields["of_year"].choices = every + [(str(year), str(year)) for year in years]
        self.fields["coverage"].choices = every + places
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select form-select-sm"

    @property
    def chosen(self) -> dict[str, str]:
        """Filters that narrow the list; a value that cannot be chosen counts as not given."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def period_code(run: ReportRun) -> str:
    """The kind of period that the run was asked with; a closed monitoring is asked by its day."""
    if run.school_year:
        return SCHOOL_YEAR
    return YEAR if run.as_of in (None, date(run.year, 12, 31)) else DAY


def place_code(run: ReportRun) -> str:
    """The value of the place field that the run was asked with."""
    if run.organization_id:
        return f"{SCHOOL}:{run.organization_id}"
    if run.district_id:
        return f"{PART}:{run.district_id}"
    return f"{WHOLE}:{run.municipality_id}"


def place_of(run: ReportRun) -> Organization | District | Municipality | None:
    """What the run is about."""
    return run.organization or run.district or run.municipality
