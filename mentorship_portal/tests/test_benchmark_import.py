"""The floors of the import's benchmark write what the import writes."""

import pytest

from common.importing import run_import
from common.sheets.limits import Limits
from mentors.models import Pair, Participation, Person
from mentorship_portal.benchmarks.import_floor import copy_floor
from mentorship_portal.benchmarks.import_sample import sample_rows, stock_table, write_workbook
from mentorship_portal.benchmarks.import_stock import StockPairResource
from mentorship_portal.reference import load_reference
from orgs.models import OrganizationType
from orgs.scope import Scope
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db
ROWS = 12
WRITTEN = (Person, Participation, Pair)


@pytest.fixture
def school():
    load_reference()
    return OrganizationFactory(type=OrganizationType.objects.first())


def written() -> list:
    """How many rows stand in each table, and the pairs by their people."""
    pairs = Pair.objects.values_list("mentee__person__name_key", "mentor__person__name_key", "started_on")
    return [*(model.objects.count() for model in WRITTEN), sorted(pairs)]


@pytest.fixture
def imported(school, tmp_path):
    """What the portal's import writes of the sample; taken back, so that a floor may write the same."""
    path = write_workbook(tmp_path / "base.xlsx", sample_rows(ROWS))
    run_import(
        "mentees",
        path,
        file_name=path.name,
        scope=Scope.everything(),
        organization=school,
        limits=Limits.for_command(),
    )
    found = written()
    for model in reversed(WRITTEN):
        model.objects.all().delete()
    return found


def test_the_copy_floor_writes_the_same_pairs(school, imported):
    copy_floor(school, sample_rows(ROWS))
    assert written() == imported
    assert Pair.history.filter(history_change_reason="floor").count() == ROWS


def test_the_stock_path_writes_the_same_pairs(school, imported):
    result = StockPairResource(school).import_data(
        stock_table(sample_rows(ROWS)), use_transactions=False, raise_errors=True
    )
    assert result.totals["new"] == ROWS
    assert written() == imported
