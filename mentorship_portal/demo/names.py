"""Russian names of both genders with endings that agree."""

from __future__ import annotations

import json
from random import Random

from common.text import PersonName
from mentorship_portal.demo.world import DATA


class NameMaker:
    """Draws names; a full name occurs once, so that namesakes are only those made on purpose."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.lists = json.loads((DATA / "names.json").read_text(encoding="utf-8"))
        lists = self.lists
        self.surnames = lists["surnames"] + lists["surnames_adjective"] + lists["surnames_fixed"]
        self.fathers = {ending: name for name, endings in lists["patronymics"].items() for ending in endings}
        self.men = {form: last for last in self.surnames for form in (last, feminine(last))}
        self.taken: set[str] = set()

    def child(self) -> PersonName:
        """A pupil's or student's name."""
        girl = self.rng.random() < 0.53
        return self._fresh("girls" if girl else "boys", "fathers_of_children", female=girl)

    def adult(self, *, women: float = 0.86) -> PersonName:
        """An adult's name; ``women`` is their share, high among teachers."""
        woman = self.rng.random() < women
        return self._fresh("women" if woman else "men", "fathers_of_adults", female=woman)

    def parent_of(self, name: PersonName) -> str:
        """The full name of a child's mother or father: the father's name is known from the patronymic."""
        base = self.men.get(name.last, name.last)
        grandfather = self.rng.choice(self.lists["fathers_of_adults"])
        if self.rng.random() < 0.8:
            mother = self.rng.choice(self.lists["women"])
            return f"{feminine(base)} {mother} {self.lists['patronymics'][grandfather][1]}"
        return f"{base} {self.fathers[name.patronymic]} {self.lists['patronymics'][grandfather][0]}"

    def _fresh(self, first_names: str, fathers: str, *, female: bool) -> PersonName:
        while True:
            last = self.rng.choice(self.surnames)
            name = PersonName(
                feminine(last) if female else last,
                self.rng.choice(self.lists[first_names]),
                self.lists["patronymics"][self.rng.choice(self.lists[fathers])][female],
            )
            if name.full not in self.taken:
                self.taken.add(name.full)
                return name


def feminine(last: str) -> str:
    """The woman's form of a man's surname; «Ким», «Шевченко» and «Черных» do not change."""
    if last.endswith(("ский", "цкий", "ной", "вой", "ской", "ный")):
        return f"{last[:-2]}ая"
    if last.endswith(("ов", "ёв", "ев", "ин", "ын")):
        return f"{last}а"
    return last
