"""Heat maps: one value for each pair of names."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.style import dress, name_rows


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
        A figure; the value stands in each cell, so that no colour has to be read off a scale.
    """
    grid = frame.pivot_table(index=row, columns=column, values=value, sort=False, observed=True)
    form = ".0%" if percent else ",.3~g"
    figure = go.Figure(
        go.Heatmap(
            z=grid.to_numpy(),
            x=grid.columns.astype(str),
            y=grid.index.astype(str),
            colorscale=[[0, "#f2f6fa"], [0.5, "#6aa5cf"], [1, "#0b4f7d"]],
            zmin=0,
            texttemplate=f"%{{z:{form}}}",
            xgap=2,
            ygap=2,
            showscale=False,
            hovertemplate=f"%{{y}}<br>%{{x}}<br>{value_title} %{{z:{form}}}<extra></extra>",
        )
    )
    dress(figure, title=title, bars=len(grid) + 1)
    name_rows(figure, grid.index.astype(str))
    figure.update_xaxes(type="category", side="bottom")
    return figure
