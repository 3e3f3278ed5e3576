"""Marks of a figure as a file: each as long, as high, as many and of the colour that the figure says."""

import numpy as np
import pandas as pd
import pytest

from analysis.charts import plot_bars, plot_keyness
from analysis.charts.picture.sheet import _draw_sheet
from analysis.charts.style import ACCENT
from tests.charts.samples import BARS, WORDS, count_marks, find_colour, plot, read_pixels

#: A character that the font lacks would be a warning of matplotlib.
pytestmark = pytest.mark.filterwarnings("error")


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
