"""Pages: how each page was cut into articles, how sound its text is, and a person's corrections."""

import streamlit as st

from analysis.corrections import format_corrections
from app_pages.drawings.lists import list_files, list_pages, mark_page
from app_pages.parts.corpus import load_selection
from app_pages.parts.correct import choose_correction, list_corrections
from app_pages.parts.prepared import prepare
from app_pages.parts.scroll import show_scrolled
from app_pages.parts.show import show_table
from app_pages.parts.words import t

_HEIGHT = 760

tables = load_selection()
show_table(prepare(tables, list_pages), name="page_quality", caption=t("caption_quality"))

files = prepare(tables, list_files)
if not files:
    st.info(t("no_source"))
    st.stop()
if (read := st.session_state.pop("file_read", None)) in files:
    st.session_state["file"] = read
file = st.selectbox(t("choose_page"), files, key="file", bind="query-params")
cut = prepare(tables, mark_page, file)

left, right = st.columns(2, gap="large")
with left:
    st.header(t("source_page"), anchor=False)
    show_scrolled(cut.marked, label=t("source_page"), height=_HEIGHT)
    st.caption(t("caption_spans"))
with right:
    title = t("articles_found", n=len(cut.articles))
    st.header(title, anchor=False)
    show_scrolled(cut.listed, label=title, height=_HEIGHT)
    st.caption(t("caption_page_articles"))

st.header(t("correct"))
choose_correction(cut.page, cut.articles, cut.spans)
made = list_corrections(cut.page["page_id"])
if len(made):
    show_table(made, name="corrections", caption=t("caption_corrections"))
    st.text(f"{file}.fix")
    st.download_button(
        t("download_fix"),
        data=format_corrections(made),
        file_name=f"{file}.fix",
        mime="text/tab-separated-values",
        key="fix",
        on_click="ignore",
        icon=":material/download:",
    )
