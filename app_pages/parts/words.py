"""The words on screen in Chinese and English, from `texts.tsv`, and the reader's choice between them."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis import topics
from analysis.slogans import read_lexicon
from analysis.slogans.temperature import TOO_FEW, read_tiers

_TEXTS = Path(__file__).parent.parent / "texts.tsv"
#: Languages of the app by their own names, which stand on the switch and in the address.
LANGUAGES = {"中文": "zh", "English": "en"}


@cache
def read_texts() -> dict[str, dict[str, str]]:
    """Read every text: key -> language -> words."""
    with _TEXTS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return {row["key"]: {code: row[code] for code in LANGUAGES.values()} for row in rows}


def choose_language() -> None:
    """Show the language switch; without a choice in the address the browser's language is the first."""
    if "lang" not in st.session_state and st.query_params.get("lang") not in LANGUAGES:
        chinese = (st.context.locale or "zh").lower().startswith("zh")
        st.session_state["lang"] = "中文" if chinese else "English"
    st.segmented_control(
        "语言 / Language",
        list(LANGUAGES),
        key="lang",
        bind="query-params",
        required=True,
        label_visibility="collapsed",
    )


def language() -> str:
    """Tell the reader's language: zh or en."""
    return LANGUAGES.get(st.session_state.get("lang"), "zh")


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
