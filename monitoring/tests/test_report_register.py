"""The register of organizations: requisites, headcounts, people of the year, main figures."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.reports.wording import FEW, NO_DATA
from monitoring.tests.reportfiles import build_report, read_sheet
from monitoring.tests.worlds import Bond, Human, Numbers, Reply, School, World, build
from orgs.models import Organization
from orgs.scope import Scope
from orgs.tests.factories import DocumentTypeFactory, MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

FIGURES = "Численность и показатели"


def city(schools: int = 3):
    """A pupil with a mentor at each of the first two schools; the last school gave no numbers."""
    humans = [Human(born=2005), Human(born=2009)]
    bonds = [Bond(school, 0, 1, start=date(2021, 3, 1)) for school in (0, 1)]
    numbers = [Numbers(school, date(2021, 9, 20), aged=10, older=5) for school in range(schools - 1)]
    replies = [Reply(0, "mentee", date(2021, 5, 20))] * 8 + [Reply(1, "mentee", date(2021, 5, 20))] * 3
    return build(
        World(
            2021,
            date(2021, 12, 31),
            (School(),) * schools,
            tuple(numbers),
            tuple(humans),
            tuple(bonds),
            tuple(replies),
        )
    )


def by_name(rows) -> dict[str, dict]:
    return {row["Организация"].replace("\u00a0", " "): row for row in rows}


def test_requisites_name_the_director_and_the_curator():
    built = city()
    Organization.objects.filter(pk=built.schools[0].pk).update(
        head_name="Ким Раиса Львовна", curator_name="Орлова Елена Викторовна", curator_email="o@example.org"
    )

    rows = by_name(read_sheet(build_report("organizations", built.municipality), "Организации"))

    assert list(rows) == ["СОШ № 1", "СОШ № 2", "СОШ № 3"]
    first = rows["СОШ № 1"]
    assert (first["Руководитель"], first["Куратор"]) == ("Ким Раиса Львовна", "Орлова Елена Викторовна")
    assert (first["ИНН"], first["Состояние"]) == (built.schools[0].inn, "работает")


def test_people_count_once_in_the_total_and_missing_numbers_are_said():
    built = city()
    DocumentTypeFactory(required=True)

    rows = by_name(read_sheet(build_report("organizations", built.municipality), FIGURES))

    people = {name: (row["Наставников"], row["Наставляемых"]) for name, row in rows.items()}
    assert people == {"СОШ № 1": (1, 1), "СОШ № 2": (1, 1), "СОШ № 3": (0, 0), "Итого": (1, 1)}
    assert rows["СОШ № 1"]["Обучающихся 10–18 лет"] == 10
    assert rows["СОШ № 3"]["Обучающихся 10–18 лет"] == NO_DATA
    share = "Обучающиеся 10–18 лет – наставляемые"
    assert (rows["СОШ № 1"][share], rows["СОШ № 3"][share]) == (0.1, NO_DATA)
    assert rows["СОШ № 1"]["Полный пакет документов"] == "нет"
    assert rows["Итого"]["Полный пакет документов"].replace("\u00a0", " ") == "0 из 3"


def test_few_answers_are_hidden_with_their_companion():
    rows = by_name(read_sheet(build_report("organizations", city().municipality), FIGURES))

    satisfied = {name: row["Удовлетворённость наставляемых"] for name, row in rows.items()}
    assert satisfied == {"СОШ № 1": FEW, "СОШ № 2": FEW, "СОШ № 3": NO_DATA, "Итого": 1.0}


def test_register_of_another_municipality_is_empty():
    stranger = MembershipFactory(role="methodologist", municipality=MunicipalityFactory(name="Заречье")).user

    content = build_report("organizations", city().municipality, scope=Scope.for_user(stranger))

    assert read_sheet(content, "Организации") == []


def test_queries_do_not_grow_with_the_organizations():
    small, large = city(3), city(30)
    counts = []
    for built in (small, large):
        with CaptureQueriesContext(connection) as captured:
            build_report("organizations", built.municipality)
        counts.append(len(captured))

    assert counts[0] == counts[1] < 40
