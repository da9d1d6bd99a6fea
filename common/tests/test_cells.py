"""Single cells as schools type them, and what the author is told about the bad ones."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import cells
from common.cells import CellProblem
from common.inn import inn_is_valid
from common.sheets.problems import Level
from common.sheets.values import CellError, FormulaWithoutValue


def code_of(parse, *args, **options):
    """Return the code of the problem that the parser raises."""
    with pytest.raises(CellProblem) as caught:
        parse(*args, **options)
    assert caught.value.message
    assert caught.value.fix
    return caught.value.code


@pytest.mark.parametrize("raw", ["#Н/Д", "#ЗНАЧ!", " #ref! "])
@pytest.mark.parametrize(
    "parse", [cells.clean_text, cells.parse_class, cells.parse_date, cells.parse_birth, cells.parse_int]
)
def test_text_of_an_excel_error_is_no_value(parse, raw):
    assert code_of(parse, raw) == "cell_error"


class TestText:
    @pytest.mark.parametrize(
        ("raw", "clean"),
        [
            ("\xa0Белов \u200b Антон\t ", "Белов Антон"),
            ("И\u0306ошкар-Ола", "Йошкар-Ола"),
            ("строка 1\r\n\r\nстрока 2", "строка 1 строка 2"),
            ("а_x0000_б", "аб"),
            (None, ""),
            (7.0, "7"),
            (12.5, "12.5"),
            (True, "ИСТИНА"),
            (date(2010, 5, 17), "17.05.2010"),
            (datetime(2010, 5, 17), "17.05.2010"),
        ],
    )
    def test_is_tidied(self, raw, clean):
        assert cells.clean_text(raw) == clean

    def test_keeps_lines_when_asked(self):
        assert cells.clean_text(" а \r\n\n б\tв ", multiline=True) == "а\nб в"

    @pytest.mark.parametrize("raw", ["а\x07б", "а_x0001_б"])
    def test_tells_of_removed_control_characters(self, raw):
        text, warnings = cells.clean_text_with_warnings(raw)
        assert text == "аб"
        assert [(warning.code, warning.level) for warning in warnings] == [
            ("control_characters", Level.WARNING)
        ]

    def test_too_long_is_refused_with_the_limit(self):
        with pytest.raises(CellProblem, match="300") as caught:
            cells.clean_text("я" * 32_767, 300)
        assert caught.value.code == "text_too_long"
        assert cells.clean_text("я" * 300, 300)

    def test_cells_that_show_no_value_are_refused(self):
        assert code_of(cells.clean_text, CellError("#REF!")) == "cell_error"
        assert code_of(cells.clean_text, FormulaWithoutValue("A1")) == "formula_without_value"

    def test_error_names_what_the_cell_shows(self):
        with pytest.raises(CellProblem, match="#N/A"):
            cells.parse_date(CellError("#N/A"))


class TestDate:
    @pytest.mark.parametrize(
        "raw",
        [
            "01.09.2012 г.",
            "1.9.2012",
            "1 сентября 2012",
            "1 сентября2012г.",
            "2012-09-01",
            "01. 09. 2012 г.",
            "01.09.2012г",
            "01/09/2012",
            "01-09-2012",
            "«01»__09_2012_г.",
            "1 сентября 2012г.№78",
            "1 СЕН. 2012 года",
            "01.09.2012 00:00:00",
            "2012-09-01T23:30:00+07:00",
            41153,
            41153.9,
            "41153",
            date(2012, 9, 1),
            datetime(2012, 9, 1, 23, 30),
        ],
    )
    def test_forms_seen_in_the_field_are_read(self, raw):
        assert cells.parse_date(raw) == date(2012, 9, 1)

    @pytest.mark.parametrize("raw", [None, "", " ", "–", "-", "нет", "Н/Д", "в процессе"])
    def test_empty_words_are_no_date(self, raw):
        assert cells.parse_date(raw) is None

    def test_empty_words_can_be_forbidden(self):
        assert code_of(cells.parse_date, "нет", empty_words=False) == "date_unreadable"
        assert cells.parse_date("пока нет", empty_words={"пока нет"}) is None

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("29.02.2011", "date_not_in_calendar"),
            ("05/17/2010", "date_not_in_calendar"),
            ("17.05.10", "date_two_digit_year"),
            ("31. 03. 22 г.", "date_two_digit_year"),
            ("2021", "date_incomplete"),
            (2021, "date_incomplete"),
            ("сентябрь", "date_incomplete"),
            ("2022-2023 уч. год", "date_incomplete"),
            ("от « »______2025г.", "date_incomplete"),
            (1.5, "date_implausible"),
            (date(1900, 1, 1), "date_implausible"),
            (float("inf"), "date_implausible"),
            ("скоро", "date_unreadable"),
            (True, "date_unreadable"),
        ],
    )
    def test_the_rest_is_refused_without_a_guess(self, raw, code):
        assert code_of(cells.parse_date, raw) == code

    @given(st.dates(date(1920, 1, 1), date(2100, 12, 31)))
    def test_every_day_is_read_in_every_form(self, day):
        months = (
            *("января", "февраля", "марта", "апреля", "мая", "июня"),
            *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
        )
        forms = [
            day.isoformat(),
            f"{day.day}.{day.month}.{day.year}",
            f"{day:%d.%m.%Y} г.",
            f"{day.day} {months[day.month - 1]} {day.year} года",
        ]
        assert {cells.parse_date(form) for form in forms} == {day}

    @given(st.text(max_size=40))
    def test_any_text_is_a_date_or_a_cell_problem(self, text):
        try:
            assert cells.parse_date(text) is None or isinstance(cells.parse_date(text), date)
        except CellProblem as problem:
            assert problem.code.startswith("date_")


class TestBirth:
    @pytest.mark.parametrize("raw", [2008, 2008.0, "2008", "2008 г.р.", "2008 г.", date(1905, 6, 30)])
    def test_a_bare_year_is_a_year_and_never_a_serial(self, raw):
        assert cells.parse_birth(raw) == cells.Birth(None, 2008)

    @pytest.mark.parametrize("raw", ["17.05.2010", 40315, date(2010, 5, 17), "17.05.2010 г.р."])
    def test_a_full_date_gives_the_year_too(self, raw):
        assert cells.parse_birth(raw) == cells.Birth(date(2010, 5, 17), 2010)

    def test_an_empty_cell_is_false(self):
        assert not cells.parse_birth(None)
        assert not cells.parse_birth("–")

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (2101, "birth_year_future"),
            ("2101", "birth_year_future"),
            ("17.05.2099", "birth_year_future"),
            (1915, "birth_year_too_early"),
            ("17.05.10", "date_two_digit_year"),
        ],
    )
    def test_impossible_births_are_refused(self, raw, code):
        assert code_of(cells.parse_birth, raw) == code

    def test_a_birth_later_this_year_is_in_the_future(self, monkeypatch):
        monkeypatch.setattr("common.cell_dates.today", lambda: date(2024, 6, 1))
        assert code_of(cells.parse_birth, "02.06.2024") == "birth_date_future"
        assert cells.parse_birth("01.06.2024").year == 2024


class TestNumbers:
    @pytest.mark.parametrize(
        ("raw", "number"),
        [
            ("54%", "54"),
            ("0,54", "0.54"),
            (0.54, "0.54"),
            ("1\xa0200,5", "1200.5"),
            ("−3", "-3"),
            (54, "54"),
        ],
    )
    def test_decimals_are_read_as_they_are_meant(self, raw, number):
        assert cells.parse_decimal(raw) == Decimal(number)

    @pytest.mark.parametrize("raw", ["много", True, float("nan"), date(2020, 1, 1), "1 2,3,4"])
    def test_what_is_no_number_is_refused(self, raw):
        assert code_of(cells.parse_decimal, raw) == "number_unreadable"

    def test_whole_numbers(self):
        assert cells.parse_int("1 200") == 1200
        assert cells.parse_int(12.0) == 12
        assert cells.parse_int("–") is None
        assert code_of(cells.parse_int, 12.5) == "number_not_whole"

    @pytest.mark.parametrize("raw", [0, 11, "-1"])
    def test_scores_lie_between_one_and_ten(self, raw):
        assert code_of(cells.parse_score, raw) == "number_out_of_range"

    def test_scores_are_whole(self):
        assert [cells.parse_score(raw) for raw in (1, "10", 7.0, None)] == [1, 10, 7, None]

    @pytest.mark.parametrize("raw", ["да", "Да", "ДА!", "+", 1, 1.0, "истина", True])
    def test_yes(self, raw):
        assert cells.parse_yes_no(raw) is True

    @pytest.mark.parametrize("raw", ["нет", "Нет.", "–", 0, "ЛОЖЬ", False])
    def test_no(self, raw):
        assert cells.parse_yes_no(raw) is False

    def test_neither_yes_nor_no(self):
        assert cells.parse_yes_no(" ") is None
        assert code_of(cells.parse_yes_no, "возможно") == "yes_no_unreadable"


class TestInn:
    @pytest.mark.parametrize(
        "raw", ["7707083893", 7707083893, 7707083893.0, " 77070 83893", "ИНН 7707083893", "ИНН: 7707083893"]
    )
    def test_organizations_number_is_read_from_text_and_numbers(self, raw):
        assert cells.parse_inn(raw) == "7707083893"

    def test_persons_number_has_twelve_digits(self):
        assert cells.parse_inn("500100732259") == "500100732259"
        assert code_of(cells.parse_inn, "500100732258") == "inn_check_digit"

    def test_lost_zero_is_offered_back(self):
        with pytest.raises(CellProblem) as caught:
            cells.parse_inn(274062111)
        assert caught.value.code == "inn_lost_zero"
        assert caught.value.suggestion == "0274062111"

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("7707083894", "inn_check_digit"),
            ("770708389", "inn_length"),
            ("0000000000", "inn_check_digit"),
            ("77O7083893", "inn_not_digits"),
            (12.5, "inn_not_digits"),
        ],
    )
    def test_mistyped_numbers_are_refused(self, raw, code):
        assert code_of(cells.parse_inn, raw) == code

    def test_empty_cell_is_no_number(self):
        assert cells.parse_inn(None) == ""
        assert cells.parse_inn(" ") == ""

    @given(st.integers(0, 8), st.integers(1, 9))
    def test_any_single_wrong_digit_before_the_last_is_noticed_or_changes_the_check(self, place, shift):
        right = "7707083893"
        wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
        # The sum is taken modulo 11 and then 10, so that a remainder of 10 passes for 0.
        assert not inn_is_valid(wrong) or wrong[9] == "0" or right[9] == "0"


class TestClass:
    @pytest.mark.parametrize("raw", ["7А", "7а", "7 «А»", "7-А", "7 а класс", "7A", '7"А"', "7 А кл."])
    def test_spellings_of_one_class_are_one(self, raw):
        assert cells.parse_class(raw) == ("7А", [])

    @pytest.mark.parametrize(("raw", "value"), [(11, "11"), ("7/1", "7/1"), ("ИС-21", "ИС-21"), (None, "")])
    def test_other_forms_stay(self, raw, value):
        assert cells.parse_class(raw) == (value, [])

    def test_class_that_excel_made_a_date_is_taken_back_with_a_warning(self):
        value, [warning] = cells.parse_class(date(2024, 1, 7))
        assert value == "7/1"
        assert (warning.code, warning.level) == ("class_turned_into_date", Level.WARNING)
        assert warning.suggestion == "7/1"

    def test_date_that_was_never_a_class_is_refused(self):
        assert code_of(cells.parse_class, date(2024, 1, 17)) == "class_is_date"


class TestAddresses:
    @pytest.mark.parametrize(
        ("raw", "url"),
        [
            ("школа17.рф/наставники", "https://школа17.рф/наставники"),
            (" http://school.example.org/a?b=c#d ", "http://school.example.org/a?b=c#d"),
            ("нет", ""),
            (None, ""),
        ],
    )
    def test_urls(self, raw, url):
        assert cells.parse_url(raw) == url

    @pytest.mark.parametrize(
        "raw",
        [
            "javascript:alert(1)",
            "ftp://a.example.org",
            "https://a b.ru",
            "сайт",
            "http://user:pass@a.ru",
            "http://[",
        ],
    )
    def test_what_is_no_web_address_is_refused(self, raw):
        assert code_of(cells.parse_url, raw) == "url_invalid"

    def test_emails(self):
        assert cells.parse_email(" Ivanova@Example.ORG ") == "Ivanova@example.org"
        assert cells.parse_email("–") == ""
        assert code_of(cells.parse_email, "ivanova@") == "email_invalid"

    def test_phone_keeps_its_plus(self):
        assert cells.parse_phone_text("+7 913 000-00-00") == "+7 913 000-00-00"
        assert cells.parse_phone_text(79130000000.0) == "79130000000"

    @pytest.mark.parametrize("raw", ["-", "—", "нет", None])
    def test_dash_is_no_phone(self, raw):
        assert cells.parse_phone_text(raw) == ""
