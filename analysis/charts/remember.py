"""Figures kept: the same rows drawn in the same way are one figure, however many readers look at it."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import ParamSpec

import pandas as pd
import plotly.graph_objects as go

#: Figures kept at the most, those asked for last.
MOST_FIGURES = 400

_P = ParamSpec("_P")


def remember(plot: Callable[_P, go.Figure]) -> Callable[_P, go.Figure]:
    """Keep the figures that a function draws, and hand them out again for equal rows and options.

    Building a figure takes some 10 to 50 ms, most of it plotly's checks of what is set; comparing the few
    rows behind it takes about one.

    Args:
        plot: Draws one figure from frames and options, and depends on nothing else.

    Returns:
        The same function. Its figures are shared: who wants to change one copies it first.
    """
    kept: OrderedDict[Hashable, go.Figure] = OrderedDict()
    lock = threading.Lock()

    @functools.wraps(plot)
    def draw(*frames: pd.DataFrame, **options: object) -> go.Figure:
        try:
            key = (*map(_identify, frames), *((name, _freeze(value)) for name, value in options.items()))
            hash(key)
        except TypeError:
            # Lists in cells have no hash; such a figure is drawn each time.
            return plot(*frames, **options)
        with lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key]
        figure = plot(*frames, **options)
        with lock:
            kept[key] = figure
            while len(kept) > MOST_FIGURES:
                kept.popitem(last=False)
        return figure

    return draw


def _identify(frame: pd.DataFrame) -> tuple:
    """Tell a frame by its columns and the values in them, row by row."""
    columns = tuple((str(name), str(dtype)) for name, dtype in frame.dtypes.items())
    values = tuple(_read_column(frame.iloc[:, place]) for place in range(frame.shape[1]))
    return columns, len(frame), values


def _read_column(column: pd.Series) -> Hashable:
    if column.dtype.kind in "biufmM":
        return column.to_numpy().tobytes()
    return tuple(column.astype(object))


def _freeze(value: object) -> Hashable:
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value
