"""An import taken back: the tables are as they were before it, or nothing happens and the rows are named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import AccessAction, AccessRecord
from accounts.tests.factories import UserFactory
from common.sheets.limits import Limits
from exchange.enums import ImportStep, RunState
from exchange.imports import advance_import
from exchange.models import ImportRun, ImportTrace
from exchange.services import confirm_import, receive_import
from exchange.undo import forget_traces, undo_import, undo_until
from mentors.models import Pair, Participation, Person
from mentors.tests.factories import MeetingFactory
from orgs.enums import Role
from orgs.models import Municipality, Organization
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
# Other connections renew the lease of a run, so its row has to be committed.
pytestmark = pytest.mark.django_db(transaction=True)
DATA_APPS = ("orgs", "mentors", "surveys", "checklists", "monitoring")


def contents() -> dict[str, list[tuple]]:
    """All rows of all tables with business data, but not their history."""
    found = {}
    for label in DATA_APPS:
        for model in apps.get_app_config(label).get_models():
            if not hasattr(model, "instance_type"):
                found[model._meta.label] = sorted(map(repr, model._base_manager.values_list()))
    return found


def tables_that_differ(one, other) -> list[str]:
    return sorted(label for label in one if one[label] != other[label])


class City:
    """One of the cases' cities; its workbooks are loaded by the methodologist of the municipality."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.actor = UserFactory()

    def load(self, kind: str, name: str, organization=None) -> ImportRun:
        """The written import of a file of the city; bad rows are left out."""
        path = self.folder / name
        municipality = Municipality.objects.first()
        run = receive_import(
            self.actor,
            Scope.for_user(self.actor),
            kind=kind,
            file=ContentFile(path.read_bytes()),
            file_name=name,
            organization=organization,
            municipality=None if organization else municipality,
        )
        while run.state == RunState.WAITING:
            advance_import(run.pk)
            run.refresh_from_db()
        confirm_import(self.actor, run, sha256=run.sha256, good_rows_only=True)
        while run.state == RunState.WAITING:
            advance_import(run.pk)
            run.refresh_from_db()
        assert (run.step, run.state) == (ImportStep.DONE, RunState.READY), (name, run.message)
        return run


@pytest.fixture(params=["city-clean", "city-messy"])
def city(request, reference, private_storage, rings):
    folder = CASES / request.param
    if not folder.is_dir():
        pytest.skip("the cases are not here")
    city = City(folder)
    place = Municipality.objects.create(name=_municipality_of(folder))
    MembershipFactory(user=city.actor, role=Role.METHODOLOGIST, municipality=place)
    return city


@pytest.fixture
def reference(db):
    from django.core.management import call_command

    call_command("load_reference", verbosity=0)


def _municipality_of(folder: Path) -> str:
    from common.sheets.reader import open_book
    from common.sheets.table import find_table
    from orgs.resources import OrganizationResource

    with open_book(folder / "organizations.xlsx", file_name="o.xlsx", limits=Limits.for_command()) as book:
        table = find_table(book, OrganizationResource.specs(), any_of=OrganizationResource.any_of)
        return str(next(table.rows()).cells["municipality"]).removeprefix("г. ")


def test_each_workbook_of_a_city_is_taken_back_to_the_last_value(city):
    steps: list[tuple[ImportRun, dict]] = []

    def load(kind, name, organization=None):
        before = contents()
        steps.append((city.load(kind, name, organization), before))

    load("organizations", "organizations.xlsx")
    undo_import(city.actor, steps[0][0])
    assert tables_that_differ(contents(), steps.pop()[1]) == []

    # Once schools have uploads of their own, they stay: the history of uploads is kept.
    city.load("organizations", "organizations.xlsx")
    load("headcounts", "headcounts.xlsx")
    load("targets", "targets.xlsx")
    for kind in ("mentees", "mentors"):
        for path in sorted(city.folder.glob(f"{kind}_*.xlsx"))[:4]:
            load(kind, path.name, Organization.objects.get(inn=path.stem.rpartition("_")[2]))
    load("survey_answers", "survey_answers.xlsx")
    assert Pair.objects.exists()

    for run, before in reversed(steps):
        assert contents() != before, run.file_name
        undo_import(city.actor, run)
        assert tables_that_differ(contents(), before) == [], run.file_name
        assert run.step == ImportStep.UNDONE


def test_a_second_import_can_be_undone_without_the_first(city):
    city.load("organizations", "organizations.xlsx")
    name = sorted(path.name for path in city.folder.glob("mentees_*.xlsx"))[0]
    school = Organization.objects.get(inn=Path(name).stem.rpartition("_")[2])
    first = city.load("mentees", name, school)
    before = contents()
    second = city.load("mentees", name, school)

    undo_import(city.actor, second)
    assert tables_that_differ(contents(), before) == []

    undo_import(city.actor, first)
    assert not Person.objects.exists()


@pytest.fixture
def loaded(city):
    city.load("organizations", "organizations.xlsx")
    name = sorted(path.name for path in city.folder.glob("mentees_*.xlsx"))[0]
    return city.load("mentees", name, Organization.objects.get(inn=Path(name).stem.rpartition("_")[2]))


def test_a_record_that_somebody_has_changed_stands_in_the_way_by_name(loaded, city):
    person = Person.objects.order_by("pk").first()
    person.contact = "+7 900 000-00-00"
    person.save()
    before = contents()

    with pytest.raises(ValidationError) as refusal:
        undo_import(city.actor, loaded)

    assert {error.code for error in refusal.value.error_list} == {"in_use"}
    assert any(str(person) in sentence for sentence in refusal.value.messages)
    assert contents() == before
    assert loaded.step == ImportStep.DONE


def test_a_pair_that_has_met_stands_in_the_way_by_name(loaded, city):
    pair = Pair.objects.first()
    MeetingFactory(pair=pair, group=None)

    with pytest.raises(ValidationError) as refusal:
        undo_import(city.actor, loaded)

    assert [str(pair) in sentence for sentence in refusal.value.messages] == [True]
    assert Pair.objects.filter(pk=pair.pk).exists()


def test_undoing_is_journalled_and_leaves_its_trace_in_the_history(loaded, city):
    person = Person.objects.order_by("pk").first()
    undo_import(city.actor, loaded)

    last = Person.history.filter(id=person.pk).latest("history_id")
    assert (last.history_type, last.history_user) == ("-", city.actor)
    assert loaded.file_name in last.history_change_reason
    record = AccessRecord.objects.filter(action=AccessAction.IMPORT).latest("pk")
    assert record.details["undone"] is True
    assert Participation.history.filter(history_type="-").count() > 0
    assert not ImportTrace.objects.filter(run=loaded).exists()


def test_after_a_day_nothing_can_be_undone_and_former_values_are_forgotten(loaded, city):
    assert undo_until(loaded) > timezone.now()
    ImportRun.objects.filter(pk=loaded.pk).update(finished_at=Now() - timedelta(hours=25))
    loaded.refresh_from_db()

    assert undo_until(loaded) is None
    with pytest.raises(ValidationError) as refusal:
        undo_import(city.actor, loaded)
    assert refusal.value.code == "over"
    assert forget_traces() == 1
    assert Person.objects.exists()


def test_an_import_is_undone_once(loaded, city):
    undo_import(city.actor, loaded)
    with pytest.raises(ValidationError) as refusal:
        undo_import(city.actor, loaded)
    assert refusal.value.code == "over"
