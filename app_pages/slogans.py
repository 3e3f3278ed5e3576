"""Slogans: who prints which, when and how often, and the sentences behind every number."""

import streamlit as st

from analysis.schema import counted
from analysis.slogans import count_slogans
from app_pages.parts import slogan_views
from app_pages.parts.corpus import load_hits, load_ranking, load_selection
from app_pages.parts.words import t

_FIRST_CHOICES = 5

tables = load_selection()
news = counted(tables.articles)
if tables.slogan_hits.empty:
    st.info(t("no_slogans"))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    choice = st.container()
    with_children = st.toggle(
        t("with_children"), value=True, key="children", bind="query-params", help=t("with_children_help")
    )
hits = load_hits(with_children=with_children)
totals = count_slogans(hits, news, by=(), every="all")
totals = totals.sort_values(["n_articles", "n", "slogan"], ascending=[False, False, True], ignore_index=True)
chosen = choice.multiselect(
    t("choose_slogans"), totals["slogan"].tolist(), key="s", bind="query-params",
    placeholder=t("choose_slogans_hint", n=_FIRST_CHOICES),
)  # fmt: skip
chosen = chosen or totals["slogan"].head(_FIRST_CHOICES).tolist()
mine = hits[hits["slogan"].isin(chosen)]

views = {
    "view_trend": lambda: slogan_views.show_comparison(mine, tables, chosen, load_ranking()),
    "view_lines": lambda: slogan_views.show_lines(mine, tables),
    "view_pairs": lambda: slogan_views.show_pairs(tables.slogan_hits, tables),
    "view_spread": lambda: slogan_views.show_spread(mine, tables),
    "view_all": lambda: slogan_views.show_profiles(hits, tables),
    "view_new": lambda: slogan_views.show_discovery(tables),
}
tabs = st.tabs([t(key) for key in views], key="view", on_change="rerun", bind="query-params")
for tab, show in zip(tabs, views.values(), strict=True):
    if tab.open:
        with tab:
            show()
