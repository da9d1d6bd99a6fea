"""Fields of people's forms: read by the parsers that workbooks are read with."""

from __future__ import annotations

import re
from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.cells import Birth, parse_birth, parse_class
from common.names import PersonName, parse_person_name
from common.sheets.problems import CellProblem
from mentors.enums import Population

CLASS = re.compile(r"(?:1[01]|[1-9])(?:[А-ЯЁ]|/\d{1,2})?")
PATRONYMIC = re.compile(r"(?:[вьмтк]ич|вна|чна)$", re.IGNORECASE)
DOUBTFUL = frozenset({"name_initials", "name_many_words", "name_cut"})


class CellField(forms.CharField):
    """A text field read by a cell parser of the workbooks, with the parser's own words of refusal."""

    def __init__(self, *, parse: Callable, **kwargs):
        super().__init__(**kwargs)
        self.parse = parse

    def clean(self, value):
        text = super().clean(value)
        try:
            found = self.parse(text)
        except CellProblem as problem:
            raise ValidationError(in_words(problem)) from problem
        return found[0] if isinstance(found, tuple) else found


class BirthField(CellField):
    """A year or a date of birth; the value is a :class:`common.cells.Birth`."""

    def __init__(self, **kwargs):
        super().__init__(parse=parse_birth, **kwargs)
        self.widget.attrs.update(inputmode="numeric", autocomplete="off")

    def prepare_value(self, value):
        if isinstance(value, Birth):
            return f"{value.date:%d.%m.%Y}" if value.date else (value.year or "")
        return value


class ClassField(CellField):
    """A class in its usual form: «10 б» is 10Б."""

    def __init__(self, **kwargs):
        super().__init__(parse=parse_class, **kwargs)


def in_words(problem: CellProblem) -> str:
    """What is wrong with a value and what to do."""
    return " ".join(str(part) for part in (problem.message, problem.fix) if part)


def read_name(text: str) -> tuple[PersonName, str]:
    """The name in one line, and why its parts should be looked at (empty text: they need not be).

    Raises ``ValidationError`` for what is no name of one person.
    """
    try:
        name, warnings = parse_person_name(text)
    except CellProblem as problem:
        raise ValidationError(in_words(problem)) from problem
    for warning in warnings:
        if warning.code in DOUBTFUL:
            return name, in_words(warning)
    if PATRONYMIC.search(name.first) and not PATRONYMIC.search(name.patronymic):
        turned = PersonName(name.patronymic, name.last, name.first) if name.patronymic else name
        return turned, _("The order looks unusual: check which word is the surname.")
    return name, ""


def read_parts(last: str, first: str, patronymic: str) -> PersonName:
    """The name in three fields; raises ``ValidationError`` by the name of the field."""
    try:
        return parse_person_name(None, (last, first, patronymic))[0]
    except CellProblem as problem:
        field = ("last_name", "first_name", "patronymic")[problem.part or 0]
        raise ValidationError({field: in_words(problem)}) from problem


def split_place(text: str) -> tuple[str, str]:
    """«Класс или должность» as a class and a position, one of them empty.

    Raises ``ValidationError`` when the text is too long for either.
    """
    try:
        found, _warnings = parse_class(text)
    except CellProblem:
        found = ""
    if CLASS.fullmatch(found):
        return found, ""
    return "", text


def said_population(class_name: str, position: str) -> str:
    """Who a person is when nobody has said: a class makes a pupil, a position a teacher, as in workbooks."""
    if class_name:
        return Population.PUPIL
    return Population.TEACHER if position else ""
