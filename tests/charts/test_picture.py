"""Figures as files: what a figure says stands in the picture, whole and without any font."""

import copy
import io
import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font
from PIL import Image

from analysis import charts
from analysis.charts import (
    ChartError,
    draw_picture,
    plot_bars,
    plot_heat,
    plot_keyness,
    plot_network,
    plot_trend,
)
from analysis.charts.outlines import BOLD, REGULAR, read_characters
from analysis.charts.picture.labels import format_value, measure, read_label, wrap_label
from analysis.charts.picture.scales import Scale, choose_ticks
from analysis.charts.picture.sheet import _draw_sheet
from analysis.charts.style import ACCENT

BARS = pd.DataFrame(
    {
        "slogan": ["一老一小", "枫桥经验", "415X"],
        "share": [0.5, 0.25, 0.1],
        "low": [0.3, 0.1, 0.0],
        "high": [0.7, 0.5, 0.2],
    }
)
HEAT = pd.DataFrame(
    {"topic": ["教育", "教育", "卫生"], "place": ["甲县", "乙县", "甲县"], "share": [0.1, 0.2, 0.3]}
)
TREND = pd.DataFrame(
    {
        "slogan": ["甲", "甲", "甲", "乙"],
        "period": ["2024-01", "2024-02", "2024-05", "2024-01"],
        "start": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-05-01", "2024-01-01"]),
        "share": [0.1, 0.2, 0.3, 0.0],
        "few": [True, False, False, False],
    }
)
WORDS = pd.DataFrame(
    {"word": [f"词{n}" for n in range(20)], "log_ratio": np.linspace(-2, 2, 20), "g2": np.arange(20.0)}
)
NODES = pd.DataFrame({"word": ["一老一小", "乙", "丙", "丁"], "n": [9, 4, 1, 2]})
EDGES = pd.DataFrame({"source": ["一老一小", "一老一小"], "target": ["乙", "丙"], "log_dice": [12.0, 6.0]})


def plot(kind: str, rows: slice = slice(None), title: str = "图：题") -> go.Figure:
    """One figure of each kind that the package makes, of some of its rows."""
    if kind == "bars":
        return plot_bars(
            BARS[rows], name="slogan", value="share", low="low", high="high", title=title,
            value_title="占比（%）", percent=True,
        )  # fmt: skip
    if kind == "heat":
        return plot_heat(
            HEAT[rows],
            row="topic",
            column="place",
            value="share",
            title=title,
            value_title="占比",
            percent=True,
        )
    if kind == "trend":
        return plot_trend(
            TREND[rows], series="slogan", start="start", period="period", value="share", title=title,
            value_title="占比", time_title="月", colours={"甲": "#111111"}, thin="few", percent=True,
        )  # fmt: skip
    if kind == "keyness":
        return plot_keyness(
            WORDS[rows], name="word", effect="log_ratio", evidence="g2", title=title, effect_title="对数比",
            evidence_title="G²",
        )  # fmt: skip
    return plot_network(
        NODES[rows], EDGES[rows], name="word", size="n", ends=("source", "target"), tie="log_dice",
        title=title, size_title="n", tie_title="logDice", centre=None if rows.stop == 0 else "一老一小",
    )  # fmt: skip


KINDS = ("bars", "heat", "trend", "keyness", "network")
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _no_warnings():
    """A character that the font lacks would be a warning of matplotlib."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def read_pixels(figure: go.Figure, **options: int) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(draw_picture(figure, **options))).convert("RGB")).astype(int)


def find_colour(pixels: np.ndarray, colour: str) -> np.ndarray:
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return np.abs(pixels - wanted).max(axis=2) < 12


def count_marks(figure: go.Figure, kind: str) -> list[int]:
    """How many marks each group of that kind has in the document."""
    tree = ElementTree.fromstring(draw_picture(figure, form="svg"))
    groups = [each for each in tree.iter(f"{_SVG}g") if each.get("id", "").startswith(f"{kind}-")]
    return [len(list(group.iter(f"{_SVG}use"))) or len(list(group.iter(f"{_SVG}path"))) for group in groups]


def is_whole(pixels: np.ndarray) -> bool:
    """Nothing reaches the edge of the picture."""
    edge = np.concatenate([pixels[:8], pixels[-8:]]), np.concatenate([pixels[:, :8], pixels[:, -8:]], axis=1)
    return all((part == 255).all() for part in edge)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("width", "height"), [(900, 480), (421, 333)])
def test_a_png_has_twice_the_pixels_asked_for_and_words_and_marks_in_it(kind, width, height):
    pixels = read_pixels(plot(kind), width=width, height=height)
    assert pixels.shape == (height * 2, width * 2, 3)
    assert is_whole(pixels)
    assert (pixels < 100).all(axis=2).sum() > 500, "no words"
    assert (pixels < 250).any(axis=2).mean() > 0.01


@pytest.mark.parametrize("kind", KINDS)
def test_an_svg_has_outlines_for_words_and_nothing_from_elsewhere(kind):
    svg = draw_picture(plot(kind), form="svg").decode("utf-8")
    tree = ElementTree.fromstring(svg)
    assert not list(tree.iter(f"{_SVG}text"))
    assert not list(tree.iter(f"{_SVG}image"))
    assert not re.search(r"font-family|<!DOCTYPE|<script|@import", svg)
    assert set(re.findall(r"https?://[^\s\"]+", svg)) == {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert all(target.startswith("#") for target in re.findall(r"(?:href=\"|url\()([^\")]+)", svg))
    assert tree.find(f"{_SVG}title").text == "图：题"
    assert (tree.get("width"), tree.get("viewBox").split()[2]) == ("900", "675")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_figure_gives_the_same_file_and_stays_as_it_was(kind, form):
    figure = plot(kind)
    before = copy.deepcopy(figure.to_plotly_json())
    assert draw_picture(figure, form=form) == draw_picture(plot(kind), form=form)
    np.testing.assert_equal(figure.to_plotly_json(), before)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_figure_of_nothing_is_a_picture_of_nothing(kind, form):
    assert len(draw_picture(plot(kind, slice(0)), form=form)) > 500


def test_bars_are_as_long_as_their_values_and_whiskers_reach_their_ends():
    pixels = read_pixels(plot("bars"), width=900, height=300)
    blue, grey = find_colour(pixels, ACCENT), find_colour(pixels, "#8a8f98")
    rows = np.flatnonzero(blue.sum(axis=1) > 100)
    starts = [int(part[len(part) // 4]) for part in np.split(rows, np.flatnonzero(np.diff(rows) > 8) + 1)]
    ends = [np.flatnonzero(blue[row])[[0, -1]] for row in starts]
    left = ends[0][0]
    lengths = [end - left for _, end in ends]
    assert [length / lengths[0] for length in lengths] == pytest.approx([1, 0.5, 0.2], abs=0.01)
    reach = np.flatnonzero(grey[starts[0] : starts[1] - 30].any(axis=0))
    assert (reach[-1] - left) / lengths[0] == pytest.approx(0.7 / 0.5, abs=0.02)


def test_the_first_row_is_on_top():
    pixels = read_pixels(plot("bars"))
    lengths = find_colour(pixels, ACCENT).sum(axis=1)
    rows = np.flatnonzero(lengths)
    assert lengths[rows[5]] > lengths[rows[-5]] * 2


def test_bars_to_both_sides_stand_on_zero():
    frame = pd.DataFrame({"name": ["甲", "乙"], "value": [0.2, -0.1]})
    axes = _draw_sheet(plot_bars(frame, name="name", value="value", title="", value_title=""), 900, 300).axes[
        0
    ]
    assert [list(line.get_xdata()) for line in axes.lines] == [[0, 0]]
    assert not axes.spines["left"].get_visible()


def test_bars_keep_their_own_colours():
    figure = plot("bars")
    figure.data[0].marker.color = ["#d55e00", "#007a5a", "rgb(176, 80, 138)"]
    pixels = read_pixels(figure)
    assert all(find_colour(pixels, each).sum() > 1000 for each in ("#d55e00", "#007a5a", "#b0508a"))


def test_every_row_has_its_mark():
    assert count_marks(plot("bars"), "bars") == [3]
    assert count_marks(plot("heat"), "cells") == [3]
    assert sorted(count_marks(plot("trend"), "dots")) == [1, 1, 2], "hollow and full dots of a, dot of b"
    assert count_marks(plot("keyness"), "dots") == [20]
    assert count_marks(plot("network"), "dots") == [4]


def test_a_pair_without_a_row_stays_blank_and_values_stand_in_the_cells():
    sheet = _draw_sheet(plot("heat"), 900, 300)
    assert sorted(text.get_text() for text in sheet.axes[0].texts) == ["10%", "20%", "30%"]


def test_a_dot_that_cannot_be_seen_is_not_drawn():
    figure = plot("bars")
    figure.add_scatter(x=[0.9], y=["一老一小"], mode="markers", marker={"opacity": 0, "color": "#ff00ff"})
    assert not find_colour(read_pixels(figure), "#ff00ff").any()


def test_axes_say_what_the_figure_says():
    sheet = _draw_sheet(plot("bars"), 900, 300)
    axes = sheet.axes[0]
    assert axes.get_xlabel() == "占比（%）"
    assert [label.get_text() for label in axes.get_yticklabels()] == BARS["slogan"].tolist()
    assert [label.get_text() for label in axes.get_xticklabels()][:2] == ["0%", "10%"]
    assert sheet.texts[0].get_text() == "图：题"


def test_a_trend_has_its_legend_and_its_dates():
    sheet = _draw_sheet(plot("trend"), 900, 300)
    assert [text.get_text() for text in sheet.legends[0].get_texts()] == ["甲", "乙"]
    assert [label.get_text() for label in sheet.axes[0].get_xticklabels()] == [
        "2024-01", "2024-02", "2024-03", "2024-04", "2024-05",
    ]  # fmt: skip


def test_the_line_between_two_sides_is_drawn():
    line = next(each for each in _draw_sheet(plot("keyness"), 900, 400).axes[0].lines)
    assert list(line.get_xdata()) == [0, 0]
    assert list(line.get_ydata()) == [0, 1]


def test_names_of_dots_that_crowd_do_not_cover_each_other():
    crowd = WORDS.assign(
        log_ratio=[1 + 0.02 * n for n in range(20)], g2=[5 + 0.3 * (n % 5) for n in range(20)]
    )
    figure = plot_keyness(
        crowd, name="word", effect="log_ratio", evidence="g2", title="", effect_title="", evidence_title="",
        labels=8,
    )  # fmt: skip
    sheet = _draw_sheet(figure, 900, 500)
    boxes = [text.get_window_extent() for text in sheet.axes[0].texts]
    assert len(boxes) == 8
    assert not [
        1 for n, box in enumerate(boxes) for other in boxes[:n] if box.shrunk(0.9, 0.8).overlaps(other)
    ]


LONG = "Public security, law and grassroots governance"
ODD = [
    "很长的名称" * 20,
    "x" * 150,
    LONG,
    "$\\frac{1}{2}$ $a",
    "<script>&amp;<b>粗</b>",
    "a\x00\u202eb",
    "\U0002a6d6",
]


@pytest.mark.parametrize("width", [900, 420])
@pytest.mark.parametrize("kind", ["bars", "columns", "dots"])
def test_long_and_odd_names_are_drawn_whole_as_text(kind, width):
    frame = pd.DataFrame({"name": ODD, "value": range(len(ODD)), "row": "一", "one": 1.0})
    title = "很长的题目$x$" * 12
    if kind == "bars":
        figure = plot_bars(frame, name="name", value="value", title=title, value_title=LONG * 3)
    elif kind == "columns":
        figure = plot_heat(frame, row="row", column="name", value="value", title=title, value_title="v")
    else:
        figure = plot_keyness(
            frame, name="name", effect="value", evidence="one", title=title, effect_title=LONG * 3,
            evidence_title=LONG * 2,
        )  # fmt: skip
    assert kind == "dots" or is_whole(read_pixels(figure, width=width))
    ElementTree.fromstring(draw_picture(figure, form="svg", width=width))


def test_a_sheet_grows_with_its_names_unless_its_height_is_given():
    few, many = (
        pd.DataFrame([(row, f"{LONG} {n}", 1) for row in "一二三四五六七八" for n in range(columns)])
        for columns in (1, 30)
    )
    sheets = [
        _draw_sheet(plot_heat(frame, row=0, column=1, value=2, title="", value_title=""), 900, None)
        for frame in (few, many)
    ]
    low, high = (sheet.bbox.height / 2 for sheet in sheets)
    assert high > low
    assert sheets[1].axes[0].get_window_extent().height / 2 / 8 > 19.9, "a row has no room for its name"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (None, ""),
        ("a<br>b<BR/>c", "a\nb\nc"),
        ("<b>x</b> &lt;i&gt;", "x <i>"),
        ("a < b > c", "a < b > c"),
        ("$x$", "$x$"),
        ("−1", "–1"),
        ("a\u200bb\u202ec\x00", "abc"),
        ("\U0002a6d6", "〓"),
    ],
)
def test_labels_are_read_as_plotly_reads_them_in_characters_of_the_font(words, text):
    assert read_label(words) == text


@given(st.text(max_size=60), st.floats(20, 200))
@settings(max_examples=50, deadline=None)
def test_a_label_is_drawable_and_no_line_is_wider_than_its_room(words, width):
    label = read_label(words)
    assert set(label) <= read_characters() | {"\n"}
    broken = wrap_label(label, width, 12)
    assert [*"".join(broken.split())] == [*"".join(label.split())]
    assert all(measure(line, 12) <= width for line in broken.split("\n") if len(line.strip()) > 1)


@given(st.lists(st.tuples(st.text(max_size=20), st.floats(0, 1e6)), max_size=4))
@settings(max_examples=8, deadline=None)
def test_whatever_the_names_there_is_a_picture(rows):
    frame = pd.DataFrame(rows, columns=["name", "value"]).astype({"name": "str", "value": float})
    figure = plot_bars(frame, name="name", value="value", title="", value_title="")
    ElementTree.fromstring(draw_picture(figure, form="svg", width=300))


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (0.125, ".1%", "12.5%"), (1, ".0%", "100%"), (1234.5, ",.3~g", "1,234"),
        (0.012345, ",.3~g", "0.0123"),
        (100, ",.3~g", "100"), (2.5, ".2f", "2.50"), (0, ",.3~g", "0"), (12, "", "12"), (1000, ",", "1,000"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_form_of_the_figure(value, form, written):
    assert format_value(value, form) == written


def test_a_form_of_numbers_that_is_unknown_is_named():
    with pytest.raises(ValueError, match=re.escape("$.2s")):
        format_value(1, "$.2s")


@pytest.mark.parametrize(
    ("low", "high", "percent", "labels"),
    [
        (0, 0.31, True, ["0%", "10%", "20%", "30%"]),
        (0, 0.021, True, ["0.0%", "0.5%", "1.0%", "1.5%", "2.0%"]),
        (-1.2, 2.3, False, ["–1", "0", "1", "2"]),
        (0, 12000, False, ["0", "2,500", "5,000", "7,500", "10,000"]),
    ],
)
def test_ticks_are_round_and_told_apart(low, high, percent, labels):
    assert choose_ticks(Scale("number", (), low, high, False, percent, False, {}), 5).labels == labels


def test_counts_have_no_ticks_between_them():
    assert choose_ticks(Scale("number", (), 0, 2.08, False, False, True, {}), 9).labels == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2024-03-30", "2024-04-02", ["2024-03-30", "2024-03-31", "2024-04-01", "2024-04-02"]),
        ("2023-11-15", "2024-05-02", ["2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05"]),
        ("2019-01-01", "2024-12-31", ["2019", "2020", "2021", "2022", "2023", "2024"]),
        ("1949-10-01", "2024-12-31", ["1950", "1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
    ],
)
def test_dates_are_written_at_the_beginning_of_their_period(first, last, labels):
    low, high = ((pd.Timestamp(day) - pd.Timestamp(0)) / pd.Timedelta(days=1) for day in (first, last))
    assert choose_ticks(Scale("date", (), low, high, False, False, False, {}), 8).labels == labels


@pytest.mark.parametrize(
    ("figure", "culprit"),
    [
        (go.Figure(go.Pie(values=[1])), "pie"),
        (go.Figure(go.Scatter(x=[1], y=[1], mode="lines", line={"dash": "longdash"})), "longdash"),
        (go.Figure(go.Scatter(x=[1], y=[1], mode="markers", marker={"symbol": "star"})), "star"),
        (go.Figure(go.Scatter(x=[1], y=[1], mode="markers", marker={"color": [1]})), "colours by number"),
        (go.Figure(go.Scatter(x=[1], y=[1], mode="lines", fill="tonexty")), "tonexty"),
        (go.Figure(layout={"shapes": [{"type": "circle"}]}), "circle"),
    ],
)
def test_what_cannot_be_drawn_is_named(figure, culprit):
    with pytest.raises(ChartError, match=culprit):
        draw_picture(figure)


def test_another_form_is_named():
    with pytest.raises(ChartError, match="pdf: no form of a picture; expected one of png, svg"):
        draw_picture(plot("bars"), form="pdf")


def test_boxes_bands_and_notes_are_drawn():
    figure = plot("trend")
    figure.add_vrect(x0="2024-02-01", x1="2024-03-01", fillcolor="#ffcc00", line_width=0)
    figure.add_scatter(
        x=pd.to_datetime(["2024-03-10", "2024-04-20", "2024-04-20", "2024-03-10"]), y=[0.1, 0.1, 0.2, 0.2],
        fill="toself", fillcolor="#00ccff", mode="none", showlegend=False,
    )  # fmt: skip
    figure.add_annotation(x=0, y=1, xref="paper", yref="paper", text="<b>注</b>", showarrow=False)
    pixels = read_pixels(figure)
    assert find_colour(pixels, "#ffcc00").sum() > 5000
    assert find_colour(pixels, "#00ccff").sum() > 5000
    assert [text.get_text() for text in _draw_sheet(figure, 900, 400).axes[0].texts] == ["注"]


def test_settings_of_matplotlib_stay_as_they_were():
    before = dict(matplotlib.rcParams)
    with matplotlib.rc_context({"svg.fonttype": "none", "text.color": "red", "axes.facecolor": "black"}):
        svg = draw_picture(plot("bars"), form="svg")
        assert matplotlib.rcParams["svg.fonttype"] == "none"
    assert svg == draw_picture(plot("bars"), form="svg"), "settings of the user show in the picture"
    assert dict(matplotlib.rcParams) == before


def test_pyplot_which_keeps_every_figure_is_not_used():
    files = sorted(Path(charts.__file__).parent.rglob("*.py"))
    assert len(files) > 10
    assert not [file for file in files if "pyplot" in file.read_text(encoding="utf-8")]


def test_readers_who_draw_at_once_get_the_picture_of_one_who_draws_alone():
    alone = [draw_picture(plot(kind)) for kind in ("heat", "network")]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda kind: draw_picture(plot(kind)), ("heat", "network"))) == alone


@pytest.mark.parametrize("font", [REGULAR, BOLD], ids=lambda font: font.stem)
def test_the_fonts_have_the_characters_that_they_promise(font):
    assert {ord(character) for character in read_characters()} <= FT2Font(str(font)).get_charmap().keys()
