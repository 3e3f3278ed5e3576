"""Words and scales of a figure as a file: what is written, in which form, and where lines break."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.ft2font import FT2Font

from analysis.charts.outlines import BOLD, REGULAR, read_characters
from analysis.charts.picture.labels import format_value, measure, read_label, wrap_label
from analysis.charts.picture.scales import Scale, choose_ticks

#: A character that the font lacks would be a warning of matplotlib.
pytestmark = pytest.mark.filterwarnings("error")


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


@pytest.mark.parametrize("font", [REGULAR, BOLD], ids=lambda font: font.stem)
def test_the_fonts_have_the_characters_that_they_promise(font):
    assert {ord(character) for character in read_characters()} <= FT2Font(str(font)).get_charmap().keys()
