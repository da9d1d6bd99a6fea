"""What the importer of the two bases says; each function adds one problem to a row."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.importing import Entry
from common.sheets.problems import Level
from mentors.enums import Side

TAKE, KEEP, NEW, SKIP = "take", "keep", "new", "skip"


def person_choice(person_id: int) -> str:
    """The answer that names a person of the school."""
    return f"person:{person_id}"


def namesakes(entry: Entry, field: str, code: str, name, people) -> None:
    """Several people of the school fit the name."""
    known = [person for person in people if person.id is not None]
    entry.report(
        Level.QUESTION,
        code,
        _("There are several people named “%(name)s” in the school.") % {"name": name.full},
        _("Add the year of birth to the row, or choose on the page who is meant."),
        field=field,
        choices=[(person_choice(person.id), _described(person)) for person in known]
        + [(NEW, _("This is another person"))],
    )


def _described(person) -> str:
    if person["birth_year"]:
        return _("%(name)s, born in %(year)d") % {"name": person.name.full, "year": person["birth_year"]}
    return _("%(name)s, year of birth not known") % {"name": person.name.full}


def namesake_apart(entry: Entry, field: str, name, years: list[int]) -> None:
    """A new person with the name, but not the birth, of somebody in the school."""
    entry.report(
        Level.WARNING,
        "namesake_apart",
        _("The school already has “%(name)s” born in %(years)s; this row is kept as another person.")
        % {"name": name.full, "years": ", ".join(map(str, years))},
        _("If it is the same person, correct the year of birth."),
        field=field,
    )


def partner_unknown(entry: Entry, field: str, side: str, name, people) -> None:
    """The school knows nobody of the partner's name, but people whom it may mean."""
    texts = {
        Side.MENTOR: _("The base has no mentor “%(name)s”. Similar: %(similar)s."),
        Side.MENTEE: _("The base has no mentee “%(name)s”. Similar: %(similar)s."),
    }
    labels = [(person_choice(person.id), _with_place(person)) for person in people]
    entry.report(
        Level.QUESTION,
        "partner_unknown",
        texts[side] % {"name": name.full, "similar": "; ".join(label for _choice, label in labels)},
        _("Choose one of them or add a new person."),
        field=field,
        value=name.full,
        choices=[*labels, (NEW, _("Add a new person"))],
    )


def _with_place(person) -> str:
    """«Ким Роман Тимурович, 11А», by the class or else the position in the school."""
    places = (item["class_name"] or item["position"] for item in person.participations)
    place = next((place for place in places if place), "")
    return f"{person.name.full}, {place}" if place else person.name.full


def age_not_counted(entry: Entry, field: str, age: int, year: int, ages: tuple[int, int]) -> None:
    """A pupil too young or too old for the indicator of mentees; the row may be right all the same."""
    youngest, oldest = ages
    entry.report(
        Level.QUESTION,
        "age_not_counted",
        ngettext(
            "%(name)s, %(age)d year old. The indicator for %(year)d counts children of %(youngest)d to "
            "%(oldest)d years; this record will not be in it.",
            "%(name)s, %(age)d years old. The indicator for %(year)d counts children of %(youngest)d to "
            "%(oldest)d years; this record will not be in it.",
            age,
        )
        % {
            "name": entry["name"].full,
            "age": age,
            "year": year,
            "youngest": youngest,
            "oldest": oldest,
        },
        _("Load it anyway, or check the year of birth."),
        field=field,
        choices=[(KEEP, _("Load it anyway"))],
    )


def consent_withdrawn(entry: Entry, field: str, name) -> None:
    """Somebody whose data the school may not use any more."""
    entry.report(
        Level.ERROR,
        "consent_withdrawn",
        _("“%(name)s”: the consent to data processing was withdrawn.") % {"name": name.full},
        _("Take the row out of the file. With a new consent, record it in “Withdrawn consents” first."),
        field=field,
    )


def own_mentor(entry: Entry, field: str) -> None:
    """The mentor and the mentee of a row are one person."""
    entry.report(
        Level.ERROR,
        "own_mentor",
        _("The mentor and the mentee are the same person."),
        _("Correct one of the two names."),
        field=field,
    )


def form_missing(entry: Entry, titles: list[str]) -> None:
    """A pair without a form of mentoring."""
    entry.report(
        Level.ERROR,
        "form_missing",
        _("A pair is named, but not its form of mentoring."),
        _("Fill in one of: %(forms)s.") % {"forms": "; ".join(titles)},
        field="form",
    )


def form_unknown(entry: Entry, titles: list[str], near: list[str]) -> None:
    """A form that the dictionary does not have."""
    entry.report(
        Level.ERROR,
        "form_unknown",
        _("This form of mentoring is not known."),
        _("Use one of: %(forms)s.") % {"forms": "; ".join(titles)},
        field="form",
        suggestion=near[0] if near else "",
    )


def roles_do_not_fit(entry: Entry, form) -> None:
    """Who the two people are does not fit the form."""
    entry.report(
        Level.ERROR,
        "roles_do_not_fit_form",
        _("The form “%(form)s” does not fit the class or position given for the participant.")
        % {"form": form.title},
        _("Correct the form, or remove the class or position."),
        field="form",
    )


def dates_out_of_order(entry: Entry) -> None:
    """The end of the programme before its start."""
    entry.report(
        Level.ERROR,
        "dates_out_of_order",
        _("The end date is before the start date."),
        _("Correct one of the two dates."),
        field="ended_on",
    )


def repeated_row(entry: Entry, field: str, first: int) -> None:
    """The row says what an earlier row of the file has said."""
    entry.report(
        Level.WARNING,
        "duplicate_row",
        _("Row %(row)d repeats row %(first)d and adds nothing.") % {"row": entry.number, "first": first},
        _("Delete one of the two rows."),
        field=field,
    )


def pair_repeated(entry: Entry, field: str, first: int) -> None:
    """One pair twice in a file with dates that exclude each other."""
    entry.report(
        Level.ERROR,
        "pair_repeated",
        _("This pair already stands in row %(first)d of the file with other dates or another form.")
        % {"first": first},
        _("Leave one of the two rows, or give dates that do not overlap."),
        field=field,
    )


def pair_differs(entry: Entry, field: str, code: str, what: str, there: str, value_there: str) -> None:
    """The two bases say different things of one pair."""
    entry.report(
        Level.QUESTION,
        code,
        _(
            "The two bases differ in the %(what)s of this pair: "
            "here “%(here)s”, there “%(there)s” (%(place)s)."
        )
        % {
            "what": what,
            "here": _shown(entry.values.get(field) or entry.cells.get(field)),
            "there": value_there or _("empty"),
            "place": there,
        },
        _("Make the two bases agree, or choose on the page which one is right."),
        field=field,
        choices=[(TAKE, _("This file is right")), (KEEP, _("The other base is right"))],
    )


def _shown(value) -> str:
    return (
        value.strftime("%d.%m.%Y")
        if hasattr(value, "strftime")
        else str(getattr(value, "title", value) or "")
    )


def pair_only_here(entry: Entry, field: str, name, there: str) -> None:
    """The row names a pair that the partner's own row in the other base does not."""
    entry.report(
        Level.QUESTION,
        "pair_only_here",
        _("The pair with “%(name)s” stands in this row only: the other base (%(place)s) does not name it.")
        % {"name": name.full, "place": there},
        _("Add the pair to the other base, or choose on the page what is right."),
        field=field,
        value=name.full,
        choices=[(TAKE, _("Add the pair")), (SKIP, _("There is no such pair"))],
    )


def pair_only_there(entry: Entry, field: str, name, there: str) -> None:
    """The other base names a pair that the person's own rows here do not."""
    entry.report(
        Level.QUESTION,
        "pair_only_there",
        _("The other base (%(place)s) names a pair with “%(name)s”, but this base does not.")
        % {"name": name.full, "place": there},
        _("Add the pair to this base, or choose on the page what is right."),
        field=field,
        value=name.full,
        choices=[(KEEP, _("The pair exists")), (SKIP, _("Leave it as it is and load the row"))],
    )


def pair_not_named(entry: Entry, field: str, name, there: str) -> None:
    """The row names nobody, though the other base has a pair of this person."""
    entry.report(
        Level.WARNING,
        "pair_not_named",
        _("The row names no partner, but the other base (%(place)s) has a pair with “%(name)s”.")
        % {"name": name.full, "place": there},
        _("Fill in the name."),
        field=field,
    )


def workplace_differs(entry: Entry, field: str, known: str) -> None:
    """The partner's own row gives another place of work; that one stays."""
    entry.report(
        Level.WARNING,
        "workplace_differs",
        _("The place of work or study differs from the one already known: “%(known)s”; that one stays.")
        % {"known": known},
        _("Check which of the two is right."),
        field=field,
    )


def start_before_birth(entry: Entry, field: str) -> None:
    """The programme begins before the person was born."""
    entry.report(
        Level.ERROR,
        "start_before_birth",
        _("The date of entry is before the birth."),
        _("Check the year of birth and the date of entry."),
        field=field,
    )


def mentee_too_young(entry: Entry, field: str, age: int, least: int) -> None:
    """Nobody of this age takes part in mentoring."""
    entry.report(
        Level.ERROR,
        "mentee_too_young",
        _("The mentee was %(age)d years old; mentoring begins at %(least)d.") % {"age": age, "least": least},
        _("Check the year of birth and the date of entry."),
        field=field,
    )


def pupil_mentor_young(entry: Entry, field: str, age: int, least: int) -> None:
    """A pupil who mentors below the age that the target model speaks of."""
    entry.report(
        Level.WARNING,
        "pupil_mentor_young",
        _("The pupil who mentors was %(age)d years old; the target model speaks of %(least)d and older.")
        % {"age": age, "least": least},
        _("Check the year of birth; under this age the mentor is not counted in the indicator."),
        field=field,
    )
