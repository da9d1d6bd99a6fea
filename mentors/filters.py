"""Filters of the registers of people, pairs and programmes."""

from __future__ import annotations

import re
from functools import partial

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from common.text import search_key
from mentors import queries
from mentors.dictionaries import MentoringForm
from mentors.enums import ProgramStatus, Side
from mentors.models import Pair, Participation, Program
from orgs.filters import RegisterFilterSet
from orgs.models import Organization

STATES = (("active", _("Active")), ("ended", _("Ended")), ("all", _("All")))
CLASS = re.compile(r"(\d{1,2})\s*[-«\"]?\s*([А-Яа-яЁё]?)[»\"]?")


class PeopleFilterSet(RegisterFilterSet):
    """What registers of people have in common: search, form, state, organization."""

    def prepare_choices(self) -> None:
        organizations = Organization.objects.visible_to(self.scope)
        self.filters["organization"].field.queryset = organizations
        if len(organizations[:2]) < 2:
            del self.filters["organization"]
        if "form" in self.filters:
            self.filters["form"].field.queryset = MentoringForm.objects.filter(active=True)

    def by_state(self, queryset, name, value):
        """Active rows, ended ones or all."""
        return {"ended": queries.ended, "all": lambda rows: rows}.get(value, queries.active)(queryset)

    @property
    def qs(self):
        # Without a choice a register shows what goes on now.
        if not self.data.get("state") and "state" in self.filters:
            return queries.active(super().qs)
        return super().qs

    def _without_only(self):
        rows = super()._without_only()
        if not self.data.get("state") and "state" in self.filters:
            return queries.active(rows)
        return rows


class ParticipationFilterSet(PeopleFilterSet):
    """Mentors or mentees; ``side`` says whom."""

    side = ""

    q = django_filters.CharFilter(method="search", label=_("Full name or class"))
    state = django_filters.ChoiceFilter(
        choices=STATES, method="by_state", label=_("Status"), empty_label=None
    )
    form = django_filters.ModelChoiceFilter(
        queryset=MentoringForm.objects.none(), method="by_form", label=_("Form"), empty_label=_("All forms")
    )
    organization = django_filters.ModelChoiceFilter(
        queryset=Organization.objects.none(), label=_("Organization"), empty_label=_("All organizations")
    )
    only = django_filters.CharFilter(method="narrow")

    class Meta:
        model = Participation
        fields: tuple[str, ...] = ()

    def search(self, queryset, name, value):
        """Words of a name in any case with ё as е, or a class («9б»)."""
        if found := CLASS.fullmatch(value.strip()):
            return queryset.filter(class_name__istartswith="".join(found.groups()).upper())
        return queryset.filter(names_match("person__name_key", value))

    def by_form(self, queryset, name, value):
        """Participants with a pair of this form, or who were entered with it and have no pair."""
        if value is None:
            return queryset
        pair = Pair.objects.filter(**{self.side: OuterRef("pk")}, form=value)
        return queryset.filter(Q(form=value) | Exists(pair))


class MenteeFilterSet(ParticipationFilterSet):
    side = Side.MENTEE

    def conditions(self) -> dict:
        return {
            "no_pair": (_("Without a mentor"), partial(queries.without_pair, side=self.side)),
            "no_birth_year": (
                _("Without a year of birth"),
                partial(queries.pupils_without_birth_year, side=self.side),
            ),
        }


class MentorFilterSet(ParticipationFilterSet):
    side = Side.MENTOR

    def conditions(self) -> dict:
        return {
            "no_pair": (_("Without mentees"), partial(queries.without_pair, side=self.side)),
            "no_birth_year": (
                _("Without a year of birth"),
                partial(queries.pupils_without_birth_year, side=self.side),
            ),
        }


class PairFilterSet(PeopleFilterSet):
    q = django_filters.CharFilter(method="search", label=_("Full name"))
    state = django_filters.ChoiceFilter(
        choices=STATES, method="by_state", label=_("Status"), empty_label=None
    )
    form = django_filters.ModelChoiceFilter(
        queryset=MentoringForm.objects.none(), label=_("Form"), empty_label=_("All forms")
    )
    organization = django_filters.ModelChoiceFilter(
        queryset=Organization.objects.none(), label=_("Organization"), empty_label=_("All organizations")
    )
    only = django_filters.CharFilter(method="narrow")

    class Meta:
        model = Pair
        fields: tuple[str, ...] = ()

    def conditions(self) -> dict:
        return {
            "no_start": (_("Without a start date"), queries.without_start),
            "no_program": (_("Without a programme"), queries.without_program),
            "no_meetings": (_("No meetings for over 30 days"), queries.without_meetings),
        }

    def search(self, queryset, name, value):
        """Words of the name of one of the two."""
        return queryset.filter(
            names_match("mentor__person__name_key", value) | names_match("mentee__person__name_key", value)
        )


class ProgramFilterSet(PeopleFilterSet):
    q = django_filters.CharFilter(method="search", label=_("Title or full name"))
    status = django_filters.ChoiceFilter(
        choices=ProgramStatus.choices, label=_("Status"), empty_label=_("All statuses")
    )
    organization = django_filters.ModelChoiceFilter(
        queryset=Organization.objects.none(), label=_("Organization"), empty_label=_("All organizations")
    )
    only = django_filters.CharFilter(method="narrow")

    class Meta:
        model = Program
        fields: tuple[str, ...] = ()

    def conditions(self) -> dict:
        return {"overdue": (_("With overdue steps"), queries.with_overdue_steps)}

    def search(self, queryset, name, value):
        """Text of the title, or words of the name of one of the two."""
        return queryset.filter(
            Q(title__icontains=value.strip())
            | names_match("pair__mentor__person__name_key", value)
            | names_match("pair__mentee__person__name_key", value)
        )


def names_match(path: str, text: str) -> Q:
    """Each word of the text begins a word of the name: case, ё and kinds of hyphens do not count."""
    condition = Q()
    for word in search_key(text).split():
        condition &= Q(**{f"{path}__startswith": word}) | Q(**{f"{path}__contains": f" {word}"})
    return condition or Q(pk__in=[])
