"""Section 3: each indicator with its sentences, table and chart."""

from __future__ import annotations

from common.documents import DocumentBuilder, TableColumn
from monitoring.reports import pictures, sentences, wording
from monitoring.reports.lines import Line, Row
from monitoring.reports.material import Material
from monitoring.reports.pictures import WIDTH_MM, Picture
from monitoring.reports.steps import Steps
from monitoring.reports.wording import DASH, HIDDEN, grouped, listed, signed

RIGHT = "right"
TOTAL, TOTAL_OF_PART = "Муниципалитет", "Итого"


def add(doc: DocumentBuilder, material: Material, steps: Steps) -> None:
    """The overview, then the indicators one by one."""
    doc.heading("3. Результаты по показателям")
    if not material.lines:
        doc.paragraph("Результатов нет: показатели не загружены.")
        return
    _overview(doc, material)
    for line in material.lines:
        steps.indicator(line.number)
        _indicator(doc, line, material)


def _overview(doc: DocumentBuilder, material: Material) -> None:
    doc.table(
        [
            TableColumn("№", "center"),
            TableColumn("Показатель"),
            TableColumn("Значение", RIGHT),
            TableColumn("Цель", RIGHT),
            TableColumn(material.span_before, RIGHT),
            TableColumn("Изменение", RIGHT),
            TableColumn("Состояние"),
        ],
        [
            (
                str(line.number),
                line.labels.short,
                line.shown,
                DASH if line.definition.target is None or line.is_condition else line.target,
                DASH if line.is_condition else previous_text(line.total, line),
                DASH if line.is_condition else change_text(line.total, line),
                DASH if line.is_condition else sentences.status_word(line.total),
            )
            for line in material.lines
        ],
        caption="Сводные результаты",
    )
    doc.note(_previous_note(material) + " Изменение долей – в процентных пунктах.")
    _figure(doc, pictures.overview(material))


def _previous_note(material: Material) -> str:
    if material.previous is None:
        return "Данных за прошлый год нет."
    day = wording.long_date(material.previous.as_of)
    if material.previous_snapshot:
        revision = material.previous_snapshot.revision
        return f"Значения прошлого года – по закрытому мониторингу на {day} (редакция {revision})."
    return wording.sentence(f"Значения прошлого года рассчитаны по данным портала на {day}")


def _indicator(doc: DocumentBuilder, line: Line, material: Material) -> None:
    doc.heading(f"3.{line.number}. {line.labels.short}", 2)
    opening = [
        sentences.value_sentence(line),
        sentences.survey_sentence(line),
        sentences.change_sentence(line, material),
    ]
    doc.paragraph(" ".join(text for text in opening if text))
    picture = None
    if material.organization:
        _own_years(doc, line, material)
    elif line.of_organizations:
        _having_and_lacking(doc, line)
        picture = pictures.by_year(line, material)
    else:
        _organizations(doc, line, material)
        picture = pictures.by_organization(line) or pictures.by_year(line, material)
    for text in sentences.data_sentences(line):
        doc.note(text)
    closing = [sentences.spread_sentence(line), sentences.shortfall_sentence(line)]
    if not line.of_organizations and any(closing):
        doc.paragraph("Вывод. " + " ".join(text for text in closing if text))
    # The chart stands last: where it does not fit, the text before it fills the page.
    _figure(doc, picture)


def _organizations(doc: DocumentBuilder, line: Line, material: Material) -> None:
    # An organization without anybody in the base has nothing to show; its name stands below the table.
    rows = [row for row in line.rows if not row.is_empty]
    empty = [row.name for row in line.rows if row.is_empty]
    if not any(row.amount is not None or row.few for row in rows):
        doc.paragraph("Таблица по организациям не приводится: данных нет ни по одной организации.")
        return
    cells = [_cells(row, line) for row in rows]
    cells.append(_cells(line.total, line, name=TOTAL_OF_PART if material.part else TOTAL))
    goal = "" if line.definition.target is None else f", цель {line.target}"
    doc.table(
        _columns(line, material.span_before),
        cells,
        caption=f"{line.labels.short} по организациям{goal}",
        has_total=True,
    )
    if empty:
        doc.note(f"Показатель неприменим, в базе никого нет: {listed(empty)}.")


def _columns(line: Line, before: str) -> list[TableColumn]:
    columns = [TableColumn("Организация"), TableColumn(line.labels.counted_head, RIGHT)]
    if line.is_share:
        columns += [TableColumn(line.labels.base_head, RIGHT), TableColumn("Доля, %", RIGHT)]
    if line.has_previous:
        unit, points = (", %", ", п.\u00a0п.") if line.is_share else ("", "")
        columns += [TableColumn(f"{before}{unit}", RIGHT), TableColumn(f"Изменение{points}", RIGHT)]
    if line.definition.target is not None:
        columns.append(TableColumn("До цели", RIGHT))
    return columns


def _cells(row: Row, line: Line, *, name: str = "") -> list[str]:
    cells = [name or wording.unbroken(row.name), number_text(row, row.numerator)]
    if line.is_share:
        cells += [number_text(row, row.denominator), _share_text(row)]
    if line.has_previous:
        cells += [previous_text(row, line).removesuffix("\u00a0%"), change_text(row, line)]
    if line.definition.target is not None:
        cells.append(grouped(row.missing) if row.missing else DASH)
    return cells


def _having_and_lacking(doc: DocumentBuilder, line: Line) -> None:
    """Organizations that fulfil the condition and those that do not, by name."""
    having = [row.name for row in line.rows if row.numerator]
    lacking = [row.name for row in line.rows if row.numerator == 0 and row.place.works]
    if not having and not lacking:
        return
    doc.table(
        [
            TableColumn("Условие показателя", width=2.8),
            TableColumn("Число", "center", 1.8),
            TableColumn("Организации", width=9),
        ],
        [
            ("Выполнено", grouped(len(having)), listed(having) or DASH),
            ("Не выполнено", grouped(len(lacking)), listed(lacking) or DASH),
        ],
        caption=line.labels.short,
    )


def _own_years(doc: DocumentBuilder, line: Line, material: Material) -> None:
    """An organization's own figure of two years."""
    row = line.total
    if row.amount is None and row.previous_amount is None:
        return
    if line.of_organizations:
        columns, values = [TableColumn("Условие показателя", "center")], lambda figure: [_met(figure)]
    elif line.is_share:
        columns = [
            TableColumn(line.labels.counted_head, RIGHT),
            TableColumn(line.labels.base_head, RIGHT),
            TableColumn("Доля", RIGHT),
        ]
        values = _share_of
    else:
        columns, values = [TableColumn(line.labels.counted_head, RIGHT)], _count_of
    before = None
    if row.previous or row.previous_few:
        before = Row(line.definition, None, row.previous or row.figure, row.previous_few)
    doc.table(
        [TableColumn("Год"), *columns],
        [
            (str(material.year - 1), *values(before)),
            (str(material.year), *values(row)),
        ],
        caption=line.labels.short,
    )


def _met(row: Row | None) -> str:
    if row is None or row.numerator is None:
        return wording.NO_DATA
    return "выполнено" if row.numerator else "не выполнено"


def _share_of(row: Row | None) -> list[str]:
    if row is None:
        return [DASH, DASH, wording.NO_DATA]
    return [number_text(row, row.numerator), number_text(row, row.denominator), row.value]


def _count_of(row: Row | None) -> list[str]:
    return [wording.NO_DATA if row is None else row.value]


def number_text(row: Row, number: int | None) -> str:
    """A numerator or denominator: grouped digits, a dash without data, an ellipsis where it is hidden."""
    if row.few:
        return HIDDEN
    return DASH if number is None else grouped(number)


def _share_text(row: Row) -> str:
    """The share without its sign, which stands in the heading; «нет данных» on one line."""
    return row.value.replace(wording.NO_DATA, wording.unbroken(wording.NO_DATA)).removesuffix("\u00a0%")


def previous_text(row: Row, line: Line) -> str:
    """Last year's value; a dash when there is none that may be shown."""
    amount = row.previous_amount
    return DASH if amount is None else wording.amount(amount, line.definition.unit)


def change_text(row: Row, line: Line) -> str:
    """The signed change since last year, in percentage points or numbers."""
    if row.change is None:
        return DASH
    return signed(row.change, 1 if line.is_share else 0)


def _figure(doc: DocumentBuilder, picture: Picture | None) -> None:
    if picture is not None:
        doc.figure(picture.png, picture.caption, picture.alt, width_mm=WIDTH_MM)
