"""The look of an official paper: Times New Roman 14, one and a half lines, GOST margins, Russian."""

from __future__ import annotations

import functools
import io

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from common.documents.package import LANGUAGE

FONT = "Times New Roman"
BODY, TABLE, SMALL = Pt(14), Pt(12), Pt(11)
LEFT, RIGHT, TOP, BOTTOM = Mm(30), Mm(15), Mm(20), Mm(20)
WIDTH, HEIGHT = Mm(210), Mm(297)
FIRST_LINE = Mm(12.5)
LIST_INDENT, LIST_HANGING = Mm(20), Mm(7.5)
NOTE = "Note"
TABLE_STYLE = "Table Grid"
_HEADINGS = {"Title": Pt(16), "Heading 1": Pt(14), "Heading 2": Pt(14), "Heading 3": Pt(14)}
_FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")


def new_document() -> DocumentObject:
    """Return an empty document with the portal's styles."""
    return Document(io.BytesIO(_base()))


def set_portrait(section) -> None:
    """Give a section the A4 page of official papers."""
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.header_distance = section.footer_distance = Mm(10)


@functools.cache
def _base() -> bytes:
    """The prepared empty document; preparing it anew would take longer than many a report."""
    document = Document()
    set_portrait(document.sections[0])
    _set_language(document)
    styles = document.styles
    normal = styles["Normal"]
    _set_font(normal, BODY)
    _set_spacing(normal, line=1.5, indent=FIRST_LINE, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    for name, size in _HEADINGS.items():
        _set_heading(styles[name], size, centred=name == "Title")
    caption = styles["Caption"]
    _set_font(caption, TABLE)
    caption.font.bold = False
    _set_spacing(caption, before=6, after=4)
    caption.paragraph_format.keep_with_next = True
    note = styles.add_style(NOTE, 1)
    note.base_style = normal
    _set_font(note, SMALL)
    _set_spacing(note, after=6, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    for name in ("List Bullet", "List Number"):
        _set_font(styles[name], BODY)
        _set_spacing(styles[name], line=1.5, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        _set_list_level(document, styles[name], "–" if name == "List Bullet" else None)
    for name in ("Header", "Footer"):
        _set_font(styles[name], TABLE)
        _set_spacing(styles[name], align=WD_ALIGN_PARAGRAPH.CENTER)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_font(style: ParagraphStyle, size: Pt) -> None:
    style.font.name = FONT
    style.font.size = size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    # A theme font would win over the named one.
    for attribute in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[attribute]
    for slot in _FONT_SLOTS:
        fonts.set(qn(slot), FONT)


def _set_spacing(style: ParagraphStyle, *, line=1.0, before=0, after=0, indent=0, align=None) -> None:
    paragraph = style.paragraph_format
    paragraph.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    paragraph.line_spacing = line
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.first_line_indent = indent
    paragraph.alignment = align
    paragraph.widow_control = True


def _set_heading(style: ParagraphStyle, size: Pt, *, centred: bool) -> None:
    _set_font(style, size)
    style.font.bold, style.font.italic = True, False
    _set_spacing(style, before=0 if centred else 12, after=12 if centred else 6)
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    spacing = style.element.rPr.find(qn("w:spacing"))
    if spacing is not None:
        style.element.rPr.remove(spacing)


def _set_language(document: DocumentObject) -> None:
    """Mark all text as Russian, so that the speller and the screen reader take the right voice."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    language = OxmlElement("w:lang")
    for slot in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(slot), LANGUAGE)
    properties.append(language)


def _set_list_level(document: DocumentObject, style: ParagraphStyle, mark: str | None) -> None:
    """Indent a list like a paragraph; official papers list with dashes, not with round bullets."""
    number = style.element.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    abstract = numbering.num_having_numId(number).abstractNumId.val
    level = numbering.xpath(f'w:abstractNum[@w:abstractNumId="{abstract}"]/w:lvl[@w:ilvl="0"]')[0]
    # The level's own indent wins over the style's when a paragraph names its list directly.
    for holder in (style.element.pPr, level.find(qn("w:pPr"))):
        for name in ("w:ind", "w:tabs"):
            for element in holder.findall(qn(name)):
                holder.remove(element)
    indent = level.find(qn("w:pPr"))._insert_ind(OxmlElement("w:ind"))
    indent.set(qn("w:left"), str(LIST_INDENT.twips))
    indent.set(qn("w:hanging"), str(LIST_HANGING.twips))
    if mark:
        level.find(qn("w:lvlText")).set(qn("w:val"), mark)
        run = level.find(qn("w:rPr"))
        # The symbol font of the round bullet has no dash.
        if run is not None:
            level.remove(run)
