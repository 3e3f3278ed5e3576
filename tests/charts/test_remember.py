"""Figures kept: equal rows and options are one figure, anything else is another."""

import pandas as pd
import pytest

from analysis.charts import plot_bars, plot_heat
from analysis.charts.remember import MOST_FIGURES, remember

ROWS = pd.DataFrame({"name": ["甲", "乙"], "value": [1.0, 2.0], "day": pd.to_datetime(["2024-01-01", None])})
OPTIONS = {"name": "name", "value": "value", "title": "T", "value_title": "V"}


def test_equal_rows_and_options_are_one_figure():
    assert plot_bars(ROWS, **OPTIONS) is plot_bars(ROWS.copy(), **OPTIONS)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.assign(value=[1.0, 2.5]),
        lambda rows: rows.assign(name=["甲", "丙"]),
        lambda rows: rows.iloc[::-1],
        lambda rows: rows.assign(value=[1, 2]),
        lambda rows: rows.head(1),
    ],
    ids=["number", "text", "order", "type", "fewer"],
)
def test_other_rows_are_another_figure(change):
    assert plot_bars(change(ROWS), **OPTIONS) is not plot_bars(ROWS, **OPTIONS)


@pytest.mark.parametrize("change", [{"title": "U"}, {"percent": True}, {"colours": {"甲": "#123456"}}])
def test_other_options_are_another_figure(change):
    assert plot_bars(ROWS, **OPTIONS | change) is not plot_bars(ROWS, **OPTIONS)


def test_categories_and_missing_values_are_compared_too():
    frame = pd.DataFrame({"row": ["a", "b"], "column": ["x", "x"], "value": [1.0, None]})
    look = {"row": "row", "column": "column", "value": "value", "title": "", "value_title": ""}
    coded = frame.astype({"row": "category"})
    assert plot_heat(coded, **look) is plot_heat(coded.copy(), **look)
    assert plot_heat(coded, **look) is not plot_heat(coded.assign(row=["b", "a"]), **look)


@pytest.mark.parametrize("days", [["2024-01-02", None], ["2024-01-01", "2024-01-01"]])
def test_days_are_compared_where_an_option_names_them(days):
    draw = remember(lambda _, **__: object())
    others = ROWS.assign(day=pd.to_datetime(days))
    for columns in ("day", ("name", "day"), ["day"]):
        assert draw(ROWS, columns=columns) is draw(ROWS.copy(), columns=columns)
        assert draw(ROWS, columns=columns) is not draw(others, columns=columns)


def test_whole_numbers_with_gaps_are_compared_by_value():
    draw = remember(lambda _, **__: object())
    counts = ROWS.assign(n=pd.array([123456, None], dtype="Int64"))
    assert draw(counts, column="n") is draw(
        counts.assign(n=pd.array([123456, None], dtype="Int64")), column="n"
    )
    assert draw(counts, column="n") is not draw(
        counts.assign(n=pd.array([7, None], dtype="Int64")), column="n"
    )


def test_columns_that_no_option_names_make_no_difference():
    assert plot_bars(ROWS.assign(more="x", lists=[["x"], ["y"]]), **OPTIONS) is plot_bars(ROWS, **OPTIONS)


def test_cells_that_cannot_be_compared_are_drawn_each_time():
    draw = remember(lambda _, **__: object())
    rows = ROWS.assign(words=[["x"], ["y"]])
    assert draw(rows, column="words") is not draw(rows, column="words")


def test_the_oldest_figure_goes_when_there_are_too_many():
    drawn = []
    draw = remember(lambda frame, *, number: drawn.append(number) or object())
    for number in range(MOST_FIGURES + 1):
        draw(ROWS, number=number)
    draw(ROWS, number=MOST_FIGURES)
    draw(ROWS, number=0)
    assert drawn == [*range(MOST_FIGURES + 1), 0]
