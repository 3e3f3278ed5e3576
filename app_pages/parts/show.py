"""How things are shown: a chart or a table with its caption, its rows and their CSV file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis.charts import Cloud, draw_cloud, draw_picture, lighten, settle
from analysis.charts.cloud import is_drawable
from analysis.export import format_csv, name_file
from analysis.selection import Selection
from app_pages.parts.cloud import is_narrow, show_clickable_cloud
from app_pages.parts.filters import describe_selection
from app_pages.parts.words import language, read_texts, t

_CHART_CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d"]}
_SHARES = (
    "share", "low", "high", "high_before", "in_articles", "in_furniture", "unplaced", "share_a", "share_b",
    "difference", "prominence",
)  # fmt: skip
_DAYS = ("date", "first_seen", "last_seen")
_DECIMALS = (
    "per_10k_chars", "score", "weight", "confidence", "text_quality", "tfidf", "dispersion", "log_dice",
    "g2", "log_ratio", "lrc", "rate_a", "rate_b", "dispersion_places", "dispersion_months", "amplification",
    "amplification_low", "amplification_high",
)  # fmt: skip
#: What is counted of slogans and words, in the order shown: counts, totals and intervals together.
COUNTS = ["n", "n_articles", "articles", "share", "low", "high", "per_10k_chars"]
_TABLE_HEIGHT = 320
#: Most rows of a table on screen; its file has all of them.
MOST_ROWS = 5000
_CLOUD_WORDS = 80
#: What is shown where there is little room for it: fewer words on an upright picture.
_NARROW_WORDS, _NARROW = 40, (380, 500)


class Chart(NamedTuple):
    """A figure with what belongs to it.

    Attributes:
        figure: The figure, drawn from `rows`.
        rows: What the CSV file holds: all rows, raw column names.
        caption: How to read it: denominator and counting convention.
        alt: What the chart tells, for those who cannot see it.
    """

    figure: go.Figure
    rows: pd.DataFrame
    caption: str
    alt: str


def show_chart(chart: Chart, *, name: str, pick: bool = False) -> tuple[str, ...] | None:
    """Show a figure with its caption, its downloads and the rows behind it.

    Args:
        chart: The figure and what belongs to it.
        name: Name of the rows; part of the file names and of the widgets' keys.
        pick: Whether a point can be picked.

    Returns:
        What the figure says of the point picked (its custom data, as text); None when none is.
    """
    figure, rows, caption, alt = chart
    event = st.plotly_chart(
        settle(figure), key=f"chart_{name}", config=_CHART_CONFIG, alt=alt, selection_mode="points",
        on_select="rerun" if pick else "ignore",
    )  # fmt: skip
    st.caption(f"{caption} {t('pick_hint')}" if pick else caption)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_download(rows, name=name)
        _show_pictures(
            name, partial(draw_picture, figure, form="png"), partial(draw_picture, figure, form="svg")
        )
        _show_numbers(rows, name=name, alt=alt)
    points = event.selection.points if pick else []
    return tuple(str(part) for part in points[0].get("customdata", ())) or None if points else None


def show_table(rows: pd.DataFrame, *, name: str, caption: str, columns: Iterable[str] | None = None) -> None:
    """Show a table with its caption and its CSV file.

    Args:
        rows: What the CSV file holds: all rows and columns.
        name: Name of the rows; part of the file name and of the widgets' keys.
        caption: Grain and counting convention.
        columns: Columns to show, in order; all when None.
    """
    _show_frame(rows, name=name, alt=caption, columns=columns)
    st.caption(caption + say_cut(len(rows)))
    show_download(rows, name=name)


def say_cut(rows: int, most: int = MOST_ROWS) -> str:
    """Say how many of the rows of a table are on screen; nothing when all are."""
    return " " + t("rows_cut", shown=most, rows=rows) if rows > most else ""


def pick_row(
    rows: pd.DataFrame, *, name: str, caption: str, columns: Iterable[str], of: int | None = None
) -> int | None:
    """Show a table with its caption and let the reader pick a row.

    Args:
        rows: The table.
        name: Name of the rows; part of the widget's key.
        caption: Grain, counting convention, and what picking does.
        columns: Columns to show, in order.
        of: How many rows there are, where `rows` are the first of them only.

    Returns:
        Position of the row picked, or None.
    """
    event = _show_frame(rows, name=name, alt=caption, columns=columns, pick=True)
    st.caption(caption + say_cut(of or len(rows), min(len(rows), MOST_ROWS)))
    picked = [row for row in event.selection.rows if row < len(rows)]
    return picked[0] if picked else None


def show_cloud(
    rows: pd.DataFrame, *, name: str, caption: str, width: int = 1000, height: int = 420
) -> str | None:
    """Show a word cloud whose words can be picked, the words that it could not draw, and its downloads.

    Args:
        rows: Has the columns word and weight, heaviest first, and may have colour; the CSV file holds all
            of it but the colour.
        name: Name of the rows; part of the file names and of the widgets' keys.
        caption: What the sizes mean.
        width: Width of the picture in pixels.
        height: Its height.

    Returns:
        The word picked, also after other clicks on the page; None when none is in this cloud.
    """
    columns = [column for column in ("word", "weight", "colour") if column in rows]
    heaviest = tuple(rows[columns].head(_CLOUD_WORDS).itertuples(index=False, name=None))
    dark = st.context.theme.type == "dark"
    key = f"cloud_{name}"
    words, size = (heaviest[:_NARROW_WORDS], _NARROW) if is_narrow(key) else (heaviest, (width, height))
    cloud = _draw(tuple(columns), words, *size, dark)
    label = t("alt_cloud", words="、".join(cloud.words[:5]))
    clicked = show_clickable_cloud(cloud, key=key, label=label)
    if clicked:
        st.session_state[f"picked_{name}"] = clicked
    st.caption(f"{caption} {t('cloud_hint')}")
    left_out = [word for word, *_ in heaviest if not is_drawable(word)]
    if left_out:
        st.text(t("cloud_left_out", words="、".join(left_out)))
    shown = rows.drop(columns="colour", errors="ignore")
    with st.container(horizontal=True, vertical_alignment="center"):
        show_download(shown, name=name)
        light = partial(_draw, tuple(columns), heaviest, width, height, False)
        _show_pictures(name, lambda: light().png, lambda: light().svg.encode("utf-8"))
        _show_numbers(shown, name=name, alt=caption)
    picked = st.session_state.get(f"picked_{name}")
    return picked if picked in cloud.words else None


@lru_cache(maxsize=1000)
def _draw(columns: tuple[str, ...], words: tuple[tuple, ...], width: int, height: int, dark: bool) -> Cloud:
    frame = pd.DataFrame(list(words), columns=list(columns))
    if dark and "colour" in frame:
        frame["colour"] = frame["colour"].map(lighten)
    return draw_cloud(frame, width=width, height=height, dark=dark)


def _show_pictures(name: str, png: Callable[[], bytes], svg: Callable[[], bytes]) -> None:
    """Show the downloads of a picture, which is drawn when it is asked for."""
    with st.popover(
        t("download_picture"), icon=":material/image:", key=f"pictures_{name}", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        for form, mime, draw in (("png", "image/png", png), ("svg", "image/svg+xml", svg)):
            st.download_button(
                form.upper(), data=draw, file_name=_name_file(name, form), mime=mime, key=f"{form}_{name}",
                on_click="ignore", width="stretch",
            )  # fmt: skip
        st.caption(t("picture_help"))


def _show_numbers(rows: pd.DataFrame, *, name: str, alt: str) -> None:
    with st.popover(
        t("show_numbers"), icon=":material/table_rows:", key=f"numbers_{name}", on_change="rerun"
    ) as opened:
        if opened.open:
            _show_frame(rows, name=name, alt=alt)


def _name_file(name: str, form: str) -> str:
    selection = st.session_state.get("selection", Selection())
    today = dt.date.today().isoformat()
    return name_file(name, [*describe_selection(selection), today], form=form)


def show_download(
    rows: pd.DataFrame | Callable[[], pd.DataFrame], *, name: str, count: int | None = None
) -> None:
    """Show the button that downloads rows as a CSV file.

    Args:
        rows: All rows, or what makes them when the button is pressed.
        name: Name of the rows; part of the file name and of the widget's key.
        count: How many rows there are, where `rows` makes them.
    """
    count = count if callable(rows) else len(rows)
    st.download_button(
        t("download_csv"),
        data=partial(_format, rows),
        file_name=_name_file(name, "csv"),
        mime="text/csv",
        key=f"csv_{name}",
        on_click="ignore",
        icon=":material/download:",
        help=t("download_help", rows=count) if count is not None else None,
    )


def _format(rows: pd.DataFrame | Callable[[], pd.DataFrame]) -> bytes:
    return format_csv(rows() if callable(rows) else rows)


def name_columns(columns: Iterable[str]) -> dict[str, object]:
    """Give columns their heading in the reader's language, measures a tooltip, and shares their percent."""
    return dict(_name_columns(tuple(columns), language()))


@lru_cache(maxsize=200)
def _name_columns(columns: tuple[str, ...], _language: str) -> dict[str, object]:
    known, configs = read_texts(), st.column_config
    found: dict[str, object] = {}
    for column in columns:
        label = t(f"col_{column}") if f"col_{column}" in known else column
        about = t(f"help_{column}") if f"help_{column}" in known else None
        if column in _SHARES:
            found[column] = configs.NumberColumn(label, help=about, format="percent")
        elif column in _DECIMALS or column == "p":
            found[column] = configs.NumberColumn(
                label, help=about, format="%.2g" if column == "p" else "%.2f"
            )
        elif column in _DAYS:
            found[column] = configs.DateColumn(label, help=about, format="YYYY-MM-DD")
        elif column == "left":
            found[column] = configs.TextColumn(label, help=about, alignment="right")
        else:
            found[column] = configs.Column(label, help=about)
    return found


def _show_frame(
    rows: pd.DataFrame, *, name: str, alt: str, columns: Iterable[str] | None = None, pick: bool = False
) -> object:
    shown = tuple(columns) if columns is not None else tuple(rows.columns)
    # Columns by place: by a list of names it takes three times as long, in every run.
    places = [rows.columns.get_loc(column) for column in shown]
    return st.dataframe(
        rows.iloc[:MOST_ROWS, places],
        column_config=_name_columns(shown, language()),
        hide_index=True,
        height=min(_TABLE_HEIGHT, 38 + 35 * max(len(rows), 1)),
        key=f"table_{name}",
        on_select="rerun" if pick else "ignore",
        selection_mode="single-row",
        placeholder="",
        lazy=False,
        alt=alt,
    )
