"""The words on screen in Chinese and English, from `texts.tsv`, and the reader's choice between them."""

from __future__ import annotations

import contextlib
import csv
import textwrap
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import topics
from analysis.slogans import read_lexicon
from analysis.slogans.temperature import TOO_FEW, read_tiers

_GLOSS = 36
_TEXTS = Path(__file__).parent.parent / "texts.tsv"
#: Languages of the app: name on the switch -> code in the address.
LANGUAGES = {"中文": "zh", "English": "en"}

#: Keys of widgets whose choices have names of their own in each language.
_NAMED_CHOICES = (
    "topic", "kind", "cloud", "cloud_by", "unit", "period", "measure", "sort", "within", "span", "mark", "t",
    "topic_every", "word_every", "central", "a_topic", "b_topic", "a_part", "b_part", "a_kind", "b_kind",
)  # fmt: skip
#: Keys of tabs, which are known by their names on screen alone -> what the keys of these names begin with.
_TABS = {"view": "view_", "topics_view": "view_", "data_view": "data_"}


#: The language of a run, which asks for it a hundred times; each run has its own thread.
_run = threading.local()


@cache
def read_texts() -> dict[str, dict[str, str]]:
    """Read every text: key -> language -> words."""
    with _TEXTS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return {row["key"]: {code: row[code] for code in LANGUAGES.values()} for row in rows}


def choose_language() -> None:
    """Show the language switch; without a choice in the address the browser's language is the first.

    The address always names the language: it holds topics and views by their names on screen, which only
    the same language can read again.
    """
    if "language" not in st.session_state:
        asked = st.query_params.get("lang", "")
        chinese = (st.context.locale or "zh").lower().startswith("zh")
        first = "中文" if chinese else "English"
        names = {code: name for name, code in LANGUAGES.items()}
        st.session_state["language"] = names.get(asked, asked if asked in LANGUAGES else first)
    st.segmented_control(
        "语言 / Language", list(LANGUAGES), key="language", required=True, label_visibility="collapsed",
        on_change=_rename_choices,
    )  # fmt: skip
    _run.language = _read_language()
    if st.query_params.get("lang") != language():
        st.query_params["lang"] = language()


def _rename_choices() -> None:
    """Write the choices into the address by the names that they have in the new language."""
    _run.language = _read_language()
    for key in _NAMED_CHOICES:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
    for key, prefix in _TABS.items():
        views = (text for name, text in read_texts().items() if name.startswith(prefix))
        for text in views:
            if st.session_state.get(key) in text.values():
                st.session_state[key] = text[language()]


def language() -> str:
    """Tell the reader's language: zh or en."""
    return getattr(_run, "language", None) or _read_language()


@contextlib.contextmanager
def speak(code: str) -> Iterator[None]:
    """Let texts be in a language, zh or en, where no reader is: files are made apart from the run."""
    before = getattr(_run, "language", None)
    _run.language = code
    try:
        yield
    finally:
        _run.language = before


def _read_language() -> str:
    return LANGUAGES.get(st.session_state.get("language"), "zh")


def language_tag() -> str:
    """Tell the reader's language as a tag of BCP 47."""
    return {"zh": "zh-CN", "en": "en"}[language()]


def t(key: str, **values: object) -> str:
    """Say the text of a key in the reader's language.

    Args:
        key: A key of `texts.tsv`.
        **values: What stands in its braces; numbers are grouped by thousands.

    Returns:
        The words.

    Raises:
        KeyError: No such key, which is a mistake of ours.
    """
    shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    return read_texts()[key][language()].format(**shown)


def name_topic(topic: str) -> str:
    """Name a topic in the reader's language."""
    return topic if language() == "zh" else _topic_names().get(topic, topic)


def name_slogan(slogan: str) -> str:
    """Name a slogan in the reader's language: in English with its gloss, where the lexicon has one.

    Long glosses are cut short; tables have them whole.
    """
    gloss = "" if language() == "zh" else _glosses().get(slogan, "")
    return f"{slogan} {textwrap.shorten(gloss, _GLOSS, placeholder='…')}" if gloss else slogan


def name_tier(tier: str) -> str:
    """Name a temperature tier, or a range of them, in the reader's language."""
    if tier == TOO_FEW:
        return t("tier_few")
    if language() == "zh":
        return tier
    return "–".join(_tier_names().get(part, part) for part in tier.split("–"))


def add_gloss(slogans: pd.DataFrame) -> pd.DataFrame:
    """Add to a frame with a slogan column the English gloss of each, as column gloss."""
    return slogans.assign(gloss=slogans["slogan"].map(_glosses()).fillna("").astype("str"))


@cache
def _topic_names() -> dict[str, str]:
    return dict(topics.read_topic_names().itertuples(index=False))


@cache
def _tier_names() -> dict[str, str]:
    tiers = read_tiers()
    return dict(zip(tiers["tier"], tiers["english"], strict=True))


@cache
def _glosses() -> dict[str, str]:
    lexicon = read_lexicon()
    return dict(zip(lexicon["slogan"], lexicon["gloss"], strict=True))
