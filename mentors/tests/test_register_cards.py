"""The «⋯» of a card: what can be done with one row of a register on a narrow screen."""

import datetime
import re

import pytest
from django.utils import timezone

from mentors.tests.factories import MenteeFactory, MentorFactory, PairFactory, PersonFactory, ProgramFactory
from orgs.tests.factories import InvitationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(cast):
    return cast.school


def menus(response) -> list[list[str]]:
    """The addresses behind each «⋯» of the page, without the place and the year."""
    found = re.findall(r'<details class="n-drop n-card__menu">.*?</details>', response.content.decode())
    return [re.findall(r'<(?:a|button)[^>]* (?:href|formaction)="([^"?]+)', menu) for menu in found]


def test_the_curator_does_with_a_participant_from_the_list_what_the_card_offers(signed_in, curator, school):
    mentee = MenteeFactory(organization=school)
    (menu,) = menus(signed_in(curator).get("/mentees/"))
    there = f"/mentees/{mentee.pk}"
    assert menu == [
        f"{there}/edit/",
        "/pairs/add/",
        f"{there}/end/",
        f"{there}/transfer/",
        f"{there}/history/",
    ]


def test_who_has_ended_is_resumed_and_not_paired(signed_in, curator, school):
    mentor = MentorFactory(organization=school, ended_on=timezone.localdate() - datetime.timedelta(days=7))
    (menu,) = menus(signed_in(curator).get("/mentors/", {"state": "ended"}))
    assert menu == [f"/mentors/{mentor.pk}/{action}/" for action in ("edit", "reopen", "history")]


def test_a_meeting_of_a_running_pair_is_one_step_from_the_list(signed_in, curator, school):
    pair = PairFactory(organization=school)
    (menu,) = menus(signed_in(curator).get("/pairs/"))
    there = f"/pairs/{pair.pk}"
    assert menu == [f"{there}/meetings/add/", f"{there}/edit/", "/programs/add/", f"{there}/close/"]


def test_every_address_of_a_menu_opens_for_the_one_who_sees_it(signed_in, curator, school):
    PairFactory(organization=school)
    ProgramFactory(pair=PairFactory(organization=school))
    client = signed_in(curator)
    for register in ("/mentors/", "/mentees/", "/pairs/", "/programs/", "/organizations/"):
        found = menus(client.get(register))
        assert found
        assert {client.get(url).status_code for menu in found for url in menu} == {200}


@pytest.mark.parametrize("reader", ["head", "methodologist", "analyst"])
def test_who_only_reads_people_finds_no_menu(signed_in, cast, school, reader):
    PairFactory(organization=school)
    client = signed_in(getattr(cast, reader))
    for register in ("/mentors/", "/mentees/", "/pairs/"):
        assert menus(client.get(register)) == []


def test_the_menu_is_called_by_a_name_that_the_reader_may_see(signed_in, methodologist, school):
    pair = PairFactory(organization=school, mentee=MenteeFactory(organization=school, person=PersonFactory()))
    program = ProgramFactory(pair=pair)
    page = signed_in(methodologist).get("/programs/").content.decode()
    assert f'aria-label="Действия: {program.title}"' in page
    assert pair.mentee.person.first_name not in page


def test_an_invitation_is_sent_again_or_withdrawn_from_its_card(signed_in, administrator, school):
    invitation = InvitationFactory(organization=school)
    (menu,) = menus(signed_in(administrator).get("/invitations/"))
    assert [url.rstrip("/").rsplit("/", 1)[-1] for url in menu] == ["link", "resend", "withdraw"]
    assert all(f"/{invitation.pk}/" in url for url in menu)
