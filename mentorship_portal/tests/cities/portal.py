"""What the portal makes of a city's folder: imports by command, and the figures by command."""

from __future__ import annotations

import io
import json
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from mentors.models import Pair
from mentorship_portal.tests.cities.model import City, School
from orgs.enums import OrganizationStatus
from orgs.models import Organization

COMPARED = ("numerator", "denominator", "value", "status", "missing_people")


class TakenBack(transaction.Atomic):
    """Everything written inside is taken back, so that the next order starts from nothing."""

    def __init__(self):
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *error):
        transaction.set_rollback(True)
        super().__exit__(*error)


def take_in(folder: Path) -> dict:
    """The document of ``import_folder``; what was refused is told with its reasons."""
    document = _json("import_folder", str(folder))
    refused = [
        (file["file"], file["sha256"] and _refusals(file))
        for file in document["files"]
        if not file["committed"] or file["refused"]
    ]
    assert not refused, refused
    return document


def assert_nothing_new(document: dict) -> None:
    """Every row of a repeated folder was there already."""
    news = [
        (file["file"], file["added"], file["updated"], file["refused"])
        for file in document["files"]
        if file["added"] or file["updated"] or file["refused"] or file["pairs_added"]
    ]
    assert not news, news


def close_schools(city: City) -> None:
    """Workbooks do not say that a school was closed; staff say it on its card."""
    for school in city.schools:
        if school.closed_on:
            Organization.objects.filter(inn=school.inn).update(
                status=OrganizationStatus.CLOSED, closed_on=school.closed_on
            )


def document_of(city: City) -> dict[str, dict]:
    """What the command prints, by code of the indicator."""
    place = {"municipality": city.name, "year": city.year, "as_of": city.as_of}
    document = _json("indicators", by="organization", **place)
    return {entry["code"]: entry for entry in document["indicators"]}


def figures_of(city: City) -> dict:
    """The document in the shape of the expected figures."""
    found = {}
    for code, entry in document_of(city).items():
        schools = {
            school["inn"]: {name: school[name] for name in ("numerator", "denominator", "value")}
            for school in entry["organizations"]
        }
        found[code] = {name: entry[name] for name in COMPARED} | {"organizations": schools}
    return found


def differences(found: dict, wanted: dict, place: str = "") -> list[tuple]:
    """(place, found, wanted) of every value that differs, so that a failure is short."""
    different = []
    for key in sorted(found.keys() | wanted.keys()):
        one, other, where = found.get(key), wanted.get(key), f"{place}/{key}"
        if isinstance(one, dict) and isinstance(other, dict):
            different += differences(one, other, where)
        elif one != other:
            different.append((where, one, other))
    return different


def pair_counts(city: City) -> dict[str, int]:
    """Numbers of pairs by ИНН."""
    counted = Counter(Pair.objects.values_list("organization__inn", flat=True))
    return {school.inn: counted[school.inn] for school in city.schools}


def pairs_sent(school: School) -> int:
    """Pairs that the school's bases name."""
    return len(school.bonds) if school.sends else 0


def _refusals(file: dict) -> list[tuple]:
    return [
        (issue.get("row"), issue.get("heading"), issue.get("value"), issue["code"], issue["message"])
        for issue in file["issues"]
        if issue["level"] in ("error", "question")
    ]


def _json(command: str, *args, **options) -> dict:
    out = io.StringIO()
    flag = "as_json" if command == "import_folder" else "json"
    try:
        with redirect_stdout(io.StringIO()):
            call_command(command, *args, stdout=out, **{flag: True}, **options)
    except SystemExit:
        # Refused files: the document says which and why.
        pass
    return json.loads(out.getvalue())
