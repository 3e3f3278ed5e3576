"""Colours and the layout that every figure shares."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

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
#: What an axis of shares adds to its properties.
PERCENT = {"tickformat": ".0%"}
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


def lay_out(
    *,
    title: str,
    x_title: str = "",
    y_title: str = "",
    bars: int = 0,
    legend: bool = False,
) -> dict[str, Any]:
    """Write the layout that every figure shares: title, titles of axes and height.

    Args:
        title: What the chart shows.
        x_title: Title of the horizontal axis, with its unit.
        y_title: Title of the vertical axis, with its unit.
        bars: Number of horizontal bars, which sets the height; 0 for the standard height.
        legend: Whether a legend stands below the drawing.

    Returns:
        A layout in Plotly's terms, for the caller to complete.
    """
    title = wrap(plain(title), _TITLE)
    axis = {"automargin": True, "fixedrange": True}
    return {
        "title": {
            "text": title,
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 12},
            "font": {"size": 16},
        },
        "margin": {"l": 8, "r": 16, "t": 48 + _TITLE_LINE * title.count("<br>"), "b": 8},
        "height": _FRAME + _BAR * max(bars, 3) if bars else 380,
        "hoverlabel": {"align": "left"},
        "showlegend": legend,
        "legend": {
            "orientation": "h",
            "yref": "container",
            "yanchor": "bottom",
            "y": 0,
            "xanchor": "left",
            "x": 0,
        },
        "xaxis": {"title": {"text": wrap(plain(x_title), _TITLE)}, **axis},
        "yaxis": {"title": {"text": plain(y_title)}, **axis},
    }


def name_rows(layout: dict[str, Any], names: Iterable[str]) -> None:
    """Write the names of rows on the vertical axis in place, the first on top, long ones on two lines."""
    names = [plain(name) for name in dict.fromkeys(names)]
    labels = [wrap(name, _LABEL) for name in names]
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "tickvals": names, "ticktext": labels}
    lines = 1 + max((label.count("<br>") for label in labels), default=0)
    if lines > 1:
        layout["height"] = _FRAME + (_LINE * lines + _GAP) * max(len(names) + 1, 3)


def build(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Build a figure of traces and a layout in Plotly's terms.

    Plotly looks up and checks each property that is set, which takes some 20 ms a figure. What is set here
    is the same whatever the rows, so the tests have Plotly check it instead.
    """
    return go.Figure({"data": traces, "layout": layout}, _validate=False)
