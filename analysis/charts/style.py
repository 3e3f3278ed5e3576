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
_BAR, _TALL_BAR, _FRAME = 26, 36, 96
#: Characters of a line of a label, and of a title.
_LABEL, _TITLE = 24, 40
_TITLE_LINE = 22


def assign_colours(names: Iterable[str]) -> dict[str, str]:
    """Give each name a colour, the same whenever the same names come in the same order.

    Args:
        names: All names of one kind (every topic, say), not only those of one chart.

    Returns:
        A colour for each name; beyond ten names colours repeat, so charts label what they draw.

    Example:
        >>> assign_colours(["a", "b"])
        {'a': '#0072b2', 'b': '#d55e00'}
    """
    return {name: PALETTE[number % len(PALETTE)] for number, name in enumerate(dict.fromkeys(names))}


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
    names = list(dict.fromkeys(names))
    labels = [wrap(name, _LABEL) for name in names]
    figure.update_yaxes(autorange="reversed", type="category", tickvals=names, ticktext=labels)
    if any("<br>" in label for label in labels):
        figure.update_layout(height=_FRAME + _TALL_BAR * max(len(names) + 1, 3))


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
        legend: Whether a legend stands between title and drawing.

    Returns:
        The same figure.
    """
    title = wrap(title, _TITLE)
    top = (84 if legend else 48) + _TITLE_LINE * title.count("<br>")
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
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "xanchor": "left", "x": 0},
    )
    figure.update_xaxes(title_text=wrap(x_title, _TITLE), automargin=True, fixedrange=True)
    figure.update_yaxes(title_text=y_title, automargin=True, fixedrange=True)
    return figure
