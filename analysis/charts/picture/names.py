"""Names beside the dots of a figure for print, placed so that they do not cover each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import plotly.graph_objects as go

from analysis.charts.picture.ground import INK, POINT, SIZE, Ground, read_colour
from analysis.charts.picture.labels import measure, read_label

if TYPE_CHECKING:
    from matplotlib.text import Annotation

_LINE = 1.25
#: Sides of a dot in the order in which they are tried after the one that the figure asks for: to the right
#: (1) or left (-1) of it, above (1) or below (-1).
_SIDES = ((0, 1), (1, 0), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
_ASKED = {"left": (-1, 0), "right": (1, 0), "top": (0, 1), "bottom": (0, -1)}
_ANCHORS = {-1: ("right", "top"), 0: ("center", "center"), 1: ("left", "bottom")}
#: How much worse it is to cover a name than to cover a dot, and than to stand on another side.
_NAME, _DOT, _MOVE = 10, 3, 0.1

Box = tuple[float, float, float, float]


class _Name(NamedTuple):
    text: Annotation
    side: tuple[int, int]
    away: float
    width: float
    height: float


def write_names(
    trace: go.Scatter, x: np.ndarray, y: np.ndarray, sizes: np.ndarray, ground: Ground
) -> Callable[[], None]:
    """Write the names of dots.

    Args:
        trace: The dots; `text` has their names, an empty one is none.
        x: Places on the horizontal axis.
        y: Places on the vertical axis.
        sizes: Sizes of the dots in pixels.
        ground: Where they stand.

    Returns:
        What puts them in place, to be called when the axes have their size.
    """
    size = trace.textfont.size or SIZE
    words = (
        [trace.text] * len(x)
        if isinstance(trace.text, str)
        else list(() if trace.text is None else trace.text)
    )
    asked = trace.textposition or "middle center"
    asked = [asked] * len(x) if isinstance(asked, str) else list(asked)
    with_dots = "markers" in (trace.mode or "")
    names = []
    for number, word in enumerate(map(read_label, words)):
        if word:
            text = _write(word, (x[number], y[number]), size, trace.textfont.color, ground)
            box = measure(word, size) * POINT, (word.count("\n") + 1) * size * _LINE * POINT
            away = (sizes[number] / 2 + 2 if with_dots else 0) * POINT
            names.append(_Name(text, _read_side(asked[number]), away, *box))
    dots = sizes * POINT / 2 if with_dots else np.zeros(0)
    return lambda: _place(names, np.column_stack([x, y]), dots, ground)


def _write(word: str, place: tuple, size: float, colour: object, ground: Ground) -> Annotation:
    # A white edge keeps a name legible across a line.
    from matplotlib.patheffects import withStroke  # noqa: PLC0415

    return ground.axes.annotate(
        word, place, (0, 0), textcoords="offset points", annotation_clip=False, zorder=4,
        color=read_colour(colour or INK), fontproperties=ground.font(size),
        path_effects=[withStroke(linewidth=2, foreground="white")],
    )  # fmt: skip


def _read_side(asked: str) -> tuple[int, int]:
    across, up = (sum(_ASKED[word][axis] for word in asked.split() if word in _ASKED) for axis in (0, 1))
    return across, up


def _place(names: list[_Name], places: np.ndarray, radii: np.ndarray, ground: Ground) -> None:
    """Give each name, first come first served, the side on which it covers least."""
    scale = 72 / ground.axes.get_figure().dpi
    points = ground.axes.transData.transform(places) * scale
    dots = [(px - r, py - r, px + r, py + r) for (px, py), r in zip(points, radii, strict=False)]
    taken: list[Box] = []
    for name in names:
        at = ground.axes.transData.transform(name.text.xy) * scale
        sides = list(dict.fromkeys((name.side, *_SIDES)))
        boxes = [_box(name, at, side) for side in sides]
        costs = [
            _MOVE * number + _NAME * _overlap(box, taken) + _DOT * _overlap(box, dots)
            for number, box in enumerate(boxes)
        ]
        best = int(np.argmin(costs))
        taken.append(boxes[best])
        _settle(name, sides[best])


def _shift(name: _Name, side: tuple[int, int]) -> tuple[float, float]:
    """Tell how far from the dot a name stands; diagonally it may stand nearer."""
    near = name.away * (0.7 if all(side) else 1)
    return side[0] * near, side[1] * near


def _box(name: _Name, at: np.ndarray, side: tuple[int, int]) -> Box:
    right, up = _shift(name, side)
    left = at[0] + right + (side[0] - 1) / 2 * name.width
    bottom = at[1] + up + (side[1] - 1) / 2 * name.height
    return left, bottom, left + name.width, bottom + name.height


def _overlap(box: Box, others: list[Box]) -> float:
    """Add up which shares of a box lie under others."""
    area = max((box[2] - box[0]) * (box[3] - box[1]), 1e-9)
    return sum(
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in others
    ) / area  # fmt: skip


def _settle(name: _Name, side: tuple[int, int]) -> None:
    name.text.set_position(_shift(name, side))
    name.text.set_horizontalalignment(_ANCHORS[side[0]][0])
    name.text.set_verticalalignment(_ANCHORS[side[1]][1])
