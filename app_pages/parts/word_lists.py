"""The word lists that count: the slogan lexicon and the topic taxonomy, to look at, download and replace."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from analysis.slogans.lexicon import LEXICON_FILE
from analysis.topics.taxonomy import TAXONOMY
from app_pages.parts.corpus import load_lexicon, load_taxonomy, say_whose_lists
from app_pages.parts.frames import show_frame
from app_pages.parts.own_lexicon import show_own_lexicon
from app_pages.parts.own_taxonomy import show_own_taxonomy
from app_pages.parts.words import name_topic, t

_LEXICON_COLUMNS = [
    "slogan", "gloss", "category_name", "scope_name", "since", "parent", "aliases", "guard", "origin", "note",
]  # fmt: skip
_LONGEST_SEARCH = 100


def show_word_lists() -> None:
    """Show both lists, each with its search, its file and the reader's own."""
    say_whose_lists()
    st.header(t("lists_slogans"), anchor=False)
    st.markdown(t("lists_slogans_lead"))
    _show_lexicon(load_lexicon())
    _show_file(LEXICON_FILE)
    st.markdown(f"**{t('own_lexicon')}**")
    show_own_lexicon()
    st.header(t("lists_topics"), anchor=False)
    st.markdown(t("lists_topics_lead"))
    _show_taxonomy(load_taxonomy())
    _show_file(TAXONOMY)
    st.markdown(f"**{t('own_taxonomy')}**")
    show_own_taxonomy()


def _show_lexicon(lexicon: pd.DataFrame) -> None:
    shown = lexicon.rename(columns={"source": "origin"})
    shown = shown.assign(
        category_name=shown["category"].map(lambda name: t(f"category_{name}")),
        scope_name=shown["scope"].map(lambda name: t(f"scope_{name}") if name else ""),
        since=shown["since"].astype("str"),
    )
    found = _search(shown, ["slogan", "aliases", "gloss", "category_name"], key="lexicon_search")
    caption = t("caption_lexicon", rows=len(found), entries=len(lexicon))
    show_frame(found, name="lexicon", caption=caption, columns=_LEXICON_COLUMNS)


def _show_taxonomy(taxonomy: pd.DataFrame) -> None:
    shown = taxonomy.assign(topic_name=taxonomy["topic"].map(name_topic))
    found = _search(shown, ["topic", "topic_name", "cue"], key="taxonomy_search")
    caption = t("caption_taxonomy", rows=len(found), cues=len(taxonomy), topics=taxonomy["topic"].nunique())
    show_frame(found, name="taxonomy", caption=caption, columns=["topic_name", "cue", "weight"])


def _search(rows: pd.DataFrame, columns: list[str], *, key: str) -> pd.DataFrame:
    """Let the reader search rows for characters; letter case does not matter."""
    words = st.text_input(
        t("lists_search"), key=key, max_chars=_LONGEST_SEARCH, icon=":material/search:",
        placeholder=t("lists_search_hint"),
    )  # fmt: skip
    sought = words[:_LONGEST_SEARCH].strip().lower()
    if not sought:
        return rows
    joined = rows[columns[0]].str.cat([rows[column] for column in columns[1:]], sep="\n", na_rep="")
    return rows[joined.str.lower().map(lambda text: sought in text)].reset_index(drop=True)


def _show_file(path: Path) -> None:
    st.download_button(
        t("lists_download", file=path.name),
        data=path.read_bytes,
        file_name=path.name,
        mime="text/tab-separated-values",
        key=f"shipped_{path.stem}",
        on_click="ignore",
        icon=":material/download:",
    )
