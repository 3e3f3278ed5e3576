"""Articles: search, the list, and one article beside the page that it was cut from."""

from functools import partial

import streamlit as st

from analysis.patterns import PatternError
from analysis.shelves.searching.lines import search_lines
from app_pages.drawings.lists import list_articles
from app_pages.parts.corpus import load_selection
from app_pages.parts.prepared import prepare
from app_pages.parts.reader import choose_article, show_article
from app_pages.parts.show import pick_row, show_download
from app_pages.parts.words import t

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

chosen = tables if found is None else tables.narrow_rows(articles["row"])
listed = prepare(chosen, list_articles)
columns = [column for column in _COLUMNS if column != "n_found"]
if found is not None:
    listed["n_found"] = listed["article_id"].map(found.groupby("article_id").size())
    columns = _COLUMNS
picked = pick_row(
    listed, name="articles", caption=t("caption_articles", rows=len(articles), articles=chosen.n_news),
    columns=columns, of=len(articles),
)  # fmt: skip
show_download(partial(chosen.read_table, "articles"), name="articles", count=len(articles))
show_article(tables, choose_article(articles["article_id"], picked))
