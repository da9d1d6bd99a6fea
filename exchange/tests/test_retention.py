"""Uploaded workbooks are removed after their time; what the import was, and that it was, stays."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from exchange.enums import ImportStep, RunState
from exchange.models import ImportRun
from exchange.retention import forget_workbooks, kept_until
from exchange.tests.factories import ImportRunFactory

pytestmark = pytest.mark.django_db
ISSUE = {"level": "error", "row": 3, "column": "B", "code": "name_empty", "value": "Белов", "message": "…"}


def aged(days: float, **fields) -> ImportRun:
    """A written import of so many days ago that had put a row off."""
    run = ImportRunFactory(
        **{
            "step": ImportStep.DONE,
            "returned_file": ContentFile(b"rows", name="returned.xlsx"),
            "corrections": {"3:B": "Белов Антон"},
            "outcome": {"rows": 5, "added": 4, "refused": 1, "issues": [ISSUE]},
            **fields,
        }
    )
    moment = timezone.now() - timedelta(days=days)
    ImportRun.objects.filter(pk=run.pk).update(created_at=moment, finished_at=moment)
    run.refresh_from_db()
    return run


def test_after_a_month_the_files_and_every_text_out_of_them_are_gone_and_the_figures_stay():
    run = aged(31)
    stored = [run.file.name, run.returned_file.name]

    assert forget_workbooks() == 1

    run.refresh_from_db()
    assert [default_storage.exists(name) for name in stored] == [False, False]
    assert (run.file.name, run.returned_file.name, run.corrections) == ("", "", {})
    assert (run.outcome["added"], run.outcome["issues"]) == (4, [])
    assert (run.step, run.state) == (ImportStep.DONE, RunState.READY)
    assert forget_workbooks() == 0


def test_within_the_month_everything_is_kept(settings):
    run = aged(29)

    assert forget_workbooks() == 0
    assert kept_until(run) - run.finished_at == timedelta(days=settings.IMPORT_KEEP_DAYS)
    assert default_storage.exists(run.file.name)


def test_an_upload_that_was_never_confirmed_ends_in_words():
    run = aged(31, step=ImportStep.CONFIRM, idempotency_key="the same file")

    forget_workbooks()

    run.refresh_from_db()
    assert (run.state, run.idempotency_key) == (RunState.CANCELLED, None)
    assert run.message == "Загрузку не закончили вовремя, и файл удалён. Загрузите его снова."


def test_an_import_under_way_is_left_alone():
    run = aged(31, state=RunState.RUNNING)

    assert forget_workbooks() == 0
    assert default_storage.exists(run.file.name)


def test_a_file_that_is_gone_already_is_no_hindrance():
    run = aged(31)
    default_storage.delete(run.file.name)

    assert forget_workbooks() == 1


class TestPage:
    def answer(self, client, curator, school, run):
        ImportRun.objects.filter(pk=run.pk).update(owner=curator, organization=school)
        client.force_login(curator)
        return client.get(reverse("import", args=[run.pk])).content.decode()

    def test_the_page_says_until_when_rows_are_kept(self, client, curator, school):
        run = aged(1)

        html = self.answer(client, curator, school, run)

        assert f"хранятся до {timezone.localtime(kept_until(run)):%d.%m.%Y}" in html
        assert reverse("import-resume", args=[run.pk]) in html

    def test_the_page_says_when_they_are_gone_and_offers_no_dead_button(self, client, curator, school):
        run = aged(31)
        forget_workbooks()

        html = self.answer(client, curator, school, run)

        assert "Строки больше не хранятся: загрузите файл снова." in html
        assert reverse("import-resume", args=[run.pk]) not in html
