"""The аналитическая справка says what the figures say, in the words of an official paper."""

from decimal import Decimal

import pytest

from common.charts import to_png
from common.rounding import number_ru
from monitoring.compute import compute
from monitoring.definitions import definitions
from monitoring.period import ReportingPeriod
from monitoring.reports.labels import labels_of
from monitoring.tests.factories import RoundFactory, TargetFactory
from monitoring.tests.reportfiles import NBSP, build_report, read_letter
from monitoring.tests.test_vectors import four_schools
from monitoring.tests.worlds import Bond, Human, Numbers, School, World, build
from orgs.models import Organization
from orgs.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

TARGETS = (("pupil_mentees", 20), ("pupil_mentors", 2), ("teacher_mentees", 40))


@pytest.fixture(autouse=True)
def small_pictures(request, monkeypatch):
    """Charts one pixel wide, where a test does not look at them."""
    if "real_pictures" not in request.fixturenames:
        monkeypatch.setattr("monitoring.reports.pictures.to_png", lambda svg, width: to_png(svg, 1))


@pytest.fixture
def real_pictures():
    """Asked for by a test that looks at the charts."""


@pytest.fixture
def city():
    built = build(four_schools())
    for code, value in TARGETS:
        TargetFactory(
            municipality=built.municipality,
            indicator__code=code,
            year=2021,
            value=Decimal(value),
            document="Приказ от 29.12.2020 № 1438",
        )
    return built


def test_table_of_each_indicator_equals_the_computed_figures(city):
    letter = read_letter(build_report("spravka", city.municipality))

    chosen = definitions(city.municipality, 2021)
    places = Organization.objects.filter(municipality=city.municipality)
    figures = compute(chosen, places, ReportingPeriod.of(2021))
    for definition in chosen:
        if definition.code not in {code for code, _target in TARGETS}:
            continue
        labels = labels_of(definition)
        rows = {row["Организация"]: row for row in letter.table(f"{labels.short} по организациям")}
        for place, figure in figures.with_base(definition.code):
            row = rows.get(place.name)
            if row is None:
                assert figure.amount is None and not figure.numerator
                continue
            assert row[labels.counted_head] == f"{figure.numerator:,}".replace(",", " ")
            assert row[labels.base_head] == f"{figure.denominator:,}".replace(",", " ")
            assert row["Доля, %"] == number_ru(figure.amount)
        total = figures.totals[definition.code]
        assert rows["Муниципалитет"]["Доля, %"] == number_ru(total.amount)


def test_municipal_share_is_of_people_and_says_how_many_are_missing(city):
    text = read_letter(build_report("spravka", city.municipality)).section("3.1.")

    assert "Значение показателя – 18,4 % (252 из 1 370) при цели 20 %: цель не достигнута" in text
    assert "не хватает 22 человек." in text


def test_organization_without_anybody_in_the_base_is_named_and_not_counted_as_zero(city):
    letter = read_letter(build_report("spravka", city.municipality))

    assert "Показатель неприменим, в базе никого нет: СОШ № 4." in letter.section("3.3.")


def test_conclusions_sort_indicators_by_what_became_of_the_target(city):
    text = read_letter(build_report("spravka", city.municipality)).text

    assert "Обучающиеся 15–18 лет – наставники – 2,7 % при цели 2 %" in text
    assert "Обучающиеся 10–18 лет – наставляемые – 18,4 % при цели 20 %, не хватает 22 человек" in text
    assert "Цель достигнута по 2 показателям, не достигнута по 1 показателю." in text


def test_school_below_the_target_is_advised_how_many_more_to_involve(city):
    rows = read_letter(build_report("spravka", city.municipality)).table("Рекомендации организациям")

    texts = [row["Рекомендация"] for row in rows]
    # ceil(20 % of 805) is 161, and 121 take part.
    wanted = "дополнительно не менее 40 обучающихся 10–18 лет (сейчас 121 из 805, 15,0 % при цели 20 %)."
    assert any(text.endswith(wanted) for text in texts)


def test_municipality_without_targets_gets_values_and_no_verdict():
    built = build(four_schools())

    letter = read_letter(build_report("spravka", built.municipality))

    assert "Цели на 2021 год не установлены, поэтому их достижение не оценивается." in letter.text
    assert "цель на год не установлена" in letter.section("3.1.")
    assert "не хватает" not in letter.text


def test_municipality_without_organizations_still_gets_an_honest_paper(indicators):
    letter = read_letter(build_report("spravka", MunicipalityFactory()))

    assert "Действующих образовательных организаций на отчётную дату в портале нет." in letter.text
    assert letter.pictures == []


def test_school_without_numbers_is_named_and_counted_nowhere():
    human, mentor = Human(born=2009), Human(born=2005)
    pairs = (
        Bond(0, 1, 0, start=ReportingPeriod.of(2021).start),
        Bond(1, 3, 2, start=ReportingPeriod.of(2021).start),
    )
    world = World(
        2021,
        ReportingPeriod.of(2021).as_of,
        (School(), School()),
        (Numbers(0, ReportingPeriod.of(2021).start, aged=10),),
        (human, mentor, human, mentor),
        pairs,
    )
    built = build(world)

    letter = read_letter(build_report("spravka", built.municipality))

    table = letter.table("Обучающиеся 10–18 лет – наставляемые по организациям")
    rows = {row["Организация"]: list(row.values())[1:4] for row in table}
    assert rows == {
        "СОШ № 1": ["1", "10", "10,0"],
        "СОШ № 2": ["–", "–", "нет данных"],
        "Муниципалитет": ["1", "10", "10,0"],
    }
    assert "Нет данных по 1 организации: СОШ № 2." in letter.section("3.1.")
    coverage = letter.table("Охват мониторинга")
    assert coverage[0]["Организации, не представившие данные"] == "СОШ № 2"


def test_more_counted_than_the_base_holds_is_an_error_with_the_name_of_the_school():
    bonds = tuple(Bond(0, 0, number, start=ReportingPeriod.of(2021).start) for number in (1, 2, 3))
    world = World(
        2021,
        ReportingPeriod.of(2021).as_of,
        (School(),),
        (Numbers(0, ReportingPeriod.of(2021).start, aged=2),),
        (Human(born=2005), *[Human(born=2009)] * 3),
        bonds,
    )

    letter = read_letter(build_report("spravka", build(world).municipality))

    error = "Ошибка в данных. СОШ № 1: наставляемых – 3, обучающихся 10–18 лет – 2; учтено больше"
    assert error in letter.section("3.1.")
    advice = [row["Рекомендация"] for row in letter.table("Рекомендации организациям")]
    assert any(text.startswith("Уточнить данные: наставляемых – 3") for text in advice)


def test_person_at_two_schools_counts_once_and_the_difference_is_explained():
    began = ReportingPeriod.of(2021).start
    world = World(
        2021,
        ReportingPeriod.of(2021).as_of,
        (School(), School()),
        (Numbers(0, began, aged=10), Numbers(1, began, aged=10)),
        (Human(born=2009), Human(born=2005)),
        (Bond(0, 1, 0, start=began), Bond(1, 1, 0, start=began)),
    )

    letter = read_letter(build_report("spravka", build(world).municipality))

    total = letter.table("Обучающиеся 10–18 лет – наставляемые по организациям")[-1]
    assert (total["Организация"], total["Наставляемых"]) == ("Муниципалитет", "1")
    assert "Сумма по организациям – 2; итог считает каждого человека один раз" in letter.section("3.1.")


def test_last_year_stands_beside_with_the_change_in_percentage_points():
    began, before = ReportingPeriod.of(2021).start, ReportingPeriod.of(2020).start
    world = World(
        2021,
        ReportingPeriod.of(2021).as_of,
        (School(),),
        (Numbers(0, before, aged=20), Numbers(0, began, aged=20)),
        (Human(born=2005), *[Human(born=2009)] * 3),
        (Bond(0, 0, 1, start=before), Bond(0, 0, 2, start=began), Bond(0, 0, 3, start=began)),
    )

    letter = read_letter(build_report("spravka", build(world).municipality))

    assert "По сравнению с 2020 годом значение выросло на 10,0 п. п. (было 5,0 %)." in letter.section("3.1.")
    row = letter.table("Обучающиеся 10–18 лет – наставляемые по организациям")[0]
    assert (row["2020 год, %"], row["Изменение, п. п."]) == ("5,0", "+10,0")


def test_basis_and_dates_come_from_the_round(city):
    RoundFactory(
        municipality=city.municipality,
        year=2021,
        as_of=ReportingPeriod.of(2021).as_of,
        basis="Приказ от 08.04.2021 № 0269-од",
    )

    text = read_letter(build_report("spravka", city.municipality)).text

    assert "Основание проведения мониторинга: Приказ от 08.04.2021 № 0269-од." in text
    assert "Приказ от 29.12.2020 № 1438" in text
    assert "отчётная дата: 31 декабря 2021 г." in text


def test_text_of_users_is_never_markup(city):
    hostile = '<w:t>&"«=HYPERLINK("http://x")»</w:t> {{ 7*7 }} {% x %}'
    Organization.objects.filter(pk=city.schools[0].pk).update(short_name=hostile)

    letter = read_letter(build_report("spravka", city.municipality))

    names = [row["Организация"] for row in letter.table("Обучающиеся 10–18 лет – наставляемые по")]
    assert hostile in names


def test_charts_say_in_words_what_they_show(city, real_pictures):
    built = build_report("spravka", city.municipality)

    spoken = [alt.replace(NBSP, " ") for alt in read_letter(built).pictures]
    alt = next(alt for alt in spoken if "10–18 лет – наставляемые: ниже" in alt)
    assert "ниже цели – 2 организации из 4. Цель 20 %. СОШ № 2: 50,0 %; СОШ № 1: 20,1 %;" in alt
    assert len(built.content) > 50_000


def test_same_facts_give_the_same_bytes_under_a_name_that_files_may_have(city):
    first, second = (build_report("spravka", city.municipality) for _ in range(2))

    assert first == second
    assert first.file_name == f"Аналитическая справка. {city.municipality.name}. 2021.docx"


def test_progress_counts_the_indicators_in_words(city):
    said = []

    build_report("spravka", city.municipality, progress=lambda *step: said.append(step))

    assert said[0] == (0, 2, "Собираем данные")
    assert said[3] == (3, 22, "Считаем показатели: 3 из 20")
    assert said[-1] == (21, 22, "Собираем документ")


def test_report_on_a_school_tells_its_own_figures_only(city):
    letter = read_letter(build_report("spravka", city.municipality, organization=city.schools[1]))

    assert "Значение показателя – 50,0 % (48 из 96) при цели 20 %: цель достигнута." in letter.text
    assert "СОШ № 3" not in letter.text
    assert "Руководителю и куратору организации:" in letter.text
    own = letter.table("Обучающиеся 10–18 лет – наставляемые")
    assert own[-1] == {"Год": "2021", "Наставляемых": "48", "Обучающихся 10–18 лет": "96", "Доля": "50,0 %"}
