"""提法观察 · Tifa Watch: the slogans of China's local party papers, charted and cited.

Run with `streamlit run dashboard.py`; with `-- --store DIR` behind it, or the environment variable
TIFA_STORE, it opens a store that `python -m analysis build` made.
"""

import streamlit as st

from analysis.store import StoreError
from app_pages.parts.addresses import note_address, tell_dropped
from app_pages.parts.corpus import find_store, is_store, load_corpus, load_part, stop_without_store
from app_pages.parts.document import mend_document
from app_pages.parts.filters import choose_selection, show_what_is_left
from app_pages.parts.menu import list_pages
from app_pages.parts.words import choose_language, language_tag, t

# Addresses, not files: a file is read and hashed again in every run.
st.set_page_config(page_title="提法观察 · Tifa Watch", page_icon="/app/static/icon.png", layout="wide")
st.logo("/app/static/logo.png", size="large", icon_image="/app/static/icon.png")

note_address()
with st.sidebar:
    choose_language()

page = st.navigation(list_pages())

corpus = load_corpus()
try:
    with st.sidebar:
        selection = st.session_state["selection"] = choose_selection(corpus)
        show_what_is_left(load_part(selection), corpus)
        if find_store() and not is_store():
            st.caption(t("store_set_aside"))
        mend_document(language_tag())

    st.title(page.title)
    tell_dropped()
    page.run()
    tell_dropped()
except StoreError as error:
    # What a store holds is read when it is asked for; a part that is damaged shows only then.
    stop_without_store(error)
