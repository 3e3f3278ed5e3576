"""Compare: two selections side by side, in words, slogans and topics."""

import streamlit as st

from app_pages.drawings.comparisons import draw_comparison
from app_pages.parts.compare import choose_sides
from app_pages.parts.corpus import load_corpus, load_part, load_selection
from app_pages.parts.evidence import show_found, show_sentences
from app_pages.parts.prepared import prepare
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import show_chart, show_table
from app_pages.parts.words import name_slogan, t


def _show_both(words: str, name: str) -> None:
    """Show where a word stands on either side."""
    columns = st.columns(2, gap="large")
    for column, side, label, view in zip(columns, "ab", names.values(), (a, b), strict=True):
        with column:
            show_found(words, view, about=f"{label}: {words}", name=f"{name}_{side}")


load_selection()
corpus = load_corpus()
sides = choose_sides(corpus)
if sides is None:
    st.info(t("compare_nothing"))
    st.stop()
a, b = (load_part(side.selection) for side in sides)
names = {"a": sides[0].name, "b": sides[1].name}
if not a.n_news or not b.n_news:
    st.info(t("compare_empty"))
    st.text(t("compare_sizes", n_a=a.n_news, n_b=b.n_news, **names))
    st.stop()
if sides[0].fields == sides[1].fields and (shared := a.count_shared(b)):
    st.warning(t("compare_shared", n=shared))
has_fields = bool(sides[0].fields or sides[1].fields)
if has_fields:
    # What stands in headlines alone is counted from the words themselves, which takes long on many articles.
    largest = max((a, b), key=lambda view: view.n_news)
    if choose_sample(largest, "compare") is None:
        st.stop()
    a, b = a.sample(), b.sample()
st.text(t("compare_sizes", n_a=a.n_news, n_b=b.n_news, **names))
charts = prepare(a, draw_comparison, b, tuple(side.fields for side in sides), tuple(names.values()))

if charts.words is None:
    st.info(t("no_keywords"))
elif word := show_chart(charts.words, name="keyness", pick=True):
    _show_both(word[0], "keyness_lines")

slogan = None
left, right = st.columns(2, gap="large")
with left:
    if charts.slogans is None:
        st.info(t("no_slogans"))
    else:
        slogan = show_chart(charts.slogans, name="slogan_comparison", pick=True)
with right:
    show_chart(charts.topics, name="topic_comparison")

if slogan:
    name = {name_slogan(each): each for each in charts.slogans.rows["slogan"]}[slogan[0]]
    columns = st.columns(2, gap="large")
    for column, side, label, view in zip(columns, "ab", names.values(), (a, b), strict=True):
        with column:
            show_sentences(
                view.find_hits([name]), view, about=f"{label}: {name}", name=f"slogan_lines_{side}"
            )

st.header(t("compare_words"))
words = charts.compared.words
show_table(words, name="keyness_table", caption=t("caption_keyness", m=len(words)))
