"""Charts: what they say, how they say it without colour, and that the picture has words in it."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from common.charts import (
    STATUSES,
    Bar,
    BulletRow,
    ChartFontError,
    Point,
    bullet,
    bullet_rows,
    distribution,
    fonts,
    horizontal_bars,
    pixels,
    sparkline,
    status_icon,
    to_png,
    tokens,
    trend,
)
from common.charts.scale import Scale
from common.charts.svg import number, shorten, text_width, wrap

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert('1')</script>\x00 & \"№ 5\""

BARS = [
    Bar("СОШ № 10", Fraction(318, 10), "452 из 1 421", status="far_behind"),
    Bar("СОШ № 5", Fraction(224, 10), status="behind", hatched=True),
    Bar("СОШ № 7", None, status="no_data"),
]
ROWS = [
    BulletRow("Дети 10–18 лет", Fraction(504, 10), 70, "7 633 из 15 150 детей", "far_behind"),
    BulletRow("Организации с базами", None, 100, status="no_data"),
]
POINTS = [Point("2021", Fraction(184, 10), 20), Point("2022", None, 30), Point("2023", Fraction(504, 10), 50)]

CHARTS = {
    "bars": lambda text: horizontal_bars(text, [*BARS, Bar(text, 5, text)], target=20, target_label=text),
    "trend": lambda text: trend(text, [*POINTS, Point(text, 60, 70)]),
    "bullet": lambda text: bullet(Fraction(1, 3), 50, title=text, hatched=True),
    "bullets": lambda text: bullet_rows(text, [*ROWS, BulletRow(text, 5, 7, text, "close")]),
    "distribution": lambda text: distribution(text, {10: 8, 5: 2}, Fraction(254, 32)),
}


def tree(svg):
    return etree.fromstring(svg.encode())


def texts(svg):
    return [node.text for node in tree(svg).iter(f"{SVG}text")]


def bars_of(svg, *colours):
    """Return the drawn rectangles of these colours, without those inside a pattern."""
    return [node for node in tree(svg).findall(f"{SVG}rect") if node.get("fill") in colours]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_one_named_image_for_a_screen_reader(name):
    root = tree(CHARTS[name]("Три из пяти показателей ниже цели"))
    assert root.get("role") == "img"
    labels = root.get("aria-labelledby").split()
    named = {node.get("id"): node.text for node in root if node.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert list(named) == labels
    assert named[labels[0]] == "Три из пяти показателей ниже цели"


@pytest.mark.parametrize("name", CHARTS)
def test_text_of_a_user_never_becomes_markup(name):
    root = tree(CHARTS[name](HOSTILE))
    assert {etree.QName(node).localname for node in root.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "g", "rect", "line", "path", "circle", "text",
    }  # fmt: skip
    assert root.find(f"{SVG}title").text == HOSTILE.replace("\x00", "")


@pytest.mark.parametrize("name", CHARTS)
def test_no_inline_style_and_no_outside_address(name):
    svg = CHARTS[name]("Заголовок")
    assert " style=" not in svg and "<style" not in svg
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


@pytest.mark.parametrize("name", CHARTS)
def test_coordinates_do_not_depend_on_the_language(name):
    drawn = []
    for language in ("ru", "en"):
        with translation.override(language):
            drawn.append(tree(CHARTS[name]("Заголовок")))
    for root in drawn:
        for node in root.iter(f"{SVG}rect", f"{SVG}line", f"{SVG}circle", f"{SVG}text"):
            for attribute in ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "font-size"):
                assert re.fullmatch(r"-?\d+(\.\d{1,2})?|", node.get(attribute, "")), etree.tostring(node)


@pytest.mark.parametrize("name", CHARTS)
def test_equal_input_gives_equal_bytes_and_ids_differ_between_charts(name):
    assert CHARTS[name]("А") == CHARTS[name]("А")
    ids = [re.findall(r'id="([^"]+)"', CHARTS[name](title)) for title in ("А", "Б")]
    assert ids[0] and not set(ids[0]) & set(ids[1])


def test_bars_are_as_long_as_their_values_and_no_data_has_no_bar():
    svg = horizontal_bars("Ниже цели", BARS, target=20)
    (full,) = bars_of(svg, tokens.ACTION)
    (hatched,) = [rect for rect in tree(svg).findall(f"{SVG}rect") if rect.get("fill").startswith("url(")]
    lengths = float(full.get("width")), float(hatched.get("width"))
    assert lengths[0] / lengths[1] == pytest.approx(31.8 / 22.4, rel=0.01)
    assert {"31,8\u00a0%", "22,4\u00a0%"} <= set(texts(svg))
    assert len(bars_of(svg, tokens.ACTION, tokens.ACTION_SOFT)) == 1
    spoken = tree(svg).find(f"{SVG}desc").text
    assert "СОШ № 10: 31,8\u00a0% (452 из 1 421)." in spoken
    assert "20,0\u00a0%" in spoken


def test_target_line_stands_at_its_place_on_the_axis():
    svg = horizontal_bars("Ниже цели", [Bar("А", 40)], target=20)
    (bar,) = bars_of(svg, tokens.ACTION)
    (line,) = [node for node in tree(svg).iter(f"{SVG}line") if node.get("stroke") == tokens.INK]
    middle = float(bar.get("x")) + float(bar.get("width")) / 2
    assert float(line.get("x1")) == float(line.get("x2")) == pytest.approx(middle, abs=0.1)


def test_ranking_keeps_its_order_and_mutes_the_rest():
    svg = horizontal_bars("Ранг", [Bar(str(index), 10 - index) for index in range(8)], strong=5, unit="")
    fills = [rect.get("fill") for rect in bars_of(svg, tokens.ACTION, tokens.ACTION_SOFT)]
    assert fills == [tokens.ACTION] * 5 + [tokens.ACTION_SOFT] * 3
    assert [text for text in texts(svg) if text in "01234567"][:1] == ["0"]


def test_a_long_name_is_folded_into_two_lines_and_never_overlaps_the_bars():
    long = "Муниципальное автономное общеобразовательное учреждение «Гимназия № 4 имени героя»"
    svg = horizontal_bars("Ранг", [Bar(long, 50)])
    lines = [node for node in tree(svg).iter(f"{SVG}text") if node.get("x") == "0"][:2]
    (bar,) = bars_of(svg, tokens.ACTION)
    assert lines[-1].text.endswith("…")
    assert all(text_width(line.text, tokens.TEXT) <= float(bar.get("x")) for line in lines)


def test_a_hatched_bar_has_its_pattern_in_the_same_picture():
    svg = bullet(50, 70, hatched=True)
    (used,) = re.findall(r'fill="url\(#([^)]+)\)"', svg)
    assert f'<pattern id="{used}"' in svg
    assert "<pattern" not in bullet(50, 70)


def test_bullet_axis_is_always_zero_to_a_hundred():
    root = tree(bullet(Fraction(25), 100, width=200))
    track, value, target = root.iter(f"{SVG}rect")
    assert [track.get("width"), value.get("width")] == ["200", "50"]
    assert float(target.get("x")) + 3 == 200
    assert root.get("aria-hidden") == "true"
    over = list(tree(bullet(150, 0, width=200)).iter(f"{SVG}rect"))
    assert [over[1].get("width"), over[2].get("x")] == ["200", "0"]


def test_overview_says_each_figure_in_words():
    with translation.override("en"):
        svg = bullet_rows("Цели", ROWS)
    words = texts(svg)
    assert {"50.4\u00a0%", "70\u00a0%", "Far behind", "no data", "No data", "7 633 из 15 150 детей"} <= set(
        words
    )
    spoken = tree(svg).find(f"{SVG}desc").text
    assert "Дети 10–18 лет: 50.4\u00a0%, 7 633 из 15 150 детей, target 70\u00a0%, far behind." in spoken


def test_trend_breaks_where_a_year_has_no_data():
    svg = trend("Рост", [Point("1", 10), Point("2", 20), Point("3", None), Point("4", 40)])
    lines = [node.get("d") for node in tree(svg).iter(f"{SVG}path") if node.get("stroke") == tokens.ACTION]
    assert [data.count("L") for data in lines] == [1, 0]
    assert len(list(tree(svg).iter(f"{SVG}circle"))) == 3


def test_trend_labels_the_last_known_point_or_all():
    values = {"18,4\u00a0%", "50,4\u00a0%"}
    assert set(texts(trend("Рост", POINTS))) & values == {"50,4\u00a0%"}
    assert set(texts(trend("Рост", POINTS, label_all=True))) & values == values


def test_target_of_a_trend_steps_by_year():
    svg = trend("Рост", POINTS)
    (step,) = [node.get("d") for node in tree(svg).iter(f"{SVG}path") if node.get("stroke-dasharray")]
    heights = [float(height) for height in re.findall(r"V([\d.]+)", step)]
    assert len(heights) == 3 and heights == sorted(heights, reverse=True)


def test_charts_that_are_compared_share_their_axis():
    def scale_of(svg):
        return [text for text in texts(svg) if re.fullmatch(r"\d+\u00a0%", text)]

    assert scale_of(trend("А", POINTS, axis_max=80)) == scale_of(trend("Б", [Point("1", 5)], axis_max=80))


def test_distribution_shows_every_score_its_count_and_the_mean():
    svg = distribution("Оценки, n = 32", {10: 8, 9: 6, 8: 7, 7: 5, 6: 3, 5: 2, 1: 1}, Fraction(254, 32))
    assert [text for text in texts(svg) if text and text.isdigit()] == [
        "1", "1", "0", "2", "0", "3", "0", "4", "2", "5", "3", "6", "5", "7", "7", "8", "6", "9", "8", "10",
    ]  # fmt: skip
    assert any("7,94" in text for text in texts(svg))


def test_spark_line_marks_its_last_known_point():
    assert len(list(tree(sparkline([1, 2, None, 3, None])).iter(f"{SVG}circle"))) == 1
    assert list(tree(sparkline([None, None]))) == []
    assert len(list(tree(sparkline([5])))) == 2


def test_states_differ_by_word_and_by_shape_not_only_by_colour():
    shapes = {status.path for code, status in STATUSES.items() if code not in {"no_target", "waiting"}}
    with translation.override("en"):
        words = {str(status.word) for status in STATUSES.values()}
    assert len(words) == len(STATUSES)
    assert len(shapes) == len(STATUSES) - 2
    for code in STATUSES:
        assert tree(status_icon(code)).get("aria-hidden") == "true"


def test_colours_are_readable_on_white():
    def luminance(colour):
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(colour):
        return 1.05 / (luminance(colour) + 0.05)

    words = [tokens.INK, tokens.MUTED, *(status.colour for status in STATUSES.values())]
    assert min(contrast(colour) for colour in words) >= 4.5
    assert min(contrast(colour) for colour in (tokens.ACTION, tokens.ACTION_SOFT, tokens.CONTROL)) >= 3


@given(st.lists(st.one_of(st.none(), st.fractions(0, 5000)), max_size=8), st.sampled_from([None, 100.0]))
def test_axis_is_round_starts_at_zero_and_holds_every_value(values, cap):
    scale = Scale.fitting(values, cap=cap)
    largest = max((float(value) for value in values if value is not None), default=0)
    assert scale.maximum >= largest * 0.99999
    assert scale.ticks()[0] == 0
    assert 1 <= len(scale.ticks()) <= 12
    if cap and largest <= cap:
        assert scale.maximum <= cap


@given(st.text(max_size=60), st.floats(20, 300))
def test_shortened_text_fits(text, width):
    assert text_width(shorten(text, width, 13), 13) <= max(width, text_width("…", 13))
    assert len(wrap(text, width, 13)) <= 2


def test_numbers_of_the_format():
    written = [number(value) for value in (0.1 + 0.2, Fraction(1, 3), -0.001, 1_000_000, 10)]
    assert written == ["0.3", "0.33", "0", "1000000", "10"]


def test_picture_has_words_without_any_system_font(png_pixels):
    """Rendered once with and once without its words, the picture must differ where the words stand."""
    svg = bullet_rows("Цели", ROWS)
    silent = re.sub(r">[^<]+</text>", "></text>", svg)
    assert png_pixels(svg) != png_pixels(silent)


@pytest.mark.parametrize("word", ["Ёжик", "Latin", "№ 5 «–—−…»", "0123 %"])
@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_each_alphabet_is_in_both_weights(word, weight):
    from fontTools.ttLib import TTFont

    path = fonts.font_files()[fonts.WEIGHTS.index(weight)]
    font = TTFont(path)
    assert not {character for character in word if ord(character) not in font.getBestCmap()}
    assert font["OS/2"].usWeightClass == weight
    assert font["name"].getDebugName(1) == fonts.FAMILY


def test_picture_is_as_wide_as_asked():
    picture = to_png(bullet(50, 70), pixels(165))
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == pixels(165) == 1299
    for width in (0, 12_001):
        with pytest.raises(ValueError, match="pixels"):
            to_png(bullet(50, 70), width)
    with pytest.raises(ValueError):
        to_png("это не картинка", 100)


def test_without_a_font_no_picture_is_made(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    settings.CHART_FONT_DIR = tmp_path / "fonts"
    with pytest.raises(ChartFontError, match="node_modules"):
        to_png(bullet(50, 70), 100)
    assert not (tmp_path / "fonts").exists()


def test_font_is_built_at_first_use_and_the_same_each_time(settings, tmp_path):
    settings.CHART_FONT_DIR = tmp_path / "fonts"
    first = [Path(path).read_bytes() for path in fonts.font_files()]
    assert len(to_png(bullet_rows("Цели", ROWS), 300)) > 1_000
    fonts.build(Path(settings.BASE_DIR) / fonts.PACKAGE, tmp_path / "again")
    again = [(tmp_path / "again" / Path(path).name).read_bytes() for path in fonts.font_files()]
    assert first == again


@pytest.fixture
def png_pixels():
    return lambda svg: to_png(svg, 400)
