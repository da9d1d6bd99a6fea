"""Translations without GNU gettext.

compile  locale/parts/*.po into locale/ru/LC_MESSAGES/django.mo
check    every message of the code and the templates has a whole Russian translation, and none is left over
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
TARGET = LOCALE / "ru" / "LC_MESSAGES" / "django.mo"
PARTS = LOCALE / "parts"
PLURAL_FORMS = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "ru",
    "Plural-Forms": PLURAL_FORMS,
}
SKIPPED_FOLDERS = {".venv", "node_modules", "var", "tests", "scripts", "migrations", ".git", "static"}
# Positions of context, message and plural among the arguments of each function.
PLAIN, PLURAL, CONTEXT, CONTEXT_PLURAL = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
FUNCTIONS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}
TEMPLATE_CALL = re.compile(
    r"""(?:\bn?p?gettext|(?<![\w.])_)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)""",
)
Key = tuple[str | None, str]
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")


@dataclass(frozen=True)
class Message:
    """A message found in the code."""

    place: str
    context: str | None
    text: str
    plural: str | None

    @property
    def key(self) -> Key:
        return self.context, self.text


def merged_parts() -> tuple[polib.POFile, list[str]]:
    """The parts as one sorted catalogue, and conflicts: one message, two different translations."""
    merged = polib.POFile(wrapwidth=0)
    merged.metadata = HEADER
    origins: dict[Key, tuple[polib.POEntry, str]] = {}
    problems = []
    for path in sorted(PARTS.glob("*.po")):
        for entry in polib.pofile(str(path)):
            key = (entry.msgctxt, entry.msgid)
            known, origin = origins.get(key, (None, ""))
            if known is None:
                origins[key] = (entry, path.name)
            elif (known.msgstr, known.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                problems.append(
                    f"{path.name} and {origin} translate {entry.msgid!r} differently: "
                    f"{entry.msgstr or entry.msgstr_plural!r}, {known.msgstr or known.msgstr_plural!r}"
                )
    entries = [entry for entry, _origin in origins.values()]
    for entry in sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        entry.occurrences, entry.comment, entry.tcomment = [], "", ""
        merged.append(entry)
    return merged, problems


def compile_parts() -> list[str]:
    """Writes the compiled catalogue; returns the conflicts of the parts."""
    merged, problems = merged_parts()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    merged.save_as_mofile(str(TARGET))
    return problems


def check() -> list[str]:
    """Messages without a whole translation, translations whose placeholders differ or that nothing says."""
    merged, problems = merged_parts()
    catalogue = {(entry.msgctxt, entry.msgid): entry for entry in merged}
    seen = set()
    for message in [*python_messages(), *template_messages()]:
        if message.key in seen:
            continue
        seen.add(message.key)
        problems += [f"{message.place}: {what}" for what in faults(message, catalogue.get(message.key))]
    problems += [
        f"nothing says {text!r} any more: take its translation out" for _, text in left_over(catalogue, seen)
    ]
    return problems


def left_over(catalogue: Iterable[Key], said: Iterable[Key]) -> list[Key]:
    """Keys of translations whose message stands in no code and no template."""
    return sorted(set(catalogue) - set(said), key=lambda key: (key[1], key[0] or ""))


def faults(message: Message, entry: polib.POEntry | None) -> Iterator[str]:
    """What is wrong with the translation of one message."""
    if entry is None or not entry.translated() or entry.fuzzy:
        yield f"no translation of {message.text!r}"
        return
    translations = [entry.msgstr]
    if message.plural is not None:
        if len(entry.msgstr_plural) != 3 or not all(entry.msgstr_plural.values()):
            yield f"three plural forms are needed for {message.text!r}"
            return
        translations = list(entry.msgstr_plural.values())
    wanted = set(PLACEHOLDER.findall(message.text)) | set(PLACEHOLDER.findall(message.plural or ""))
    for translation in translations:
        found = set(PLACEHOLDER.findall(translation))
        if not found <= wanted or (message.plural is None and found != wanted):
            yield f"placeholders of {message.text!r} differ in {translation!r}"


def python_messages() -> Iterator[Message]:
    """Messages of the Python code."""
    for path in _files("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _message(node, f"{path.relative_to(ROOT)}:{node.lineno}")


def template_messages() -> Iterator[Message]:
    """Messages of the templates, found by Django's own extractor."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    for pattern in ("*.html", "*.txt"):
        for path in _files(pattern):
            if "templates" not in path.parts:
                continue
            source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            for number, line in enumerate(source.splitlines(), start=1):
                for call in TEMPLATE_CALL.findall(line):
                    node = ast.parse(call, mode="eval").body
                    yield from _message(node, f"{path.relative_to(ROOT)}:{number}")


def _message(call: ast.Call, place: str) -> Iterator[Message]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in FUNCTIONS:
        return
    values = [
        argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
        for argument in call.args
    ]
    context, text, plural = (
        None if at is None or at >= len(values) else values[at] for at in FUNCTIONS[name]
    )
    if text:
        yield Message(place, context, text, plural)


def _files(pattern: str) -> Iterator[Path]:
    for path in sorted(ROOT.rglob(pattern)):
        if not SKIPPED_FOLDERS & set(path.relative_to(ROOT).parts):
            yield path


ACTIONS = {"compile": compile_parts, "check": check}


def main(action: str) -> int:
    """Runs one action; the exit status is 1 when it found problems."""
    problems = ACTIONS[action]()
    for problem in problems:
        print(problem)
    if problems:
        print(f"{action}: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ACTIONS:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
