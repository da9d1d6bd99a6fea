"""What is said about a table as a whole: refusals and notices."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.sheets.headings import HeaderMatch, HeadingSpec, heading_key
from common.sheets.letters import column_letter
from common.sheets.problems import Level, Problem, shown
from common.sheets.reader import SheetInfo
from common.sheets.refusals import refused

_NUMBER_HEADINGS = frozenset(map(heading_key, ("№", "№ п/п", "п/п", "№ п.п.", "номер", "N", "Nn", "№№")))
_ID_HEADINGS = frozenset(map(heading_key, ("id", "ид", "pk", "uuid")))


def quoted(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)


def missing_titles(
    columns: Collection[str], specs: Sequence[HeadingSpec], any_of: Sequence[Sequence[str]]
) -> list[str]:
    """Return the headings that a table with these fields lacks, as a person should type them.

    Of the groups ``any_of`` the one that is nearly whole is asked for; all of them where none has begun.
    """
    wanted = {spec.field: spec.wanted for spec in specs}
    missing = [spec.wanted for spec in specs if spec.is_missing(columns)]
    lacking = [[name for name in group if name not in columns] for group in any_of]
    if lacking and all(lacking):
        begun = [names for names, group in zip(lacking, any_of, strict=True) if len(names) < len(group)]
        asked = [min(begun, key=len)] if begun else lacking
        missing.insert(0, _(" or ").join(" + ".join(wanted[name] for name in names) for names in asked))
    return missing


def no_headings(specs: Sequence[HeadingSpec], any_of: Sequence[Sequence[str]]):
    wanted = missing_titles((), specs, any_of) or [spec.wanted for spec in specs[:5]]
    return refused(
        "no_headings",
        _("No row with the headings of the table was found in the first 15 rows."),
        _("Put the headings above the table, as in the template: %(headings)s.")
        % {"headings": ", ".join(wanted)},
    )


def no_rows(sheet: str):
    return refused(
        "no_rows",
        _("There are no rows: the sheet has headings, but no data under them."),
        _("Fill in the rows under the headings and send the file again."),
        sheet=sheet,
    )


def columns_missing(
    sheet: str, match: HeaderMatch, specs: Sequence[HeadingSpec], any_of: Sequence[Sequence[str]]
):
    missing = missing_titles(match.columns, specs, any_of)
    message = ngettext(
        "The table has no column %(headings)s.", "The table has no columns %(headings)s.", len(missing)
    )
    return refused(
        "columns_missing",
        message % {"headings": ", ".join(missing)},
        _("Add what is missing to the headings in row %(row)d, or take the template.") % {"row": match.row},
        sheet=sheet,
    )


def heading_twice(sheet: str, match: HeaderMatch):
    text, first, second = match.doubles[0]
    return refused(
        "heading_twice",
        _("The heading “%(heading)s” stands twice: in the columns %(first)s and %(second)s.")
        % {"heading": shown(text), "first": column_letter(first), "second": column_letter(second)},
        _("Delete or rename one of the two columns."),
        sheet=sheet,
        column=column_letter(second),
        heading=shown(text),
    )


def name_merged(sheet: str, heading: str, columns: tuple[int, int]):
    first, last = map(column_letter, columns)
    return refused(
        "name_merged",
        _("One heading with the name stands over several columns, %(first)s to %(last)s.")
        % {"first": first, "last": last},
        _("Give each column a heading of its own: «Фамилия», «Имя», «Отчество», or take the template."),
        sheet=sheet,
        column=first,
        heading=shown(heading),
    )


def column_without_heading(sheet: str, index: int, value: object) -> Problem:
    return Problem(
        Level.NOTICE,
        "column_without_heading",
        _("Column %(column)s has data but no heading and was ignored.") % {"column": column_letter(index)},
        _("Give the column a heading of the form if its data is needed."),
        sheet,
        column=column_letter(index),
        value=shown(value),
    )


def table_notices(
    info: SheetInfo, match: HeaderMatch, rivals: Sequence[str], others: Sequence[str]
) -> list[Problem]:
    """Return what the author should know about how the sheet was chosen and read.

    ``rivals`` are the sheets with the same headings, ``others`` those that the author may have meant.
    """
    return [*_sheet_notices(info, rivals, others), *_column_notices(info, match), *_row_notices(info)]


def _sheet_notices(info: SheetInfo, rivals: Sequence[str], others: Sequence[str]) -> list[Problem]:
    found = []
    if len(rivals) > 1:
        found.append(
            Problem(
                Level.NOTICE,
                "several_sheets",
                _("Several sheets have these headings: %(names)s. The sheet “%(sheet)s” was read.")
                % {"names": quoted(rivals), "sheet": info.name},
                _("Choose another sheet, or send each sheet as a file of its own."),
                info.name,
            )
        )
    elif others:
        message = _("The data was read from the sheet “%(sheet)s”.") % {"sheet": info.name}
        fix = _("If the data is on another sheet, choose it: %(names)s.") % {"names": quoted(others)}
        found.append(Problem(Level.NOTICE, "sheet_chosen", message, fix, info.name))
    if info.hidden:
        message = _("The sheet is hidden; it was read, because it has the headings.")
        fix = _("Check that this is the right sheet.")
        found.append(Problem(Level.NOTICE, "sheet_hidden", message, fix, info.name))
    return found


def _column_notices(info: SheetInfo, match: HeaderMatch) -> list[Problem]:
    found = []
    for index, text in sorted(match.extra):
        key = heading_key(text)
        if key in _NUMBER_HEADINGS:
            continue
        if key in _ID_HEADINGS:
            code = "id_ignored"
            message = _("The column with record numbers was ignored: records are never found by them.")
            fix = _("Nothing needs to be done.")
        else:
            code = "column_ignored"
            message = _("The column “%(heading)s” is not part of the form and was ignored.")
            message %= {"heading": shown(text)}
            fix = _("If its data is needed, move it to a column of the form.")
        letter = column_letter(index)
        found.append(Problem(Level.NOTICE, code, message, fix, info.name, column=letter, heading=shown(text)))
    return found


def _row_notices(info: SheetInfo) -> list[Problem]:
    found = []
    if info.hidden_columns:
        message = ngettext(
            "The sheet has %(count)d hidden column (%(letters)s); it was read too.",
            "The sheet has %(count)d hidden columns (%(letters)s); they were read too.",
            len(info.hidden_columns),
        ) % {
            "count": len(info.hidden_columns),
            "letters": ", ".join(map(column_letter, info.hidden_columns)),
        }
        fix = _("Show the columns in Excel and check what stands in them.")
        found.append(Problem(Level.NOTICE, "hidden_columns", message, fix, info.name))
    if info.hidden_rows:
        message = ngettext(
            "The sheet has %(count)d hidden row; it was read too.",
            "The sheet has %(count)d hidden rows; they were read too.",
            info.hidden_rows,
        )
        fix = _("Remove the filter and delete the rows that are not needed.")
        found.append(
            Problem(Level.NOTICE, "hidden_rows", message % {"count": info.hidden_rows}, fix, info.name)
        )
    if info.formulas:
        message = ngettext(
            "%(count)d cell holds a formula; its stored result was taken.",
            "%(count)d cells hold formulas; their stored results were taken.",
            info.formulas,
        )
        fix = _("If in doubt, paste the values in place of the formulas and send the file again.")
        found.append(Problem(Level.WARNING, "formulas", message % {"count": info.formulas}, fix, info.name))
    if info.filled_merges:
        message = ngettext(
            "%(count)d merged cell spans several rows; its value was taken for each of them.",
            "%(count)d merged cells span several rows; their values were taken for each of them.",
            info.filled_merges,
        )
        fix = _("Check in the preview that every row has the value it should have.")
        found.append(
            Problem(Level.NOTICE, "merged_cells", message % {"count": info.filled_merges}, fix, info.name)
        )
    return found
