"""Keywords: the words that stand out in the selected articles."""

import streamlit as st

from analysis.charts import plot_bars
from analysis.schema import counted
from analysis.summary import name_articles, weigh_keywords
from app_pages.parts.corpus import load_selection
from app_pages.parts.show import show_chart, show_cloud, show_table
from app_pages.parts.words import t

_MOST_BARS = 25

tables = load_selection()
news = counted(tables.articles)
words = weigh_keywords(tables.keywords)
if words.empty:
    st.info(t("no_keywords"))
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    show_chart(
        plot_bars(
            words.head(_MOST_BARS),
            name="word",
            value="weight",
            title=t("chart_keywords"),
            value_title=t("axis_keyword_weight"),
        ),
        words,
        name="keyword_weights",
        caption=t("caption_keywords", articles=len(news)),
        alt=t("alt_top", first=words["word"].iloc[0]),
    )
with right:
    show_cloud(
        words,
        width=700,
        height=620,
        name="keyword_cloud",
        caption=t("caption_cloud_keywords"),
    )

st.subheader(t("keywords_by_article"))
rows = tables.keywords.merge(name_articles(news), on="article_id")
show_table(
    rows,
    name="keywords",
    caption=t("caption_keywords_article"),
    columns=["date", "place", "title", "rank", "word", "n", "score"],
)
