"""Columns that mentors and mentees have in common."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.contacts import emails, phones
from mentors.completeness import FACTS, facts_known, has_consent, share_known
from mentors.enums import Population
from mentors.models import Participation
from mentors.presenters import last_meeting, meetings
from mentors.registers.common import (
    NameDrawing,
    change_columns,
    class_key,
    date_column,
    text_column,
)
from mentors.registers.words import form_words
from orgs.registers.columns import DASH, Column, badge, link

# What a row needs whichever columns are shown: its name by the policy, its state, whose it is.
PARTICIPANT = (
    "role",
    "ended_on",
    "is_hidden",
    "person__last_name",
    "person__first_name",
    "person__patronymic",
    "person__user",
    "organization__municipality",
    "organization__district",
)
POPULATIONS = dict(Population.choices)


def name_column(route: str) -> Column:
    """The name, with the address of the card."""
    return Column(
        "name",
        _("Full name"),
        lambda row, drawing: drawing.names.name(row),
        wrap=link(route, lambda row: row.pk),
        sort="person__name_key",
        card="title",
        width=34,
    )


def class_column(**options) -> Column:
    """The class of a pupil."""
    return text_column(
        "class", _("Class"), "class_name", sort=class_key("class_name"), css="", card="line", **options
    )


def position_column(**options) -> Column:
    return text_column("position", pgettext_lazy("occupation", "Position"), "position", **options)


def who_column(side: str, **options) -> Column:
    """Pupil, teacher, student or employer: said by the participation, else by its pair or form."""

    def value(row, drawing):
        code = row.population
        if not code and row.current_pairs:
            code = row.current_pairs[0].population
        if not code and row.form_id:
            code = getattr(row.form, f"{side}_population")
        words = str(POPULATIONS.get(code, ""))
        return words[:1].upper() + words[1:]

    return Column("who", _("Who it is"), value, reads=("population", f"form__{side}_population"), **options)


def form_column() -> Column:
    """The form of the pair that goes on, else the form that the person was entered with."""

    def value(row, drawing):
        if row.current_pairs:
            return form_words(row.current_pairs[0].form)
        return form_words(row.form.title) if row.form_id else ""

    return Column("form", _("Form"), value, css="c-clip", name=_("Form of mentoring"), reads=("form__title",))


def meeting_columns(**options) -> tuple[Column, Column]:
    """How many meetings the pairs shown have held, and the last of them."""

    def held(row, drawing):
        return sum(meetings(pair) for pair in row.current_pairs) if row.current_pairs else None

    def last(row, drawing):
        return max((day for pair in row.current_pairs if (day := last_meeting(pair))), default=None)

    return (
        Column(
            "meetings",
            pgettext_lazy("column", "Meetings"),
            held,
            kind="integer",
            name=_("Meetings held"),
            **options,
        ),
        Column(
            "last",
            pgettext_lazy("meeting", "Last"),
            last,
            kind="day",
            name=_("Last meeting"),
            default=options.get("default", True),
        ),
    )


def filled_column(side: str) -> Column:
    """«Заполнено, %»; less than four fifths stand out."""

    def value(row, drawing):
        return share_known(row.facts_known, side)

    def wrap(row, text, drawing):
        warn = row.facts_known * 5 < len(FACTS[side]) * 4
        return f'<span class="n-warn">{text}</span>' if warn else text

    return Column(
        "filled",
        _("Filled in"),
        value,
        kind="percent",
        wrap=wrap,
        sort=lambda: facts_known(side),
        extra=lambda: {"facts_known": facts_known(side)},
        name=_("Filled in, %"),
    )


def status_column() -> Column:
    return Column(
        "status",
        _("Status"),
        lambda row, drawing: row.status.label,
        wrap=lambda row, text, drawing: badge(row.status, drawing),
        card="status",
    )


def counterpart(row, drawing: NameDrawing, *, with_class: bool) -> str:
    """«Ким Р. Т., 11А; Петров С. И.»: with whom the participant is in pairs."""
    return "; ".join(
        f"{pair.other}, {pair.class_name}" if with_class and pair.class_name else pair.other
        for pair in row.current_pairs
    )


def pair_links(row, text: str, drawing: NameDrawing) -> str:
    """The same words with the address of each pair."""
    if not text:
        return DASH
    words = text.split("; ")
    return "; ".join(
        f'<a href="{drawing.url("pair", pair.pk)}">{escape(word)}</a>'
        for pair, word in zip(row.current_pairs, words, strict=True)
    )


def assign_link(row, text: str, drawing: NameDrawing) -> str:
    """Whom the mentee works with; a curator of somebody who waits finds «Назначить»."""
    waits = not text and drawing.can_pair and row.status.shape == "wait"
    if waits:
        return f'<a href="{drawing.url_about("pair-add", "mentee", row.pk)}">{escape(_("Assign"))}</a>'
    return pair_links(row, text, drawing)


def _contact_column(code: str, heading, read, **options) -> Column:
    """A part of the contact details, inside the school."""
    return Column(
        code,
        heading,
        lambda row, drawing: read(row.person.contact) if drawing.names.shows_private(row) else "",
        default=False,
        private=True,
        reads=("person__contact",),
        **options,
    )


def person_columns() -> tuple[Column, ...]:
    """Columns that are off until chosen; contacts and births are for the school alone."""
    return (
        _contact_column("phone", _("Phone"), lambda text: "; ".join(phones(text)), css="c-nowrap"),
        _contact_column("email", _("E-mail"), lambda text: "; ".join(emails(text)), css="c-clip"),
        _contact_column("contact", _("Contact details"), str, css="c-clip"),
        Column(
            "birth",
            _("Year of birth"),
            # A year is no quantity: it is written without a group separator.
            lambda row, drawing: (
                str(row.person.birth_year)
                if row.person.birth_year and drawing.names.shows_private(row)
                else ""
            ),
            css="n-num",
            default=False,
            private=True,
            reads=("person__birth_year",),
        ),
        date_column("started", _("Date of joining"), "started_on", default=False),
        date_column("ended", _("Date of completion"), "ended_on", default=False),
        Column(
            "consent",
            _("Consent"),
            lambda row, drawing: str(_("Yes")) if row.consented else str(_("No")),
            default=False,
            extra=lambda: {"consented": has_consent()},
            name=_("Consent to data processing"),
        ),
        text_column("workplace", _("Place of work or study"), "workplace", default=False),
        *change_columns(Participation),
    )
