"""Documents of schools: kinds by any usual name, keyed by their requisites."""

import datetime

import pytest

from orgs.models import Document
from orgs.scope import Scope
from orgs.tests.factories import DocumentFactory, DocumentTypeFactory, MembershipFactory, OrganizationFactory
from orgs.tests.loading import codes, exported, figures, load, read, workbook

pytestmark = pytest.mark.django_db
HEADINGS = ["ИНН", "Вид документа", "Номер", "Дата", "Ссылка"]
DAY = datetime.date(2021, 3, 1)


@pytest.fixture
def school():
    return OrganizationFactory()


@pytest.fixture(autouse=True)
def kinds():
    DocumentTypeFactory(synonyms=["приказ о внедрении"])
    return DocumentTypeFactory(code="regulation", title="Положение о системе наставничества")


def test_documents_come_with_their_requisites(tmp_path, school):
    path = workbook(
        tmp_path / "d.xlsx",
        HEADINGS,
        [school.inn, "Приказ о внедрении", "№ 145-од", "01.03.2021 г.", "school.example.org/145.pdf"],
        [school.inn, "положение о системе наставничества", "б/н", None, ""],
    )

    assert figures(load(path, "documents")) == (2, 0, 0, 0)
    assert list(
        Document.objects.order_by("-url").values_list("type__code", "number", "issued_on", "url")
    ) == [
        ("introduction_order", "145-од", DAY, "https://school.example.org/145.pdf"),
        ("regulation", "", None, ""),
    ]
    assert figures(load(path, "documents")) == (0, 0, 2, 0)


def test_a_link_is_added_to_a_known_document_and_never_taken_away(tmp_path, school):
    document = DocumentFactory(organization=school, number="№ 145-од", issued_on=DAY)
    with_link = workbook(
        tmp_path / "d.xlsx",
        HEADINGS,
        [school.inn, "introduction_order", "145-од", DAY, "https://school.example.org/1"],
    )
    without = workbook(tmp_path / "e.xlsx", HEADINGS, [school.inn, "приказ о внедрении", "145-од", DAY, ""])

    assert figures(load(with_link, "documents")) == (0, 1, 0, 0)
    assert figures(load(without, "documents")) == (0, 0, 1, 0)
    document.refresh_from_db()
    assert (document.number, document.url) == ("№ 145-од", "https://school.example.org/1")


def test_an_unknown_kind_is_answered_with_near_ones(tmp_path, school):
    path = workbook(
        tmp_path / "d.xlsx", HEADINGS, [school.inn, "Положение о системе наставничеств", "", "", ""]
    )

    outcome = load(path, "documents")

    assert codes(outcome) == [(2, "B", "document_type_unknown")]
    assert "Положение о системе наставничества" in outcome.issues[0].fix


def test_a_table_without_numbers_and_dates_is_enough(tmp_path, school):
    path = workbook(tmp_path / "d.xlsx", HEADINGS[:2], [school.inn, "приказ о внедрении"])

    assert figures(load(path, "documents")) == (1, 0, 0, 0)
    assert figures(load(path, "documents")) == (0, 0, 1, 0)


def test_a_school_exports_and_writes_only_its_own_documents(tmp_path, school):
    foreign = DocumentFactory(organization=OrganizationFactory(short_name="КАНАРЕЙКА"), number="7")
    own = DocumentFactory(organization=school, number="8")
    scope = Scope.for_user(MembershipFactory(organization=school).user)

    path = exported(tmp_path / "own.xlsx", "documents", scope=scope)
    assert [row[:3] for row in read(path)[1:]] == [[school.inn, own.type.title, "8"]]

    path = workbook(
        tmp_path / "d.xlsx",
        HEADINGS,
        [foreign.organization.inn, "приказ о внедрении", "7", None, "https://evil.example.org/"],
    )
    assert codes(load(path, "documents", scope=scope)) == [(2, "A", "organization_unknown")]
    foreign.refresh_from_db()
    assert foreign.url == ""
