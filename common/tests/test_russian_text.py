"""Search and order of Russian names are the same on every database."""

import pytest
from django.db import connection
from django.db.models.functions import Collate

from accounts.models import User
from common.ordering import NATURAL, in_russian_order
from common.sqlite import like

NAMES = [
    "Яшин Пётр",
    "Ёлкина Анна",
    "иванов Олег",
    "Иванов Олег",
    "Еремин Глеб",
    "Абрамов Юрий",
    "Smith Ann",
    "Елкина Анна",
]


@pytest.fixture
def people(db):
    for number, name in enumerate(NAMES):
        User.objects.create(email=f"u{number}@example.org", full_name=name)


def names(queryset):
    return list(queryset.values_list("full_name", flat=True))


def test_names_stand_in_the_russian_order(people):
    assert names(User.objects.order_by(in_russian_order("full_name"))) == [
        "Абрамов Юрий",
        "Елкина Анна",
        "Ёлкина Анна",
        "Еремин Глеб",
        "иванов Олег",
        "Иванов Олег",
        "Яшин Пётр",
        "Smith Ann",
    ]


def test_the_order_can_be_turned_round(people):
    assert names(User.objects.order_by(in_russian_order("-full_name")))[:2] == ["Smith Ann", "Яшин Пётр"]


def test_search_is_blind_to_the_case_of_cyrillic(people):
    assert sorted(names(User.objects.filter(full_name__icontains="ИВАНОВ"))) == ["Иванов Олег", "иванов Олег"]
    assert names(User.objects.filter(full_name__istartswith="яШ")) == ["Яшин Пётр"]
    assert names(User.objects.filter(full_name__iexact="АБРАМОВ ЮРИЙ")) == ["Абрамов Юрий"]


def test_signs_with_a_meaning_in_like_are_searched_for_literally(db):
    for number, name in enumerate(["100 % явка", "100 явка", "а_б", "авб", "а\\б"]):
        User.objects.create(email=f"u{number}@example.org", full_name=name)

    assert names(User.objects.filter(full_name__icontains="0 %")) == ["100 % явка"]
    assert names(User.objects.filter(full_name__icontains="А_Б")) == ["а_б"]
    assert names(User.objects.filter(full_name__icontains="\\")) == ["а\\б"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL folds the case itself")
def test_upper_and_lower_fold_cyrillic(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT UPPER('ёж'), LOWER('ЁЖ'), UPPER(NULL), UPPER(5)")
        assert cursor.fetchone() == ("ЁЖ", "ёж", None, 5)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("%", "", True),
        ("%%", "что угодно", True),
        ("а%в", "АБВ", True),
        ("а_в", "абв", True),
        ("а_в", "аббв", False),
        ("%\n%", "a\nb", True),
        (None, "а", None),
        ("а", None, None),
        ("5%", 512, True),
    ],
)
def test_like_follows_the_rules_of_sql(pattern, text, expected):
    assert like(pattern, text) is expected


@pytest.mark.django_db
def test_numbers_of_schools_stand_by_their_size():
    for number, name in enumerate(("СОШ № 10", "СОШ № 2", "Ёлочка", "СОШ № 1", "гимназия № 21", "СОШ № 100")):
        User.objects.create(email=f"n{number}@example.org", full_name=name)

    assert names(User.objects.order_by(Collate("full_name", NATURAL))) == [
        "гимназия № 21",
        "Ёлочка",
        "СОШ № 1",
        "СОШ № 2",
        "СОШ № 10",
        "СОШ № 100",
    ]
