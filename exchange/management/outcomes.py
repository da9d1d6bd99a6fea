"""Outcomes of imports in words for the operator, and the rows handed back as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.importing import ADDED, REFUSED, UNCHANGED, UPDATED, Outcome
from common.importing.returned import write_returned
from common.sheets.limits import Limits
from common.sheets.problems import Level, Problem

RETURNED_SUFFIX = "-исправить"
_LEVELS = (Level.ERROR, Level.QUESTION, Level.WARNING, Level.NOTICE)


def summary(outcome: Outcome) -> str:
    """The figures of one file in a sentence."""
    counts = outcome.counts
    found = ngettext("%(count)d row", "%(count)d rows", outcome.rows) % {"count": outcome.rows}
    text = _(
        "%(rows)s: added %(added)d, updated %(updated)d, unchanged %(unchanged)d, refused %(refused)d."
    ) % {
        "rows": found,
        "added": counts[ADDED],
        "updated": counts[UPDATED],
        "unchanged": counts[UNCHANGED],
        "refused": counts[REFUSED],
    }
    if outcome.pairs_added:
        pairs = ngettext("%(count)d new pair.", "%(count)d new pairs.", outcome.pairs_added) % {
            "count": outcome.pairs_added
        }
        text = f"{text} {pairs}"
    return text


def lines(outcome: Outcome) -> Iterator[str]:
    """Everything that there is to say about one file: figures, then problems in the order of the rows."""
    sheet = _("sheet “%(sheet)s”") % {"sheet": outcome.sheet} if outcome.sheet else ""
    yield ", ".join(filter(None, (_("File “%(file)s”") % {"file": outcome.file}, sheet)))
    if outcome.sheet and not outcome.file_refused:
        yield "  " + summary(outcome)
    issues = sorted(
        outcome.issues,
        key=lambda issue: (issue.row or 0, len(issue.column), issue.column, _LEVELS.index(issue.level)),
    )
    for issue in issues:
        yield "  " + problem_line(issue)
    if outcome.omitted_issues:
        more = ngettext("and %(count)d more problem", "and %(count)d more problems", outcome.omitted_issues)
        yield "  … " + more % {"count": outcome.omitted_issues}


def problem_line(issue: Problem) -> str:
    """«Ошибка · строка 14, столбец D «Год рождения», «2101»: … → …»."""
    words = {
        Level.ERROR: _("Error"),
        Level.QUESTION: _("Question"),
        Level.WARNING: _("Warning"),
        Level.NOTICE: _("Notice"),
    }
    place = []
    if issue.row:
        place.append(_("row %(row)d") % {"row": issue.row})
    if issue.column:
        heading = f" «{issue.heading}»" if issue.heading else ""
        place.append(_("column %(column)s") % {"column": issue.column} + heading)
    if issue.value:
        place.append(f"«{issue.value}»")
    where = f" · {', '.join(place)}" if place else ""
    advice = f" → {issue.fix}" if issue.fix else ""
    return f"{words[issue.level]}{where}: {issue.message}{advice}"


def conclusion(outcome: Outcome, *, dry_run: bool) -> str:
    """What has become of the database."""
    if outcome.committed:
        return _("Written.")
    if dry_run and not outcome.file_refused:
        return _("This was a check; nothing was written.")
    return _("Nothing was written.")


def hand_back(path: Path, outcome: Outcome, target: Path, limits: Limits) -> Path:
    """Writes the refused rows to ``target``; where that cannot be written, below the portal's data folder."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_returned(path, outcome, target, limits=limits)
    except OSError:
        # Mailed folders are often read-only; the rows must still reach their author.
        target = Path(settings.DATA_DIR, "returned", target.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_returned(path, outcome, target, limits=limits)
    return target
