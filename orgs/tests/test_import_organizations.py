"""The list of organizations: who may add what, and that a file completes but never erases."""

import pytest

from orgs.enums import Role
from orgs.models import District, Municipality, Organization
from orgs.scope import Scope
from orgs.tests.factories import (
    MembershipFactory,
    MunicipalityFactory,
    OrganizationFactory,
    OrganizationTypeFactory,
    make_inn,
)
from orgs.tests.loading import codes, exported, figures, load, read, workbook

pytestmark = pytest.mark.django_db
HEADINGS = ["ИНН", "Краткое наименование", "Тип", "Муниципалитет", "Район"]
INN, OTHER_INN = make_inn(701), make_inn(702)


@pytest.fixture(autouse=True)
def types():
    OrganizationTypeFactory(synonyms=["СОШ", "общеобразовательная организация"])
    OrganizationTypeFactory(code="gymnasium", title="гимназия")


def test_new_organizations_come_with_their_municipality_and_districts(tmp_path):
    path = workbook(
        tmp_path / "list.xlsx",
        HEADINGS,
        [INN, "СОШ № 1", "СОШ", "Приозёрск", "Северный"],
        [OTHER_INN, "Гимназия № 2", "Гимназия", "ПРИОЗЕРСК", "северный"],
    )

    outcome = load(path, "organizations")

    assert figures(outcome) == (2, 0, 0, 0)
    rows = Organization.objects.order_by("inn").values_list(
        "inn", "short_name", "type__code", "municipality__name", "district__name"
    )
    assert list(rows) == [
        (INN, "СОШ № 1", "school", "Приозёрск", "Северный"),
        (OTHER_INN, "Гимназия № 2", "gymnasium", "Приозёрск", "Северный"),
    ]
    assert Municipality.history.count() == 1
    assert District.history.count() == 1
    assert [entry.history_change_reason for entry in Organization.history.all()] == [
        "Файл «list.xlsx», лист «Лист1»"
    ] * 2


def test_the_same_list_again_changes_nothing(tmp_path):
    path = workbook(tmp_path / "list.xlsx", HEADINGS, [INN, "СОШ № 1", "школа", "Приозёрск", "Северный"])
    load(path, "organizations")

    assert figures(load(path, "organizations")) == (0, 0, 1, 0)
    assert Organization.history.count() == 1


def test_an_update_changes_only_what_the_file_says(tmp_path):
    school = OrganizationFactory(
        inn=INN, short_name="СОШ № 1", address="ул. Озёрная, 1", head_name="Белова А. С."
    )
    path = workbook(
        tmp_path / "list.xlsx",
        ["ИНН", "Наименование", "Адрес", "ФИО директора", "E-mail куратора"],
        [INN, "", "", "Орлов Пётр Ильич", "Curator@Example.ORG"],
    )

    assert figures(load(path, "organizations")) == (0, 1, 0, 0)

    school.refresh_from_db()
    assert (school.short_name, school.address, school.head_name, school.curator_email) == (
        "СОШ № 1",
        "ул. Озёрная, 1",
        "Орлов Пётр Ильич",
        "Curator@example.org",
    )
    assert [entry.history_type for entry in school.history.all()] == ["~", "+"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["5400000000", "СОШ № 1", "школа", "Город", ""], (2, "A", "inn_check_digit")),
        (["", "СОШ № 1", "школа", "Город", ""], (2, "A", "value_missing")),
        ([INN, "СОШ № 1", "кинотеатр", "Город", ""], (2, "C", "organization_type_unknown")),
        ([INN, "", "школа", "Город", ""], (2, "B", "value_missing")),
        ([INN, "СОШ № 1", "", "Город", ""], (2, "C", "value_missing")),
        ([INN, "СОШ № 1", "школа", "", ""], (2, "D", "value_missing")),
        ([INN, "СОШ № 1", "школа", "«»", ""], (2, "D", "name_invalid")),
        ([INN, "Ш" * 151, "школа", "Город", ""], (2, "B", "text_too_long")),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_place(tmp_path, row, problem):
    outcome = load(workbook(tmp_path / "list.xlsx", HEADINGS, row), "organizations")

    assert codes(outcome) == [problem]
    assert figures(outcome) == (0, 0, 0, 1)
    assert not outcome.committed
    assert not Organization.objects.exists()
    assert not Municipality.objects.exists()


def test_good_rows_alone_make_no_municipality_of_a_refused_row(tmp_path):
    path = workbook(
        tmp_path / "list.xlsx",
        HEADINGS,
        [INN, "СОШ № 1", "школа", "Приозёрск", ""],
        [OTHER_INN, "", "школа", "Другой город", ""],
    )

    assert figures(load(path, "organizations", good_rows=True)) == (1, 0, 0, 1)
    assert list(Municipality.objects.values_list("name", flat=True)) == ["Приозёрск"]


def test_two_different_rows_of_one_organization_are_named_both(tmp_path):
    path = workbook(
        tmp_path / "list.xlsx",
        HEADINGS,
        [INN, "СОШ № 1", "школа", "Приозёрск", ""],
        [OTHER_INN, "СОШ № 2", "школа", "Приозёрск", ""],
        [INN, "СОШ № 3", "школа", "Приозёрск", ""],
    )

    outcome = load(path, "organizations")

    assert codes(outcome) == [(4, "A", "duplicate_row")]
    assert "2" in outcome.issues[0].message
    assert "4" in outcome.issues[0].message


def test_a_row_repeated_word_for_word_is_counted_once(tmp_path):
    row = [INN, "СОШ № 1", "школа", "Приозёрск", ""]
    outcome = load(workbook(tmp_path / "list.xlsx", HEADINGS, row, row), "organizations")

    assert figures(outcome) == (1, 0, 1, 0)
    assert [issue.level for issue in outcome.issues] == ["warning"]


def test_a_list_takes_as_many_queries_for_forty_rows_as_for_two(tmp_path, django_assert_num_queries):
    def rows(first, count):
        return [
            [make_inn(number), f"СОШ № {number}", "школа", "Приозёрск", f"Район {number}"]
            for number in range(first, first + count)
        ]

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(first, count):
        path = workbook(tmp_path / f"{first}.xlsx", HEADINGS, *rows(first, count))
        with CaptureQueriesContext(connection) as captured:
            assert figures(load(path, "organizations")) == (count, 0, 0, 0)
        return len(captured)

    queries(1, 1)
    assert queries(100, 2) == queries(200, 40)


class TestScope:
    """A file of a user touches only what the user may touch."""

    def test_a_curator_completes_the_own_school_from_its_own_export(self, tmp_path):
        school = OrganizationFactory()
        scope = Scope.for_user(MembershipFactory(organization=school).user)
        path = exported(tmp_path / "own.xlsx", "organizations", scope=scope)

        assert [row[0] for row in read(path)] == ["ИНН", school.inn]
        assert figures(load(path, "organizations", scope=scope)) == (0, 0, 1, 0)

        path = workbook(tmp_path / "new.xlsx", ["ИНН", "Адрес"], [school.inn, "ул. Новая, 5"])
        assert figures(load(path, "organizations", scope=scope)) == (0, 1, 0, 0)

    def test_a_foreign_school_looks_like_one_that_does_not_exist(self, tmp_path):
        school, foreign = OrganizationFactory(), OrganizationFactory(address="прежний")
        scope = Scope.for_user(MembershipFactory(organization=school).user)

        def message_about(inn):
            path = workbook(tmp_path / "list.xlsx", ["ИНН", "Адрес"], [inn, "чужой"])
            outcome = load(path, "organizations", scope=scope)
            assert codes(outcome) == [(2, "A", "organization_unknown")]
            return outcome.issues[0].message.replace(inn, "…")

        assert message_about(foreign.inn) == message_about(make_inn(999))
        foreign.refresh_from_db()
        assert foreign.address == "прежний"

    def test_a_curator_cannot_add_an_organization(self, tmp_path):
        school = OrganizationFactory()
        scope = Scope.for_user(MembershipFactory(organization=school).user)
        path = workbook(
            tmp_path / "list.xlsx", HEADINGS, [INN, "СОШ № 9", "школа", school.municipality.name, ""]
        )

        assert codes(load(path, "organizations", scope=scope)) == [(2, "A", "organization_unknown")]

    def test_a_curator_cannot_move_the_school(self, tmp_path):
        school = OrganizationFactory()
        scope = Scope.for_user(MembershipFactory(organization=school).user)
        path = workbook(tmp_path / "list.xlsx", ["ИНН", "Район"], [school.inn, "Лучший район"])

        assert codes(load(path, "organizations", scope=scope)) == [(2, "B", "place_not_yours")]
        assert not District.objects.exists()

    def test_a_methodologist_adds_only_to_the_overseen_municipality(self, tmp_path):
        own, foreign = MunicipalityFactory(), MunicipalityFactory()
        scope = Scope.for_user(MembershipFactory(role=Role.METHODOLOGIST, municipality=own).user)
        path = workbook(
            tmp_path / "list.xlsx",
            HEADINGS,
            [INN, "СОШ № 1", "школа", own.name, "Новый район"],
            [OTHER_INN, "СОШ № 2", "школа", foreign.name, ""],
        )

        outcome = load(path, "organizations", scope=scope, good_rows=True)

        assert figures(outcome) == (1, 0, 0, 1)
        assert codes(outcome) == [(3, "D", "municipality_unknown")]
        assert list(own.organizations.values_list("inn", "district__name")) == [(INN, "Новый район")]
        assert not foreign.organizations.exists()

    def test_the_number_of_a_foreign_organization_cannot_be_taken(self, tmp_path):
        own, foreign = MunicipalityFactory(), OrganizationFactory(inn=INN)
        scope = Scope.for_user(MembershipFactory(role=Role.METHODOLOGIST, municipality=own).user)
        path = workbook(tmp_path / "list.xlsx", HEADINGS, [INN, "СОШ № 1", "школа", own.name, ""])

        outcome = load(path, "organizations", scope=scope)

        assert codes(outcome) == [(2, "A", "inn_taken")]
        assert foreign.short_name not in outcome.issues[0].message

    def test_nobody_without_a_role_imports_anything(self, tmp_path):
        school = OrganizationFactory()
        path = workbook(tmp_path / "list.xlsx", ["ИНН", "Адрес"], [school.inn, "где угодно"])

        assert codes(load(path, "organizations", scope=Scope.nobody())) == [(2, "A", "organization_unknown")]

    def test_a_file_for_one_municipality_leaves_the_others_alone(self, tmp_path):
        one, other = OrganizationFactory(), OrganizationFactory(address="прежний")
        path = workbook(tmp_path / "list.xlsx", ["ИНН", "Адрес"], [one.inn, "новый"], [other.inn, "новый"])

        outcome = load(path, "organizations", municipality=one.municipality, good_rows=True)

        assert figures(outcome) == (0, 1, 0, 1)
        other.refresh_from_db()
        assert other.address == "прежний"
