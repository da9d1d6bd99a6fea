"""Filters of the registers of people, pairs and programmes."""

from __future__ import annotations

import re
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.dates import SchoolYear, today
from common.paging import bounded_counts
from common.search import SearchedKey, holds_words, searchable
from mentors import queries
from mentors.dictionaries import MenteeCategory, MentoringForm, MentoringKind, Stage
from mentors.enums import CompletionMark, Population, ProgramStatus, Side
from mentors.models import Pair
from mentors.registers.words import form_words
from orgs.registers.facets import ChoiceFacet, ConditionFacet, Facet, Option, RelatedFacet, TextFacet
from orgs.registers.filters import Condition, RegisterFilters

CLASS = re.compile(r"(\d{1,2})\s*[-«\"]?\s*([А-Яа-яЁё]?)[»\"]?")
# A teacher is young up to three years of teaching (order 1438, indicator «молодые специалисты»).
YOUNG_YEARS = 3


class PeriodFilters(RegisterFilters):
    """Rows with a period: the school year shown, the state, the place."""

    @property
    def is_past(self) -> bool:
        """Whether a past school year is shown; quick filters about today's work have no sense there."""
        return self.year != SchoolYear.of(today())

    def in_period(self, rows):
        """Of a past year the rows that overlap it; rows of the present are all there are."""
        if not self.is_past:
            return rows
        begun = Q(started_on__isnull=True) | Q(started_on__lte=self.year.end)
        return rows.filter(begun, Q(ended_on__isnull=True) | Q(ended_on__gte=self.year.start))

    def state_facet(self, active, ended) -> Facet:
        """Active or ended: today, or at the end of the past year that is shown."""
        if self.is_past:
            end = self.year.end
            choices = (
                ("active", active, lambda rows: rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=end))),
                ("ended", ended, lambda rows: rows.filter(ended_on__lte=end)),
            )
            return ConditionFacet("state", _("Status"), choices)
        choices = (("active", active, queries.active), ("ended", ended, queries.ended))
        return ConditionFacet("state", _("Status"), choices, default=("active",))

    def place_facets(self) -> tuple[Facet, ...]:
        """Organization and district; they offer only what the rows of the scope have."""
        return (
            RelatedFacet("organization", _("Organization"), "organization", self.organizations),
            RelatedFacet("area", _("District"), "organization__district", self.districts),
        )


class FormFacet(RelatedFacet):
    """The form of a participant: of a pair, or the one that the base names when there is no pair."""

    def __init__(self, side: str):
        super().__init__("form", _("Form"), "form", self._offered, words=form_words)
        self.side = side

    @staticmethod
    def _offered():
        return MentoringForm.objects.filter(active=True)

    def narrow(self, rows, values):
        pair = Pair.objects.filter(**{self.side: OuterRef("pk")}, form__in=values)
        return rows.filter(Q(form__in=values) | Exists(pair))

    def options(self, rows, chosen):
        forms = list(self.seen())
        counts = bounded_counts([self.narrow(rows, [str(form.pk)]) for form in forms])
        return [
            Option(str(form.pk), form_words(form.title), count, str(form.pk) in chosen)
            for form, count in zip(forms, counts, strict=True)
            if count or str(form.pk) in chosen
        ]


class ParticipationFilters(PeriodFilters):
    """Mentors or mentees; ``side`` says whom."""

    side = ""
    search_label = _("Full name or class")

    def facets(self):
        return (
            self.state_facet(pgettext_lazy("participant", "Active"), _("Ended participation")),
            TextFacet("class", _("Class"), "class_name"),
            FormFacet(self.side),
            ChoiceFacet("who", _("Who it is"), "population", Population.choices, words=form_words),
            *self.more_facets(),
            *self.place_facets(),
        )

    def more_facets(self) -> tuple[Facet, ...]:
        """Facets of one side only."""
        return ()

    def conditions(self):
        side = self.side
        found = [Condition("incomplete", _("Incomplete"), partial(queries.incomplete, side=side))]
        if not self.is_past:
            found += [
                Condition("no_pair", _("Without a pair"), partial(queries.without_pair, side=side)),
                Condition(
                    "no_meetings",
                    _("No meetings for over 30 days"),
                    partial(queries.with_silent_pair, side=side),
                    short=_("No meetings"),
                ),
            ]
        return [
            *found,
            Condition(
                "duplicates",
                _("Possible duplicates"),
                queries.possible_duplicates,
                short=_("Duplicates"),
            ),
            Condition(
                "no_birth_year",
                _("Without a year of birth"),
                partial(queries.pupils_without_birth_year, side=side),
                pinned=False,
            ),
            *self.more_conditions(),
        ]

    def more_conditions(self) -> tuple[Condition, ...]:
        return ()

    def search(self, rows, text):
        """Parts of a name in any case with ё as е, or a class («9б»)."""
        if found := CLASS.fullmatch(text):
            return rows.filter(class_name__startswith="".join(found.groups()).upper())
        return rows.alias(searched=SearchedKey("person__name_key")).filter(holds_words("searched", text))


class MenteeFilters(ParticipationFilters):
    side = Side.MENTEE

    def more_facets(self):
        return (
            RelatedFacet(
                "category",
                _("Category"),
                "category",
                lambda: MenteeCategory.objects.filter(active=True),
                words=form_words,
            ),
        )

    def more_conditions(self):
        def young(rows):
            return rows.filter(experience_years__lte=YOUNG_YEARS).exclude(population=Population.PUPIL)

        return (Condition("young", _("Young teachers"), young, pinned=False),)


class MentorFilters(ParticipationFilters):
    side = Side.MENTOR


class PairFilters(PeriodFilters):
    search_label = _("Full name of one of the two")

    def facets(self):
        return (
            self.state_facet(pgettext_lazy("pair", "Active"), pgettext_lazy("pair", "Ended")),
            RelatedFacet("form", _("Form"), "form", MentoringForm.objects.all, words=form_words),
            TextFacet("class", _("Class of the mentee"), "mentee__class_name"),
            RelatedFacet("kind", _("Kind of mentoring"), "kind", MentoringKind.objects.all, words=form_words),
            RelatedFacet("stage", _("Stage"), "stage", Stage.objects.all),
            ChoiceFacet(
                "mark", _("Mark of completion"), "completion_mark", CompletionMark.choices, words=form_words
            ),
            *self.place_facets(),
        )

    def conditions(self):
        found = [Condition("no_start", _("Without a start date"), queries.without_start)]
        if not self.is_past:
            found += [
                Condition("no_program", _("Without a programme"), queries.without_program),
                Condition(
                    "no_meetings",
                    _("No meetings for over 30 days"),
                    queries.without_meetings,
                    short=_("No meetings"),
                ),
            ]
        return found

    def search(self, rows, text):
        """Parts of the name of one of the two."""
        return rows.alias(
            mentor_name=SearchedKey("mentor__person__name_key"),
            mentee_name=SearchedKey("mentee__person__name_key"),
        ).filter(holds_words("mentor_name", text) | holds_words("mentee_name", text))


class ProgramFilters(PeriodFilters):
    search_label = _("Title or full name")

    def facets(self):
        return (
            self.status_facet(),
            *self.place_facets(),
        )

    def status_facet(self) -> Facet:
        """One of the statuses, or all but the completed: of the present year those are shown at first."""
        choices = [("current", _("In work"), lambda rows: rows.exclude(status=ProgramStatus.COMPLETED))]
        for status, words in ProgramStatus.choices:
            choices.append((status, form_words(str(words)), lambda rows, of=status: rows.filter(status=of)))
        return ConditionFacet("status", _("Status"), choices, default=() if self.is_past else ("current",))

    def conditions(self):
        return [Condition("overdue", _("With overdue steps"), queries.with_overdue_steps)]

    def search(self, rows, text):
        """Parts of the title, or of the name of somebody whose programme it is."""
        people = Pair.objects.alias(
            mentor_name=SearchedKey("mentor__person__name_key"),
            mentee_name=SearchedKey("mentee__person__name_key"),
        ).filter(holds_words("mentor_name", text) | holds_words("mentee_name", text))
        return rows.alias(searched=searchable("title")).filter(
            holds_words("searched", text)
            | Exists(people.filter(pk=OuterRef("pair")))
            | Exists(people.filter(group=OuterRef("group"), group__isnull=False))
        )
