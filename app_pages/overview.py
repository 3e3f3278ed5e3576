"""Overview: what these papers talk about most, what is new, what sets them apart, and what is held."""

import streamlit as st

from analysis.schema import counted
from analysis.slogans import count_slogans
from app_pages.parts import overview_views
from app_pages.parts.corpus import load_hits, load_selection
from app_pages.parts.words import add_gloss, t

tables = load_selection()
news = counted(tables.articles)
hits = load_hits()
frequencies = count_slogans(hits, news, by=(), every="all")
frequencies = add_gloss(
    frequencies.sort_values(["n_articles", "n", "slogan"], ascending=[False, False, True], ignore_index=True)
)

st.markdown(t("overview_lead"))
with st.container(horizontal=True):
    st.metric(t("metric_pages"), f"{len(tables.pages):,}", border=True)
    st.metric(t("metric_articles"), f"{len(news):,}", border=True, help=t("metric_articles_help"))
    st.metric(t("metric_chars"), f"{news['n_chars'].sum():,}", border=True, help=t("metric_chars_help"))
    st.metric(t("metric_slogans"), f"{len(frequencies):,}", border=True, help=t("metric_slogans_help"))
    st.metric(t("metric_hits"), f"{len(tables.slogan_hits):,}", border=True, help=t("metric_hits_help"))

left, right = st.columns(2, gap="large")
with left:
    overview_views.show_top_slogans(frequencies, hits, tables)
with right:
    overview_views.show_topics(tables)

left, right = st.columns([3, 2], gap="large")
with left:
    st.header(t("overview_apart"))
    overview_views.show_apart(tables)
with right:
    st.header(t("overview_new"))
    overview_views.show_new(hits, tables)

st.header(t("overview_cloud"))
overview_views.show_words(frequencies, hits, tables)

st.header(t("overview_coverage"))
overview_views.show_coverage(tables)
