"""People, what they do in mentoring, and their pairs and groups."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from common.models import Period, ReadStraight, dates_in_order
from common.text import PersonName
from mentors.bulk_models import BulkChange
from mentors.dictionaries import (
    EndReason,
    MenteeCategory,
    MentoringForm,
    MentoringKind,
    RoleVariant,
    Stage,
)
from mentors.enums import POPULATIONS_THAT_PAIR, CompletionMark, GoalResult, Population, Side
from mentors.privacy import WITHHELD
from mentors.program_models import Meeting, PlanStep, Program
from mentors.querysets import GroupQuerySet, PeriodQuerySet, PersonQuerySet
from mentors.record_models import Consent, ContestEntry, Diagnostic, DifferentPeople, Training
from orgs.models import Organization

__all__ = [
    "BulkChange",
    "Consent",
    "ContestEntry",
    "Diagnostic",
    "DifferentPeople",
    "EndReason",
    "Group",
    "Meeting",
    "MenteeCategory",
    "MentoringForm",
    "MentoringKind",
    "Pair",
    "Participation",
    "Person",
    "PlanStep",
    "Program",
    "RoleVariant",
    "Stage",
    "Training",
]


class Person(ReadStraight):
    """A human being, once; what the person does at a school sits on participations."""

    last_name = models.CharField(_("last name"), max_length=100)
    first_name = models.CharField(_("first name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    name_key = models.CharField(max_length=310, editable=False)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    contact = models.CharField(_("contact details"), max_length=500, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name_key", "id"]
        indexes = [models.Index(fields=["name_key", "id"], name="person_name_key")]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True) | Q(birth_year=F("birth_date__year")),
                name="person_birth_year_fits_date",
                violation_error_message=_("The year of birth differs from the date of birth."),
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__gte=1900, birth_year__lte=2100),
                name="person_birth_year_possible",
                violation_error_message=_("The year of birth must lie between 1900 and 2100."),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def name(self) -> PersonName:
        """The name in its three parts."""
        return PersonName(self.last_name, self.first_name, self.patronymic)

    @property
    def full_name(self) -> str:
        """«Белов Антон Сергеевич»."""
        return self.name.full

    @property
    def short_name(self) -> str:
        """«Белов А. С.», how names are shown above the school."""
        return self.name.short

    def clean_fields(self, exclude=None):
        self.complete()
        super().clean_fields(exclude=exclude)

    def complete(self) -> None:
        """Derives the search key and the year of birth; called before every write."""
        self.name_key = self.name.key
        if self.birth_date:
            self.birth_year = self.birth_date.year

    def save(self, *args, **kwargs):
        self.complete()
        super().save(*args, **kwargs)


class Participation(Period):
    """What one person does in the mentoring of one organization, in one role, for a period."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="participations"
    )
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(_("role"), max_length=10, choices=Side.choices)
    population = models.CharField(_("who it is"), max_length=10, choices=Population.choices, blank=True)
    class_name = models.CharField(_("class"), max_length=20, blank=True)
    position = models.CharField(pgettext_lazy("occupation", "position"), max_length=250, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    experience_years = models.PositiveSmallIntegerField(_("years of teaching"), null=True, blank=True)
    category = models.ForeignKey(
        MenteeCategory, verbose_name=_("category"), null=True, blank=True, on_delete=models.PROTECT
    )
    workplace = models.CharField(_("place of work or study"), max_length=300, blank=True)
    main_request = models.TextField(_("main request"), blank=True)
    competencies = models.TextField(_("main competencies"), blank=True)
    achievements = models.TextField(_("achievements that matter for the programme"), blank=True)
    interests = models.TextField(_("interests"), blank=True)
    desired_age = models.CharField(_("desired age of mentees"), max_length=150, blank=True)
    time_resource = models.CharField(_("time for the programme"), max_length=150, blank=True)
    capacity = models.PositiveSmallIntegerField(_("how many mentees at most"), null=True, blank=True)
    # What a base says of somebody who has no pair yet; with a pair these stand on the pair.
    form = models.ForeignKey(
        MentoringForm,
        verbose_name=_("form of mentoring"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    results = models.TextField(_("results of the programme"), blank=True)
    case_url = models.CharField(_("case or review"), max_length=500, blank=True)
    completion_mark = models.CharField(
        _("mark of completion"), max_length=20, choices=CompletionMark.choices, blank=True
    )
    # Where the person stands in the mailed base of this role: «file · sheet · row»; empty: not there.
    base_place = models.CharField(max_length=300, blank=True, editable=False)
    # The consent was withdrawn: out of every list and file, see ``mentors.services.withdrawal``.
    is_hidden = models.BooleanField(
        _("out of lists, the consent is withdrawn"), default=False, db_default=False, editable=False
    )

    org_lookup = "organization"
    person_lookups = ("person__user",)
    objects = PeriodQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["organization", "role", "person"]
        indexes = [models.Index(fields=["organization", "role"])]
        constraints = [
            dates_in_order("participation_dates_in_order"),
            models.CheckConstraint(
                condition=Q(role__in=Side.values),
                name="participation_role_known",
                violation_error_message=_("The role is either mentor or mentee."),
            ),
            models.UniqueConstraint(
                fields=["person", "organization", "role"],
                condition=Q(ended_on__isnull=True),
                name="participation_open_once",
                violation_error_message=_("The person already takes part here in this role."),
            ),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_role_display()}"

    @property
    def listed_name(self) -> str:
        """The name as lists inside the school show it."""
        return str(WITHHELD) if self.is_hidden else self.person.full_name

    @property
    def short_listed_name(self) -> str:
        """The same, short."""
        return str(WITHHELD) if self.is_hidden else self.person.short_name


class Group(models.Model):
    """Several pairs of one mentor that work together."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="groups"
    )
    title = models.CharField(_("title"), max_length=200)

    org_lookup = "organization"
    objects = GroupQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["organization", "title", "id"]

    def __str__(self):
        return self.title


class Pair(Period):
    """One mentor with one mentee; a group is several pairs. Both official forms are views of it."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="pairs"
    )
    mentor = models.ForeignKey(
        Participation, verbose_name=_("mentor"), on_delete=models.PROTECT, related_name="pairs_as_mentor"
    )
    mentee = models.ForeignKey(
        Participation, verbose_name=_("mentee"), on_delete=models.PROTECT, related_name="pairs_as_mentee"
    )
    group = models.ForeignKey(
        Group, verbose_name=_("group"), null=True, blank=True, on_delete=models.SET_NULL, related_name="pairs"
    )
    form = models.ForeignKey(MentoringForm, verbose_name=_("form of mentoring"), on_delete=models.PROTECT)
    kind = models.ForeignKey(
        MentoringKind, verbose_name=_("kind of mentoring"), null=True, blank=True, on_delete=models.PROTECT
    )
    role_variant = models.ForeignKey(
        RoleVariant, verbose_name=_("variant of roles"), null=True, blank=True, on_delete=models.PROTECT
    )
    mentor_population = models.CharField(_("the mentor is"), max_length=10, choices=Population.choices)
    mentee_population = models.CharField(_("the mentee is"), max_length=10, choices=Population.choices)
    stage = models.ForeignKey(Stage, verbose_name=_("stage"), null=True, blank=True, on_delete=models.PROTECT)
    request = models.TextField(_("request in this pair"), blank=True)
    mentee_results = models.TextField(_("results by the mentees' base"), blank=True)
    mentor_results = models.TextField(_("results by the mentors' base"), blank=True)
    mentee_case_url = models.CharField(_("mentee's case or review"), max_length=500, blank=True)
    mentor_case_url = models.CharField(_("mentor's case or review"), max_length=500, blank=True)
    completion_mark = models.CharField(
        _("mark of completion"), max_length=20, choices=CompletionMark.choices, blank=True
    )
    end_reason = models.ForeignKey(
        EndReason, verbose_name=_("reason of the end"), null=True, blank=True, on_delete=models.PROTECT
    )
    goal_result = models.CharField(
        _("result against the goal"), max_length=10, choices=GoalResult.choices, blank=True
    )
    # Where the pair stands in the two mailed bases: «file · sheet · row»; empty: not there.
    mentees_base_place = models.CharField(max_length=300, blank=True, editable=False)
    mentors_base_place = models.CharField(max_length=300, blank=True, editable=False)
    # One of the two is: a column of its own, so that lists of pairs need not look at both.
    is_hidden = models.BooleanField(
        _("out of lists, a consent is withdrawn"), default=False, db_default=False, editable=False
    )

    org_lookup = "organization"
    person_lookups = ("mentor__person__user", "mentee__person__user")
    objects = PeriodQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        ordering = ["organization", "-started_on", "id"]
        indexes = [models.Index(fields=["organization", "started_on", "ended_on"])]
        constraints = [
            dates_in_order("pair_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")),
                name="pair_of_two",
                violation_error_message=_("Nobody can be their own mentor."),
            ),
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=Q(ended_on__isnull=True),
                name="pair_open_once",
                violation_error_message=_("This mentor and this mentee already have an open pair."),
            ),
            models.CheckConstraint(
                condition=Q(
                    *(
                        Q(mentor_population=mentor, mentee_population=mentee)
                        for mentor, mentee in POPULATIONS_THAT_PAIR
                    ),
                    _connector=Q.OR,
                ),
                name="pair_roles_fit_form",
                violation_error_message=_(
                    "The form of mentoring does not allow such a pair: "
                    "check who the mentor and the mentee are."
                ),
            ),
        ]

    def __str__(self):
        return " — ".join(side.short_listed_name for side in (self.mentor, self.mentee))

    def derive_populations(self) -> None:
        """Fills who the two sides are: from the participation where it is said, else from the form."""
        self.mentor_population = self.mentor.population or self.form.mentor_population
        self.mentee_population = self.mentee.population or self.form.mentee_population

    def save(self, *args, **kwargs):
        self.derive_populations()
        super().save(*args, **kwargs)
