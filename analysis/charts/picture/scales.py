"""Scales of a figure: where a value stands on an axis, and which values are written on it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from analysis.charts.picture.labels import read_label

_DAY = pd.Timedelta(days=1)
#: Steps of a calendar axis, and the form of its dates.
_STEPS = (
    ("D", "%Y-%m-%d"), ("2D", "%Y-%m-%d"), ("7D", "%Y-%m-%d"), ("MS", "%Y-%m"),
    ("2MS", "%Y-%m"), ("QS", "%Y-%m"), ("6MS", "%Y-%m"), ("YS", "%Y"), ("2YS", "%Y"), ("5YS", "%Y"),
    ("10YS", "%Y"), ("50YS", "%Y"),
)  # fmt: skip
_ROUND = (1, 2, 2.5, 5, 10)
#: Room beside the outermost marks, as a share of the axis.
_PAD = 0.04
#: Less than this apart, values are one.
_LEAST = 1e-12


class Ticks(NamedTuple):
    """Places on an axis and what is written there."""

    places: list[float]
    labels: list[str]


class Scale(NamedTuple):
    """An axis: `kind` is number, date or category; the other fields are in places on it.

    Places are the values themselves, days since 1970, or the numbers of the names in `names`. `whole` tells
    that there are only whole numbers, `blank` that there is nothing on the axis.
    """

    kind: str
    names: tuple[str, ...]
    low: float
    high: float
    reversed: bool
    percent: bool
    whole: bool
    written: dict[str, str]
    blank: bool = False


def is_drawn(trace: BaseTraceType) -> bool:
    """Tell whether a trace can be seen."""
    marker = trace.to_plotly_json().get("marker", {})
    return trace.visible in (None, True) and marker.get("opacity") != 0


def read_scale(figure: go.Figure, side: str) -> Scale:
    """Read the scale of one axis from a figure.

    Args:
        figure: The figure.
        side: x or y.

    Returns:
        The scale: names in order of appearance, or from the least to the greatest value with its whiskers.
    """
    axis = figure.layout[f"{side}axis"]
    traces = [trace for trace in figure.data if is_drawn(trace)]
    values = [value for trace in traces for value in _listed(trace[side])]
    kind = {"category": "category", "date": "date"}.get(axis.type) or _guess(values)
    names = tuple(dict.fromkeys(map(str, values))) if kind == "category" else ()
    bare = Scale(kind, names, 0, 0, _is_reversed(axis), False, False, _read_written(axis))
    places = [place_values(bare, trace[side]) for trace in traces]
    ends = np.concatenate([*places, *_ends(traces, side, places), [math.nan]])
    bars = any(trace.type == "bar" and _is_long(trace, side) for trace in traces)
    low, high = _range(bare, ends, axis, bars)
    percent = str(axis.tickformat or "").endswith("%")
    known = ends[~np.isnan(ends)]
    whole = not percent and len(known) > 0 and bool(np.all(known % 1 == 0))
    return bare._replace(low=low, high=high, percent=percent, whole=whole, blank=not len(known))


def place_values(scale: Scale, values: object) -> np.ndarray:
    """Turn values into places on a scale; a missing one is NaN."""
    if scale.kind == "category":
        numbers = {name: number for number, name in enumerate(scale.names)}
        return np.array([numbers[str(value)] for value in _listed(values)], dtype=float)
    if scale.kind == "date":
        return ((pd.to_datetime(pd.Series(_listed(values))) - pd.Timestamp(0)) / _DAY).to_numpy(dtype=float)
    return pd.to_numeric(pd.Series(_listed(values), dtype=object)).to_numpy(dtype=float, na_value=math.nan)


def choose_ticks(scale: Scale, most: int) -> Ticks:
    """Choose what to write on an axis: every name, or round values.

    Args:
        scale: The axis.
        most: How many values there is room for.

    Returns:
        The ticks, from low to high.

    Example:
        >>> choose_ticks(Scale("number", (), 0, 0.31, False, True, False, {}), 5).labels
        ['0%', '10%', '20%', '30%']
    """
    if scale.blank:
        return Ticks([], [])
    if scale.kind == "category":
        labels = [read_label(scale.written.get(name, name)) for name in scale.names]
        return Ticks([float(number) for number in range(len(labels))], labels)
    if scale.kind == "date":
        return _choose_dates(scale.low, scale.high, most)
    places = _choose_numbers(scale.low, scale.high, max(most, 2), scale.whole)
    return Ticks(places, _write_numbers(places, percent=scale.percent))


def _listed(values: object) -> list:
    return [] if values is None else list(values)


def _guess(values: list) -> str:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, np.datetime64) or hasattr(value, "year") for value in known):
        return "date"
    return "category" if any(isinstance(value, str) for value in known) else "number"


def _read_written(axis: go.layout.XAxis) -> dict[str, str]:
    return dict(zip(map(str, _listed(axis.tickvals)), _listed(axis.ticktext), strict=False))


def _is_reversed(axis: go.layout.XAxis) -> bool:
    return axis.autorange == "reversed" or (axis.range is not None and axis.range[0] > axis.range[1])


def _is_long(trace: go.Bar, side: str) -> bool:
    """Tell whether the bars of a trace run along an axis."""
    return (trace.orientation == "h") == (side == "x")


def _ends(traces: list, side: str, places: list[np.ndarray]) -> list[np.ndarray]:
    """Find how far whiskers reach."""
    found = []
    for trace, middle in zip(traces, places, strict=True):
        error = getattr(trace, f"error_{side}", None)
        if error is not None and error.array is not None:
            below = error.arrayminus if error.arrayminus is not None else error.array
            found += [middle + np.asarray(error.array, float), middle - np.asarray(below, float)]
    return found


def _range(scale: Scale, ends: np.ndarray, axis: go.layout.XAxis, from_zero: bool) -> tuple[float, float]:
    if axis.range is not None:
        given = place_values(scale, axis.range) if scale.kind == "date" else map(float, axis.range)
        low, high = sorted(given)
        return low, (high if high > low else low + 1)
    if scale.kind == "category":
        return -0.5, max(len(scale.names), 1) - 0.5
    known = ends[~np.isnan(ends)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    tozero = from_zero or axis.rangemode == "tozero"
    if tozero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < _LEAST:
        # One value alone: from 0 to 1, a number with one on each side, a day with half a month.
        aside = 1.0 if scale.kind == "number" else 15.0
        return (0.0, 1.0) if tozero and abs(low) < _LEAST else (low - aside, high + aside)
    room = _PAD * (high - low)
    return (low if tozero and low == 0 else low - room), (high if tozero and high == 0 else high + room)


def _choose_dates(low: float, high: float, most: int) -> Ticks:
    first, last = (pd.Timestamp(0) + place * _DAY for place in (low, high))
    for step, form in _STEPS:
        written = form
        years = int(step[:-2] or 1) if step.endswith("YS") else 1
        begin = first.normalize() if step.endswith("D") else pd.Timestamp(first.year // years * years, 1, 1)
        days = pd.date_range(begin, last, freq=step)
        days = days[days >= first]
        if len(days) <= most:
            break
    return Ticks([(day - pd.Timestamp(0)) / _DAY for day in days], [day.strftime(written) for day in days])


def _choose_numbers(low: float, high: float, most: int, whole: bool) -> list[float]:
    """Choose round numbers, at the least distance at which there are no more than asked for."""
    rough = max((high - low) / most, 1e-12)
    power = 10.0 ** math.floor(math.log10(rough))
    steps = [size * power * scale for scale in (1, 10) for size in _ROUND]
    if whole:
        steps = [step for step in steps if step % 1 == 0] or [1.0]
    step = next((step for step in steps if (high - low) / step <= most), steps[-1])
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def _write_numbers(places: list[float], *, percent: bool) -> list[str]:
    """Write numbers with as many decimals as tell them apart, all with the same."""
    values = [place * 100 if percent else place for place in places]
    near = 1e-6 * max((abs(value) for value in values), default=1)
    digits = next((d for d in range(9) if all(abs(round(v, d) - v) <= near for v in values)), 9)
    return [read_label(f"{value + 0.0:,.{digits}f}{'%' * percent}".replace("-", "−")) for value in values]
