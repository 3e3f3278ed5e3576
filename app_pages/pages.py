"""Pages: how each page was cut into articles, how sound its text is, and a person's corrections."""

import html

import streamlit as st

from analysis.articles import ROLES
from analysis.corrections import format_corrections
from analysis.highlight import mark_spans
from analysis.summary import account_for_pages, name_articles
from app_pages.parts.corpus import load_selection, load_spans
from app_pages.parts.correct import choose_correction, list_corrections
from app_pages.parts.scroll import show_scrolled
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
_OPENING = 90


def _format_item(number: int, article: tuple, title: str) -> str:
    """Format an article of the list as HTML: its colour and number, headline, facts and first words."""
    facts = (t(f"kind_{article.kind}"), article.authors.replace(";", " "), article.dateline)
    known = [*filter(None, facts), f"{t('col_confidence')} {article.confidence:.2f}"]
    opening = article.text[:_OPENING] + ("……" if len(article.text) > _OPENING else "")
    lines = (
        ("font-weight:600", title or t("no_headline")),
        ("font-size:.875em", " · ".join(known)),
        ("", opening),
    )
    shown = "".join(f'<div style="{look}">{html.escape(words)}</div>' for look, words in lines)
    mark = f'<span style="background:{colours[article.article_id]};padding:.1em .6em">{number}</span>'
    return f'<div style="margin:0 0 1.1em">{mark}{shown}</div>'


tables = load_selection()
spans = load_spans()
account = account_for_pages(tables.pages, tables.articles, spans)
show_table(account, name="page_quality", caption=t("caption_quality"))

shown = tables.pages[tables.pages["source"] != ""]
if shown.empty:
    st.info(t("no_source"))
    st.stop()
if (read := st.session_state.pop("file_read", None)) in shown["file"].tolist():
    st.session_state["file"] = read
file = st.selectbox(t("choose_page"), shown["file"].tolist(), key="file", bind="query-params")
page = shown[shown["file"] == file].iloc[0]
mine = spans[spans["page_id"] == page["page_id"]]
articles = tables.articles
articles = tables.add_texts(articles[articles["page_id"] == page["page_id"]].reset_index(drop=True))
colours = {
    article_id: _GROUNDS[number % len(_GROUNDS)] for number, article_id in enumerate(articles["article_id"])
}

left, right = st.columns(2, gap="large")
with left:
    st.header(t("source_page"), anchor=False)
    roles = {role: t(f"role_{role}") for role in ROLES}
    show_scrolled(mark_spans(page["source"], mine, colours, roles), label=t("source_page"), height=_HEIGHT)
    st.caption(t("caption_spans"))
with right:
    st.header(t("articles_found", n=len(articles)), anchor=False)
    items = zip(articles.itertuples(), name_articles(articles).itertuples(), strict=True)
    listed = [_format_item(number, article, named.title) for number, (article, named) in enumerate(items, 1)]
    show_scrolled("".join(listed), label=t("articles_found", n=len(articles)), height=_HEIGHT)
    st.caption(t("caption_page_articles"))

st.header(t("correct"))
choose_correction(page, articles, mine)
made = list_corrections(page["page_id"])
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
