"""Marks of a figure for print: bars, cells, lines and dots, put on the axes of matplotlib."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from analysis.charts.picture.ground import (
    INK,
    POINT,
    QUIET,
    SIZE,
    ChartError,
    Ground,
    measure_axes,
    read_colour,
    read_dash,
)
from analysis.charts.picture.labels import format_value, measure
from analysis.charts.picture.names import write_names
from analysis.charts.picture.scales import place_values
from analysis.charts.style import ACCENT

if TYPE_CHECKING:
    from matplotlib.text import Text

_SMALLEST = 6
_BAR = 0.72
#: Luminance below which white is easier to read than ink.
_DARK = 0.2
_SYMBOLS = {"circle": "o", "square": "s", "diamond": "D", "cross": "P", "x": "X", "triangle-up": "^"}


def draw_bars(trace: go.Bar, ground: Ground) -> list[Callable[[], None]]:
    """Draw bars from 0, with their whiskers."""
    from matplotlib.collections import PatchCollection  # noqa: PLC0415
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    along, across = ("x", "y") if trace.orientation == "h" else ("y", "x")
    lengths = place_values(getattr(ground, along), trace[along])
    places = place_values(getattr(ground, across), trace[across])
    bars = [
        Rectangle((0, place - _BAR / 2), length, _BAR)
        if along == "x"
        else Rectangle((place - _BAR / 2, 0), _BAR, length)
        for place, length in zip(places, lengths, strict=True)
        if not np.isnan(length)
    ]
    colours = _spread(trace.marker.color, len(lengths), ACCENT)
    seen = [colour for colour, length in zip(colours, lengths, strict=True) if not np.isnan(length)]
    drawn = PatchCollection(
        bars, facecolors=seen, edgecolors="none", zorder=2, gid=_name_group("bars", ground)
    )
    drawn.set_alpha(trace.opacity)
    ground.axes.add_collection(drawn, autolim=False)
    _draw_whiskers(trace, along, ground, QUIET)
    return []


def draw_cells(trace: go.Heatmap, ground: Ground) -> list[Callable[[], None]]:
    """Draw a grid of cells with their values; a missing one leaves its place blank."""
    from matplotlib.collections import PatchCollection  # noqa: PLC0415
    from matplotlib.colors import LinearSegmentedColormap, Normalize  # noqa: PLC0415
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    columns, rows = place_values(ground.x, trace.x), place_values(ground.y, trace.y)
    values = np.array(trace.z, dtype=float).ravel()
    places = [(x, y) for y in rows for x in columns]
    known = [(*place, value) for place, value in zip(places, values, strict=True) if not np.isnan(value)]
    if not known:
        return []
    stops = [(float(at), read_colour(colour)) for at, colour in trace.colorscale]
    low = trace.zmin if trace.zmin is not None else min(cell[2] for cell in known)
    high = trace.zmax if trace.zmax is not None else max(cell[2] for cell in known)
    shade = LinearSegmentedColormap.from_list("cells", stops)
    colours = [shade(Normalize(low, high if high > low else low + 1)(value)) for *_, value in known]
    squares = [Rectangle((x - 0.5, y - 0.5), 1, 1) for x, y, _ in known]
    gap = max(trace.xgap or 0, trace.ygap or 0) * POINT
    ground.axes.add_collection(
        PatchCollection(
            squares,
            facecolors=colours,
            edgecolors="white",
            linewidths=gap,
            zorder=2,
            gid=_name_group("cells", ground),
        ),
        autolim=False,
    )
    form = re.fullmatch(r"%\{z(?::([^}]*))?\}", trace.texttemplate or "")
    if form is None:
        return []
    texts = [
        ground.axes.text(
            x, y, format_value(value, form[1] or ""), ha="center", va="center", zorder=3,
            color="white" if _luminance(colour) < _DARK else INK, fontproperties=ground.font(SIZE),
        )
        for (x, y, value), colour in zip(known, colours, strict=True)
    ]  # fmt: skip
    return [lambda: _fit_cells(texts, ground)]


def draw_scatter(trace: go.Scatter, ground: Ground) -> list[Callable[[], None]]:
    """Draw a line, dots and their names, whichever the trace has."""
    modes = set((trace.mode or "lines+markers").split("+"))
    if unknown := modes - {"lines", "markers", "text", "none"}:
        raise ChartError(f"{', '.join(unknown)}: mode of a trace unknown; expected lines, markers, text")
    x, y = place_values(ground.x, trace.x), place_values(ground.y, trace.y)
    colour = read_main_colour(trace)
    if trace.fill not in (None, "none"):
        _draw_band(trace, x, y, ground)
    if "lines" in modes:
        ground.axes.plot(
            x, y, color=colour, zorder=2.5, linestyle=read_dash(trace.line.dash),
            linewidth=(2 if trace.line.width is None else trace.line.width) * POINT,
        )  # fmt: skip
    for side in "xy":
        _draw_whiskers(trace, side, ground, colour)
    if "markers" in modes:
        _draw_dots(trace, x, y, ground, colour)
    return [write_names(trace, x, y, _sizes(trace, len(x)), ground)] if "text" in modes else []


def read_main_colour(trace: go.Scatter | go.Bar) -> object:
    """Read the colour that stands for a whole trace: of its line, else of its first mark."""
    line = trace.line.color if trace.type == "scatter" else None
    return read_colour(line) if line else _spread(trace.marker.color, 1, ACCENT)[0]


def _spread(colours: object, many: int, otherwise: object) -> list:
    if colours is None or isinstance(colours, str):
        return [read_colour(colours or otherwise)] * many
    listed = [read_colour(colour) for colour in colours]
    if any(not isinstance(colour, (str, tuple)) for colour in listed):
        raise ChartError("colours by number are not drawn; name the colour of each mark")
    return listed or [read_colour(otherwise)] * many


def _luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (
        (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4) for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _draw_whiskers(trace: go.Scatter | go.Bar, side: str, ground: Ground, colour: object) -> None:
    error = trace[f"error_{side}"]
    if error.array is None or error.visible is False:
        return
    above = np.asarray(error.array, float)
    below = above if error.arrayminus is None else np.asarray(error.arrayminus, float)
    thickness = (2 if error.thickness is None else error.thickness) * POINT
    ground.axes.errorbar(
        place_values(ground.x, trace.x), place_values(ground.y, trace.y), fmt="none", zorder=2.2,
        ecolor=read_colour(error.color or colour), elinewidth=thickness, capthick=thickness,
        capsize=(4 if error.width is None else error.width) * POINT,
        **{f"{side}err": np.clip([below, above], 0, None)},
    )  # fmt: skip


def _draw_band(trace: go.Scatter, x: np.ndarray, y: np.ndarray, ground: Ground) -> None:
    if trace.fill not in ("toself", "tozeroy"):
        raise ChartError(f"{trace.fill}: fill of a trace unknown; expected toself or tozeroy")
    colour = read_colour(trace.fillcolor or trace.line.color or ACCENT)
    alpha = None if trace.fillcolor else 0.2
    if trace.fill == "toself":
        ground.axes.fill(x, y, facecolor=colour, alpha=alpha, edgecolor="none", zorder=1)
    else:
        ground.axes.fill_between(x, y, 0, facecolor=colour, alpha=alpha, edgecolor="none", zorder=1)


def _draw_dots(trace: go.Scatter, x: np.ndarray, y: np.ndarray, ground: Ground, colour: object) -> None:
    """Draw dots; open ones are filled with white, so that no line shines through."""
    fills = _spread(trace.marker.color, len(x), colour)
    symbols = trace.marker.symbol or "circle"
    symbols = np.array([symbols] * len(x) if isinstance(symbols, str) else list(symbols), dtype=object)
    sizes = (_sizes(trace, len(x)) * POINT) ** 2
    for symbol in dict.fromkeys(symbols):
        shape = symbol.removesuffix("-open")
        if shape not in _SYMBOLS:
            raise ChartError(f"{symbol}: symbol unknown; expected one of {', '.join(_SYMBOLS)}")
        chosen = np.flatnonzero(symbols == symbol)
        inside = [fills[number] for number in chosen]
        ground.axes.scatter(
            x[chosen], y[chosen], s=sizes[chosen], marker=_SYMBOLS[shape], zorder=3, linewidth=1.5 * POINT,
            facecolor="white" if symbol != shape else inside, clip_on=False, alpha=trace.marker.opacity,
            edgecolor=inside if symbol != shape else "none", gid=_name_group("dots", ground),
        )  # fmt: skip


def _name_group(kind: str, ground: Ground) -> str:
    return f"{kind}-{len(ground.axes.collections)}"


def _sizes(trace: go.Scatter, many: int) -> np.ndarray:
    size = 6 if trace.marker.size is None else trace.marker.size
    return np.broadcast_to(np.asarray(size, float), (many,))


def _fit_cells(texts: list[Text], ground: Ground) -> None:
    """Make the values as small as the cells want them, and hide those that could not be read."""
    width, height = measure_axes(ground)
    width, height = width / len(ground.x.names), height / len(ground.y.names)
    widest = max(measure(text.get_text(), 1) for text in texts)
    size = min(SIZE, 0.86 * width / widest, 0.8 * height)
    for text in texts:
        text.set_fontproperties(ground.font(size))
        text.set_visible(size >= _SMALLEST)
