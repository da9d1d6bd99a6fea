"""The set-up refuses old machines in one line; the translation tool finds what is missing."""

import ast
import os
import subprocess
from pathlib import Path

import polib
import pytest

from scripts import checks, messages

ROOT = Path(__file__).resolve().parent.parent.parent


def fake(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def set_up(path: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / "setup.sh")],
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_old_python_is_refused_in_one_line(tmp_path):
    old = fake(tmp_path, "python3.9", 'test "$1" = --version && echo "Python 3.9.2" && exit 0; exit 1')

    done = set_up(os.environ["PATH"], PYTHON=str(old))

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "Нужен Python 3.11 или новее, найден: Python 3.9.2 / Python 3.11 or newer is needed (PYTHON=…)"
    ]


def test_an_old_node_is_refused_in_one_line(tmp_path):
    fake(tmp_path, "node", 'test "$1" = --version && echo v18.19.0 && exit 0; exit 1')

    done = set_up(f"{tmp_path}:{os.environ['PATH']}")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Нужен Node 20 или новее, найден: v18.19.0 / Node 20 or newer is needed"
    ]


def message_in(code: str) -> messages.Message:
    (call,) = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    (message,) = messages._message(call, "x.py:1")
    return message


@pytest.mark.parametrize(
    ("code", "context", "text", "plural"),
    [
        ('_("a" "b")', None, "ab", None),
        ('pgettext_lazy("pages", "Back")', "pages", "Back", None),
        ('ngettext("%(n)d row", "%(n)d rows", n)', None, "%(n)d row", "%(n)d rows"),
        ('translation.gettext("a")', None, "a", None),
    ],
)
def test_messages_are_found_in_every_form_of_the_call(code, context, text, plural):
    message = message_in(code)

    assert (message.context, message.text, message.plural) == (context, text, plural)


@pytest.mark.parametrize(
    ("code", "entry", "complaint"),
    [
        ('_("Row")', None, "no translation"),
        ('_("Row")', {"msgstr": ""}, "no translation"),
        ('_("Row")', {"msgstr": "Строка", "flags": ["fuzzy"]}, "no translation"),
        ('_("Row %(n)d")', {"msgstr": "Строка"}, "placeholders"),
        ('_("Row {n}")', {"msgstr": "Строка {m}"}, "placeholders"),
        (
            'ngettext("%(n)d row", "%(n)d rows", n)',
            {"msgid_plural": "%(n)d rows", "msgstr_plural": {0: "%(n)d строка", 1: "%(n)d строки"}},
            "three plural forms",
        ),
    ],
)
def test_a_translation_that_is_not_whole_is_named(code, entry, complaint):
    message = message_in(code)
    found = polib.POEntry(msgid=message.text, **entry) if entry else None

    (fault,) = messages.faults(message, found)

    assert complaint in fault


def test_a_whole_translation_has_no_faults():
    message = message_in('ngettext("%(n)d row", "%(n)d rows", n)')
    forms = {0: "%(n)d строка", 1: "%(n)d строки", 2: "%(n)d строк"}
    entry = polib.POEntry(msgid=message.text, msgid_plural=message.plural, msgstr_plural=forms)

    assert list(messages.faults(message, entry)) == []


def test_a_translation_that_nothing_says_is_left_over():
    said = [(None, "Mentors"), ("tab", "Targets")]
    assert messages.left_over([*said, (None, "Targets")], said) == [(None, "Targets")]


def test_outside_addresses_are_told_from_names_of_vocabularies(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    monkeypatch.setattr(checks, "DIST", tmp_path)
    (tmp_path / "a.css").write_text("a{background:url(//cdn.example.com/a.png)}")
    (tmp_path / "b.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "c.js").write_text('fetch("https://stat.example.org/hit")')

    assert checks.assets() == [
        "a.css: outside address //cdn.example.com/a.png",
        "c.js: outside address https://stat.example.org/hit",
    ]


def test_the_locks_hold_what_the_lists_say():
    assert checks.locks() == []
