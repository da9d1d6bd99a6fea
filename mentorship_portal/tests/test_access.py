"""Every address × method × role × place, compared with the table of rights; every answer is searched for
canaries of other places.
"""

from __future__ import annotations

import io
import zipfile
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import AccessRecord
from mentorship_portal.rights import NO_ROLE, RIGHTS
from mentorship_portal.tests.cast import ROLES_AT
from mentorship_portal.tests.world import (
    CITY_CODES,
    CODES,
    FULL_NAME_MARK,
    PRIVATE_MARKS,
    make_world,
)
from orgs.enums import OVERSIGHT_ROLES, PARTICIPANT_ROLES, Role

ANONYMOUS = "anonymous"
USERS = (ANONYMOUS, *ROLES_AT)
IN_THE_CITY = {"school", "sibling_school", "district_school"}
COVERED = {
    "curator": {"school"},
    "colleague_curator": {"sibling_school"},
    "foreign_curator": {"foreign_school"},
    "head": {"school"},
    "methodologist": IN_THE_CITY,
    "district_methodologist": {"school", "sibling_school"},
    "foreign_methodologist": {"foreign_school"},
    "analyst": IN_THE_CITY,
    "administrator": IN_THE_CITY,
    "mentor": {"school"},
    "mentee": {"school"},
    "stranger": set(),
    ANONYMOUS: set(),
}
OWNERS = {"curator": "school", "colleague_curator": "sibling_school", "foreign_curator": "foreign_school"}
# Addresses that name something which belongs to nobody.
ARGUMENTS = {
    "dictionary": ["stages"],
    "dictionary-value-add": ["stages"],
    "dictionary-value-edit": ["stages", 1],
    "import-incomplete": ["mentees"],
    "import-template": ["mentees"],
    "register-settings": ["mentees"],
    "register-view-remove": ["mentees"],
    "register-view-save": ["mentees"],
    "indicator": ["pupil_mentees"],
    "indicator-parameters": ["pupil_mentees"],
    "indicator-people": ["pupil_mentees"],
    "indicators-file": ["map", "xlsx"],
    "data-warning": ["silent_pairs"],
    "password-reset-confirm": ["MQ", "used-link"],
    "invitation-open": ["no-such-link"],
}
REFUSED_METHODS = ("put", "patch", "delete", "options")
DONE = {200, 302, 422}


def routes() -> list[str]:
    """Names of all addresses of the portal."""

    def walk(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield pattern.name or str(pattern.pattern)

    return list(walk(get_resolver().url_patterns))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world of canaries, made once and taken back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world, django_db_blocker):
    """A signed-in client of each user."""
    found = {ANONYMOUS: Client()}
    with django_db_blocker.unblock():
        for name in ROLES_AT:
            found[name] = Client()
            found[name].force_login(getattr(world.cast, name))
    return found


def test_every_address_has_a_line_and_every_line_an_address():
    assert sorted(set(routes())) == sorted(RIGHTS)


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in sorted(set(routes())) if route in RIGHTS])
def test_an_address_answers_as_the_table_says(route, world, clients):
    right = RIGHTS[route]
    places = list(CODES) if right.of_object else ["school"]
    wrong = []
    for user in USERS:
        for place in places:
            methods = ("get", "post", "head", *REFUSED_METHODS) if place == "school" else ("get", "post")
            for method in methods:
                response = call(clients[user], method, route, world, place, user)
                expected = wanted(right, method, user, place)
                if response.status_code not in expected:
                    wrong.append(f"{user} {method} {place}: {response.status_code}, not {sorted(expected)}")
                wrong += [f"{user} {method} {place}: {leak}" for leak in leaks(response, user, method)]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("route", ["mentor", "mentee", "pair", "program"])
@pytest.mark.parametrize("user", ["mentor", "mentee"])
def test_participants_see_nobody_elses_records_at_their_own_school(route, user, world, clients):
    row = world.neighbours.rows[route]
    assert clients["curator"].get(reverse(route, args=[row.pk])).status_code == 200
    assert clients[user].get(reverse(route, args=[row.pk])).status_code == 404


@pytest.mark.django_db
def test_reading_changes_nothing(world, clients):
    before = rows_of_tables()
    for route in sorted(set(routes())):
        for place in CODES if RIGHTS[route].of_object else ["school"]:
            for user in ("curator", "methodologist", "administrator", "mentor"):
                clients[user].get(address(route, world, place))
    assert rows_of_tables() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("route", "field", "extra"),
    [
        ("reports", "place", {"kind": "summary", "formats": "xlsx", "period": "year", "year": "2026"}),
        ("import-new", "place", {"kind": "mentees"}),
        ("checklists", "organization", {}),
    ],
)
def test_a_foreign_key_in_a_hidden_field_is_refused(route, field, extra, world, clients):
    before = rows_of_tables()
    for place in ("sibling_school", "district_school", "foreign_school"):
        organization = getattr(world.cast, place)
        for value in (
            str(organization.pk),
            f"school:{organization.pk}",
            f"municipality:{organization.municipality_id}",
        ):
            response = post(clients["curator"], reverse(route), {**extra, field: value})
            assert response.status_code in {404, 422}, (place, value)
            assert list(leaks(response, "curator", "post")) == []
    assert rows_of_tables() == before


@pytest.mark.django_db
@pytest.mark.parametrize("route", ["mentors", "mentees", "pairs", "programs", "organizations"])
def test_filters_and_places_in_a_list_name_no_foreign_rows(route, world, clients):
    foreign = world.records["foreign_school"]
    row = foreign.rows.get(route.removesuffix("s"), foreign.place)
    for query in (
        {"organization": foreign.place.pk},
        {"after": row.pk},
        {"before": row.pk},
        {"q": "канарейка", "state": "all", "size": "200"},
        {"sort": "mentor__person__contact", "district": foreign.place.district_id},
    ):
        for user in ("curator", "methodologist"):
            response = clients[user].get(reverse(route), query)
            assert response.status_code == 200
            assert list(leaks(response, user, "get")) == []


@pytest.mark.django_db
def test_rights_end_with_the_role_in_every_open_session(world, clients):
    pair = world.records["school"].rows["pair"]
    assert clients["head"].get(reverse("pair", args=[pair.pk])).status_code == 200
    with transaction.atomic():
        world.cast.head.memberships.update(ended_on="2021-01-01")
        assert clients["head"].get(reverse("pair", args=[pair.pk])).status_code == 403
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_pages_behind_the_sign_in_are_kept_nowhere(world, clients):
    for route in ("home", "mentees", "organizations", "reports"):
        assert "no-store" in clients["curator"].get(reverse(route))["Cache-Control"]


def call(client: Client, method: str, route: str, world, place: str, user: str):
    """The answer to one request; whatever it has written is taken back."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(*request_of(route, world, place, method, user))
        if response.streaming:
            response.seen = b"".join(response.streaming_content)
        else:
            response.seen = response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def request_of(route: str, world, place: str, method: str, user: str) -> tuple:
    """Address and form of the request; a form names only what the user may choose."""
    url = address(route, world, place)
    if route == "checklists" and method == "post":
        own = sorted(COVERED[user]) or [place]
        return url, {"organization": getattr(world.cast, own[0]).pk}
    return (url,)


def post(client: Client, url: str, data: dict):
    response = client.post(url, data)
    response.seen = response.content
    return response


def address(route: str, world, place: str) -> str:
    """The address, naming the row of the place where it names one."""
    if route in ARGUMENTS:
        return reverse(route, args=ARGUMENTS[route])
    if not RIGHTS[route].of_object:
        return reverse(route)
    names = RIGHTS[route].path or (route.partition("-")[0],)
    return reverse(route, args=[world.records[place].rows[name].pk for name in names])


def wanted(right, method: str, user: str, place: str) -> set[int]:
    """Statuses that the table allows."""
    allowed = right.get if method in ("get", "head") else right.post if method == "post" else frozenset()
    if right.public:
        return {200, 302, 405, 422, 503} if method in REFUSED_METHODS else {200, 302, 422, 405, 503}
    if user == ANONYMOUS:
        # A form that was filled in is kept in the sign-in page.
        return {302, 422} if method == "post" else {302}
    if not allowed:
        return {405}
    role = ROLES_AT[user][0] if ROLES_AT[user] else NO_ROLE
    if role not in allowed:
        return {403}
    holds_part = right.whole_only and user == "district_methodologist"
    if right.platform_only or (holds_part and not right.of_city):
        return {403}
    if not right.of_object:
        return DONE
    sees = role in right.rows if role not in PARTICIPANT_ROLES else role in right.own
    if not (place in COVERED[user] or (right.of_city and in_one_city(user, place))) or not sees:
        return {404}
    if holds_part:
        return {403}
    if right.owner_only and OWNERS.get(user) != place:
        return {403}
    if right.school_only and role in OVERSIGHT_ROLES:
        return {403}
    return DONE


def in_one_city(user: str, place: str) -> bool:
    """Whether the user works in the municipality of the place."""
    return place in IN_THE_CITY and bool(COVERED[user] & IN_THE_CITY)


def leaks(response, user: str, method: str):
    """Canaries in the answer that this user must not read."""
    text = seen_text(response)
    own = {CODES[place] for place in COVERED[user]}
    if user in ("curator", "head", "methodologist", "district_methodologist", "analyst", "administrator"):
        own.add("Ш1Б")
    own |= {CITY_CODES[0]} if COVERED[user] & IN_THE_CITY else set()
    own |= {CITY_CODES[1]} if "foreign_school" in COVERED[user] else set()
    for code in (*CODES.values(), *CITY_CODES, "Ш1Б"):
        if code not in own and f"канарейка-{code.lower()}-" in text:
            yield f"canary of {code}"
    role = ROLES_AT[user][0] if user != ANONYMOUS and ROLES_AT[user] else None
    if role in OVERSIGHT_ROLES:
        yield from (f"private mark {mark}" for mark in PRIVATE_MARKS if mark in text)
        if FULL_NAME_MARK in text and (method != "post" or role == Role.ADMINISTRATOR):
            yield "full name"


def seen_text(response) -> str:
    """Body, headers, cookies and, for a workbook or document, each of its parts; in lower case."""
    parts = [response.seen if hasattr(response, "seen") else response.content]
    if parts[0][:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(parts[0])) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    texts = [part.decode("utf-8", "replace") for part in parts]
    texts += [unquote(f"{name}: {value}") for name, value in response.headers.items()]
    texts.append(unquote(response.cookies.output()))
    return "\n".join(texts).lower()


def rows_of_tables() -> dict[str, int]:
    """How many rows each table holds; taking a file is noted in the access journal, so that one may grow."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model is not AccessRecord
    }
