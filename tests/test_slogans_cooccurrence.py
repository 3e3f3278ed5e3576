"""Tests of `analysis.slogans.cooccurrence`."""

from __future__ import annotations

from itertools import combinations
from math import log2

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.schema import ARTICLES, SLOGAN_HITS, check, counted, empty
from analysis.slogans import find_slogans, roll_up
from analysis.slogans.cooccurrence import COOCCURRENCES, CooccurrenceError, find_cooccurrences


def make_articles(*texts: str, kind: str = "news", headline: str = "") -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts}, dtype="str")
    return frame.assign(kind=kind, kicker="", headline=headline, subhead="")


def pairs_of(articles: pd.DataFrame, **options) -> list[tuple]:
    found = find_cooccurrences(find_slogans(articles), articles, **({"minimum": 1} | options))
    return [tuple(row) for row in found[["slogan_a", "slogan_b", "n_joint", "n_a", "n_b"]].to_numpy()]


def test_pairs_by_hand():
    articles = make_articles(
        "八八战略，八八战略，共同富裕。", "八八战略、共同富裕", "八八战略", "一老一小、八八战略"
    )
    found = find_cooccurrences(find_slogans(articles), articles)
    assert found.to_numpy().tolist() == [["八八战略", "共同富裕", 2, 4, 2, 14 + log2(4 / 6)]]
    assert len(find_cooccurrences(find_slogans(articles), articles, minimum=1)) == 2


def test_a_child_does_not_go_with_the_parent_in_its_own_place():
    articles = make_articles("新时代“枫桥经验”", "新时代“枫桥经验”")
    assert pairs_of(articles) == []
    rolled = roll_up(find_slogans(articles))
    assert {"枫桥经验"} < set(rolled["slogan"])
    assert find_cooccurrences(rolled, articles, minimum=1).empty


def test_a_child_goes_with_the_parent_that_stands_elsewhere():
    assert pairs_of(make_articles("新时代“枫桥经验”来自枫桥经验")) == [
        ("新时代“枫桥经验”", "枫桥经验", 1, 1, 1)
    ]


def test_rolled_up_hits_give_the_same(seed_tables):
    articles, hits = seed_tables.articles, seed_tables.slogan_hits
    for within in ("article", "paragraph"):
        found = find_cooccurrences(hits, articles, within=within)
        pd.testing.assert_frame_equal(find_cooccurrences(roll_up(hits), articles, within=within), found)


def test_paragraphs_part_and_headlines_are_one():
    articles = make_articles("八八战略\n共同富裕，一老一小", headline="八八战略")
    assert pairs_of(articles, within="paragraph") == [("一老一小", "共同富裕", 1, 1, 1)]
    assert len(pairs_of(articles)) == 3
    heads = make_articles("平安", headline="八八战略").assign(kicker="共同富裕")
    assert pairs_of(heads, within="paragraph") == [("八八战略", "共同富裕", 1, 1, 1)]


def test_teasers_and_other_articles_do_not_count():
    articles = make_articles("八八战略，共同富裕")
    hits = find_slogans(articles)
    assert find_cooccurrences(hits, articles.assign(kind="teaser"), minimum=1).empty
    assert find_cooccurrences(hits, articles.assign(article_id="b"), minimum=1).empty


CELLS = st.lists(st.tuples(st.sampled_from(["a0", "a1", "a2"]), st.sampled_from("甲乙丙丁")), max_size=20)


@given(CELLS, st.integers(1, 3))
def test_pairs_are_counted_as_a_loop_counts_them(cells, minimum):
    articles = make_articles("", "", "")
    hits = pd.DataFrame(cells, columns=["article_id", "slogan"]).astype("str").assign(field="text", start=0)
    found = check(find_cooccurrences(hits, articles, minimum=minimum), COOCCURRENCES)
    has = {slogan: {article for article, other in cells if other == slogan} for _, slogan in cells}
    expected = {
        (a, b): (len(has[a] & has[b]), len(has[a]), len(has[b]))
        for a, b in combinations(sorted(has), 2)
        if len(has[a] & has[b]) >= minimum
    }
    assert {
        (row.slogan_a, row.slogan_b): (row.n_joint, row.n_a, row.n_b) for row in found.itertuples()
    } == expected
    assert found["log_dice"].is_monotonic_decreasing and (found["log_dice"] <= 14).all()


def test_contract(seed_tables):
    articles, hits = seed_tables.articles, seed_tables.slogan_hits
    before = articles.copy(), hits.copy()
    found = check(find_cooccurrences(hits, articles), COOCCURRENCES)
    assert len(found)
    assert (found["slogan_a"] < found["slogan_b"]).all()
    assert (found[["n_a", "n_b"]].max(axis=1) <= len(counted(articles))).all()
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(hits, before[1])
    for none in (find_cooccurrences(empty(SLOGAN_HITS), articles), find_cooccurrences(hits, empty(ARTICLES))):
        assert check(none, COOCCURRENCES).empty


@pytest.mark.parametrize(
    ("options", "culprit"), [({"within": "page"}, "'page'"), ({"minimum": 0}, "minimum 0")]
)
def test_wrong_options_name_culprit_and_cure(options, culprit):
    with pytest.raises(CooccurrenceError, match=f"{culprit}.*expected"):
        find_cooccurrences(empty(SLOGAN_HITS), empty(ARTICLES), **options)
