"""Namesakes stay apart whichever base comes first, though the bases name partners without a birth."""

import pytest

from mentors.models import Pair, Participation, Person
from mentors.tests.books import PUPILS, TEACHERS, codes, figures, mentee, mentor

pytestmark = pytest.mark.django_db
WHITE, TITOV, YUDIN = "Белов Антон Сергеевич", "Титов Егор Олегович", "Юдин Марк Ильич"
ORLOVA, LVOVA = "Орлова Елена Викторовна", "Львова Анна Олеговна"
ORDERS = [("mentees", "mentors"), ("mentors", "mentees")]


def send_in_order(mailbox, order, books):
    """Imports the bases in the order, and both again; the second time nothing may change."""
    for kind in order:
        outcome = mailbox.send(kind, *books[kind])
        assert outcome.committed, codes(outcome)
    for kind in order:
        again = mailbox.send(kind, *books[kind])
        assert figures(again) == (0, 0, len(books[kind]), 0)
        assert again.committed


def pairs():
    """(mentor, born, mentee, born) of every pair."""
    return sorted(
        (mentor.full_name, mentor.birth_year or 0, mentee.full_name, mentee.birth_year or 0)
        for pair in Pair.objects.select_related("mentor__person", "mentee__person")
        for mentor, mentee in [(pair.mentor.person, pair.mentee.person)]
    )


def assert_nobody_is_left_without_a_pair():
    assert not Participation.objects.filter(pairs_as_mentor=None, pairs_as_mentee=None).exists()


@pytest.mark.parametrize("order", ORDERS)
def test_given_two_mentees_of_one_name_then_each_keeps_the_own_mentor(mailbox, order):
    books = {
        "mentees": [mentee(WHITE, ORLOVA, birth=2010), mentee(WHITE, LVOVA, birth=2008)],
        "mentors": [
            mentor(ORLOVA, WHITE, mentee_workplace="СОШ № 1"),
            mentor(LVOVA, WHITE, mentee_workplace="СОШ № 1"),
        ],
    }

    send_in_order(mailbox, order, books)

    assert pairs() == [(LVOVA, 0, WHITE, 2008), (ORLOVA, 0, WHITE, 2010)]
    assert_nobody_is_left_without_a_pair()


@pytest.mark.parametrize("order", ORDERS)
def test_given_two_mentors_of_one_name_then_each_keeps_the_own_mentees(mailbox, order):
    books = {
        "mentees": [
            mentee(TITOV, ORLOVA, birth=1990, form=TEACHERS),
            mentee(YUDIN, ORLOVA, birth=1991, form=TEACHERS),
            mentee(LVOVA, ORLOVA, birth=1992, form=TEACHERS),
        ],
        "mentors": [
            mentor(ORLOVA, f"{TITOV}; {YUDIN}", birth=1960, form=TEACHERS),
            mentor(ORLOVA, LVOVA, birth=1975, form=TEACHERS),
        ],
    }

    send_in_order(mailbox, order, books)

    assert pairs() == [
        (ORLOVA, 1960, TITOV, 1990),
        (ORLOVA, 1960, YUDIN, 1991),
        (ORLOVA, 1975, LVOVA, 1992),
    ]
    assert_nobody_is_left_without_a_pair()


@pytest.mark.parametrize("order", ORDERS)
def test_given_a_mentor_with_the_name_of_a_mentee_then_they_are_two_people_in_one_role_each(mailbox, order):
    books = {
        "mentees": [
            mentee(WHITE, ORLOVA, birth=2012),
            mentee(TITOV, WHITE, birth=2011, form=PUPILS),
            mentee(YUDIN, WHITE, birth=2013, form=PUPILS),
        ],
        "mentors": [
            mentor(ORLOVA, WHITE, mentee_workplace="СОШ № 1"),
            mentor(WHITE, f"{TITOV}\n{YUDIN}", birth=2006, form=PUPILS),
        ],
    }

    send_in_order(mailbox, order, books)

    assert pairs() == [
        (WHITE, 2006, TITOV, 2011),
        (WHITE, 2006, YUDIN, 2013),
        (ORLOVA, 0, WHITE, 2012),
    ]
    roles = Person.objects.filter(name_key=WHITE.lower()).values_list("birth_year", "participations__role")
    assert sorted(roles) == [(2006, "mentor"), (2012, "mentee")]
    assert_nobody_is_left_without_a_pair()


@pytest.mark.parametrize("order", ORDERS)
def test_given_two_namesakes_who_mentor_and_one_is_mentored_then_all_are_kept_apart(mailbox, order):
    books = {
        "mentees": [
            mentee(WHITE, ORLOVA, birth=2008),
            mentee(TITOV, WHITE, birth=2011, form=PUPILS),
            mentee(YUDIN, WHITE, birth=2013, form=PUPILS),
        ],
        "mentors": [
            mentor(WHITE, TITOV, birth=2006, form=PUPILS),
            mentor(WHITE, YUDIN, birth=2008, form=PUPILS),
            mentor(ORLOVA, WHITE),
        ],
    }
    if order[0] == "mentors":
        # Who of the two mentors is mentored, the mentors' base alone cannot say.
        assert codes(mailbox.send("mentors", *books["mentors"]), "question") == ["partner_namesake"]
        return

    send_in_order(mailbox, order, books)

    assert pairs() == [
        (WHITE, 2006, TITOV, 2011),
        (WHITE, 2008, YUDIN, 2013),
        (ORLOVA, 0, WHITE, 2008),
    ]
    assert_nobody_is_left_without_a_pair()


def test_given_a_pair_handed_to_a_namesake_then_history_tells_it(mailbox):
    mailbox.send("mentors", mentor(ORLOVA, WHITE), mentor(LVOVA, WHITE))
    wrong = Pair.objects.get(mentor__person__last_name="Львова")

    mailbox.send(
        "mentees",
        mentee(WHITE, ORLOVA, birth=2010),
        mentee(WHITE, LVOVA, birth=2008),
        name="наставляемые.xlsx",
    )

    newest, oldest = Pair.history.filter(id=wrong.pk).order_by("-history_id")
    assert [change.field for change in newest.diff_against(oldest).changes] == ["mentee"]
    assert "наставляемые.xlsx" in newest.history_change_reason


def test_given_a_pair_handed_to_a_namesake_then_the_spelling_with_yo_goes_along(mailbox):
    books = {
        "mentors": [mentor(ORLOVA, "Семёнов Пётр Ильич"), mentor(LVOVA, "Семёнов Пётр Ильич")],
        "mentees": [
            mentee("Семенов Петр Ильич", ORLOVA, birth=2010),
            mentee("Семенов Петр Ильич", LVOVA, birth=2008),
        ],
    }

    send_in_order(mailbox, ("mentors", "mentees"), books)

    assert {pair[2] for pair in pairs()} == {"Семёнов Пётр Ильич"}


def test_given_one_mentor_of_both_namesakes_then_it_stays_a_question(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA, birth=2010), mentee(WHITE, ORLOVA, birth=2008))

    outcome = mailbox.send("mentors", mentor(ORLOVA, WHITE))

    assert codes(outcome, "question") == ["partner_namesake"]


def test_given_a_pair_with_a_row_of_its_own_then_no_namesake_takes_it(mailbox):
    mailbox.send("mentees", mentee(WHITE, ORLOVA, birth=2010))
    mailbox.send("mentors", mentor(ORLOVA, WHITE))

    mailbox.send("mentees", mentee(WHITE, ORLOVA, birth=2010), mentee(WHITE, ORLOVA, birth=2008))

    assert Pair.objects.get(mentee__person__birth_year=2010).mentor.person.full_name == ORLOVA
