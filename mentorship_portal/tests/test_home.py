"""The home page: tasks from rules, each leading to the list that it counts."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checklists.enums import AuditStatus
from checklists.tests.factories import SelfAuditFactory
from common.dates import today
from exchange.tests.factories import ImportRunFactory
from mentors.tests.factories import MenteeFactory, MentoringFormFactory, PairFactory, PersonFactory
from monitoring.tests.factories import RoundFactory
from orgs.models import Organization
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


def tasks(client) -> dict[str, str]:
    """Titles of the tasks with the addresses where they are done."""
    return {task.title: task.url for task in client.get("/").context["tasks"]}


def test_an_empty_school_is_asked_for_its_bases(signed_in, curator):
    assert (
        tasks(signed_in(curator))["Загрузите базы наставников и наставляемых"] == "/imports/new/?kind=mentees"
    )


def test_a_task_and_its_list_count_the_same(signed_in, curator, school):
    form = MentoringFormFactory()
    for _ in range(2):
        MenteeFactory(organization=school, form=form, person=PersonFactory(birth_year=None))
    PairFactory(organization=school, started_on=None)
    PairFactory(organization=school, started_on=datetime.date(2020, 9, 1))
    client = signed_in(curator)
    counted = 0
    for title, url in tasks(client).items():
        if "only=" not in url:
            continue
        response = client.get(url)
        assert int(re.search(r"\d+", title)[0]) == len(response.context["rows"]), title
        counted += 1
    assert counted == 6


def test_numbers_are_said_with_the_right_plural(signed_in, methodologist, municipality):
    def titles():
        return [title for title in tasks(signed_in(methodologist)) if title.startswith("Внесите численность")]

    Organization.objects.filter(municipality=municipality).update(status="closed")
    OrganizationFactory(municipality=municipality)
    assert titles() == ["Внесите численность: нет у 1 организации"]
    OrganizationFactory.create_batch(4, municipality=municipality)
    assert titles() == ["Внесите численность: нет у 5 организаций"]


def test_what_is_overdue_stands_first_and_says_so(signed_in, curator, school):
    PairFactory(organization=school, started_on=None)
    RoundFactory(municipality=school.municipality, due_on=today() + datetime.timedelta(days=3))
    SelfAuditFactory(
        organization=school, status=AuditStatus.RETURNED, due_on=today() - datetime.timedelta(days=2)
    )
    response = signed_in(curator).get("/")
    first = response.context["tasks"][0]
    assert (first.title, first.is_overdue) == ("Ответьте методисту: самоаудит возвращён", True)
    page = response.content.decode()
    assert "Просрочено" in page
    assert "Осталось 3 дня" in page


def test_an_upload_that_waits_leads_to_its_own_page(
    signed_in, curator, colleague_curator, school, sibling_school
):
    run = ImportRunFactory(organization=school, owner=curator)
    ImportRunFactory(organization=sibling_school, owner=colleague_curator)
    assert tasks(signed_in(curator))["Подтвердите загрузку"] == f"/imports/{run.pk}/"


def test_the_methodologist_reviews_what_schools_have_sent(signed_in, methodologist, school, foreign_school):
    SelfAuditFactory(organization=school, status=AuditStatus.SUBMITTED)
    SelfAuditFactory(organization=foreign_school, status=AuditStatus.SUBMITTED)
    found = tasks(signed_in(methodologist))
    assert found["Проверьте самоаудиты: отправила 1 школа"] == "/checklists/?year=2026&status=submitted"


def test_a_user_without_a_role_is_told_whom_to_ask(signed_in, stranger):
    assert "Роли пока нет" in signed_in(stranger).get("/").content.decode()


def test_a_mentor_is_led_to_the_own_pairs(signed_in, mentor):
    assert 'href="/pairs/"' in signed_in(mentor).get("/").content.decode()


@pytest.mark.parametrize("name", ["curator", "methodologist", "analyst", "administrator", "head"])
def test_the_page_costs_the_same_whatever_there_is(signed_in, cast, name):
    client = signed_in(getattr(cast, name))
    counts = []
    for more in (1, 3):
        for _ in range(more):
            PairFactory(organization=cast.school, started_on=None)
            ImportRunFactory(organization=cast.school, owner=cast.curator)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
