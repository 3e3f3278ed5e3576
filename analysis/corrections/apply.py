"""Corrections carried out: articles and spans as a person wants them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from analysis.corrections.files import CorrectionError, list_problems
from analysis.metadata.datelines import find_dateline, find_event_date
from analysis.schema import ARTICLES, conform, empty

_HEADS = ("kicker", "headline", "subhead")
_TEXT = ("body", "lead")
#: Characters behind an offset that are looked for in the clean text.
_SNIPPET = 16
_WHITE = re.compile(r"\s+")
_ENDS_SENTENCE = re.compile(r"[。！？!?…”\"』」）)]$")


class Corrected(NamedTuple):
    """Articles and spans after the corrections, and table `problems` with those that did not fit."""

    articles: pd.DataFrame
    spans: pd.DataFrame
    problems: pd.DataFrame


class _State(NamedTuple):
    source: str
    articles: dict[str, dict]
    spans: list[tuple[int, int, str, str | None]]


def correct_articles(
    pages: pd.DataFrame, articles: pd.DataFrame, spans: pd.DataFrame, corrections: pd.DataFrame
) -> Corrected:
    """Carry out corrections, one after the other.

    Args:
        pages: Table `pages` with its column `source`.
        articles: Table `articles` as split from them.
        spans: Their spans, as from `split_spans`.
        corrections: Columns `COLUMNS`.

    Returns:
        Articles and spans of all pages. What a person has touched has confidence 1. Ids stay; an article
        split off gets the id of the one that it stood in and a letter. The spans still tile every page. A
        correction that does not fit is left out and has a row in `problems`.
    """
    names = pages.set_index("page_id")
    made, tiles, problems = [], [], []
    for page_id, rows in corrections.groupby("page_id", sort=False):
        if page_id not in names.index:
            continue
        page = names.loc[page_id]
        state = _load(page["source"], articles, spans, str(page_id))
        for row in rows.itertuples(index=False):
            try:
                _DO[row.action](state, row)
            except CorrectionError as error:
                problems.append((page["file"], "correction", str(error)))
        made.append(_dump_articles(state))
        tiles.append(_dump_spans(state, str(page_id)))
    touched = corrections["page_id"].unique()
    kept = articles[~articles["page_id"].isin(touched)]
    left = spans[~spans["page_id"].isin(touched)]
    return Corrected(
        _in_page_order(pd.concat([kept, *made]), pages),
        _in_page_order(pd.concat([left, *tiles]).astype(spans.dtypes), pages),
        list_problems(problems),
    )


def _load(source: str, articles: pd.DataFrame, spans: pd.DataFrame, page_id: str) -> _State:
    mine = articles[articles["page_id"] == page_id]
    rows = spans.loc[spans["page_id"] == page_id, ["start", "end", "role", "article_id"]]
    tiles = [(a, b, role, None if pd.isna(owner) else owner) for a, b, role, owner in rows.to_numpy()]
    return _State(source, {row["article_id"]: row for row in mine.to_dict("records")}, tiles)


def _merge(state: _State, row) -> None:
    first, second = _owner(state, row.start), _owner(state, row.at)
    if first == second:
        raise CorrectionError(f"offsets {row.start} and {row.at} are in one article already")
    stays, goes = state.articles[first], state.articles.pop(second)
    parts = [stays["text"]]
    if any(stays[name] for name in _HEADS):
        parts += [goes[name] for name in _HEADS if goes[name]]
        roles = dict.fromkeys(_HEADS, "body")
    else:
        stays |= {name: goes[name] for name in _HEADS}
        roles = {}
    parts.append(goes["text"])
    stays["text"] = _join([part for part in parts if part])
    known = stays["authors"].split(";")
    new = [author for author in goes["authors"].split(";") if author not in known]
    stays["authors"] = ";".join(author for author in (*known, *new) if author)
    stays["continued"] = stays["continued"] or goes["continued"]
    stays["kind"] = "news" if stays["kind"] in ("teaser", "notice", "brief") else stays["kind"]
    _retile(state, lambda role, owner: (roles.get(role, role), first) if owner == second else (role, owner))
    _touch(stays)


def _split(state: _State, row) -> None:
    owner = _owner(state, row.start)
    article = state.articles[owner]
    place = _find_in_text(state, article["text"], owner, row.start)
    if not 0 < place < len(article["text"]):
        raise CorrectionError(f"offset {row.start} is no place inside the text of an article")
    letter = next(
        chr(code) for code in range(ord("b"), ord("z") + 1) if f"{owner}{chr(code)}" not in state.articles
    )
    rest = article["text"][place:].lstrip("\n")
    article["text"] = article["text"][:place].rstrip("\n")
    new = article | dict.fromkeys((*_HEADS, "authors"), "") | {"article_id": f"{owner}{letter}", "text": rest}
    new["position"] = article["position"] + 0.5
    new["continued"], article["continued"] = article["continued"], False
    _date(new)
    state.articles[new["article_id"]] = new
    cut = []
    for start, end, role, holder in state.spans:
        if holder != owner or end <= row.start or role in (*_HEADS, "byline", "lead"):
            cut.append((start, end, role, holder))
        elif start >= row.start:
            cut.append((start, end, role, new["article_id"]))
        else:
            cut += [(start, row.start, role, holder), (row.start, end, role, new["article_id"])]
    state.spans[:] = cut
    _touch(article)
    _touch(new)


def _headline(state: _State, row) -> None:
    owner = _owner(state, row.at)
    if not 0 <= row.start < row.end <= len(state.source):
        raise CorrectionError(f"{row.start} to {row.end} is no part of the page")
    if any(role in _TEXT and a < row.end and b > row.start for a, b, role, _ in state.spans):
        raise CorrectionError(f"{row.start} to {row.end} holds the text of an article; split it off first")
    cut: list[tuple[int, int, str, str | None]] = []
    for start, end, role, holder in state.spans:
        old = ("unplaced", None) if holder == owner and role in _HEADS else (role, holder)
        for left, right in ((start, min(end, row.start)), (max(start, row.end), end)):
            if right > left:
                cut.append((left, right, *old))
    cut.append((row.start, row.end, "headline", owner))
    losers = {holder for a, b, _, holder in state.spans if holder and a < row.end and b > row.start}
    state.spans[:] = sorted(cut)
    for name in losers | {owner}:
        _read_heads(state, name)
    _touch(state.articles[owner])


def _remove(state: _State, row) -> None:
    owner = _owner(state, row.start)
    del state.articles[owner]
    _retile(state, lambda role, holder: ("furniture", None) if holder == owner else (role, holder))


_DO: dict[str, Callable] = {"merge": _merge, "split": _split, "headline": _headline, "remove": _remove}


def _owner(state: _State, offset: int) -> str:
    for start, end, _, owner in state.spans:
        if start <= offset < end and owner in state.articles:
            return owner
    raise CorrectionError(f"no article stands at offset {offset}")


def _retile(state: _State, change: Callable[[str, str | None], tuple[str, str | None]]) -> None:
    state.spans[:] = [(start, end, *change(role, owner)) for start, end, role, owner in state.spans]


def _read_heads(state: _State, name: str) -> None:
    """Write the headlines of an article anew from its spans; a teaser that lost its line is gone."""
    article = state.articles[name]
    for role in _HEADS:
        lines = [
            state.source[start:end].strip().lstrip("#")
            for start, end, held, owner in state.spans
            if owner == name and (held == role or (held == "teaser" and role == "headline"))
        ]
        article[role] = " ".join(_WHITE.sub(" ", line).strip() for line in lines)
    if not article["text"] and not any(article[role] for role in _HEADS):
        del state.articles[name]


def _find_in_text(state: _State, text: str, owner: str, offset: int) -> int:
    """The place in an article's clean text of an offset in the page's source."""
    behind = "".join(
        state.source[max(start, offset) : end]
        for start, end, role, holder in state.spans
        if holder == owner and role == "body" and end > offset
    )
    snippet = _WHITE.sub("", behind)[:_SNIPPET]
    places = [place for place, char in enumerate(text) if not char.isspace()]
    found = "".join(text[place] for place in places).find(snippet) if snippet else -1
    return places[found] if found >= 0 else -1


def _join(parts: list[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text += ("\n" if _ENDS_SENTENCE.search(text) else "") + part
    return text


def _date(article: dict) -> None:
    day = article["date"]
    article["dateline"] = find_dateline(article["text"])
    article["event_date"] = find_event_date(article["text"], None if pd.isna(day) else day)


def _touch(article: dict) -> None:
    article["n_chars"] = len(_WHITE.sub("", article["text"]))
    article["confidence"] = 1.0


def _dump_articles(state: _State) -> pd.DataFrame:
    rows = sorted(state.articles.values(), key=lambda row: row["position"])
    frame = pd.DataFrame(rows, columns=ARTICLES.names) if rows else empty(ARTICLES)
    return conform(frame.assign(position=range(1, len(rows) + 1)), ARTICLES)


def _dump_spans(state: _State, page_id: str) -> pd.DataFrame:
    return pd.DataFrame(state.spans, columns=["start", "end", "role", "article_id"]).assign(page_id=page_id)


def _in_page_order(frame: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    order = {page_id: place for place, page_id in enumerate(pages["page_id"])}
    return frame.sort_values("page_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)
