"""One contract for every function that makes a table: its schema holds, empty in gives empty out, the
input stays as it was, and a second run gives the same result."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import pytest

from analysis import articles, corpus, keywords, selection, slogans, topics
from analysis.schema import (
    ARTICLE_TOPICS,
    ARTICLES,
    KEYWORDS,
    PAGES,
    SLOGAN_CANDIDATES,
    SLOGAN_FREQUENCIES,
    SLOGAN_HITS,
    TABLES,
    TOPIC_WORDS,
    Table,
    check,
    counted,
    empty,
)


class Maker(NamedTuple):
    """A function that makes a table, and the tables that it reads."""

    make: Callable[..., pd.DataFrame]
    reads: tuple[Table, ...]
    makes: Table


MAKERS = {
    "split_articles": Maker(articles.split_articles, (PAGES,), ARTICLES),
    "count_articles": Maker(corpus.count_articles, (PAGES, ARTICLES), PAGES),
    "counted": Maker(counted, (ARTICLES,), ARTICLES),
    "score_topics": Maker(topics.score_topics, (ARTICLES,), ARTICLE_TOPICS),
    "score_topic_words": Maker(topics.score_topic_words, (ARTICLES,), TOPIC_WORDS),
    "score_keywords": Maker(keywords.score_keywords, (ARTICLES,), KEYWORDS),
    "find_slogans": Maker(slogans.find_slogans, (ARTICLES,), SLOGAN_HITS),
    "roll_up": Maker(lambda hits: slogans.roll_up(hits, slogans.read_lexicon()), (SLOGAN_HITS,), SLOGAN_HITS),
    "count_slogans": Maker(slogans.count_slogans, (SLOGAN_HITS, ARTICLES), SLOGAN_FREQUENCIES),
    "find_candidates": Maker(slogans.find_candidates, (ARTICLES,), SLOGAN_CANDIDATES),
}


@pytest.mark.parametrize("maker", MAKERS.values(), ids=list(MAKERS))
def test_table_from_the_seeds(maker, seed_tables):
    inputs = [getattr(seed_tables, table.name) for table in maker.reads]
    before = [frame.copy() for frame in inputs]
    made = maker.make(*inputs)
    check(made, maker.makes)
    assert len(made)
    for frame, copy in zip(inputs, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    pd.testing.assert_frame_equal(maker.make(*inputs), made)


@pytest.mark.parametrize("maker", MAKERS.values(), ids=list(MAKERS))
def test_empty_in_empty_out(maker):
    made = maker.make(*map(empty, maker.reads))
    check(made, maker.makes)
    assert made.empty


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_a_source_hold_their_schema(name, seed_tables):
    frame = check(getattr(seed_tables, name), TABLES[name])
    assert (len(frame) == 0) == (name == "problems")


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_a_selection_hold_their_schema(name, seed_tables):
    chosen = selection.select(seed_tables, selection.Selection(text="养老"))
    check(getattr(chosen, name), TABLES[name])


def test_ids_join(seed_tables):
    assert seed_tables.pages["page_id"].is_unique
    assert seed_tables.articles["article_id"].is_unique
    assert set(seed_tables.articles["page_id"]) <= set(seed_tables.pages["page_id"])
    news = set(counted(seed_tables.articles)["article_id"])
    for name in ("article_topics", "keywords", "slogan_hits"):
        assert set(getattr(seed_tables, name)["article_id"]) <= news, name


def test_every_article_has_one_main_topic_and_shares_that_sum_to_one(seed_tables):
    by_article = seed_tables.article_topics.groupby("article_id")
    assert set(by_article.groups) == set(counted(seed_tables.articles)["article_id"])
    assert (by_article["is_main"].sum() == 1).all()
    assert by_article["share"].sum().to_numpy() == pytest.approx(1.0)


def test_every_hit_stands_where_it_says(seed_tables):
    texts = seed_tables.articles.set_index("article_id")
    for hit in seed_tables.slogan_hits.itertuples():
        assert texts.at[hit.article_id, hit.field][hit.start : hit.end] == hit.surface


def test_shares_stand_inside_their_intervals(seed_tables):
    frame = seed_tables.slogan_frequencies
    assert (frame["low"] <= frame["share"]).all()
    assert (frame["share"] <= frame["high"]).all()
    assert (frame["share"] == frame["n_articles"] / frame["articles"]).all()
    assert (frame["n"] >= frame["n_articles"]).all()
