"""Scatter plots: each row a dot with its name, by two measures."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.style import ACCENT, PALETTE, build, lay_out, plain

_HEIGHT = 520
#: The line between the sides, from the lower to the upper edge.
_BETWEEN = {
    "type": "line", "xref": "x", "x0": 0, "x1": 0, "yref": "y domain", "y0": 0, "y1": 1,
    "line": {"width": 1, "color": "#8a8f98"},
}  # fmt: skip


def plot_keyness(
    frame: pd.DataFrame,
    *,
    name: str,
    effect: str,
    evidence: str,
    title: str,
    effect_title: str,
    evidence_title: str,
    labels: int = 16,
) -> go.Figure:
    """Draw effect size against evidence, one dot a row.

    Args:
        frame: One row per dot.
        name: Column that names the dots.
        effect: Column of the horizontal place: right of 0 for A, left for B.
        evidence: Column of the vertical place, 0 or above.
        title: What the chart shows.
        effect_title: Title of the horizontal axis, with its unit.
        evidence_title: Title of the vertical axis.
        labels: How many dots bear their name, those of most evidence first.

    Returns:
        A figure with the dots of A and B in two colours; the name is the text under the pointer.
    """
    named = set(frame.nlargest(labels, evidence)[name])
    right = frame[effect] >= 0
    dots = {
        "type": "scatter",
        "x": frame[effect].to_numpy(),
        "y": frame[evidence].to_numpy(),
        "mode": "markers+text",
        "text": [plain(each) if each in named else "" for each in frame[name]],
        "textposition": "top center",
        "customdata": frame[[name]].to_numpy(),
        "marker": {"size": 8, "opacity": 0.75, "color": [ACCENT if each else PALETTE[1] for each in right]},
        "hovertemplate": (
            f"%{{customdata[0]}}<br>{effect_title} %{{x:.2f}}<br>{evidence_title} %{{y:.1f}}<extra></extra>"
        ),
        "cliponaxis": False,
    }
    layout = lay_out(title=title, x_title=effect_title, y_title=evidence_title) | {"height": _HEIGHT}
    layout["yaxis"]["rangemode"] = "tozero"
    layout["shapes"] = [_BETWEEN]
    return build([dots], layout)
