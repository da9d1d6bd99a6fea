"""What workbooks add, in words: «30 наставников, 57 наставляемых, 41 пара»."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """A kind of record: ``counted`` says a number of them, ``title`` names the line of the result.

    ``route`` is the name of the page that lists them, with the parts of its query in ``query``.
    """

    code: str
    title: str
    counted: Callable[[int], str]
    route: str = ""
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do after a workbook was loaded: a task with the page where it is done."""

    title: str
    text: str
    icon: str
    route: str
    query: tuple[tuple[str, str], ...] = ()
