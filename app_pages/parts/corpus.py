"""The corpus on screen: read once, shared by all readers, cut down to what one of them asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis.corpus import Split, Tables, make_tables, read_split
from analysis.corrections import format_corrections, parse_corrections
from analysis.pages import PageError
from analysis.people import find_mentions, find_people
from analysis.schema import counted, is_article
from analysis.selection import Selection, select
from analysis.selection_keywords import score_selection_keywords
from analysis.slogans import read_lexicon, roll_up
from analysis.slogans.review import format_own_lexicon, join_lexicons, parse_own_lexicon
from analysis.tokens import split_tokens
from analysis.topics import find_cues, read_taxonomy
from analysis.topics.taxonomy import parse_taxonomy
from analysis.uploads import Upload, correct_split, join_splits
from app_pages.parts.correct import session_corrections
from app_pages.parts.own_lexicon import own_lexicon
from app_pages.parts.own_taxonomy import own_taxonomy
from app_pages.parts.uploads import session_split, session_uploads
from app_pages.parts.words import t

#: The pages that the app opens with.
SOURCE = Path(__file__).parent.parent.parent / "seeds"


class _Key(NamedTuple):
    """What one reader's corpus depends on. Values, not frames: equal keys share, unequal ones never do."""

    source: str
    stamp: tuple
    fixes: bytes = b""
    uploads: tuple[Upload, ...] = ()
    own: str = ""
    taxonomy: str = ""

    @property
    def is_private(self) -> bool:
        """Whether the reader brought anything of their own."""
        return any(self[2:])


def _keep(most: int) -> Callable:
    """Keep what a function makes of a key: for all readers, or for one session when the key is private."""

    def decorate(make: Callable) -> Callable:
        keep = partial(st.cache_resource, max_entries=most, show_spinner=False)
        shared, private = keep()(make), keep(scope="session")(make)

        @wraps(make)
        def load(key: _Key, *rest: object) -> object:
            return (private if key.is_private else shared)(key, *rest)

        return load

    return decorate


def load_corpus() -> Tables:
    """Load every table of the source; an unreadable source ends the run with a sentence on screen."""
    key = _key()
    try:
        with st.spinner(t("loading_split")):
            cut = _split(_only_pages(key))
        with st.spinner(t("loading_count", pages=len(cut.pages), rows=len(cut.articles))):
            return _share(_tables(key))
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


def load_ranking() -> list[str]:
    """Load all slogans of the corpus, whatever the filters, those in most articles first."""
    return _ranking(_key())


def load_tokens(selection: Selection | None = None) -> pd.DataFrame:
    """Load the tokens of the articles that the filters (or another selection) leave."""
    return _tokens(_key(), current_selection() if selection is None else selection).copy(deep=False)


def load_cues() -> pd.DataFrame:
    """Load the cues of all topics in the articles that the filters leave."""
    return _cues(_key(), current_selection()).copy(deep=False)


def load_people() -> pd.DataFrame:
    """Load the officials of the articles that the filters leave."""
    return _people(_key(), current_selection()).copy(deep=False)


def load_mentions() -> pd.DataFrame:
    """Load every mention of an official in the articles that the filters leave."""
    return _mentions(_key(), current_selection()).copy(deep=False)


def load_keywords(limit: int) -> pd.DataFrame:
    """Load the keywords of the selected articles, taken as one document of the corpus."""
    return _keywords(_key(), current_selection(), limit).copy(deep=False)


def load_fitted(fit: Callable, topics: int | None) -> object:
    """Load what a fit makes of the selected articles; the work is done once for all readers."""
    return _fitted(_key(), current_selection(), topics, fit)


def load_spans() -> pd.DataFrame:
    """Load the spans of all pages, corrected as the tables are."""
    return _split(_only_pages(_key())).spans.copy(deep=False)


def load_lexicon() -> pd.DataFrame:
    """Load the slogan lexicon, with the reader's own entries."""
    return _lexicon(_key().own).copy(deep=False)


def load_taxonomy() -> pd.DataFrame:
    """Load the topic taxonomy in use: the reader's own, or the built-in one."""
    return _taxonomy(own_taxonomy()).copy(deep=False)


def current_selection() -> Selection:
    """The selection of the sidebar."""
    return st.session_state.get("selection", Selection())


@st.cache_resource(max_entries=8, show_spinner=False)
def _lexicon(own: str) -> pd.DataFrame:
    return (
        join_lexicons(read_lexicon(), parse_own_lexicon(own, "own lexicon").entries)
        if own
        else read_lexicon()
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _taxonomy(own: str) -> pd.DataFrame:
    return parse_taxonomy(own, "own taxonomy") if own else read_taxonomy()


@_keep(4)
def _split(key: _Key) -> Split:
    if not key.is_private:
        return read_split(key.source)
    # What the source holds is read once for all; only the reader's own part is kept for the session.
    base = _split(_Key(key.source, key.stamp))
    if key.fixes:
        base = correct_split(base, parse_corrections(key.fixes))
    return join_splits(base, session_split()) if key.uploads else base


@_keep(4)
def _tables(key: _Key) -> Tables:
    cut = _split(_only_pages(key))
    return make_tables(
        cut.pages, cut.articles, cut.problems, lexicon=_lexicon(key.own), taxonomy=_taxonomy(key.taxonomy)
    )


@_keep(64)
def _selected(key: _Key, selection: Selection) -> Tables:
    lexicon, taxonomy = _lexicon(key.own), _taxonomy(key.taxonomy)
    return select(_tables(key), selection, lexicon=lexicon, taxonomy=taxonomy)


@_keep(64)
def _hits(key: _Key, selection: Selection, with_children: bool) -> pd.DataFrame:
    hits = _selected(key, selection).slogan_hits
    return roll_up(hits, _lexicon(key.own)) if with_children else hits


@_keep(4)
def _ranking(key: _Key) -> list[str]:
    once = _hits(key, Selection(), True)[["article_id", "slogan"]].drop_duplicates()
    return (
        once["slogan"]
        .value_counts(sort=False)
        .sort_index()
        .sort_values(ascending=False, kind="stable")
        .index.tolist()
    )


@_keep(16)
def _tokens(key: _Key, selection: Selection) -> pd.DataFrame:
    return split_tokens(counted(_selected(key, selection).articles), lexicon=_lexicon(key.own))


@_keep(16)
def _cues(key: _Key, selection: Selection) -> pd.DataFrame:
    return find_cues(counted(_selected(key, selection).articles), _taxonomy(key.taxonomy))


@_keep(16)
def _people(key: _Key, selection: Selection) -> pd.DataFrame:
    return find_people(counted(_selected(key, selection).articles))


@_keep(16)
def _mentions(key: _Key, selection: Selection) -> pd.DataFrame:
    return find_mentions(counted(_selected(key, selection).articles))


@_keep(64)
def _keywords(key: _Key, selection: Selection, limit: int) -> pd.DataFrame:
    articles, corpus = (counted(each.articles) for each in (_selected(key, selection), _tables(key)))
    tokens = _tokens(key, Selection())
    return score_selection_keywords(
        articles, limit=limit, corpus=corpus, tokens=tokens, lexicon=_lexicon(key.own)
    )


@_keep(16)
def _fitted(key: _Key, selection: Selection, topics: int | None, _fit: Callable) -> object:
    return _fit(counted(_selected(key, selection).articles), topics=topics)


def _key() -> _Key:
    mine = own_lexicon()
    own = format_own_lexicon(mine._replace(rejected=())) if len(mine.entries) else ""
    fixes = session_corrections()
    return _Key(
        str(SOURCE),
        _stamp(SOURCE),
        format_corrections(fixes) if len(fixes) else b"",
        session_uploads(),
        own,
        own_taxonomy(),
    )


def _only_pages(key: _Key) -> _Key:
    """The part of a key that the pages and articles depend on."""
    return key._replace(own="", taxonomy="")


def _share(tables: Tables) -> Tables:
    # Copy-on-write makes this cheap, and keeps one reader's changes out of another's tables.
    return Tables(*(frame.copy(deep=False) for frame in tables))


def _stamp(source: Path) -> tuple:
    """Tell one state of the folder from another without reading it: names, sizes and times."""
    files = [source] if source.is_file() else sorted(source.rglob("*"))
    found = ((path, path.stat()) for path in files if path.is_file())
    return tuple((str(path), info.st_size, info.st_mtime_ns) for path, info in found)
