"""Compare: two selections side by side, in words, slogans and topics."""

import streamlit as st

from analysis.charts import plot_bars, plot_keyness
from app_pages.parts.colours import colour_topics
from app_pages.parts.compare import choose_sides, compare_sides
from app_pages.parts.corpus import load_corpus, load_part, load_selection
from app_pages.parts.evidence import show_found, show_sentences
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import show_chart, show_table
from app_pages.parts.words import name_slogan, name_topic, t

_MOST_BARS = 20


def _show_both(words: str, name: str) -> None:
    """Show where a word stands on either side."""
    columns = st.columns(2, gap="large")
    for column, side, label, view in zip(columns, "ab", names.values(), (a, b), strict=True):
        with column:
            show_found(words, view, about=f"{label}: {words}", name=f"{name}_{side}")


load_selection()
corpus = load_corpus()
sides = choose_sides(corpus)
if sides is None:
    st.info(t("compare_nothing"))
    st.stop()
a, b = (load_part(side.selection) for side in sides)
names = {"a": sides[0].name, "b": sides[1].name}
if not a.n_news or not b.n_news:
    st.info(t("compare_empty"))
    st.text(t("compare_sizes", n_a=a.n_news, n_b=b.n_news, **names))
    st.stop()
if sides[0].fields == sides[1].fields and (shared := a.count_shared(b)):
    st.warning(t("compare_shared", n=shared))
has_fields = bool(sides[0].fields or sides[1].fields)
if has_fields:
    # What stands in headlines alone is counted from the words themselves, which takes long on many articles.
    largest = max((a, b), key=lambda view: view.n_news)
    if choose_sample(largest, "compare") is None:
        st.stop()
    a, b = a.sample(), b.sample()
st.text(t("compare_sizes", n_a=a.n_news, n_b=b.n_news, **names))
compared = compare_sides(a, b, *(side.fields for side in sides))

words = compared.words
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
    slogans = compared.slogans
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
    mix = compared.topics
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
    columns = st.columns(2, gap="large")
    for column, side, label, view in zip(columns, "ab", names.values(), (a, b), strict=True):
        with column:
            show_sentences(
                view.find_hits([name]), view, about=f"{label}: {name}", name=f"slogan_lines_{side}"
            )

st.header(t("compare_words"))
show_table(words, name="keyness_table", caption=t("caption_keyness", m=len(words)))
