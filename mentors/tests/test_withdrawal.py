"""A withdrawn consent takes the person out of every list and file; a new one brings everything back."""

import datetime
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from common.cells import Birth
from common.dates import today
from common.names import PersonName
from mentors import services
from mentors.enums import ConsentType, Side
from mentors.models import Pair, Participation
from mentors.privacy import WITHHELD
from mentors.tests.factories import (
    ConsentFactory,
    MeetingFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    PersonFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db
SIGNED = datetime.date(2026, 9, 1)


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def person():
    return PersonFactory(last_name="Снегирёва", first_name="Алиса", patronymic="Павловна")


@pytest.fixture
def mentee(school, person):
    return MenteeFactory(organization=school, person=person)


@pytest.fixture
def pair(school, mentee):
    mentor = MentorFactory(organization=school, person=PersonFactory(last_name="Орлова"))
    return PairFactory(organization=school, mentor=mentor, mentee=mentee, started_on=SIGNED)


@pytest.fixture
def consent(school, person):
    return ConsentFactory(person=person, organization=school, type=ConsentType.PROCESSING, signed_on=SIGNED)


def withdraw(curator, consent):
    return services.withdraw_consent(actor=curator, consent=consent)


def is_hidden(row) -> bool:
    return type(row).objects.get(pk=row.pk).is_hidden


# ---- When somebody is hidden -------------------------------------------------------------------


def test_the_withdrawal_of_the_only_consent_hides_the_person_and_the_pairs(curator, mentee, pair, consent):
    withdraw(curator, consent)
    assert is_hidden(mentee) and is_hidden(pair)
    assert not is_hidden(pair.mentor)


def test_who_never_signed_anything_is_not_hidden(curator, mentee, pair, consent):
    consent.delete()
    services.settle_withdrawals(actor=curator, people=[mentee.person])
    assert not is_hidden(mentee)


def test_another_consent_that_stands_keeps_the_person_in_the_lists(curator, school, mentee, consent):
    other = ConsentFactory(person=mentee.person, organization=school, type=ConsentType.PROCESSING)
    withdraw(curator, consent)
    assert not is_hidden(mentee)
    withdraw(curator, other)
    assert is_hidden(mentee)


def test_a_withdrawn_consent_to_something_else_hides_nobody(curator, school, mentee):
    kinds = [kind for kind in ConsentType if kind != ConsentType.PROCESSING]
    for kind in kinds:
        withdraw(curator, ConsentFactory(person=mentee.person, organization=school, type=kind))
    assert kinds
    assert not is_hidden(mentee)


def test_a_consent_withdrawn_at_one_school_hides_nothing_at_another(curator, mentee, consent, sibling_school):
    there = MenteeFactory(organization=sibling_school, person=mentee.person)
    withdraw(curator, consent)
    assert is_hidden(mentee) and not is_hidden(there)


@pytest.mark.parametrize("way", ["new", "removed", "corrected"])
def test_a_new_consent_or_a_corrected_mistake_brings_everything_back(
    curator, school, mentee, pair, consent, way
):
    withdraw(curator, consent)
    if way == "new":
        services.give_consent(
            actor=curator,
            person=mentee.person,
            organization=school,
            type=ConsentType.PROCESSING,
            signer="Снегирёв Павел",
            signed_on=today(),
        )
    elif way == "removed":
        services.remove_record(actor=curator, record=consent, reason="Внесено не тому")
    else:
        services.change_record(actor=curator, record=consent, withdrawn_on=None)
    assert not is_hidden(mentee) and not is_hidden(pair)


def test_the_pair_comes_back_only_with_both_of_its_people(curator, school, pair, consent):
    of_mentor = ConsentFactory(
        person=pair.mentor.person, organization=school, type=ConsentType.PROCESSING, signed_on=SIGNED
    )
    withdraw(curator, consent)
    withdraw(curator, of_mentor)
    services.remove_record(actor=curator, record=consent, reason="Ошибка")
    assert is_hidden(pair)
    services.remove_record(actor=curator, record=of_mentor, reason="Ошибка")
    assert not is_hidden(pair)


def test_hiding_stands_in_the_history_with_the_user(curator, mentee, consent):
    withdraw(curator, consent)
    newest = mentee.history.first()
    assert (newest.is_hidden, newest.history_user) == (True, curator)


# ---- What is hidden ----------------------------------------------------------------------------


@pytest.fixture
def withdrawn(curator, mentee, pair, consent):
    ProgramFactory(organization=pair.organization, pair=pair, title="Программа Снегирёвой")
    MeetingFactory(organization=pair.organization, pair=pair, topic="Встреча со Снегирёвой")
    withdraw(curator, consent)
    return mentee


LISTS = ("mentees", "mentors", "pairs", "programs")


@pytest.mark.parametrize("user", ["curator", "head", "methodologist", "analyst", "mentor"])
@pytest.mark.parametrize("route", [*LISTS, "search"])
def test_no_list_names_the_person_to_anybody(signed_in, cast, withdrawn, user, route):
    client = signed_in(getattr(cast, user))
    for query in ({"q": "снегирёв"}, {"state": "all"}, {}):
        response = client.get(reverse(route), query)
        text = response.content.decode().replace("«снегирёв»", "").replace('value="снегирёв"', "")
        assert "Снегирёв" not in text


@pytest.mark.parametrize("user", ["curator", "methodologist"])
@pytest.mark.parametrize("route", LISTS)
def test_no_file_names_the_person(signed_in, cast, withdrawn, user, route):
    client = signed_in(getattr(cast, user))
    answer = client.get(
        reverse(f"{route}-export"), {"format": "all", "state": "all", "purpose": "Отчёт", "cols": ""}
    )
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    words = " ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row)
    assert "Снегирёв" not in words


def test_the_mentor_stays_in_the_register_without_the_pair(signed_in, curator, withdrawn, pair):
    (row,) = [row for row in signed_in(curator).get("/mentors/").context["rows"] if row.pk == pair.mentor_id]
    assert row.current_pairs == []


@pytest.mark.parametrize("user", ["methodologist", "analyst", "colleague_curator"])
def test_the_card_does_not_exist_above_and_beside_the_school(signed_in, cast, withdrawn, pair, user):
    client = signed_in(getattr(cast, user))
    assert client.get(reverse("mentee", args=[withdrawn.pk])).status_code == 404
    assert client.get(reverse("pair", args=[pair.pk])).status_code == 404


def test_the_own_school_settles_it_on_what_is_left_of_the_card(signed_in, curator, withdrawn, pair):
    client = signed_in(curator)
    page = client.get(reverse("consents-withdrawn")).content.decode()
    assert "Снегирёва Алиса Павловна" in page
    card = client.get(reverse("mentee", args=[withdrawn.pk])).content.decode()
    assert "Согласие на обработку данных отозвано" in card
    assert reverse("mentee-end", args=[withdrawn.pk]) in card
    assert client.get(reverse("mentee-edit", args=[withdrawn.pk])).status_code == 404
    assert client.get(reverse("pair", args=[pair.pk])).status_code == 404
    assert client.get(reverse("mentee-consent-blank", args=[withdrawn.pk])).status_code == 200


def test_a_withdrawal_noted_on_the_page_leads_to_the_card_and_back_by_a_new_consent(
    signed_in, curator, mentee, pair, consent
):
    client = signed_in(curator)
    answer = client.post(
        reverse("consent-withdraw", args=[consent.pk]), {"withdrawn_on": f"{today():%d.%m.%Y}"}, follow=True
    )
    assert "Согласие на обработку данных отозвано" in answer.content.decode()
    client.post(
        reverse("mentee-consent-add", args=[mentee.pk]),
        {
            "type": ConsentType.PROCESSING,
            "signer": "Снегирёв Павел",
            "signed_on": f"{today():%d.%m.%Y}",
        },
    )
    assert not is_hidden(mentee) and not is_hidden(pair)


def test_other_schools_see_no_withdrawn_consents(signed_in, cast, withdrawn):
    page = signed_in(cast.colleague_curator).get(reverse("consents-withdrawn")).content.decode()
    assert "Снегирёв" not in page


def test_nobody_enters_the_person_anew_without_a_new_consent(curator, school, withdrawn):
    with pytest.raises(ValidationError, match="отозвано"):
        services.add_participant(
            actor=curator,
            organization=school,
            role=Side.MENTOR,
            name=PersonName("Снегирёва", "Алиса", "Павловна"),
            birth=Birth(None, None),
            person=withdrawn.person,
        )
    assert not Participation.objects.filter(person=withdrawn.person, role=Side.MENTOR).exists()


def test_a_name_in_a_list_that_keeps_the_row_is_replaced(curator, withdrawn):
    from mentors.privacy import NamePolicy
    from orgs.scope import Scope

    names = NamePolicy(Scope.for_user(curator))
    row = Participation.objects.get(pk=withdrawn.pk)
    assert names.name(row) == names.short_name(row) == str(WITHHELD)


def test_the_counts_of_pairs_stay_as_they_were(withdrawn, pair):
    assert Pair.objects.within(SIGNED, today()).filter(pk=pair.pk).exists()
