"""Names of people and keys of equality."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.sheets.problems import CellProblem, Level
from common.sheets.values import CellError
from common.text import (
    PersonName,
    is_empty_name,
    name_key,
    natural_key,
    parse_person_name,
    search_key,
    split_people,
    tidy,
)


def parsed(value, parts=None):
    """Return the name as a tuple and the codes of the warnings."""
    name, warnings = parse_person_name(value, parts)
    assert {warning.level for warning in warnings} <= {Level.WARNING}
    return (name.last, name.first, name.patronymic), [warning.code for warning in warnings]


def code_of(value, parts=None):
    with pytest.raises(CellProblem) as caught:
        parse_person_name(value, parts)
    assert caught.value.fix
    return caught.value.code


class TestKeys:
    @pytest.mark.parametrize(
        "spelling",
        [
            "Пётр  Иванов-Белов",
            "ПЕТР ИВАНОВ - БЕЛОВ",
            "\xa0петр иванов–белов",
            "Пeтр Ивaнов-Белов",
            "Пе\u0308тр Иванов-Белов",
        ],
    )
    def test_spellings_of_one_name_have_one_key(self, spelling):
        assert name_key(spelling) == "петр иванов-белов"

    def test_foreign_names_stay_latin(self):
        assert name_key("John Smith") == "john smith"

    def test_names_stand_by_their_numbers_and_a_shorter_one_first(self):
        names = [
            "СОШ № 10 — 2",
            "СОШ № 10",
            "СОШ № 2",
            "Гимназия № 21",
            "Детский сад «Ель»",
            "Детский сад «Ёж»",
        ]
        assert sorted(names, key=natural_key) == [
            "Гимназия № 21",
            "Детский сад «Ёж»",
            "Детский сад «Ель»",
            "СОШ № 2",
            "СОШ № 10",
            "СОШ № 10 — 2",
        ]

    def test_search_key_knows_words_only(self):
        assert search_key("МБОУ «СОШ № 17», г. Приозёрск") == "мбоу сош 17 г приозерск"

    @given(st.text(max_size=60))
    @example("0:-0")
    def test_keys_are_stable(self, text):
        assert name_key(name_key(text)) == name_key(text)
        assert search_key(search_key(text)) == search_key(text)

    @given(st.text(max_size=60))
    def test_tidy_text_is_tidy(self, text):
        clean, _removed = tidy(text)
        assert tidy(clean) == (clean, False)
        assert clean == clean.strip()


class TestOneCell:
    @pytest.mark.parametrize(
        ("value", "name"),
        [
            ("Белов Антон Сергеевич", ("Белов", "Антон", "Сергеевич")),
            ("\xa0Белов  Антон\tСергеевич ", ("Белов", "Антон", "Сергеевич")),
            ("Белов Антон", ("Белов", "Антон", "")),
            ("Белов Антон -", ("Белов", "Антон", "")),
            ("\tБелов Антон", ("Белов", "Антон", "")),
            ("Белов Антон Сергеевич.", ("Белов", "Антон", "Сергеевич")),
            ("Иванова - Петрова Анна", ("Иванова-Петрова", "Анна", "")),
            ("д’Артаньян Шарль", ("д’Артаньян", "Шарль", "")),
            ("д'Артаньян Шарль", ("д’Артаньян", "Шарль", "")),
            ("Мамедов Али Гусейн оглы", ("Мамедов", "Али", "Гусейн оглы")),
            ("Шарипова Мадина Рустам Кызы", ("Шарипова", "Мадина", "Рустам Кызы")),
            ("Ли Ян", ("Ли", "Ян", "")),
            ("Smith John", ("Smith", "John", "")),
            ("Берёзин Пётр", ("Берёзин", "Пётр", "")),
        ],
    )
    def test_names_are_read_without_a_word(self, value, name):
        assert parsed(value) == (name, [])

    @pytest.mark.parametrize(
        ("value", "name", "code"),
        [
            ("Ивaнов Пётр", ("Иванов", "Пётр", ""), "name_lookalikes"),
            ("Иванов И.И.", ("Иванов", "И.", "И."), "name_initials"),
            ("Иванов И. И.", ("Иванов", "И.", "И."), "name_initials"),
            ("И. И. Иванов", ("Иванов", "И.", "И."), "name_initials"),
            ("ИВАНОВ пётр", ("Иванов", "Пётр", ""), "name_case"),
            ("Белов Антон, 7Б", ("Белов", "Антон", ""), "name_cut"),
            ("3) Белов Антон (7 «Б» класс)", ("Белов", "Антон", ""), "name_cut"),
            ("Нгуен Тхи Минь Ань", ("Нгуен", "Тхи", "Минь Ань"), "name_many_words"),
            ("Белов\x07 Антон", ("Белов", "Антон", ""), "control_characters"),
        ],
    )
    def test_doubtful_names_are_read_with_a_warning(self, value, name, code):
        assert parsed(value) == (name, [code])

    def test_warning_names_the_letters_that_were_fixed(self):
        _name, [warning] = parse_person_name("Ивaнoв Пётр")
        assert "a, o" in warning.message

    @pytest.mark.parametrize(
        ("value", "code"),
        [
            (None, "name_empty"),
            ("–", "name_empty"),
            ("нет", "name_empty"),
            ("Иванов", "name_incomplete"),
            ("И. И.", "name_incomplete"),
            ("Иванов, Петров, Сидоров", "name_several"),
            ("Иванов Пётр; Петров Иван", "name_several"),
            ("Иванов Пётр\nПетров Иван", "name_several"),
            ("Иванов Пётр и Петров Иван", "name_several"),
            ("Иванов Пётр Ильич Петров Иван Сергеевич", "name_several"),
            ("=1+1", "name_invalid"),
            ("+7 913 000-00-00", "name_invalid"),
            ("@SUM(A1)", "name_invalid"),
            ("\t=1+1", "name_invalid"),
            ("<script>alert(1)</script>", "name_invalid"),
            ("'; DROP TABLE", "name_invalid"),
            ("Иванов Пётр +79130000000", "name_invalid"),
            ("Иванов2 Пётр", "name_invalid"),
            (12, "name_invalid"),
            (CellError("#REF!"), "cell_error"),
            ("Я" * 400 + " Пётр", "name_too_long"),
        ],
    )
    def test_what_is_no_name_is_refused(self, value, code):
        assert code_of(value) == code


class TestThreeCells:
    def test_parts_make_a_name(self):
        assert parsed(None, ("Иванов ", "Пётр", "Сергеевич")) == (("Иванов", "Пётр", "Сергеевич"), [])

    @pytest.mark.parametrize("patronymic", [None, "-", "–", "нет", "без отчества", ""])
    def test_no_patronymic_is_empty(self, patronymic):
        assert parsed(None, ("Иванов", "Пётр", patronymic)) == (("Иванов", "Пётр", ""), [])

    def test_whole_name_in_the_first_cell_is_understood(self):
        assert parsed(None, ("Иванов Пётр Сергеевич", None, None))[0] == ("Иванов", "Пётр", "Сергеевич")

    @pytest.mark.parametrize(
        ("parts", "code"),
        [
            (("Иванов, Петров, Сидоров", "Пётр", "Сергеевич"), "name_several"),
            (("-", "Пётр", "Сергеевич"), "name_empty"),
            (("Иванов", "", ""), "name_incomplete"),
            (("=1+1", "Пётр", None), "name_invalid"),
            (("Иванов", "<b>", None), "name_invalid"),
            (("Иванов", CellError("#N/A"), None), "cell_error"),
        ],
    )
    def test_bad_parts_are_refused(self, parts, code):
        assert code_of(None, parts) == code

    @pytest.mark.parametrize(
        ("parts", "part"),
        [
            (("Иванов, Петров", "Пётр", None), 0),
            (("Иванов", "Пётр, Иван", None), 1),
            (("Иванов", None, "Сергеевич"), 1),
            (("Иванов", CellError("#REF!"), None), 1),
            (("Иванов", "Пётр", "Серг3евич"), 2),
        ],
    )
    def test_finding_says_in_which_of_the_cells_it_is(self, parts, part):
        with pytest.raises(CellProblem) as caught:
            parse_person_name(None, parts)
        assert caught.value.part == part

    def test_warning_says_in_which_of_the_cells_it_is(self):
        _name, warnings = parse_person_name(None, ("Иванов", "Пётр", "Ceргеевич"))
        assert [(warning.code, warning.part) for warning in warnings] == [("name_lookalikes", 2)]


@pytest.mark.parametrize("value", ["0", "7А класс", "1."])
def test_cell_with_a_class_or_a_number_names_nobody_rather_than_several(value):
    assert code_of(value) == "name_invalid"


@pytest.mark.parametrize("value", ["#REF!", "#Н/Д", " #знач! "])
def test_text_of_an_excel_error_is_no_name(value):
    assert code_of(value) == "cell_error"


class TestPeopleInOneCell:
    @pytest.mark.parametrize(
        ("value", "people"),
        [
            ("Данилов  Роман, Жуков Богдан", ["Данилов Роман", "Жуков Богдан"]),
            ("\xa0Орлов Роман; Титов Егор ", ["Орлов Роман", "Титов Егор"]),
            ("1) Белов Антон, 7Б\n2) Котов Илья (8 «А»)", ["Белов Антон", "Котов Илья"]),
            ("Иванов И.И., Петров П.П.", ["Иванов И.И.", "Петров П.П."]),
            ("Иванов Пётр и Петров Иван", ["Иванов Пётр", "Петров Иван"]),
            ("Белов Антон", ["Белов Антон"]),
            ("–", []),
            (None, []),
        ],
    )
    def test_people_are_told_apart(self, value, people):
        assert split_people(value) == people

    @given(st.text(max_size=80))
    def test_any_text_gives_people_or_nobody(self, text):
        for person in split_people(text):
            assert person.strip() == person != ""


def test_forms_of_a_name():
    name = PersonName("Белов", "Антон", "Сергеевич")
    assert (name.full, name.short, name.key) == (
        "Белов Антон Сергеевич",
        "Белов А. С.",
        "белов антон сергеевич",
    )
    assert (PersonName("Ли", "Ян").full, PersonName("Ли", "Ян").short) == ("Ли Ян", "Ли Я.")


@pytest.mark.parametrize(
    ("value", "empty"), [(None, True), (" – ", True), ("НЕТ", True), ("Нет Анна", False), (0, False)]
)
def test_cells_that_name_nobody(value, empty):
    assert is_empty_name(value) is empty


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_a_cell_problem(text):
    try:
        name, _warnings = parse_person_name(text)
    except CellProblem as problem:
        assert problem.code.startswith(("name_", "cell_"))
    else:
        # then reading its own full form again changes nothing
        assert parse_person_name(name.full)[0].key == name.key
