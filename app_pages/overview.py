"""Overview: what these papers talk about most, what is new, what sets them apart, and what is held."""

import streamlit as st

from app_pages.drawings.overview import rank_slogans
from app_pages.parts.corpus import load_selection
from app_pages.parts.prepared import prepare
from app_pages.parts.words import t
from app_pages.views import overview

tables = load_selection()
slogans = len(prepare(tables, rank_slogans))

st.markdown(t("overview_lead"))
with st.container(horizontal=True):
    st.metric(t("metric_pages"), f"{tables.n_pages:,}", border=True)
    st.metric(t("metric_articles"), f"{tables.n_news:,}", border=True, help=t("metric_articles_help"))
    st.metric(t("metric_chars"), f"{tables.n_chars:,}", border=True, help=t("metric_chars_help"))
    st.metric(
        t("metric_slogans"),
        f"{len(prepare(tables, rank_slogans)):,}",
        border=True,
        help=t("metric_slogans_help"),
    )
    st.metric(t("metric_hits"), f"{tables.n_hits:,}", border=True, help=t("metric_hits_help"))

left, right = st.columns(2, gap="large")
with left:
    overview.show_top_slogans(tables)
with right:
    overview.show_topics(tables)

left, right = st.columns([3, 2], gap="large")
with left:
    st.header(t("overview_apart"))
    overview.show_apart(tables)
with right:
    st.header(t("overview_new"))
    overview.show_new(tables)

st.header(t("overview_cloud"))
overview.show_words(tables)

st.header(t("overview_coverage"))
overview.show_coverage(tables)
