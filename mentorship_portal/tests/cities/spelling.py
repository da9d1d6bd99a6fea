"""How schools write the same thing in many ways."""

from __future__ import annotations

from datetime import date
from random import Random

MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
LOOKALIKES = str.maketrans("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX")
FORM_WORDS = {
    "ученик – ученик": ("ученик-ученик", "Ученик — ученик", "ученик–ученик", "УЧЕНИК - УЧЕНИК"),
    "учитель – учитель": ("педагог – педагог", "Педагог-педагог", "учитель-учитель", "П-П"),
    "студент – ученик": ("студент-ученик", "Студент –  ученик"),
    "работодатель – ученик": ("Работодатель-ученик", "работодатель — ученик"),
    "работодатель – студент": ("работодатель-студент", "Работодатель – студент"),
    "учитель – ученик": ("учитель-ученик", "педагог – ученик"),
}
NOTHING = (None, None, "", "-", "–", "нет")


class Plain:
    """The official spelling of everything."""

    def __init__(self, random: Random):
        self.random = random

    def name(self, text: str) -> str:
        return text

    def names(self, texts: list[str]) -> str:
        return "\n".join(texts)

    def nobody(self) -> str | None:
        return None

    def form(self, text: str) -> str:
        return text

    def day(self, day: date | None, *, may_be_words: bool = False) -> object:
        return day

    def birth(self, born: date | int | None) -> object:
        return born

    def number(self, value: int | None) -> object:
        return value

    def word(self, text: str) -> str:
        return text

    def inn(self, inn: str) -> object:
        return inn

    def heading(self, text: str) -> str:
        return text


class Messy(Plain):
    """What comes by mail."""

    def name(self, text: str) -> str:
        change = self.random.choice(
            (
                str,
                str,
                str,
                lambda name: f"\xa0{name}",
                lambda name: f"{name} ",
                lambda name: name.replace(" ", "  "),
                lambda name: name.replace(" ", "\xa0", 1),
                lambda name: name.replace("ё", "е"),
                self._with_latin_letter,
                str.upper,
                lambda name: name.replace("-", " - "),
            )
        )
        return change(text)

    def _with_latin_letter(self, name: str) -> str:
        places = [index for index, letter in enumerate(name[1:-1], 1) if ord(letter) in LOOKALIKES]
        if not places:
            return name
        place = self.random.choice(places)
        return name[:place] + name[place].translate(LOOKALIKES) + name[place + 1 :]

    def names(self, texts: list[str]) -> str:
        names = [self.name(text) for text in texts]
        style = self.random.randint(0, 8)
        if style == 0:
            return "; ".join(names)
        if style == 1:
            return ", ".join(names)
        if style == 2:
            return "\n".join(f"{number}) {name.strip()}" for number, name in enumerate(names, 1))
        if style == 3:
            return "\n".join(f"{number}. {name.strip()};" for number, name in enumerate(names, 1))
        if style == 4:
            return "; ".join(f"{name.strip()}, {self.random.randint(1, 11)}Б" for name in names)
        if style == 5:
            return "\n".join(f"{name.strip()} ({self.random.randint(1, 11)} «А»)" for name in names)
        if style == 6:
            return " ;\n".join(names) + ";"
        if style == 7:
            return ",\n".join(names)
        return "\r\n".join(names)

    def nobody(self) -> str | None:
        return self.random.choice(NOTHING)

    def form(self, text: str) -> str:
        return self.random.choice((text, *FORM_WORDS[text]))

    def day(self, day: date | None, *, may_be_words: bool = False) -> object:
        if day is None:
            words = (*NOTHING, "в процессе") if may_be_words else NOTHING
            return self.random.choice(words)
        return self.random.choice(
            (
                day,
                f"{day:%d.%m.%Y}",
                f"{day:%d.%m.%Y} г.",
                f"{day:%d.%m.%Y}г.",
                f"{day.day}.{day.month}.{day.year}",
                day.isoformat(),
                f"{day.day} {MONTHS[day.month - 1]} {day.year} г.",
                f"{day.day} {MONTHS[day.month - 1]}{day.year} года",
                f"{day:%d. %m. %Y} г.",
                f"«{day:%d}» {MONTHS[day.month - 1]} {day.year} г.",
                f"{day:%d/%m/%Y}",
                f"{day.isoformat()} 00:00:00",
                (day - date(1899, 12, 30)).days,
            )
        )

    def birth(self, born: date | int | None) -> object:
        if born is None:
            return self.random.choice((None, "", "–"))
        if isinstance(born, date):
            return self.day(born)
        return self.random.choice((born, born, str(born), f"{born} г.", f"{born} г.р.", f"\xa0{born} "))

    def number(self, value: int | None) -> object:
        if value is None:
            return None
        return self.random.choice((value, value, str(value), f" {value}\xa0"))

    def word(self, text: str) -> str:
        return self.random.choice((text, text.capitalize(), text.upper(), f" {text} "))

    def inn(self, inn: str) -> object:
        return self.random.choice((inn, int(inn), f" {inn}"))

    def heading(self, text: str) -> str:
        change = self.random.choice(
            (
                str,
                str,
                str.upper,
                str.lower,
                lambda heading: heading.replace(" ", "\n", 1),
                lambda heading: heading.replace(" ", "  "),
                lambda heading: f" {heading} ",
                lambda heading: heading.replace("ё", "е"),
                lambda heading: f"{heading}:",
            )
        )
        return change(text)
