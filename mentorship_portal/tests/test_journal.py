"""The journals tell an administrator who did what, and nothing of what stands in records about people."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessAction, AccessRecord
from accounts.services import record_access
from common.recorded import save_as
from mentors.tests.factories import DiagnosticFactory, MenteeFactory, StageFactory
from mentorship_portal.administration.changes import changes
from monitoring.tests.factories import RoundConfirmationFactory, RoundFactory
from orgs.scope import Scope
from orgs.tests.factories import HeadcountFactory

pytestmark = pytest.mark.django_db


def lines(user, **chosen):
    return changes(Scope.for_user(user), **chosen).entries


def test_a_changed_school_is_told_with_was_and_became(administrator, curator, school):
    school.address = "ул. Лесная, 5"
    save_as(curator, school)

    entry = lines(administrator, kind="organization")[0]

    assert (entry.who, entry.name) == (curator.full_name, school.short_name)
    assert [(change.label, change.became) for change in entry.changes] == [("адрес", "ул. Лесная, 5")]


def test_of_a_record_about_a_person_only_its_parts_are_named(signed_in, administrator, curator, school):
    mentee = MenteeFactory(organization=school, main_request="Секретный запрос")
    mentee.main_request = "Ещё один секрет"
    save_as(curator, mentee)

    page = signed_in(administrator).get(reverse("journal"), {"kind": "participation"}).content.decode()

    assert "основной запрос" in page.lower()
    assert "секрет" not in page.lower()
    assert mentee.person.last_name not in page


def test_changes_of_another_municipality_are_not_there(
    administrator, foreign_curator, foreign_school, school
):
    for place in (foreign_school, school):
        place.address = "ул. Новая, 1"
        save_as(foreign_curator, place)

    assert {entry.name for entry in lines(administrator, kind="organization") if entry.changes} == {
        school.short_name
    }


def test_a_record_without_a_name_is_called_by_what_it_is_about_and_its_day(
    administrator, methodologist, school
):
    monitoring = RoundFactory(municipality=school.municipality, year=2026, as_of=datetime.date(2026, 12, 31))
    confirmation = RoundConfirmationFactory(round=monitoring, organization=school)
    day = confirmation.confirmed_at.astimezone().strftime("%d.%m.%Y")

    named = [entry.name for entry in lines(administrator, kind="round")]
    assert named == [f"{school.municipality.name}, 31.12.2026"]
    found = lines(administrator, kind="roundconfirmation", record=school.short_name)
    assert [entry.name for entry in found] == [f"{school.short_name}, {day}"]


def test_the_journal_of_access_says_what_was_shown(signed_in, administrator, methodologist, school):
    for ids in ([7], [7, 8]):
        record_access(
            methodologist,
            AccessAction.REVEAL,
            object_type="mentors.pair",
            object_id=ids[0] if len(ids) == 1 else "",
            ids=ids,
        )
    client = signed_in(administrator)
    query = {"action": AccessAction.REVEAL}

    page = client.get(reverse("journal-access"), query).content.decode()
    file = client.get(reverse("journal-access-csv"), query).content.decode("utf-8-sig")

    for said in ("пара №\u00a07", "пары: 2"):
        assert said in page
        assert said in file


def test_lines_are_found_by_person_and_day(administrator, curator, methodologist, school):
    for user in (curator, methodologist):
        school.address = f"ул. {user.pk}"
        save_as(user, school)
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)

    assert {entry.who for entry in lines(administrator, who=curator.full_name)} == {curator.full_name}
    assert lines(administrator, since=tomorrow) == []


def test_changes_of_one_record_are_found_by_its_name_in_any_case(
    administrator, curator, school, sibling_school
):
    for place in (school, sibling_school):
        place.address = "ул. Новая, 1"
        save_as(curator, place)

    found = lines(administrator, record=school.short_name.lower())

    assert {entry.name for entry in found} == {school.short_name}


def test_the_names_of_people_are_not_searched(administrator, curator, school):
    mentee = MenteeFactory(organization=school)
    save_as(curator, mentee)

    assert lines(administrator, record=mentee.person.last_name) == []


def test_a_part_of_the_author_in_any_case_is_enough(administrator, curator, school):
    school.address = "ул. Новая, 1"
    save_as(curator, school)

    assert {entry.who for entry in lines(administrator, who=curator.full_name.upper())} == {curator.full_name}


def test_the_journal_of_changes_is_taken_as_the_page_shows_it(signed_in, administrator, curator, school):
    school.address = "ул. Лесная, 5"
    save_as(curator, school)
    mentee = MenteeFactory(organization=school, main_request="Секретный запрос")
    mentee.main_request = "Ещё один секрет"
    save_as(curator, mentee)

    taken = signed_in(administrator).get(reverse("journal-changes-csv")).content.decode()

    assert "→ ул. Лесная, 5" in taken
    assert "основной запрос" in taken.lower()
    assert "секрет" not in taken.lower()
    assert mentee.person.last_name not in taken
    assert AccessRecord.objects.filter(user=administrator, action=AccessAction.EXPORT).count() == 1


def test_pages_follow_one_another_without_a_gap(administrator, curator, school):
    for number in range(7):
        school.address = f"ул. Мира, {number}"
        save_as(curator, school)
    scope, seen, before = Scope.for_user(administrator), [], None
    while True:
        page = changes(scope, kind="organization", before=before, size=3)
        seen += [change.became for entry in page.entries for change in entry.changes]
        if not page.next_before:
            break
        before = datetime.datetime.fromisoformat(page.next_before)

    assert seen == [f"ул. Мира, {number}" for number in range(6, -1, -1)]


def test_the_number_of_queries_does_not_grow_with_the_lines(administrator, curator, school):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lines(administrator)
        return len(queries)

    DiagnosticFactory(participation=MenteeFactory(organization=school))
    HeadcountFactory(organization=school)
    few = cost()
    for _ in range(5):
        DiagnosticFactory(participation=MenteeFactory(organization=school))

    assert cost() == few


def test_a_renamed_dictionary_value_stands_in_the_journal(administrator):
    stage = StageFactory(title="Подготовка")
    stage.title = "Подготовка условий"
    save_as(administrator, stage)

    entry = lines(administrator, kind="stage")[0]

    assert entry.changes[0].was == "Подготовка"


def test_access_is_told_of_users_of_the_own_places_only(signed_in, administrator, curator, foreign_curator):
    record_access(curator, AccessAction.REVEAL, object_type="mentors.pair", ids=[1, 2])
    record_access(foreign_curator, AccessAction.REVEAL, object_type="mentors.pair", ids=[3])

    page = signed_in(administrator).get(reverse("journal-access"), {"action": "reveal"}).content.decode()

    assert curator.email in page
    assert foreign_curator.email not in page


def test_taking_the_journal_is_itself_a_line(signed_in, administrator, curator):
    record_access(curator, AccessAction.EXPORT, object_type="mentors.pair")

    taken = signed_in(administrator).get(reverse("journal-access-csv"), {"action": "export"})

    assert curator.email in taken.content.decode()
    assert AccessRecord.objects.filter(user=administrator, action=AccessAction.EXPORT).count() == 1


@pytest.mark.parametrize("before", ["вчера", "2026-01-01", "9999"])
def test_a_moment_that_cannot_be_read_shows_the_newest_lines(signed_in, administrator, before):
    assert signed_in(administrator).get(reverse("journal"), {"before": before}).status_code == 200
