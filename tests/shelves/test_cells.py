"""Counts of a shelf: those that the tables of the same articles give."""

import pandas as pd
import pytest

from analysis import schema
from analysis.schema import SLOGAN_FREQUENCIES
from analysis.selection import Selection
from analysis.shelves import shelve_tables
from analysis.slogans import count_slogans, read_lexicon, roll_up
from analysis.topics import read_taxonomy

_SELECTIONS = {
    "all": lambda places: Selection(),
    "a place": lambda places: Selection(places=places[:1]),
    "kinds": lambda places: Selection(places=places[1:], kinds=("news", "photo")),
    "a word": lambda places: Selection(text="干部"),
}


@pytest.fixture(scope="module")
def shelf(seed_tables):
    # A page without a place and a page without a day are among the others.
    pages = seed_tables.articles["page_id"].unique()
    places = dict.fromkeys(["paper", "province", "city", "county"], None)
    articles = seed_tables.articles.copy()
    articles.loc[articles["page_id"] == pages[0], list(places)] = None
    articles.loc[articles["page_id"] == pages[1], "date"] = pd.NaT
    tables = seed_tables._replace(articles=schema.conform(articles, schema.ARTICLES))
    return shelve_tables(tables, lexicon=read_lexicon(), taxonomy=read_taxonomy())


@pytest.mark.parametrize("select", _SELECTIONS.values(), ids=_SELECTIONS)
@pytest.mark.parametrize("zeros", [False, True], ids=["seen", "zeros"])
@pytest.mark.parametrize(
    ("by", "every"),
    [
        ((), "all"),
        (("period",), "month"),
        (("period", "paper", "county"), "week"),
        (("county", "period", "kind"), "year"),
        (("topic",), "all"),
        (("place", "city", "period"), "day"),
        (("paper",), "quarter"),
    ],
)
def test_counts_are_those_of_the_tables(shelf, select, by, every, zeros):
    view = shelf.select(select(tuple(shelf.articles["place"].cat.categories)))
    found = view.count_slogans(by=by, every=every, zeros=zeros)
    articles = view.add_texts(view.articles)
    main = pd.Series(shelf.main_topics.astype("str")[view.rows], index=articles.index)
    hits = roll_up(view.slogan_hits, shelf.lexicon)
    expected = count_slogans(hits, articles.assign(topic=main), by=by, every=every, zeros=zeros)
    assert len(found)
    schema.check(found, SLOGAN_FREQUENCIES)
    coded = {name: "str" for name in by if name in expected}
    pd.testing.assert_frame_equal(found, expected.astype(coded))


def test_chosen_slogans_are_counted_in_dated_articles_alone(shelf):
    ranked = shelf.ranking[:3]
    found = shelf.whole.count_slogans(by=("period",), every="month", zeros=True, slogans=ranked, dated=True)
    every = shelf.whole.count_slogans(by=("period",), every="month", zeros=True)
    assert "unknown" in set(every["period"])
    kept = every[every["slogan"].isin(ranked) & (every["period"] != "unknown")].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, kept)


def test_nothing_asked_for_is_an_empty_table(shelf):
    assert shelf.whole.count_slogans(by=(), every="all", slogans=["无此提法"]).empty
    assert shelf.select(Selection(text="无此字样")).count_slogans(by=("topic",), every="all").empty


def test_main_topics_are_counted_once_an_article(shelf):
    view = shelf.whole.sample(20)
    topics = pd.Series(shelf.main_topics.astype("str")[view.news_rows])
    expected = topics.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    found = view.count_main_topics()
    assert list(zip(found["topic"], found["n_articles"], strict=True)) == list(expected.items())
    assert set(found["articles"]) == {view.n_news}
    assert (found["share"] == found["n_articles"] / view.n_news).all()


def test_the_topic_of_a_slogan_is_that_of_most_articles_with_it(shelf):
    counts = shelf.whole.count_slogans(by=("topic",), every="all")
    counts = counts.sort_values(["slogan", "n_articles", "topic"], ascending=[True, False, True])
    best = counts.drop_duplicates("slogan")
    assert best["topic"].nunique() > 3
    assert shelf.whole.find_slogan_topics() == dict(zip(best["slogan"], best["topic"], strict=True))


def test_a_view_without_articles_has_no_topics(shelf):
    view = shelf.select(Selection(text="无此字样"))
    assert view.count_main_topics().empty
    assert view.find_slogan_topics() == {}
