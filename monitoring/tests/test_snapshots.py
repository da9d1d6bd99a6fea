"""A closed round is frozen: later edits do not change it, a correction is a new revision."""

import copy
from datetime import date

import pytest

from mentors.models import Pair, Person
from monitoring import document
from monitoring.frozen import FrozenProblem
from monitoring.models import Figure, Indicator, Snapshot
from monitoring.period import PeriodProblem
from monitoring.services import RoundProblem, close_round, latest_snapshot
from monitoring.tests.worlds import Bond, Human, Numbers, School, World, build
from orgs.models import Headcount, Organization
from orgs.scope import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return build(
        World(
            2021,
            date(2021, 12, 31),
            (School(), School()),
            (Numbers(0, date(2021, 9, 20), aged=10), Numbers(1, date(2021, 9, 20), aged=20)),
            tuple(Human(born=2008) for _ in range(4)),
            (Bond(0, 0, 1, start=date(2021, 9, 1)), Bond(1, 2, 3, start=date(2021, 9, 1))),
        )
    )


@pytest.fixture
def snapshot(town):
    return close_round(None, municipality=town.municipality, year=2021)


def test_the_rows_hold_numerators_and_denominators_of_the_total_and_each_school(town, snapshot):
    rows = snapshot.figures.filter(code="pupil_mentees").values_list(
        "inn", "numerator", "denominator", "state", "version"
    )

    first, second = (school.inn for school in town.schools)
    assert sorted(rows) == [("", 2, 30, "ok", 1), (first, 1, 10, "ok", 1), (second, 1, 20, "ok", 1)]
    assert snapshot.sha256 == document.checksum(snapshot.document)
    assert snapshot.round.status == "closed"


def test_later_edits_do_not_change_what_was_published(town, snapshot):
    published, rows = copy.deepcopy(snapshot.document), list(snapshot.figures.values())
    assert published["indicators"][0]["value"] == "6.7"

    Pair.objects.all().delete()
    Person.objects.update(birth_year=1990)
    Headcount.objects.update(pupils_10_18=30)
    Indicator.objects.filter(code="pupil_mentees").update(title="Другое", parameters={"age_to": 12})
    Organization.objects.filter(pk=town.schools[0].pk).update(short_name="Переименована")

    frozen = latest_snapshot(snapshot.round_id)
    assert frozen.document == published
    assert list(frozen.figures.values()) == rows
    assert document.checksum(frozen.document) == snapshot.sha256


def test_a_correction_is_a_new_revision_beside_the_old_one(town, snapshot):
    Headcount.objects.update(pupils_10_18=5)

    corrected = close_round(None, municipality=town.municipality, year=2021, reason="Контингент исправлен")

    assert (corrected.round_id, corrected.revision) == (snapshot.round_id, 2)
    assert latest_snapshot(snapshot.round_id) == corrected
    values = [
        revision.document["indicators"][0]["value"] for revision in Snapshot.objects.order_by("revision")
    ]
    assert values == ["6.7", "20.0"]


def test_a_correction_without_a_reason_is_refused(town, snapshot):
    with pytest.raises(RoundProblem):
        close_round(None, municipality=town.municipality, year=2021, reason="  ")

    assert Snapshot.objects.count() == 1


def test_another_reporting_date_is_another_round(town, snapshot):
    earlier = close_round(None, municipality=town.municipality, year=2021, as_of=date(2021, 10, 1))

    assert earlier.round_id != snapshot.round_id
    assert earlier.revision == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda snapshot: snapshot.save(),
        lambda snapshot: snapshot.delete(),
        lambda snapshot: Snapshot.objects.update(reason="иначе"),
        lambda snapshot: Snapshot.objects.filter(pk=snapshot.pk).delete(),
        lambda snapshot: Snapshot.objects.bulk_update([snapshot], ["reason"]),
        lambda snapshot: Snapshot.objects.update_or_create(pk=snapshot.pk, defaults={"reason": "иначе"}),
        lambda snapshot: snapshot.figures.update(numerator=99),
        lambda snapshot: snapshot.figures.all().delete(),
        lambda snapshot: snapshot.figures.first().delete(),
        lambda snapshot: snapshot.figures.first().save(),
        lambda snapshot: Figure.objects.bulk_create(
            list(snapshot.figures.all()),
            update_conflicts=True,
            update_fields=["numerator"],
            unique_fields=["pk"],
        ),
    ],
)
def test_published_rows_refuse_every_change(snapshot, change):
    before = list(Snapshot.objects.values()), list(Figure.objects.values())

    with pytest.raises(FrozenProblem):
        change(snapshot)

    assert (list(Snapshot.objects.values()), list(Figure.objects.values())) == before


def test_only_who_holds_the_municipality_closes_its_round(cast, town):
    build(World(2021, date(2021, 12, 31)))
    place = cast.municipality
    for user in (cast.curator, cast.head, cast.district_methodologist, cast.foreign_methodologist):
        with pytest.raises(RoundProblem):
            close_round(user, municipality=place, year=2021, scope=Scope.for_user(user))

    closed = close_round(
        cast.methodologist, municipality=place, year=2021, scope=Scope.for_user(cast.methodologist)
    )
    assert closed.created_by == cast.methodologist


def test_a_date_before_the_year_closes_nothing(town):
    with pytest.raises(PeriodProblem):
        close_round(None, municipality=town.municipality, year=2021, as_of=date(2020, 12, 1))

    assert not Snapshot.objects.exists()
