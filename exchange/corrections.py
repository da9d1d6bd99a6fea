"""What the owner of an import decides on the page of its problems: cells, rows, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from exchange.models import ImportRun
from exchange.problems import SHARED_ANSWERS, Issue, Problems

LONGEST_CELL = 10_000


@dataclass(slots=True)
class Decision:
    """All that has been decided so far, the earlier decisions among it."""

    corrections: dict[str, str]
    excluded: list[str]
    answers: dict[str, str]


def decide(run: ImportRun, problems: Problems, data: Mapping[str, str]) -> Decision:
    """The decisions of a sent form on top of the earlier ones.

    ``cell-<address>`` are typed texts (``was-<address>`` what stood there); of the buttons ``set`` takes a
    suggestion, ``spread`` what is typed or suggested for all equal cells, ``clear`` empties a cell,
    ``restore`` brings back what the file says, ``exclude`` and ``include`` name a row, ``answer`` and
    ``answer_all`` are «key=value». Anything that was not offered raises ``ValidationError``.
    """
    decision = Decision(dict(run.corrections), list(run.excluded), dict(run.answers))
    _typed(decision, problems, data)
    if address := data.get("set"):
        issue = _offered(problems, address)
        decision.corrections[address] = issue.suggestion
    if address := data.get("spread"):
        _spread(decision, problems, _offered(problems, address))
    if address := data.get("clear"):
        _offered(problems, address)
        decision.corrections[address] = ""
    if address := data.get("restore"):
        decision.corrections.pop(address, None)
    if (row := data.get("exclude")) and row not in decision.excluded:
        _offered(problems, row)
        decision.excluded.append(row)
    if row := data.get("include"):
        decision.excluded = [other for other in decision.excluded if other != row]
    _answer(decision, problems, data)
    return decision


def _typed(decision: Decision, problems: Problems, data: Mapping[str, str]) -> None:
    open_cells = {issue.address for issue in problems.of_rows if issue.column} | set(decision.corrections)
    for name, text in data.items():
        address = name.removeprefix("cell-")
        if not name.startswith("cell-") or address not in open_cells:
            continue
        if len(text) > LONGEST_CELL:
            raise ValidationError(_("The text in one of the cells is too long. Shorten it."))
        if text.strip() != data.get(f"was-{address}", "").strip():
            decision.corrections[address] = text.strip()


def _spread(decision: Decision, problems: Problems, issue: Issue) -> None:
    text = decision.corrections.get(issue.address, issue.suggestion)
    if not text:
        raise ValidationError(_("Type the right value into the cell first."))
    for other in problems.alike(issue):
        decision.corrections[other.address] = text


def _answer(decision: Decision, problems: Problems, data: Mapping[str, str]) -> None:
    key, _equals, value = data.get("answer", "").rpartition("=")
    if key:
        if not any(issue.key == key and _offers(issue, value) for issue in problems.of_rows):
            raise ValidationError(_("Choose one of the answers that are offered."))
        decision.answers[key] = value
    code, _equals, value = data.get("answer_all", "").rpartition("=")
    if code and value in SHARED_ANSWERS:
        for issue in problems.of_rows:
            if issue.code == code and _offers(issue, value):
                decision.answers[issue.key] = value


def _offers(issue: Issue, value: str) -> bool:
    return any(str(choice) == value for choice, _label in issue.choices)


def _offered(problems: Problems, address: str) -> Issue:
    issue = problems.at(address)
    if issue is None:
        raise ValidationError(_("The page was out of date. Look at the problems as they stand now."))
    return issue
