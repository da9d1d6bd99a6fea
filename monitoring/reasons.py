"""Why somebody is not counted in a figure, or should be looked at; the words for pages and commands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """The tabs behind a figure."""

    COUNTED = "counted", _("Counted")
    NOT_COUNTED = "not_counted", _("Not counted")
    OUTSIDE = "outside", _("Outside the indicator")
    DOUBTFUL = "doubtful", _("Doubtful")


class Reason(TextChoices):
    """Why a person is not counted: the first condition that fails."""

    NO_COUNTERPART = "no_counterpart", _("no pair: the counterpart is not given")
    NO_START = "no_start", _("the pair has no start date")
    LATER_YEAR = "later_year", _("the pair begins after the year")
    EARLIER_YEAR = "earlier_year", _("the pair ended before the year")
    NO_BIRTH = "no_birth", _("the year of birth is not known")
    AGE = "age", _("the age is outside the range")
    NO_HEADCOUNT = "no_headcount", _("the organization gave no number for the base")
    CONDITION = "condition", _("the condition of the indicator is not met")


class Doubt(TextChoices):
    """What should be checked about a person, counted or not."""

    NAMESAKE = "namesake", _("another person of the same name takes part: perhaps a duplicate")
    BIRTHDAY = "birthday", _("left the age range within the year")
    SEVERAL = "several", _("takes part in several organizations; counted once in the total")
    YEAR_ONLY = "year_only", _("only the year of birth is known, and the age lies at the edge of the range")


# Who has no place in the base of the indicator, whatever would be corrected or arranged.
OUTSIDE = (Reason.AGE,)
# What the school does about each reason; the verb stands in the infinitive.
ACTIONS = {
    Reason.NO_COUNTERPART: _("find a counterpart"),
    Reason.NO_START: _("write down when the pair began"),
    Reason.LATER_YEAR: _("will count in its year"),
    Reason.EARLIER_YEAR: _("open a new pair"),
    Reason.NO_BIRTH: _("write down the year of birth"),
    Reason.AGE: _("check the year of birth"),
    Reason.NO_HEADCOUNT: _("enter the headcount of the year"),
    Reason.CONDITION: _("complete the record of the person"),
}

# What exactly a person lacks where the indicator has a condition of its own.
CONDITIONS = {
    "mentees_with_program": _("no personal programme that runs in the year"),
    "mentees_with_route": _("no learning route built on diagnostics"),
    "mentees_with_positive_dynamics": _("no diagnostic after the programme with fewer deficits"),
    "young_teachers_supported": _("more years of teaching than a young specialist has, or not known"),
    "mentees_in_contests": _("no contest in the year"),
    "mentors_trained": _("no course on mentoring"),
}
# What an organization lacks.
ORGANIZATION_CONDITIONS = {
    "organizations_with_registers": _("no pair is active on the reporting date"),
    "organizations_with_documents": _("a document of the full package is missing"),
    "organizations_with_page": _("the address of the page is not given"),
    "organizations_with_reverse_mentoring": _("no pair of reverse mentoring in the year"),
    "organizations_paying_mentors": _("no valid document on the payment of mentors"),
}
CLOSED = _("closed on the reporting date")
# Figures that nobody stands behind by name, and why.
NAMELESS = {
    "mentee_satisfaction": _("Answers are anonymous: nobody can say who answered what."),
    "mentor_satisfaction": _("Answers are anonymous: nobody can say who answered what."),
    "checklist_achieved": _(
        "This figure counts items of self-audits; open a school's self-audit to see them."
    ),
    "programs_completed": _("This figure counts programmes; the register of programmes lists them."),
}
