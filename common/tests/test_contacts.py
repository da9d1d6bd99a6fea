"""Phone and e-mail are found in contact details of any writing, and nothing of the text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.contacts import Contacts, emails, joined, part, phones


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", Contacts()),
        ("+7 900 555-12-34", Contacts(phone="+7 900 555-12-34")),
        ("89005551234", Contacts(phone="89005551234")),
        ("8(900)555-12-34", Contacts(phone="8(900)555-12-34")),
        ("anna@school17.example", Contacts(email="anna@school17.example")),
        (
            "+7 900 555-12-34, anna@school17.example",
            Contacts(phone="+7 900 555-12-34", email="anna@school17.example"),
        ),
        (
            "мама Белова Анна Петровна, тел. +7 900 555-12-34",
            Contacts(phone="+7 900 555-12-34", other="мама Белова Анна Петровна"),
        ),
        (
            "тел.: 89005551234; e-mail: anna@school17.example",
            Contacts(phone="89005551234", email="anna@school17.example"),
        ),
        ("мама +7 900 555-12-34, папа +7 900 555-56-78", None),
        ("через классного руководителя", Contacts(other="через классного руководителя")),
        ("45-67-89", Contacts(other="45-67-89")),
    ],
)
def test_contact_details_are_parted(text, parts):
    assert part(text) == (parts or Contacts(other=text))


def test_columns_name_every_phone_and_address():
    text = "мама +7 900 555-12-34, anna@school17.example; папа 89005555678"
    assert phones(text) == ["+7 900 555-12-34", "89005555678"]
    assert emails(text) == ["anna@school17.example"]


def test_a_number_inside_an_address_is_no_phone():
    assert phones("89005551234@mail.example") == []


def test_a_text_that_nobody_changed_stays_letter_by_letter():
    text = "тел.: 89005551234;  e-mail: anna@school17.example"
    found = part(text)
    assert joined(text, found.phone, found.email, found.other) == text
    assert joined(text, "+7 900 000-00-00", found.email, "") == "+7 900 000-00-00, anna@school17.example"


@given(st.text(alphabet="абв +7890512345-@.,;:()мтел", max_size=60))
def test_whatever_is_written_every_digit_and_address_stands_in_one_part(text):
    found = part(text)
    whole = found.text
    assert sorted(char for char in whole if char.isdigit()) == sorted(char for char in text if char.isdigit())
    assert emails(whole) == emails(text)
    assert joined(text, found.phone, found.email, found.other) == text
