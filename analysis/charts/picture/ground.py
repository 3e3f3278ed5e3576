"""What marks for print stand on: axes and their scales, colours, dashes, units."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from analysis.charts.picture.scales import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

#: Points of matplotlib to a pixel.
POINT = 0.75
INK, QUIET, GRID = "#1a1a1a", "#5f6b76", "#e3e6ea"
#: Size of words in pixels.
SIZE = 12
_DASHES = {"dot": (0, (1, 2)), "dash": (0, (4, 2)), "dashdot": (0, (4, 2, 1, 2)), "solid": "solid"}
_COLOUR = re.compile(r"rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)")


class ChartError(ValueError):
    """A figure cannot be drawn for print."""


class Ground(NamedTuple):
    """Where marks go: the axes, their scales and the font of words on them."""

    axes: Axes
    x: Scale
    y: Scale
    font: Callable[[float], FontProperties]


def measure_axes(ground: Ground) -> tuple[float, float]:
    """Measure width and height of the axes in pixels."""
    box = ground.axes.get_window_extent()
    pixel = ground.axes.get_figure().dpi * POINT / 72
    return box.width / pixel, box.height / pixel


def read_colour(colour: object) -> object:
    """Turn a colour of CSS into one of matplotlib.

    Example:
        >>> read_colour("rgba(255, 0, 0, .5)")
        (1.0, 0.0, 0.0, 0.5)
        >>> read_colour("#0072b2")
        '#0072b2'
    """
    found = _COLOUR.fullmatch(str(colour))
    if found is None:
        return colour
    red, green, blue = (float(found[number]) / 255 for number in (1, 2, 3))
    return red, green, blue, float(found[4] or 1)


def read_dash(dash: str | None) -> object:
    """Turn the name of a kind of line into that of matplotlib."""
    if (dash or "solid") not in _DASHES:
        raise ChartError(f"{dash}: kind of line unknown; expected one of {', '.join(_DASHES)}")
    return _DASHES[dash or "solid"]
