"""The corpus on screen: read once, shared by all readers, cut down to what one of them asks for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from analysis.corpus import Corpus, Tables, read_corpus
from analysis.corrections import format_corrections, parse_corrections
from analysis.pages import PageError
from analysis.schema import is_article
from analysis.selection import Selection, select
from analysis.slogans import read_lexicon, roll_up
from app_pages.parts.correct import session_corrections
from app_pages.parts.words import t

#: The pages that the app opens with.
SOURCE = Path(__file__).parent.parent.parent / "seeds"


def load_corpus() -> Tables:
    """Load every table of the source; an unreadable source ends the run with a sentence on screen."""
    try:
        with st.spinner(t("loading")):
            return _share(_read(*_key()).tables)
    except PageError as error:
        st.error(str(error), title=t("no_corpus"), icon=":material/folder_off:")
        st.info(t("no_corpus_help"))
        st.stop()


def load_selection() -> Tables:
    """Load the tables of the articles that the filters leave; none left ends the page in words."""
    selection = st.session_state.get("selection", Selection())
    tables = _share(_select(*_key(), selection))
    if not is_article(tables.articles).any():
        st.info(t("nothing_left"), icon=":material/filter_alt_off:")
        st.stop()
    return tables


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(source: str, stamp: tuple, fixes: bytes) -> Corpus:
    return read_corpus(source, lexicon=_lexicon(), corrections=parse_corrections(fixes))


@st.cache_resource(max_entries=64, show_spinner=False)
def _select(source: str, stamp: tuple, fixes: bytes, selection: Selection) -> Tables:
    return select(_read(source, stamp, fixes).tables, selection, lexicon=_lexicon())


def _key() -> tuple[str, tuple, bytes]:
    """What a reader's corpus depends on: the source as it is now, and what this reader corrected."""
    return str(SOURCE), _stamp(SOURCE), format_corrections(session_corrections())


def load_lexicon() -> pd.DataFrame:
    """Load the slogan lexicon."""
    return _lexicon().copy(deep=False)


def load_hits(*, with_children: bool = True) -> pd.DataFrame:
    """Load the hits that the filters leave, with those of slogans inside longer ones when asked for."""
    selection = st.session_state.get("selection", Selection())
    return _hits(*_key(), selection, with_children).copy(deep=False)


def load_spans() -> pd.DataFrame:
    """Load the spans of all pages, corrected as the tables are."""
    return _read(*_key()).spans.copy(deep=False)


@st.cache_resource(show_spinner=False)
def _lexicon() -> pd.DataFrame:
    return read_lexicon()


@st.cache_resource(max_entries=64, show_spinner=False)
def _hits(source: str, stamp: tuple, fixes: bytes, selection: Selection, with_children: bool) -> pd.DataFrame:
    hits = _select(source, stamp, fixes, selection).slogan_hits
    return roll_up(hits, _lexicon()) if with_children else hits


def _share(tables: Tables) -> Tables:
    # Copy-on-write makes this cheap, and keeps one reader's changes out of another's tables.
    return Tables(*(frame.copy(deep=False) for frame in tables))


def _stamp(source: Path) -> tuple:
    """Tell one state of the folder from another without reading it: names, sizes and times."""
    files = [source] if source.is_file() else sorted(source.rglob("*"))
    found = ((path, path.stat()) for path in files if path.is_file())
    return tuple((str(path), info.st_size, info.st_mtime_ns) for path, info in found)
