"""Overview: what is in the corpus, what it says most, and how well it could be read."""

import streamlit as st

from analysis.charts import plot_bars
from analysis.schema import counted
from analysis.slogans import count_slogans
from analysis.summary import count_main_topics, describe_coverage
from app_pages.parts.corpus import load_hits, load_keywords, load_selection
from app_pages.parts.show import show_chart, show_cloud, show_table
from app_pages.parts.words import add_gloss, name_topic, t

_MOST_BARS = 12
_MOST_WORDS = 200
_COUNTS = ("n_articles", "n_chars", "text_quality")

tables = load_selection()
news = counted(tables.articles)
frequencies = count_slogans(load_hits(), news, by=(), every="all")
frequencies = add_gloss(
    frequencies.sort_values(["n_articles", "n", "slogan"], ascending=[False, False, True])
)

st.markdown(t("overview_lead"))
with st.container(horizontal=True):
    st.metric(t("metric_pages"), f"{len(tables.pages):,}", border=True)
    st.metric(t("metric_articles"), f"{len(news):,}", border=True, help=t("metric_articles_help"))
    st.metric(t("metric_chars"), f"{news['n_chars'].sum():,}", border=True, help=t("metric_chars_help"))
    st.metric(t("metric_slogans"), f"{len(frequencies):,}", border=True, help=t("metric_slogans_help"))
    st.metric(t("metric_hits"), f"{len(tables.slogan_hits):,}", border=True, help=t("metric_hits_help"))

left, right = st.columns(2, gap="large")
with left:
    if frequencies.empty:
        st.info(t("no_slogans"))
    else:
        show_chart(
            plot_bars(
                frequencies.head(_MOST_BARS),
                name="slogan",
                value="share",
                low="low",
                high="high",
                percent=True,
                title=t("chart_top_slogans"),
                value_title=t("axis_share_of", articles=len(news)),
            ),
            frequencies,
            name="top_slogans",
            caption=t("caption_share", articles=len(news)),
            alt=t("alt_top", first=frequencies["slogan"].iloc[0]),
        )
with right:
    mix = count_main_topics(tables.article_topics)
    mix = mix.assign(topic_name=mix["topic"].map(name_topic))
    show_chart(
        plot_bars(
            mix,
            name="topic_name",
            value="n_articles",
            title=t("chart_topics"),
            value_title=t("axis_articles"),
        ),
        mix,
        name="main_topics",
        caption=t("caption_main_topic", articles=len(news)),
        alt=t("alt_top", first=mix["topic_name"].iloc[0]),
    )

st.subheader(t("overview_cloud"))
sizes = st.segmented_control(
    t("cloud_of"),
    ["slogans", "keywords"],
    default="slogans",
    format_func=lambda kind: t(f"cloud_{kind}"),
    key="cloud",
    bind="query-params",
    required=True,
)
if sizes == "slogans":
    words = frequencies.rename(columns={"slogan": "word", "n": "weight"})[["word", "weight"]]
    show_cloud(words, name="cloud_slogans", caption=t("caption_cloud_slogans"))
else:
    words = load_keywords(_MOST_WORDS)
    words = words.assign(weight=words["score"])
    show_cloud(words, name="cloud_keywords", caption=t("caption_cloud_keywords"))

st.subheader(t("overview_coverage"))
coverage = describe_coverage(tables.pages)
coverage = coverage.assign(basis_name=coverage["date_basis"].map(lambda basis: t(f"basis_{basis}")))
show_table(
    coverage,
    name="pages",
    caption=t("caption_coverage"),
    columns=["date", "basis_name", "province", "city", "county", "paper", "file", *_COUNTS],
)
if len(tables.problems):
    st.subheader(t("overview_problems"))
    show_table(tables.problems, name="problems", caption=t("caption_problems"))
