"""``manage.py indicators`` and ``manage.py close_round`` as scripts call them."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from monitoring.models import Indicator
from monitoring.tests.factories import IndicatorSettingFactory, TargetFactory
from monitoring.tests.worlds import Bond, Human, Numbers, Reply, School, World, build
from orgs.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

BEGAN = date(2021, 9, 1)


@pytest.fixture
def town():
    """School 1: 2 of 10; school 2: no headcount; school 3: 2 counted with a base of 1."""
    built = build(
        World(
            2021,
            date(2021, 12, 31),
            (School(), School(), School()),
            (Numbers(0, date(2021, 9, 20), aged=10), Numbers(2, date(2021, 9, 20), aged=1)),
            tuple(Human(born=2008) for _ in range(8)),
            tuple(
                Bond(school, leader, mentee, start=BEGAN)
                for school, leader, mentee in ((0, 0, 1), (0, 0, 2), (1, 3, 4), (2, 5, 6), (2, 5, 7))
            ),
            (Reply(0, "mentee", date(2021, 5, 20)),),
        )
    )
    TargetFactory(
        municipality=built.municipality,
        indicator__code="pupil_mentees",
        year=2021,
        value=Decimal("50.00"),
        document="Приказ № 1438",
    )
    return built


def run(name, **options):
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


def computed(town, **options):
    return json.loads(run("indicators", municipality=town.municipality.name, year=2021, json=True, **options))


def test_the_document_has_the_published_keys_and_values(town):
    found = computed(town, by="organization")

    head = {key: value for key, value in found.items() if key != "indicators"}
    assert head == {"municipality": town.municipality.name, "year": 2021, "as_of": "2021-12-31"}
    entry = next(entry for entry in found["indicators"] if entry["code"] == "pupil_mentees")
    first, second, third = town.schools
    rule, title, source = entry.pop("rule"), entry.pop("title"), entry.pop("source")
    (error,) = entry.pop("errors")
    assert entry == {
        "code": "pupil_mentees",
        "unit": "percent",
        "version": 1,
        "numerator": 4,
        "denominator": 11,
        "value": "36.4",
        "target": "50.0",
        "target_document": "Приказ № 1438",
        "status": "far_behind",
        "missing_people": 2,
        "without_data": [{"inn": second.inn, "name": second.short_name}],
        "organizations": [
            {"inn": first.inn, "name": "СОШ № 1", "numerator": 2, "denominator": 10, "value": "20.0"},
            {"inn": third.inn, "name": "СОШ № 3", "numerator": 2, "denominator": 1, "value": "200.0"},
        ],
    }
    assert "10" in rule and "18" in rule
    assert title.startswith("Доля детей") and "1438" in source
    assert (error["inn"], "СОШ № 3" in error["message"]) == (third.inn, True)


def test_an_indicator_without_data_has_a_state_in_place_of_a_value(town):
    found = {entry["code"]: entry for entry in computed(town, by="organization")["indicators"]}

    silent = found["mentor_satisfaction"]
    assert (silent["value"], silent["state"], silent["status"]) == (None, "no_data", "no_data")
    assert (silent["numerator"], silent["denominator"], silent["organizations"]) == (0, 0, [])
    asked = found["mentee_satisfaction"]
    assert (asked["participants"], asked["response_rate"], asked["value_of_participants"]) == (
        5,
        "20.0",
        "20.0",
    )
    assert asked["status"] == "no_target"


def test_schools_are_listed_when_asked_for(town):
    assert all("organizations" not in entry for entry in computed(town)["indicators"])


def test_the_reporting_date_decides_which_headcount_counts(town):
    found = computed(town, as_of=date(2021, 9, 1))

    (entry,) = [entry for entry in found["indicators"] if entry["code"] == "pupil_mentees"]
    assert (found["as_of"], entry["state"]) == ("2021-09-01", "no_data")


def test_people_get_a_table_with_the_rule_and_the_gaps(town):
    text = run("indicators", municipality=town.municipality.name, year=2021, by="organization")

    assert "36,4 %" in text
    assert "СОШ № 2" in text
    assert text.count("СОШ № 3") >= 2


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"municipality": "Нет такого", "year": 2021}, 1),
        ({"municipality": "Нет такого"}, 2),
        ({"year": 2021}, 2),
        ({"municipality": "Нет такого", "year": 1821}, 2),
        ({"municipality": "Нет такого", "year": 2021, "as_of": date(2020, 12, 31)}, 2),
        ({"snapshot": 77}, 1),
        ({"snapshot": 77, "year": 2021}, 2),
    ],
)
def test_refusals_have_their_exit_statuses(town, options, status):
    with pytest.raises(CommandError) as refusal:
        run("indicators", **options)

    assert refusal.value.returncode == status


def test_without_reference_data_the_command_says_what_to_run():
    town = MunicipalityFactory()

    with pytest.raises(CommandError, match="load_reference") as refusal:
        run("indicators", municipality=town.name, year=2021)

    assert refusal.value.returncode == 1


def test_a_stored_choice_that_cannot_be_used_is_named(town):
    indicator = Indicator.objects.get(code="pupil_mentees")
    IndicatorSettingFactory(
        municipality=town.municipality, indicator=indicator, parameters={"age_to": "восемнадцать"}
    )

    with pytest.raises(CommandError, match="age_to"):
        run("indicators", municipality=town.municipality.name, year=2021)


def test_a_round_is_closed_and_read_back_by_its_number(town):
    live = computed(town, by="organization")

    closed = json.loads(run("close_round", municipality=town.municipality.name, year=2021, json=True))
    frozen = json.loads(run("indicators", snapshot=closed["round"], by="organization", json=True))

    assert closed["revision"] == 1
    assert closed["figures"] == len(live["indicators"]) * (1 + len(town.schools))
    extra = {key: frozen.pop(key) for key in ("round", "revision", "reason", "sha256")}
    assert extra == {"round": closed["round"], "revision": 1, "reason": "", "sha256": closed["sha256"]}
    assert frozen == live


def test_a_second_closing_needs_a_reason_and_becomes_a_revision(town):
    run("close_round", municipality=town.municipality.name, year=2021)

    with pytest.raises(CommandError) as refusal:
        run("close_round", municipality=town.municipality.name, year=2021)
    assert refusal.value.returncode == 1

    again = json.loads(
        run(
            "close_round",
            municipality=town.municipality.name,
            year=2021,
            reason="Школа № 2 прислала контингент",
            json=True,
        )
    )
    assert again["revision"] == 2
    text = run("indicators", snapshot=again["round"])
    assert again["sha256"] in text
