"""Figures settled: what a page is sent of a figure is written once, however often it is sent."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import plotly.io
from plotly.basedatatypes import BaseFigure


class Settled(BaseFigure):
    """A figure of which there is nothing but its plain form."""

    def __init__(self, figure: go.Figure | dict[str, Any]) -> None:
        super().__init__()
        self._plain = _fix(json.loads(plotly.io.to_json(figure, validate=False)))

    def to_dict(self) -> dict[str, Any]:
        """Give the figure as dicts, tuples, numbers and text; what lies within is not to be changed."""
        # Plotly writes into the outermost dict when a figure is copied.
        return dict(self._plain)


def settle(figure: go.Figure) -> Settled:
    """Give what a page is sent of a figure, the same each time.

    Streamlit asks a figure for its plain form on each run of a page; copying the figure and turning its
    arrays into text takes 1 to 3 ms each time.

    Args:
        figure: A figure that nobody changes any more.

    Returns:
        A figure for `st.plotly_chart` alone: it has neither traces nor a layout to look into.

    Example:
        >>> settle(go.Figure({"data": [{"type": "bar", "y": [1.5]}]})).to_dict()["data"]
        ({'y': (1.5,), 'type': 'bar'},)
    """
    settled = vars(figure).get("_settled")
    if settled is None:
        settled = figure._settled = Settled(figure)
    return settled


def _fix(plain: Any) -> Any:
    """Make lists tuples: the collector of garbage need not walk through tuples of numbers and text again."""
    if isinstance(plain, list):
        return tuple(map(_fix, plain))
    if isinstance(plain, dict):
        return {key: _fix(value) for key, value in plain.items()}
    return plain
