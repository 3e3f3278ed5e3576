"""Corrections that a reader makes to a page: kept for the session, carried out at once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.corrections import COLUMNS, no_corrections
from analysis.summary import name_articles
from app_pages.parts.words import t

_ACTIONS = ("merge", "split", "headline", "remove")
_SHOWN = 40


def has_corrections() -> bool:
    """Tell whether the reader ever corrected anything."""
    return "corrections" in st.session_state


def session_corrections() -> pd.DataFrame:
    """All corrections of this session, in the order made."""
    return st.session_state.get("corrections", no_corrections())


def list_corrections(page_id: str) -> pd.DataFrame:
    """The corrections of this session to one page."""
    rows = session_corrections()
    return rows[rows["page_id"] == page_id].reset_index(drop=True)


def choose_correction(page: pd.Series, articles: pd.DataFrame, spans: pd.DataFrame) -> None:
    """Show what can be corrected on a page, and keep what the reader says.

    Args:
        page: Row of `pages`.
        articles: Its rows of `articles`.
        spans: Its spans.
    """
    st.caption(t("correct_help"))
    if articles.empty:
        return
    titles = [
        f"{number} {title or t('no_headline')}"
        for number, title in enumerate(name_articles(articles)["title"], 1)
    ]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        action = st.selectbox(
            t("correct_action"), _ACTIONS, format_func=lambda name: t(f"action_{name}"), key="correct_action"
        )
        number = st.selectbox(
            t("correct_article"), range(len(titles)), format_func=titles.__getitem__, key="correct_article"
        )
        article_id = articles.loc[number, "article_id"]
        place = _CHOOSE[action](page["source"], spans, articles, number, titles)
    ready = place is not None
    columns = st.columns([1, 1, 3])
    if columns[0].button(t("correct_do"), type="primary", disabled=not ready, width="stretch"):
        start, end, at = place or (0, 0, 0)
        _keep(page["page_id"], action, start, end, at)
    if columns[1].button(
        t("correct_undo"), disabled=list_corrections(page["page_id"]).empty, width="stretch"
    ):
        _undo(page["page_id"])
    if not ready:
        st.caption(t("correct_impossible", article=article_id))


def _choose_merge(source, spans, articles, number, titles) -> tuple[int, int, int] | None:
    others = [other for other in range(len(titles)) if other != number]
    if not others:
        return None
    following = others.index(number + 1) if number + 1 in others else 0
    other = st.selectbox(
        t("correct_with"), others, index=following, format_func=titles.__getitem__, key="correct_with"
    )
    return _first(spans, articles, number), 0, _first(spans, articles, other)


def _choose_split(source, spans, articles, number, titles) -> tuple[int, int, int] | None:
    lines = [
        (place, line)
        for start, end in _pieces(spans, articles.loc[number, "article_id"], ("body",))
        for place, line in _lines(source, start, end)
    ][1:]
    if not lines:
        return None
    chosen = st.selectbox(
        t("correct_before"),
        range(len(lines)),
        format_func=lambda at: lines[at][1][:_SHOWN],
        key="correct_before",
    )
    return lines[chosen][0], 0, 0


def _choose_headline(source, spans, articles, number, titles) -> tuple[int, int, int] | None:
    lines = [
        (place, line)
        for start, end, role in spans[["start", "end", "role"]].to_numpy()
        if role not in ("body", "lead")
        for place, line in _lines(source, start, end)
    ]
    if not lines:
        return None
    chosen = st.selectbox(
        t("correct_line"), range(len(lines)), format_func=lambda at: lines[at][1][:_SHOWN], key="correct_line"
    )
    place, line = lines[chosen]
    return place, place + len(line), _first(spans, articles, number, ("body", "lead"))


def _choose_remove(source, spans, articles, number, titles) -> tuple[int, int, int] | None:
    return _first(spans, articles, number), 0, 0


_CHOOSE = {
    "merge": _choose_merge,
    "split": _choose_split,
    "headline": _choose_headline,
    "remove": _choose_remove,
}


def _pieces(spans: pd.DataFrame, article_id: str, roles: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    mine = spans[spans["article_id"] == article_id]
    mine = mine[mine["role"].isin(roles)] if roles else mine
    return list(mine[["start", "end"]].itertuples(index=False, name=None))


def _first(spans: pd.DataFrame, articles: pd.DataFrame, number: int, roles: tuple[str, ...] = ()) -> int:
    article_id = articles.loc[number, "article_id"]
    pieces = _pieces(spans, article_id, roles) or _pieces(spans, article_id)
    return pieces[0][0]


def _lines(source: str, start: int, end: int) -> list[tuple[int, str]]:
    found, place = [], start
    for line in source[start:end].split("\n"):
        if line.strip():
            found.append((place + len(line) - len(line.lstrip()), line.strip()))
        place += len(line) + 1
    return found


def _keep(page_id: str, action: str, start: int, end: int, at: int) -> None:
    row = pd.DataFrame([(page_id, action, start, end, at)], columns=list(COLUMNS)).astype(COLUMNS)
    st.session_state["corrections"] = pd.concat([session_corrections(), row], ignore_index=True)
    st.rerun()


def _undo(page_id: str) -> None:
    rows = session_corrections()
    last = rows.index[rows["page_id"] == page_id][-1]
    st.session_state["corrections"] = rows.drop(index=last).reset_index(drop=True)
    st.rerun()
