"""Forms of the roadmap: an activity, a section, the mark of how far it is."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.dates import today
from common.forms import AttachmentField, DateField, GuardedForm, PortalForm, Row
from monitoring.enums import ActivityStatus
from monitoring.forms.rows import RowForm
from monitoring.models import Roadmap, RoadmapActivity, RoadmapSection
from monitoring.roadmap_models import Marked

OLDEST_YEAR, NEWEST_YEAR = 2000, 2100
TEXT = {"rows": 3}


class AdoptForm(PortalForm):
    """From which year the template is taken over, and whether its targets come along."""

    first_year = forms.IntegerField(
        label=_("First year of the roadmap"),
        min_value=OLDEST_YEAR,
        max_value=NEWEST_YEAR,
        help_text=_("All terms move along with it."),
    )
    with_targets = forms.BooleanField(
        label=_("Take the targets by year as well, where the municipality has none"), required=False
    )

    layout = ("first_year", "with_targets")

    def __init__(self, *args, scope=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_year"].initial = today().year


class RoadmapForm(RowForm):
    """The head of the roadmap."""

    layout = ("title", Row(("first_year", 3), ("last_year", 3)), "source", "goal")

    class Meta:
        model = Roadmap
        fields = ("title", "first_year", "last_year", "source", "goal")
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "goal": forms.Textarea(attrs=TEXT)}

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("The last year is before the first."))
        return cleaned


class SectionForm(RowForm):
    """The title of a section."""

    class Meta:
        model = RoadmapSection
        fields = ("title",)


class ActivityForm(RowForm):
    """The words of an activity and its term."""

    starts_on = DateField(label=_("Begins"), required=False)
    ends_on = DateField(label=_("Ends"), required=False)

    layout = (
        "title",
        Row(("executors", 3), ("participants", 3)),
        "expected_result",
        Row(("term_text", 2), ("starts_on", 2), ("ends_on", 2)),
        "yearly",
    )

    class Meta:
        model = RoadmapActivity
        fields = (
            "title",
            "executors",
            "participants",
            "expected_result",
            "term_text",
            "starts_on",
            "ends_on",
            "yearly",
        )
        widgets = {
            "title": forms.Textarea(attrs=TEXT),
            "expected_result": forms.Textarea(attrs=TEXT),
        }
        labels = {
            "executors": _("Responsible executors"),
            "expected_result": _("Expected results"),
            "term_text": _("Term as the order words it"),
            "yearly": _("Done anew every year: each year gets a mark of its own"),
        }
        help_texts = {"term_text": _("For example: 2026–2028 (by a separate schedule)")}

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error(
                "ends_on", _("The end date is before the start date. Correct one of the two dates.")
            )
        if cleaned.get("yearly") and not (start and end):
            self.add_error("starts_on", _("A yearly activity needs both days of its term."))
        return cleaned


class MarkForm(GuardedForm, PortalForm):
    """How far an activity, or one year of it, is, and what confirms it."""

    status = forms.ChoiceField(label=_("Status"), choices=ActivityStatus.choices, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Evidence: link or order"),
        max_length=500,
        required=False,
        help_text=_("For example: Order of 02.09.2026 No. 98, or an address on the site"),
    )
    file = AttachmentField(label=_("File"), required=False)
    without_evidence = forms.BooleanField(label=_("There is nothing that confirms it"), required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A dropped activity needs the reason here."),
    )

    layout = ("status", "evidence", "file", "without_evidence", "note")

    def __init__(self, *args, target: Marked, scope=None, **kwargs):
        self.records = (target,)
        kwargs["initial"] = {
            name: getattr(target, name) for name in ("status", "evidence", "without_evidence", "note")
        }
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [
            (code, str(label).capitalize()) for code, label in ActivityStatus.choices
        ]


class RemoveForm(PortalForm):
    """Why the activity leaves the plan."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=100,
        help_text=_("It stays in the history, for example: Order of 12.03.2026 No. 41."),
    )

    def __init__(self, *args, scope=None, **kwargs):
        super().__init__(*args, **kwargs)
