"""What an unnamed workbook is, told from its headings and an ИНН."""

import pytest

from common.importing.recognition import find_school, recognize
from orgs.tests.factories import make_inn
from orgs.tests.loading import workbook

ONE, OTHER = make_inn(801), make_inn(802)
HEADINGS = {
    "organizations": ["ИНН", "Краткое наименование", "Тип", "Муниципалитет"],
    "headcounts": ["ИНН", "На дату", "Обучающихся всего"],
    "targets": ["Муниципалитет", "Показатель", "Год", "Цель, %"],
    "mentees": [
        "№",
        "ФИО наставляемого",
        "Год рождения наставляемого",
        "ФИО наставника",
        "Форма наставничества",
    ],
    "mentors": ["№", "ФИО наставника", "Основные компетенции наставника", "ФИО наставляемого (наставляемых)"],
    "documents": ["ИНН", "Вид документа", "Номер", "Дата", "Ссылка"],
    "checklists": ["ИНН", "Год", "Пункт", "Ответ", "Подтверждение", "Комментарий"],
    "survey_answers": ["ИНН", "Роль", "Форма наставничества", "Дата", "Результат (1–10)"],
}


def known(inn):
    return {ONE: "school one", OTHER: "school two"}.get(inn)


def found_in(tmp_path, *rows, name=f"{ONE}.xlsx", sheet="Лист1"):
    return recognize(workbook(tmp_path / "f.xlsx", *rows, sheet=sheet), name, organization_of=known)


@pytest.mark.parametrize("kind", HEADINGS)
def test_a_kind_is_known_by_its_headings_whatever_the_name(tmp_path, kind):
    rows = [["Таблица"], HEADINGS[kind], ["x"] * len(HEADINGS[kind])]

    assert found_in(tmp_path, *rows, name=f"Копия {ONE} (2).xlsx").kind == kind


@pytest.mark.parametrize(
    ("sheet", "name", "kind"),
    [
        ("Наставляемые", f"{ONE}.xlsx", "mentees"),
        ("Лист1", f"База наставников {ONE}.xlsx", "mentors"),
        ("Лист1", f"mentees_{ONE}.xlsx", "mentees"),
    ],
)
def test_equal_headings_are_told_apart_by_a_name(tmp_path, sheet, name, kind):
    found = found_in(tmp_path, ["ФИО", "Класс"], ["Белов Антон Ильич", "7А"], sheet=sheet, name=name)

    assert (found.kind, found.organization, found.problem) == (kind, "school one", None)


def test_headings_of_several_kinds_without_a_name_are_refused(tmp_path):
    found = found_in(tmp_path, ["ФИО", "Класс"], ["Белов Антон Ильич", "7А"])

    assert found.problem.code == "kind_ambiguous"


def test_a_table_of_something_else_is_refused(tmp_path):
    found = found_in(tmp_path, ["Товар", "Цена"], ["Мел", 12])

    assert (found.kind, found.problem.code) == ("", "kind_unknown")


def test_a_kind_that_lacks_a_column_is_refused_with_the_column(tmp_path):
    found = found_in(tmp_path, ["ИНН", "Обучающихся всего", "Обучающихся 10–18 лет"], [ONE, 5, 3])

    assert found.problem.code == "kind_unknown"
    assert "На дату" in found.problem.message


def test_a_file_that_is_no_workbook_keeps_its_own_reason(tmp_path):
    path = tmp_path / "f.xlsx"
    path.write_text("ФИО;Класс")

    assert recognize(path, "f.xlsx", organization_of=known).problem.code == "not_a_workbook"


def test_the_school_stands_above_the_headings(tmp_path):
    rows = [["МБОУ СОШ № 1"], ["ИНН", int(ONE)], HEADINGS["mentees"], ["1", "Белов Антон Ильич"]]

    assert found_in(tmp_path, *rows, name="base.xlsx").organization == "school one"


@pytest.mark.parametrize(
    ("name", "above", "result"),
    [
        (f"mentees_{ONE}.xlsx", [], "school one"),
        (f"{ONE}-{ONE}.xlsx", [], "school one"),
        ("base.xlsx", [f"ИНН {ONE}, тел. {OTHER}"], "school one"),
        ("base.xlsx", ["ИНН", ONE], "school one"),
        ("base_20220920.xlsx", [ONE], "school one"),
        (f"{ONE}.xlsx", [f"ИНН {ONE}"], "school one"),
        (f"{ONE}/base.xlsx", [], "school one"),
        (f"{ONE}_{OTHER}.xlsx", [], "school_ambiguous"),
        (f"{ONE}.xlsx", [f"ИНН {OTHER}"], "school_contradiction"),
        ("base.xlsx", [], "school_unknown"),
        ("5400000000.xlsx", [], "school_unknown"),
        (f"1{ONE}9.xlsx", [], "school_unknown"),
        (f"{make_inn(803)}.xlsx", [], "organization_unknown"),
    ],
)
def test_the_school_is_found_by_a_right_inn_only(name, above, result):
    found = find_school(name, above, known)

    assert getattr(found, "code", found) == result
