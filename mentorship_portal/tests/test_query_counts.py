"""Pages cost as many queries for a municipality of many schools as for one of few."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import UserFactory
from mentorship_portal.rights import RIGHTS
from mentorship_portal.tests.pages import page_urls
from mentorship_portal.tests.world import make_records, make_world
from orgs.tests.factories import MembershipFactory, OrganizationFactory

MORE_SCHOOLS = 12
LOOKERS = ("curator", "head", "methodologist", "analyst", "administrator", "mentor")


def pages_of_many(world, user: str) -> list[tuple[str, str]]:
    """Routes and addresses of the pages that the user may get and that are not about one record."""
    return [(route, url) for route, url in page_urls(world, user) if not RIGHTS[route].of_object]


def counted(client: Client, pages: list[tuple[str, str]]) -> dict[str, int]:
    """How many reads each page takes; the session is written down when its time has come, not by the page."""
    found = {}
    for route, url in pages:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
            b"".join(response.streaming_content) if response.streaming else response.content
        found[route] = sum("SELECT" in query["sql"] for query in captured.captured_queries)
    return found


def add_schools(municipality, number: int) -> None:
    """So many further schools with one of everything each."""
    for _ in range(number):
        owner = UserFactory()
        school = OrganizationFactory(municipality=municipality)
        MembershipFactory(user=owner, organization=school)
        make_records("Ш9", school, owner, (None, None))


@pytest.mark.django_db
def test_no_page_takes_more_queries_for_more_schools():
    world = make_world()
    pages = {user: pages_of_many(world, user) for user in LOOKERS}
    clients = {user: Client(raise_request_exception=False) for user in LOOKERS}
    for user, client in clients.items():
        client.force_login(getattr(world.cast, user))
    # The first visits fill what is remembered for long: numbers of the frame, statements, places of rows.
    for user in LOOKERS:
        counted(clients[user], pages[user])
    few = {user: counted(clients[user], pages[user]) for user in LOOKERS}

    add_schools(world.cast.municipality, MORE_SCHOOLS)

    grown = {
        f"{user}: {route}": (few[user][route], number)
        for user in LOOKERS
        for route, number in counted(clients[user], pages[user]).items()
        if number > few[user][route]
    }
    assert grown == {}
