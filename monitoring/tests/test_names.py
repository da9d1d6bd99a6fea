"""Indicators are named in the language of the page."""

import pytest
from django.utils import translation

from monitoring.definitions import definitions

pytestmark = pytest.mark.django_db


def test_every_shipped_indicator_has_a_name_in_both_languages(indicators):
    found = definitions()
    assert all(definition.name == definition.short_title for definition in found)
    with translation.override("en"):
        assert found and all(definition.name.isascii() or "–" in definition.name for definition in found)


def test_documents_print_the_official_title_in_either_language(indicators):
    with translation.override("en"):
        assert definitions(codes=["pupil_mentees"])[0].title.startswith("Доля детей")
