"""Tags of the page frame."""

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from common.templatetags.ui import icon, shape, share_of, short_name


def test_an_icon_is_hidden_from_screen_readers_and_cannot_carry_markup():
    drawn = icon('bell"><script>')

    assert 'aria-hidden="true"' in drawn
    assert "<script>" not in drawn
    assert "dist/icons.svg#i-bell" in icon("bell")
    assert "dist/icons.svg#s-ok" in shape("ok")


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, 0), (1, 3, 33), (3, 3, 100), (5, 3, 100), (-1, 3, 0), (1, None, 0)]
)
def test_the_width_of_a_bar_stays_within_it(part, whole, expected):
    assert share_of(part, whole) == expected


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Соколова Наталья Андреевна", "Соколова\u00a0Н.\u00a0А."),
        ("Ким Роман", "Ким\u00a0Р."),
        ("Администратор", "Администратор"),
        ("Отдел общего образования города", "Отдел общего образования города"),
        ("", ""),
    ],
)
def test_a_full_name_is_shortened_when_it_is_one(full, short):
    assert short_name(full) == short


def test_page_numbers_keep_the_filters_of_the_address():
    page = Paginator(range(100), 5).page(10)
    request = RequestFactory().get("/mentees/?form=2&page=10")

    text = render_to_string("components/pagination.html", {"page": page}, request)

    assert 'href="?form=2&amp;page=9"' in text
    assert 'href="?form=2&amp;page=20"' in text
    assert '<span aria-current="page">10</span>' in text
    assert text.count("…") == 2


def test_one_page_needs_no_numbers():
    page = Paginator(range(3), 5).page(1)

    text = render_to_string("components/pagination.html", {"page": page}, RequestFactory().get("/mentees/"))

    assert text.strip() == ""
