"""Articles: the list, and one article beside the page that it was cut from."""

import streamlit as st

from analysis.highlight import mark_slogans
from analysis.summary import name_articles
from app_pages.parts.corpus import load_selection
from app_pages.parts.show import name_columns, show_download
from app_pages.parts.words import name_topic, t

_COLUMNS = ["date", "place", "kind_name", "title", "topic", "slogans", "n_chars", "confidence"]

tables = load_selection()
articles = tables.articles
main = tables.article_topics[tables.article_topics["is_main"]].set_index("article_id")["topic"]
listed = name_articles(articles).assign(
    kind_name=articles["kind"].map(lambda kind: t(f"kind_{kind}")),
    topic=articles["article_id"].map(main).map(name_topic, na_action="ignore"),
    slogans=articles["article_id"].map(tables.slogan_hits.groupby("article_id").size()).fillna(0).astype(int),
    n_chars=articles["n_chars"],
    confidence=articles["confidence"],
)
event = st.dataframe(
    listed[_COLUMNS],
    column_config=name_columns(_COLUMNS),
    hide_index=True,
    height=330,
    key="table_articles",
    on_select="rerun",
    selection_mode="single-row",
    placeholder="",
    lazy=False,
    alt=t("caption_articles", rows=len(listed)),
)
st.caption(t("caption_articles", rows=len(listed)))
show_download(articles, name="articles")

picked = [row for row in event.selection.rows if row < len(articles)]
article = articles.iloc[picked[0] if picked else 0]
page = tables.pages.set_index("page_id").loc[article["page_id"]]
left, right = st.columns(2, gap="large")
with left, st.container(border=True):
    if article["kicker"]:
        st.caption(article["kicker"])
    st.subheader(article["headline"] or t("no_headline"), anchor=False)
    if article["subhead"]:
        st.text(article["subhead"])
    facts = [article["authors"].replace(";", "  "), article["dateline"], page["file"]]
    st.caption(" · ".join(fact for fact in facts if fact))
    st.html(mark_slogans(article["text"], tables.slogan_hits, article["article_id"]))
    st.caption(t("caption_reader"))
with right, st.container(border=True):
    st.subheader(t("source_page"), anchor=False)
    if page["source"]:
        st.caption(t("caption_source", file=page["file"], encoding=page["encoding"]))
        with st.container(height=560, border=False):
            st.text(page["source"])
    else:
        st.info(t("no_source"))
