"""What lies over the marks of a figure for print: lines and boxes across the axes, and notes."""

from __future__ import annotations

import plotly.graph_objects as go

from analysis.charts.picture.ground import INK, POINT, QUIET, SIZE, ChartError, Ground, read_colour, read_dash
from analysis.charts.picture.labels import read_label
from analysis.charts.picture.scales import place_values


def draw_shape(shape: go.layout.Shape, ground: Ground) -> None:
    """Draw a line or a box across the axes.

    Raises:
        ChartError: It is of another kind.
    """
    if shape.type not in ("line", "rect"):
        raise ChartError(f"{shape.type}: kind of shape unknown; expected line or rect")
    from matplotlib.transforms import blended_transform_factory  # noqa: PLC0415

    axes = ground.axes
    frames = {"x": axes.transAxes if _is_share(shape.xref) else axes.transData}
    frames["y"] = axes.transAxes if _is_share(shape.yref) else axes.transData
    place = blended_transform_factory(frames["x"], frames["y"])
    xs = [shape.x0, shape.x1] if _is_share(shape.xref) else place_values(ground.x, [shape.x0, shape.x1])
    ys = [shape.y0, shape.y1] if _is_share(shape.yref) else place_values(ground.y, [shape.y0, shape.y1])
    width = (2 if shape.line.width is None else shape.line.width) * POINT
    edge = read_colour(shape.line.color or QUIET)
    if shape.type == "line":
        axes.plot(
            xs, ys, transform=place, color=edge, linewidth=width, zorder=1.5,
            linestyle=read_dash(shape.line.dash), scalex=False, scaley=False,
        )  # fmt: skip
    else:
        axes.fill(
            [xs[0], xs[1], xs[1], xs[0]], [ys[0], ys[0], ys[1], ys[1]], transform=place, zorder=0.5,
            facecolor=read_colour(shape.fillcolor or "#00000000"), edgecolor=edge, linewidth=width,
            alpha=shape.opacity,
        )  # fmt: skip


def draw_note(note: go.layout.Annotation, ground: Ground) -> None:
    """Write an annotation at its place, without an arrow."""
    x = note.x if _is_share(note.xref) else place_values(ground.x, [note.x])[0]
    y = note.y if _is_share(note.yref) else place_values(ground.y, [note.y])[0]
    frames = tuple("axes fraction" if _is_share(each) else "data" for each in (note.xref, note.yref))
    sides = {"auto": "center", "middle": "center", None: "center"}
    ground.axes.annotate(
        read_label(note.text), (x, y), xycoords=frames, annotation_clip=False, zorder=4,
        ha=sides.get(note.xanchor, note.xanchor), va=sides.get(note.yanchor, note.yanchor),
        color=read_colour(note.font.color or INK), fontproperties=ground.font(note.font.size or SIZE),
    )  # fmt: skip


def _is_share(reference: str | None) -> bool:
    return bool(reference) and (reference == "paper" or reference.endswith("domain"))
