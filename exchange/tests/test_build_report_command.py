"""``manage.py build_report`` writes a file or says in one line why not."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def test_report_on_a_municipality_is_written_by_the_ending_of_the_file(letter, school, tmp_path, capsys):
    file = tmp_path / "Письмо.txt"

    call_command("build_report", "letter", str(file), municipality="Приозёрск", year=2021)

    assert file.read_text() == "Приозёрск, 2021, 31.12.2021"
    assert str(file) in capsys.readouterr().out
    assert [path.name for path in tmp_path.glob("*.txt")] == ["Письмо.txt"]


def test_report_on_a_school_needs_only_its_inn_and_tells_json(letter, school, tmp_path, capsys):
    file = tmp_path / "a.txt"

    call_command(
        "build_report", "letter", str(file), organization=school.inn, year=2021, as_of=None, as_json=True
    )

    assert json.loads(capsys.readouterr().out) == {
        "kind": "letter",
        "file": str(file),
        "size": file.stat().st_size,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "municipality": "Приозёрск",
        "organization": school.inn,
    }


@pytest.mark.parametrize(
    ("kind", "file", "options", "status"),
    [
        ("novel", "a.txt", {"municipality": "Приозёрск"}, 2),
        ("letter", "a.pdf", {"municipality": "Приозёрск"}, 2),
        ("letter", "a", {"municipality": "Приозёрск"}, 2),
        ("letter", "a.txt", {}, 2),
        ("letter", "a.txt", {"municipality": "Нигде"}, 1),
        ("letter", "a.txt", {"organization": "5400000000"}, 1),
        ("letter", "absent/a.txt", {"municipality": "Приозёрск"}, 1),
    ],
)
def test_refusal_has_its_exit_status_and_leaves_no_file(
    letter, school, tmp_path, kind, file, options, status
):
    with pytest.raises(CommandError) as refusal:
        call_command("build_report", kind, str(tmp_path / file), year=2021, **options)

    assert refusal.value.returncode == status
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_school_of_another_municipality_is_named(letter, school, tmp_path):
    from orgs.models import Municipality

    Municipality.objects.create(name="Заречье")
    with pytest.raises(CommandError, match="Приозёрск") as refusal:
        call_command(
            "build_report",
            "letter",
            str(tmp_path / "a.txt"),
            municipality="Заречье",
            organization=school.inn,
            year=2021,
        )
    assert refusal.value.returncode == 1


def test_failed_rewriting_keeps_the_old_file(letter, school, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("old")
    letter.before_building = lambda context: 1 / 0

    with pytest.raises(ZeroDivisionError):
        call_command("build_report", "letter", str(file), municipality="Приозёрск", year=2021, verbosity=0)

    assert file.read_text() == "old"
