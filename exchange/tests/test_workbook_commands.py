"""``import_workbook`` and ``export_workbook`` as scripts call them."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from common.importing import import_kinds
from orgs.models import Headcount
from orgs.tests.factories import HeadcountFactory, OrganizationFactory
from orgs.tests.loading import read, workbook

pytestmark = pytest.mark.django_db
HEADINGS = ["ИНН", "На дату", "Обучающихся всего", "Обучающихся 10–18 лет"]
KEYS = {"kind", "file", "sha256", "organization", "rows", "added", "updated", "unchanged", "refused"}
KEYS |= {"pairs_added", "committed", "issues"}
ISSUE_KEYS = {"level", "sheet", "row", "column", "heading", "value", "code", "message", "fix"}


@pytest.fixture
def school():
    return OrganizationFactory()


@pytest.fixture
def mixed(tmp_path, school):
    """A workbook with a good row and a bad one."""
    return workbook(
        tmp_path / "числа.xlsx",
        HEADINGS,
        [school.inn, "20.09.2022", 100, 50],
        [school.inn, "20.09.2023", 100, 500],
        sheet="Контингент",
    )


def run(capsys, *arguments):
    """Exit status, standard output and standard error of a command."""
    status = 0
    try:
        call_command(*map(str, arguments))
    except SystemExit as end:
        status = end.code
    except CommandError as error:
        status = error.returncode
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_json_is_one_document_with_the_agreed_keys(capsys, mixed):
    status, out, _err = run(capsys, "import_workbook", "headcounts", mixed, "--json")

    document = json.loads(out)
    assert status == 1
    assert document.keys() >= KEYS
    assert {key: document[key] for key in ("kind", "file", "rows", "added", "refused", "committed")} == {
        "kind": "headcounts",
        "file": "числа.xlsx",
        "rows": 2,
        "added": 1,
        "refused": 1,
        "committed": False,
    }
    (issue,) = document["issues"]
    assert issue.keys() >= ISSUE_KEYS
    assert (issue["sheet"], issue["row"], issue["column"], issue["heading"], issue["value"]) == (
        "Контингент",
        3,
        "D",
        "Обучающихся 10–18 лет",
        "500",
    )
    assert not Headcount.objects.exists()


def test_good_rows_are_written_and_the_others_handed_back(capsys, mixed):
    status, out, _err = run(capsys, "import_workbook", "headcounts", mixed, "--good-rows", "--json")

    document = json.loads(out)
    assert (status, document["committed"], Headcount.objects.count()) == (1, True, 1)
    assert document["returned"] == str(mixed.with_name("числа-исправить.xlsx"))
    assert [row[1] for row in read(document["returned"])[1:]] == ["20.09.2023"]


def test_rows_are_handed_back_below_the_data_folder_when_the_mail_cannot_be_written(
    capsys, mixed, settings, tmp_path, monkeypatch
):
    settings.DATA_DIR = tmp_path / "data"
    target = tmp_path / "числа.xlsx" / "no folder" / "back.xlsx"

    status, out, _err = run(
        capsys, "import_workbook", "headcounts", mixed, "--good-rows", "--json", "--returned", target
    )

    assert status == 1
    assert json.loads(out)["returned"] == str(tmp_path / "data" / "returned" / "back.xlsx")


def test_a_dry_run_of_a_good_file_ends_well_and_writes_nothing(capsys, tmp_path, school):
    path = workbook(tmp_path / "n.xlsx", HEADINGS, [school.inn, "20.09.2022", 100, 50])

    status, out, _err = run(capsys, "import_workbook", "headcounts", path, "--dry-run", "--json")

    document = json.loads(out)
    assert (status, document["added"], document["committed"]) == (0, 1, False)
    assert not Headcount.objects.exists()


def test_people_read_sheet_row_column_and_what_to_do(capsys, mixed):
    status, out, _err = run(capsys, "import_workbook", "headcounts", mixed)

    assert status == 1
    for words in ("Контингент", "строка 3", "столбец D", "«Обучающихся 10–18 лет»", "«500»", "→"):
        assert words in out
    assert out.rstrip().endswith("Ничего не записано.")


def test_wrong_usage_has_its_own_status(capsys, tmp_path, mixed):
    assert run(capsys, "import_workbook", "headcounts", tmp_path / "nowhere.xlsx")[0] == 2
    assert run(capsys, "import_workbook", "mentees", mixed)[0] == 2
    assert run(capsys, "export_workbook", "headcounts", tmp_path / "out.csv")[0] == 2
    assert run(capsys, "export_workbook", "headcounts", tmp_path / "nowhere" / "out.xlsx")[0] == 2
    assert run(capsys, "export_workbook", "mentors", tmp_path / "out.xlsx")[0] == 2


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--organization", "5400000017", "organization_unknown"),
        ("--municipality", "Нигдеград", "municipality_unknown"),
    ],
)
def test_a_place_that_does_not_exist_is_a_refusal_in_the_document(capsys, mixed, option, value, code):
    status, out, _err = run(capsys, "import_workbook", "headcounts", mixed, option, value, "--json")

    document = json.loads(out)
    assert status == 1
    assert [(issue["row"], issue["code"]) for issue in document["issues"]] == [(None, code)]
    assert document["issues"][0]["fix"]


def test_a_database_that_is_busy_too_long_is_a_refusal_in_the_document(capsys, mixed, monkeypatch):
    def busy(*arguments, **options):
        raise OperationalError("database is locked")

    monkeypatch.setattr("exchange.management.commands.import_workbook.run_import", busy)
    status, out, _err = run(capsys, "import_workbook", "headcounts", mixed, "--json")

    assert status == 1
    assert [(issue["row"], issue["code"]) for issue in json.loads(out)["issues"]] == [(None, "database_busy")]


def test_a_sheet_is_chosen_by_its_name(capsys, mixed):
    status, out, _err = run(capsys, "import_workbook", "headcounts", mixed, "--sheet", "Нет такого", "--json")

    assert (status, json.loads(out)["issues"][0]["code"]) == (1, "unknown_sheet")


@pytest.mark.parametrize("kind", sorted(import_kinds))
def test_every_kind_is_exported_under_its_official_headings(capsys, tmp_path, school, kind):
    place = ["--organization", school.inn] if import_kinds.get(kind).needs_organization else []
    target = tmp_path / "out.xlsx"

    status, _out, _err = run(capsys, "export_workbook", kind, target, *place)

    headings = import_kinds.get(kind).headings().values()
    assert status == 0
    assert read(target)[0] == [heading.column_name for heading in headings if heading.exported]


def test_an_export_is_narrowed_to_the_place(capsys, tmp_path, school):
    HeadcountFactory(organization=school)
    HeadcountFactory()
    target = tmp_path / "out.xlsx"

    run(capsys, "export_workbook", "headcounts", target, "--organization", school.inn)
    assert [row[0] for row in read(target)[1:]] == [school.inn]

    run(capsys, "export_workbook", "headcounts", target, "--municipality", school.municipality.name)
    assert [row[0] for row in read(target)[1:]] == [school.inn]

    run(capsys, "export_workbook", "headcounts", target)
    assert len(read(target)) == 3
