"""People: officials and their offices, and who speaks of which slogan and topic."""

import streamlit as st

from app_pages.parts.corpus import load_selection
from app_pages.parts.found import load_people
from app_pages.parts.sampling import choose_sample
from app_pages.parts.words import t
from app_pages.views import people

tables = choose_sample(load_selection(), "people")
if tables is None:
    st.stop()
if load_people(tables).empty:
    st.info(t("no_people"))
    st.stop()
people.show_officials(tables)
st.header(t("people_slogans"))
people.show_speech(tables)
st.header(t("people_topics"))
people.show_topics(tables)
st.header(t("people_articles"))
people.show_by_article(tables)
