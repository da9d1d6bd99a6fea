"""A workbook on its way in: upload, check, confirmation, writing."""

import hashlib
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import AccessAction, AccessRecord
from exchange.enums import ImportStep, RunState
from exchange.imports import advance_import
from exchange.models import ImportRun
from exchange.services import cancel_run, confirm_import, receive_import, recheck_import, repeat_run
from orgs.models import Membership, Region

pytestmark = pytest.mark.django_db


def workbook(*names, above=()):
    book = openpyxl.Workbook()
    book.active.title = "Регионы"
    for line in (*above, ("Регион", "Центр", "Заметка"), *((name, "город", "своё") for name in names)):
        book.active.append(line)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def upload(regions, rings, scope_of, school, curator, django_capture_on_commit_callbacks):
    def upload(content, *, user=curator, organization=school, name="Регионы.xlsx", kind="regions"):
        with django_capture_on_commit_callbacks(execute=True):
            return receive_import(
                user,
                scope_of(user),
                kind=kind,
                file=ContentFile(content),
                file_name=name,
                organization=organization,
            )

    return upload


@pytest.fixture
def checked(upload):
    return upload(workbook("Кузбасс", "Алтай"))


def stands(run):
    run.refresh_from_db()
    return run.step, run.state


def written():
    return sorted(Region.objects.values_list("name", flat=True))


def stored_files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_small_workbook_is_checked_at_once_and_nothing_is_written(checked, school, rings, private_storage):
    assert stands(checked) == (ImportStep.CONFIRM, RunState.READY)
    assert (checked.outcome["rows"], checked.outcome["added"], checked.outcome["committed"]) == (2, 2, False)
    assert checked.municipality == school.municipality
    assert written() == []
    assert rings == []


def test_stored_file_is_private_has_a_random_name_and_its_hash(upload, private_storage):
    content = workbook("Кузбасс")
    run = upload(content, name="../../etc/Ба\u202eза.xlsx")

    assert run.file_name == "База.xlsx"
    assert run.sha256 == hashlib.sha256(content).hexdigest()
    (path,) = stored_files(private_storage)
    assert path.read_bytes() == content
    assert path.suffix == ".xlsx" and len(path.stem) == 32


def test_confirmed_workbook_is_written_once_and_journalled(checked, curator):
    confirm_import(curator, checked, sha256=checked.sha256)
    confirm_import(curator, checked, sha256=checked.sha256)

    assert stands(checked) == (ImportStep.DONE, RunState.READY)
    assert checked.outcome["committed"] is True
    assert written() == ["Алтай", "Кузбасс"]
    assert advance_import(checked.pk) is False
    record = AccessRecord.objects.get(action=AccessAction.IMPORT)
    assert (record.user, record.object_id, record.details["added"]) == (curator, str(checked.pk), 2)


def test_same_file_leads_back_to_the_open_import_and_after_it_changes_nothing(
    upload, checked, curator, colleague
):
    content = workbook("Кузбасс", "Алтай")
    with checked.file.open() as stored:
        content = stored.read()
    assert upload(content) == checked
    assert upload(content, user=colleague) != checked
    confirm_import(curator, checked, sha256=checked.sha256)

    again = upload(content)
    assert again != checked
    assert (again.outcome["added"], again.outcome["unchanged"]) == (0, 2)


def test_large_workbook_goes_to_the_worker(
    upload, curator, settings, rings, django_capture_on_commit_callbacks
):
    settings.IMPORT_INLINE_ROWS = 2
    run = upload(workbook("Кузбасс", "Алтай", "Тыва"))
    assert stands(run) == (ImportStep.CHECK, RunState.WAITING)
    assert rings == [("ImportRun", run.pk)]

    advance_import(run.pk)
    assert stands(run) == (ImportStep.CONFIRM, RunState.READY)
    with django_capture_on_commit_callbacks(execute=True):
        confirm_import(curator, run, sha256=run.sha256)
    assert stands(run) == (ImportStep.WRITE, RunState.WAITING)
    assert written() == []

    advance_import(run.pk)
    assert stands(run) == (ImportStep.DONE, RunState.READY)
    assert len(written()) == 3
    assert len(rings) == 2


def test_workbook_with_a_bad_row_is_all_or_nothing(upload, curator):
    run = upload(workbook("Кузбасс", "2101"))

    with pytest.raises(ValidationError) as refusal:
        confirm_import(curator, run, sha256=run.sha256)

    assert refusal.value.code == "rows_refused"
    assert stands(run) == (ImportStep.CONFIRM, RunState.READY)
    assert written() == []


def test_good_rows_are_written_and_the_rest_is_handed_back_with_advice(upload, curator):
    run = upload(workbook("Кузбасс", "2101", above=[("Школа № 17",)]))

    confirm_import(curator, run, sha256=run.sha256, good_rows_only=True)

    assert stands(run) == (ImportStep.DONE, RunState.READY)
    assert written() == ["Кузбасс"]
    sheet = openpyxl.load_workbook(run.returned_file.open()).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True) if any(row)]
    assert sheet.title == "Регионы"
    assert rows[0][0] == "Школа № 17"
    assert rows[1][:3] == ["Регион", "Центр", "Заметка"]
    assert rows[2] == [
        "2101",
        "город",
        "своё",
        "«Регион»: Это число, а нужно название. Впишите название региона.",
    ]
    assert len(rows) == 3


def test_returned_workbook_can_be_corrected_and_uploaded(upload, curator):
    run = upload(workbook("Кузбасс", "2101"))
    confirm_import(curator, run, sha256=run.sha256, good_rows_only=True)
    book = openpyxl.load_workbook(run.returned_file.open())
    book.active.cell(book.active.max_row, 1).value = "Алтай"
    corrected = BytesIO()
    book.save(corrected)

    again = upload(corrected.getvalue())
    confirm_import(curator, again, sha256=again.sha256)

    assert (again.outcome["rows"], again.outcome["refused"]) == (1, 0)
    assert written() == ["Алтай", "Кузбасс"]


def test_unreadable_file_is_refused_with_its_reason(upload, curator):
    run = upload("это не книга".encode("utf-16"), name="база.xlsx")

    assert stands(run) == (ImportStep.REFUSED, RunState.READY)
    assert run.message != ""
    with pytest.raises(ValidationError):
        confirm_import(curator, run, sha256=run.sha256)


def test_data_changed_meanwhile_send_the_owner_back_to_the_new_result(checked, curator):
    Region.objects.create(name="Алтай")

    confirm_import(curator, checked, sha256=checked.sha256)

    assert stands(checked) == (ImportStep.CONFIRM, RunState.READY)
    assert (checked.outcome["added"], checked.outcome["unchanged"], checked.outcome["committed"]) == (
        1,
        1,
        False,
    )
    assert checked.message != ""
    assert written() == ["Алтай"]
    assert AccessRecord.objects.count() == 0

    confirm_import(curator, checked, sha256=checked.sha256)
    assert stands(checked) == (ImportStep.DONE, RunState.READY)
    assert written() == ["Алтай", "Кузбасс"]


def test_confirmation_is_bound_to_the_file_that_was_seen(checked, curator):
    with pytest.raises(ValidationError) as refusal:
        confirm_import(curator, checked, sha256="0" * 64)
    assert refusal.value.code == "file_changed"
    assert written() == []


def test_stored_copy_that_was_replaced_is_never_written(checked, curator, private_storage):
    (path,) = stored_files(private_storage)
    path.write_bytes(workbook("Подмена"))

    confirm_import(curator, checked, sha256=checked.sha256)

    assert stands(checked) == (ImportStep.WRITE, RunState.FAILED)
    assert checked.message != ""
    assert written() == []


def test_new_answers_are_checked_before_anything_is_written(checked, curator):
    confirm_import(curator, checked, sha256=checked.sha256, answers={"2:homonym": "new"})

    assert stands(checked) == (ImportStep.CONFIRM, RunState.READY)
    assert checked.answers == {"2:homonym": "new"}
    assert written() == []

    confirm_import(curator, checked, sha256=checked.sha256, answers={"2:homonym": "new"})
    assert written() == ["Алтай", "Кузбасс"]


def test_owner_chooses_the_column_and_the_workbook_is_checked_again(upload, curator):
    book = openpyxl.Workbook()
    for line in [("Субъект", "Центр"), ("Кузбасс", "Кемерово")]:
        book.active.append(line)
    stream = BytesIO()
    book.save(stream)
    run = upload(stream.getvalue())
    assert run.step == ImportStep.REFUSED

    recheck_import(curator, run, mapping={"name": "Субъект"})

    assert stands(run) == (ImportStep.CONFIRM, RunState.READY)
    assert run.outcome["added"] == 1


def test_finished_import_is_not_checked_again(checked, curator):
    confirm_import(curator, checked, sha256=checked.sha256)
    with pytest.raises(ValidationError):
        recheck_import(curator, checked, answers={})


def test_only_the_owner_confirms(checked, colleague):
    with pytest.raises(PermissionDenied):
        confirm_import(colleague, checked, sha256=checked.sha256)
    with pytest.raises(PermissionDenied):
        recheck_import(colleague, checked, answers={})
    with pytest.raises(PermissionDenied):
        cancel_run(colleague, checked)
    assert written() == []


def test_owner_who_lost_the_rights_can_neither_confirm_nor_have_it_written(checked, curator):
    ImportRun.objects.filter(pk=checked.pk).update(step=ImportStep.WRITE, state=RunState.WAITING)
    Membership.objects.filter(user=curator).update(ended_on=date(2021, 1, 1))

    advance_import(checked.pk)

    assert stands(checked) == (ImportStep.WRITE, RunState.FAILED)
    assert checked.message != ""
    assert written() == []
    with pytest.raises(PermissionDenied):
        confirm_import(curator, checked, sha256=checked.sha256)


def test_upload_for_a_foreign_school_is_refused_before_it_is_stored(upload, stranger, private_storage):
    with pytest.raises(PermissionDenied):
        upload(workbook("Кузбасс"), user=stranger)
    assert ImportRun.objects.count() == 0
    assert stored_files(private_storage) == []


def test_municipal_workbook_is_for_those_who_oversee_the_municipality(
    regions, rings, scope_of, school, analyst, curator
):
    def upload(user):
        return receive_import(
            user,
            scope_of(user),
            kind="regions",
            file=ContentFile(workbook("Кузбасс")),
            file_name="a.xlsx",
            municipality=school.municipality,
        )

    assert upload(analyst).step == ImportStep.CONFIRM
    with pytest.raises(PermissionDenied):
        upload(curator)


def test_form_of_one_school_needs_the_school(regions, monkeypatch, upload):
    monkeypatch.setattr(regions, "needs_organization", True)
    with pytest.raises(ValidationError) as refusal:
        upload(workbook("Кузбасс"), organization=None)
    assert refusal.value.code == "organization"


def test_file_above_the_limit_and_unknown_kind_are_refused(upload, monkeypatch, private_storage):
    with pytest.raises(ValidationError) as refusal:
        upload(workbook("Кузбасс"), kind="novels")
    assert refusal.value.code == "kind"
    monkeypatch.setattr("exchange.uploads.Limits.for_page", lambda: imports_limits(100))
    with pytest.raises(ValidationError) as refusal:
        upload(workbook("Кузбасс"))
    assert refusal.value.code == "file_too_large"
    assert stored_files(private_storage) == []


def imports_limits(size):
    from common.sheets.limits import Limits

    return Limits(file_bytes=size)


def test_cancelled_import_loses_its_file_and_is_not_written(checked, curator, private_storage):
    assert cancel_run(curator, checked) is True

    assert stands(checked) == (ImportStep.CONFIRM, RunState.CANCELLED)
    assert not checked.file
    with pytest.raises(ValidationError):
        confirm_import(curator, checked, sha256=checked.sha256)
    assert written() == []


def test_finished_import_cannot_be_cancelled(checked, curator):
    confirm_import(curator, checked, sha256=checked.sha256)

    assert cancel_run(curator, checked) is False
    assert stands(checked) == (ImportStep.DONE, RunState.READY)
    assert default_storage.exists(checked.file.name)


def test_fault_at_the_end_of_writing_leaves_nothing_and_its_repeat_finishes(
    upload, curator, monkeypatch, private_storage
):
    run = upload(workbook("Кузбасс", "2101"))
    with monkeypatch.context() as faulty:
        # The rows are written and the returned workbook is stored when the fault comes.
        faulty.setattr("exchange.leases.Lease.finish", lambda self, **values: 1 / 0)
        confirm_import(curator, run, sha256=run.sha256, good_rows_only=True)

    assert stands(run) == (ImportStep.WRITE, RunState.FAILED)
    assert run.pk.hex[:8].upper() in run.message
    assert written() == []
    assert AccessRecord.objects.count() == 0
    assert len(stored_files(private_storage)) == 1

    assert repeat_run(curator, run) is True
    advance_import(run.pk)
    assert stands(run) == (ImportStep.DONE, RunState.READY)
    assert written() == ["Кузбасс"]
    assert len(stored_files(private_storage)) == 2
