"""Topics: what the articles are about, named by a taxonomy or discovered in the corpus."""

import streamlit as st

from app_pages.parts import topic_views
from app_pages.parts.corpus import load_selection
from app_pages.parts.words import t

tables = load_selection()
views = {
    "view_named": lambda: topic_views.show_mix(tables),
    "view_one": lambda: topic_views.show_one(tables),
    "view_slogans": lambda: topic_views.show_slogans(tables),
    "view_discovered": lambda: topic_views.show_discovered(tables),
}
tabs = st.tabs([t(key) for key in views], key="topics_view", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, views.values(), strict=True):
    if tab.open:
        with tab:
            show()
