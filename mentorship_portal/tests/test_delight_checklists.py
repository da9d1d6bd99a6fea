"""Delight tasks 8, 9 and 14 (ux.md, 14): the self-audit filled in and reviewed, two files of a report."""

from zipfile import is_zipfile

import pytest

from accounts.tests.factories import PASSWORD
from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import EvidenceFile
from checklists.tests.factories import (
    ChecklistItemFactory,
    ChecklistTemplateFactory,
    ItemAnswerFactory,
    SelfAuditFactory,
)
from common.dates import today
from exchange.enums import RunState
from exchange.models import ReportRun
from mentors.tests.factories import PairFactory
from mentorship_portal.tests.delight import Script
from mentorship_portal.tests.processes import WAIT_LIMIT
from monitoring.tests.worlds import load_indicators
from orgs.tests.factories import HeadcountFactory, OrganizationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVIDENCE = {
    1: "Положение, раздел 2",
    3: "Положение, пункт 3.4",
    5: "Приказ № 104",
    8: "Приказ № 99",
}
# A worker has to start and to compute; the test waits for it and measures the person only.
MOST_PATIENT = 1000 * WAIT_LIMIT
FILE = {"name": "Удостоверения.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}


@pytest.fixture
def template():
    template = ChecklistTemplateFactory()
    for number in range(1, 13):
        ChecklistItemFactory(template=template, number=number, short_title=f"Короткое название {number}")
    return template


def enter(page, user):
    page.goto("/sign-in/")
    page.get_by_label("Эл. почта").fill(user.email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/")


def saved(page, number):
    page.locator(f"#item-{number} .n-crit__state", has_text="Сохранено в").wait_for()


def test_a_curator_fills_in_twelve_items_with_five_pieces_of_evidence_and_sends(page, cast, template):
    audit = SelfAuditFactory(organization=cast.school, template=template, year=today().year)
    enter(page, cast.curator)
    script = Script(page)

    script.click(f"main a[href*='/checklists/{audit.pk}/'] >> nth=0")
    for number in range(1, 13):
        script.click(f"#item-{number} .n-seg label >> nth=0", think=number % 3 == 1)
        saved(page, number)
        if number in EVIDENCE:
            script.click(f"#item-{number} input[name='item{number}-evidence']", think=False)
            script.type(EVIDENCE[number], think=False)
    script.choose_file("#item-4 input[type=file]", FILE)
    page.locator("#item-4", has_text="Удостоверения.pdf").locator(".n-crit__file").wait_for()
    script.click("#audit-foot button[name=submit]")
    page.get_by_text("На проверке").first.wait_for()

    audit.refresh_from_db()
    assert audit.status == AuditStatus.SUBMITTED
    assert audit.answers.exclude(evidence="").count() == len(EVIDENCE)
    assert EvidenceFile.objects.get().name == "Удостоверения.pdf"
    script.within("task 8", clicks=24, seconds=6 * 60)


def test_a_methodologist_returns_two_items_and_agrees_with_ten(page, cast, template):
    audit = SelfAuditFactory(
        organization=cast.school, template=template, year=today().year, status=AuditStatus.SUBMITTED
    )
    for item in template.items.all():
        ItemAnswerFactory(audit=audit, item=item, answer=Achievement.ACHIEVED, evidence="Положение")
    enter(page, cast.methodologist)
    script = Script(page)

    script.click("nav .n-tabs a[href^='/checklists/']")
    script.click(f"main a[href*='/checklists/{audit.pk}/']:visible >> nth=0")
    for number, remark in ((4, "Приложите удостоверения"), (11, "Нет справки за прошлый год")):
        script.click(f"#item-{number} .n-seg label >> nth=1")
        script.type(remark)
    script.click("#audit-foot button[name=agree]")
    script.click("#audit-foot button[name=return]")
    page.get_by_text("Возвращён чек-лист").wait_for()

    audit.refresh_from_db()
    assert audit.status == AuditStatus.RETURNED
    returned = audit.answers.filter(verdict=Verdict.RETURNED)
    assert sorted(returned.values_list("item__number", flat=True)) == [4, 11]
    assert audit.answers.filter(verdict=Verdict.ACCEPTED).count() == 10
    script.within("task 9", clicks=7, seconds=90)


@pytest.fixture
def fifty_schools(cast):
    """The municipality of the task, with headcounts and a pair at each of its schools."""
    load_indicators()
    for number in range(50):
        school = OrganizationFactory(
            municipality=cast.municipality, short_name=f"Школа № {number}", type=cast.school.type
        )
        HeadcountFactory(organization=school, on_date=today().replace(month=1, day=20))
        PairFactory(organization=school, started_on=today().replace(month=1, day=15))
    return cast


def test_an_analyst_gets_the_document_and_the_workbook(page, fifty_schools, worker):
    worker.start()
    enter(page, fifty_schools.analyst)
    script = Script(page)

    script.click("nav .n-tabs a[href^='/reports/']")
    script.click("main form.n-sheet button[type=submit]")
    page.get_by_text("Страницу можно закрыть").first.wait_for()
    for ending in ("DOCX", "XLSX"):
        link = page.get_by_role("link", name=f"Скачать {ending}")
        link.wait_for(timeout=MOST_PATIENT)
        with page.expect_download() as taken:
            script.click(link)
        assert taken.value.suggested_filename.endswith(ending.lower())
        assert is_zipfile(taken.value.path())
    assert set(ReportRun.objects.values_list("state", "attempts")) == {(RunState.READY, 1)}
    script.within("task 14", clicks=5, seconds=60)
