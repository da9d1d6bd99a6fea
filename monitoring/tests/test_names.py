"""Indicators are named in the language of the page."""

import re

import pytest
from django.utils import translation

from monitoring.definitions import definitions

pytestmark = pytest.mark.django_db


def test_every_shipped_indicator_has_a_name_in_both_languages(indicators):
    found = definitions()
    assert found
    assert all(definition.name == definition.short_title for definition in found)
    with translation.override("en"):
        assert not [definition.name for definition in found if re.search("[а-яё]", definition.name, re.I)]


def test_documents_print_the_official_title_in_either_language(indicators):
    with translation.override("en"):
        assert definitions(codes=["pupil_mentees"])[0].title.startswith("Доля детей")
