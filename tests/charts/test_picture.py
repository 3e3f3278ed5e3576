"""Figures as files: what a figure says stands in the picture, whole and without any font."""

import copy
import re
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

from analysis import charts
from analysis.charts import ChartError, draw_picture, plot_bars, plot_heat, plot_keyness
from analysis.charts.picture.sheet import _draw_sheet
from tests.charts.samples import KINDS, SVG, is_whole, plot, read_pixels

#: A character that the font lacks would be a warning of matplotlib.
pytestmark = pytest.mark.filterwarnings("error")


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
    assert not list(tree.iter(f"{SVG}text"))
    assert not list(tree.iter(f"{SVG}image"))
    assert not re.search(r"font-family|<!DOCTYPE|<script|@import", svg)
    assert set(re.findall(r"https?://[^\s\"]+", svg)) == {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert all(target.startswith("#") for target in re.findall(r"(?:href=\"|url\()([^\")]+)", svg))
    assert tree.find(f"{SVG}title").text == "图：题"
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


@given(st.lists(st.tuples(st.text(max_size=20), st.floats(0, 1e6)), max_size=4))
@settings(max_examples=8, deadline=None)
def test_whatever_the_names_there_is_a_picture(rows):
    frame = pd.DataFrame(rows, columns=["name", "value"]).astype({"name": "str", "value": float})
    figure = plot_bars(frame, name="name", value="value", title="", value_title="")
    ElementTree.fromstring(draw_picture(figure, form="svg", width=300))


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
