"""Users as an administrator sees and changes them."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessAction, AccessRecord, Letter, User
from accounts.tests.codes import with_second_factor
from orgs.enums import Role
from orgs.models import Membership
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory, MunicipalityFactory
from orgs.users import rules


def names(response) -> set[str]:
    return {user.email.partition("@")[0] for user in response.context["rows"]}


def rights_lines() -> list[dict]:
    return list(AccessRecord.objects.filter(action=AccessAction.RIGHTS).values_list("details", flat=True))


@pytest.fixture
def district_administrator(cast, district):
    return MembershipFactory(role=Role.ADMINISTRATOR, district=district).user


@pytest.fixture
def admin(signed_in, administrator):
    return signed_in(administrator)


def test_the_register_holds_the_users_of_the_municipality(admin, cast):
    found = names(admin.get(reverse("users")))
    assert {"curator", "colleague-curator", "head", "methodologist", "district-methodologist"} <= found
    assert not found & {"foreign-curator", "foreign-methodologist", "stranger"}


def test_an_administrator_of_a_district_sees_its_users_only(signed_in, district_administrator):
    client = signed_in(district_administrator)
    found = names(client.get(reverse("users")))
    assert {"curator", "district-methodologist"} <= found
    assert not found & {"methodologist", "analyst", "administrator"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "УЧАСТНИК curator"}, {"curator", "colleague-curator"}),
        ({"q": "head@"}, {"head"}),
        ({"role": "analyst"}, {"analyst"}),
        ({"only": "no_second_step"}, {"methodologist", "district-methodologist", "analyst"}),
    ],
)
def test_search_and_filters(admin, query, expected):
    found = names(admin.get(reverse("users"), query))
    assert expected <= found
    assert "mentor" not in found


def test_the_number_of_queries_does_not_grow_with_the_users(admin, cast, django_assert_max_num_queries):
    for _ in range(15):
        MembershipFactory(organization=cast.school, role=Role.HEAD)
    with django_assert_max_num_queries(32):
        admin.get(reverse("users"))


def test_a_role_is_given_with_its_order_and_noted(admin, cast, head):
    response = admin.post(
        reverse("user-role-add", args=[head.pk]),
        {
            "role": "curator",
            "place": f"organization:{cast.sibling_school.pk}",
            "started_on": "1.9.2026",
            "appointment_order": "Приказ от 01.09.2026 № 3",
        },
    )
    assert response.status_code == 302
    role = head.memberships.get(role=Role.CURATOR)
    assert (role.organization, role.started_on) == (cast.sibling_school, datetime.date(2026, 9, 1))
    assert rights_lines() == [
        {
            "what": "role_given",
            "role": "curator",
            "place": "СОШ № 18",
            "order": "Приказ от 01.09.2026 № 3",
        }
    ]
    assert "Роль дана: куратор, СОШ № 18" in admin.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("role", "place", "order", "said"),
    [
        ("curator", "organization:school", "", "назначают приказом"),
        ("curator", "municipality:municipality", "№ 1", "Выберите организацию"),
        ("analyst", "organization:school", "№ 1", "Выберите район или муниципалитет"),
        ("curator", "organization:foreign_school", "№ 1", "Вы не администратор этого места"),
        ("administrator", "municipality:foreign_municipality", "№ 1", "Вы не администратор этого места"),
        ("mentor", "organization:school", "№ 1", "Выберите роль"),
    ],
)
def test_a_role_that_cannot_be_is_refused(admin, cast, head, role, place, order, said):
    kind, _colon, name = place.partition(":")
    before = Membership.objects.count()
    response = admin.post(
        reverse("user-role-add", args=[head.pk]),
        {
            "role": role,
            "place": f"{kind}:{getattr(cast, name).pk}",
            "started_on": "01.09.2026",
            "appointment_order": order,
        },
    )
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Membership.objects.count() == before


def test_nobody_gives_himself_a_role_above_the_own_place(
    signed_in, district_administrator, cast, municipality
):
    client = signed_in(district_administrator)
    response = client.post(
        reverse("user-role-add", args=[district_administrator.pk]),
        {"role": "administrator", "place": f"municipality:{municipality.pk}", "started_on": "01.09.2026"},
    )
    assert response.status_code == 422
    assert district_administrator.memberships.count() == 1


@pytest.mark.parametrize(
    ("role", "place", "allowed"),
    [
        (Role.CURATOR, "school", True),
        (Role.CURATOR, "district_school", False),
        (Role.METHODOLOGIST, "district", True),
        (Role.METHODOLOGIST, "other_district", False),
        (Role.ANALYST, "municipality", False),
        (Role.CURATOR, "foreign_school", False),
        (Role.ADMINISTRATOR, "school", False),
    ],
)
def test_an_administrator_of_a_district_gives_roles_inside_it(
    cast, district_administrator, role, place, allowed
):
    scope = Scope.for_user(district_administrator)
    assert rules.may_give(scope, role, getattr(cast, place)) is allowed


def test_a_role_ends_with_its_last_day(admin, curator):
    role = curator.memberships.get()
    address = reverse("user-role-end", args=[curator.pk, role.pk])
    assert "Прекратить роль: куратор, СОШ № 17" in admin.get(address).content.decode()
    assert admin.post(address, {"ended_on": "01.01.2019"}).status_code == 422
    assert admin.post(address, {"ended_on": "31.10.2026"}).status_code == 302
    role.refresh_from_db()
    assert role.ended_on == datetime.date(2026, 10, 31)
    assert rights_lines()[0]["what"] == "role_ended"
    assert admin.get(address).status_code == 403


def test_the_own_last_role_of_an_administrator_stays(admin, administrator, municipality):
    role = administrator.memberships.get()
    address = reverse("user-role-end", args=[administrator.pk, role.pk])
    response = admin.post(address, {"ended_on": "31.10.2026"})
    assert response.status_code == 403
    assert "последняя роль администратора" in response.content.decode()
    MembershipFactory(user=administrator, role=Role.ADMINISTRATOR, municipality=MunicipalityFactory())
    assert admin.post(address, {"ended_on": "31.10.2026"}).status_code == 302


def test_a_closed_account_cannot_sign_in_until_it_is_opened(admin, client, curator):
    assert admin.post(reverse("user-close", args=[curator.pk])).status_code == 302
    curator.refresh_from_db()
    assert not curator.is_active
    assert "Закрыта" in admin.get(reverse("user", args=[curator.pk])).content.decode()
    admin.post(reverse("user-open", args=[curator.pk]))
    curator.refresh_from_db()
    assert curator.is_active
    assert [line["what"] for line in rights_lines()] == ["account_opened", "account_closed"]


def test_an_account_unused_for_ninety_days_is_opened_again(admin, curator):
    long_ago = timezone.now() - datetime.timedelta(days=100)
    User.objects.filter(pk=curator.pk).update(last_login=long_ago, created_at=long_ago)
    page = admin.get(reverse("user", args=[curator.pk])).content.decode()
    assert "Закрыта: не входили" in page
    assert names(admin.get(reverse("users"), {"only": "unused"})) == {"curator"}
    admin.post(reverse("user-open", args=[curator.pk]))
    assert not User.objects.get(pk=curator.pk).is_unused()
    assert names(admin.get(reverse("users"), {"only": "unused"})) == set()


def test_a_link_for_a_new_password_goes_to_the_user_only(admin, curator):
    response = admin.post(reverse("user-reset", args=[curator.pk]), follow=True)
    assert "отправлена на curator@example.org" in response.content.decode()
    assert "/password-reset/" not in response.content.decode()
    assert Letter.objects.get().to == curator.email
    again = admin.post(reverse("user-reset", args=[curator.pk]))
    assert [message.level_tag for message in get_messages(again.wsgi_request)] == ["warning"]
    assert Letter.objects.count() == 1


def test_the_second_step_is_reset_and_noted(admin, curator):
    with_second_factor(curator)
    page = admin.get(reverse("user", args=[curator.pk])).content.decode()
    assert "осталось 10 резервных кодов" in page
    admin.post(reverse("user-second-factor", args=[curator.pk]))
    assert "не настроен" in admin.get(reverse("user", args=[curator.pk])).content.decode()
    assert rights_lines()[0]["what"] == "second_factor_reset"


@pytest.mark.parametrize("action", ["close", "open", "second-factor"])
def test_an_account_that_works_elsewhere_too_is_not_touched(admin, curator, foreign_school, action):
    MembershipFactory(user=curator, role=Role.HEAD, organization=foreign_school)
    assert admin.post(reverse(f"user-{action}", args=[curator.pk])).status_code == 403
    page = admin.get(reverse("user", args=[curator.pk])).content.decode()
    assert "только администраторы тех мест" in page
    assert "Лицей № 3" not in page


def test_nobody_closes_the_own_account(admin, administrator):
    assert admin.post(reverse("user-close", args=[administrator.pk])).status_code == 403


@pytest.mark.parametrize("name", ["foreign_curator", "stranger"])
def test_a_user_of_other_places_does_not_exist(admin, cast, name):
    assert admin.get(reverse("user", args=[getattr(cast, name).pk])).status_code == 404
