"""Pages: how each page was cut into articles, how sound its text is, and a person's corrections."""

import streamlit as st

from analysis.articles import ROLES
from analysis.corrections import format_corrections
from analysis.highlight import mark_spans
from analysis.summary import account_for_pages, name_articles
from app_pages.parts.corpus import load_selection, load_spans
from app_pages.parts.correct import choose_correction, list_corrections
from app_pages.parts.show import show_table
from app_pages.parts.words import t

_GROUNDS = (
    "#0072b240",
    "#e69f0040",
    "#009e7340",
    "#cc79a740",
    "#56b4e950",
    "#d55e0038",
    "#8a6d0040",
    "#7a4f9e38",
)
_HEIGHT = 760

tables = load_selection()
spans = load_spans()
account = account_for_pages(tables.pages, tables.articles, spans)
show_table(account, name="page_quality", caption=t("caption_quality"))

shown = tables.pages[tables.pages["source"] != ""]
if shown.empty:
    st.info(t("no_source"))
    st.stop()
file = st.selectbox(t("choose_page"), shown["file"].tolist(), key="file", bind="query-params")
page = shown[shown["file"] == file].iloc[0]
mine = spans[spans["page_id"] == page["page_id"]]
articles = tables.articles[tables.articles["page_id"] == page["page_id"]].reset_index(drop=True)
colours = {
    article_id: _GROUNDS[number % len(_GROUNDS)] for number, article_id in enumerate(articles["article_id"])
}

left, right = st.columns(2, gap="large")
with left:
    st.subheader(t("source_page"), anchor=False)
    with st.container(height=_HEIGHT):
        st.html(mark_spans(page["source"], mine, colours, {role: t(f"role_{role}") for role in ROLES}))
    st.caption(t("caption_spans"))
with right:
    st.subheader(t("articles_found", n=len(articles)), anchor=False)
    with st.container(height=_HEIGHT):
        for number, (article, named) in enumerate(
            zip(articles.itertuples(), name_articles(articles).itertuples(), strict=True), 1
        ):
            st.html(
                f'<span style="background:{colours[article.article_id]};padding:.1em .6em">{number}</span>'
            )
            st.text(named.title or t("no_headline"))
            facts = (t(f"kind_{article.kind}"), article.authors.replace(";", " "), article.dateline)
            st.caption(" · ".join(filter(None, facts)) + f" · {t('col_confidence')} {article.confidence:.2f}")
            st.text(article.text[:90] + ("……" if len(article.text) > 90 else ""))
    st.caption(t("caption_page_articles"))

st.subheader(t("correct"))
choose_correction(page, articles, mine)
made = list_corrections(page["page_id"])
if len(made):
    show_table(made, name="corrections", caption=t("caption_corrections", file=f"{file}.fix"))
    st.download_button(
        t("download_fix"),
        data=format_corrections(made),
        file_name=f"{file}.fix",
        mime="text/tab-separated-values",
        key="fix",
        on_click="ignore",
        icon=":material/download:",
    )
