"""Names that may be short for others: «Ким Р.», «Ким Роман», «Ким Роман Тимурович»."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from common.names import PersonName
from common.spelling import name_key
from mentors.models import Participation


def similar_names(scope, organization, partners: Mapping[str, PersonName]) -> dict[str, list[str]]:
    """Of names that nobody in the school has: the keys of its people who may be meant; one query."""
    rows = Participation.objects.known_to(scope).filter(organization=organization).order_by()
    columns = ("person__name_key", "person__last_name", "person__first_name", "person__patronymic")
    by_surname: dict[str, dict[str, PersonName]] = defaultdict(dict)
    known = set()
    for key, *parts in rows.values_list(*columns).distinct().iterator(chunk_size=2000):
        name = PersonName(*parts)
        known.add(key)
        by_surname[name_key(name.last)][key] = name
    found = {}
    for key, name in partners.items():
        if key in known:
            continue
        others = by_surname.get(name_key(name.last), {})
        if similar := sorted(other for other, full in others.items() if may_mean(name, full)):
            found[key] = similar
    return found


def may_mean(one: PersonName, other: PersonName) -> bool:
    """Whether both may name one person: what one leaves out or shortens to a letter, the other has."""
    return (
        name_key(one.last) == name_key(other.last)
        and _agree(one.first, other.first)
        and (not one.patronymic or not other.patronymic or _agree(one.patronymic, other.patronymic))
    )


def _agree(one: str, other: str) -> bool:
    one, other = name_key(one).rstrip("."), name_key(other).rstrip(".")
    shorter = min(len(one), len(other))
    return one == other or (shorter == 1 and one[:1] == other[:1])
