"""Workbooks of the cases through the page, as a curator or a methodologist sends them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from common.inn import inn_is_valid
from exchange.enums import ImportStep
from exchange.models import ImportRun
from exchange.presenters import wizard_steps
from mentors.models import Pair, Participation
from orgs.models import Organization
from orgs.tests.factories import OrganizationFactory

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "cases"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here"),
]


@pytest.fixture
def reference(db):
    call_command("load_reference", verbosity=0)


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def client(signed_in, curator, reference):
    return signed_in(curator)


def send(client, path: Path, name: str = "", **data) -> ImportRun:
    file = SimpleUploadedFile(name or path.name, path.read_bytes())
    response = client.post(reverse("import-new"), {"file": file, **data})
    assert response.status_code == 302, response.context["form"].errors
    return ImportRun.objects.latest("created_at")


def shown(client, run) -> str:
    response = client.get(reverse("import", args=[run.pk]), follow=True)
    assert response.status_code == 200
    return response.content.decode()


# The file, how far it comes without a word of its owner, and what its page says.
BAD_FILES = [
    ("01_notzip.xlsx", ImportStep.REFUSED, "Excel"),
    # Names, births and classes may be those of mentees or of pupils who mentor: the owner is asked.
    ("04_csv_cp1251.csv", ImportStep.CONFIRM, "Проверить строки"),
    ("05_csv_utf8_semicolon.csv", ImportStep.CONFIRM, "Проверить строки"),
    ("07_last_row_styled.xlsx", ImportStep.CONFIRM, "Прочитали"),
    ("08_merged_header.xlsx", ImportStep.REFUSED, "Проверить строки"),
    ("09_header_row4.xlsx", ImportStep.CONFIRM, "заголовок в строке 4"),
    ("17_latin_lookalike.xlsx", ImportStep.CONFIRM, "Заменены латинские буквы"),
    ("22_many_in_cell.xlsx", ImportStep.CONFIRM, "Несколько человек в ячейке"),
    ("25_leading.xlsx", ImportStep.CONFIRM, "Прочитали"),
    ("31_data_on_second_sheet.xlsx", ImportStep.CONFIRM, "Прочитали"),
    ("38_sum_row.xlsx", ImportStep.CONFIRM, "Что ещё заметили"),
]


@pytest.mark.parametrize(("name", "step", "words"), BAD_FILES)
def test_a_bad_workbook_ends_in_a_page_that_says_what_to_do(client, name, step, words):
    run = send(client, CASES / "bad-files" / name)
    assert run.step == step, run.outcome["issues"]
    page = shown(client, run)
    assert words in page
    assert "неверный формат" not in page.lower()


def test_what_is_no_workbook_leaves_the_wizard_at_its_first_step(client):
    run = send(client, CASES / "bad-files" / "01_notzip.xlsx")
    assert [step.state for step in wizard_steps(run)] == ["now", "next", "next", "next"]
    merged = send(client, CASES / "bad-files" / "08_merged_header.xlsx")
    assert [step.state for step in wizard_steps(merged)] == ["done", "done", "now", "next"]


def test_a_list_of_organizations_goes_to_the_only_municipality_of_the_methodologist(
    client, signed_in, methodologist, cast
):
    run = send(signed_in(methodologist), CASES / "city-messy" / "organizations.xlsx")
    assert (run.kind, run.organization, run.municipality) == ("organizations", None, cast.municipality)


def test_a_school_of_the_messy_city_goes_from_both_files_to_the_register(
    client, cast, signed_in, methodologist
):
    folder = CASES / "city-messy"
    name = sorted(path.name for path in folder.glob("mentees_*.xlsx"))[0]
    inn = Path(name).stem.rpartition("_")[2]
    assert inn_is_valid(inn)
    school = OrganizationFactory(inn=inn, municipality=cast.school.municipality)
    client = signed_in(methodologist)
    for kind in ("mentees", "mentors"):
        run = send(client, folder / f"{kind}_{inn}.xlsx", place="")
        assert (run.organization, run.kind) == (school, kind)
        assert run.parameters == {}
        shown(client, run)
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "good"})
        run.refresh_from_db()
        assert run.step == ImportStep.DONE
    assert Pair.objects.filter(organization=school).exists()

    client.post(reverse("import-undo", args=[run.pk]))
    run.refresh_from_db()
    assert run.step == ImportStep.UNDONE
    assert Participation.objects.filter(organization=school).exists()
    assert Organization.objects.filter(pk=school.pk).exists()
