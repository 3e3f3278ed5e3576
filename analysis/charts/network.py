"""Networks: words or slogans as dots on an ellipse, their ties as lines."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.style import ACCENT, PALETTE, build, lay_out, plain

_LARGEST, _SMALLEST = 36, 10
_HEIGHT = 540
_FLAT = 0.62


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
    """Draw dots tied by lines; those that hang together stand side by side.

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
        centre: A dot to put into the middle, in another colour.

    Returns:
        A figure, the same for the same frames; its last trace has the dots, with the name as text.

    Note:
        Places mean nothing but belonging together: no layout by forces, in which dots of one group cover
        each other.
    """
    ties = list(edges[[*ends, tie]].itertuples(index=False, name=None))
    places = _place(nodes[name].tolist(), ties, centre)
    dots = {
        "type": "scatter",
        "x": [places[each][0] for each in nodes[name]],
        "y": [places[each][1] for each in nodes[name]],
        "mode": "markers+text",
        "text": [plain(each) for each in nodes[name]],
        "textposition": [_side(*places[each]) for each in nodes[name]],
        "customdata": nodes[[name, size]].to_numpy(),
        "marker": {
            "size": (
                _SMALLEST + (_LARGEST - _SMALLEST) * (nodes[size] / nodes[size].max()) ** 0.5
            ).to_numpy(),
            "color": [PALETTE[1] if each == centre else ACCENT for each in nodes[name]],
            "opacity": 0.9,
        },
        "hovertemplate": f"%{{customdata[0]}}<br>{size_title} %{{customdata[1]:,}}<extra></extra>",
        "cliponaxis": False,
    }
    layout = lay_out(title=title) | {"height": _HEIGHT, "hovermode": "closest"}
    layout["xaxis"] |= {"visible": False, "range": [-1.45, 1.45]}
    layout["yaxis"] |= {"visible": False, "range": [-1.25 * _FLAT, 1.25 * _FLAT]}
    return build([*_draw_ties(ties, places, tie_title), dots], layout)


def _place(
    names: list[str], ties: list[tuple[str, str, float]], centre: str | None
) -> dict[str, tuple[float, float]]:
    """Put groups of closely tied dots next to each other on an ellipse."""
    graph = nx.Graph()
    graph.add_nodes_from(sorted(names))
    graph.add_weighted_edges_from(ties)
    if centre in graph:
        graph.remove_node(centre)
    groups = nx.community.greedy_modularity_communities(graph, weight="weight") if graph else []
    around = [each for group in groups for each in sorted(group, key=lambda n: (-graph.degree(n), n))]
    places = {} if centre is None else {centre: (0.0, 0.0)}
    for number, each in enumerate(around):
        angle = math.pi / 2 - 2 * math.pi * number / len(around)
        places[each] = (math.cos(angle), _FLAT * math.sin(angle))
    return places


def _side(x: float, y: float) -> str:
    if abs(x) > abs(y) * 1.4:
        return "middle right" if x > 0 else "middle left"
    return "top center" if y >= 0 else "bottom center"


def _draw_ties(
    ties: list[tuple[str, str, float]], places: dict[str, tuple[float, float]], tie_title: str
) -> list[dict[str, Any]]:
    strongest = max((strength for _, _, strength in ties), default=1)
    drawn = []
    for a, b, strength in ties:
        (x0, y0), (x1, y1) = places[a], places[b]
        drawn.append(
            {
                "type": "scatter",
                "x": [x0, (x0 + x1) / 2, x1],
                "y": [y0, (y0 + y1) / 2, y1],
                "mode": "lines",
                "line": {"width": 0.6 + 3 * strength / strongest, "color": "rgba(128,134,144,.45)"},
                "text": f"{plain(a)} — {plain(b)}<br>{tie_title} {strength:,.3g}",
                "hoverinfo": "text",
            }
        )
    return drawn
