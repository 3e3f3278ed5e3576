"""Values over time, on a calendar axis on which a period without articles is a gap."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.style import ACCENT, PERCENT, build, lay_out, plain

#: Days where ticks are closer than a month, then months, then years.
_TICKS = [
    {"dtickrange": [None, 27 * 86_400_000], "value": "%Y-%m-%d"},
    {"dtickrange": [27 * 86_400_000, "M11"], "value": "%Y-%m"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]

#: Height of the drawing, and of an entry of the legend, which takes a line each on a narrow screen.
_HEIGHT, _ENTRY = 340, 20


def plot_trend(
    frame: pd.DataFrame,
    *,
    series: str,
    start: str,
    period: str,
    value: str,
    title: str,
    value_title: str,
    time_title: str,
    colours: Mapping[str, str],
    low: str | None = None,
    high: str | None = None,
    thin: str | None = None,
    percent: bool = False,
) -> go.Figure:
    """Draw one line a series with a marker at each period that holds articles.

    Args:
        frame: One row per series and period, sorted by period.
        series: Column that names the lines.
        start: Column of the first day of the period.
        period: Column of its name, shown under the pointer.
        value: Column of the height.
        title: What the chart shows.
        value_title: Title of the value axis, with its unit.
        time_title: Title of the time axis, with the period.
        colours: Colour of each series.
        low: Column of the lower end of the interval, drawn as a whisker.
        high: Column of the upper end.
        thin: Column that tells periods of few articles; their markers are hollow.
        percent: Whether the values are shares (0-1) to be read as percent.

    Returns:
        A figure with one trace per series, whose points carry series and period as custom data; neighbours
        are joined by a thin dotted line, which is a help for the eye and no value.
    """
    number = ":.1%" if percent else ":,.4~g"
    lines = []
    for label, rows in frame.groupby(series, sort=False, observed=True):
        colour = colours.get(str(label), ACCENT)
        whiskers = None
        if low and high:
            whiskers = {
                "type": "data",
                "symmetric": False,
                "array": (rows[high] - rows[value]).to_numpy(),
                "arrayminus": (rows[value] - rows[low]).to_numpy(),
                "thickness": 1,
                "width": 3,
            }
        lines.append(
            {
                "type": "scatter",
                "x": rows[start].to_numpy(),
                "y": rows[value].to_numpy(),
                "name": plain(label),
                "mode": "lines+markers",
                "line": {"width": 1, "dash": "dot", "color": colour},
                "marker": {"size": 9, "color": colour, "symbol": _symbols(rows, thin)},
                "error_y": whiskers,
                "customdata": rows[[series, period]].to_numpy(),
                "hovertemplate": f"%{{customdata[0]}}<br>%{{customdata[1]}}<br>%{{y{number}}}<extra></extra>",
            }
        )
    layout = lay_out(title=title, x_title=time_title, y_title=value_title, legend=True)
    layout["height"] = _HEIGHT + _ENTRY * len(lines)
    layout["xaxis"] |= {"type": "date", "tickformatstops": _TICKS}
    layout["yaxis"] |= {"rangemode": "tozero"} | (PERCENT if percent else {})
    return build(lines, layout)


def _symbols(rows: pd.DataFrame, thin: str | None) -> list[str] | str:
    return "circle" if thin is None else ["circle-open" if each else "circle" for each in rows[thin]]
