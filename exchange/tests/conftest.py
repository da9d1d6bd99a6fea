"""A school with its curator, and tiny kinds of reports and workbooks to run."""

from __future__ import annotations

import pytest

from common.importing import ADDED, UNCHANGED, Heading, WorkbookResource, import_kinds
from common.reporting import BuiltFile, ReportKind, report_kinds
from common.sheets.problems import CellProblem
from orgs.enums import Role
from orgs.models import Municipality, Region
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory, OrganizationFactory


@pytest.fixture(autouse=True)
def private_storage(settings, tmp_path):
    """Files of one test, thrown away after it."""
    options = {"location": tmp_path / "files", "base_url": None}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "common.storage.PrivateFileStorage", "OPTIONS": options},
    }
    return tmp_path / "files"


@pytest.fixture
def rings(monkeypatch):
    """Messages that would have gone to the broker, as (model name, id)."""
    sent = []

    def send(model, run_id):
        sent.append((model.__name__, run_id))
        return True

    monkeypatch.setattr("exchange.bell.send", send)
    monkeypatch.setattr("exchange.sweep.send", send)
    return sent


@pytest.fixture
def school(db):
    return OrganizationFactory(municipality=Municipality.objects.create(name="Приозёрск"))


@pytest.fixture
def curator(school):
    return MembershipFactory(organization=school).user


@pytest.fixture
def colleague(school):
    return MembershipFactory(organization=school).user


@pytest.fixture
def analyst(school):
    return MembershipFactory(role=Role.ANALYST, municipality=school.municipality).user


@pytest.fixture
def stranger(db):
    return MembershipFactory(organization=OrganizationFactory()).user


@pytest.fixture
def scope_of():
    return Scope.for_user


class Letter(ReportKind):
    """A report of one sentence that tells what it was asked for."""

    code = "letter"
    title = "Письмо"
    formats = ("txt", "docx")
    before_building = staticmethod(lambda context: None)

    def build(self, context):
        context.progress(1, 2, "Пишем письмо")
        self.before_building(context)
        text = f"{context.place}, {context.year}, {context.as_of:%d.%m.%Y}"
        return BuiltFile(f"Письмо {context.year}.{context.format}", text.encode())


@pytest.fixture
def letter(monkeypatch):
    """The only kind of report, registered for one test."""
    kind = Letter()
    monkeypatch.setattr(report_kinds, "_entries", {Letter.code: kind})
    monkeypatch.setattr(report_kinds, "_loaded", True)
    return kind


def region_name(value):
    """A region's name; figures are refused, so that a test can have a bad row."""
    text = str(value or "").strip()
    if text.isdecimal():
        raise CellProblem("not_a_name", "Это число, а нужно название.", "Впишите название региона.")
    return text


class RegionsResource(WorkbookResource):
    """A workbook that makes one region a row."""

    kind = "regions"
    sheet_title = "Регионы"
    name = Heading("Регион", parse=region_name, required=True, needed=True)
    capital = Heading("Центр", parse=lambda value: str(value or ""))

    def take(self, entries):
        for entry in entries:
            if entry.refused:
                continue
            _region, is_new = Region.objects.get_or_create(name=entry["name"])
            entry.touch(ADDED if is_new else UNCHANGED)


@pytest.fixture
def regions(monkeypatch):
    """The only kind of workbook, registered for one test; curators may load it."""
    monkeypatch.setattr(import_kinds, "_entries", {RegionsResource.kind: RegionsResource})
    monkeypatch.setattr(import_kinds, "_loaded", True)
    return RegionsResource
