"""A folder of mailed workbooks goes in, in the right order whatever the names."""

import json

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from common.importing import UNCHANGED, Heading, WorkbookResource, import_kinds
from common.sheets.problems import Level
from mentors.models import Pair, Person
from orgs.models import Headcount, Organization
from orgs.tests.factories import OrganizationTypeFactory, make_inn
from orgs.tests.loading import read, workbook

pytestmark = pytest.mark.django_db
INN = make_inn(811)
MENTEES = ["ФИО наставляемого", "Год рождения наставляемого", "Дата вхождения в программу", "ФИО наставника"]
MENTEES += ["Форма наставничества"]
MENTORS = ["ФИО наставника", "Год рождения наставника", "Дата вхождения в программу"]
MENTORS += ["ФИО наставляемого (наставляемых)", "Форма наставничества"]


@pytest.fixture(autouse=True)
def reference():
    from mentors.tests.factories import MentoringFormFactory

    OrganizationTypeFactory()
    MentoringFormFactory(
        code="pupil_pupil",
        title="ученик – ученик",
        mentor_population="pupil",
        mentee_population="pupil",
    )


@pytest.fixture
def folder(tmp_path):
    """A school whose files are named against the order of import."""
    folder = tmp_path / "mail"
    folder.mkdir()
    workbook(
        folder / "9 список.xlsx",
        ["ИНН", "Краткое наименование", "Тип", "Муниципалитет"],
        [INN, "СОШ № 1", "школа", "Приозёрск"],
    )
    workbook(folder / "1 числа.xlsx", ["ИНН", "На дату", "Обучающихся всего"], [INN, "20.09.2022", 100])
    workbook(
        folder / f"2 наставляемые {INN}.xlsx",
        MENTEES,
        ["Белов Антон Ильич", 2011, "01.09.2022", "Орлова Мария Петровна", "ученик – ученик"],
    )
    return folder


def run(folder, capsys, *options):
    """Exit status and JSON of the command."""
    status = 0
    try:
        call_command("import_folder", str(folder), "--json", *options)
    except SystemExit as end:
        status = end.code
    return status, json.loads(capsys.readouterr().out)


def test_files_come_in_in_the_order_in_which_they_need_each_other(folder, capsys):
    status, document = run(folder, capsys)

    assert status == 0
    assert [(file["kind"], file["organization"], file["committed"]) for file in document["files"]] == [
        ("organizations", None, True),
        ("headcounts", None, True),
        ("mentees", INN, True),
    ]
    assert (document["committed"], document["refused"]) == (3, 0)
    assert (Organization.objects.count(), Headcount.objects.count(), Pair.objects.count()) == (1, 1, 1)

    status, document = run(folder, capsys)
    assert status == 0
    assert [(file["added"], file["updated"], file["unchanged"]) for file in document["files"]] == [
        (0, 0, 1)
    ] * 3


def test_a_dry_run_sees_what_earlier_files_would_write_and_keeps_nothing(folder, capsys):
    status, document = run(folder, capsys, "--dry-run")

    assert status == 0
    assert [file["added"] for file in document["files"]] == [1, 1, 1]
    assert [file["committed"] for file in document["files"]] == [False] * 3
    assert (document["committed"], document["dry_run"]) == (0, True)
    assert not Organization.objects.exists()
    assert not Person.objects.exists()


def test_what_is_no_table_is_named_with_the_reason(folder, capsys):
    (folder / "письмо.docx").write_bytes(b"PK")
    (folder / "~$список.xlsx").write_bytes(b"lock")
    (folder / "пустой.xlsx").write_bytes(b"")
    (folder / "expected.json").write_text("{}")
    workbook(folder / "прайс.xlsx", ["Товар", "Цена"], ["Мел", 12])

    status, document = run(folder, capsys)

    named = {
        file["file"]: (file["issues"][0]["code"], file.get("skipped", False))
        for file in document["files"]
        if not file["committed"]
    }
    assert status == 1
    assert named == {
        "письмо.docx": ("not_a_table", False),
        "~$список.xlsx": ("service_file", True),
        "пустой.xlsx": ("file_empty", False),
        "expected.json": ("not_a_table", True),
        "прайс.xlsx": ("kind_unknown", False),
    }
    assert (document["committed"], document["refused"], document["skipped"]) == (3, 3, 2)


def test_a_workbook_of_an_unknown_school_is_refused(folder, capsys):
    inn = make_inn(812)
    workbook(folder / f"наставляемые {inn}.xlsx", MENTEES, ["Белов Антон Ильич", 2011, "", "", ""])

    status, document = run(folder, capsys)

    refused = [file for file in document["files"] if not file["committed"]]
    assert status == 1
    assert [(file["organization"], file["issues"][0]["code"]) for file in refused] == [
        (inn, "organization_unknown")
    ]
    assert Pair.objects.count() == 1


def test_a_file_that_fails_for_a_reason_of_ours_does_not_keep_the_others_out(folder, capsys, monkeypatch):
    def explode(self, entries):
        raise RuntimeError("a defect")

    monkeypatch.setattr("orgs.resources.headcounts.HeadcountResource.take", explode)

    status, document = run(folder, capsys)

    assert status == 1
    assert [(file["kind"], file["committed"]) for file in document["files"]] == [
        ("organizations", True),
        ("headcounts", False),
        ("mentees", True),
    ]
    assert [issue["code"] for issue in document["files"][1]["issues"]] == ["import_failed"]


def test_good_rows_come_in_and_the_others_are_handed_back_beside_the_folder(folder, capsys):
    workbook(
        folder / "1 числа.xlsx",
        ["ИНН", "На дату", "Обучающихся всего"],
        [INN, "20.09.2022", 100],
        [INN, "20.09.2023", "сто"],
    )

    status, document = run(folder, capsys, "--good-rows")

    counts = document["files"][1]
    assert status == 1
    assert (counts["added"], counts["refused"], counts["committed"]) == (1, 1, True)
    assert counts["returned"] == str(folder.with_name("mail-исправить") / "1 числа.xlsx")
    assert [row[1] for row in read(counts["returned"])[1:]] == ["20.09.2023"]


def test_a_missing_folder_is_wrong_usage(tmp_path):
    from django.core.management import CommandError

    with pytest.raises(CommandError) as refusal:
        call_command("import_folder", str(tmp_path / "nowhere"))
    assert refusal.value.returncode == 2


class Patient(WorkbookResource):
    """A kind that asks a question until the numbers of its school are there."""

    kind = "patient"
    sheet_title = "Терпение"
    order = 5
    wish = Heading("Желание", parse=str, required=True)
    patience = Heading("Терпение", parse=str, required=True)

    def take(self, entries):
        for entry in entries:
            if Headcount.objects.exists():
                entry.touch(UNCHANGED)
            else:
                entry.report(Level.QUESTION, "not_yet", "Рано.", field="wish")


@pytest.fixture
def patient(monkeypatch, folder):
    import_kinds.keys()
    monkeypatch.setitem(import_kinds._entries, "patient", Patient)
    workbook(folder / "0 желания.xlsx", ["Желание", "Терпение"], ["числа", "есть"])


def test_a_file_with_only_questions_is_tried_once_more_after_the_others(folder, patient, capsys):
    status, document = run(folder, capsys)

    assert status == 0
    assert [(file["kind"], file["unchanged"], file["issues"]) for file in document["files"][:1]] == [
        ("patient", 1, [])
    ]
    assert document["committed"] == 4


def test_a_question_that_nothing_answers_stays(folder, patient, capsys):
    (folder / "1 числа.xlsx").unlink()

    status, document = run(folder, capsys)

    assert status == 1
    assert [issue["code"] for issue in document["files"][0]["issues"]] == ["not_yet"]


def test_both_bases_in_one_file_are_both_imported_and_handed_back_apart(folder, capsys, tmp_path):
    book = Workbook()
    mentors, mentees = book.active, book.create_sheet("Наставляемые")
    mentors.title = "Наставники"
    for row in (
        MENTORS,
        ["Орлова Мария Петровна", 2005, "01.09.2022", "Титов Марк Львович", "ученик – ученик"],
    ):
        mentors.append(row)
    mentors.append(["Орлова", 2005, "01.09.2022", "Титов Марк Львович", "ученик – ученик"])
    for row in (
        MENTEES,
        ["Титов Марк Львович", 2011, "01.09.2022", "Орлова Мария Петровна", "ученик – ученик"],
    ):
        mentees.append(row)
    mentees.append(["Юдин Олег Львович", 2101, "01.09.2022", "Орлова Мария Петровна", "ученик – ученик"])
    (folder / f"2 наставляемые {INN}.xlsx").unlink()
    book.save(folder / f"обе базы {INN}.xlsx")

    status, document = run(folder, capsys, "--good-rows", "--returned", str(tmp_path / "back"))

    both = [file for file in document["files"] if file["file"].startswith("обе")]
    assert [(file["kind"], file["sheet"], file["rows"], file["refused"]) for file in both] == [
        ("mentees", "Наставляемые", 2, 1),
        ("mentors", "Наставники", 2, 1),
    ]
    assert len({file["returned"] for file in both}) == 2
    assert (status, Pair.objects.count()) == (1, 1)
