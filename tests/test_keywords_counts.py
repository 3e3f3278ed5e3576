"""Tests of counting words batch by batch and ranking the joined counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison.words import compare_words
from analysis.content_words import mark_content_columns, mark_content_words
from analysis.keywords import (
    KeywordError,
    WordCounts,
    count_documents,
    count_words,
    join_counts,
    join_documents,
    make_matrix,
    rank_keywords,
    score_keywords,
    sum_words,
)
from analysis.schema import FIELDS, KEYWORDS, check
from analysis.tokens import split, split_tokens
from analysis.tokens.split import split_batches

TEXTS = st.text(max_size=40) | st.text(
    alphabet="一老小平安绍兴建设共同富裕记者周万强调指出4月12日，“”\n", max_size=60
)


def make_lexicon(*slogans: str) -> pd.DataFrame:
    return pd.DataFrame({"slogan": slogans, "aliases": "", "guard": ""}, dtype="str")


SLOGANS = make_lexicon("一老一小", "平安绍兴", "平安绍兴建设", "共同富裕", "强调")


def make_articles(*texts: str, authors: str = "周万/记者") -> pd.DataFrame:
    n = len(texts)
    columns = {"article_id": [f"a{i}" for i in range(n)], "authors": [authors] * n, "kind": ["news"] * n}
    frame = pd.DataFrame(columns, dtype="str")
    for field in FIELDS:
        frame[field] = pd.Series(list(texts) if field == "text" else [""] * n, dtype="str")
    return frame


def list_counts(counts: WordCounts) -> list[tuple]:
    words, ids = counts.words[counts.word], counts.articles[counts.article]
    numbers = (counts.n.tolist(), counts.n_slogan.tolist(), counts.n_found.tolist())
    return list(zip(ids, words, *numbers, strict=True))


def assert_same(left: WordCounts, right: WordCounts) -> None:
    for name, a, b in zip(WordCounts._fields, left, right, strict=True):
        assert a.dtype == b.dtype, name
        assert a.tolist() == b.tolist(), name


def test_counts_of_two_articles_by_hand():
    articles = make_articles("平安绍兴建设水库平安绍兴，周万强调养老。", "的养老养老8500台", "")
    counts = count_words(articles, lexicon=make_lexicon("平安绍兴", "平安绍兴建设"))
    assert counts.words.tolist() == sorted(["平安绍兴", "平安绍兴建设", "水库", "强调", "养老"])
    assert counts.totals.tolist() == [6, 5, 0]
    assert sorted(list_counts(counts)) == sorted(
        [
            ("a0", "平安绍兴", 1, 1, 2),
            ("a0", "平安绍兴建设", 1, 1, 1),
            ("a0", "水库", 1, 0, 0),
            ("a0", "强调", 1, 0, 0),
            ("a0", "养老", 1, 0, 0),
            ("a1", "养老", 2, 0, 0),
        ]
    )


def test_a_slogan_that_stands_only_inside_another_has_a_row():
    counts = count_words(make_articles("平安绍兴建设"), lexicon=make_lexicon("平安绍兴", "平安绍兴建设"))
    assert list_counts(counts) == [("a0", "平安绍兴", 0, 0, 1), ("a0", "平安绍兴建设", 1, 1, 1)]


@given(texts=st.lists(TEXTS, max_size=5), cut=st.integers(0, 5), limit=st.integers(0, 6), keep=st.booleans())
@settings(max_examples=50, deadline=None)
def test_parts_counted_apart_make_the_same_keywords(texts, cut, limit, keep):
    articles = make_articles(*texts)
    whole = count_words(articles, lexicon=SLOGANS)
    parts = [count_words(part, lexicon=SLOGANS) for part in (articles.iloc[:cut], articles.iloc[cut:])]
    assert_same(join_counts(parts), whole)
    keywords = check(rank_keywords(whole, limit=limit, keep_reporting=keep), KEYWORDS)
    options = {"limit": limit, "keep_reporting": keep}
    pd.testing.assert_frame_equal(keywords, score_keywords(articles, lexicon=SLOGANS, **options))
    documents = join_documents(map(count_documents, parts))
    ranked = [rank_keywords(part, documents=documents, **options) for part in parts]
    pd.testing.assert_frame_equal(pd.concat(ranked, ignore_index=True), keywords)


@given(texts=st.lists(TEXTS, max_size=4), size=st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_the_size_of_batches_changes_nothing(texts, size):
    articles = make_articles(*texts)
    tokens, counts = split_tokens(articles, lexicon=SLOGANS), count_words(articles, lexicon=SLOGANS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "_BATCH_CHARS", size)
        pd.testing.assert_frame_equal(split_tokens(articles, lexicon=SLOGANS), tokens)
        assert_same(count_words(articles, lexicon=SLOGANS), counts)


@pytest.mark.parametrize("keep", [True, False])
@given(texts=st.lists(TEXTS, max_size=4))
@settings(max_examples=60, deadline=None)
def test_content_words_are_the_same_on_columns_and_on_frames(keep, texts):
    articles = make_articles(*texts, authors="周万/记者;平安/通讯员")
    wanted = mark_content_words(split_tokens(articles, lexicon=SLOGANS), articles, keep_reporting=keep)
    found = [
        mark
        for batch in split_batches(articles, lexicon=SLOGANS)
        for mark in mark_content_columns(
            batch.tokens, batch.texts, articles["authors"].tolist()[batch.first :], keep_reporting=keep
        ).tolist()
    ]
    assert found == wanted.tolist()


def test_a_reporting_verb_that_is_a_slogan_counts_as_the_slogan_only():
    guarded = SLOGANS.assign(guard=["", "", "", "", "“”"])
    articles = make_articles("会议强调，会议强调，提出“强调”")
    plain = rank_keywords(count_words(articles, lexicon=guarded))
    kept = rank_keywords(count_words(articles, lexicon=guarded), keep_reporting=True)
    assert plain.set_index("word")["n"].get("强调") == 1
    assert kept.set_index("word")["n"].get("强调") == 3


def test_the_best_are_chosen_from_articles_of_every_length():
    words = ["水库", "车间", "订单", "设备", "养老", "食堂", "教育", "医院", "旅游", "农民", "企业", "技术"]
    texts = ["，".join(words[:n]) for n in range(len(words) + 1)]
    keywords = score_keywords(make_articles(*texts), limit=3)
    everything = score_keywords(make_articles(*texts), limit=100)
    pd.testing.assert_frame_equal(keywords, everything[everything["rank"] <= 3].reset_index(drop=True))
    assert keywords.groupby("article_id", sort=False).size().tolist() == [1, 2, *[3] * 10]


def test_documents_of_another_corpus_are_told():
    counts = count_words(make_articles("养老"))
    with pytest.raises(KeywordError, match=r"养老.*expected"):
        rank_keywords(counts, documents=count_documents(count_words(make_articles("水库"))))


@pytest.mark.parametrize("by", ["word", "slogan"])
def test_sums_of_halves_are_what_a_comparison_counts(by):
    texts = ["会议强调养老服务，平安绍兴建设", "养老服务周万", "共同富裕和养老", "平安绍兴8500台", "的"] * 3
    articles = make_articles(*texts).assign(article_id=[f"a{i}" for i in range(15)])
    chosen = np.arange(15) % 5 < 2
    halves = articles[chosen], articles[~chosen]
    wanted = compare_words(*halves, by=by, minimum=1, lexicon=SLOGANS).set_index("word")
    counts = count_words(articles, lexicon=SLOGANS)
    a, b = (sum_words(counts, half, slogans=by == "slogan") for half in (chosen, ~chosen))
    joined = a.merge(b, on="word", how="outer", suffixes=("_a", "_b")).fillna(0).set_index("word")
    for column in ("n_a", "n_b", "n_articles_a", "n_articles_b"):
        assert joined[column].astype(int).to_dict() == wanted[column].to_dict(), column
    assert wanted["size_a"].iloc[0] == counts.totals[chosen].sum()


def test_the_matrix_has_the_counts_in_their_places():
    counts = count_words(make_articles("养老，养老", "", "水库养老"))
    matrix = make_matrix(counts)
    assert counts.words.tolist() == ["养老", "水库"]
    assert matrix.toarray().tolist() == [[2, 0], [0, 0], [1, 1]]


def test_counts_of_nothing():
    counts = count_words(make_articles())
    assert_same(counts, join_counts([]))
    assert len(check(rank_keywords(counts), KEYWORDS)) == 0
    assert make_matrix(counts).shape == (0, 0)
    assert sum_words(counts, np.zeros(0, dtype=bool)).empty
