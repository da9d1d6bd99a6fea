"""Recommendations follow from the figures: each rule on a school that lacks just that."""

from datetime import date

import pytest

from checklists.tests.factories import ItemAnswerFactory, SelfAuditFactory
from common.reporting import ReportContext
from monitoring.reports.advice import advice_of
from monitoring.reports.advice_common import best_places, for_curators, for_methodical_service
from monitoring.reports.material import gather
from monitoring.tests.factories import TargetFactory
from monitoring.tests.worlds import Bond, Human, Numbers, School, World, build
from orgs.scope import Scope
from orgs.tests.factories import DocumentFactory, DocumentTypeFactory

pytestmark = pytest.mark.django_db

BEGAN = date(2021, 3, 1)
MENTOR, MENTEE = Human(born=2005), Human(born=2009)


ONE_PAIR = (Bond(0, 0, 1, start=BEGAN),)
ONE_HEADCOUNT = (Numbers(0, BEGAN, older=5),)


def city(*, bonds=ONE_PAIR, numbers=ONE_HEADCOUNT, schools=1):
    return build(
        World(2021, date(2021, 12, 31), (School(),) * schools, numbers, (MENTOR, MENTEE) * schools, bonds)
    )


def material_of(built, organization=None):
    return gather(
        ReportContext(
            scope=Scope.everything(),
            municipality=built.municipality,
            organization=organization,
            year=2021,
            as_of=date(2021, 12, 31),
            format="docx",
        )
    )


def advice_to(built) -> list[str]:
    return [item.replace("\u00a0", " ") for item in advice_of(material_of(built))[0].items]


def test_school_without_pairs_forms_registers_first_and_gets_no_shares_to_raise():
    built = city(bonds=())
    TargetFactory(municipality=built.municipality, indicator__code="pupil_mentees", year=2021, value=50)

    items = advice_to(built)

    assert items[0].startswith("сформировать базы наставников и наставляемых")
    assert not any("вовлечь" in item for item in items)


def test_school_whose_pairs_have_ended_resumes_the_work():
    items = advice_to(city(bonds=(Bond(0, 0, 1, start=BEGAN, end=date(2021, 6, 1)),)))

    assert items[0].startswith("возобновить работу по программам наставничества")


def test_school_without_numbers_is_told_what_they_are_for():
    items = advice_to(city(numbers=()))

    assert any(item.startswith("внести в портал численность обучающихся и педагогов") for item in items)


def test_number_that_is_missing_alone_is_named():
    items = advice_to(city(numbers=(Numbers(0, BEGAN, older=None),)))

    assert "дополнить сведения о численности: не указано число обучающихся 15–18 лет" in items


def test_mentees_without_a_programme_are_counted():
    items = advice_to(city())

    assert any("не менее чем для 1 наставляемого (сейчас 0 из 1, 0,0 %)" in item for item in items)


def test_missing_documents_are_named_unless_none_is_there():
    order = DocumentTypeFactory(title="Приказ о внедрении")
    DocumentTypeFactory(code="regulation", title="Положение о наставничестве")
    built = city()

    assert any("нет ни одного документа" in item for item in advice_to(built))

    DocumentFactory(organization=built.schools[0], type=order, issued_on=BEGAN)
    assert (
        "подготовить и внести в портал недостающие документы о наставничестве: «Положение о наставничестве»"
        in advice_to(built)
    )


def test_items_of_the_self_audit_are_named_by_their_numbers():
    built = city()
    audit = SelfAuditFactory(organization=built.schools[0], year=2021, status="submitted")
    for number, answer in ((3, "partly"), (7, "not_achieved"), (9, "achieved")):
        ItemAnswerFactory(audit=audit, item__number=number, answer=answer)

    wanted = "доработать Положение о системе наставничества по пунктам 3 и 7 чек-листа самоаудита"
    assert wanted in advice_to(built)


def test_literal_wording_of_the_order_does_not_repeat_the_advice():
    built = city()
    for code in ("pupil_mentees", "pupil_mentees_of_all"):
        TargetFactory(municipality=built.municipality, indicator__code=code, year=2021, value=50)

    involve = [item for item in advice_to(built) if "в роли наставляемых" in item]

    assert involve == [
        "вовлечь в роли наставляемых дополнительно не менее 29 обучающихся 10–18 лет "
        "(сейчас 1 из 60, 1,7 % при цели 50 %)"
    ]


def test_school_that_reaches_every_target_is_named_as_good_practice():
    bonds = (Bond(0, 0, 1, start=BEGAN), Bond(1, 2, 3, start=BEGAN))
    numbers = (Numbers(0, BEGAN, aged=2, older=1), Numbers(1, BEGAN, aged=60, older=50))
    built = city(bonds=bonds, numbers=numbers, schools=2)
    for code in ("pupil_mentees", "pupil_mentors"):
        TargetFactory(municipality=built.municipality, indicator__code=code, year=2021, value=50)

    material = material_of(built)

    assert best_places(material) == ["СОШ №\u00a01"]
    assert any("обобщить и распространить опыт" in item for item in for_methodical_service(material))


def test_curators_are_reminded_only_of_what_is_lacking():
    duties = " ".join(for_curators(material_of(city(bonds=()))))

    assert "взять под личный контроль сбор баз" in duties
    assert "внести численность" not in duties
