"""Forms of pairs and groups."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import today
from common.forms import DateField, GuardedForm, PortalForm, PortalModelForm, Row
from mentors.candidates import candidates
from mentors.dictionaries import EndReason, MentoringForm, MentoringKind, RoleVariant, Stage, offered
from mentors.enums import CompletionMark, GoalResult, Side
from mentors.forms.segments import MentoringFormField
from mentors.models import Group, Pair
from mentors.queries import active
from mentors.rights import WRITERS, writable

SHORT_TEXT = forms.Textarea(attrs={"rows": 3})


class _ByForm(forms.models.ModelChoiceIterator):
    """Variants of roles under the names of their forms."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        groups: dict[str, list] = {}
        for variant in self.queryset.select_related("form"):
            groups.setdefault(str(variant.form), []).append(self.choice(variant))
        yield from groups.items()


class RoleVariantField(forms.ModelChoiceField):
    iterator = _ByForm


def _variants():
    return RoleVariant.objects.filter(active=True).order_by("form__position", "position")


class PairForm(PortalForm):
    """A mentor for one mentee or several; people are chosen from lists that the page draws itself."""

    form = MentoringFormField(MentoringForm.objects.none(), label=gettext_lazy("Form of mentoring"))
    mentees = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Mentees"),
        error_messages={"required": gettext_lazy("Choose at least one mentee.")},
    )
    mentor = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Mentor"),
        error_messages={"required": gettext_lazy("Choose a mentor.")},
    )
    over_capacity = forms.BooleanField(
        label=gettext_lazy("Assign above the limit all the same"), required=False
    )
    started_on = DateField(label=gettext_lazy("Work together since"), initial=today)
    kind = forms.ModelChoiceField(
        MentoringKind.objects.filter(active=True),
        label=gettext_lazy("Kind of mentoring"),
        required=False,
        empty_label=gettext_lazy("Not said"),
    )
    role_variant = RoleVariantField(
        _variants(),
        label=gettext_lazy("Variant of roles"),
        required=False,
        empty_label=gettext_lazy("Not said"),
    )
    group = forms.ModelChoiceField(
        None, label=gettext_lazy("Group"), required=False, empty_label=gettext_lazy("No group")
    )
    group_title = forms.CharField(
        label=gettext_lazy("New group"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Several mentees at once make a group; without a title it gets one."),
    )
    request = forms.CharField(
        label=gettext_lazy("Request in this pair"), required=False, max_length=2000, widget=SHORT_TEXT
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].offer(MentoringForm.objects.filter(active=True), scope.organization_ids(WRITERS))
        self.fields["mentees"].queryset = candidates(scope, Side.MENTEE)
        self.fields["mentor"].queryset = candidates(scope, Side.MENTOR)
        working = active(Pair.objects.filter(group__isnull=False)).values("group")
        self.fields["group"].queryset = writable(Group.objects.filter(pk__in=working), scope).order_by(
            "title", "pk"
        )

    def clean(self):
        cleaned = super().clean()
        mentor, mentees = cleaned.get("mentor"), cleaned.get("mentees") or []
        if mentor and any(mentee.person_id == mentor.person_id for mentee in mentees):
            self.add_error("mentor", _("Nobody can be their own mentor. Choose somebody else."))
        if mentor and any(mentee.organization_id != mentor.organization_id for mentee in mentees):
            self.add_error("mentor", _("Mentor and mentee are at different schools. Choose from one school."))
        if cleaned.get("form") and mentor:
            _refuse_unfit(self, cleaned["form"], mentor, mentees)
        _refuse_strange_variant(self, cleaned)
        if cleaned.get("group") and cleaned.get("group_title"):
            self.add_error("group_title", _("Choose a group or name a new one, not both."))
        return cleaned

    def unchecked(self) -> PairForm:
        """The same form with what was typed and without a word about what is missing so far."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}
        return self


def _refuse_unfit(form, chosen: MentoringForm, mentor, mentees) -> None:
    for name, row, wanted in [
        ("mentor", mentor, chosen.mentor_population),
        *(("mentees", mentee, chosen.mentee_population) for mentee in mentees),
    ]:
        if row.population and row.population != wanted:
            form.add_error(
                name,
                _("The form “%(form)s” does not fit: %(name)s is here as: %(who)s. Choose another form.")
                % {
                    "form": chosen,
                    "name": row.person.short_name,
                    "who": row.get_population_display(),
                },
            )


def _refuse_strange_variant(form, cleaned: dict) -> None:
    variant, chosen = cleaned.get("role_variant"), cleaned.get("form")
    if variant and chosen and variant.form_id != chosen.pk:
        form.add_error(
            "role_variant",
            _("This variant belongs to the form “%(form)s”. Choose another one.") % {"form": variant.form},
        )


class PairEditForm(GuardedForm, PortalModelForm):
    """The facts of a pair; those of its end only once it has ended."""

    class Meta:
        model = Pair
        fields = (
            "form",
            "kind",
            "role_variant",
            "started_on",
            "stage",
            "request",
            "mentee_results",
            "mentor_results",
            "ended_on",
            "end_reason",
            "goal_result",
            "completion_mark",
        )
        widgets = dict.fromkeys(("request", "mentee_results", "mentor_results"), SHORT_TEXT)
        field_classes = {"form": MentoringFormField, "role_variant": RoleVariantField}

    def __init__(self, *args, scope, instance, **kwargs):
        self.records = (instance,)
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["form"].offer(offered(MentoringForm, instance.form_id), [instance.organization_id])
        for name, model in (
            ("kind", MentoringKind),
            ("stage", Stage),
            ("end_reason", EndReason),
        ):
            self.fields[name].queryset = offered(model, getattr(instance, f"{name}_id"))
        self.fields["role_variant"].queryset = _variants()
        self.fields["started_on"].label = _("Work together since")
        if instance.ended_on is None:
            for name in ("ended_on", "end_reason", "goal_result", "completion_mark"):
                del self.fields[name]
        else:
            self.fields["ended_on"].required = True
        self.layout = self._rows()

    def _rows(self) -> tuple:
        rows = [
            "form",
            Row(("role_variant", 3), ("kind", 3)),
            Row(("started_on", 2), ("stage", 4)),
            "request",
            "mentee_results",
            "mentor_results",
        ]
        if "ended_on" in self.fields:
            rows += [Row(("end_reason", 4), ("ended_on", 2)), Row(("goal_result", 3), ("completion_mark", 3))]
        return tuple(rows)

    def clean(self):
        cleaned = super().clean()
        _refuse_strange_variant(self, cleaned)
        if cleaned.get("completion_mark") == CompletionMark.IN_PROGRESS:
            self.add_error("completion_mark", _("The pair has ended: choose another mark."))
        return cleaned


class PairCloseForm(PortalForm):
    """How a pair ended."""

    end_reason = forms.ModelChoiceField(
        EndReason.objects.filter(active=True),
        label=gettext_lazy("Why does it end"),
        empty_label=gettext_lazy("Choose a reason"),
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    goal_result = forms.ChoiceField(
        choices=[(value, capfirst(label)) for value, label in GoalResult.choices],
        label=gettext_lazy("Result against the goal"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the goal was reached.")},
    )
    ended_on = DateField(label=gettext_lazy("Last day"), initial=today)
    whom = forms.ChoiceField(label=gettext_lazy("Whom to end"), widget=forms.RadioSelect)
    conclusion = forms.CharField(
        label=gettext_lazy("Short conclusion"),
        help_text=gettext_lazy("Stands among the results of the programme in both bases."),
        required=False,
        max_length=2000,
        widget=SHORT_TEXT,
    )

    def __init__(self, *args, scope, pair: Pair, others: int, **kwargs):
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["whom"]
        else:
            self.fields["whom"].choices = [
                ("one", _("Only this pair")),
                ("all", _("All open pairs of the group: %(n)s") % {"n": others + 1}),
            ]
            self.initial["whom"] = "one"
        whom = ("whom",) if others else ()
        self.layout = (Row(("end_reason", 4), ("ended_on", 2)), "goal_result", *whom, "conclusion")


class StageForm(PortalForm):
    """The stage of the programme of the target model in which the pair is."""

    stage = forms.ModelChoiceField(Stage.objects.filter(active=True), label=gettext_lazy("Stage"))


class GroupForm(PortalForm):
    """Title and members of a group: open pairs of one mentor."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    pairs = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Pairs in the group"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one pair.")},
    )
    layout = ("title", "pairs")

    def __init__(self, *args, scope, pairs, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pairs"].queryset = pairs
        self.fields["pairs"].label_from_instance = lambda pair: _member(pair, names)


class GroupEditForm(GuardedForm, GroupForm):
    """The same, guarded: the stamp is of the group and of its pairs at the time."""

    def __init__(self, *args, group: Group, **kwargs):
        self.records = (group,)
        super().__init__(*args, **kwargs)


def _member(pair: Pair, names) -> str:
    parts = [names.name(pair.mentee), pair.mentee.class_name]
    if pair.group_id and pair.group is not None:
        parts.append(_("now in “%(group)s”") % {"group": pair.group.title})
    return ", ".join(part for part in parts if part)
