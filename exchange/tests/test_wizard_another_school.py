"""A workbook that names another school than the chosen one is loaded only when its owner says so."""

import pytest
from django.urls import reverse

from exchange.enums import ImportStep
from exchange.tests.books import FORM, page, pupils, upload, workbook
from mentors.models import Person
from mentors.tests.factories import MentoringFormFactory
from orgs.enums import Role
from orgs.tests.factories import MembershipFactory, OrganizationFactory, make_inn

pytestmark = pytest.mark.django_db(transaction=True)
ROW = [1, "Белов Артём Сергеевич", "10 б", 2012, FORM, "Орлова Елена Викторовна"]


@pytest.fixture
def school(cast):
    cast.school.short_name = "СОШ № 17"
    cast.school.save()
    return cast.school


@pytest.fixture
def client(signed_in, curator, school):
    MentoringFormFactory()
    return signed_in(curator)


def confirm(client, run, **data):
    client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all", **data})
    run.refresh_from_db()
    return run


@pytest.mark.parametrize(
    ("name", "above", "named"),
    [
        (f"mentees_{make_inn(77)}.xlsx", (), f"ИНН {make_inn(77)}"),  # nobody's, or another school's
        ("База ИНН 5400000018.xlsx", (), "ИНН 5400000018"),  # not even a right number
        ("Наставляемые СОШ 18.xlsx", (), "СОШ 18"),
        ("Наставляемые.xlsx", (["База наставляемых МАОУ СОШ № 18"],), "СОШ № 18"),
    ],
)
def test_it_is_asked_whose_workbook_it_is(client, school, name, above, named):
    run = upload(client, workbook(pupils(ROW, above=above), name=name))

    html = page(client, run).content.decode()
    assert f"В файле названа другая организация: {named}." in html
    assert "Вы загружаете её для «СОШ № 17»." in html

    assert confirm(client, run).step == ImportStep.CONFIRM
    assert not Person.objects.filter(last_name="Белов").exists()
    assert confirm(client, run, own_book="on").step == ImportStep.DONE
    assert Person.objects.filter(last_name="Белов").exists()


@pytest.mark.parametrize(
    "name", ["Наставляемые СОШ 17.xlsx", "Школа 2025.xlsx", "Школа 10А.xlsx", "Список.xlsx"]
)
def test_nothing_is_asked_when_the_file_names_this_school_or_none(client, school, name):
    run = upload(client, workbook(pupils(ROW), name=name))

    assert "n-note--warn" not in page(client, run).content.decode()
    assert confirm(client, run).step == ImportStep.DONE


def test_the_own_inn_in_the_name_is_right(client, school):
    run = upload(client, workbook(pupils(ROW), name=f"СОШ 18 {school.inn}.xlsx"))

    assert confirm(client, run).step == ImportStep.DONE


def test_who_works_for_several_schools_learns_that_the_inn_is_none_of_theirs(client, cast):
    methodologist = MembershipFactory(role=Role.METHODOLOGIST, municipality=cast.municipality).user
    elsewhere = OrganizationFactory()

    client.force_login(methodologist)
    response = client.post(
        reverse("import-new"), {"file": workbook(pupils(ROW), name=f"mentees_{elsewhere.inn}.xlsx")}
    )

    assert response.status_code == 422
    assert response.context["form"].errors["place"] == [
        "ИНН в файле не относится ни к одной из ваших организаций. "
        "Выберите организацию, которая прислала таблицу."
    ]
