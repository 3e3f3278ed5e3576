"""Slogans: who prints which, when and how often, and the sentences behind every number."""

import streamlit as st

from app_pages.parts import slogan_views
from app_pages.parts.corpus import load_ranking, load_selection
from app_pages.parts.prepared import prepare
from app_pages.parts.slogan_charts import rank_slogans
from app_pages.parts.words import t

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
    "view_trend": lambda: slogan_views.show_comparison(tables, chosen, load_ranking(), with_children),
    "view_lines": lambda: slogan_views.show_lines(tables, chosen, with_children),
    "view_pairs": lambda: slogan_views.show_pairs(tables),
    "view_spread": lambda: slogan_views.show_spread(tables, chosen, with_children),
    "view_all": lambda: slogan_views.show_profiles(tables, with_children),
    "view_new": lambda: slogan_views.show_discovery(tables),
}
tabs = st.tabs([t(key) for key in views], key="view", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, views.values(), strict=True):
    if tab.open:
        with tab:
            show()
