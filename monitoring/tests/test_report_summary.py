"""The summary workbook: live formulas, honest totals, real numbers, and text that is never a formula."""

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from monitoring.compute import compute
from monitoring.definitions import definitions
from monitoring.enums import Unit
from monitoring.period import ReportingPeriod
from monitoring.tests.factories import TargetFactory
from monitoring.tests.reportfiles import build_report, read_sheet
from monitoring.tests.test_vectors import four_schools
from monitoring.tests.worlds import Bond, Human, Numbers, School, World, build
from orgs.models import Organization
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

PERIOD = ReportingPeriod.of(2021)
PERSONAL = {"Участники", "Не учтены"}


@pytest.fixture
def city():
    built = build(four_schools())
    for code, value in (("pupil_mentees", 20), ("pupil_mentors", 2), ("mentees_in_contests", 3)):
        TargetFactory(municipality=built.municipality, indicator__code=code, year=2021, value=Decimal(value))
    return built


def computed(city):
    chosen = definitions(city.municipality, 2021)
    places = Organization.objects.filter(municipality=city.municipality)
    return chosen, compute(chosen, places, PERIOD)


def test_overview_equals_the_computed_figures(city):
    built = build_report("summary", city.municipality)

    rows = {row["Код"]: row for row in read_sheet(built, "Свод")}
    chosen, figures = computed(city)
    shares = [definition for definition in chosen if definition.unit == Unit.PERCENT]
    assert list(rows) == [definition.code for definition in shares]
    for definition in shares:
        row, total = rows[definition.code], figures.totals[definition.code]
        if total.amount is None:
            assert row["Значение"] in {"нет данных", "–"}
            continue
        assert (row["Числитель"], row["Знаменатель"]) == (total.numerator, total.denominator)
        assert row["Значение"] == pytest.approx(float(total.amount) / 100)
    mentees = rows["pupil_mentees"]
    assert mentees["Цель"] == 0.2
    assert mentees["Отклонение от цели, п. п."] == pytest.approx(252 / 13.7 - 20)
    assert (mentees["Не хватает до цели"], mentees["Состояние"]) == (22, "близко к цели")


def test_value_gap_and_change_are_live_formulas(city):
    row = read_sheet(build_report("summary", city.municipality), "Свод", formulas=True)[0]

    assert re.fullmatch(r'=IF\(D(\d+)=0,"–",C\1/D\1\)', row["Значение"])
    assert "*100" in row["Отклонение от цели, п. п."]
    assert row["Изменение за год, п. п."].startswith("=IF(COUNT(")


def test_counts_stand_on_a_sheet_of_their_own_as_whole_numbers(city):
    rows = read_sheet(build_report("summary", city.municipality), "Количества")

    contests = next(row for row in rows if row["Код"] == "mentees_in_contests")
    assert (contests["Значение"], contests["Цель"], contests["Отклонение от цели"]) == (0, 3, -3)


def test_sheet_of_organizations_equals_the_computed_figures_cell_by_cell(city):
    rows = {
        row["ИНН"]: row for row in read_sheet(build_report("summary", city.municipality), "По организациям")
    }

    chosen, figures = computed(city)
    for number, definition in enumerate(chosen, start=1):
        for place, figure in figures.with_base(definition.code):
            cells = [value for key, value in rows[place.inn].items() if key[0] == number]
            if definition.unit == Unit.COUNT:
                assert cells == [figure.numerator]
                continue
            assert cells[:2] == [figure.numerator, figure.denominator]
            if figure.amount is None:
                assert cells[2] == "–"
            else:
                assert cells[2] == pytest.approx(float(figure.amount) / 100)


def test_totals_are_live_sums_where_nobody_counts_twice_and_given_where_people_may(city):
    rows = read_sheet(build_report("summary", city.municipality), "По организациям", formulas=True)

    total = rows[-1]
    assert total["Организация"] == "Итого"
    assert total[1, "Обучающихся 10–18 лет"].startswith("=SUM(")
    assert total[1, "Наставляемых"] == 252
    assert total[1, "Доля"].startswith("=IF(")


def test_person_at_two_schools_counts_once_in_the_total_and_a_line_says_so():
    world = World(
        2021,
        PERIOD.as_of,
        (School(), School()),
        (Numbers(0, PERIOD.start, aged=10), Numbers(1, PERIOD.start, aged=10)),
        (Human(born=2009), Human(born=2005)),
        (Bond(0, 1, 0, start=PERIOD.start), Bond(1, 1, 0, start=PERIOD.start)),
    )

    built = build_report("summary", build(world).municipality)

    rows = read_sheet(built, "По организациям")
    assert [row[1, "Наставляемых"] for row in rows] == [1, 1, 1]
    sheet = load_workbook(io.BytesIO(built.content))["По организациям"]
    lines = [sheet.cell(row, 1).value or "" for row in range(1, 12)]
    assert any("«Наставляемых»: сумма по организациям – 2, в итоге 1" in line for line in lines)


def test_lists_name_what_is_missing_and_no_people(city):
    rows = read_sheet(build_report("summary", city.municipality), "Списки")

    short = [row for row in rows if row["Вид"] == "Не хватает до цели"]
    assert {(row["Организация"].replace("\u00a0", " "), row["Сколько"]) for row in short} >= {
        ("СОШ № 3", 40),
        ("СОШ № 4", 12),
    }
    assert {row["Вид"] for row in rows} >= {"Нет самоаудита", "Не хватает до цели"}


def test_method_names_rule_source_parameters_and_version(city):
    rows = {row["Код"]: row for row in read_sheet(build_report("summary", city.municipality), "Методика")}

    row = rows["pupil_mentees"]
    assert row["Версия"] == 1
    assert "age_from = 10" in row["Параметры"] and "1438" in row["Источник"]
    assert row["Правило"].startswith("Учтены: ") and row["Формула"].startswith("Число обучающихся 10–18 лет")


def test_name_that_looks_like_a_formula_stays_text(city):
    names = ["=1+1", "+7(383)", "@SUM(A1)", '=HYPERLINK("http://x","y")']
    for school, name in zip(city.schools, names, strict=True):
        Organization.objects.filter(pk=school.pk).update(short_name=name)

    built = build_report("summary", city.municipality)

    book = load_workbook(io.BytesIO(built.content))
    found = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type != "f"
    }
    assert set(names) <= found
    formulas = {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }
    assert not formulas & set(names)


def test_workbook_has_a_native_chart_frozen_names_and_a_printed_page(city):
    book = load_workbook(io.BytesIO(build_report("summary", city.municipality).content))

    assert book.sheetnames == ["Свод", "Количества", "По организациям", "Списки", "Методика"]
    assert book["По организациям"].freeze_panes == "C5"
    assert book["По организациям"].print_title_cols == "$A:$B"
    assert book["Свод"].page_setup.orientation == "landscape"
    with zipfile.ZipFile(io.BytesIO(build_report("summary", city.municipality).content)) as package:
        assert "xl/charts/chart1.xml" in package.namelist()


def test_own_curator_gets_the_names_with_real_dates(city):
    school = city.schools[1]
    curator = MembershipFactory(organization=school).user

    built = build_report("summary", city.municipality, organization=school, scope=Scope.for_user(curator))

    rows = read_sheet(built, "Участники")
    assert len(rows) == 51
    assert rows[0]["Наставляемый"] == "Белов Антон"
    assert rows[0]["Начало"].date() == date(2021, 9, 1)
    left_out = read_sheet(built, "Не учтены")
    assert {row["Показатель"].split(".")[0] for row in left_out} == {"11", "12", "13", "14", "15", "17"}
    assert all(row["Почему не учтён"] for row in left_out)


@pytest.mark.parametrize("role", ["methodologist", "analyst"])
def test_nobody_above_the_school_gets_names(city, role):
    user = MembershipFactory(role=role, municipality=city.municipality).user
    school = city.schools[1]

    for organization in (school, None):
        built = build_report(
            "summary", city.municipality, organization=organization, scope=Scope.for_user(user)
        )
        book = load_workbook(io.BytesIO(built.content))
        assert not PERSONAL & set(book.sheetnames)
        texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
        assert not any("Белов" in text for text in texts if isinstance(text, str))


def test_libreoffice_recalculates_the_same_figures(city, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
            pytest.fail("soffice is not installed")
        pytest.skip("soffice is not installed, so nothing can recalculate the workbook")
    built = build_report("summary", city.municipality)
    source = tmp_path / "summary.xlsx"
    source.write_bytes(without_cached_values(built.content))

    for number, name in ((1, "Свод"), (3, "По организациям")):
        # 44 is the comma, 76 UTF-8; «false» writes values instead of formatted text; then the sheet.
        subprocess.run(
            [
                office,
                f"-env:UserInstallation=file://{tmp_path}/profile",
                "--headless",
                "--convert-to",
                f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{number}",
                "--outdir",
                str(tmp_path),
                str(source),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        exported = next(tmp_path.glob(f"summary-{name}.csv"))
        recalculated = list(csv.reader(exported.read_text(encoding="utf-8").splitlines()))
        book = load_workbook(io.BytesIO(built.content), data_only=True)
        live = load_workbook(io.BytesIO(built.content))[name]
        checked = 0
        for row in live.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                wanted = book[name].cell(cell.row, cell.column).value
                got = recalculated[cell.row - 1][cell.column - 1]
                if isinstance(wanted, str):
                    assert got == wanted
                else:
                    share = float(got.removesuffix("%")) / (100 if got.endswith("%") else 1)
                    assert share == pytest.approx(wanted, abs=1e-9)
                checked += 1
        assert checked > 30


def without_cached_values(content: bytes) -> bytes:
    """The workbook with formulas only, so that whoever opens it has to compute."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", data.decode())
                data = re.sub(r'(<c r="[A-Z]+\d+" s="\d+") t="str"(><f>)', r"\1\2", text).encode()
            target.writestr(name, data)
    return buffer.getvalue()
