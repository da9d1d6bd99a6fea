"""Documents are opened again with python-docx and looked at through their XML."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError
from lxml import etree

from common.charts import bullet, to_png
from common.documents import DocumentBuilder, Image, Strong, TableColumn, render_docx

CREATED = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
HOSTILE = "Тег <w:p/> & {{ 7*7 }} {% if %} «кавычки»\x00\x0b\ud800 конец"
SAFE = "Тег <w:p/> & {{ 7*7 }} {% if %} «кавычки» конец"


@pytest.fixture(scope="module")
def png():
    return to_png(bullet(50, 70), 200)


def opened(data):
    """Return the document after checking that each of its parts is well-formed XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    return Document(io.BytesIO(data))


def template(*paragraphs):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    buffer.seek(0)
    return buffer


def test_page_type_and_language_are_those_of_official_papers():
    builder = DocumentBuilder("Справка", created=CREATED)
    builder.paragraph("Текст")
    document = opened(builder.to_bytes())

    section, normal = document.sections[0], document.styles["Normal"]
    margins = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [round(margin.mm) for margin in margins] == [30, 15, 20, 20]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert normal.paragraph_format.line_spacing == 1.5
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"ru-RU"}
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        fonts = document.styles[name].element.rPr.rFonts
        assert set(fonts.attrib.values()) == {"Times New Roman"}, name
    assert "PAGE" in section.footer._element.xml
    assert section.different_first_page_header_footer


def test_parts_come_in_the_order_of_the_calls():
    builder = DocumentBuilder("Справка", created=CREATED)
    builder.heading("Справка", 0)
    builder.heading("Введение")
    builder.paragraph("Приказ ", Strong("№ 1438"), " действует.")
    builder.bulleted(["первый", "второй"])
    builder.numbered(["раз", "два"])
    builder.numbered(["снова раз"])
    builder.note("Как считается")
    document = opened(builder.to_bytes())

    assert [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs] == [
        ("Title", "Справка"),
        ("Heading 1", "Введение"),
        ("Normal", "Приказ №\u00a01438 действует."),
        ("List Bullet", "первый"),
        ("List Bullet", "второй"),
        ("List Number", "раз"),
        ("List Number", "два"),
        ("List Number", "снова раз"),
        ("Note", "Как считается"),
    ]
    assert [run.bold for run in document.paragraphs[2].runs] == [None, True, None]
    lists = [paragraph._p.pPr.numPr.numId.val for paragraph in document.paragraphs[5:8]]
    assert lists[0] == lists[1] != lists[2]
    with pytest.raises(ValueError, match="heading level"):
        builder.heading("Слишком глубоко", 4)


def test_table_repeats_its_header_aligns_figures_and_keeps_rows_whole():
    builder = DocumentBuilder("Справка", created=CREATED)
    columns = ["Организация", TableColumn("Детей", "right"), TableColumn("Доля, %", "right")]
    rows = [["СОШ № 1", 1370, "18,4"], ["СОШ № 2", None, "нет данных"], ["Итого", -5, "–"]]
    builder.table(columns, rows, caption="Доля детей", has_total=True)
    document = opened(builder.to_bytes())

    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Организация", "Детей", "Доля, %"],
        ["СОШ №\u00a01", "1\u00a0370", "18,4"],
        ["СОШ №\u00a02", "", "нет данных"],
        ["Итого", "−5", "–"],
    ]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True,
        False,
        False,
        False,
    ]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    aligned = [cell.paragraphs[0]._p.pPr.jc.get(qn("w:val")) for cell in table.rows[1].cells]
    assert aligned == ["left", "right", "right"]
    bold = [table.rows[row].cells[0].paragraphs[0].runs[0].bold for row in range(4)]
    assert bold == [True, None, None, True]
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx(165 / 25.4 * 1440, abs=2)
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Доля детей"
    assert document.paragraphs[0].style.name == "Caption"
    assert "SEQ" in document.paragraphs[0]._p.xml


def test_columns_are_wide_enough_for_their_longest_word():
    builder = DocumentBuilder("Справка", created=CREATED)
    long = "Провести самоаудит по чек-листу и дополнить базу наставляемых датами завершения. " * 4
    builder.table(["№", "Муниципалитет", "Рекомендация"], [[1, "Новокузнецк", long]])
    table = opened(builder.to_bytes()).tables[0]
    number, name, advice = (
        int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))
    )
    assert number < name < advice
    assert name >= len("Муниципалитет") * 125


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="1 cells, the table has 2"):
        DocumentBuilder("Справка").table(["А", "Б"], [["один"]])


def test_figure_carries_its_alternative_text_and_a_numbered_caption(png):
    builder = DocumentBuilder("Справка", created=CREATED)
    builder.figure(png, "Показатели <против> целей", "Три из пяти ниже цели")
    builder.figure(png, "Второй", "Второй", width_mm=80)
    document = opened(builder.to_bytes())

    described = [node.get("descr") for node in document.element.iter(qn("wp:docPr"))]
    assert described == ["Три из пяти ниже цели", "Второй"]
    assert [round(shape.width.mm) for shape in document.inline_shapes] == [159, 80]
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert [paragraph._p.xpath("string(w:fldSimple)") for paragraph in captions] == ["1", "2"]
    assert captions[0].text.endswith("Показатели <против> целей")


def test_wide_tables_go_on_landscape_pages_and_back():
    builder = DocumentBuilder("Справка", created=CREATED)
    builder.paragraph("До")
    builder.landscape()
    builder.table(["А"], [["Б"]])
    builder.portrait()
    builder.page_break()
    document = opened(builder.to_bytes())

    assert [round(section.page_width.mm) for section in document.sections] == [210, 297, 210]
    assert [section.different_first_page_header_footer for section in document.sections] == [
        True,
        False,
        False,
    ]
    width = int(document.tables[0]._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")))
    assert width == pytest.approx(252 / 25.4 * 1440, abs=2)


def test_whatever_a_user_typed_stays_text_in_a_built_document(png):
    builder = DocumentBuilder(HOSTILE, created=CREATED)
    builder.heading(HOSTILE)
    builder.paragraph(HOSTILE, Strong(HOSTILE))
    builder.bulleted([HOSTILE])
    builder.table([HOSTILE], [[HOSTILE]], caption=HOSTILE)
    builder.figure(png, HOSTILE, HOSTILE)
    document = opened(builder.to_bytes())

    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[:3] == [SAFE, SAFE + SAFE, SAFE]
    assert all(text.endswith(SAFE) for text in texts[3:])
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [SAFE, SAFE]
    assert document.core_properties.title == SAFE


def test_template_values_are_escaped_and_never_executed():
    data = render_docx(
        template("Школа: {{ name }}", "{% for item in items %}{{ item }};{% endfor %}", "[{{ nothing }}]"),
        {"name": HOSTILE, "items": ["а & б", 5], "nothing": None},
        title="Приказ & «проект»",
        created=CREATED,
    )
    document = opened(data)
    assert [paragraph.text for paragraph in document.paragraphs] == [f"Школа: {SAFE}", "а & б;5;", "[]"]
    assert document.core_properties.title == "Приказ & «проект»"
    assert document.core_properties.author == ""


def test_lines_of_a_value_become_lines_of_the_document():
    data = render_docx(template("{{ text }}"), {"text": "первая\r\nвторая"})
    assert opened(data).paragraphs[0].text == "первая\nвторая"


def test_template_picture_has_its_width_and_alternative_text(png):
    data = render_docx(template("{{ chart }}"), {}, images={"chart": Image(png, 120, 'Ниже "цели" & <20>')})
    document = opened(data)
    assert round(document.inline_shapes[0].width.mm) == 120
    assert [node.get("descr") for node in document.element.iter(qn("wp:docPr"))] == ['Ниже "цели" & <20>']


def test_a_value_that_the_context_lacks_is_an_error():
    with pytest.raises(UndefinedError):
        render_docx(template("{{ missing }}"), {})


def test_a_template_cannot_reach_the_internals_of_python():
    with pytest.raises(SecurityError):
        render_docx(template("{{ ''.__class__.__mro__ }}"), {})


def test_the_same_content_gives_the_same_bytes(png):
    def built():
        builder = DocumentBuilder("Справка", created=CREATED)
        builder.table(["А"], [["Б"]], caption="В")
        builder.figure(png, "Г", "Д")
        return builder.to_bytes()

    assert built() == built()
    document = opened(built())
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created == properties.modified == CREATED
    assert properties.language == "ru-RU"
    filled = [render_docx(template("{{ a }}"), {"a": 1}, created=CREATED) for _ in range(2)]
    assert filled[0] == filled[1]


def test_pictures_may_not_be_wider_than_asked():
    builder = DocumentBuilder("Справка", created=CREATED)
    assert Mm(builder._text_width() / 1440 * 25.4).mm == pytest.approx(165, abs=0.1)
