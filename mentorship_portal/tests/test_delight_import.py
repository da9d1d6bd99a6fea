"""Task 1 of the delight test (ux.md 14): a new curator loads her own workbook as it is."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook

from exchange.models import ImportRun
from mentors.models import Pair, Participation
from mentors.tests.factories import MentoringFormFactory
from mentorship_portal.tests.cast import make_cast
from mentorship_portal.tests.delight import Script
from mentorship_portal.tests.test_browser_frame import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SURNAMES = [
    "Абрамова",
    "Белова",
    "Васильева",
    "Гусева",
    "Данилова",
    "Ефимова",
    "Жукова",
    "Зайцева",
    "Ильина",
    "Котова",
    "Лебедева",
    "Морозова",
    "Никитина",
    "Орлова",
    "Павлова",
    "Рогова",
    "Сомова",
    "Титова",
    "Уварова",
    "Фролова",
    "Цветкова",
    "Чернова",
    "Шилова",
    "Щукина",
    "Юдина",
    "Яшина",
    "Агеева",
    "Быкова",
    "Власова",
    "Громова",
]
NAMES = ("Анна Ивановна", "Дарья Ильинична")
CLASSES = ("10 б", "10-Б", '10"Б"', "10 «Б»")


@pytest.fixture
def curator(db):
    MentoringFormFactory()
    return make_cast().curator


@pytest.fixture
def workbook(tmp_path):
    """`curator_30_60.xlsx`: two sheets, titles, spellings of a class, doubles, no name, a year to come."""
    book = Workbook()
    pupils = book.active
    pupils.title = "Ученики"
    for row in (["Приложение 1"], ["Список наставляемых"], []):
        pupils.append(row)
    pupils.append(["№ п/п", "Фамилия, имя, отчество", "Класс", "Год рождения", "Форма", "Наставник"])
    mentors = [f"{surname} Мария Петровна" for surname in SURNAMES]
    rows = []
    for number in range(60):
        name = f"{SURNAMES[number % 30]} {NAMES[number // 30]}"
        mentor = mentors[number % 30] if number < 41 else None
        form = "ученик-ученик" if mentor else None
        rows.append([number + 1, name, CLASSES[number % 4], 2010, form, mentor])
    rows[20][1] = None
    rows[30][3] = 2101
    rows += [[61, *rows[2][1:]], [62, *rows[3][1:]]]
    for row in rows:
        pupils.append(row)
    sheet = book.create_sheet("Наставники")
    for row in (["База наставников"], [], ["№ п/п", "ФИО наставника", "Год рождения", "Класс"]):
        sheet.append(row)
    for number, name in enumerate(mentors, 1):
        sheet.append([number, name, 2009, "11А"])
    path = tmp_path / "curator_30_60.xlsx"
    book.save(path)
    return path


def test_a_new_curator_loads_her_own_workbook(page, live_server, curator, workbook):
    enter(page, live_server, curator)
    script = Script(page)
    script.click(page.get_by_role("link", name=re.compile("^Наставляемые")).first)
    script.click(page.get_by_role("link", name=re.compile("Загрузить")).first)
    script.choose_file("#id_file", workbook)
    script.click(page.get_by_role("button", name="Загрузить и проверить"))
    page.wait_for_url(re.compile("/imports/[0-9a-f-]{36}/"))
    page.get_by_text("Прочитали").wait_for()

    grid = page.locator("form[data-grid]")
    script.click(grid.get_by_role("button", name="Исключить строку 25"))
    script.click(grid.get_by_role("button", name="Поставить 2011"))
    for row in (65, 66):
        script.click(
            grid.get_by_role("row").filter(has=page.get_by_role("rowheader", name=str(row), exact=True))
        )
        script.click(grid.get_by_role("button", name=f"Исключить строку {row}"))
    script.click(page.get_by_role("button", name="Загрузить 89 записей"))
    page.get_by_role(
        "heading", name=re.compile(r"^Готово\. Добавлено: 30 наставников, 59 наставляемых и")
    ).wait_for()

    run = ImportRun.objects.get()
    assert run.outcome["refused"] == 0
    assert Participation.objects.filter(role="mentee").count() == 59
    assert Participation.objects.filter(role="mentor").count() == 30
    assert Pair.objects.count() == 40
    script.within("1 own workbook", clicks=12, seconds=180)


def test_keys_lead_through_the_cells_and_take_the_suggestion(page, live_server, curator, workbook):
    enter(page, live_server, curator, "/imports/new/")
    page.set_input_files("#id_file", workbook)
    page.get_by_role("button", name="Загрузить и проверить").click()
    page.get_by_text("Прочитали").wait_for()
    cells = page.locator("form[data-grid] [data-cell]")
    cells.first.focus()
    page.keyboard.press("Enter")
    assert cells.nth(1).evaluate("cell => cell === document.activeElement")
    page.keyboard.press("Alt+Enter")
    page.get_by_text("в 1 есть ошибки").wait_for()
    assert list(ImportRun.objects.get().corrections.values()) == ["2011"]


def test_cells_copied_in_excel_are_pasted_onto_the_page(page, live_server, curator):
    enter(page, live_server, curator, "/imports/new/?kind=mentees")
    block = "ФИО\tКласс\tГод рождения\r\nБелов Артём Сергеевич\t10Б\t2010"
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        }""",
        block,
    )
    page.wait_for_url(re.compile("/imports/[0-9a-f-]{36}/"))
    page.get_by_role("button", name="Загрузить 1 запись").click()
    page.get_by_role("heading", name="Готово. Добавлено: 1 наставляемый").wait_for()
