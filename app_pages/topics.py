"""Topics: what the articles are about, by place, and why an article got its topic."""

import streamlit as st

from analysis.charts import plot_bars, plot_heat
from analysis.schema import counted
from analysis.summary import count_main_topics, mix_topics, name_articles
from analysis.topics import find_cues
from app_pages.parts.corpus import load_selection
from app_pages.parts.show import show_chart, show_table
from app_pages.parts.words import name_topic, t

_MOST_WORDS = 15

tables = load_selection()
news = counted(tables.articles)

mix = mix_topics(tables.article_topics, news)
mix = mix.assign(topic_name=mix["topic"].map(name_topic))
show_chart(
    plot_heat(
        mix,
        row="topic_name",
        column="place",
        value="share",
        title=t("chart_topic_mix"),
        value_title=t("axis_topic_share"),
        percent=True,
    ),
    mix,
    name="topics_by_place",
    caption=t("caption_topic_mix"),
    alt=t("alt_topic_mix", places=mix["place"].nunique()),
)

main = count_main_topics(tables.article_topics)
st.subheader(t("topics_one"))
topic = st.selectbox(
    t("choose_topic"), main["topic"].tolist(), format_func=name_topic, key="t", bind="query-params"
)
left, right = st.columns(2, gap="large")
with left:
    words = tables.topic_words[tables.topic_words["topic"] == topic].reset_index(drop=True)
    if words.empty:
        st.info(t("no_topic_words"))
    else:
        show_chart(
            plot_bars(
                words.head(_MOST_WORDS),
                name="word",
                value="weight",
                percent=True,
                title=t("chart_topic_words", topic=name_topic(topic)),
                value_title=t("axis_weight"),
            ),
            words,
            name="topic_words",
            caption=t("caption_topic_words"),
            alt=t("alt_top", first=words["word"].iloc[0]),
        )
with right:
    about = tables.article_topics[tables.article_topics["topic"] == topic].merge(
        name_articles(news), on="article_id"
    )
    about = about.sort_values(["is_main", "share"], ascending=False, ignore_index=True)
    show_table(
        about,
        name="topic_articles",
        caption=t("caption_topic_articles", articles=int(about["is_main"].sum())),
        columns=["date", "place", "title", "share", "is_main"],
    )

st.subheader(t("topics_why"))
cues = find_cues(news)
cues = cues[cues["topic"] == topic]
cues = cues.groupby(["article_id", "cue"]).agg(n=("start", "size"), weight=("weight", "sum")).reset_index()
cues = cues.merge(name_articles(news), on="article_id").sort_values(
    ["title", "weight"], ascending=[True, False], ignore_index=True
)
show_table(
    cues,
    name="topic_cues",
    caption=t("caption_cues"),
    columns=["date", "place", "title", "cue", "n", "weight"],
)
