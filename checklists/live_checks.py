"""Checks of items against registers, pairs, programmes and what the school says of itself (ux.md, 7)."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.enums import Achievement
from checklists.live import ENOUGH_PERCENT, Finding, LiveCheck, by_share, register_check
from mentors.dictionaries import long_dashed
from mentors.enums import Population, ProgramStatus, Side
from mentors.models import Pair, Participation, Program
from mentors.queries import active, without_program
from orgs.models import Organization

LISTED = 3
APPROVED = (ProgramStatus.APPROVED, ProgramStatus.RUNNING, ProgramStatus.COMPLETED)


@register_check("mentee_categories")
class MenteeCategories(LiveCheck):
    """Item 2: at least one category of mentees is used in the register."""

    def measure(self, organizations, year):
        found = {pk: {"titles": []} for pk in organizations}
        rows = (
            active(Participation.objects.filter(organization__in=organizations, role=Side.MENTEE))
            .filter(category__isnull=False)
            .order_by("category__position", "category__title")
            .values_list("organization", "category__title")
            .distinct()
        )
        for pk, title in rows:
            found[pk]["titles"].append(title)
        return found

    def finding(self, facts):
        titles = facts["titles"]
        if not titles:
            return Finding(Achievement.NOT_ACHIEVED, _("no category is given to a mentee in the register"))
        text = ngettext(
            "%(n)d category in the register: %(titles)s",
            "%(n)d categories in the register: %(titles)s",
            len(titles),
        )
        return Finding(Achievement.ACHIEVED, text % {"n": len(titles), "titles": _listed(titles)})


@register_check("forms_and_kinds")
class FormsAndKinds(LiveCheck):
    """Item 3: forms of mentoring that the pairs really have."""

    def measure(self, organizations, year):
        found = {pk: {"forms": {}, "pairs": 0} for pk in organizations}
        rows = (
            active(Pair.objects.filter(organization__in=organizations))
            .values("organization", "form__title")
            .annotate(pairs=Count("pk"))
            .order_by("-pairs", "form__title")
        )
        for row in rows:
            own = found[row["organization"]]
            own["forms"][row["form__title"]] = row["pairs"]
            own["pairs"] += row["pairs"]
        return found

    def finding(self, facts):
        forms, pairs = facts["forms"], facts["pairs"]
        if not forms:
            return Finding(Achievement.NOT_ACHIEVED, _("there are no pairs yet"))
        text = ngettext("%(n)d form", "%(n)d forms", len(forms)) % {"n": len(forms)}
        inside = ngettext("in %(n)d pair", "in %(n)d pairs", pairs) % {"n": pairs}
        return Finding(
            Achievement.ACHIEVED, f"{text} {inside}: {_listed([long_dashed(form) for form in forms])}"
        )


@register_check("mentors_trained")
class MentorsTrained(LiveCheck):
    """Item 4: mentors with a course who are in the single regional base."""

    def measure(self, organizations, year):
        found = {pk: {"adults": 0, "trained": 0, "in_base": 0} for pk in organizations}
        is_pupil = Q(population=Population.PUPIL) | Q(population="", form__mentor_population=Population.PUPIL)
        rows = (
            active(Participation.objects.filter(organization__in=organizations, role=Side.MENTOR))
            .exclude(is_pupil)
            .values("organization")
            .annotate(
                adults=Count("pk", distinct=True),
                trained=Count("pk", filter=Q(trainings__isnull=False), distinct=True),
                in_base=Count("pk", filter=Q(trainings__in_regional_base=True), distinct=True),
            )
            .order_by()
        )
        for row in rows:
            found[row.pop("organization")] = row
        return found

    def finding(self, facts):
        if not facts["trained"]:
            return Finding(Achievement.NOT_ACHIEVED, _("no mentor has a course on mentoring"))
        text = _("trained %(part)d of %(whole)d adult mentors, in the regional base %(in_base)d") % {
            "part": facts["trained"],
            "whole": facts["adults"],
            "in_base": facts["in_base"],
        }
        return Finding(Achievement.ACHIEVED if facts["in_base"] else Achievement.PARTLY, text)


@register_check("registers")
class Registers(LiveCheck):
    """Item 9: both bases are there, and filled in at least to 80 % of what the official form asks."""

    # Columns of the official forms (МР-42/02) that are known when a person enters.
    COLUMNS = {
        Side.MENTOR: ("person__contact", "competencies", "started_on"),
        Side.MENTEE: ("person__contact", "main_request", "started_on", "person__birth_year"),
    }

    def measure(self, organizations, year):
        found = {pk: {"mentors": 0, "mentees": 0, "filled": 0, "cells": 0} for pk in organizations}
        for side, name in ((Side.MENTOR, "mentors"), (Side.MENTEE, "mentees")):
            columns = self.COLUMNS[side]
            rows = (
                active(Participation.objects.filter(organization__in=organizations, role=side))
                .values("organization")
                .annotate(
                    people=Count("pk"),
                    **{
                        f"filled_{number}": Count("pk", filter=_is_filled(column))
                        for number, column in enumerate(columns)
                    },
                )
                .order_by()
            )
            for row in rows:
                own = found[row["organization"]]
                own[name] = row["people"]
                own["cells"] += row["people"] * len(columns)
                own["filled"] += sum(row[f"filled_{number}"] for number in range(len(columns)))
        return found

    def finding(self, facts):
        mentors, mentees = facts["mentors"], facts["mentees"]
        text = ", ".join(
            (
                ngettext("%(n)d mentor", "%(n)d mentors", mentors) % {"n": mentors},
                ngettext("%(n)d mentee", "%(n)d mentees", mentees) % {"n": mentees},
            )
        )
        if not mentors or not mentees:
            return Finding(Achievement.NOT_ACHIEVED, text)
        percent = facts["filled"] * 100 // facts["cells"]
        answer = Achievement.ACHIEVED if percent >= ENOUGH_PERCENT else Achievement.PARTLY
        return Finding(
            answer, _("%(people)s, filled in to %(percent)d %%") % {"people": text, "percent": percent}
        )


@register_check("programs")
class Programs(LiveCheck):
    """Item 10: approved personal programmes, and how many pairs have a programme."""

    def measure(self, organizations, year):
        found: dict[int, dict] = {pk: {"pairs": 0, "with_program": 0, "approved": 0} for pk in organizations}
        pairs = Pair.objects.filter(organization__in=organizations)
        for pk, count in _counts(active(pairs)):
            found[pk]["pairs"] = found[pk]["with_program"] = count
        for pk, count in _counts(without_program(pairs)):
            found[pk]["with_program"] -= count
        approved = Program.objects.filter(organization__in=organizations, status__in=APPROVED)
        for pk, count in _counts(approved):
            found[pk]["approved"] = count
        return found

    def finding(self, facts):
        if not facts["approved"]:
            return Finding(Achievement.NOT_ACHIEVED, _("there are no approved programmes"))
        text = ngettext("approved %(n)d programme", "approved %(n)d programmes", facts["approved"]) % {
            "n": facts["approved"]
        }
        share = _("%(part)d of %(whole)d pairs have a programme") % {
            "part": facts["with_program"],
            "whole": facts["pairs"],
        }
        return Finding(by_share(facts["with_program"], facts["pairs"]), f"{text}; {share}")


@register_check("mentoring_page")
class MentoringPage(LiveCheck):
    """Item 12: the address of the page is known. The portal opens no outside pages, so she looks herself."""

    def measure(self, organizations, year):
        rows = Organization.objects.filter(pk__in=organizations).values_list("pk", "mentoring_page")
        return {pk: {"url": url} for pk, url in rows}

    def finding(self, facts):
        if not facts["url"]:
            return Finding(
                Achievement.NOT_ACHIEVED, _("the card of the organization has no address of the page")
            )
        return Finding(
            Achievement.ACHIEVED,
            _("the address is in the card of the organization: %(url)s. Open it and check.") % facts,
        )


def _is_filled(column: str) -> Q:
    empty = Q(**{f"{column}__isnull": True})
    return ~(empty if column.endswith(("_on", "_year")) else empty | Q(**{column: ""}))


def _counts(rows):
    return rows.order_by().values_list("organization").annotate(found=Count("pk"))


def _listed(titles: list[str]) -> str:
    shown = ", ".join(titles[:LISTED])
    left = len(titles) - LISTED
    if left <= 0:
        return shown
    return _("%(shown)s and %(n)d more") % {"shown": shown, "n": left}
