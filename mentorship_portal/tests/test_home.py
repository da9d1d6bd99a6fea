"""The home page: tasks from rules, each leading to the list that it counts."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessAction, AccessRecord
from checklists.enums import AuditStatus, Verdict
from checklists.models import ChecklistItem
from checklists.tests.factories import ChecklistItemFactory, ItemAnswerFactory, SelfAuditFactory
from common.dates import today
from exchange.tests.factories import ImportRunFactory
from mentors.tests.factories import (
    MenteeFactory,
    MentorFactory,
    MentoringFormFactory,
    PairFactory,
    PersonFactory,
)
from monitoring.tests.factories import (
    RoadmapActivityFactory,
    RoadmapFactory,
    RoadmapSectionFactory,
    RoundFactory,
)
from monitoring.tests.worlds import load_indicators
from orgs.models import Organization
from orgs.tests.factories import HeadcountFactory, InvitationFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def board(client):
    return client.get("/").context["board"]


def tasks(client) -> dict[str, str]:
    """Titles of the tasks that are open with the addresses where they are done."""
    return {str(task.title): task.url for task in board(client).open}


def path(url: str) -> str:
    """The address without the place and the year."""
    return re.sub(r"(?<=[?&])(org|mun|district|y)=\d+&?", "", url).rstrip("?&")


def test_an_empty_school_is_asked_for_its_bases(signed_in, curator):
    found = tasks(signed_in(curator))["Загрузите базы наставников и наставляемых"]
    assert path(found) == "/imports/new/?kind=mentees"


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
    assert counted == 5


def test_a_head_is_told_what_the_curator_is_asked_for(signed_in, curator, head, school):
    PairFactory(organization=school, started_on=None)
    PairFactory(organization=school, started_on=datetime.date(2020, 9, 1))
    MenteeFactory(organization=school)
    assert "Отметьте встречи: 1 пара без встреч больше 30\xa0дней" in tasks(signed_in(curator))
    client = signed_in(head)
    page = client.get("/").content.decode()
    assert {
        "Без встреч больше 30\xa0дней: 1 пара",
        "Без даты начала: 1 пара",
        "Без наставника: 1 наставляемый",
        "Самоаудит этого года не начат",
    } <= set(tasks(client))
    assert "<h1>Дела школы</h1>" in page
    assert "ими занимается куратор" in page
    assert board(client).summary.bell == 0


def test_an_administrator_is_reminded_of_invitations_without_an_answer(signed_in, administrator, school):
    client = signed_in(administrator)
    assert not [title for title in tasks(client) if "приглашени" in title]
    week_ago = timezone.now() - datetime.timedelta(days=8)
    for number in range(2):
        InvitationFactory(
            email=f"guest{number}@example.org",
            organization=school,
            sent_at=week_ago,
            expires_at=week_ago + datetime.timedelta(days=7),
        )
    InvitationFactory(email="fresh@example.org", organization=school)
    url = tasks(client)["Напомните о приглашениях: 2 без ответа больше 3 дней"]
    assert len(client.get(url).context["rows"]) == 2


def test_every_link_keeps_the_place_and_the_year(signed_in, curator, school):
    PairFactory(organization=school, started_on=None)
    for url in tasks(signed_in(curator)).values():
        assert f"org={school.pk}" in url
        assert "y=" in url


@pytest.mark.parametrize(
    ("schools", "words"),
    [
        (1, "нет у 1 организации"),
        (2, "нет у 2 организаций"),
        (5, "нет у 5 организаций"),
        (11, "нет у 11 организаций"),
        (21, "нет у 21 организации"),
        (101, "нет у 101 организации"),
    ],
)
def test_numbers_are_said_with_the_right_plural(signed_in, methodologist, municipality, schools, words):
    Organization.objects.filter(municipality=municipality).update(status="closed")
    OrganizationFactory.create_batch(schools, municipality=municipality)
    assert f"Внесите численность: {words}" in tasks(signed_in(methodologist))


def test_what_is_overdue_stands_first_and_says_so(signed_in, curator, school):
    PairFactory(organization=school, started_on=None)
    RoundFactory(municipality=school.municipality, due_on=today() + datetime.timedelta(days=3))
    audit = SelfAuditFactory(
        organization=school, status=AuditStatus.RETURNED, due_on=today() - datetime.timedelta(days=2)
    )
    item = ChecklistItemFactory(template=audit.template, number=4)
    ItemAnswerFactory(audit=audit, item=item, verdict=Verdict.RETURNED)
    response = signed_in(curator).get("/")
    first = response.context["board"].overdue[0]
    assert first.title == "Ответьте методисту: 1 замечание"
    assert first.url.endswith("#item-4")
    page = response.content.decode()
    assert "Просрочено 2 дня" in page
    assert "Осталось 3 дня" in page
    assert response.context["frame_summary"].bell == 1 + len(response.context["board"].soon)


@pytest.fixture
def late_activities(municipality):
    """An activity that is late, and a yearly one whose first year is; a third is done."""
    last = today().year - 1
    section = RoadmapSectionFactory(
        roadmap=RoadmapFactory(municipality=municipality, first_year=last - 1, last_year=last + 1)
    )
    spans = ((last, False, "not_started"), (last + 1, True, "running"), (last, False, "done"))
    return [
        RoadmapActivityFactory(
            section=section,
            starts_on=datetime.date(last, 1, 1),
            ends_on=datetime.date(end, 12, 31),
            yearly=yearly,
            status=status,
        )
        for end, yearly, status in spans
    ]


def test_the_home_page_and_the_roadmap_call_the_same_activities_overdue(
    signed_in, methodologist, late_activities
):
    client = signed_in(methodologist)
    (late,) = board(client).overdue
    assert late.title == "Закройте 2 мероприятия дорожной карты: срок прошёл"
    assert late.due == datetime.date(today().year - 1, 12, 31)
    assert len(client.get(late.url).context["plan"].overdue) == 2


def test_one_late_activity_opens_at_once(signed_in, methodologist, late_activities):
    late_activities[1].delete()
    (late,) = board(signed_in(methodologist)).overdue
    assert path(late.url) == f"/roadmap/activities/{late_activities[0].pk}/"


def test_who_cannot_mark_an_activity_only_hears_that_it_is_late(signed_in, analyst, late_activities):
    client = signed_in(analyst)
    assert "Просрочено 2 мероприятия дорожной карты" in tasks(client)
    assert board(client).overdue == []


def test_a_checklist_under_review_waits_for_the_methodologist(signed_in, curator, school):
    SelfAuditFactory(organization=school, status=AuditStatus.SUBMITTED, year=today().year)
    found = board(signed_in(curator))
    assert [task.status[0] for task in found.later if task.waits] == ["Ждёт методиста"]


def test_what_is_in_order_stands_among_the_done(signed_in, curator, school):
    PairFactory(organization=school, started_on=datetime.date(2020, 9, 1))
    done = [task.title for task in board(signed_in(curator)).done]
    assert "У каждой пары указана дата начала" in done
    assert "У каждой пары есть программа" not in done


def test_the_sentence_says_how_many_tasks_and_about_how_long(signed_in, curator, school):
    SelfAuditFactory(
        organization=school, status=AuditStatus.FILLING, due_on=today() + datetime.timedelta(days=1)
    )
    assert board(signed_in(curator)).sentence == "На этой неделе 1 дело, примерно 6 минут"


def test_a_new_curator_begins_with_three_steps_ticked_by_the_data(signed_in, curator, school):
    client = signed_in(curator)
    school.curator_name = ""
    school.save()
    assert [step.done for step in client.get("/").context["steps"]] == [False, False, False]
    school.curator_name = "Соколова Наталья Андреевна"
    school.save()
    HeadcountFactory(organization=school, on_date=today())
    MentorFactory(organization=school)
    MenteeFactory(organization=school)
    assert [step.done for step in client.get("/").context["steps"]] == [True, True, False]
    PairFactory(organization=school)
    assert client.get("/").context["steps"] == []


def test_changes_since_the_last_visit_leave_out_the_own_ones(signed_in, curator, head, school):
    for hours in (1, 30):
        visit = AccessRecord.objects.create(user=curator, action=AccessAction.SIGN_IN)
        AccessRecord.objects.filter(pk=visit.pk).update(at=timezone.now() - datetime.timedelta(hours=hours))
    by_other, by_self = MenteeFactory(organization=school), MenteeFactory(organization=school)
    by_other.history.update(history_user=head)
    by_self.history.update(history_user=curator)
    changes = signed_in(curator).get("/").context["changes"]
    assert [str(line.text) for line in changes.lines] == ["+1 наставляемый"]


def test_an_upload_that_waits_leads_to_its_own_page(
    signed_in, curator, colleague_curator, school, sibling_school
):
    run = ImportRunFactory(organization=school, owner=curator)
    ImportRunFactory(organization=sibling_school, owner=colleague_curator)
    assert path(tasks(signed_in(curator))["Подтвердите загрузку"]) == f"/imports/{run.pk}/"


def test_the_methodologist_reviews_what_schools_have_sent(signed_in, methodologist, school, foreign_school):
    SelfAuditFactory(organization=school, status=AuditStatus.SUBMITTED)
    SelfAuditFactory(organization=foreign_school, status=AuditStatus.SUBMITTED)
    found = tasks(signed_in(methodologist))
    assert path(found["Проверьте самоаудиты: отправила 1 школа"]) == "/checklists/?year=2026&status=submitted"


def test_schools_that_need_help_stand_with_reasons_in_words(signed_in, methodologist, municipality, school):
    Organization.objects.filter(municipality=municipality).update(curator_name="Иванова")
    Organization.objects.filter(pk=school.pk).update(curator_name="")
    (need,) = signed_in(methodologist).get("/").context["needs"][:1]
    assert (need.name, need.reasons) == (school.short_name, "нет куратора")


def test_a_user_without_a_role_is_told_whom_to_ask(signed_in, stranger):
    assert "Роли пока нет" in signed_in(stranger).get("/").content.decode()


def test_a_mentor_sees_the_own_pairs_and_no_others(signed_in, mentor, school):
    own = PairFactory(organization=school, mentor__person=PersonFactory(user=mentor))
    PairFactory(organization=school)
    response = signed_in(mentor).get("/")
    assert [pair.name for pair in response.context["pairs"]] == [own.mentee.person.full_name]
    assert f"/pairs/{own.pk}/" in response.content.decode()


@pytest.mark.parametrize("name", ["curator", "methodologist", "analyst", "administrator", "head"])
def test_the_page_costs_the_same_whatever_there_is(signed_in, cast, name):
    client = signed_in(getattr(cast, name))
    for _ in range(2):
        PairFactory(organization=cast.school, started_on=None)
        ImportRunFactory(organization=cast.school, owner=cast.curator)
    client.get("/")
    counts = [queries_of(client)]
    OrganizationFactory.create_batch(200, municipality=cast.municipality, district=cast.district)
    for _ in range(3):
        PairFactory(organization=cast.school, started_on=None)
        MenteeFactory(organization=cast.sibling_school)
    client.get("/")
    counts.append(queries_of(client))
    assert counts[0] == counts[1] <= 32


def test_the_numbers_in_the_frame_cost_other_pages_nothing(signed_in, curator, school):
    client = signed_in(curator)
    with CaptureQueriesContext(connection) as before:
        client.get("/imports/")
    PairFactory(organization=school)
    assert client.get("/").context["frame_summary"].tabs["/pairs/"] == 1
    with CaptureQueriesContext(connection) as after:
        page = client.get("/imports/")
    assert page.context["frame_summary"].tabs["/pairs/"] == 1
    assert len(after) == len(before)


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    return len(queries)


def test_a_checklist_that_is_filled_in_shows_how_far_it_is(signed_in, curator, school):
    audit = SelfAuditFactory(organization=school, status=AuditStatus.FILLING)
    for number in (1, 2):
        ChecklistItemFactory(template=audit.template, number=number)
    ItemAnswerFactory(audit=audit, item=ChecklistItem.objects.get(template=audit.template, number=1))
    (task,) = [task for task in board(signed_in(curator)).open if task.icon == "checklist"]
    assert task.progress == (1, 2)
    assert task.progress_text == "В работе 1 из 2"


def test_home_and_the_page_of_indicators_name_the_same_number_of_organizations_with_data(
    signed_in, methodologist, municipality, school
):
    """A house of creativity without pupils of its own gives its teachers: its data are there."""
    load_indicators()
    HeadcountFactory(organization=school, on_date=datetime.date(today().year, 9, 5))
    teachers_only = OrganizationFactory(municipality=municipality)
    HeadcountFactory(
        organization=teachers_only,
        on_date=datetime.date(today().year, 9, 5),
        pupils_total=None,
        pupils_10_18=None,
        pupils_15_18=None,
    )
    OrganizationFactory(municipality=municipality)
    client = signed_in(methodologist)
    figures = client.get("/").context["figures"]
    overview = client.get("/indicators/").context
    assert figures.with_data == overview["numbers_given"] == 2
    assert figures.organizations == overview["numbers_expected"]


def test_every_button_of_the_home_page_opens_its_page(signed_in, cast):
    for name in ("curator", "head", "methodologist", "analyst", "administrator"):
        client = signed_in(getattr(cast, name))
        for action in client.get("/").context["actions"]:
            assert client.get(action.url).status_code == 200, (name, action.label)
