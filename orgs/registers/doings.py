"""What can be done with one row of a register: the «⋯» of its card, or buttons in a cell of the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext

if TYPE_CHECKING:
    from orgs.registers.columns import Drawing


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing to do: its words and the address, ready for an attribute.

    With ``posts`` it is a button that sends the form of the list to the address, after the question.
    """

    words: str | Promise
    url: str
    icon: str = ""
    posts: bool = False
    question: str = ""

    def drawn(self, about: str, *, css: str = "", icon: str = "") -> str:
        """The link or button; ``about`` is the row, for those who hear it out of its place."""
        inside = f'{icon}{escape(self.words)}<span class="visually-hidden"> {escape(about)}</span>'
        css = f' class="{css}"' if css else ""
        if not self.posts:
            return f'<a{css} href="{self.url}">{inside}</a>'
        asked = f' data-confirm="{escape(self.question)}"' if self.question else ""
        sends = f'type="submit" form="register-bulk" formaction="{self.url}"'
        return f"<button{css} {sends}{asked}>{inside}</button>"


def card_menu(about: str, doings: Sequence[Doing], drawing: Drawing) -> str:
    """The «⋯» of a card; empty where nothing can be done. A native ``details``: it needs no script."""
    if not doings:
        return ""
    label = escape(gettext("Actions: %(name)s") % {"name": about})
    lines = "".join(
        f"<li>{doing.drawn(about, icon=drawing.icon(doing.icon) if doing.icon else '')}</li>"
        for doing in doings
    )
    return (
        f'<details class="n-drop n-card__menu"><summary class="n-topbtn n-topbtn--in" aria-label="{label}">'
        f'{drawing.icon("dots-vertical", "n-ic")}</summary><ul class="n-drop__list">{lines}</ul></details>'
    )
