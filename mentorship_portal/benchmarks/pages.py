"""The list page and its search against the template over rows in memory (``performance.md`` P10, P11).

Signed in, with session and user, through the whole of Django; the floor is the same template with its context
ready. Every figure is a ratio of two times of the same call.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.template import loader
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from accounts.models import User
from mentors.enums import Side
from mentors.models import Participation
from mentorship_portal.benchmarks.measure import Measurement, medians, queries_of, scratch_database
from mentorship_portal.benchmarks.seed import SIZES, seed
from orgs.enums import Role
from orgs.models import Membership, Municipality

ROUTE = "mentees"
# A part of a word that a few of the names hold.
SEARCH = "илия4321"
ROUNDS = 5


class WrongPage(Exception):
    """A measured page does not show what it has to; a quick wrong answer is worth nothing."""


def run(size_name: str) -> list[Measurement]:
    """Measures P10 and P11 on a scratch database of the size."""
    with scratch_database():
        seed(SIZES[size_name])
        # Sign-in is not measured; hosts of a test client are its own; collected assets need not be there.
        assets = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        with override_settings(
            ALLOWED_HOSTS=[*settings.ALLOWED_HOSTS, "testserver"],
            SECOND_FACTOR_REQUIRED=False,
            SECURE_SSL_REDIRECT=False,
            STORAGES={**settings.STORAGES, "staticfiles": assets},
            DEBUG=False,
        ):
            return _measured()


def _measured() -> list[Measurement]:
    client, user = _signed_in()
    rows = Participation.objects.filter(role=Side.MENTEE)
    expected = rows.filter(person__name_key__contains=SEARCH).count()
    first = _page(client)
    _expect(len(first.context["rows"]) == 50, "the first page has no 50 rows")
    last_key = _key_before_the_last_page()
    _expect(not _page(client, after=last_key).context["page"].has_next, "the last page has a next one")
    found = len(_page(client, q=SEARCH).context["rows"])
    _expect(found == min(expected, 50) and found > 0, f"the search shows {found} of {expected} rows")

    template = _template_over_rows(first, user)
    floor, whole, last, search = medians(
        template,
        lambda: _fetch(client),
        lambda: _fetch(client, after=last_key),
        lambda: _fetch(client, q=SEARCH),
        rounds=ROUNDS,
    )
    queries = max(
        queries_of(lambda: _fetch(client)),
        queries_of(lambda: _fetch(client, after=last_key)),
        queries_of(lambda: _fetch(client, q=SEARCH)),
    )
    return [
        Measurement("P10", "list_cpu_vs_template", round(whole / floor, 3)),
        Measurement("P10", "list_queries", queries),
        Measurement("P10", "list_last_vs_first", round(last / whole, 3)),
        Measurement("P11", "search_vs_list", round(search / whole, 3)),
    ]


def _signed_in() -> tuple[Client, User]:
    """A client signed in as a methodologist of every municipality, who sees all mentees of the region."""
    user = User.objects.create_user("benchmark@example.org", None, full_name="Измеряющая Нина Павловна")
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.METHODOLOGIST, municipality=municipality)
        for municipality in Municipality.objects.all()
    )
    client = Client()
    client.force_login(user)
    return client, user


def _page(client: Client, **query):
    """The response with its context: only outside of measured runs."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment(debug=False)
    try:
        response = client.get(reverse(ROUTE), query)
    finally:
        teardown_test_environment()
    _expect(response.status_code == 200, f"the page answers {response.status_code}")
    return response


def _fetch(client: Client, **query) -> bytes:
    return client.get(reverse(ROUTE), query).content


def _key_before_the_last_page() -> int:
    """The key of the row after which fifty are left."""
    rows = Participation.objects.filter(role=Side.MENTEE).order_by("-person__name_key", "-pk")
    return rows.values_list("pk", flat=True)[50]


def _template_over_rows(response, user: User) -> Callable[[], str]:
    """Draws the same page from rows that are in memory: cells, cards, frame, no query."""
    from mentors.registers import MenteeRegister
    from orgs.registers.columns import cards, table_body
    from orgs.registers.pages import card_columns
    from orgs.viewstate import read_view_state

    request = RequestFactory().get(reverse(ROUTE))
    request.user = user
    read_view_state(request)
    request.scope.memberships  # noqa: B018 - read once, before the clock
    names = response.context.keys()
    known = {name: response.context[name] for name in names}
    rows, register = known["rows"], known["register"]
    template = loader.get_template("registers/register.html")

    def draw() -> str:
        drawing = MenteeRegister(request).drawing
        context = {
            **known,
            "body": table_body(rows, register.shown, drawing),
            "cards": cards(rows, card_columns(register), drawing),
        }
        return template.render(context, None)

    _expect(queries_of(draw) == 0, "the floor asks the database")
    return draw


def _expect(fact: bool, why: str) -> None:
    if not fact:
        raise WrongPage(f"{why} ({connection.vendor})")
