"""Tests of `analysis.comparison`: small selections by hand, the seeds for soundness."""

from __future__ import annotations

from math import log, log2

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparison import (
    SLOGAN_COMPARISON,
    TOPIC_COMPARISON,
    UNIT_KEYNESS,
    WORD_COMPARISON,
    ComparisonError,
    compare_slogans,
    compare_topics,
    compare_units,
    compare_words,
)
from analysis.comparison.words import compare_counts, count_words, mark_best
from analysis.fields import HEADLINE_FIELDS, keep_fields
from analysis.measures import conservative_log_ratio
from analysis.schema import ARTICLE_TOPICS, ARTICLES, SLOGAN_HITS, check, counted, empty
from analysis.slogans import roll_up
from analysis.tokens import split_tokens

COMPARISONS = [
    (compare_words, WORD_COMPARISON),
    (compare_slogans, SLOGAN_COMPARISON),
    (compare_topics, TOPIC_COMPARISON),
]


def make_articles(*texts: str, kind: str = "news", prefix: str = "a", headline: str = "") -> pd.DataFrame:
    frame = pd.DataFrame(
        {"article_id": [f"{prefix}{i}" for i in range(len(texts))], "text": texts}, dtype="str"
    )
    return frame.assign(kind=kind, authors="", kicker="", headline=headline, subhead="")


def make_tokens(**words: str) -> pd.DataFrame:
    """Make tokens of texts: one article for each name, its words separated by white space."""
    rows = [
        (name, "text", i, word, "n", i, i + 1)
        for name, text in words.items()
        for i, word in enumerate(text.split())
    ]
    columns = ["article_id", "field", "position", "word", "flag", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


def halves(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    first = frame["page_id"] == frame["page_id"].iloc[0]
    return frame[first].reset_index(drop=True), frame[~first].reset_index(drop=True)


def test_words_by_hand():
    a, b = make_articles("x", "x", prefix="a"), make_articles("x", prefix="b")
    tokens = make_tokens(
        a0="农民 农民 农民 水库", a1="农民 大桥 大桥 大桥", b0="农民 大桥 水库 工厂 工厂 工厂 工厂 工厂"
    )
    words = compare_words(a, b, tokens=tokens, minimum=3).set_index("word")
    # 水库 stands twice in all: not a candidate. The sizes are all eight words of either side.
    assert sorted(words.index) == ["农民", "大桥", "工厂"]
    assert words.loc["农民", ["n_a", "n_b", "size_a", "size_b", "n_articles_a", "n_articles_b"]].tolist() == [
        4, 1, 8, 8, 2, 1,
    ]  # fmt: skip
    assert words.at["农民", "rate_a"] == 5000
    assert words.at["农民", "g2"] == pytest.approx(2 * (4 * log(4 / 2.5) + log(1 / 2.5)))
    assert words.at["农民", "log_ratio"] == 2
    assert words.at["工厂", "log_ratio"] == pytest.approx(log2(0.5 / 5))
    assert words.index[0] == "工厂"
    assert words["g2"].is_monotonic_decreasing


def test_the_conservative_ratio_is_corrected_for_all_candidates():
    a, b = make_articles("x", prefix="a"), make_articles("x", prefix="b")
    few = {"a0": "农民 " * 12, "b0": "大桥 " * 100}
    many = few | {"b0": few["b0"] + " ".join(f"地方{chr(0x4E00 + i)}" for i in range(400))}
    for words, candidates in ((few, 2), (many, 402)):
        found = compare_words(a, b, tokens=make_tokens(**words), minimum=1).set_index("word")
        assert len(found) == candidates
        counts = found.loc["农民", ["n_a", "n_b", "size_a", "size_b"]].tolist()
        exact = float(conservative_log_ratio(*counts, candidates=candidates))
        assert found.at["农民", "lrc"] == pytest.approx(exact)
        assert 0 < exact < float(conservative_log_ratio(*counts))


def test_stop_words_numbers_and_reporters_are_no_candidates_but_count_for_the_size():
    text = "记者周万在车间的设备旁说的是8500台设备的的的"
    a = make_articles(text, prefix="a").assign(authors="周万/记者")
    words = compare_words(a, make_articles("水库的水库", prefix="b"), minimum=1)
    assert {"设备", "水库"} <= set(words["word"])
    assert not {"的", "8500", "周万", "记者"} & set(words["word"])
    assert words["size_a"].iloc[0] == len(split_tokens(a))
    assert "的" in set(compare_words(a, make_articles("水库的水库"), minimum=1, keep_all=True)["word"])


def test_teasers_are_in_no_selection():
    a, b = make_articles("水库", prefix="a"), make_articles("大桥", prefix="b")
    with_teaser = pd.concat([a, make_articles("水库", prefix="t", kind="teaser")], ignore_index=True)
    hits = pd.DataFrame([("t0", "水库", "水库", "text", 0, 2)], columns=SLOGAN_HITS.names)
    pd.testing.assert_frame_equal(compare_words(with_teaser, b, minimum=1), compare_words(a, b, minimum=1))
    assert compare_slogans(with_teaser, b, hits=hits).empty
    assert compare_topics(with_teaser, b)["articles_a"].tolist() == [1]


def test_one_field_against_another():
    articles = make_articles("水库水库大桥", "水库", headline="大桥")
    heads, texts = keep_fields(articles, HEADLINE_FIELDS), keep_fields(articles, ["text"])
    tokens = split_tokens(articles)
    split_here = compare_words(heads, texts, minimum=1)
    words = compare_words(heads, texts, tokens=tokens, minimum=1)
    pd.testing.assert_frame_equal(words, split_here)
    assert words.set_index("word").loc["大桥", ["n_a", "n_b", "size_a", "size_b"]].tolist() == [2, 1, 2, 4]
    hits = pd.DataFrame(
        [("a0", "共富", "共富", "headline", 0, 2), ("a1", "共富", "共富", "text", 0, 2)],
        columns=SLOGAN_HITS.names,
    )
    slogans = compare_slogans(heads, texts, hits=hits)
    assert slogans[["n_a", "n_b", "share_a", "share_b", "difference"]].to_numpy().tolist() == [
        [1, 1, 0.5, 0.5, 0]
    ]


def test_slogans_and_parts_of_speech_alone():
    a, b = make_articles("一老一小水库", prefix="a"), make_articles("一老一小", prefix="b")
    assert compare_words(a, b, by="slogan", minimum=1)["word"].tolist() == ["一老一小"]
    assert "slogan" in set(compare_words(a, b, by="flag", minimum=1)["word"])
    with pytest.raises(ComparisonError, match=r"'topic'.*expected"):
        compare_words(a, b, by="topic")


def test_slogans_by_hand():
    a, b = make_articles(*"一二三四", prefix="a"), make_articles(*"一二", prefix="b")
    rows = [("a0", 0), ("a0", 9), ("a1", 0), ("a2", 0), ("b0", 0)]
    hits = [(article, "共富", "共富", "text", start, start + 2) for article, start in rows]
    found = compare_slogans(a, b, hits=pd.DataFrame(hits, columns=SLOGAN_HITS.names)).iloc[0]
    assert found[["n_a", "n_b", "n_articles_a", "n_articles_b"]].tolist() == [4, 1, 3, 1]
    assert found[["share_a", "share_b", "difference", "per_10k_chars_a"]].tolist() == [
        0.75,
        0.5,
        0.25,
        10_000,
    ]
    # Wilson: 3/4 -> 0.301-0.954, 1/2 -> 0.095-0.905; Newcombe by squares of their distances.
    assert found["low"] == pytest.approx(
        0.25 - ((0.75 - found["low_a"]) ** 2 + (found["high_b"] - 0.5) ** 2) ** 0.5
    )
    assert round(found["low_a"], 3) == 0.301 and round(found["high_b"], 3) == 0.905
    cells = [(3, 4 * 4 / 6), (1, 2 * 4 / 6), (1, 4 * 2 / 6), (1, 2 * 2 / 6)]
    assert found["g2"] == pytest.approx(2 * sum(n * log(n / expected) for n, expected in cells))
    assert found["log_ratio"] == pytest.approx(log2(1.5))


def test_slogans_found_here_are_the_rolled_up_ones(seed_tables):
    a, b = halves(seed_tables.articles)
    ready = roll_up(seed_tables.slogan_hits)
    pd.testing.assert_frame_equal(compare_slogans(a, b, hits=ready), compare_slogans(a, b))


def test_topics_by_hand():
    a, b = make_articles("一", "二", prefix="a"), make_articles("一", prefix="b")
    rows = [
        ("a0", "文化", 0.75, True),
        ("a0", "教育", 0.25, False),
        ("a1", "教育", 1.0, True),
        ("b0", "文化", 1.0, True),
    ]
    found = compare_topics(a, b, article_topics=pd.DataFrame(rows, columns=ARTICLE_TOPICS.names))
    assert found[
        ["topic", "share_a", "share_b", "difference", "n_main_a", "n_main_b"]
    ].to_numpy().tolist() == [
        ["教育", 0.625, 0.0, 0.625, 1, 0],
        ["文化", 0.375, 1.0, -0.625, 1, 1],
    ]
    assert found[["low", "high"]].isna().all(axis=None)  # one article has no variance


@pytest.mark.parametrize(("compare", "table"), COMPARISONS, ids=lambda value: getattr(value, "__name__", ""))
def test_contract(compare, table, seed_tables):
    a, b = halves(seed_tables.articles)
    before = a.copy(), b.copy()
    found = check(compare(a, b), table)
    assert len(found) and found.columns.tolist() == table.names
    pd.testing.assert_frame_equal(compare(a, b), found)
    pd.testing.assert_frame_equal(a, before[0])
    pd.testing.assert_frame_equal(b, before[1])
    nothing = empty(ARTICLES)
    for pair in ((nothing, b), (a, nothing), (nothing, nothing)):
        none = compare(*pair)
        check(none, table)
        assert none.empty


def test_exchanging_the_selections_turns_the_signs(seed_tables):
    a, b = halves(seed_tables.articles)
    tokens = split_tokens(seed_tables.articles)
    there = compare_words(a, b, tokens=tokens).set_index("word").sort_index()
    back = compare_words(b, a, tokens=tokens).set_index("word").sort_index()
    assert (there["n_a"] == back["n_b"]).all()
    assert there["lrc"].to_numpy() == pytest.approx(-back["lrc"].to_numpy())
    assert there["log_ratio"].to_numpy() == pytest.approx(-back["log_ratio"].to_numpy())


def test_topic_shares_of_the_seeds_sum_to_one(seed_tables):
    found = compare_topics(*halves(seed_tables.articles), article_topics=seed_tables.article_topics)
    assert found[["share_a", "share_b"]].sum().tolist() == pytest.approx([1, 1])
    assert found["difference"].sum() == pytest.approx(0)
    assert found["n_main_a"].sum() == found["articles_a"].iloc[0]
    assert (found["low"] <= found["difference"]).all() and (found["difference"] <= found["high"]).all()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=30))
def test_words_are_counted_as_a_loop_counts_them(rows):
    tokens = pd.DataFrame(rows, columns=["article_id", "word"]).astype("str")
    found = count_words(tokens).set_index("word")
    for word in {word for _, word in rows}:
        articles = [article for article, other in rows if other == word]
        assert found.loc[word].tolist() == [len(articles), len(set(articles))]


_COUNTS = st.tuples(st.sampled_from("甲乙丙丁戊己"), st.integers(0, 3), st.integers(0, 3))


@given(st.lists(_COUNTS, unique_by=lambda row: row[0]), st.integers(0, 7))
def test_the_best_words_are_the_first_that_a_has_more_often(rows, best):
    counts = pd.DataFrame(rows, columns=["word", "n_a", "n_b"]).assign(n_articles_a=1, n_articles_b=1)
    counts = counts.astype({"word": "str", "n_a": "int64", "n_b": "int64"})
    whole = compare_counts(counts, 20, 30, minimum=1)
    expected = whole[whole["log_ratio"] > 0].head(best).reset_index(drop=True)
    counts = counts[counts["n_a"] + counts["n_b"] >= 1]
    marked = mark_best(counts["n_a"].to_numpy(), counts["n_b"].to_numpy(), 20, 30, best)
    found = compare_counts(counts[marked], 20, 30, minimum=1, candidates=len(counts)).head(best)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


@given(
    st.lists(st.text("水库大桥一老一小，\n", max_size=12), max_size=3),
    st.lists(st.text(max_size=12), max_size=3),
)
@settings(max_examples=40, deadline=None)
def test_any_texts_give_sound_tables(texts_a, texts_b):
    a, b = make_articles(*texts_a, prefix="a"), make_articles(*texts_b, prefix="b")
    words = check(compare_words(a, b, minimum=1), WORD_COMPARISON)
    slogans = check(compare_slogans(a, b), SLOGAN_COMPARISON)
    assert words.notna().all(axis=None)
    assert words["p"].between(0, 1).all()
    assert (words["n_a"] + words["n_b"] >= 1).all()
    assert (slogans["low"] <= slogans["difference"]).all() and (
        slogans["difference"] <= slogans["high"]
    ).all()


def test_nothing_but_counted_articles_is_the_denominator(seed_tables):
    a, b = halves(seed_tables.articles)
    found = compare_slogans(a, b, hits=seed_tables.slogan_hits)
    assert found["articles_a"].unique().tolist() == [len(counted(a))]


def test_each_unit_is_compared_with_all_the_others(seed_tables):
    news = counted(seed_tables.articles)
    tokens = split_tokens(news)
    found = check(compare_units(news, unit="county", tokens=tokens, top=4), UNIT_KEYNESS)
    assert set(found["unit"]) == set(news["county"].dropna())
    for unit, rows in found.groupby("unit"):
        inside = news["county"] == unit
        expected = compare_words(news[inside], news[~inside], tokens=tokens, minimum=3)
        expected = expected[expected["log_ratio"] > 0].head(4)
        assert rows["word"].tolist() == expected["word"].tolist()
        assert rows["g2"].tolist() == expected["g2"].tolist()
        assert rows["articles"].unique().tolist() == [inside.sum()]
        assert rows["rank"].tolist() == [1, 2, 3, 4]


def test_one_unit_has_nothing_to_stand_apart_from(seed_tables):
    news = counted(seed_tables.articles).assign(unit="甲")
    assert check(compare_units(news, unit="unit", tokens=split_tokens(news)), UNIT_KEYNESS).empty
    assert check(
        compare_units(empty(ARTICLES), unit="county", tokens=split_tokens(news.head(0))), UNIT_KEYNESS
    ).empty
