"""Bars: ranked values, with intervals where the numbers have them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.style import ACCENT, PERCENT, build, lay_out, name_rows, plain


def plot_bars(
    frame: pd.DataFrame,
    *,
    name: str,
    value: str,
    title: str,
    value_title: str,
    low: str | None = None,
    high: str | None = None,
    percent: bool = False,
    colours: Mapping[str, str] | None = None,
) -> go.Figure:
    """Draw one horizontal bar a row, the first row on top.

    Args:
        frame: One row per bar, in the order to show.
        name: Column that labels the bar.
        value: Column of its length.
        title: What the chart shows.
        value_title: Title of the value axis, with its unit.
        low: Column of the lower end of the interval, drawn as a whisker.
        high: Column of the upper end.
        percent: Whether the values are shares (0-1) to be read as percent.
        colours: Colour of each bar by its name; one colour for all when None.

    Returns:
        A figure whose points carry the name as their first custom datum, so that a click tells which it was.
    """
    whiskers = None
    if low and high:
        whiskers = {
            "type": "data",
            "symmetric": False,
            "array": (frame[high] - frame[value]).to_numpy(),
            "arrayminus": (frame[value] - frame[low]).to_numpy(),
            "thickness": 1.2,
            "width": 4,
            "color": "#8a8f98",
        }
    names = frame[name].tolist()
    number = ":.1%" if percent else ":,.4~g"
    between = f" (%{{customdata[1]{number}}} – %{{customdata[2]{number}}})" if whiskers else ""
    bars = {
        "type": "bar",
        "x": frame[value].to_numpy(),
        "y": [plain(each) for each in names],
        "orientation": "h",
        "error_x": whiskers,
        "marker": {"color": [(colours or {}).get(each, ACCENT) for each in names]},
        "customdata": frame[[name, low, high] if whiskers else [name]].to_numpy(),
        "hovertemplate": f"%{{customdata[0]}}<br>%{{x{number}}}{between}<extra></extra>",
    }
    layout = lay_out(title=title, x_title=value_title, bars=len(frame))
    layout["xaxis"] |= {"rangemode": "tozero"} | (PERCENT if percent else {})
    name_rows(layout, frame[name].astype(str))
    return build([bars], layout)
