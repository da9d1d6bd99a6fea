"""The frame of pages: switches of place and year, the look, the language, sections with numbers."""

import datetime
import re

import pytest
from django.test import Client

from accounts.appearance import CHOICES, Appearance
from common.dates import SchoolYear, today
from mentorship_portal.navigation import TABS_SHOWN, Section, items, more
from orgs.enums import Role
from orgs.tests.factories import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


# ---- Place ------------------------------------------------------------------------------------


def test_a_person_with_one_place_has_nothing_to_switch(signed_in, curator, school):
    switch = signed_in(curator).get("/mentees/").context["place_switch"]
    assert (switch.prefix, switch.chosen, switch.choices) == ("Куратор", school.short_name, ())


def test_a_person_with_two_places_stays_on_the_page(signed_in, curator, school, sibling_school):
    MembershipFactory(user=curator, role=Role.CURATOR, organization=sibling_school)
    switch = signed_in(curator).get(f"/mentees/?org={school.pk}").context["place_switch"]
    other = next(choice for choice in switch.choices if not choice.current)
    assert other.label == f"Куратор · {sibling_school.short_name}"
    assert other.url.startswith(f"/mentees/?org={sibling_school.pk}&y=")


def test_a_page_of_one_row_leads_another_role_to_its_home_page(signed_in, curator, school, sibling_school):
    MembershipFactory(user=curator, role=Role.MENTOR, organization=sibling_school)
    switch = signed_in(curator).get(f"/organizations/{school.pk}/").context["place_switch"]
    other = next(choice for choice in switch.choices if not choice.current)
    assert other.url.startswith(f"/?org={sibling_school.pk}")


def test_a_methodologist_chooses_one_school_and_goes_back_to_all(signed_in, methodologist, school):
    client = signed_in(methodologist)
    switch = client.get("/mentees/").context["place_switch"]
    page = client.get(switch.search_url, {"q": "№ 17", "back": "mentees"})
    ((url, name),) = page.context["places"]
    assert (name, url.startswith(f"/mentees/?org={school.pk}&y=")) == (school.short_name, True)
    narrowed = client.get(url).context["place_switch"]
    assert narrowed.chosen == school.short_name
    assert client.get(narrowed.whole_url).context["place_switch"].chosen == "Приозёрск"


def test_the_choice_of_a_school_holds_no_foreign_ones(signed_in, methodologist, foreign_school):
    page = signed_in(methodologist).get("/places/", {"q": foreign_school.short_name})
    assert page.context["places"] == []


def test_the_choice_of_a_school_costs_the_same_for_many(
    signed_in, methodologist, municipality, django_assert_max_num_queries
):
    OrganizationFactory.create_batch(120, municipality=municipality)
    client = signed_in(methodologist)
    with django_assert_max_num_queries(6):
        page = client.get("/places/")
    assert (len(page.context["places"]), page.context["more"]) == (50, True)


def test_a_way_back_leads_only_to_lists_of_the_portal(signed_in, methodologist):
    for wanted in ("https://evil.example/", "sign-out", "mentee", "healthz"):
        page = signed_in(methodologist).get("/places/", {"back": wanted})
        assert page.context["back"] == "home"


# ---- Year -------------------------------------------------------------------------------------


def test_lists_offer_school_years_and_indicators_calendar_years(signed_in, curator):
    client = signed_in(curator)
    current = SchoolYear.of(today())
    school = client.get("/mentees/?only=no_pair").context["period_switch"]
    assert school.chosen == f"{current.title} уч.\u00a0год"
    assert school.choices[1].url == f"?only=no_pair&y={current.start_year - 1}"
    calendar = client.get("/indicators/").context["period_switch"]
    assert calendar.chosen == f"{today().year}\u00a0год"
    assert calendar.choices[1].url == f"?year={today().year - 1}"


def test_a_page_that_no_year_changes_has_no_switch(signed_in, curator):
    assert not signed_in(curator).get("/search/").context["period_switch"]


@pytest.mark.parametrize(
    "page", ["/users/", "/invitations/", "/invitations/new/", "/dictionaries/", "/journal/"]
)
def test_pages_of_the_administration_are_of_no_year(signed_in, administrator, page):
    assert not signed_in(administrator).get(page).context["period_switch"]


def test_organizations_to_choose_from_stand_in_the_order_of_their_numbers(
    signed_in, methodologist, municipality
):
    for number in (10, 9, 2):
        OrganizationFactory(municipality=municipality, short_name=f"Лицей № {number}")
    page = signed_in(methodologist).get("/places/", {"q": "лицей"})
    assert [name for _url, name in page.context["places"]] == ["Лицей № 2", "Лицей № 9", "Лицей № 10"]


# ---- Sections ---------------------------------------------------------------------------------


def test_sections_past_the_eighth_stand_behind_more():
    sections = tuple(Section("/mentees/", str(number)) for number in range(TABS_SHOWN + 2))
    assert [item.is_more for item in items(sections, "/")].count(True) == 2
    assert [item.label for item in more(sections, "/")] == ["8", "9"]


def test_the_bell_and_numbers_are_counted_anew_after_a_change(signed_in, curator, school):
    from mentors.tests.factories import PairFactory

    client = signed_in(curator)
    PairFactory(organization=school)
    assert client.get("/").context["frame_summary"].tabs["/pairs/"] == 1
    PairFactory(organization=school)
    assert client.get("/imports/").context["frame_summary"].tabs["/pairs/"] == 1
    client.post("/language/", {"language": "ru"})
    assert client.get("/imports/").context["frame_summary"].tabs["/pairs/"] == 2


# ---- Look -------------------------------------------------------------------------------------


def test_the_look_is_kept_with_the_account_and_in_the_browser(signed_in, curator):
    client = signed_in(curator)
    chosen = {"size": "150", "scheme": "wb", "images": "off", "keys": "off", "next": "/mentees/"}
    response = client.post("/appearance/", chosen)
    assert response["Location"] == "/mentees/"
    curator.refresh_from_db()
    assert curator.appearance == {"size": "150", "scheme": "wb", "images": "off", "keys": "off"}
    opening = re.search(r"<html[^>]*>", text_of(client.get("/")))[0]
    assert 'data-size="150"' in opening
    assert 'data-scheme="wb"' in opening
    client.post("/sign-out/")
    assert 'data-size="150"' in text_of(client.get("/sign-in/"))


def test_the_next_person_at_the_machine_gets_the_own_look(signed_in, curator, head):
    client = signed_in(curator)
    client.post("/appearance/", {"scheme": "wb"})
    head.appearance = {"size": "125"}
    head.save()
    client.force_login(head)
    opening = re.search(r"<html[^>]*>", text_of(client.get("/")))[0]
    assert "data-scheme" not in opening
    assert 'data-size="125"' in opening


def test_the_ordinary_look_comes_back(signed_in, curator):
    client = signed_in(curator)
    client.post("/appearance/", {"size": "200"})
    client.post("/appearance/", {"size": "200", "reset": "1"})
    assert '<html lang="ru">' in text_of(client.get("/"))


def test_somebody_who_is_signed_out_may_choose_as_well():
    client = Client()
    client.post("/appearance/", {"scheme": "blue", "next": "/sign-in/"})
    assert 'data-scheme="blue"' in text_of(client.get("/sign-in/"))


def test_the_look_leads_to_no_other_site():
    assert Client().post("/appearance/", {"next": "https://evil.example/"})["Location"] == "/"


@pytest.mark.parametrize("stored", [None, [], "x", {"size": "9000"}, {"size": ["150"]}, {"unknown": "1"}])
def test_what_is_stored_wrongly_counts_as_not_chosen(stored):
    assert Appearance.of(stored) == Appearance()


def test_a_choice_cannot_put_markup_into_the_page():
    client = Client()
    client.cookies["appearance"] = 'size="><script>alert(1)</script>'
    assert "<script>alert" not in text_of(client.get("/sign-in/"))


def test_the_form_offers_every_choice(client):
    groups = client.get("/appearance/").context["groups"]
    assert {name: tuple(value for value, *_ in values) for name, _label, values in groups} == CHOICES


def test_the_panel_is_the_same_form_without_the_frame(client):
    panel = text_of(client.get("/appearance/", headers={"HX-Request": "true"}))
    assert "<html" not in panel
    assert 'name="scheme"' in panel


# ---- Language ---------------------------------------------------------------------------------


def test_the_language_is_kept_with_the_account(signed_in, curator):
    client = signed_in(curator)
    client.post("/language/", {"language": "en"})
    curator.refresh_from_db()
    assert curator.language == "en"
    other = Client()
    other.force_login(curator)
    assert '<html lang="en">' in text_of(other.get("/"))


# ---- Foot -------------------------------------------------------------------------------------


@pytest.fixture
def at_five_past_two(monkeypatch):
    moment = datetime.datetime(2026, 11, 25, 11, 5, tzinfo=datetime.UTC)
    monkeypatch.setattr("common.stamps.now", lambda: moment)


@pytest.mark.parametrize("path", ["/", "/mentees/", "/checklists/", "/roadmap/"])
def test_the_foot_says_of_what_moment_the_data_are(signed_in, methodologist, at_five_past_two, path):
    page = text_of(signed_in(methodologist).get(path))
    assert "Данные на 25 ноября 2026, 14:05" in page


def test_the_foot_of_figures_names_their_day(signed_in, methodologist, at_five_past_two):
    page = text_of(signed_in(methodologist).get("/indicators/?year=2026"))
    assert "Показатели на 31.12.2026, посчитаны 25 ноября 2026, 14:05" in page


def test_before_the_sign_in_there_is_no_stamp():
    assert "Данные на" not in text_of(Client().get("/sign-in/"))
