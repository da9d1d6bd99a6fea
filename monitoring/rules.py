"""The printed rule of each figure («Как считается»), built from the parameters that were used."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.rounding import decimal_text
from mentors.enums import Population, ProgramStatus, Side

BASES = {
    "pupils_10_18": gettext_lazy("Base: pupils aged 10–18"),
    "pupils_15_18": gettext_lazy("Base: pupils aged 15–18"),
    "pupils_total": gettext_lazy("Base: all pupils"),
    "teachers": gettext_lazy("Base: all teachers"),
    "young_specialists": gettext_lazy("Base: young specialists"),
}
MENTEES_OF = {
    "": gettext_lazy("all mentees"),
    Population.PUPIL: gettext_lazy("mentees who are pupils"),
    Population.TEACHER: gettext_lazy("mentees who are teachers"),
    Population.STUDENT: gettext_lazy("mentees who are students"),
    Population.EMPLOYER: gettext_lazy("mentees who come from employers"),
}
MENTORS_OF = {
    "": gettext_lazy("all mentors"),
    Population.PUPIL: gettext_lazy("mentors who are pupils"),
    Population.TEACHER: gettext_lazy("mentors who are teachers"),
    Population.STUDENT: gettext_lazy("mentors who are students"),
    Population.EMPLOYER: gettext_lazy("mentors who come from employers"),
}
PROGRAMS_IN = {
    ProgramStatus.DRAFT: pgettext_lazy("statuses of programmes", "drafts"),
    ProgramStatus.AGREEMENT: pgettext_lazy("statuses of programmes", "in agreement"),
    ProgramStatus.APPROVED: pgettext_lazy("statuses of programmes", "approved"),
    ProgramStatus.RUNNING: pgettext_lazy("statuses of programmes", "running"),
    ProgramStatus.COMPLETED: pgettext_lazy("statuses of programmes", "completed"),
}


def _text(*sentences: str) -> str:
    return " ".join(sentences)


def _once() -> str:
    return _(
        "A person counts once, however many pairs: at least one pair or group began by 31 December of the "
        "year and had not ended before 1 January. Without a counterpart or a start date nobody is counted."
    )


def _headcount_base(column: str) -> str:
    return _(
        "%(base)s of the latest headcount dated within the year and by the reporting date; an organization "
        "without it has no data, and its people are not counted."
    ) % {"base": BASES[column]}


def aged_pupils(side: str, parameters: Mapping) -> str:
    ages = {"age_from": parameters["age_from"], "age_to": parameters["age_to"]}
    who = (
        _("Counted: pupils aged %(age_from)d–%(age_to)d who were mentees in the year.")
        if side == Side.MENTEE
        else _("Counted: pupils aged %(age_from)d–%(age_to)d who were mentors in the year.")
    )
    age = _(
        "Age: full years on the reporting date; where only the year of birth is known, the year minus the "
        "year of birth."
    )
    return _text(who % ages, _once(), age, _headcount_base(parameters["denominator"]))


def teacher_mentees(parameters: Mapping) -> str:
    return _text(
        _("Counted: teachers who were mentees in the year."),
        _once(),
        _headcount_base(parameters["denominator"]),
    )


def satisfaction(side: str, parameters: Mapping) -> str:
    who = (
        _("Base: mentees who answered the second survey in the year.")
        if side == Side.MENTEE
        else _("Base: mentors who answered the second survey in the year.")
    )
    counted = _(
        "Satisfied: «liked to take part» is yes, and the mean of «joint work» and «result» is at least "
        "%(least)s out of 10."
    ) % {"least": decimal_text(f"{parameters['satisfied_min_mean']}")}
    return _text(
        counted,
        who,
        _("Beside it: the number of participants, the response rate, and the share of participants."),
    )


def _working_base() -> str:
    return _("Base: organizations that work on the reporting date; closed ones are left out.")


def organizations_with_registers(parameters: Mapping) -> str:
    return _text(
        _("Counted: organizations with at least one pair or group that is active on the reporting date."),
        _working_base(),
    )


def organizations_with_documents(parameters: Mapping) -> str:
    return _text(
        _(
            "Counted: organizations that have every document of the full package, valid on the reporting "
            "date. The package is set in the dictionary of document types."
        ),
        _working_base(),
    )


def organizations_with_page(parameters: Mapping) -> str:
    return _text(
        _("Counted: organizations whose card gives the address of a page about mentoring."),
        _working_base(),
    )


def organizations_with_kind(parameters: Mapping) -> str:
    return _text(
        _("Counted: organizations with at least one pair of reverse mentoring within the year.")
        if parameters["kind"] == "reverse"
        else _("Counted: organizations with at least one pair of the kind «%s» within the year.")
        % parameters["kind"],
        _working_base(),
    )


def organizations_with_document(parameters: Mapping) -> str:
    return _text(
        _(
            "Counted: organizations with a document on the payment or reward of mentors that is valid on the "
            "reporting date."
        ),
        _working_base(),
    )


def _mentees_base(parameters: Mapping) -> str:
    return _("Base: %(who)s of the year.") % {"who": MENTEES_OF[parameters["population"]]}


def _statuses(parameters: Mapping) -> str:
    return ", ".join(str(PROGRAMS_IN[status]) for status in parameters["program_statuses"])


def mentees_with_program(parameters: Mapping) -> str:
    return _text(
        _(
            "Counted: mentees whose pair or group has a personal programme that runs in the year "
            "(statuses: %(statuses)s)."
        )
        % {"statuses": _statuses(parameters)},
        _mentees_base(parameters),
        _once(),
    )


def mentees_with_route(parameters: Mapping) -> str:
    return _text(
        _(
            "Counted: mentees whose programme of the year holds an individual learning route built on "
            "diagnostics of deficits (statuses: %(statuses)s)."
        )
        % {"statuses": _statuses(parameters)},
        _mentees_base(parameters),
        _once(),
    )


def mentees_with_positive_dynamics(parameters: Mapping) -> str:
    return _text(
        _(
            "Counted: mentees with fewer professional deficits in the last diagnostic of the year after the "
            "programme than in the last one before it."
        ),
        _mentees_base(parameters),
        _once(),
    )


def young_teachers_supported(parameters: Mapping) -> str:
    who = _(
        "Counted: teachers with up to %(years)d years of teaching who were mentees in the year; where the "
        "years are not known, the category «young teachers» decides."
    ) % {"years": parameters["max_experience_years"]}
    if parameters["max_age"] is None:
        return _text(who, _once(), _headcount_base("young_specialists"))
    age = _("Not older than %(age)d years.") % {"age": parameters["max_age"]}
    return _text(who, age, _once(), _headcount_base("young_specialists"))


def mentees_in_contests(parameters: Mapping) -> str:
    return _text(
        _("Counted: %(who)s of the year who took part in contests of professional skill in the year.")
        % {"who": MENTEES_OF[parameters["population"]]},
        _once(),
    )


def programs_completed(parameters: Mapping) -> str:
    return _("Counted: personal programmes and learning routes completed within the year, by their end date.")


def mentors_trained(parameters: Mapping) -> str:
    return _text(
        _("Counted: mentors of the year who had completed a course on mentoring by its end."),
        _("Base: %(who)s of the year.") % {"who": MENTORS_OF[parameters["population"]]},
        _once(),
    )


def checklist_achieved(parameters: Mapping) -> str:
    return _(
        "Counted: items of the self-audits of the year that are achieved and were not returned by the "
        "methodologist. Base: items that were answered."
    )
