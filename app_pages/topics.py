"""Topics: what the articles are about, named by a taxonomy or discovered in the corpus."""

import streamlit as st

from app_pages.parts.corpus import load_selection
from app_pages.parts.words import t
from app_pages.views import topics

tables = load_selection()
views = {
    "view_named": lambda: topics.show_mix(tables),
    "view_one": lambda: topics.show_one(tables),
    "view_slogans": lambda: topics.show_slogans(tables),
    "view_discovered": lambda: topics.show_discovered(tables),
}
tabs = st.tabs([t(key) for key in views], key="topics_view", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, views.values(), strict=True):
    if tab.open:
        with tab:
            show()
