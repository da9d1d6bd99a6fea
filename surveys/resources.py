"""The workbook of survey answers: anonymous answers of the second wave, a row an answer."""

from __future__ import annotations

from collections import Counter
from functools import partial

from django.db.models import Count, F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.bulk import CREATED, insert_rows, reserve_ids, write_history
from common.cells import clean_text_with_warnings, parse_date, parse_score, parse_yes_no
from common.dates import today
from common.importing import (
    ADDED,
    Entry,
    Heading,
    Thing,
    TitleLookup,
    WorkbookResource,
    as_cell,
    hold,
    import_kinds,
)
from common.sheets.problems import Level, Problem
from mentors.models import MentoringForm
from orgs.imports import OrganizationFinder, inn_heading, reachable, text
from surveys.enums import Respondent, Wave
from surveys.models import Answer

LONGEST_COMMENT = 10_000
FIELDS = (
    "organization_id",
    "respondent",
    "form_id",
    "answered_on",
    "joint_work",
    "result",
    "enjoyed",
    "comment",
)


class RoleName:
    """A side of mentoring by the words that workbooks use for it."""

    def __init__(self, code: str, title: str, *synonyms: str):
        self.code, self.title, self.synonyms = code, title, synonyms


ROLES = (
    RoleName(Respondent.MENTOR, "наставник", "наставники", "от наставника", "ментор", "анкета наставника"),
    RoleName(
        Respondent.MENTEE,
        "наставляемый",
        "наставляемая",
        "наставляемые",
        "от наставляемого",
        "менти",
        "подопечный",
        "анкета наставляемого",
    ),
)
TITLES = {role.code: role.title for role in ROLES}


@import_kinds.register("survey_answers")
class SurveyAnswerResource(WorkbookResource):
    """Answers without names.

    An answer has no key: the rows of a file and the stored answers are compared as multisets, so that the
    same file once more adds nothing and two equal answers of one file are two answers.
    """

    kind = "survey_answers"
    things = (
        Thing(
            "survey_answers",
            gettext_lazy("Answers to surveys"),
            lambda n: ngettext("%(n)d answer to a survey", "%(n)d answers to surveys", n) % {"n": n},
            "surveys",
        ),
    )
    title = gettext_lazy("Answers to surveys")
    sheet_title = "Ответы"
    order = 80

    inn = inn_heading()
    role = Heading(
        "Роль",
        "Роль участника",
        "Роль респондента",
        "Кто отвечает",
        "Респондент",
        parse=text(60),
        required=True,
        needed=True,
        choices=tuple(TITLES.values()),
    )
    form = Heading(
        "Форма наставничества",
        "Форма",
        "Модель наставничества",
        parse=text(250),
        required=True,
        needed=True,
        width=24,
    )
    answered_on = Heading(
        "Дата",
        "Дата ответа",
        "Дата опроса",
        "Дата заполнения",
        "Отметка времени",
        parse=parse_date,
        required=True,
        needed=True,
        kind="date",
    )
    joint_work = Heading(
        "Совместная работа (1–10)",
        "Совместная работа",
        "Насколько понравилась совместная работа",
        "Удовлетворённость совместной работой",
        "Удовлетворены ли Вы вашей совместной работой",
        "Оценка совместной работы",
        parse=parse_score,
        kind="integer",
    )
    result = Heading(
        "Результат (1–10)",
        "Результат",
        "Удовлетворённость результатом",
        "Довольны ли Вы результатом",
        "Оценка результата",
        parse=parse_score,
        kind="integer",
    )
    enjoyed = Heading(
        "Понравилось участвовать (да/нет)",
        "Понравилось участвовать",
        "Понравилось ли участвовать",
        "Понравилось ли Вам участвовать в программе",
        "Понравилось ли участвовать в программе",
        parse=parse_yes_no,
        choices=("да", "нет"),
    )
    comment = Heading(
        "Комментарий",
        "Комментарии",
        "Отзыв",
        "Пожелания",
        parse=partial(clean_text_with_warnings, max_length=LONGEST_COMMENT, multiline=True),
        width=40,
    )
    any_of = (("joint_work",), ("result",), ("enjoyed",))

    def __init__(self, context):
        super().__init__(context)
        self._organizations = OrganizationFinder(context)
        self._roles = TitleLookup(ROLES)
        self._forms = TitleLookup(MentoringForm.objects.all(), prefixes=("форма наставничества", "форма"))
        self._stored: Counter[tuple] = Counter()
        self._loaded: set[int] = set()
        self._same = 0

    @classmethod
    def tally(cls, added):
        return {cls.kind: len(added.get(Answer, ()))}

    def lock(self):
        hold(self.kind)

    def check_entry(self, entry):
        if entry["answered_on"] and entry["answered_on"] > today():
            entry.report(
                Level.ERROR,
                "date_future",
                _("The date of the answer lies in the future."),
                _("Check the date."),
                field="answered_on",
            )
        given = (entry["joint_work"], entry["result"], entry["enjoyed"])
        if given == (None, None, None) and not entry["comment"] and not entry.refused:
            entry.report(
                Level.ERROR,
                "answer_empty",
                _("The row has no answer: no score, no «да» or «нет», no comment."),
                _("Fill in the answers or delete the row."),
            )

    def take(self, entries):
        good = [entry for entry in entries if not entry.refused]
        self._organizations.locate(good)
        for entry in good:
            self._locate(entry)
        good = [entry for entry in good if not entry.refused]
        self._load({entry["organization_id"] for entry in good} - self._loaded)
        new = []
        for entry in good:
            answer = tuple(entry.values.get(name) for name in FIELDS)
            essence = _essence(answer)
            if self._stored[essence]:
                self._stored[essence] -= 1
                self._same += 1
            else:
                entry.touch(ADDED)
                new.append(answer)
        self._write(new)

    def finish(self):
        if self._same:
            message = ngettext(
                "%(count)d answer is stored already; it was not added again.",
                "%(count)d answers are stored already; they were not added again.",
                self._same,
            )
            self.problems.append(
                Problem(
                    Level.NOTICE,
                    "answers_stored_already",
                    message % {"count": self._same},
                    _("If these are answers of other people that happen to be equal, add them on the page."),
                    self.context.sheet,
                )
            )
        return []

    def export_rows(self):
        rows = (
            Answer.objects.visible_to(self.context.scope)
            .filter(organization__in=reachable(self.context), wave=Wave.SECOND)
            .order_by("organization__short_name", "organization__inn", "answered_on", "pk")
        )
        related = {"inn": F("organization__inn"), "form_title": F("form__title")}
        plain = ("respondent", "answered_on", "joint_work", "result", "enjoyed", "comment")
        for row in rows.values(*plain, **related).iterator():
            liked = row["enjoyed"]
            yield row | {
                "role": TITLES[row["respondent"]],
                "form": row["form_title"],
                "enjoyed": None if liked is None else "да" if liked else "нет",
            }

    def _locate(self, entry: Entry) -> None:
        role = self._roles.find(entry["role"])
        if role:
            entry.values["respondent"] = role.code
        else:
            entry.report(
                Level.ERROR,
                "role_unknown",
                _("“%(value)s” is neither a mentor nor a mentee.") % {"value": entry["role"]},
                _("Type «наставник» or «наставляемый»."),
                field="role",
            )
        form = self._forms.find(entry["form"])
        if form:
            entry.values["form_id"] = form.pk
        else:
            entry.report(
                Level.ERROR,
                "form_unknown",
                _("There is no form of mentoring “%(value)s”.") % {"value": entry["form"]},
                _("Choose one of: %(titles)s.") % {"titles": ", ".join(self._forms.all_titles())},
                field="form",
            )

    def _load(self, organizations: set[int]) -> None:
        """Counts the stored answers of organizations that the file has not named before."""
        self._loaded |= organizations
        if not organizations:
            return
        rows = (
            Answer.objects.visible_to(self.context.scope)
            .filter(organization__in=organizations, wave=Wave.SECOND)
            .values_list(*FIELDS)
            .annotate(times=Count("pk"))
            .order_by()
        )
        for *values, times in rows:
            self._stored[_essence(tuple(values))] += times

    def _write(self, answers: list[tuple]) -> None:
        ids = reserve_ids(Answer, len(answers))
        rows = [
            (pk, *answer[:-1], answer[-1] or "", answer[3].year, Wave.SECOND.value, "{}")
            for pk, answer in zip(ids, answers, strict=True)
        ]
        insert_rows(Answer, ("id", *FIELDS, "year", "wave", "values"), rows)
        write_history(Answer, ids, kind=CREATED, user=self.context.actor, reason=self.context.reason)


def _essence(values: tuple) -> tuple:
    """What makes two answers equal; spaces and line breaks of the comment do not count."""
    *others, comment = values
    return (*others, as_cell(comment or ""))
