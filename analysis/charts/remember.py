"""Figures kept: the same rows drawn in the same way are one figure, however many readers look at it."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import ParamSpec

import numpy as np
import pandas as pd
import plotly.graph_objects as go

#: Figures kept at the most, those asked for last.
MOST_FIGURES = 400

_P = ParamSpec("_P")


def remember(plot: Callable[_P, go.Figure]) -> Callable[_P, go.Figure]:
    """Keep the figures that a function draws, and hand them out again for equal rows and options.

    Args:
        plot: Draws one figure from frames and options, and depends on nothing else; of a frame, on nothing
            but the columns that its options name.

    Returns:
        The same function. Its figures are shared: who wants to change one copies it first.
    """
    kept: OrderedDict[Hashable, go.Figure] = OrderedDict()
    lock = threading.Lock()

    @functools.wraps(plot)
    def draw(*frames: pd.DataFrame, **options: object) -> go.Figure:
        try:
            look = tuple((name, _freeze(value)) for name, value in options.items())
            named = {part for _, value in look for part in (value if isinstance(value, tuple) else (value,))}
            key = (*(_identify(frame, named) for frame in frames), look)
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


def _identify(frame: pd.DataFrame, named: set[Hashable]) -> tuple:
    """Tell a frame by the values of those of its columns that are named, row by row."""
    return len(frame), *((name, _read_column(frame[name])) for name in frame.columns if name in named)


def _read_column(column: pd.Series) -> Hashable:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufmM":
        return column.dtype.str, column.to_numpy().tobytes()
    return tuple(column.tolist())


def _freeze(value: object) -> Hashable:
    if isinstance(value, dict):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value
