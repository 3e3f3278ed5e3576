"""Tests of `analysis.content_words`: the rules on a frame are those on single tokens."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.content_words import (
    find_name_characters,
    is_content_word,
    is_name,
    mark_content_words,
    read_names,
)
from analysis.schema import FIELDS
from analysis.tokens import Token, split_tokens

NAMES = ["周万", "俞沣城", ""]
TEXTS = st.text(max_size=30) | st.lists(
    st.sampled_from(
        ["记者周万", "俞沣城", "周万里路", "一老一小", "温暖", "强调", "8500台", "4月12日", "，", "\n"]
    )
).map("".join)


def make_articles(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["authors", "headline", "text"]).astype("str")
    return frame.assign(article_id=[f"a{i}" for i in range(len(rows))], kicker="", subhead="")


def mark_each(tokens: pd.DataFrame, articles: pd.DataFrame, keep_reporting: bool) -> list[bool]:
    """Mark one token at a time, by the same rules."""
    by_id = articles.set_index("article_id")
    marks = []
    for row in tokens.itertuples():
        names = read_names(by_id.at[row.article_id, "authors"])
        characters = find_name_characters(by_id.at[row.article_id, row.field], names)
        token = Token(row.word, row.flag, row.start, row.end)
        marks.append(is_content_word(row.word, row.flag, keep_reporting) and not is_name(token, characters))
    return marks


@given(
    st.lists(st.tuples(st.sampled_from([f"{n}/记者" for n in NAMES]), TEXTS, TEXTS), max_size=3),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_a_frame_is_marked_as_its_tokens_are(rows, keep_reporting):
    articles = make_articles(*rows)
    tokens = split_tokens(articles)
    found = mark_content_words(tokens, articles, keep_reporting=keep_reporting)
    assert found.tolist() == mark_each(tokens, articles, keep_reporting)


def test_seeds_are_marked_as_their_tokens_are(seed_tables):
    tokens = split_tokens(seed_tables.articles)
    found = mark_content_words(tokens, seed_tables.articles)
    assert found.tolist() == mark_each(tokens, seed_tables.articles, keep_reporting=False)
    assert 0.3 < found.mean() < 0.8


def test_a_reporter_is_no_word_in_the_own_article_alone():
    articles = make_articles(("温暖/记者", "", "温暖走进村里"), ("", "", "温暖走进村里"))
    tokens = split_tokens(articles)
    kept = tokens[mark_content_words(tokens, articles)]
    assert kept.loc[kept["word"] == "温暖", "article_id"].tolist() == ["a1"]


def test_tokens_of_other_articles_are_judged_by_the_word_alone():
    articles = make_articles(("周万/记者", "", "周万走进车间"))
    tokens = split_tokens(articles)
    nobody = articles.iloc[:0][["article_id", "authors", *FIELDS]]
    assert mark_content_words(tokens, nobody).sum() > mark_content_words(tokens, articles).sum()
