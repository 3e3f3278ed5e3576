"""Compare: two selections side by side, in words, slogans and topics."""

import pandas as pd
import streamlit as st

from analysis.charts import plot_bars, plot_keyness
from analysis.comparison import compare_slogans, compare_topics, compare_words
from analysis.fields import keep_fields
from analysis.schema import counted
from analysis.selection import Selection
from app_pages.parts.colours import colour_topics
from app_pages.parts.compare import Side, choose_sides
from app_pages.parts.corpus import (
    load_all_hits,
    load_corpus,
    load_lexicon,
    load_part,
    load_selection,
    load_taxonomy,
    load_tokens,
)
from app_pages.parts.evidence import show_found, show_sentences
from app_pages.parts.show import show_chart, show_table
from app_pages.parts.words import name_slogan, name_topic, t

_MOST_BARS = 20


def _cut(side: Side) -> pd.DataFrame:
    articles = counted(load_part(side.selection).articles)
    return keep_fields(articles, side.fields) if side.fields else articles


def _show_both(words: str, name: str) -> None:
    """Show where a word stands on either side."""
    columns = st.columns(2, gap="large")
    for column, side, label, articles in zip(columns, "ab", names.values(), (a, b), strict=True):
        with column:
            show_found(
                words, corpus._replace(articles=articles), about=f"{label}: {words}", name=f"{name}_{side}"
            )


load_selection()
corpus = load_corpus()
sides = choose_sides(corpus)
if sides is None:
    st.info(t("compare_nothing"))
    st.stop()
a, b = (_cut(side) for side in sides)
names = {"a": sides[0].name, "b": sides[1].name}
if a.empty or b.empty:
    st.info(t("compare_empty", **names))
    st.stop()
if sides[0].fields == sides[1].fields and (shared := len(set(a["article_id"]) & set(b["article_id"]))):
    st.warning(t("compare_shared", n=shared))
st.caption(t("compare_sizes", n_a=len(a), n_b=len(b), **names))

words = compare_words(a, b, tokens=load_tokens(Selection()), minimum=3, lexicon=load_lexicon())
if words.empty:
    st.info(t("no_keywords"))
else:
    word = show_chart(
        plot_keyness(
            words,
            name="word",
            effect="log_ratio",
            evidence="g2",
            title=t("chart_keyness", **names),
            effect_title=t("axis_log_ratio", **names),
            evidence_title=t("axis_g2"),
        ),
        words,
        name="keyness",
        caption=t("caption_keyness", m=len(words)),
        alt=t("alt_top", first=words["word"].iloc[0]),
        pick=True,
    )
    if word:
        _show_both(word[0], "keyness_lines")

slogan = None
left, right = st.columns(2, gap="large")
with left:
    slogans = compare_slogans(a, b, hits=load_all_hits())
    if slogans.empty:
        st.info(t("no_slogans"))
    else:
        drawn = slogans.head(_MOST_BARS).assign(label=slogans["slogan"].map(name_slogan))
        slogan = show_chart(
            plot_bars(
                drawn,
                name="label",
                value="difference",
                low="low",
                high="high",
                percent=True,
                title=t("chart_slogan_difference", **names),
                value_title=t("axis_difference"),
            ),
            slogans,
            name="slogan_comparison",
            caption=t("caption_slogan_difference"),
            alt=t("alt_top", first=drawn["label"].iloc[0]),
            pick=True,
        )

with right:
    scores = None if sides[0].fields else corpus.article_topics
    mix = compare_topics(a, b, article_topics=scores, taxonomy=load_taxonomy())
    mix = mix.assign(topic_name=mix["topic"].map(name_topic))
    show_chart(
        plot_bars(
            mix,
            name="topic_name",
            value="difference",
            low="low",
            high="high",
            percent=True,
            title=t("chart_topic_difference", **names),
            value_title=t("axis_difference"),
            colours={name_topic(topic): colour for topic, colour in colour_topics(mix["topic"]).items()},
        ),
        mix,
        name="topic_comparison",
        caption=t("caption_topic_difference"),
        alt=t("alt_top", first=mix["topic_name"].iloc[0]),
    )

if slogan:
    name = drawn.set_index("label")["slogan"][slogan[0]]
    hits = load_all_hits()
    columns = st.columns(2, gap="large")
    for column, side, label, articles in zip(columns, "ab", names.values(), (a, b), strict=True):
        with column:
            here = hits[(hits["slogan"] == name) & hits["article_id"].isin(articles["article_id"])]
            show_sentences(
                here,
                corpus._replace(articles=articles),
                about=f"{label}: {name}",
                name=f"slogan_lines_{side}",
            )

st.header(t("compare_words"))
show_table(words, name="keyness_table", caption=t("caption_keyness", m=len(words)))
