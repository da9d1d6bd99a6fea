"""What an import would do or has done, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from common.importing import Thing, import_kinds
from common.sheets.problems import Level
from exchange.models import ImportRun
from exchange.problems import DOUBLES, ERRORS, QUESTIONS, Problems


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of a thing, with the page that lists them."""

    thing: Thing
    count: int

    @property
    def words(self) -> str:
        return self.thing.counted(self.count)


def things_added(run: ImportRun) -> list[Counted]:
    """What is added, in the order in which the kinds name their things; nothing is left out silently."""
    tally = run.outcome.get("tally", {})
    kinds = dict.fromkeys([run.kind, *(part["kind"] for part in run.outcome.get("parts", ()))])
    things: dict[str, Thing] = {}
    for kind in kinds:
        if kind in import_kinds:
            things |= {thing.code: thing for thing in import_kinds.get(kind).things}
    return [Counted(thing, tally[code]) for code, thing in things.items() if tally.get(code)]


def joined(words: list[str]) -> str:
    """«one, two and three»."""
    if len(words) < 2:
        return "".join(words)
    return _("%(most)s and %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def promise(run: ImportRun) -> str:
    """What the confirmation will bring: «Будет добавлено: …. Обновлено: 3. Отложено: 0»."""
    outcome = run.outcome
    added = [item.words for item in things_added(run)]
    if not added and outcome.get("added"):
        added = [rows_counted(outcome["added"])]
    return _(
        "Will be added: %(added)s. Updated: %(updated)d. Without a change: %(unchanged)d. "
        "Put off: %(refused)d."
    ) % {
        "added": ", ".join(added) or _("nothing"),
        "updated": outcome.get("updated", 0),
        "unchanged": outcome.get("unchanged", 0),
        "refused": outcome.get("refused", 0),
    }


def result(run: ImportRun) -> str:
    """What a written import has brought: «Готово. Добавлено: 30 наставников. 3 записи обновлены»."""
    outcome = run.outcome
    added = [item.words for item in things_added(run)]
    if not added and outcome.get("added"):
        added = [rows_counted(outcome["added"])]
    sentences = [pgettext("import", "Done")]
    if added:
        # The counted words may be of any gender and number: they follow a colon.
        sentences.append(_("Added: %(things)s") % {"things": joined(added)})
    if updated := outcome.get("updated", 0):
        sentences.append(ngettext("%(n)d record updated", "%(n)d records updated", updated) % {"n": updated})
    if len(sentences) == 1:
        sentences.append(_("Everything in the file was in the portal already"))
    return ". ".join(sentences)


def rows_counted(count: int) -> str:
    """«90 строк»."""
    return ngettext("%(n)d row", "%(n)d rows", count) % {"n": count}


def what_is_left(run: ImportRun, problems: Problems) -> str:
    """What the confirmation waits for: «станет доступно после 4 исправлений и 3 ответов»."""
    decisive = [issue.level for issue in problems.of_rows if issue.is_decisive]
    answers = decisive.count(Level.QUESTION)
    # Of problems that are shown no more nobody knows whether an answer settles them.
    corrections = len(decisive) - answers + run.outcome.get("omitted_issues", 0)
    parts = []
    if corrections:
        count = npgettext("after", "%(n)s correction", "%(n)s corrections", corrections)
        parts.append(count % {"n": corrections})
    if answers:
        parts.append(npgettext("after", "%(n)s answer", "%(n)s answers", answers) % {"n": answers})
    return _("becomes possible after %(what)s") % {"what": joined(parts)}


def reading(run: ImportRun, problems: Problems) -> str:
    """What was read: «81 готова, в 4 есть ошибки, по 3 нужен ваш ответ, 2 похожи на дубли»."""
    outcome = run.outcome
    good = outcome.get("rows", 0) - outcome.get("refused", 0)
    parts = [ngettext("%(n)d is ready", "%(n)d are ready", good) % {"n": good}]
    if errors := problems.rows_on(ERRORS):
        parts.append(ngettext("%(n)d has mistakes", "%(n)d have mistakes", errors) % {"n": errors})
    if questions := problems.rows_on(QUESTIONS):
        parts.append(
            ngettext("%(n)d needs your answer", "%(n)d need your answer", questions) % {"n": questions}
        )
    if doubles := problems.rows_on(DOUBLES):
        parts.append(
            ngettext("%(n)d looks like a double", "%(n)d look like doubles", doubles) % {"n": doubles}
        )
    return ", ".join(parts)
