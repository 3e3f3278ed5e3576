"""Figures: what is drawn is what the frame says."""

import json
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis.charts import assign_colours, plot_bars, plot_heat, plot_keyness, plot_network, plot_trend
from analysis.charts.style import LIGHT_PALETTE, PALETTE, build
from tests.charts.samples import KINDS, plot

BARS = pd.DataFrame(
    {"slogan": ["一老一小", "枫桥经验"], "share": [0.5, 0.25], "low": [0.3, 0.1], "high": [0.7, 0.5]}
)
TREND = pd.DataFrame(
    {
        "slogan": ["甲", "甲", "乙"],
        "period": ["2024-01", "2024-03", "2024-01"],
        "start": pd.to_datetime(["2024-01-01", "2024-03-01", "2024-01-01"]),
        "share": [0.1, 0.2, 0.0],
    }
)


def test_bars_stand_in_the_order_of_the_frame_with_their_whiskers():
    figure = plot_bars(
        BARS, name="slogan", value="share", low="low", high="high", title="T", value_title="V", percent=True
    )
    bar = figure.data[0]
    assert list(bar.y) == ["一老一小", "枫桥经验"]
    assert list(bar.x) == [0.5, 0.25]
    assert list(bar.error_x.array) == pytest.approx([0.2, 0.25])
    assert list(bar.error_x.arrayminus) == pytest.approx([0.2, 0.15])
    assert figure.layout.yaxis.autorange == "reversed"
    assert (figure.layout.title.text, figure.layout.xaxis.title.text) == ("T", "V")


def test_bars_without_an_interval_have_no_whiskers():
    figure = plot_bars(BARS, name="slogan", value="share", title="T", value_title="V")
    assert figure.data[0].error_x.array is None


def test_a_chart_grows_with_its_bars():
    heights = [
        plot_bars(
            pd.DataFrame({"name": range(n), "value": range(n)}),
            name="name", value="value", title="", value_title="",
        ).layout.height
        for n in (5, 20)
    ]  # fmt: skip
    assert heights[1] - heights[0] == 15 * 26


def test_a_trend_draws_only_the_periods_that_have_rows():
    figure = plot_trend(
        TREND, series="slogan", start="start", period="period", value="share", title="T", value_title="V",
        time_title="X", colours={"甲": "#111111", "乙": "#222222"},
    )  # fmt: skip
    first, second = figure.data
    assert [first.name, second.name] == ["甲", "乙"]
    assert list(first.y) == [0.1, 0.2]
    assert len(second.x) == 1
    assert first.line.color == "#111111"
    assert [datum[1] for datum in first.customdata] == ["2024-01", "2024-03"]
    assert figure.layout.xaxis.type == "date"


def test_thin_periods_have_hollow_markers():
    figure = plot_trend(
        TREND.assign(few=[True, False, False]), series="slogan", start="start", period="period",
        value="share", title="", value_title="", time_title="", colours={}, thin="few",
    )  # fmt: skip
    assert [list(line.marker.symbol) for line in figure.data] == [["circle-open", "circle"], ["circle"]]


def test_a_heat_map_leaves_a_pair_without_a_row_blank():
    frame = pd.DataFrame({"topic": ["a", "a", "b"], "place": ["x", "y", "x"], "share": [0.1, 0.2, 0.3]})
    figure = plot_heat(frame, row="topic", column="place", value="share", title="T", value_title="V")
    cells = pd.DataFrame(figure.data[0].z)
    assert cells.isna().to_numpy().tolist() == [[False, False], [False, True]]
    assert list(figure.data[0].y) == ["a", "b"]
    assert list(figure.data[0].x) == ["x", "y"]


def test_every_cell_of_a_heat_map_can_be_picked():
    frame = pd.DataFrame({"topic": ["a", "a", "b"], "place": ["x", "y", "x"], "share": [0.1, 0.2, 0.3]})
    figure = plot_heat(frame, row="topic", column="place", value="share", title="T", value_title="V")
    picks = figure.data[1]
    assert [tuple(datum[:2]) for datum in picks.customdata] == [("a", "x"), ("a", "y"), ("b", "x")]
    assert list(zip(picks.y, picks.x, strict=True)) == [("a", "x"), ("a", "y"), ("b", "x")]
    assert (picks.marker.opacity, picks.unselected.marker.opacity) == (0, 0)
    assert list(figure.layout.yaxis.range) == [1.5, -0.5]


def test_a_name_has_its_colour_in_every_chart_that_names_the_same_order():
    order = [str(number) for number in range(30)]
    assert assign_colours(["3", "7"], order=order) == {"3": PALETTE[3], "7": PALETTE[7]}
    assert assign_colours(["7"], order=order) == {"7": PALETTE[7]}
    assert assign_colours(["3", "13"], order=order) == {"3": PALETTE[3], "13": PALETTE[4]}


def test_bars_take_the_colours_of_their_names():
    colours = {"枫桥经验": "#123456"}
    figure = plot_bars(BARS, name="slogan", value="share", title="T", value_title="V", colours=colours)
    assert list(figure.data[0].marker.color) == [PALETTE[0], "#123456"]
    assert [datum[0] for datum in figure.data[0].customdata] == ["一老一小", "枫桥经验"]


def test_the_same_names_get_the_same_colours_and_neighbours_differ():
    names = [str(number) for number in range(25)]
    colours = assign_colours(names)
    assert colours == assign_colours(names)
    assert all(colours[a] != colours[b] for a, b in pairwise(names))
    assert set(colours.values()) == set(PALETTE)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", PALETTE)
def test_colours_can_be_seen_on_white(colour):
    assert 1.05 / (_luminance(colour) + 0.05) >= 3, "WCAG 2.2 asks 3:1 of graphical objects"


@pytest.mark.parametrize("colour", LIGHT_PALETTE)
def test_light_colours_can_be_seen_on_the_dark_page(colour):
    assert (_luminance(colour) + 0.05) / (_luminance("#191919") + 0.05) >= 4.5


def test_a_network_has_a_line_for_every_edge_and_a_dot_for_every_node():
    nodes = pd.DataFrame({"word": ["甲", "乙", "丙"], "n": [9, 4, 1]})
    edges = pd.DataFrame({"source": ["甲", "甲"], "target": ["乙", "丙"], "log_dice": [12.0, 6.0]})
    figure, again = (
        plot_network(
            nodes, edges, name="word", size="n", ends=("source", "target"), tie="log_dice", title="T",
            size_title="n", tie_title="logDice", centre="甲",
        )
        for _ in range(2)
    )  # fmt: skip
    *ties, dots = figure.data
    assert [tie.text for tie in ties] == ["甲 — 乙<br>logDice 12", "甲 — 丙<br>logDice 6"]
    assert ties[0].line.width > ties[1].line.width
    assert list(dots.text) == ["甲", "乙", "丙"]
    assert dots.marker.color[0] != dots.marker.color[1]
    assert list(dots.marker.size) == sorted(dots.marker.size, reverse=True)
    assert figure == again


def test_a_node_without_an_edge_is_drawn():
    nodes = pd.DataFrame({"word": ["甲"], "n": [1]})
    edges = pd.DataFrame({"source": [], "target": [], "log_dice": []})
    figure = plot_network(
        nodes, edges, name="word", size="n", ends=("source", "target"), tie="log_dice", title="T",
        size_title="n", tie_title="logDice",
    )  # fmt: skip
    assert len(figure.data) == 1


def test_keyness_names_the_dots_of_most_evidence_and_colours_the_sides():
    frame = pd.DataFrame({"word": ["甲", "乙", "丙"], "log_ratio": [2.0, -1.0, 0.5], "g2": [30.0, 9.0, 0.0]})
    figure = plot_keyness(
        frame, name="word", effect="log_ratio", evidence="g2", title="T", effect_title="X",
        evidence_title="Y", labels=2,
    )  # fmt: skip
    dots = figure.data[0]
    assert list(dots.text) == ["甲", "乙", ""]
    assert dots.marker.color[0] == dots.marker.color[2] != dots.marker.color[1]
    assert list(dots.y) == [30.0, 9.0, 0.0]


def test_long_names_are_written_on_two_lines_and_stay_whole_as_values():
    name = "Public security, law and grassroots governance"
    frame = pd.DataFrame({"name": [name, "平安法治与基层治理"], "value": [2, 1]})
    figure = plot_bars(frame, name="name", value="value", title="", value_title="")
    assert list(figure.data[0].y) == list(figure.layout.yaxis.tickvals) == frame["name"].tolist()
    assert list(figure.layout.yaxis.ticktext) == [
        "Public security, law and<br>grassroots governance",
        "平安法治与基层治理",
    ]


def test_names_that_look_like_html_are_shown_and_picked_as_they_stand():
    name = "<a href='http://x'>县</a>"
    bars = plot_bars(
        BARS.assign(slogan=[name, "乙"]), name="slogan", value="share", title=name, value_title="V"
    )
    assert "<a" not in "".join([*bars.data[0].y, *bars.layout.yaxis.ticktext, bars.layout.title.text])
    assert bars.data[0].customdata[0][0] == name
    frame = pd.DataFrame({"topic": [name], "place": [name], "share": [0.1]})
    heat = plot_heat(frame, row="topic", column="place", value="share", title="T", value_title="V")
    assert not any("<a" in each for trace in heat.data for each in (*trace.x, *trace.y))
    assert tuple(heat.data[1].customdata[0][:2]) == (name, name)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [slice(None), slice(1), slice(0)], ids=["all", "one", "none"])
def test_plotly_knows_all_that_is_set(kind, rows):
    """Figures are built without Plotly's checks; a copy is checked, and comes out the same."""
    figure = plot(kind, rows)
    assert json.loads(go.Figure(figure.to_dict()).to_json()) == json.loads(figure.to_json())


def test_what_plotly_does_not_know_would_be_found():
    with pytest.raises(ValueError, match="Invalid property"):
        go.Figure(build([{"type": "bar", "x": [1], "colour": "red"}], {}).to_dict())
