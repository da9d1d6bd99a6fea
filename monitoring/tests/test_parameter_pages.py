"""A municipality chooses how its figures are computed, and names the document that says so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from monitoring.definitions import definitions
from monitoring.models import IndicatorSetting
from monitoring.tests.factories import IndicatorFactory

pytestmark = pytest.mark.django_db

CHOICES = {
    "age_from": "10",
    "age_to": "19",
    "denominator": "pupils_total",
    "document": "приказ № 1438, п. 3.1",
}


@pytest.fixture
def indicator(db):
    return IndicatorFactory(code="pupil_mentees")


def test_the_rule_follows_what_the_methodologist_chooses(signed_in, methodologist, municipality, indicator):
    client = signed_in(methodologist)

    response = client.post(reverse("indicator-parameters", args=[indicator.code]), CHOICES)

    assert response.status_code == 302
    (definition,) = definitions(municipality, codes=[indicator.code])
    assert (definition.parameters["age_to"], definition.parameters["denominator"]) == (19, "pupils_total")
    assert CHOICES["document"] in client.get(reverse("indicator-parameters-list")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"age_from": "19", "age_to": "10"},
        {"age_to": "не знаю"},
        {"age_to": "150"},
        {"denominator": "password"},
        {"document": ""},
    ],
)
def test_an_impossible_choice_is_refused_and_nothing_changes(signed_in, methodologist, indicator, wrong):
    client = signed_in(methodologist)

    response = client.post(reverse("indicator-parameters", args=[indicator.code]), {**CHOICES, **wrong})

    assert response.status_code == 422
    assert not IndicatorSetting.objects.exists()


def test_a_methodologist_of_a_district_does_not_decide_for_the_city(
    signed_in, district_methodologist, indicator
):
    client = signed_in(district_methodologist)

    assert client.post(reverse("indicator-parameters", args=[indicator.code]), CHOICES).status_code == 403
    assert client.get(reverse("indicator-parameters-list")).status_code == 403


def test_another_municipality_computes_as_before(signed_in, methodologist, foreign_municipality, indicator):
    signed_in(methodologist).post(reverse("indicator-parameters", args=[indicator.code]), CHOICES)

    (definition,) = definitions(foreign_municipality, codes=[indicator.code])
    assert definition.parameters["age_to"] == 18


def test_an_indicator_without_choices_has_no_form(signed_in, methodologist):
    IndicatorFactory(code="programs_completed")

    client = signed_in(methodologist)

    assert client.get(reverse("indicator-parameters", args=["programs_completed"])).status_code == 404
    assert client.get(reverse("indicator-parameters", args=["nothing"])).status_code == 404
