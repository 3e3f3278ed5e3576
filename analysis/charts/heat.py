"""Heat maps: one value for each pair of names."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.remember import remember
from analysis.charts.style import PALETTE, dress, name_rows, plain

#: Name of the invisible dots that make cells of a heat map selectable.
PICKS = "picks"


@remember
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
    grid = frame.pivot_table(index=row, columns=column, values=value, sort=False, observed=True)
    form = ".0%" if percent else ",.3~g"
    figure = go.Figure(
        go.Heatmap(
            z=grid.to_numpy(),
            x=[plain(each) for each in grid.columns],
            y=[plain(each) for each in grid.index],
            colorscale=[[0, "#f2f6fa"], [0.5, "#6aa5cf"], [1, "#0b4f7d"]],
            zmin=0,
            texttemplate=f"%{{z:{form}}}",
            xgap=2,
            ygap=2,
            showscale=False,
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        _make_picks(
            frame.dropna(subset=[value]), row, column, value, f"{value_title} %{{customdata[2]:{form}}}"
        )
    )
    dress(figure, title=title, bars=len(grid) + 1)
    figure.update_layout(hovermode="closest", hoverdistance=40)
    name_rows(figure, grid.index.astype(str))
    # Dots would make the axes wider than the cells.
    figure.update_xaxes(type="category", side="bottom", range=[-0.5, grid.shape[1] - 0.5])
    figure.update_yaxes(autorange=False, range=[grid.shape[0] - 0.5, -0.5])
    return figure


def _make_picks(frame: pd.DataFrame, row: str, column: str, value: str, shown: str) -> go.Scatter:
    return go.Scatter(
        name=PICKS,
        x=[plain(each) for each in frame[column]],
        y=[plain(each) for each in frame[row]],
        customdata=frame[[row, column, value]],
        mode="markers",
        marker={"symbol": "square-open", "size": 22, "opacity": 0, "color": PALETTE[1], "line": {"width": 3}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0}},
        hovertemplate=f"%{{customdata[0]}}<br>%{{customdata[1]}}<br>{shown}<extra></extra>",
    )
