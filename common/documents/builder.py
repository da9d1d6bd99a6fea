"""Builds a document part by part in the order of reading."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from common.documents import styles
from common.documents.package import readable, saved, set_properties
from common.documents.tables import TableColumn, table_xml

TWIPS_PER_MM = 1440 / 25.4
LEVELS = range(4)
PICTURE_MARGIN_MM = 6


@dataclass(frozen=True, slots=True)
class Strong:
    """A piece of a paragraph in bold."""

    text: str


class DocumentBuilder:
    """A report as a Word document: real headings, tables, numbered captions, page numbers.

    ``created`` fixes the document's moment, so that the same content gives the same bytes. The first
    page carries no number, as the custom of official papers is.
    """

    def __init__(self, title: str, *, created: dt.datetime | None = None) -> None:
        self._document = styles.new_document()
        self._title, self._created = title, created
        self._tables = self._figures = 0
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        _add_field(section.footer.paragraphs[0], "PAGE", "2")

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading; level 0 is the document's title."""
        if level not in LEVELS:
            raise ValueError(f"heading level must be 0–3, not {level}")
        self._add(text, style=f"Heading {level}" if level else "Title")

    def paragraph(self, *parts: str | Strong, align: str = "justify", indent: bool = True) -> None:
        """Add a paragraph of plain and strong pieces; a line feed inside starts a new line."""
        paragraph = self._add(*parts)
        if align != "justify":
            paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        if not indent:
            paragraph.paragraph_format.first_line_indent = 0

    def note(self, *parts: str | Strong) -> None:
        """Add a paragraph in small type: how a figure is counted, where the data come from."""
        self._add(*parts, style=styles.NOTE)

    def bulleted(self, items: Iterable[str]) -> None:
        """Add a list with dashes."""
        for item in items:
            self._add(item, style="List Bullet")

    def numbered(self, items: Iterable[str]) -> None:
        """Add a numbered list that starts from one."""
        number = self._new_numbering()
        for item in items:
            properties = self._add(item, style="List Number")._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number

    def table(
        self,
        columns: Sequence[str | TableColumn],
        rows: Iterable[Sequence[Any]],
        *,
        caption: str = "",
        has_total: bool = False,
    ) -> None:
        """Add a table as wide as the text, its numbered caption above, its header on each page.

        Cells are text already in its final form, or integers; figures are aligned by the column.
        """
        described = [TableColumn(column) if isinstance(column, str) else column for column in columns]
        if caption:
            self._tables += 1
            self._caption(_("Table"), self._tables, caption)
        element = table_xml(
            described, rows, width=self._text_width(), summary=caption or self._title, has_total=has_total
        )
        self._document.element.body.insert_element_before(element, "w:sectPr")
        # Word merges neighbouring tables, and text must not stick to the last row.
        gap = self._add("")
        gap.paragraph_format.line_spacing = 0.6
        gap.paragraph_format.first_line_indent = 0

    def figure(self, png: bytes, caption: str, alt: str, *, width_mm: float | None = None) -> None:
        """Add a picture with its numbered caption below and an alternative text; text width by default."""
        paragraph = self._add("")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.line_spacing = 1.0
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Mm(1.5)
        paragraph.paragraph_format.keep_with_next = True
        # A picture as wide as the text is pushed over the margin by LibreOffice.
        width = Mm(width_mm or self._text_width() / TWIPS_PER_MM - PICTURE_MARGIN_MM)
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=width)
        self._figures += 1
        properties = shape._inline.docPr
        properties.set("descr", readable(alt))
        properties.set("name", f"{_('Figure')} {self._figures}")
        below = self._caption(_("Figure"), self._figures, caption)
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        below.paragraph_format.keep_with_next = False
        below.paragraph_format.space_after = Mm(4)

    def page_break(self) -> None:
        """Start a new page."""
        self._document.add_page_break()

    def landscape_only(self) -> None:
        """Lay the whole document out on landscape pages; call it before anything is added."""
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = styles.HEIGHT, styles.WIDTH

    def landscape(self) -> None:
        """Continue on landscape pages, for wide tables."""
        self._new_section(WD_ORIENT.LANDSCAPE)

    def portrait(self) -> None:
        """Return to upright pages."""
        self._new_section(WD_ORIENT.PORTRAIT)

    def to_bytes(self) -> bytes:
        """Return the finished file."""
        set_properties(self._document, title=self._title, created=self._created)
        return saved(self._document)

    def _add(self, *parts: str | Strong, style: str | None = None) -> Paragraph:
        paragraph = self._document.add_paragraph(style=style)
        for part in parts:
            text = readable(part.text if isinstance(part, Strong) else part)
            if text:
                paragraph.add_run(text).bold = True if isinstance(part, Strong) else None
        return paragraph

    def _caption(self, word: str, number: int, text: str) -> Paragraph:
        paragraph = self._add(f"{word}\u00a0", style="Caption")
        # A field, so that numbers follow when somebody inserts a table of their own.
        _add_field(paragraph, f"SEQ {word} \\* ARABIC", str(number))
        paragraph.add_run(f" – {readable(text)}")
        return paragraph

    def _text_width(self) -> int:
        section = self._document.sections[-1]
        return int((section.page_width - section.left_margin - section.right_margin) / 635)

    def _new_section(self, orientation: WD_ORIENT) -> None:
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        section.orientation = orientation
        styles.set_portrait(section)
        if orientation == WD_ORIENT.LANDSCAPE:
            section.page_width, section.page_height = styles.HEIGHT, styles.WIDTH

    def _new_numbering(self) -> int:
        numbering = self._document.part.numbering_part.element
        style = self._document.styles["List Number"].element
        abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return number.numId


def _add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    run = parse_xml(f"<w:r {nsdecls('w')}><w:t>{shown}</w:t></w:r>")
    field.append(run)
    paragraph._p.append(field)
