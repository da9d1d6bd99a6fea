"""Headings of exchange workbooks as django-import-export fields with our own cell parsers."""

from __future__ import annotations

from collections.abc import Callable

from import_export import fields, widgets

from common.sheets.table import HeadingSpec


class CellWidget(widgets.Widget):
    """A widget whose ``clean`` is one of the parsers of ``common.cells``."""

    def __init__(self, parse: Callable):
        super().__init__()
        self.parse = parse

    def clean(self, value, row=None, **kwargs):
        """The clean value; raises ``CellProblem``. Parsers with warnings return (value, warnings)."""
        return self.parse(value)

    def render(self, value, obj=None, **kwargs):
        """The value itself: the workbook writer knows dates and numbers."""
        return value


class Heading(fields.Field):
    """A column of a workbook: the official heading, what schools write instead, how a cell is read."""

    def __init__(
        self,
        title: str,
        *synonyms: str,
        parse: Callable,
        required: bool = False,
        unless: tuple[str, ...] = (),
        alias: str = "",
        needed: bool = False,
        exported: bool = True,
        kind: str = "text",
        width: float | None = None,
        choices: tuple[str, ...] | None = None,
    ):
        super().__init__(column_name=title, widget=CellWidget(parse))
        self.synonyms = synonyms
        self.required = required
        self.unless = unless
        self.alias = alias
        self.needed = needed
        self.exported = exported
        self.kind = kind
        self.width = width
        self.choices = choices

    def spec(self, name: str) -> HeadingSpec:
        """How the heading is found in a sheet; see ``HeadingSpec`` for the columns that must be there."""
        return HeadingSpec(
            name,
            (self.column_name, *self.synonyms),
            required=self.required,
            unless=self.unless,
            alias=self.alias,
        )
