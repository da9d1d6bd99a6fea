"""Register and card of organizations."""

import datetime
import html
import re

import pytest
from django.urls import reverse

from common.dates import SchoolYear, today
from mentors.tests.factories import PairFactory
from orgs.tests.factories import (
    DocumentFactory,
    DocumentTypeFactory,
    HeadcountFactory,
    OrganizationFactory,
)

pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    return [row.short_name for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [("берёзк", ["Детский сад «Берёзка»"]), ("БЕРЕЗКА", ["Детский сад «Берёзка»"]), ("сош 17", ["СОШ № 17"])],
)
def test_a_school_is_found_by_any_spelling_of_its_name(signed_in, methodologist, municipality, text, found):
    OrganizationFactory(municipality=municipality, short_name="Детский сад «Берёзка»")
    assert names(signed_in(methodologist).get("/organizations/", {"q": text})) == found


def test_a_school_is_found_by_the_beginning_of_its_inn(signed_in, methodologist, school):
    assert names(signed_in(methodologist).get("/organizations/", {"q": school.inn})) == [school.short_name]


def test_old_numbers_are_marked_and_counted(signed_in, methodologist, cast):
    start = SchoolYear.of(today()).start
    HeadcountFactory(organization=cast.school, on_date=start)
    HeadcountFactory(organization=cast.sibling_school, on_date=start - datetime.timedelta(days=1))
    response = signed_in(methodologist).get("/organizations/", {"only": "no_headcount"})
    assert sorted(names(response)) == ["СОШ № 18", "СОШ № 30"]


def test_the_register_warns_of_old_numbers_and_leads_to_them(signed_in, methodologist, cast):
    HeadcountFactory(organization=cast.school, on_date=SchoolYear.of(today()).start)
    client = signed_in(methodologist)
    notice = client.get("/organizations/").context["notice"]
    rows = client.get(f"/organizations/{notice.url}").context["rows"]
    assert len(rows) == 2 and notice.text.startswith("2 организации без численности")
    assert client.get("/organizations/", {"only": "no_headcount"}).context["notice"] is None


def test_nothing_is_said_where_all_numbers_are_of_this_school_year(signed_in, curator, school):
    client = signed_in(curator)
    assert client.get("/organizations/").context["notice"].text.startswith("1 организация без численности")
    HeadcountFactory(organization=school, on_date=today())
    assert client.get("/organizations/").context["notice"] is None


def test_the_card_says_that_the_numbers_are_old_and_where_they_are_entered(signed_in, curator, school):
    client = signed_in(curator)
    card = reverse("organization", args=[school.pk])
    assert "Численность ещё не указана: ни одну долю не посчитать." in client.get(card).content.decode()
    old = SchoolYear.of(today()).start - datetime.timedelta(days=1)
    HeadcountFactory(organization=school, on_date=old)
    page = client.get(card).content.decode()
    assert f"Численность указана на {old:%d.%m.%Y}, раньше начала этого учебного года" in page
    assert reverse("headcount-add", args=[school.pk]) in page
    HeadcountFactory(organization=school, on_date=today())
    assert "раньше начала этого учебного года" not in client.get(card).content.decode()


def test_the_card_says_what_is_missing_and_who_takes_part(signed_in, methodologist, school):
    DocumentFactory(organization=school)
    DocumentTypeFactory(code="regulation", title="Положение о системе наставничества")
    PairFactory(organization=school)
    response = signed_in(methodologist).get(reverse("organization", args=[school.pk]))
    page = response.content.decode()
    assert [kind.title for kind in response.context["missing_documents"]] == [
        "Положение о системе наставничества"
    ]
    assert f'href="/pairs/?organization={school.pk}"' in page
    assert "Участник curator" in page


def test_an_administrator_sees_the_card_and_no_people(signed_in, administrator, school):
    PairFactory(organization=school)
    page = signed_in(administrator).get(reverse("organization", args=[school.pk])).content.decode()
    assert "Сейчас в наставничестве" not in page


def test_documents_that_an_administrator_may_not_read_are_not_called_missing(signed_in, cast):
    DocumentTypeFactory(code="regulation", title="Положение о системе наставничества")
    card = reverse("organization", args=[cast.school.pk])
    assert "Не хватает до полного пакета" in signed_in(cast.methodologist).get(card).content.decode()
    assert "Не хватает до полного пакета" not in signed_in(cast.administrator).get(card).content.decode()


def test_the_card_leads_an_administrator_to_an_invitation_to_this_school(signed_in, cast):
    client = signed_in(cast.administrator)
    page = client.get(reverse("organization", args=[cast.school.pk])).content.decode()
    (url,) = re.findall(r'href="(/invitations/new/[^"]+)"', page)
    form = client.get(html.unescape(url)).context["form"]
    assert form["place"].value() == f"organization:{cast.school.pk}"
    assert "/invitations/new/" not in (
        signed_in(cast.methodologist).get(reverse("organization", args=[cast.school.pk])).content.decode()
    )


def test_the_register_costs_the_same_for_one_and_three(
    signed_in, foreign_methodologist, foreign_municipality, django_assert_max_num_queries
):
    client = signed_in(foreign_methodologist)
    for _ in range(3):
        HeadcountFactory(organization=OrganizationFactory(municipality=foreign_municipality))
        with django_assert_max_num_queries(10):
            assert client.get("/organizations/").status_code == 200
