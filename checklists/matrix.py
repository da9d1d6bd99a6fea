"""Schools × items of a year: the matrix, and the list of shortcomings that the order is written from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ChecklistItem, ItemAnswer, SelfAudit
from checklists.presenters import answer_badge, items_text, status_badge
from common.badges import Badge
from common.text import natural_key
from orgs.enums import OrganizationStatus
from orgs.models import District, Organization, OrganizationType
from orgs.queries import found_organizations
from orgs.scope import Scope

# Classes of the heat map: blue is good, rust is bad, hatched is unknown.
TINTS = {Achievement.ACHIEVED: "ht5", Achievement.PARTLY: "ht3", Achievement.NOT_ACHIEVED: "ht1"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One school's answer to one item."""

    item: ChecklistItem
    given: ItemAnswer | None

    @property
    def answer(self) -> str:
        return self.given.answer if self.given else ""

    @property
    def is_returned(self) -> bool:
        return self.given is not None and self.given.verdict == Verdict.RETURNED

    @property
    def is_short(self) -> bool:
        """Whether the item is a shortcoming: not fully achieved, or returned."""
        return self.is_returned or self.answer in (Achievement.PARTLY, Achievement.NOT_ACHIEVED)

    @property
    def badge(self) -> Badge:
        return answer_badge(self.answer)

    @property
    def tint(self) -> str:
        return TINTS.get(self.answer, "ht0")

    @property
    def word(self) -> str:
        word = self.badge.label
        return _("%(answer)s, returned") % {"answer": word} if self.is_returned else word


@dataclass(slots=True)
class Row:
    """One school."""

    organization: Organization
    audit: SelfAudit | None
    cells: list[Cell] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.audit.status if self.audit else AuditStatus.NOT_STARTED

    @property
    def badge(self) -> Badge:
        return status_badge(self.status)

    @property
    def achieved(self) -> int:
        return sum(cell.answer == Achievement.ACHIEVED for cell in self.cells)

    def answered(self, answer: str) -> str:
        return items_text([cell.item.number for cell in self.cells if cell.answer == answer])

    @property
    def partly(self) -> str:
        return self.answered(Achievement.PARTLY)

    @property
    def not_achieved(self) -> str:
        return self.answered(Achievement.NOT_ACHIEVED)

    @property
    def returned(self) -> str:
        return items_text([cell.item.number for cell in self.cells if cell.is_returned])


@dataclass(slots=True)
class Gap:
    """An item with the schools that fall short of it."""

    item: ChecklistItem
    rows: list[tuple[Row, Cell]]


@dataclass(slots=True)
class Matrix:
    """The schools that the filters leave, in the order of their names, and the items."""

    year: int
    items: list[ChecklistItem]
    rows: list[Row]

    @property
    def achieved(self) -> list[int]:
        """How many of the schools have achieved each item."""
        found = Counter(
            cell.item.pk for row in self.rows for cell in row.cells if cell.answer == Achievement.ACHIEVED
        )
        return [found[item.pk] for item in self.items]

    @property
    def gaps(self) -> list[Gap]:
        """Items with shortcomings, in the order of the checklist."""
        found = []
        for number, item in enumerate(self.items):
            short = [(row, row.cells[number]) for row in self.rows if row.cells[number].is_short]
            if short:
                found.append(Gap(item, short))
        return found


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use: its words, those of its value, the address without it."""

    label: str
    value: str
    off_url: str


class MatrixFilter(forms.Form):
    """Which schools are shown; choices come from the scope."""

    q = forms.CharField(label=gettext_lazy("Organization"), required=False, max_length=100)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)

    def __init__(self, data, *, scope: Scope):
        super().__init__(data)
        whole = [("", _("All"))]
        districts = District.objects.visible_to(scope).order_by("name").values_list("pk", "name")
        types = OrganizationType.objects.filter(active=True).values_list("pk", "title")
        self.fields["district"].choices = whole + [(str(pk), name) for pk, name in districts]
        self.fields["type"].choices = whole + [(str(pk), title) for pk, title in types]
        self.fields["status"].choices = whole + [
            (code, status_badge(code).label) for code in AuditStatus.values
        ]
        for bound in self.lists:
            bound.field.widget.attrs["class"] = "form-select"

    @property
    def lists(self) -> list[forms.BoundField]:
        """The filters that are chosen out of a list."""
        return [self[name] for name in ("district", "type", "status")]

    @property
    def chosen(self) -> dict[str, str]:
        """Filters that narrow the schools; a value that cannot be chosen counts as not given."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def chips(self) -> list[Chip]:
        """What narrows the schools, with the address that takes each filter off."""
        found = []
        for name, value in self.chosen.items():
            rest = self.data.copy()
            for part in (name, "cards"):
                rest.pop(part, None)
            words = value if name == "q" else dict(self.fields[name].choices)[value]
            found.append(Chip(self.fields[name].label, words, f"?{rest.urlencode()}"))
        return found

    @property
    def text(self) -> str:
        """The filters in words, for the head of a workbook."""
        return "; ".join(f"{chip.label}: {chip.value}" for chip in self.chips)


def read_matrix(
    scope: Scope,
    year: int,
    items: list[ChecklistItem],
    chosen: dict[str, str],
    places: QuerySet | None = None,
) -> Matrix:
    """The matrix of a year; three queries for any number of schools. ``places`` narrows them further."""
    places = Organization.objects.all() if places is None else places
    places = places.visible_to(scope).filter(
        pk__in=scope.organization_ids(), status=OrganizationStatus.ACTIVE
    )
    if "district" in chosen:
        places = places.filter(district=chosen["district"])
    if "type" in chosen:
        places = places.filter(type=chosen["type"])
    if "q" in chosen:
        places = found_organizations(places, chosen["q"])
    audits = {
        audit.organization_id: audit
        for audit in SelfAudit.objects.visible_to(scope).filter(
            year=year, organization__in=places, template__items__in=[item.pk for item in items[:1]]
        )
    }
    answers = {
        (given.audit_id, given.item_id): given
        for given in ItemAnswer.objects.visible_to(scope).filter(
            audit__in=[audit.pk for audit in audits.values()]
        )
    }
    rows = []
    for place in places.select_related("district", "type"):
        audit = audits.get(place.pk)
        row = Row(place, audit)
        row.cells = [Cell(item, answers.get((audit.pk, item.pk)) if audit else None) for item in items]
        rows.append(row)
    if "status" in chosen:
        rows = [row for row in rows if row.status == chosen["status"]]
    return Matrix(year, items, sorted(rows, key=lambda row: natural_key(row.organization.short_name)))
