"""The corpus on screen: read once, shared by all readers, cut down to what one of them asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis.corpus import Split, Tables, make_tables, read_split
from analysis.corrections import format_corrections, parse_corrections
from analysis.pages import PageError
from analysis.schema import counted, is_article
from analysis.selection import Selection, select
from analysis.selection_keywords import score_selection_keywords
from analysis.slogans import read_lexicon, roll_up
from analysis.slogans.review import format_own_lexicon, join_lexicons, parse_own_lexicon
from analysis.tokens import split_tokens
from app_pages.parts.correct import session_corrections
from app_pages.parts.own_lexicon import own_lexicon
from app_pages.parts.words import t

#: The pages that the app opens with.
SOURCE = Path(__file__).parent.parent.parent / "seeds"


class _Key(NamedTuple):
    """What one reader's corpus depends on. Values, not frames: equal keys share, unequal ones never do."""

    source: str
    stamp: tuple
    fixes: bytes
    own: str


def load_corpus() -> Tables:
    """Load every table of the source; an unreadable source ends the run with a sentence on screen."""
    try:
        with st.spinner(t("loading")):
            return _share(_tables(_key()))
    except PageError as error:
        st.error(t("no_corpus_body", folder=SOURCE.name), title=t("no_corpus"), icon=":material/folder_off:")
        st.info(t("no_corpus_help"))
        st.text(str(error).replace(str(SOURCE), SOURCE.name))
        st.stop()


def load_selection() -> Tables:
    """Load the tables of the articles that the filters leave; none left ends the page in words."""
    tables = _share(_selected(_key(), current_selection()))
    if not is_article(tables.articles).any():
        st.info(t("nothing_left"), icon=":material/filter_alt_off:")
        st.stop()
    return tables


def load_part(selection: Selection) -> Tables:
    """Load the tables of another selection than that of the sidebar; it may hold no article."""
    return _share(_selected(_key(), selection))


def load_hits(*, with_children: bool = True) -> pd.DataFrame:
    """Load the hits that the filters leave, with those of slogans inside longer ones when asked for."""
    return _hits(_key(), current_selection(), with_children).copy(deep=False)


def load_all_hits() -> pd.DataFrame:
    """Load the hits of the whole corpus, with those of slogans inside longer ones."""
    return _hits(_key(), Selection(), True).copy(deep=False)


def load_tokens(selection: Selection | None = None) -> pd.DataFrame:
    """Load the tokens of the articles that the filters (or another selection) leave."""
    return _tokens(_key(), current_selection() if selection is None else selection).copy(deep=False)


def load_keywords(limit: int) -> pd.DataFrame:
    """Load the keywords of the selected articles, taken as one document of the corpus."""
    return _keywords(_key(), current_selection(), limit).copy(deep=False)


def load_fitted(fit: Callable, topics: int | None) -> object:
    """Load what a fit makes of the selected articles; the work is done once for all readers."""
    return _fitted(_key(), current_selection(), topics, fit)


def load_spans() -> pd.DataFrame:
    """Load the spans of all pages, corrected as the tables are."""
    key = _key()
    return _split(key.source, key.stamp, key.fixes).spans.copy(deep=False)


def load_lexicon() -> pd.DataFrame:
    """Load the slogan lexicon, with the reader's own entries."""
    return _lexicon(_key().own).copy(deep=False)


def current_selection() -> Selection:
    """The selection of the sidebar."""
    return st.session_state.get("selection", Selection())


@st.cache_resource(max_entries=8, show_spinner=False)
def _lexicon(own: str) -> pd.DataFrame:
    return join_lexicons(read_lexicon(), parse_own_lexicon(own, "own lexicon").entries)


@st.cache_resource(max_entries=4, show_spinner=False)
def _split(source: str, stamp: tuple, fixes: bytes) -> Split:
    return read_split(source, corrections=parse_corrections(fixes))


@st.cache_resource(max_entries=4, show_spinner=False)
def _tables(key: _Key) -> Tables:
    cut = _split(key.source, key.stamp, key.fixes)
    return make_tables(cut.pages, cut.articles, cut.problems, lexicon=_lexicon(key.own))


@st.cache_resource(max_entries=64, show_spinner=False)
def _selected(key: _Key, selection: Selection) -> Tables:
    return select(_tables(key), selection, lexicon=_lexicon(key.own))


@st.cache_resource(max_entries=64, show_spinner=False)
def _hits(key: _Key, selection: Selection, with_children: bool) -> pd.DataFrame:
    hits = _selected(key, selection).slogan_hits
    return roll_up(hits, _lexicon(key.own)) if with_children else hits


@st.cache_resource(max_entries=16, show_spinner=False)
def _tokens(key: _Key, selection: Selection) -> pd.DataFrame:
    return split_tokens(counted(_selected(key, selection).articles), lexicon=_lexicon(key.own))


@st.cache_resource(max_entries=64, show_spinner=False)
def _keywords(key: _Key, selection: Selection, limit: int) -> pd.DataFrame:
    articles, corpus = (counted(each.articles) for each in (_selected(key, selection), _tables(key)))
    tokens = _tokens(key, Selection())
    return score_selection_keywords(
        articles, limit=limit, corpus=corpus, tokens=tokens, lexicon=_lexicon(key.own)
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def _fitted(key: _Key, selection: Selection, topics: int | None, _fit: Callable) -> object:
    return _fit(counted(_selected(key, selection).articles), topics=topics)


def _key() -> _Key:
    own = format_own_lexicon(own_lexicon()._replace(rejected=()))
    return _Key(str(SOURCE), _stamp(SOURCE), format_corrections(session_corrections()), own)


def _share(tables: Tables) -> Tables:
    # Copy-on-write makes this cheap, and keeps one reader's changes out of another's tables.
    return Tables(*(frame.copy(deep=False) for frame in tables))


def _stamp(source: Path) -> tuple:
    """Tell one state of the folder from another without reading it: names, sizes and times."""
    files = [source] if source.is_file() else sorted(source.rglob("*"))
    found = ((path, path.stat()) for path in files if path.is_file())
    return tuple((str(path), info.st_size, info.st_mtime_ns) for path, info in found)
