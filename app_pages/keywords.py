"""Keywords: the words that stand out in the selected articles, and the company that a word keeps."""

import streamlit as st

from analysis.charts import plot_bars, plot_network
from analysis.collocates import find_collocates, find_network
from analysis.schema import counted
from analysis.summary import name_articles
from app_pages.parts.corpus import load_keywords, load_lexicon, load_selection, load_tokens
from app_pages.parts.show import show_chart, show_cloud, show_table
from app_pages.parts.words import t

_MOST_BARS = 25
_MOST_WORDS = 200

tables = load_selection()
news = counted(tables.articles)
tokens = load_tokens()
words = load_keywords(_MOST_WORDS)
if words.empty:
    st.info(t("no_keywords"))
    st.stop()

left, right = st.columns(2, gap="large")
with left:
    show_chart(
        plot_bars(
            words.head(_MOST_BARS),
            name="word",
            value="score",
            title=t("chart_keywords"),
            value_title=t("axis_keyword_score"),
        ),
        words,
        name="selection_keywords",
        caption=t("caption_keywords", articles=len(news)),
        alt=t("alt_top", first=words["word"].iloc[0]),
    )
with right:
    show_cloud(
        words.assign(weight=words["score"]),
        name="keyword_cloud",
        caption=t("caption_cloud_keywords"),
        width=700,
        height=620,
    )

st.subheader(t("collocates"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    node = st.text_input(
        t("collocate_node"), value=words["word"].iloc[0], key="node", max_chars=40, help=t("collocate_help")
    )
    span = st.segmented_control(
        t("span"), ["window", "sentence"], default="window", format_func=lambda name: t(f"span_{name}"),
        key="span", bind="query-params", required=True,
    )  # fmt: skip
    minimum = int(st.number_input(t("minimum"), 1, 100, 3, key="joint", bind="query-params"))
near = {"tokens": tokens, "span": span, "minimum": minimum, "lexicon": load_lexicon()}
found = find_collocates(news, node.strip(), **near) if node.strip() else None
if found is None or found.empty:
    st.info(t("no_collocates"))
else:
    network = find_network(news, node.strip(), **near)
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(
            plot_network(
                network.nodes, network.edges, name="word", size="n", ends=("source", "target"),
                tie="log_dice", title=t("chart_collocates", word=node.strip()), size_title=t("col_n"),
                tie_title="logDice", centre=node.strip(),
            ),
            network.edges,
            name="collocate_network",
            caption=t("caption_collocate_network"),
            alt=t("alt_top", first=found["collocate"].iloc[0]),
        )  # fmt: skip
    with right:
        show_table(
            found,
            name="collocates",
            caption=t(f"caption_collocates_{span}", minimum=minimum),
            columns=["collocate", "n_joint", "n_left", "n_right", "n_collocate", "n_articles", "log_dice"],
        )

st.subheader(t("keywords_by_article"))
rows = tables.keywords.merge(name_articles(news), on="article_id")
show_table(
    rows,
    name="keywords",
    caption=t("caption_keywords_article"),
    columns=["date", "place", "title", "rank", "word", "n", "score"],
)
