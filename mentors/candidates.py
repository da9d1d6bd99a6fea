"""Who may be put into a new pair: people of the own school, the fitting and free ones first."""

from __future__ import annotations

import re

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common.search import SearchedKey, holds_words
from mentors.dictionaries import MentoringForm
from mentors.enums import Side
from mentors.models import Pair, Participation
from mentors.queries import active
from mentors.rights import writable
from orgs.scope import Scope

CLASS = re.compile(r"\s*(\d{1,2})\s*[-«\"]?\s*([А-Яа-яЁё]?)[»\"]?\s*")
MATCHES = 8


def candidates(scope: Scope, side: str) -> QuerySet:
    """Active participants of the side at the user's school with ``pairs_now``, how many pairs they have."""
    open_pairs = active(Pair.objects.filter(**{side: OuterRef("pk")})).order_by().values(side)
    rows = writable(active(Participation.objects.filter(role=side)), scope)
    return rows.select_related("person", "organization", "form").annotate(
        pairs_now=Coalesce(Subquery(open_pairs.annotate(found=Count("pk")).values("found")), 0)
    )


def fitting(rows: QuerySet, side: str, form: MentoringForm | None) -> QuerySet:
    """Those whom the form allows on this side; who is unknown fits any form."""
    if form is None:
        return rows
    wanted = getattr(form, f"{side}_population")
    unsaid = Q(form__isnull=True) | Q(**{f"form__{side}_population": wanted})
    return rows.filter(Q(population=wanted) | (Q(population="") & unsaid))


def matching(rows: QuerySet, side: str, text: str, *, limit: int = MATCHES) -> list[Participation]:
    """The first rows whose name or class holds the text; those who wait for a pair stand first."""
    if found := CLASS.fullmatch(text):
        rows = rows.filter(class_name__startswith="".join(found.groups()).upper())
    elif text.strip():
        rows = rows.annotate(searched=SearchedKey("person__name_key")).filter(holds_words("searched", text))
    if side == Side.MENTOR:
        # The freest first; a mentor who named no limit comes after those with free places.
        rows = rows.order_by(
            (Coalesce("capacity", 2) - F("pairs_now")).desc(), "pairs_now", "person__name_key", "pk"
        )
    else:
        rows = rows.order_by("pairs_now", "person__name_key", "pk")
    return list(rows[:limit])


def usual_form(mentor: Participation | None, mentee: Participation | None) -> MentoringForm | None:
    """The form that what is known of the chosen people points at, or None."""
    known = [row.form for row in (mentee, mentor) if row is not None and row.form_id]
    if known:
        return known[0]
    wanted = {
        f"{side}_population": row.population
        for side, row in ((Side.MENTOR, mentor), (Side.MENTEE, mentee))
        if row is not None and row.population
    }
    if not wanted:
        return None
    return MentoringForm.objects.filter(active=True, **wanted).order_by("position").first()
