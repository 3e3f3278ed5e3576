"""Data & methods: every table, the reader's own pages, the word lists, and how everything is counted."""

import streamlit as st

from app_pages.parts.corpus import load_corpus
from app_pages.parts.methods import show_methods
from app_pages.parts.uploads import show_uploads
from app_pages.parts.word_lists import show_word_lists
from app_pages.parts.words import t
from app_pages.views.tables import show_tables

views = {
    "data_tables": show_tables,
    "data_upload": lambda: show_uploads(load_corpus().pages["page_id"]),
    "data_lists": show_word_lists,
    "data_methods": show_methods,
}
tabs = st.tabs([t(key) for key in views], key="data_view", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, views.values(), strict=True):
    if tab.open:
        with tab:
            show()
