"""The tables as data: empty, conform and check."""

import pandas as pd
import pytest

from analysis.schema import (
    ARTICLE_KINDS,
    ARTICLES,
    KINDS,
    PROBLEMS,
    SLOGAN_HITS,
    TABLES,
    SchemaError,
    check,
    conform,
    counted,
    empty,
)

_PUBLIC = {
    "pages": "page_id file paper province city county date date_basis n_articles n_chars text_quality",
    "articles": "article_id page_id position kind kicker headline subhead authors dateline event_date date "
    "date_basis paper province city county continued text n_chars confidence",
    "article_topics": "article_id topic share is_main",
    "topic_words": "topic word weight",
    "keywords": "article_id word n score rank",
    "slogan_hits": "article_id slogan surface field start end",
    "slogan_frequencies": "slogan period paper county n n_articles articles share low high per_10k_chars",
    "slogan_candidates": "candidate n n_articles form score example",
    "problems": "file what why",
}


@pytest.mark.parametrize("name", _PUBLIC)
def test_public_columns_keep_their_names(name):
    assert set(_PUBLIC[name].split()) <= set(TABLES[name].exported)


def test_there_are_exactly_the_nine_tables():
    assert list(TABLES) == list(_PUBLIC)


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_an_empty_table_passes_its_own_check(table):
    frame = empty(table)
    assert check(frame, table) is frame
    assert frame.columns.tolist() == table.names


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_every_column_says_what_it_means(table):
    assert all(column.meaning.endswith(".") for column in table.columns)


def test_check_names_the_absent_column():
    with pytest.raises(SchemaError, match="problems: no column why"):
        check(empty(PROBLEMS).drop(columns="why"), PROBLEMS)


def test_check_names_the_column_of_another_dtype():
    frame = empty(SLOGAN_HITS).astype({"start": "float64"})
    with pytest.raises(SchemaError, match=r"slogan_hits.start is float64; expected int64"):
        check(frame, SLOGAN_HITS)


def test_check_refuses_a_filtered_index():
    frame = conform(pd.DataFrame({"file": ["a", "b"], "what": ["x"] * 2, "why": ["y"] * 2}), PROBLEMS)
    with pytest.raises(SchemaError, match="reset_index"):
        check(frame[frame["file"] == "b"], PROBLEMS)


def test_conform_orders_columns_keeps_extras_and_leaves_its_input():
    frame = pd.DataFrame({"extra": [1], "why": ["c"], "what": ["b"], "file": ["a"]}, index=[7])
    before = frame.copy()
    assert conform(frame, PROBLEMS).columns.tolist() == ["file", "what", "why", "extra"]
    pd.testing.assert_frame_equal(frame, before)


def test_conform_names_the_table_that_cannot_take_its_dtypes():
    frame = pd.DataFrame({"article_id": ["a"], "slogan": ["b"], "surface": ["b"], "field": ["text"]})
    with pytest.raises(SchemaError, match="slogan_hits"):
        conform(frame.assign(start="zero", end=1), SLOGAN_HITS)


def test_only_the_kinds_of_articles_are_counted():
    rows = empty(ARTICLES).reindex(range(len(KINDS))).assign(kind=list(KINDS))
    assert counted(rows)["kind"].tolist() == list(ARTICLE_KINDS)
