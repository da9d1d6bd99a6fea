"""States of self-audits, answers and verdicts in the words and shapes of the pages."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import SelfAudit
from common.badges import Badge

# Shape and sign of an answer; the sign stands in cells of the matrix and in print.
TONES = {Achievement.ACHIEVED: "", Achievement.PARTLY: "off", Achievement.NOT_ACHIEVED: "off"}
SHAPES = {Achievement.ACHIEVED: "ok", Achievement.PARTLY: "near", Achievement.NOT_ACHIEVED: "bad"}


def status_badge(status: str) -> Badge:
    """A state in the fixed words of the glossary; amber is what the school has to mend."""
    return {
        AuditStatus.NOT_STARTED: Badge(_("Not begun"), shape="none"),
        AuditStatus.FILLING: Badge(_("Being filled in"), "off", "near", plain=True),
        AuditStatus.SUBMITTED: Badge(_("Under review"), shape="wait"),
        AuditStatus.RETURNED: Badge(pgettext("self-audit", "Returned"), "warn", "warn"),
        AuditStatus.ACCEPTED: Badge(pgettext("self-audit", "Accepted"), shape="ok", plain=True),
    }[AuditStatus(status)]


def answer_badge(answer: str) -> Badge:
    """An answer, or that there is none yet."""
    if not answer:
        return Badge(_("No answer"), shape="none")
    return Badge(
        str(Achievement(answer).label).capitalize(),
        TONES[Achievement(answer)],
        SHAPES[Achievement(answer)],
        plain=True,
    )


def verdict_badge(verdict: str) -> Badge | None:
    """The methodologist's verdict; None while there is none."""
    if verdict == Verdict.ACCEPTED:
        return Badge(_("The methodologist agrees"), shape="ok", plain=True)
    if verdict == Verdict.RETURNED:
        return Badge(_("Returned by the methodologist"), "warn", "warn")
    return None


def result_text(audit: SelfAudit, returned: int) -> str:
    """«Accepted», «Returned: 2 items»: the result of the review; empty before it."""
    if audit.status == AuditStatus.ACCEPTED:
        return pgettext("self-audit", "Accepted")
    if audit.status == AuditStatus.RETURNED:
        return ngettext("Returned: %(n)d item", "Returned: %(n)d items", returned) % {"n": returned}
    return ""


def items_text(numbers: list[int]) -> str:
    """«item 3», «items 3, 10»; empty without numbers."""
    if not numbers:
        return ""
    return ngettext("item %(numbers)s", "items %(numbers)s", len(numbers)) % {
        "numbers": numbers_text(numbers)
    }


def numbers_text(numbers: list[int]) -> str:
    """«3, 4, 11»."""
    return ", ".join(map(str, numbers))
