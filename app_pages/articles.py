"""Articles: search, the list, and one article beside the page that it was cut from."""

import streamlit as st

from analysis.concordance import PatternError
from analysis.schema import counted
from analysis.shelves.lines import search_lines
from analysis.summary import name_articles
from app_pages.parts.corpus import load_selection
from app_pages.parts.reader import choose_article, show_article
from app_pages.parts.show import pick_row, show_download
from app_pages.parts.words import name_topic, t

_COLUMNS = ["date", "place", "kind_name", "title", "n_found", "topic", "slogans", "n_chars", "confidence"]
_MOST_FOUND = 20_000

tables = load_selection()
articles = tables.articles
with st.container(horizontal=True, vertical_alignment="bottom"):
    pattern = st.text_input(
        t("article_search"), key="find", bind="query-params", max_chars=200, help=t("article_search_help"),
        placeholder=t("search_hint"), icon=":material/search:",
    ).strip()  # fmt: skip
    is_regex = st.toggle(t("article_regex"), key="regex", bind="query-params")
found = None
if pattern:
    try:
        result = search_lines(tables, pattern, regex=is_regex, limit=_MOST_FOUND, counted=False)
        found = result.lines
        if result.is_cut:
            st.warning(t("search_cut"), icon=":material/timer_off:")
    except PatternError as error:
        st.error(t("bad_pattern"))
        st.text(str(error))
        st.stop()
    articles = articles[articles["article_id"].isin(found["article_id"])].reset_index(drop=True)
    if articles.empty:
        st.info(t("no_lines"))
        st.stop()

main = tables.article_topics[tables.article_topics["is_main"]].set_index("article_id")["topic"]
hits = tables.slogan_hits.groupby("article_id").size()
listed = name_articles(articles).assign(
    kind_name=articles["kind"].map(lambda kind: t(f"kind_{kind}")),
    topic=articles["article_id"].map(main).map(name_topic, na_action="ignore"),
    slogans=articles["article_id"].map(hits).fillna(0).astype(int),
    n_chars=articles["n_chars"],
    confidence=articles["confidence"],
)
columns = [column for column in _COLUMNS if column != "n_found"]
if found is not None:
    listed["n_found"] = articles["article_id"].map(found.groupby("article_id").size())
    columns = _COLUMNS
picked = pick_row(
    listed, name="articles", caption=t("caption_articles", rows=len(listed), articles=len(counted(articles))),
    columns=columns,
)  # fmt: skip
show_download(articles, name="articles")
show_article(tables, choose_article(listed["article_id"], picked))
