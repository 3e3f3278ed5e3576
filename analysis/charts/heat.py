"""Heat maps: one value for each pair of names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.style import PALETTE, build, lay_out, name_rows, plain

#: Name of the invisible dots that make cells of a heat map selectable.
PICKS = "picks"


def plot_heat(
    frame: pd.DataFrame,
    *,
    row: str,
    column: str,
    value: str,
    title: str,
    value_title: str,
    percent: bool = False,
) -> go.Figure:
    """Draw a grid of cells, darker for higher values, blank where a pair has no row.

    Args:
        frame: At most one row per pair; the order of first appearance is the order shown.
        row: Column of the vertical names.
        column: Column of the horizontal names.
        value: Column of the value.
        title: What the chart shows.
        value_title: What the value is, shown with it under the pointer.
        percent: Whether the values are shares (0-1) to be read as percent.

    Returns:
        A figure; the value stands in each cell, so that no colour has to be read off a scale. Plotly selects
        no cell of a heat map, so an invisible dot lies on each; it carries row and column as custom data.
    """
    known = frame[[row, column, value]].dropna()
    rows, columns = known[row].tolist(), known[column].tolist()
    down, across = _order(frame[row].tolist(), rows), _order(frame[column].tolist(), columns)
    grid = np.full((len(down), len(across)), np.nan)
    grid[[down[each] for each in rows], [across[each] for each in columns]] = known[value]
    form = ".0%" if percent else ",.3~g"
    cells = {
        "type": "heatmap",
        "z": grid,
        "x": [plain(each) for each in across],
        "y": [plain(each) for each in down],
        "colorscale": [[0, "#f2f6fa"], [0.5, "#6aa5cf"], [1, "#0b4f7d"]],
        "zmin": 0,
        "texttemplate": f"%{{z:{form}}}",
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hoverinfo": "skip",
    }
    picks = _make_picks(known, f"{value_title} %{{customdata[2]:{form}}}")
    layout = lay_out(title=title, bars=len(grid) + 1) | {"hovermode": "closest", "hoverdistance": 40}
    name_rows(layout, map(str, down))
    # Dots would make the axes wider than the cells.
    layout["xaxis"] |= {"type": "category", "side": "bottom", "range": [-0.5, grid.shape[1] - 0.5]}
    layout["yaxis"] |= {"autorange": False, "range": [grid.shape[0] - 0.5, -0.5]}
    return build([cells, picks], layout)


def _order(names: list[object], known: list[object]) -> dict[object, int]:
    """Number names in the order of first appearance, leaving out those that have no value."""
    kept = set(known)
    return {name: place for place, name in enumerate(each for each in dict.fromkeys(names) if each in kept)}


def _make_picks(pairs: pd.DataFrame, shown: str) -> dict[str, Any]:
    rows, columns = (pairs.iloc[:, place].tolist() for place in (0, 1))
    return {
        "type": "scatter",
        "name": PICKS,
        "x": [plain(each) for each in columns],
        "y": [plain(each) for each in rows],
        "customdata": pairs.to_numpy(),
        "mode": "markers",
        "marker": {
            "symbol": "square-open", "size": 22, "opacity": 0, "color": PALETTE[1], "line": {"width": 3},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0}},
        "hovertemplate": f"%{{customdata[0]}}<br>%{{customdata[1]}}<br>{shown}<extra></extra>",
    }  # fmt: skip
