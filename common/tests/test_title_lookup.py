"""Titles are found by whatever spelling a school uses."""

from dataclasses import dataclass, field

import pytest

from common.importing import TitleLookup, title_key


@dataclass
class Row:
    code: str
    title: str
    synonyms: list = field(default_factory=list)


PUPILS = Row("pupil_pupil", "ученик – ученик", ["школьник – школьник"])
TEACHERS = Row("teacher_teacher", "учитель – учитель", ["П-П", "педагог – педагог"])


@pytest.fixture
def forms():
    return TitleLookup([PUPILS, TEACHERS], prefixes=("форма наставничества", "форма"))


@pytest.mark.parametrize(
    "text",
    [
        "ученик – ученик",
        "Ученик-ученик",
        "УЧЕНИК — УЧЕНИК",
        "ученик−ученик",
        "ученик / ученик",
        "  ученик   -  ученик ",
        "«ученик – ученик»",
        "учeник – учeник",  # with Latin e
        "школьник-школьник",
        "Форма наставничества «ученик – ученик»",
        "Форма: ученик - ученик",
        "pupil_pupil",
    ],
)
def test_every_spelling_of_a_title_finds_its_row(forms, text):
    assert forms.find(text) is PUPILS


@pytest.mark.parametrize("text", ["п-п", "П – П", "Педагог–педагог"])
def test_synonyms_find_the_row(forms, text):
    assert forms.find(text) is TEACHERS


@pytest.mark.parametrize("text", ["", " – ", "форма", "учитель", "ученик – учитель"])
def test_other_texts_find_nothing(forms, text):
    assert forms.find(text) is None


def test_a_title_goes_before_a_synonym_of_an_earlier_row():
    first = Row("a", "школа", ["лицей"])
    second = Row("b", "лицей")
    assert TitleLookup([first, second]).find("Лицей") is second


def test_rows_are_read_once_and_only_when_needed():
    reads = []

    def rows():
        reads.append(1)
        yield PUPILS

    lookup = TitleLookup(rows())
    assert reads == []
    assert [lookup.find("ученик-ученик"), lookup.find("школьник-школьник"), lookup.find("нет")] == [
        PUPILS,
        PUPILS,
        None,
    ]
    assert reads == [1]


def test_close_titles_are_proposed_once_each(forms):
    assert forms.close("учиник – ученик") == ["ученик – ученик"]
    assert forms.close("совсем другое") == []
    assert forms.all_titles() == ["ученик – ученик", "учитель – учитель"]


def test_yo_and_hyphens_do_not_change_the_key():
    assert title_key("Ребёнок — ребёнок") == title_key("ребенок-ребенок")
