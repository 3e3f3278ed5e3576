"""Networks: words or slogans as dots, their ties as lines."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.style import ACCENT, PALETTE, dress

_LARGEST, _SMALLEST = 46, 12
_HEIGHT = 520


def plot_network(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    name: str,
    size: str,
    ends: tuple[str, str],
    tie: str,
    title: str,
    size_title: str,
    tie_title: str,
    centre: str | None = None,
) -> go.Figure:
    """Draw dots tied by lines; closely tied ones come to lie near each other.

    Args:
        nodes: One row per dot.
        edges: One row per line; both its ends are in `nodes`.
        name: Column that labels the dots.
        size: Column of their size, above 0.
        ends: Columns of the two ends of each line.
        tie: Column of the strength of each line, above 0.
        title: What the chart shows.
        size_title: What the size is, shown under the pointer.
        tie_title: What the strength is, shown under the pointer.
        centre: A dot to set apart by colour.

    Returns:
        A figure, the same for the same frames; its last trace has the dots, with the name as text. Places
        mean nothing but nearness.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(nodes[name]))
    graph.add_weighted_edges_from(edges[[*ends, tie]].itertuples(index=False, name=None))
    places = nx.spring_layout(graph, seed=7, k=1.6 / max(len(nodes), 1) ** 0.5, iterations=120)
    figure = go.Figure([*_draw_ties(edges[[*ends, tie]], places, tie_title)])
    most = nodes[size].max()
    figure.add_scatter(
        x=[places[each][0] for each in nodes[name]],
        y=[places[each][1] for each in nodes[name]],
        mode="markers+text",
        text=nodes[name],
        textposition="top center",
        customdata=nodes[[size]],
        marker={
            "size": _SMALLEST + (_LARGEST - _SMALLEST) * (nodes[size] / most) ** 0.5,
            "color": [PALETTE[1] if each == centre else ACCENT for each in nodes[name]],
            "opacity": 0.85,
        },
        hovertemplate=f"%{{text}}<br>{size_title} %{{customdata[0]:,}}<extra></extra>",
        cliponaxis=False,
    )
    dress(figure, title=title)
    figure.update_layout(height=_HEIGHT, showlegend=False, hovermode="closest")
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure


def _draw_ties(edges: pd.DataFrame, places: dict, tie_title: str) -> list[go.Scatter]:
    strongest = edges.iloc[:, 2].max() if len(edges) else 1
    ties = []
    for a, b, strength in edges.itertuples(index=False, name=None):
        (x0, y0), (x1, y1) = places[a], places[b]
        ties.append(
            go.Scatter(
                x=[x0, (x0 + x1) / 2, x1],
                y=[y0, (y0 + y1) / 2, y1],
                mode="lines",
                line={"width": 0.6 + 3 * strength / strongest, "color": "rgba(128,134,144,.5)"},
                text=f"{a} — {b}<br>{tie_title} {strength:,.3g}",
                hoverinfo="text",
            )
        )
    return ties
