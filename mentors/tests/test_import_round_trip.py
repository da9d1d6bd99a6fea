"""What the portal writes it reads again without a change, and every row of any file is accounted for."""

import datetime
import tempfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.importing import ImportContext, import_kinds
from common.workbooks import WorkbookWriter
from mentors.models import Pair, Participation
from mentors.tests.books import MENTEE_HEADINGS, MENTOR_HEADINGS, Mailbox, figures
from orgs.scope import Scope
from orgs.tests.factories import OrganizationFactory

LAST = st.sampled_from(["Белов", "Титов", "Семёнов", "Орлов-Юдин"])
FIRST = st.sampled_from(["Антон", "Пётр", "Марк"])
PATRONYMIC = st.sampled_from(["Ильич", "Львович", ""])
PUPIL = st.builds(lambda *parts: " ".join(parts).strip(), LAST, FIRST, PATRONYMIC)
ADULT = st.sampled_from(["Орлова Елена Викторовна", "Львова Анна Олеговна", "Жуков Олег Максимович"])
DAY = st.dates(datetime.date(2021, 1, 1), datetime.date(2024, 12, 31))
WORDS = st.sampled_from(
    ["", "математика", "=1+1", "+7 900 000-00-00", "текст; с точкой", "строка\nвторая", "да"]
)
# The dictionary of forms is the same for every example; each example takes its own rows back.
SAME_FORMS = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
FORM = st.sampled_from(["студент – ученик", "работодатель-ученик", "Учитель - Ученик"])


@st.composite
def mentee_rows(draw):
    """Rows of a base whose pairs do not contradict each other."""
    rows, pairs = [], set()
    births = {}
    for _ in range(draw(st.integers(1, 6))):
        name = draw(PUPIL)
        mentor = draw(st.one_of(st.just(""), ADULT))
        if (name, mentor) in pairs or (not mentor and name in births):
            continue
        pairs.add((name, mentor))
        birth = births.setdefault(name, draw(st.integers(2005, 2012)))
        start = draw(st.one_of(st.none(), DAY))
        end = draw(st.one_of(st.none(), DAY))
        if start and end and end < start:
            start, end = end, start
        row = {
            "full_name": name,
            "birth": birth,
            "contact": draw(WORDS),
            "request": draw(WORDS),
            "start": start,
            "end": end,
            "results": draw(WORDS),
            "mark": draw(st.sampled_from(["", "в процессе", "прошёл", "досрочно завершён"])),
            "workplace": draw(st.sampled_from(["", "ООО «Завод»"])),
        }
        rows.append({**row, "mentor": mentor, "form": draw(FORM)} if mentor else row)
    return rows


def export(kind: str, organization, folder: Path) -> Path:
    """The exchange workbook of the organization."""
    path = folder / f"{kind}-{organization.pk}.xlsx"
    resource = import_kinds.get(kind)(ImportContext(Scope.everything(), organization=organization))
    with WorkbookWriter(path, title=resource.sheet_title) as book:
        book.sheet(resource.sheet_title, resource.columns(), resource.export_rows())
    return path


def pairs_of(organization):
    """What the organization's pairs say, without keys."""
    return sorted(
        Pair.objects.filter(organization=organization).values_list(
            "mentor__person__name_key",
            "mentee__person__name_key",
            "mentee__person__birth_year",
            "form__code",
            "mentee_population",
            "request",
            "mentee_results",
            "completion_mark",
        )
    )


def terms_of(organization):
    return sorted(
        (str(start), str(end))
        for start, end in Pair.objects.filter(organization=organization).values_list("started_on", "ended_on")
    )


def round_trip(rows):
    """Import, export both bases, import them again here and into an empty school."""
    with tempfile.TemporaryDirectory() as name, transaction.atomic():
        folder = Path(name)
        first, second = OrganizationFactory(), OrganizationFactory()
        mailbox = Mailbox(folder, first)
        assert mailbox.send("mentees", *rows).committed
        books = {kind: export(kind, first, folder) for kind in ("mentees", "mentors")}
        before = pairs_of(first), terms_of(first)
        # The mentors' base is new to the portal: only the places of its rows are noted.
        assert figures(mailbox.send_file("mentors", books["mentors"]))[0::3] == (0, 0)
        for kind, path in books.items():
            outcome = mailbox.send_file(kind, path)
            assert figures(outcome) == (0, 0, outcome.rows, 0), [issue.as_dict() for issue in outcome.issues]
        assert (pairs_of(first), terms_of(first)) == before
        for kind, path in books.items():
            assert mailbox.send_file(kind, path, organization=second).refused == 0
        assert (pairs_of(second), terms_of(second)) == before
        transaction.set_rollback(True)


@settings(max_examples=10, deadline=None, suppress_health_check=SAME_FORMS)
@given(rows=mentee_rows())
def test_given_any_base_when_exported_and_imported_again_then_nothing_changes(forms, rows):
    round_trip(rows)


@pytest.mark.long
@settings(max_examples=1_000, deadline=None, suppress_health_check=SAME_FORMS)
@given(rows=mentee_rows())
def test_given_a_thousand_bases_when_exported_and_imported_again_then_nothing_changes(forms, rows):
    round_trip(rows)


CELL = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30),
    st.integers(-5, 60_000),
    st.dates(datetime.date(1900, 3, 1)),
    st.booleans(),
    PUPIL,
    DAY,
    st.sampled_from(["01.09.2022 г.", "сентябрь", "–", "Итого", "29.02.2011", "студент – ученик", "#REF!"]),
)


@settings(max_examples=20, deadline=None, suppress_health_check=SAME_FORMS)
@given(data=st.data(), kind=st.sampled_from(["mentees", "mentors"]))
def test_given_any_table_then_every_row_is_accounted_for_and_refused_rows_leave_nothing(forms, data, kind):
    headings = MENTEE_HEADINGS if kind == "mentees" else MENTOR_HEADINGS
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(headings, CELL)), min_size=1, max_size=5))
    with tempfile.TemporaryDirectory() as name, transaction.atomic():
        mailbox = Mailbox(Path(name), OrganizationFactory())
        outcome = mailbox.send(kind, *rows)
        document = outcome.as_json()
        assert sum(figures(outcome)) == document["rows"] <= len(rows)
        assert outcome.committed or Participation.objects.count() == 0
        assert all(issue["message"] for issue in document["issues"])
        transaction.set_rollback(True)


def test_given_one_who_ended_and_came_back_when_imported_again_then_each_row_finds_its_own_part(forms):
    """The row of the part that is over does not end the part that goes on."""
    empty = {"contact": "", "request": "", "results": "", "mark": "", "workplace": ""}
    belov = {"full_name": "Белов Пётр Ильич", "birth": 2005, **empty}
    round_trip(
        [
            {**belov, "start": None, "end": datetime.date(2021, 1, 1)},
            {
                **belov,
                "start": datetime.date(2021, 1, 2),
                "end": None,
                "mentor": "Орлова Елена Викторовна",
                "form": "студент – ученик",
            },
        ]
    )
