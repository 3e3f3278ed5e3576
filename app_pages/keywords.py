"""Keywords: words that stand out in the selected articles, over time, and the company that they keep."""

import streamlit as st

from app_pages.drawings.keywords import rank_keywords
from app_pages.parts.corpus import load_selection
from app_pages.parts.prepared import prepare
from app_pages.parts.sampling import is_asked_for
from app_pages.parts.words import t
from app_pages.views import keywords

tables = load_selection()
if not is_asked_for(tables, "keywords"):
    st.stop()
words = prepare(tables, rank_keywords)
if not words:
    st.info(t("no_keywords"))
    st.stop()
keywords.show_ranking(tables)
st.header(t("keywords_over_time"))
keywords.show_trend(words, tables)
st.header(t("collocates"))
keywords.show_collocates(words[0], tables)
st.header(t("keywords_by_article"))
keywords.show_by_article(tables)
