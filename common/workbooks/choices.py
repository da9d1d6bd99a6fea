"""Drop-down lists: short ones inside the rule, long ones on a hidden sheet."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from common.workbooks.cells import safe_text, write_text
from common.workbooks.columns import Column
from common.workbooks.names import safe_sheet_name

# Excel's limit for a list that is written into the rule itself.
LONGEST_INLINE = 255


class ChoiceLists:
    """Gives columns their drop-down lists; equal lists share one place on the hidden sheet."""

    def __init__(self, workbook: Workbook, style: Format) -> None:
        self._workbook = workbook
        self._style = style
        self._pending: dict[tuple[str, ...], int] = {}
        self._sheet_name: str | None = None

    def add(self, worksheet: Worksheet, column: Column, index: int, first: int, last: int) -> None:
        """Offer ``column.choices`` in the cells of column ``index`` between the two rows."""
        choices = tuple(safe_text(choice) for choice in column.choices or ())
        if not choices or last < first:
            return
        worksheet.data_validation(
            first,
            index,
            last,
            index,
            {
                "validate": "list",
                "source": self._source(choices),
                # A warning, not a stop: the reader understands synonyms that the list does not name.
                "error_type": "warning",
                "error_title": _("Not in the list"),
                "error_message": _("Choose a value from the list, or keep yours if it is right."),
            },
        )

    def close(self) -> None:
        """Write the long lists; called once, when all other sheets are complete."""
        if not self._pending:
            return
        worksheet = self._workbook.get_worksheet_by_name(self._sheet_name)
        # Row by row, the order that constant memory asks for.
        longest = max(len(choices) for choices in self._pending)
        for row in range(longest):
            for choices, column in self._pending.items():
                if row < len(choices):
                    write_text(worksheet, row, column, choices[row], self._style, self._style)

    def _source(self, choices: Sequence[str]) -> list[str] | str:
        joined = ",".join(choices)
        # A comma would split an entry, a quotation mark would end the list.
        splits = any("," in choice or '"' in choice for choice in choices)
        if not splits and len(joined) <= LONGEST_INLINE:
            return list(choices)
        if self._sheet_name is None:
            taken = [sheet.get_name() for sheet in self._workbook.worksheets()]
            self._sheet_name = safe_sheet_name(_("Lists"), taken)
            self._workbook.add_worksheet(self._sheet_name).very_hidden()
        column = self._pending.setdefault(tuple(choices), len(self._pending))
        first = xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(len(choices) - 1, column, row_abs=True, col_abs=True)
        return f"={quote_sheetname(self._sheet_name)}!{first}:{last}"
