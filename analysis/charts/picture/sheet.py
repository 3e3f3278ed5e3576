"""The sheet that a figure is printed on: title, legend, axes, and as much room as their words need."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

from analysis.charts.outlines import BOLD, REGULAR
from analysis.charts.picture.axes import ROWS, dress_axes, turn_columns, wrap_titles
from analysis.charts.picture.ground import INK, POINT, SIZE, ChartError, Ground, measure_axes
from analysis.charts.picture.labels import measure, read_label, wrap_label
from analysis.charts.picture.marks import draw_bars, draw_cells, draw_scatter, read_main_colour
from analysis.charts.picture.overlays import draw_note, draw_shape
from analysis.charts.picture.scales import is_drawn, read_scale

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.legend import Legend
    from matplotlib.transforms import Transform

_FORMS = ("png", "svg")
_MARKS = {"bar": draw_bars, "heatmap": draw_cells, "scatter": draw_scatter}
_HEIGHT = 420
#: Pixels of the PNG to one of the figure.
_SCALE = 2
_PAD, _TITLE = 14, 17
#: Least height of a row of names and of any drawing.
_ROW, _LEAST = 20, 200
_SETTINGS = {
    "svg.fonttype": "path",
    "svg.hashsalt": "tifa",
    "text.parse_math": False,
    "text.usetex": False,
    "text.hinting": "none",
    "path.simplify": False,
}
#: Settings of matplotlib are those of the process; who draws sets them back, and draws alone.
_LOCK = threading.Lock()
#: What matplotlib would write of itself, and what it writes before the drawing.
_METADATA = ("Date", "Creator", "Format", "Type")
_HEAD = re.compile(r".*?<svg\b[^>]*>\s*", re.DOTALL)


def draw_picture(
    figure: go.Figure, *, form: str = "png", width: int = 900, height: int | None = None
) -> bytes:
    """Draw a figure of this package as a file that needs neither browser nor font where it is read.

    Args:
        figure: A figure made by one of the functions of this package.
        form: png, with two pixels to one of the width, or svg, with words as outlines.
        width: Width in pixels.
        height: Height in pixels; that of the figure, or as much more as its names need, when None.

    Returns:
        The file, the same for the same figure: on white, with title, axes, legend and notes.

    Raises:
        ChartError: The form is another, or the figure has a kind of mark that none of ours has.
    """
    if form not in _FORMS:
        raise ChartError(f"{form}: no form of a picture; expected one of {', '.join(_FORMS)}")
    # matplotlib takes half a second to import; only who draws pays for it.
    from matplotlib import style  # noqa: PLC0415

    with _LOCK, style.context(["default", _SETTINGS]):
        sheet = _draw_sheet(figure, width, height)
        return _save(sheet, form, _read_title(figure))


def _draw_sheet(figure: go.Figure, width: int, height: int | None) -> Figure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    dpi = 72 / POINT * _SCALE
    sheet = Figure(dpi=dpi, facecolor="white")
    FigureCanvasAgg(sheet)
    first = height or round(figure.layout.height or _HEIGHT)
    _resize(sheet, width, first)
    axes = sheet.add_axes((0.1, 0.1, 0.8, 0.8))
    traces = [(trace, _choose_marks(trace)) for trace in figure.data if is_drawn(trace)]
    ground = Ground(axes, read_scale(figure, "x"), read_scale(figure, "y"), _choose_font)
    finish = [step for trace, draw in traces for step in draw(trace, ground)]
    for shape in figure.layout.shapes:
        draw_shape(shape, ground)
    for note in figure.layout.annotations:
        draw_note(note, ground)
    dress_axes(figure, ground, width, first)
    top = _write_head(sheet, figure, width)
    finish += [partial(turn_columns, ground), partial(wrap_titles, figure, ground)]
    for _ in range(3):
        _fit(sheet, top)
        if height is None:
            _stretch(sheet, ground, width, top)
        for step in finish:
            step()
    _fit(sheet, top)
    return sheet


def _choose_font(size: float, *, bold: bool = False) -> FontProperties:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    return FontProperties(fname=str(BOLD if bold else REGULAR), size=size * POINT)


def _choose_marks(trace: BaseTraceType) -> Callable[[BaseTraceType, Ground], list[Callable[[], None]]]:
    if trace.type not in _MARKS:
        raise ChartError(f"{trace.type}: kind of mark not drawn; expected one of {', '.join(_MARKS)}")
    return _MARKS[trace.type]


def _resize(sheet: Figure, width: float, height: float) -> None:
    sheet.set_size_inches(width * POINT / 72, height * POINT / 72)


def _write_head(sheet: Figure, figure: go.Figure, width: int) -> float:
    """Write title and legend at the top, and tell how many pixels they take."""
    # Bold characters are wider than those measured.
    title = wrap_label(_read_title(figure), (width - 2 * _PAD) * 0.94, _TITLE)
    used = float(_PAD)
    if title:
        font = _choose_font(_TITLE, bold=True)
        sheet.text(
            0, 1, title, ha="left", va="top", color=INK, fontproperties=font, transform=_hang(sheet, used)
        )
        used += (title.count("\n") + 1) * _TITLE * 1.35 + _PAD / 2
    legend = _write_legend(sheet, figure, width, _hang(sheet, used))
    return used + (legend.get_window_extent().height / _SCALE + _PAD / 2 if legend else 0)


def _read_title(figure: go.Figure) -> str:
    """Read the title on one line; the figure breaks it for narrow screens, the sheet has its own width."""
    return read_label(figure.layout.title.text).replace("\n", " ")


def _hang(sheet: Figure, down: float) -> Transform:
    """Measure from the upper left corner, so that what hangs there stays when the sheet grows."""
    from matplotlib.transforms import ScaledTranslation  # noqa: PLC0415

    inch = POINT / 72
    return sheet.transFigure + ScaledTranslation(_PAD * inch, -down * inch, sheet.dpi_scale_trans)


def _write_legend(sheet: Figure, figure: go.Figure, width: int, place: Transform) -> Legend | None:
    """Write the names of the lines, in as many columns as there is room for."""
    from matplotlib.lines import Line2D  # noqa: PLC0415

    traces = [
        trace for trace in figure.data if is_drawn(trace) and trace.name and trace.showlegend is not False
    ]
    if not figure.layout.showlegend or not traces:
        return None
    names = [wrap_label(read_label(trace.name), width * ROWS, SIZE) for trace in traces]
    keys = [
        Line2D([], [], color=read_main_colour(trace), linewidth=2 * POINT, marker="o") for trace in traces
    ]
    room = (width - 2 * _PAD) / (max(measure(name, SIZE) for name in names) + 52)
    return sheet.legend(
        keys, names, loc="upper left", bbox_to_anchor=(0, 1), bbox_transform=place, ncols=max(1, int(room)),
        frameon=False, borderpad=0, borderaxespad=0, prop=_choose_font(SIZE), labelcolor=INK,
        handlelength=1.6, columnspacing=1.6,
    )  # fmt: skip


def _fit(sheet: Figure, top: float) -> None:
    """Give the axes what their words leave of the sheet."""
    axes = sheet.axes[0]
    whole = sheet.bbox
    for _ in range(2):
        drawn, frame = axes.get_tightbbox(sheet.canvas.get_renderer()), axes.get_window_extent()
        left = _PAD * _SCALE + frame.x0 - drawn.x0
        bottom = _PAD * _SCALE + frame.y0 - drawn.y0
        right = whole.width - _PAD * _SCALE - (drawn.x1 - frame.x1)
        upper = whole.height - top * _SCALE - (drawn.y1 - frame.y1)
        axes.set_position(
            (
                left / whole.width, bottom / whole.height,
                max(right - left, _SCALE) / whole.width, max(upper - bottom, _SCALE) / whole.height,
            )
        )  # fmt: skip


def _stretch(sheet: Figure, ground: Ground, width: int, top: float) -> None:
    """Make the sheet so high that rows can be read whatever names and titles take."""
    wanted = float(_LEAST)
    if ground.y.kind == "category":
        lines = max((label.get_text().count("\n") + 1 for label in ground.axes.get_yticklabels()), default=1)
        wanted = len(ground.y.names) * max(_ROW, 1.3 * SIZE * lines + 4)
    missing = wanted - measure_axes(ground)[1]
    if missing > 0:
        _resize(sheet, width, round(sheet.bbox.height / _SCALE + missing))
        _fit(sheet, top)


def _save(sheet: Figure, form: str, title: str) -> bytes:
    file = io.BytesIO()
    if form == "png":
        # The number of pixels is cut off and not rounded.
        sheet.set_size_inches(sheet.get_size_inches() + 1e-6)
        sheet.savefig(file, format="png", dpi=sheet.dpi, metadata={"Software": None, "Title": title})
        return file.getvalue()
    sheet.savefig(file, format="svg", dpi=sheet.dpi, metadata=dict.fromkeys(_METADATA))
    drawing = file.getvalue().decode("utf-8")
    width, height = (round(side * 72 / POINT) for side in sheet.get_size_inches())
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'width="{width}" height="{height}" viewBox="0 0 {width * POINT:g} {height * POINT:g}">\n'
        f"<title>{escape(title)}</title>\n"
    )
    return (head + _HEAD.sub("", drawing, count=1)).encode("utf-8")
