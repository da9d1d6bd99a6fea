"""Properties of the municipal workbooks: an export changes nothing, and no table of text breaks an import."""

import datetime
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from checklists.enums import Achievement, AuditStatus
from checklists.models import ItemAnswer, SelfAudit
from checklists.resources import TEMPLATE
from checklists.tests.factories import ChecklistItemFactory, ChecklistTemplateFactory
from common.importing import import_kinds
from mentors.tests.factories import MentoringFormFactory
from monitoring.models import Target
from monitoring.tests.factories import IndicatorFactory
from orgs.models import District, Document, Headcount, Organization
from orgs.tests.factories import (
    DocumentTypeFactory,
    MunicipalityFactory,
    OrganizationTypeFactory,
    make_inn,
)
from orgs.tests.loading import exported, figures, load, workbook
from surveys.enums import Respondent
from surveys.models import Answer

pytestmark = pytest.mark.django_db
KINDS = ["organizations", "headcounts", "targets", "documents", "checklists", "survey_answers"]
# Each example starts a reading process, so a failure is shown as it was found.
FEW = settings(
    max_examples=10,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# What a form of the portal may have stored: no zero character, no half of a surrogate pair.
stored_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
comments = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2026, 1, 1))
links = st.sampled_from(
    [
        "",
        "https://school.example.org/",
        "http://школа.рф/наставники?a=1&b=2",
        "https://a.example.org:8080/x#y",
    ]
)
small = st.none() | st.integers(0, 1000)


@contextmanager
def taken_back():
    """Everything written inside is taken back: one example must not see another's rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def place():
    return MunicipalityFactory(name="Приозёрск")


@pytest.fixture
def school(place):
    return Organization.objects.create(
        inn=make_inn(901), short_name="СОШ № 1", type=OrganizationTypeFactory(), municipality=place
    )


def assert_unchanged(tmp_path, kind, count):
    """The export of all that is stored imports with every row unchanged."""
    outcome = load(exported(tmp_path / f"{kind}.xlsx", kind), kind)
    assert [issue.code for issue in outcome.issues if issue.level in ("error", "question")] == []
    assert figures(outcome) == (0, 0, count, 0)


@FEW
@given(rows=st.lists(st.tuples(*[stored_text] * 5, links, st.booleans()), min_size=1, max_size=8))
def test_an_export_of_organizations_changes_nothing(tmp_path, place, rows):
    with taken_back():
        district = District.objects.create(municipality=place, name="Северный")
        for number, (name, full_name, address, head, order, link, in_district) in enumerate(rows):
            Organization.objects.create(
                inn=make_inn(910 + number),
                short_name=name,
                full_name=full_name,
                type=OrganizationTypeFactory(),
                municipality=place,
                district=district if in_district else None,
                address=address,
                website=link,
                head_name=head,
                curator_order=order,
                curator_email="curator@example.org" if in_district else "",
            )
        assert_unchanged(tmp_path, "organizations", len(rows))


@FEW
@given(numbers=st.dictionaries(days, st.tuples(small, small, small, small, small, stored_text), min_size=1))
def test_an_export_of_headcounts_changes_nothing(tmp_path, school, numbers):
    with taken_back():
        for day, (total, middle, older, teachers, young, source) in numbers.items():
            known = sorted(number for number in (older, middle, total) if number is not None)
            nested = [known.pop(0) if number is not None else None for number in (older, middle, total)]
            if nested == [None] * 3 and teachers is None and young is None:
                teachers = 1
            Headcount.objects.create(
                organization=school,
                on_date=day,
                pupils_total=nested[2],
                pupils_10_18=nested[1],
                pupils_15_18=nested[0],
                teachers=teachers,
                young_specialists=young,
                source=source,
            )
        assert_unchanged(tmp_path, "headcounts", len(numbers))


@FEW
@given(
    values=st.dictionaries(
        st.integers(2000, 2100),
        st.tuples(st.decimals(0, 100, places=2, allow_nan=False), stored_text),
        min_size=1,
    )
)
def test_an_export_of_targets_changes_nothing(tmp_path, place, values):
    with taken_back():
        indicator = IndicatorFactory()
        for year, (value, document) in values.items():
            Target.objects.create(
                municipality=place, indicator=indicator, year=year, value=Decimal(value), document=document
            )
        assert_unchanged(tmp_path, "targets", len(values))


@FEW
@given(
    documents=st.dictionaries(
        st.tuples(st.from_regex(r"[1-9]\d{0,3}(-[а-я]{1,2}|/\d{1,2})?", fullmatch=True), st.none() | days),
        links,
        min_size=1,
    )
)
def test_an_export_of_documents_changes_nothing(tmp_path, school, documents):
    with taken_back():
        kind = DocumentTypeFactory()
        for (number, day), link in documents.items():
            Document.objects.create(organization=school, type=kind, number=number, issued_on=day, url=link)
        assert_unchanged(tmp_path, "documents", len(documents))


@FEW
@given(
    answers=st.dictionaries(
        st.integers(1, 12), st.tuples(st.sampled_from(Achievement.values), stored_text, comments), min_size=1
    ),
    status=st.sampled_from(AuditStatus.values),
)
def test_an_export_of_self_audits_changes_nothing(tmp_path, school, answers, status):
    with taken_back():
        template = ChecklistTemplateFactory(code=TEMPLATE)
        audit = SelfAudit.objects.create(organization=school, template=template, year=2026, status=status)
        for number, (answer, evidence, comment) in answers.items():
            item = ChecklistItemFactory(template=template, number=number)
            ItemAnswer.objects.create(
                audit=audit, item=item, answer=answer, evidence=evidence, comment=comment
            )
        assert_unchanged(tmp_path, "checklists", len(answers))


@FEW
@given(
    answers=st.lists(
        st.tuples(
            st.sampled_from(Respondent.values),
            days,
            st.none() | st.integers(1, 10),
            st.integers(1, 10),
            st.none() | st.booleans(),
            comments,
        ),
        min_size=1,
        max_size=15,
    )
)
def test_an_export_of_answers_changes_nothing(tmp_path, school, answers):
    with taken_back():
        form = MentoringFormFactory(code="pupil_pupil", title="ученик – ученик")
        for respondent, day, joint, result, enjoyed, comment in answers:
            Answer.objects.create(
                organization=school,
                form=form,
                respondent=respondent,
                answered_on=day,
                joint_work=joint,
                result=result,
                enjoyed=enjoyed,
                comment=comment,
            )
        assert_unchanged(tmp_path, "survey_answers", len(answers))


cells = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e6, 1e6),
    st.booleans(),
    days,
    st.sampled_from(
        [
            make_inn(901),
            "да",
            "нет",
            "2022",
            "школа",
            "Приозёрск",
            "pupil_mentees",
            "наставник",
            "#REF!",
            "Итого",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_no_table_of_any_cells_breaks_an_import(tmp_path, school, kind, data):
    headings = [heading.column_name for heading in import_kinds.get(kind).headings().values()]
    rows = data.draw(st.lists(st.lists(cells, min_size=len(headings), max_size=len(headings)), max_size=12))
    path = workbook(tmp_path / f"{kind}.xlsx", headings, *rows)
    with taken_back():
        IndicatorFactory()
        ChecklistItemFactory(template=ChecklistTemplateFactory(code=TEMPLATE))

        first = load(path, kind, good_rows=True)
        assert first.rows <= len(rows)
        figures(first)

        again = load(path, kind, good_rows=True)
        assert figures(again)[:2] == (0, 0)
