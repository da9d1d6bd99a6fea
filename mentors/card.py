"""What the card of a participant shows: the summary line by line, consents, the way to the neighbours."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.cells import Birth
from common.contacts import part
from common.dates import today
from mentors.ages import age_of
from mentors.enums import ConsentType, DiagnosticPhase, Population, Side
from mentors.models import Consent, Diagnostic, Participation
from mentors.queries import active

ADULT = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary: ``field`` opens its form; a ``required`` blank is marked."""

    label: str
    value: str
    field: str = ""
    required: bool = False
    link: bool = False


def summary(row: Participation, *, private: bool, missing: set[str]) -> list[Line]:
    """The lines of the card; ``missing`` are codes of ``completeness.FACTS`` that are not known."""
    lines = [_who(row, missing)]
    if private:
        lines.append(_birth(row, missing))
    lines += _own_lines(row, missing)
    lines.append(_line(_("Date of joining"), _day(row.started_on), "started_on", "start" in missing))
    if private:
        lines += _contact_lines(row, missing)
    lines += [
        _line(_("Participation ended"), _day(row.ended_on), "ended_on"),
        _line(_("Mark of completion"), _choice(row, "completion_mark"), "completion_mark"),
        _line(_("Results of the programme"), row.results, "results"),
        Line(_("Case or review"), row.case_url, "case_url", link=row.case_url.startswith("http")),
        _line(_("Row of the base"), row.base_place, ""),
    ]
    always = {"population", "birth", "competencies", "main_request", "started_on", "contact", "place"}
    return [line for line in lines if line.value or line.required or line.field in always]


def _contact_lines(row: Participation, missing: set[str]) -> list[Line]:
    found = part(row.person.contact)
    lines = [_line(_("Phone"), found.phone, "contact"), _line(_("E-mail"), found.email, "contact")]
    lines = [line for line in lines if line.value]
    if lines and not found.other:
        return lines
    label = _("Legal representative, contacts") if needs_representative(row) else _("Contact details")
    return [*lines, _line(label, found.other, "contact", "contact" in missing)]


def _who(row: Participation, missing: set[str]) -> Line:
    class_name = _("form %(name)s") % {"name": row.class_name} if row.class_name else ""
    parts = [_choice(row, "population"), class_name, row.position]
    text = ", ".join(part for part in parts if part)
    return _line(_("Who it is"), text[:1].upper() + text[1:], "place", "place" in missing)


def _birth(row: Participation, missing: set[str]) -> Line:
    person = row.person
    if person.birth_date:
        return _line(_("Date of birth"), _day(person.birth_date), "birth")
    year = str(person.birth_year) if person.birth_year else ""
    return _line(_("Year of birth"), year, "birth", "birth" in missing)


def _own_lines(row: Participation, missing: set[str]) -> list[Line]:
    lines = [
        _line(_("Subject"), row.subject, "subject"),
        _line(_("Years of teaching"), _number(row.experience_years), "experience_years"),
        _line(_("Place of work or study"), row.workplace, "workplace"),
    ]
    if row.role == Side.MENTEE:
        return [
            *lines,
            _line(_("Category"), str(row.category or ""), "category"),
            _line(_("Request"), row.main_request, "main_request", "request" in missing),
            _line(_("Form of mentoring"), str(row.form or ""), "form", "form" in missing),
        ]
    return [
        *lines,
        _line(_("Competencies"), row.competencies, "competencies", "competencies" in missing),
        _line(_("How many mentees at most"), _number(row.capacity), "capacity"),
        _line(_("Form of mentoring"), str(row.form or ""), "form", "form" in missing),
        _line(_("Achievements"), row.achievements, "achievements"),
        _line(_("Interests"), row.interests, "interests"),
        _line(_("Desired age of mentees"), row.desired_age, "desired_age"),
        _line(_("Time for the programme"), row.time_resource, "time_resource"),
    ]


def _line(label: str, value: str, field: str, required: bool = False) -> Line:
    return Line(label, value, field, required)


def _day(day: datetime.date | None) -> str:
    return date_format(day, "d.m.Y") if day else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _choice(row: Participation, name: str) -> str:
    text = str(getattr(row, f"get_{name}_display")()) if getattr(row, name) else ""
    return text[:1].upper() + text[1:]


def subtitle(row: Participation) -> str:
    """«9Б, СОШ № 17», what stands beside the name."""
    return ", ".join(part for part in (row.class_name or row.position, row.organization.short_name) if part)


# Consents


def needs_representative(row: Participation) -> bool:
    """Whether a legal representative signs (152-ФЗ: for minors); of unknown age: for a pupil."""
    birth = Birth(row.person.birth_date, row.person.birth_year)
    if birth:
        return age_of(birth, None) < ADULT
    return row.population == Population.PUPIL or bool(row.class_name)


def consent_state(consent: Consent) -> str:
    """``holds``, ``ended`` or ``withdrawn``."""
    if consent.withdrawn_on is not None:
        return "withdrawn"
    if consent.valid_until is not None and consent.valid_until < today():
        return "ended"
    return "holds"


def consent_words(consent: Consent) -> str:
    """«действует до 31.08.2027», «отозвано 12.10.2026»."""
    words = {
        "withdrawn": pgettext("consent", "withdrawn %(date)s") % {"date": _day(consent.withdrawn_on)},
        "ended": pgettext("consent", "ended %(date)s") % {"date": _day(consent.valid_until)},
        "holds": pgettext("consent", "valid until %(date)s") % {"date": _day(consent.valid_until)}
        if consent.valid_until
        else pgettext("consent", "valid until it is withdrawn"),
    }
    return words[consent_state(consent)]


def consents_of(row: Participation, scope) -> list[Consent]:
    """The consents that the organization holds of the person, those in force first, with their state."""
    found = list(Consent.objects.visible_to(scope).filter(person=row.person, organization=row.organization))
    for consent in found:
        consent.state, consent.words = consent_state(consent), consent_words(consent)
    return sorted(found, key=lambda consent: consent.state != "holds")


def may_be_processed(consents: list[Consent]) -> bool:
    """Whether one of them allows the processing of personal data today."""
    return any(consent.type == ConsentType.PROCESSING and consent.state == "holds" for consent in consents)


# Records and neighbours


def dynamics(diagnostics: list[Diagnostic]) -> tuple[int, int] | None:
    """Deficits found first and last, when the person was diagnosed before and after."""
    before = [item for item in diagnostics if item.phase == DiagnosticPhase.BEFORE]
    after = [item for item in diagnostics if item.phase == DiagnosticPhase.AFTER]
    return (before[0].deficits, after[-1].deficits) if before and after else None


def neighbours(row: Participation, scope) -> tuple[Participation | None, Participation | None]:
    """The participants before and after this one in the register of its side and organization, by name."""
    person = row.person
    rows = active(Participation.objects.visible_to(scope)).filter(
        role=row.role, organization=row.organization
    )
    earlier = Q(person__name_key__lt=person.name_key) | Q(person__name_key=person.name_key, pk__lt=row.pk)
    later = Q(person__name_key__gt=person.name_key) | Q(person__name_key=person.name_key, pk__gt=row.pk)
    return (
        _first(rows.filter(earlier).order_by("-person__name_key", "-pk")),
        _first(rows.filter(later).order_by("person__name_key", "pk")),
    )


def _first(rows: QuerySet) -> Participation | None:
    return rows.select_related("person").first()
