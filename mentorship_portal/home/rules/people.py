"""Tasks about people, pairs and programmes."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from mentors import queries as mentoring
from mentors.enums import ProgramStatus, Side
from mentors.models import Program
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.tasks import Counted


def withdrawn_consents(desk: Desk) -> Counted:
    """People out of every list whose participation nobody has ended yet."""
    return Counted(
        rows=mentoring.hidden_of(desk.scope).filter(ended_on__isnull=True),
        say=ngettext_lazy(
            "Settle a withdrawn consent: the participation of %(n)s person has not ended",
            "Settle withdrawn consents: the participation of %(n)s people has not ended",
            "n",
        ),
        url=desk.url("consents-withdrawn"),
        icon="alert-triangle",
        note=_("End the participation, or record a new consent"),
        minutes=Decimal(1),
    )


def mentees_without_mentor(desk: Desk) -> Counted:
    return Counted(
        rows=mentoring.without_pair(desk.mentees, Side.MENTEE),
        say=ngettext_lazy("Without a mentor: %(n)s mentee", "Without a mentor: %(n)s mentees", "n")
        if desk.is_reader
        else ngettext_lazy(
            "Find a mentor: %(n)s mentee without a pair", "Find mentors: %(n)s mentees without a pair", "n"
        ),
        url=desk.url("mentees", only="no_pair"),
        icon="users",
        note=_("Without a pair they are in no indicator"),
        due=desk.due,
        minutes=Decimal("0.5"),
        whole=desk.active_mentees,
        done=_("Every mentee has a mentor"),
    )


def mentees_without_birth_year(desk: Desk) -> Counted:
    return Counted(
        rows=mentoring.pupils_without_birth_year(desk.mentees, Side.MENTEE),
        say=ngettext_lazy(
            "Add the year of birth of %(n)s mentee", "Add the year of birth of %(n)s mentees", "n"
        ),
        url=desk.url("mentees", only="no_birth_year"),
        icon="pencil",
        note=_("Pupils are counted by age, without the year they are left out"),
        due=desk.due,
        minutes=Decimal("0.3"),
        whole=desk.active_mentees,
        done=_("Years of birth of all mentees are known"),
    )


def mentors_without_birth_year(desk: Desk) -> Counted:
    return Counted(
        rows=mentoring.pupils_without_birth_year(desk.mentors, Side.MENTOR),
        say=ngettext_lazy(
            "Add the year of birth of %(n)s pupil who mentors",
            "Add the year of birth of %(n)s pupils who mentor",
            "n",
        ),
        url=desk.url("mentors", only="no_birth_year"),
        icon="pencil",
        note=_("Pupils are counted by age, without the year they are left out"),
        due=desk.due,
        minutes=Decimal("0.3"),
    )


def pairs_without_start(desk: Desk) -> Counted:
    return Counted(
        rows=mentoring.without_start(desk.active_pairs),
        say=ngettext_lazy("Without a start date: %(n)s pair", "Without a start date: %(n)s pairs", "n")
        if desk.is_reader
        else ngettext_lazy("Date %(n)s pair without a start", "Date %(n)s pairs without a start", "n"),
        url=desk.url("pairs", only="no_start"),
        icon="calendar",
        note=_("Without a start date a pair is counted in no year"),
        due=desk.due,
        minutes=Decimal("0.2"),
        whole=desk.active_pairs,
        done=_("Every pair has a start date"),
    )


def pairs_without_meetings(desk: Desk) -> Counted:
    return Counted(
        rows=mentoring.without_meetings(desk.pairs),
        say=ngettext_lazy(
            "Without meetings for over 30 days: %(n)s pair",
            "Without meetings for over 30 days: %(n)s pairs",
            "n",
        )
        if desk.is_reader
        else ngettext_lazy(
            "Record meetings: %(n)s pair has not met for over 30 days",
            "Record meetings: %(n)s pairs have not met for over 30 days",
            "n",
        ),
        url=desk.url("pairs", only="no_meetings"),
        icon="calendar-event",
        note=_("If they do meet, the meetings are not recorded")
        if desk.is_reader
        else _("If they do meet, a line with the date and the topic is enough"),
        minutes=Decimal("0.2"),
        whole=desk.active_pairs,
        done=_("Every pair has met in the last 30 days"),
    )


def pairs_without_program(desk: Desk) -> Counted:
    return Counted(
        rows=mentoring.without_program(desk.pairs),
        say=ngettext_lazy("Write a programme for %(n)s pair", "Write programmes for %(n)s pairs", "n"),
        url=desk.url("pairs", only="no_program"),
        icon="file-text",
        note=_("A programme says what the pair wants to reach and by when"),
        minutes=Decimal(3),
        whole=desk.active_pairs,
        done=_("Every pair has a programme"),
    )


def programs_with_overdue_steps(desk: Desk) -> Counted:
    programs = Program.objects.listed_for(desk.scope)
    return Counted(
        rows=mentoring.with_overdue_steps(programs),
        say=ngettext_lazy(
            "Mark the steps of %(n)s programme whose term has passed",
            "Mark the steps of %(n)s programmes whose term has passed",
            "n",
        ),
        url=desk.url("programs", only="overdue"),
        icon="checklist",
        note=_("Done, or to be moved to another date"),
        minutes=Decimal("0.5"),
        whole=programs.filter(status=ProgramStatus.RUNNING),
        done=_("No step of a programme is late"),
    )
