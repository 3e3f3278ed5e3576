"""The axes of a figure for print: what is written on them, and where its lines break."""

from __future__ import annotations

import plotly.graph_objects as go

from analysis.charts.picture.ground import GRID, INK, POINT, QUIET, SIZE, Ground, measure_axes
from analysis.charts.picture.labels import measure, read_label, split_words, wrap_label
from analysis.charts.picture.scales import Scale, choose_ticks

#: The most of the width that names of rows may take; the most pixels of a turned name of a column, and the
#: most lines of a level one.
ROWS, _COLUMN, _LINES = 0.4, 170, 5
#: Room that a value on an axis wants.
_ACROSS, _UP = 88, 48


def dress_axes(figure: go.Figure, ground: Ground, width: int, height: int) -> None:
    """Set ranges, ticks and grid of both axes.

    Args:
        figure: The figure.
        ground: Its axes and scales.
        width: Width of the sheet in pixels.
        height: Its height.
    """
    axes = ground.axes
    axes.set(xlim=_ends(ground.x), ylim=_ends(ground.y))
    shown = [figure.layout[f"{side}axis"].visible is not False for side in "xy"]
    if not any(shown):
        axes.set_axis_off()
        return
    x, y = choose_ticks(ground.x, width // _ACROSS), choose_ticks(ground.y, height // _UP)
    rows = [wrap_label(label, width * ROWS, SIZE) for label in y.labels]
    font = ground.font(SIZE)
    axes.set_xticks(*(x if shown[0] else ([], [])), fontproperties=font)
    axes.set_yticks(*((y.places, rows) if shown[1] else ([], [])), fontproperties=font)
    axes.tick_params(length=0, pad=5, colors=INK)
    for axis, scale in ((axes.xaxis, ground.x), (axes.yaxis, ground.y)):
        axis.label.set(fontproperties=font, color=QUIET)
        if scale.kind == "number":
            axis.grid(color=GRID, linewidth=POINT)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    cells = any(trace.type == "heatmap" for trace in figure.data)
    rows_on_zero = (
        ground.y.kind == "category" and ground.x.kind == "number" and ground.x.low < 0 < ground.x.high
    )
    if rows_on_zero:
        axes.axvline(0, color=QUIET, linewidth=POINT, zorder=1.5)
    base = axes.spines["left" if ground.y.kind == "category" else "bottom"]
    base.set(visible=not cells and not rows_on_zero, color=QUIET, linewidth=POINT)


def turn_columns(ground: Ground) -> None:
    """Break the names of columns that are too wide, or turn them where that would break words."""
    if ground.x.kind != "category" or not ground.axes.get_xticklabels():
        return
    places, names = choose_ticks(ground.x, 0)
    room = measure_axes(ground)[0] / len(names) - 6
    widest = max(measure(word, SIZE) for name in names for word in split_words(name))
    broken = [wrap_label(name, max(room, SIZE), SIZE) for name in names]
    if widest <= room and max(name.count("\n") for name in broken) < _LINES:
        way = {"labels": broken, "rotation": 0, "ha": "center", "va": "top", "rotation_mode": "default"}
    else:
        turned = [wrap_label(name, _COLUMN, SIZE) for name in names]
        steep = room < (2 + max(name.count("\n") for name in turned)) * SIZE
        if steep and room < 2.6 * SIZE:
            turned = [wrap_label(name, 2 * _COLUMN, SIZE) for name in names]
        angle, side = (90, "center") if steep else (40, "top")
        way = {"labels": turned, "rotation": angle, "ha": "right", "va": side, "rotation_mode": "anchor"}
    ground.axes.set_xticks(places, fontproperties=ground.font(SIZE), **way)


def wrap_titles(figure: go.Figure, ground: Ground) -> None:
    """Break the titles of the axes where the axes end."""
    for side, room in zip("xy", measure_axes(ground), strict=True):
        title = read_label(figure.layout[f"{side}axis"].title.text).replace("\n", " ")
        ground.axes.set(**{f"{side}label": wrap_label(title, max(room, 8 * SIZE), SIZE)})


def _ends(scale: Scale) -> tuple[float, float]:
    return (scale.high, scale.low) if scale.reversed else (scale.low, scale.high)
