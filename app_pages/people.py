"""People: officials and their offices, and who speaks of which slogan and topic."""

import streamlit as st

from app_pages.parts import people_views
from app_pages.parts.corpus import load_people, load_selection
from app_pages.parts.sampling import choose_sample
from app_pages.parts.words import t

tables = choose_sample(load_selection(), "people")
if tables is None:
    st.stop()
people = load_people(tables)
if people.empty:
    st.info(t("no_people"))
    st.stop()
people_views.show_officials(people, tables)
st.header(t("people_slogans"))
people_views.show_speech(tables)
st.header(t("people_topics"))
people_views.show_topics(people, tables)
st.header(t("people_articles"))
people_views.show_by_article(people, tables)
