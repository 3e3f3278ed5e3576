"""Keywords: words that stand out in the selected articles, over time, and the company that they keep."""

import streamlit as st

from app_pages.parts import keyword_views
from app_pages.parts.corpus import load_keywords, load_selection
from app_pages.parts.words import t

_MOST_WORDS = 200

tables = load_selection()
words = load_keywords(tables, _MOST_WORDS)
if words.empty:
    st.info(t("no_keywords"))
    st.stop()
keyword_views.show_ranking(words, tables)
st.header(t("keywords_over_time"))
keyword_views.show_trend(words["word"].tolist(), tables)
st.header(t("collocates"))
keyword_views.show_collocates(words["word"].iloc[0], tables)
st.header(t("keywords_by_article"))
keyword_views.show_by_article(tables)
