"""提法观察 · Tifa Watch: the slogans of China's local party papers, charted and cited.

Run with `streamlit run dashboard.py`.
"""

from pathlib import Path

import streamlit as st

from app_pages.parts.corpus import load_corpus, load_part
from app_pages.parts.document import mend_document
from app_pages.parts.filters import choose_selection, show_what_is_left
from app_pages.parts.words import choose_language, language_tag, t

STATIC = Path(__file__).parent / "static"

st.set_page_config(page_title="提法观察 · Tifa Watch", page_icon=f"{STATIC}/icon.png", layout="wide")
st.logo(f"{STATIC}/logo.png", size="large", icon_image=f"{STATIC}/icon.png")

with st.sidebar:
    choose_language()

page = st.navigation(
    [
        st.Page("app_pages/overview.py", title=t("page_overview"), icon=":material/dashboard:", default=True),
        st.Page("app_pages/slogans.py", title=t("page_slogans"), icon=":material/campaign:"),
        st.Page("app_pages/topics.py", title=t("page_topics"), icon=":material/category:"),
        st.Page("app_pages/keywords.py", title=t("page_keywords"), icon=":material/key:"),
        st.Page("app_pages/compare.py", title=t("page_compare"), icon=":material/compare_arrows:"),
        st.Page("app_pages/people.py", title=t("page_people"), icon=":material/group:"),
        st.Page("app_pages/articles.py", title=t("page_articles"), icon=":material/article:"),
        st.Page("app_pages/pages.py", title=t("page_pages"), icon=":material/newspaper:"),
        st.Page("app_pages/data.py", title=t("page_data"), icon=":material/database:"),
    ]
)

corpus = load_corpus()
with st.sidebar:
    selection = st.session_state["selection"] = choose_selection(corpus)
    show_what_is_left(load_part(selection), corpus)
    mend_document(language_tag())

st.title(page.title)
page.run()
