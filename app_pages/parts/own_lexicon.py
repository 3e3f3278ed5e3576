"""The reader's own slogan lexicon: kept for the session, used at once, downloaded as one file."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.slogans.lexicon import LexiconError, read_categories
from analysis.slogans.review import (
    OwnLexicon,
    accept_candidate,
    format_own_lexicon,
    no_own_lexicon,
    parse_own_lexicon,
    reject_candidate,
)
from app_pages.parts.pool import run_apart
from app_pages.parts.words import t

_MOST_BYTES = 2_000_000
_SCOPES = ("county", "city", "provincial", "national")


def own_lexicon() -> OwnLexicon:
    """The reader's own lexicon; nothing at first."""
    return st.session_state.get("own_lexicon", no_own_lexicon())


def own_entries() -> str:
    """The reader's own entries as text, by which one lexicon is told from another; "" without any."""
    own = st.session_state.get("own_lexicon")
    if own is None or not len(own.entries):
        return ""
    # Writing 100,000 entries takes a third of a second, and every run asks.
    written_of, text = st.session_state.get("own_entries", (None, ""))
    if written_of is not own:
        text = format_own_lexicon(own._replace(rejected=()))
        st.session_state["own_entries"] = own, text
    return text


def show_review(candidates: pd.DataFrame) -> None:
    """Let the reader accept or turn down a candidate.

    Args:
        candidates: Table `slogan_candidates`, without those turned down, best first.
    """
    names = candidates["candidate"].tolist()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        candidate = st.selectbox(t("review_candidate"), names, key="review_candidate")
        category = st.selectbox(
            t("review_category"), read_categories(), format_func=lambda name: t(f"category_{name}"),
            key="review_category",
        )  # fmt: skip
        scope = st.selectbox(
            t("review_scope"), _SCOPES, format_func=lambda name: t(f"scope_{name}"), key="review_scope"
        )
        st.button(
            t("review_accept"), type="primary", icon=":material/check:", key="review_accept",
            on_click=_accept, args=(candidate, category, scope),
        )  # fmt: skip
        st.button(
            t("review_reject"),
            icon=":material/close:",
            key="review_reject",
            on_click=_reject,
            args=(candidate,),
        )
    example = candidates.loc[candidates["candidate"] == candidate, "example"]
    if len(example):
        st.text(example.iloc[0])
    if fault := st.session_state.pop("review_fault", ""):
        st.code(fault, language=None, wrap_lines=True)


def show_own_lexicon() -> None:
    """Show the reader's own lexicon: upload, what is in it, download."""
    upload = st.file_uploader(
        t("own_upload"), type=["tsv", "txt"], key="own_upload", help=t("own_upload_help")
    )
    if upload is not None and st.session_state.get("own_upload_seen") != upload.file_id:
        st.session_state["own_upload_seen"] = upload.file_id
        _take(upload.name, upload.getvalue())
        st.rerun()
    if fault := st.session_state.pop("own_fault", ""):
        st.error(t("own_fault"))
        st.code(fault, language=None)
    own = own_lexicon()
    st.caption(t("own_holds", entries=len(own.entries), rejected=len(own.rejected)))
    if len(own.entries) or own.rejected:
        st.download_button(
            t("own_download"),
            data=lambda: format_own_lexicon(own).encode("utf-8"),
            file_name="tifa_own_lexicon.tsv",
            mime="text/tab-separated-values",
            key="own_download",
            on_click="ignore",
            icon=":material/download:",
        )


def _take(name: str, content: bytes) -> None:
    if len(content) > _MOST_BYTES:
        st.session_state["own_fault"] = f"{name}: {len(content):,} > {_MOST_BYTES:,} bytes"
        return
    try:
        text = content.decode("utf-8-sig")
        st.session_state["own_lexicon"] = run_apart(len(content), parse_own_lexicon, text, name)
    except UnicodeDecodeError:
        st.session_state["own_fault"] = f"{name}: UTF-8?"
    except LexiconError as error:
        st.session_state["own_fault"] = str(error)


def _accept(candidate: str, category: str, scope: str) -> None:
    try:
        own = accept_candidate(own_lexicon(), candidate, category=category, scope=scope)
    except LexiconError as error:
        st.session_state["review_fault"] = str(error)
        return
    st.session_state["own_lexicon"] = own


def _reject(candidate: str) -> None:
    st.session_state["own_lexicon"] = reject_candidate(own_lexicon(), candidate)
