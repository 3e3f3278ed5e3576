"""The corpus on screen: read once, shared by all readers, cut down to what one of them asks for."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis.articles import SPAN_COLUMNS
from analysis.corpus import Split, make_tables, read_split
from analysis.corrections import format_corrections, parse_corrections
from analysis.pages import PageError
from analysis.selection import Selection
from analysis.shelves import Shelf, View, shelve_store, shelve_tables
from analysis.slogans import read_lexicon
from analysis.slogans.review import join_lexicons, parse_own_lexicon
from analysis.store import StoreError, open_store
from analysis.store.manifest import read_stamp
from analysis.topics import read_taxonomy
from analysis.topics.taxonomy import parse_taxonomy
from analysis.uploads import Upload, correct_split, join_splits
from app_pages.parts.correct import has_corrections, session_corrections
from app_pages.parts.own_lexicon import own_entries
from app_pages.parts.own_taxonomy import own_taxonomy
from app_pages.parts.pool import run_apart
from app_pages.parts.uploads import session_split, session_uploads
from app_pages.parts.words import t

#: The pages that the app opens with when it is given no store.
SOURCE = Path(__file__).parent.parent.parent / "seeds"
#: How a store is given: on the command line, behind `--`, or in the environment.
STORE_OPTION, STORE_VARIABLE = "--store", "TIFA_STORE"
#: Whether this run looked for its corpus; each run has its own thread.
_run = threading.local()


class _Key(NamedTuple):
    """What one reader's corpus depends on. Values, not frames: equal keys share, unequal ones never do."""

    source: str
    stamp: tuple
    is_store: bool = False
    fixes: bytes = b""
    uploads: tuple[Upload, ...] = ()
    own: str = ""
    taxonomy: str = ""

    @property
    def is_private(self) -> bool:
        """Whether the reader brought anything of their own."""
        return any(self[3:])


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


def find_store() -> str:
    """Tell the folder of the store that the app was started with; "" when it was given none."""
    words = sys.argv[1:]
    for number, word in enumerate(words):
        if word == STORE_OPTION and number + 1 < len(words):
            return words[number + 1]
        if word.startswith(f"{STORE_OPTION}="):
            return word.partition("=")[2]
    return os.environ.get(STORE_VARIABLE, "")


def is_store() -> bool:
    """Tell whether a store is on screen, in which a reader's own lists and corrections are not counted."""
    return bool(find_store()) and not session_uploads()


def say_whose_lists() -> None:
    """Say of a store that lists of the reader's own are not counted in it."""
    if is_store():
        st.info(t("store_own_lists"), icon=":material/info:")


def load_corpus() -> View:
    """Load the view of everything; an unreadable source ends the run with a sentence on screen."""
    try:
        key = _key()
        if shelf := _shelf_before(key):
            _put_up(key, shelf)
            return shelf.whole
        if key.is_store:
            with st.spinner(t("loading_store")):
                return _load_whole(key)
        with st.spinner(t("loading_split")):
            cut = _split(_only_pages(key))
        with st.spinner(t("loading_count", pages=len(cut.pages), rows=len(cut.articles))):
            return _load_whole(key)
    except PageError as error:
        st.error(t("no_corpus_body", folder=SOURCE.name), title=t("no_corpus"), icon=":material/folder_off:")
        st.info(t("no_corpus_help"))
        st.text(str(error).replace(str(SOURCE), SOURCE.name))
        st.stop()
    except StoreError as error:
        stop_without_store(error)


def stop_without_store(error: StoreError) -> None:
    """Say why a store cannot be read, and end the run."""
    st.error(t("no_store"), icon=":material/folder_off:")
    st.text(str(error))
    st.stop()


def load_selection() -> View:
    """Load the view of what the filters leave; nothing left ends the page in words."""
    view = _current_shelf().select(current_selection())
    if view.is_cut:
        st.warning(t("search_cut"), icon=":material/timer_off:")
    if not view.n_news:
        st.info(t("nothing_left"), icon=":material/filter_alt_off:")
        st.stop()
    return view


def load_part(selection: Selection) -> View:
    """Load the view of another selection than that of the sidebar; it may hold no article."""
    return _current_shelf().select(selection)


def load_ranking() -> list[str]:
    """Load all slogans of the corpus, whatever the filters, those in most articles first."""
    return _current_shelf().ranking


def load_spans() -> pd.DataFrame:
    """Load the spans of all pages, corrected as the tables are; a store has none."""
    key = _key()
    return (_no_spans() if key.is_store else _split(_only_pages(key)).spans).copy(deep=False)


def load_lexicon() -> pd.DataFrame:
    """Load the slogan lexicon in use: that of the store, or the product's with the reader's own entries."""
    key = _key()
    return (_shelf(key).lexicon if key.is_store else _lexicon(key.own)).copy(deep=False)


def load_taxonomy() -> pd.DataFrame:
    """Load the topic taxonomy in use: that of the store, the reader's own, or the built-in one."""
    key = _key()
    return (_shelf(key).taxonomy if key.is_store else _taxonomy(key.taxonomy)).copy(deep=False)


def current_selection() -> Selection:
    """The selection of the sidebar."""
    return st.session_state.get("selection", Selection())


@st.cache_resource(max_entries=8, show_spinner=False)
def _lexicon(own: str) -> pd.DataFrame:
    return run_apart(len(own), _join_own, own) if own else read_lexicon()


def _join_own(own: str) -> pd.DataFrame:
    return join_lexicons(read_lexicon(), parse_own_lexicon(own, "own lexicon").entries)


@st.cache_resource(max_entries=8, show_spinner=False)
def _taxonomy(own: str) -> pd.DataFrame:
    return parse_taxonomy(own, "own taxonomy") if own else read_taxonomy()


@_keep(4)
def _split(key: _Key) -> Split:
    if not key.is_private:
        return read_split(key.source)
    if not key.source:
        return session_split()
    # What the source holds is read once for all; only the reader's own part is kept for the session.
    base = _split(_Key(key.source, key.stamp))
    if key.fixes:
        base = correct_split(base, parse_corrections(key.fixes))
    return join_splits(base, session_split()) if key.uploads else base


def _current_shelf() -> Shelf:
    """Find the shelf of the corpus on screen, as it was when this run first looked for it."""
    if not getattr(_run, "has_looked", False) or "shelf" not in st.session_state:
        key = _key()
        _put_up(key, _shelf_before(key) or _shelf(key))
    return st.session_state["shelf"][1]


def _put_up(key: _Key, shelf: Shelf) -> None:
    st.session_state["shelf"] = key, shelf
    # Looking for the corpus means looking at files, which a page of many parts would do ten times a run.
    _run.has_looked = True


def _shelf_before(key: _Key) -> Shelf | None:
    """The shelf of the run before, where it is the one of this key."""
    last, shelf = st.session_state.get("shelf", (None, None))
    return shelf if key == last else None


@_keep(4)
def _shelf(key: _Key) -> Shelf:
    if key.is_store:
        return shelve_store(open_store(key.source))
    lexicon, taxonomy = _lexicon(key.own), _taxonomy(key.taxonomy)
    cut = _split(_only_pages(key))
    # What one reader brought is counted where it keeps nobody waiting; the bundled pages, once for all, here.
    size = int(cut.articles["n_chars"].sum()) + len(key.own) if key.is_private else 0
    frames = cut.pages, cut.articles, cut.problems
    tables = run_apart(size, make_tables, *frames, lexicon=lexicon, taxonomy=taxonomy)
    return shelve_tables(tables, lexicon=lexicon, taxonomy=taxonomy)


def _load_whole(key: _Key) -> View:
    shelf = _shelf(key)
    _put_up(key, shelf)
    whole = shelf.whole
    if key.is_store:
        whole.pages.head(0)
    return whole


def _no_spans() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in SPAN_COLUMNS.items()})


def _key() -> _Key:
    store, uploads = find_store(), session_uploads()
    if store and not uploads:
        return _Key(store, _stamp_store(Path(store)), is_store=True)
    # Beside a store, uploads are looked at by themselves.
    source, stamp = ("", ()) if store else (str(SOURCE), _stamp(SOURCE))
    fixes = session_corrections() if has_corrections() else ()
    return _Key(
        source,
        stamp,
        fixes=format_corrections(fixes) if len(fixes) else b"",
        uploads=uploads,
        own=own_entries(),
        taxonomy=own_taxonomy(),
    )


def _only_pages(key: _Key) -> _Key:
    """The part of a key that the pages and articles depend on."""
    return key._replace(own="", taxonomy="")


def _stamp(source: Path) -> tuple:
    """Tell one state of the folder from another without reading it: names, sizes and times."""
    # Asked several times a run: os.walk takes a fifth of what Path.rglob does.
    walked = os.walk(source) if source.is_dir() else [(source.parent, (), (source.name,))]
    paths = sorted(os.path.join(folder, name) for folder, _, names in walked for name in names)
    found = [(path, os.stat(path)) for path in paths if os.path.isfile(path)]
    return tuple((path, info.st_size, info.st_mtime_ns) for path, info in found)


def _stamp_store(folder: Path) -> tuple:
    """Tell one build of a store from another by what it holds: clocks go back, inodes come again."""
    return (read_stamp(folder),)
