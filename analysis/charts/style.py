"""Colours and the layout that every figure shares."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import plotly.graph_objects as go

#: Okabe and Ito's colours for readers with any colour vision, darkened where text on white needs it.
#: Source: M. Okabe, K. Ito, "Color Universal Design" (2008).
PALETTE = (
    "#0072b2",
    "#d55e00",
    "#007a5a",
    "#b0508a",
    "#8a6d00",
    "#2f8fc4",
    "#7a4f9e",
    "#5f6b76",
    "#a23b3b",
    "#3d5a1e",
)
#: The same hues for a dark ground.
LIGHT_PALETTE = (
    "#56b4e9",
    "#ff9a52",
    "#3fcf9f",
    "#e69ac6",
    "#e2c044",
    "#8ecdf0",
    "#bf9be0",
    "#aeb8c2",
    "#f08a86",
    "#9fc46a",
)
ACCENT = PALETTE[0]
#: Height of one bar with its gap, and of title and axis, in pixels.
_BAR, _FRAME = 26, 96
#: Height of a line of a label that has several, and of the gap to the next label.
_LINE, _GAP = 14, 8
#: Characters of a line of a label, and of a title.
_LABEL, _TITLE = 24, 40
_TITLE_LINE = 22


def assign_colours(names: Iterable[str], *, order: Iterable[str] = ()) -> dict[str, str]:
    """Give each name of a chart its colour, the same in every chart that names the same order.

    Args:
        names: Names in the chart.
        order: All names of one kind (every topic, say), of which the chart may show a few. A name has the
            colour of its place there, unless an earlier name of this chart took it; it then gets the next
            free one.

    Returns:
        A colour for each name; beyond ten names in a chart colours repeat, so charts label what they draw.

    Example:
        >>> assign_colours(["b", "a"], order=["a", "b"])
        {'b': '#d55e00', 'a': '#0072b2'}
    """
    place = {name: number for number, name in enumerate(dict.fromkeys(order))}
    colours: dict[str, str] = {}
    for name in dict.fromkeys(names):
        first = place.get(name, len(place) + len(colours)) % len(PALETTE)
        turns = (PALETTE[(first + step) % len(PALETTE)] for step in range(len(PALETTE)))
        free = (colour for colour in turns if colour not in colours.values())
        colours[name] = next(free, PALETTE[first])
    return colours


def lighten(colour: str) -> str:
    """Give a colour of the palette its like for a dark ground; another colour stays.

    Example:
        >>> lighten("#0072b2")
        '#56b4e9'
    """
    return dict(zip(PALETTE, LIGHT_PALETTE, strict=True)).get(colour, colour)


def plain(words: object) -> str:
    """Write words so that Plotly, which reads links and some other HTML in texts, shows them as they stand.

    Example:
        >>> plain("<a href='x'>县</a>")
        "&lt;a href='x'>县&lt;/a>"
    """
    return str(words).replace("<", "&lt;")


def wrap(words: str, width: int) -> str:
    """Break a long label at its spaces, so that a narrow screen keeps room for the drawing.

    Args:
        words: The label; one without spaces, as Chinese ones are, stays whole.
        width: Characters of a line.

    Returns:
        The label with `<br>` where a line ends.

    Example:
        >>> wrap("Public security, law and grassroots governance", 24)
        'Public security, law and<br>grassroots governance'
    """
    return "<br>".join(textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)) or words


def name_rows(figure: go.Figure, names: Iterable[str]) -> None:
    """Write the names of rows on the vertical axis in place, the first on top, long ones on two lines."""
    names = [plain(name) for name in dict.fromkeys(names)]
    labels = [wrap(name, _LABEL) for name in names]
    figure.update_yaxes(autorange="reversed", type="category", tickvals=names, ticktext=labels)
    lines = 1 + max((label.count("<br>") for label in labels), default=0)
    if lines > 1:
        figure.update_layout(height=_FRAME + (_LINE * lines + _GAP) * max(len(names) + 1, 3))


def dress(
    figure: go.Figure,
    *,
    title: str,
    x_title: str = "",
    y_title: str = "",
    bars: int = 0,
    legend: bool = False,
) -> go.Figure:
    """Set title, axis titles and height of a figure in place and hand it back.

    Args:
        figure: A figure just made by the caller.
        title: What the chart shows.
        x_title: Title of the horizontal axis, with its unit.
        y_title: Title of the vertical axis, with its unit.
        bars: Number of horizontal bars, which sets the height; 0 for the standard height.
        legend: Whether a legend stands below the drawing.

    Returns:
        The same figure.
    """
    title = wrap(plain(title), _TITLE)
    top = 48 + _TITLE_LINE * title.count("<br>")
    figure.update_layout(
        title={
            "text": title,
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 12},
            "font": {"size": 16},
        },
        margin={"l": 8, "r": 16, "t": top, "b": 8},
        height=_FRAME + _BAR * max(bars, 3) if bars else 380,
        hoverlabel={"align": "left"},
        showlegend=legend,
        legend={
            "orientation": "h",
            "yref": "container",
            "yanchor": "bottom",
            "y": 0,
            "xanchor": "left",
            "x": 0,
        },
    )
    figure.update_xaxes(title_text=wrap(plain(x_title), _TITLE), automargin=True, fixedrange=True)
    figure.update_yaxes(title_text=plain(y_title), automargin=True, fixedrange=True)
    return figure
