"""Bad workbooks of schools: every problem at its place, with true counts, and nothing half done."""

import datetime as dt

import pytest

from common.tests.sheetfiles import HEADER, PUPIL, parts_of, sheet_xml, write_book, write_parts
from mentors.models import Person
from mentors.tests.books import STUDENT, codes, figures, mentee, mentor

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def send(mailbox, tmp_path):
    """Imports rows, the first of them headings, as a list of mentees (or of another kind)."""

    def imported(*rows, kind="mentees", **options):
        path = write_book(tmp_path / "list.xlsx", *rows, **options)
        return mailbox.send_file(kind, path)

    return imported


def places(outcome):
    """Code, row, column, heading and value of each problem that refuses a row."""
    return [
        (issue.code, issue.row, issue.column, issue.heading, issue.value)
        for issue in outcome.issues
        if issue.level == "error"
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["Иванов, Петров", "Пётр"], ("name_several", 2, "A", "Фамилия", "Иванов, Петров")),
        (["Иванов", "Пётр, Иван"], ("name_several", 2, "B", "Имя", "Пётр, Иван")),
        (["Иванов", None, "Сергеевич"], ("name_incomplete", 2, "B", "Имя", "")),
        (["Иванов", "Пётр", "<b>"], ("name_invalid", 2, "C", "Отчество", "<b>")),
        (["Иванов", "Пётр", "#Н/Д"], ("cell_error", 2, "C", "Отчество", "#Н/Д")),
        (
            ["Иванов", "Пётр", None, "29.02.2011"],
            ("date_not_in_calendar", 2, "D", "Дата рождения", "29.02.2011"),
        ),
        (["Иванов", "Пётр", None, "17.05.10"], ("date_two_digit_year", 2, "D", "Дата рождения", "17.05.10")),
        (["Иванов", "Пётр", None, 1.5], ("date_implausible", 2, "D", "Дата рождения", "1.5")),
        (["Иванов", "Пётр", None, None, "#ЗНАЧ!"], ("cell_error", 2, "E", "Класс", "#ЗНАЧ!")),
    ],
)
def test_given_a_bad_cell_of_a_school_list_then_the_problem_stands_at_that_cell(send, row, problem):
    outcome = send(HEADER, row, PUPIL)

    assert places(outcome) == [problem]
    assert (outcome.rows, outcome.refused, outcome.committed) == (2, 1, False)
    assert not Person.objects.exists()


def test_given_a_child_not_yet_five_when_the_year_alone_would_make_it_five_then_the_row_is_refused(mailbox):
    today = dt.date.today()
    fifth_birthday_tomorrow = (today + A_DAY).replace(year=(today + A_DAY).year - 5)

    young = mailbox.send("mentees", mentee("Малышев Олег Львович", birth=fifth_birthday_tomorrow))

    assert codes(young) == ["mentee_too_young"]


def test_given_a_pupil_who_turns_fifteen_after_the_start_then_the_mentor_is_doubtful_and_accepted(mailbox):
    outcome = mailbox.send(
        "mentors",
        mentor("Белов Антон", "Юдин Олег", form="ученик – ученик", birth=dt.date(2007, 12, 1)),
    )

    assert (figures(outcome), codes(outcome)) == ((1, 0, 0, 0), ["pupil_mentor_young"])


def test_given_a_start_before_the_birth_then_the_row_is_refused(mailbox):
    outcome = mailbox.send(
        "mentees", mentee("Белов Антон", "Юдин Олег", birth=2010, start=dt.date(2002, 9, 1))
    )

    assert (figures(outcome), codes(outcome)) == ((0, 0, 0, 1), ["start_before_birth"])


def test_given_a_list_without_first_names_then_the_file_is_refused_once_and_the_column_named(send):
    outcome = send(["Фамилия", "Отчество", "Дата рождения", "Класс"], ["Иванов", "Сергеевич", 2010, "7А"])

    (issue,) = outcome.issues
    assert (issue.code, issue.row, issue.sheet, outcome.rows) == ("columns_missing", None, "Наставляемые", 0)
    assert "«Имя»" in issue.message


@pytest.mark.parametrize("class_heading", [[], ["Класс"]])
def test_given_a_list_of_pupils_without_births_then_the_missing_column_is_named_as_schools_call_it(
    send, class_heading
):
    outcome = send(["Фамилия", "Имя", "Отчество", *class_heading], ["Иванов", "Пётр", "Сергеевич", "7А"])

    (issue,) = outcome.issues
    assert (issue.code, issue.row) == ("columns_missing", None)
    assert "«Год рождения наставляемого» («Дата рождения»)" in issue.message
    assert not Person.objects.exists()


def test_given_a_list_of_teachers_without_births_then_it_is_read(send):
    assert figures(send(["ФИО", "Должность"], ["Иванов Пётр Сергеевич", "учитель"])) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("sent", "said", "title"),
    [("mentors", "mentees", "«Наставники»"), ("mentees", "mentors", "«Наставляемые»")],
)
def test_given_one_base_sent_as_the_other_then_the_file_is_refused_and_the_right_kind_named(
    mailbox, sent, said, title
):
    rows = {
        "mentees": mentee("Белов Антон", "Юдин Олег", contact="+7", request="математика", mark="в процессе"),
        "mentors": mentor("Юдин Олег", "Белов Антон", contact="+7", competencies="математика"),
    }
    outcome = mailbox.send_file(said, mailbox.book(sent, [rows[sent]]))

    (issue,) = outcome.issues
    assert (issue.code, issue.level, issue.row, outcome.rows) == ("wrong_kind", "error", None, 0)
    assert title in issue.fix
    assert not Person.objects.exists()


def test_given_both_bases_in_one_workbook_then_each_is_found_on_its_sheet(mailbox, tmp_path):
    mentees = ["ФИО наставляемого", "Год рождения", "ФИО наставника", "Форма", "Дата начала", "Запрос"]
    mentors = ["ФИО наставника", "Интересы", "Компетенции", "ФИО наставляемых", "Форма", "Дата начала"]
    path = write_parts(
        tmp_path / "both.xlsx",
        parts_of(
            {
                "Наставники": sheet_xml(
                    [mentors, ["Юдин Олег", "", "", "Белов Антон", STUDENT, "01.09.2022"]]
                ),
                "Наставляемые": sheet_xml(
                    [mentees, ["Белов Антон", 2010, "Юдин Олег", STUDENT, "01.09.2022"]]
                ),
            }
        ),
    )

    assert figures(mailbox.send_file("mentees", path)) == (1, 0, 0, 0)
    assert figures(mailbox.send_file("mentors", path)) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("start_of_time", "day"), [("", 40315), ('<workbookPr date1904="1"/>', 40315 - 1462)]
)
def test_given_a_day_number_without_a_date_format_then_it_counts_from_the_start_of_the_workbook(
    mailbox, tmp_path, start_of_time, day
):
    sheet = sheet_xml(
        [HEADER, ["Иванов", "Пётр", "Сергеевич", day, "7А"], ["Орлов", "Олег", None, 2011, "7А"]]
    )
    path = write_parts(tmp_path / "list.xlsx", parts_of({"Лист1": sheet}, properties=start_of_time))

    outcome = mailbox.send_file("mentees", path)

    assert figures(outcome) == (2, 0, 0, 0)
    births = dict(Person.objects.values_list("last_name", "birth_date"))
    assert births == {"Иванов": dt.date(2010, 5, 17), "Орлов": None}
