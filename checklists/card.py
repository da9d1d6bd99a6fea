"""The card of a self-audit: every item with what both sides and the portal's data say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists import queries
from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.forms import AnswerForm, ItemForm, VerdictForm
from checklists.live import Finding, finding_of, measured
from checklists.models import ChecklistItem, EvidenceFile, ItemAnswer, SelfAudit
from checklists.presenters import answer_badge, numbers_text, verdict_badge
from checklists.rights import may_answer, may_review
from common.badges import Badge
from orgs.scope import Scope


@dataclass(slots=True)
class Line:
    """One item. ``form`` is there for the part that the user may fill in now."""

    item: ChecklistItem
    given: ItemAnswer | None
    files: list[EvidenceFile] = field(default_factory=list)
    finding: Finding | None = None
    previous: ItemAnswer | None = None
    form: ItemForm | None = None
    saved: bool = False
    problem: str = ""

    @property
    def number(self) -> int:
        return self.item.number

    @property
    def answer(self) -> str:
        return self.given.answer if self.given else ""

    @property
    def badge(self) -> Badge:
        return answer_badge(self.answer)

    @property
    def verdict(self) -> Badge | None:
        return verdict_badge(self.given.verdict) if self.given else None

    @property
    def is_returned(self) -> bool:
        return self.given is not None and self.given.verdict == Verdict.RETURNED

    @property
    def answering(self) -> bool:
        return isinstance(self.form, AnswerForm)

    @property
    def reviewing(self) -> bool:
        return isinstance(self.form, VerdictForm)

    @property
    def contradicted(self) -> bool:
        """Whether the school has claimed more than the portal's data show."""
        return self.finding is not None and self.finding.contradicts(self.answer)

    @property
    def unproved(self) -> bool:
        """Whether it is called achieved, and neither evidence nor the portal's data confirm it."""
        if self.answer != Achievement.ACHIEVED or self.files or (self.given and self.given.evidence):
            return False
        return self.finding is None or self.finding.answer != Achievement.ACHIEVED

    @property
    def proposed(self) -> bool:
        """Whether the data propose an answer and the school has not answered yet."""
        return self.finding is not None and not self.answer

    @property
    def previous_badge(self) -> Badge | None:
        return answer_badge(self.previous.answer) if self.previous else None


@dataclass(slots=True)
class Card:
    """The whole card and the sentences of its foot."""

    audit: SelfAudit
    lines: list[Line]
    answering: bool
    reviewing: bool

    @property
    def answered(self) -> int:
        return sum(bool(line.answer) for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def left(self) -> list[int]:
        """Numbers of items without an answer."""
        return [line.number for line in self.lines if not line.answer]

    @property
    def left_text(self) -> str:
        """«5 items left: 3, 4, …»: why the self-audit cannot be sent yet; empty when it can."""
        left = self.left
        if not left:
            return ""
        return ngettext("%(n)d item left: %(numbers)s", "%(n)d items left: %(numbers)s", len(left)) % {
            "n": len(left),
            "numbers": numbers_text(left),
        }

    @property
    def unproved_text(self) -> str:
        """Which achieved items have nothing that confirms them."""
        numbers = [line.number for line in self.lines if line.unproved and line.answering]
        return _("Without evidence: %(numbers)s") % {"numbers": numbers_text(numbers)} if numbers else ""

    @property
    def returned(self) -> list[int]:
        return [line.number for line in self.lines if line.is_returned]

    @property
    def returned_text(self) -> str:
        return numbers_text(self.returned)

    @property
    def undecided(self) -> list[int]:
        """Numbers of items that wait for a verdict."""
        return [line.number for line in self.lines if line.given and not line.given.verdict]

    @property
    def agreed(self) -> int:
        return sum(line.given is not None and line.given.verdict == Verdict.ACCEPTED for line in self.lines)

    @property
    def decided_text(self) -> str:
        """«Decided 10 of 12: agreed 8, returned 2. Items 10 and 12 are left.»"""
        text = _("Decided %(part)d of %(whole)d: agreed %(agreed)d, returned %(returned)d.") % {
            "part": self.agreed + len(self.returned),
            "whole": self.total,
            "agreed": self.agreed,
            "returned": len(self.returned),
        }
        undecided = self.undecided
        if undecided and len(undecided) < self.total:
            text += " " + ngettext(
                "Item %(numbers)s is left.", "Items %(numbers)s are left.", len(undecided)
            ) % {"numbers": numbers_text(undecided)}
        return text

    @property
    def proposals(self) -> list[int]:
        """Numbers of items that the portal's data propose an answer for."""
        return [line.number for line in self.lines if line.proposed and line.answering]

    def line(self, item_id: int) -> Line | None:
        """The line of an item by its key."""
        return next((line for line in self.lines if line.item.pk == item_id), None)


def read_card(
    audit: SelfAudit, scope: Scope, *, data=None, files=None, only: int | None = None, compare: bool = False
) -> Card:
    """The card for the user of the scope; the same number of queries whatever was answered.

    ``data`` and ``files`` bind the forms, with ``only`` that of one item alone. With ``compare`` last year's
    answers stand beside this year's.
    """
    items = list(audit.template.items.all())
    given, attached = queries.answers_of(audit, scope), queries.files_of(audit, scope)
    answering, reviewing = may_answer(scope, audit), may_review(scope, audit)
    stamps = queries.stamps_of(audit) if answering or reviewing else {}
    facts = _facts(audit, items)
    before = {}
    if compare and (earlier := queries.previous_audit(audit, scope)):
        before = queries.answers_of(earlier, scope)
    lines = []
    for item in items:
        own = given.get(item.pk)
        kept = own.portal_facts if own is not None and item.live_data not in facts else None
        line = Line(
            item,
            own,
            attached.get(item.pk, []),
            finding_of(item, facts.get(item.live_data, {}).get(audit.organization_id, kept)),
            before.get(item.pk),
        )
        kind = _form_of(audit, line, answering=answering, reviewing=reviewing)
        if kind is not None:
            bound = only is None or only == item.pk
            line.form = kind(
                data if bound else None,
                files if bound else None,
                item=item,
                given=own,
                stamp=stamps.get(own.pk, "") if own else "",
            )
        lines.append(line)
    return Card(audit, lines, answering, reviewing)


def _facts(audit: SelfAudit, items) -> dict[str, dict]:
    """Live figures while the school works on it; afterwards those of the day when it was sent."""
    if audit.status in (AuditStatus.SUBMITTED, AuditStatus.ACCEPTED):
        return {}
    return measured(items, [audit.organization_id], audit.year)


def _form_of(audit: SelfAudit, line: Line, *, answering: bool, reviewing: bool) -> type[ItemForm] | None:
    if answering:
        closed = audit.status == AuditStatus.RETURNED and line.given is not None and not line.is_returned
        return None if closed else AnswerForm
    return VerdictForm if reviewing and line.given is not None else None
