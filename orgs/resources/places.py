"""Municipalities and districts that a list of organizations names, found or made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from common.bulk import CREATED, insert_rows, reserve_ids
from common.importing import TitleLookup, title_key
from orgs.enums import STAFF_ROLES
from orgs.models import District, Municipality

# «г. Приозёрск» and «Приозёрск» are one municipality.
PREFIXES = ("г", "город", "городской округ", "муниципальный округ", "городской округ город", "го", "мо")


class Places:
    """What a run may put organizations into.

    Only those who oversee a whole municipality may add organizations to it or move them between its
    districts; only the operator, by command, makes new municipalities.
    """

    def __init__(self, scope, write_history: Callable):
        self._scope = scope
        self._write_history = write_history
        self._municipalities: TitleLookup | None = None
        self._made: dict[str, int] = {}

    @cached_property
    def _overseen(self) -> set[int]:
        return self._scope.overseen_municipality_ids(STAFF_ROLES)

    @property
    def may_make_municipalities(self) -> bool:
        return self._scope.sees_everything

    def municipality(self, name: str) -> Municipality | None:
        """The municipality of that name among those in the scope."""
        if self._municipalities is None:
            self._municipalities = TitleLookup(
                Municipality.objects.visible_to(self._scope),
                titles=("name",),
                synonyms="",
                codes=(),
                prefixes=PREFIXES,
            )
        return self._municipalities.find(name)

    def oversees(self, municipality_id: int) -> bool:
        """Whether the run may change the make-up of that municipality."""
        return self._scope.sees_everything or municipality_id in self._overseen

    @property
    def oversees_any(self) -> bool:
        """Whether there is a municipality whose make-up the run may change."""
        return self._scope.sees_everything or bool(self._overseen)

    def only_municipality(self) -> int | None:
        """The one municipality that a person oversees; None when there are several, or for the operator."""
        if self._scope.sees_everything or len(self._overseen) != 1:
            return None
        return next(iter(self._overseen))

    def district(self, municipality_id: int | None, name: str) -> int | None:
        """The key of the district of that name, or None when there is none yet."""
        return self._districts.get((municipality_id, title_key(name)))

    @cached_property
    def _districts(self) -> dict[tuple[int, str], int]:
        rows = District.objects.visible_to(self._scope).values_list("municipality_id", "name", "pk")
        return {(place, title_key(title)): pk for place, title, pk in rows}

    def make_municipalities(self, names: list[str]) -> dict[str, int]:
        """Keys of the municipalities of those names by ``title_key``; missing ones are made."""
        missing = {title_key(name): name for name in reversed(names)}
        for key in self._made:
            missing.pop(key, None)
        keys = dict(zip(missing, reserve_ids(Municipality, len(missing)), strict=True))
        insert_rows(Municipality, ("id", "name"), [(keys[key], name) for key, name in missing.items()])
        self._write_history(keys.values(), CREATED, Municipality)
        self._made.update(keys)
        return self._made

    def make_districts(self, wanted: list[tuple[int, str]]) -> None:
        """Makes the districts (municipality, name) that are missing; ``district`` then finds them."""
        missing = {
            (place, title_key(name)): name
            for place, name in reversed(wanted)
            if self.district(place, name) is None
        }
        keys = dict(zip(missing, reserve_ids(District, len(missing)), strict=True))
        rows = [(keys[place, key], place, name) for (place, key), name in missing.items()]
        insert_rows(District, ("id", "municipality_id", "name"), rows)
        self._write_history(keys.values(), CREATED, District)
        self._districts.update(keys)
