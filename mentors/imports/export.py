"""The two official bases out of the portal, in such rows that importing them again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from mentors.enums import Side
from mentors.imports.cells import MARK_TITLES
from mentors.models import Pair, Participation

_PEOPLE = (
    "form",
    "mentor__person",
    "mentee__person",
)


def _pairs(scope, organization):
    return Pair.objects.visible_to(scope).filter(organization=organization).select_related(*_PEOPLE)


def _alone(scope, organization, side: Side):
    """Participations of the side that have no pair."""
    relation = "pairs_as_mentor" if side == Side.MENTOR else "pairs_as_mentee"
    return (
        Participation.objects.visible_to(scope)
        .filter(organization=organization, role=side, **{f"{relation}__isnull": True})
        .select_related("person", "form")
        .order_by("person__name_key", "person_id", "id")
    )


def _birth(person):
    return person.birth_date or person.birth_year


def mentee_rows(scope, organization) -> Iterator[dict]:
    """Rows of the mentees' base by field name: by name, then by start."""
    number = 0
    pairs = _pairs(scope, organization).order_by(
        "mentee__person__name_key", "mentee__person_id", "started_on", "id"
    )
    for pair in pairs.iterator(chunk_size=2000):
        number += 1
        person = pair.mentee.person
        yield {
            "number": number,
            "full_name": person.full_name,
            "contact": person.contact,
            "birth": _birth(person),
            "main_request": pair.request,
            "started_on": pair.started_on,
            "mentor_name": pair.mentor.person.full_name,
            "form": pair.form.title,
            "mentor_workplace": pair.mentor.workplace,
            "ended_on": pair.ended_on,
            "results": pair.mentee_results,
            "case_url": pair.mentee_case_url,
            "completion_mark": MARK_TITLES.get(pair.completion_mark, ""),
        }
    for participation in _alone(scope, organization, Side.MENTEE).iterator(chunk_size=2000):
        number += 1
        yield {
            "number": number,
            "full_name": participation.person.full_name,
            "contact": participation.person.contact,
            "birth": _birth(participation.person),
            "main_request": participation.main_request,
            "started_on": participation.started_on,
            "form": participation.form.title if participation.form else "",
            "ended_on": participation.ended_on,
            "results": participation.results,
            "case_url": participation.case_url,
            "completion_mark": MARK_TITLES.get(participation.completion_mark, ""),
        }


def _same_row(pair: Pair) -> tuple:
    """Pairs that one row of the mentors' base can say."""
    return (
        pair.mentor_id,
        pair.started_on,
        pair.ended_on,
        pair.form_id,
        pair.mentor_results,
        pair.mentor_case_url,
        pair.mentee.workplace,
    )


def mentor_rows(scope, organization) -> Iterator[dict]:
    """Rows of the mentors' base by field name; mentees of one term stand in one cell, a line each."""
    number = 0
    pairs = _pairs(scope, organization).order_by(
        "mentor__person__name_key",
        "mentor_id",
        "started_on",
        "ended_on",
        "form_id",
        "mentor_results",
        "mentor_case_url",
        "mentee__workplace",
        "mentee__person__name_key",
        "id",
    )
    for _key, group in groupby(pairs.iterator(chunk_size=2000), key=_same_row):
        together = list(group)
        pair = together[0]
        number += 1
        yield {
            **_mentor_values(pair.mentor, number),
            "started_on": pair.started_on,
            "mentee_names": "\n".join(item.mentee.person.full_name for item in together),
            "form": pair.form.title,
            "mentee_workplace": pair.mentee.workplace,
            "ended_on": pair.ended_on,
            "results": pair.mentor_results,
            "case_url": pair.mentor_case_url,
        }
    for participation in _alone(scope, organization, Side.MENTOR).iterator(chunk_size=2000):
        number += 1
        yield {
            **_mentor_values(participation, number),
            "started_on": participation.started_on,
            "form": participation.form.title if participation.form else "",
            "ended_on": participation.ended_on,
            "results": participation.results,
            "case_url": participation.case_url,
        }


def _mentor_values(participation: Participation, number: int) -> dict:
    person = participation.person
    return {
        "number": number,
        "full_name": person.full_name,
        "contact": person.contact,
        "workplace": participation.workplace,
        "competencies": participation.competencies,
        "achievements": participation.achievements,
        "interests": participation.interests,
        "desired_age": participation.desired_age,
        "time_resource": participation.time_resource,
        "birth": _birth(person),
    }
