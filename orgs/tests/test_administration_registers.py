"""The registers of users and invitations: what they show, change at once and write to a file."""

import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AccessAction, AccessRecord, Letter, User
from orgs.enums import Role
from orgs.invitations.models import Invitation, InvitationStatus
from orgs.tests.factories import InvitationFactory, MembershipFactory

USERS, INVITATIONS = reverse("users"), reverse("invitations")


@pytest.fixture
def admin(signed_in, administrator):
    return signed_in(administrator)


def emails(response) -> list[str]:
    return [row.email.partition("@")[0] for row in response.context["rows"]]


def quick(response) -> dict[str, str]:
    return {item.code: item.count for item in response.context["quick"]}


def walk(client, route, rows, action):
    """Chooses the rows, looks at the preview and presses its button; the preview and the last answer."""
    data = {"action": action, "ids": ",".join(str(row.pk) for row in rows)}
    shown = client.post(f"{route}bulk/", data)
    assert shown.status_code == 200
    done = client.post(f"{route}bulk/", {**data, "step": "apply", "seen": shown.context["seen"]}, follow=True)
    return shown, done


# ---- Users ------------------------------------------------------------------------------------


def test_users_are_narrowed_by_the_place_where_they_work_today(admin, cast):
    found = admin.get(USERS, {"organization": cast.sibling_school.pk})
    assert emails(found) == ["colleague-curator"]
    opened = admin.get(USERS, {"panel": "all"})
    counts = {
        option.label: option.count
        for checklist in opened.context["panel"]
        if checklist.code == "organization"
        for option in checklist.options
    }
    assert counts["СОШ № 18"] == 1
    assert "Лицей № 3" not in counts


def test_an_address_of_a_foreign_school_finds_nobody(admin, cast):
    assert emails(admin.get(USERS, {"organization": cast.foreign_school.pk})) == []


def test_quick_filters_of_users_say_how_many_they_show(admin, curator):
    User.objects.filter(pk=curator.pk).update(is_active=False)
    response = admin.get(USERS)
    assert quick(response)["closed"] == "1"
    assert emails(admin.get(USERS, {"only": "closed"})) == ["curator"]


def test_every_order_of_users_pages_through_all_of_them_once(admin, cast):
    for place in range(60):
        user = MembershipFactory(organization=cast.school, role=Role.HEAD).user
        User.objects.filter(pk=user.pk).update(full_name="" if place % 7 == 0 else f"Участник {place}")
    for sort in ("name", "-name", "email", "last_login", "created"):
        first = admin.get(USERS, {"sort": sort})
        second = admin.get(f"{USERS}{first.context['next_url']}")
        seen = emails(first) + emails(second)
        assert len(seen) == len(set(seen)) == first.context["total"]


def test_chosen_accounts_are_closed_and_opened_again(admin, curator, head, administrator):
    AccessRecord.objects.all().delete()
    shown, done = walk(admin, USERS, [curator, head, administrator], "close")
    page = shown.content.decode()
    assert "Будут закрыты 2 учётные записи" in page
    assert "это ваша учётная запись" in page
    assert "Закрыты 2 учётные записи." in done.content.decode()
    assert set(User.objects.filter(is_active=False)) == {curator, head}
    noted = AccessRecord.objects.filter(action=AccessAction.RIGHTS, details__what="account_closed")
    assert {line.object_id for line in noted} == {str(curator.pk), str(head.pk)}
    walk(admin, USERS, [curator, head], "open")
    assert not User.objects.filter(is_active=False).exists()


def test_a_closed_account_ends_its_open_sessions(admin, curator):
    other = Client()
    other.force_login(curator)
    assert other.get(reverse("home")).status_code == 200
    walk(admin, USERS, [curator], "close")
    assert other.get(reverse("home")).status_code == 302


def test_an_account_with_a_role_elsewhere_stays_open(admin, curator, foreign_school):
    MembershipFactory(user=curator, role=Role.HEAD, organization=foreign_school)
    shown, _done = walk(admin, USERS, [curator], "close")
    page = shown.content.decode()
    assert "есть роли в других местах" in page
    assert "Лицей № 3" not in page
    assert User.objects.get(pk=curator.pk).is_active


def test_users_of_other_places_cannot_be_chosen(admin, cast):
    data = {"action": "close", "ids": str(cast.foreign_curator.pk), "step": "apply", "seen": "чужое"}
    admin.post(f"{USERS}bulk/", data)
    assert User.objects.get(pk=cast.foreign_curator.pk).is_active


def test_a_file_of_users_asks_what_for_and_holds_what_the_screen_shows(admin, cast):
    address = reverse("users-export")
    assert admin.get(address).status_code == 422
    answer = admin.get(address, {"purpose": "Сверка ролей", "role": "curator", "sort": "email"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    heading = next(place for place, row in enumerate(rows) if row[0] == "ФИО")
    assert [row[1] for row in rows[heading + 1 :]] == emails_in_full(admin, role="curator", sort="email")
    note = AccessRecord.objects.filter(action=AccessAction.EXPORT).latest("pk")
    assert (note.object_type, note.details["purpose"]) == ("accounts.user", "Сверка ролей")


def emails_in_full(client, **query) -> list[str]:
    return [row.email for row in client.get(USERS, query).context["rows"]]


# ---- Invitations ------------------------------------------------------------------------------


@pytest.fixture
def days_ago():
    def moment(days: int) -> datetime.datetime:
        return timezone.now() - datetime.timedelta(days=days)

    return moment


def test_without_an_answer_are_old_invitations_that_nobody_has_settled(admin, school, curator, days_ago):
    InvitationFactory(email="open@example.org", organization=school, sent_at=days_ago(4))
    InvitationFactory(
        email="expired@example.org", organization=school, sent_at=days_ago(9), expires_at=days_ago(2)
    )
    InvitationFactory(email="fresh@example.org", organization=school, sent_at=days_ago(2))
    InvitationFactory(
        email="again@example.org", organization=school, sent_at=days_ago(9), expires_at=days_ago(2)
    )
    InvitationFactory(email="again@example.org", organization=school)
    InvitationFactory(
        email="taken@example.org", organization=school, sent_at=days_ago(9), activated_at=days_ago(8)
    )
    InvitationFactory(
        email="back@example.org", organization=school, sent_at=days_ago(9), withdrawn_at=days_ago(8)
    )
    InvitationFactory(email=curator.email, organization=school, sent_at=days_ago(9), expires_at=days_ago(2))
    response = admin.get(INVITATIONS, {"only": "unanswered"})
    assert set(emails(response)) == {"open", "expired"}
    assert quick(response)["unanswered"] == "2"


def test_invitations_are_sent_again_at_once(admin, school, days_ago):
    late = InvitationFactory(
        email="late@example.org", organization=school, sent_at=days_ago(9), expires_at=days_ago(2)
    )
    taken = InvitationFactory(email="taken@example.org", organization=school, activated_at=days_ago(1))
    shown, done = walk(admin, INVITATIONS, [late, taken], "resend")
    page = shown.content.decode()
    assert "Уйдёт 1 письмо с новой ссылкой" in page
    assert "taken@example.org: его приняли" in page
    assert "Отправлено 1 письмо." in done.content.decode()
    late.refresh_from_db()
    assert late.status == InvitationStatus.SENT
    assert [letter.to for letter in Letter.objects.all()] == ["late@example.org"]


def test_invitations_are_withdrawn_at_once(admin, school):
    rows = [InvitationFactory(email=f"guest{n}@example.org", organization=school) for n in range(2)]
    shown, _done = walk(admin, INVITATIONS, rows, "withdraw")
    assert "Будут отозваны 2 приглашения" in shown.content.decode()
    assert {row.status for row in Invitation.objects.all()} == {InvitationStatus.WITHDRAWN}


def test_invitations_of_other_places_cannot_be_chosen(admin, cast):
    foreign = InvitationFactory(email="far@example.org", organization=cast.foreign_school)
    admin.post(f"{INVITATIONS}bulk/", {"action": "withdraw", "ids": str(foreign.pk)})
    foreign.refresh_from_db()
    assert foreign.status == InvitationStatus.SENT


def test_buttons_of_a_row_stand_on_the_screen_and_in_no_file(admin, school):
    invitation = InvitationFactory(email="frolova@example.org", organization=school)
    page = admin.get(INVITATIONS).content.decode()
    for route in ("resend", "withdraw", "link"):
        assert f'formaction="{reverse(f"invitation-{route}", args=[invitation.pk])}' in page
    for query in ({"format": "all"}, {"format": "xlsx"}):
        answer = admin.get(reverse("invitations-export"), {"purpose": "Отчёт", **query})
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        words = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}
        assert "frolova@example.org" in words
        assert not {word for word in words if "Отозвать" in word or word == "Действия"}
    assert "Отозвать" not in admin.get(INVITATIONS, {"print": 1}).content.decode()


def test_the_newest_invitation_stands_first(admin, school, days_ago):
    InvitationFactory(email="older@example.org", organization=school, sent_at=days_ago(5))
    InvitationFactory(email="newer@example.org", organization=school)
    assert emails(admin.get(INVITATIONS)) == ["newer", "older"]
    assert emails(admin.get(INVITATIONS, {"sort": "sent"})) == ["older", "newer"]


def test_the_number_of_queries_does_not_grow_with_the_invitations(
    admin, school, django_assert_max_num_queries
):
    for number in range(15):
        InvitationFactory(email=f"guest{number}@example.org", organization=school)
    with django_assert_max_num_queries(30):
        admin.get(INVITATIONS)
