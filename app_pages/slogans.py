"""Slogans: who prints which, when and how often, and the sentences behind every number."""

import streamlit as st

from app_pages.drawings.slogans import rank_slogans
from app_pages.parts.corpus import load_ranking, load_selection
from app_pages.parts.prepared import prepare
from app_pages.parts.words import t
from app_pages.views import slogans

_FIRST_CHOICES = 5

tables = load_selection()
if not tables.n_hits:
    st.info(t("no_slogans"))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    choice = st.container()
    with_children = st.toggle(
        t("with_children"), value=True, key="children", bind="query-params", help=t("with_children_help")
    )
ranked = prepare(tables, rank_slogans, with_children)
chosen = choice.multiselect(
    t("choose_slogans"), ranked, key="s", bind="query-params",
    placeholder=t("choose_slogans_hint", n=_FIRST_CHOICES),
)  # fmt: skip
chosen = chosen or ranked[:_FIRST_CHOICES]

views = {
    "view_trend": lambda: slogans.show_comparison(tables, chosen, load_ranking(), with_children),
    "view_lines": lambda: slogans.show_lines(tables, chosen, with_children),
    "view_pairs": lambda: slogans.show_pairs(tables),
    "view_spread": lambda: slogans.show_spread(tables, chosen, with_children),
    "view_all": lambda: slogans.show_profiles(tables, with_children),
    "view_new": lambda: slogans.show_discovery(tables),
}
tabs = st.tabs([t(key) for key in views], key="view", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, views.values(), strict=True):
    if tab.open:
        with tab:
            show()
