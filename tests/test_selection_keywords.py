"""Tests of `analysis.selection_keywords`."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.fields import HEADLINE_FIELDS, keep_fields
from analysis.keywords import KeywordError, blend_idf
from analysis.schema import ARTICLES, check, counted, empty
from analysis.selection_keywords import SELECTION_KEYWORDS, score_selection_keywords
from analysis.tokens import is_numeral, read_general_idf, split_tokens


def make_articles(*texts: str, authors: str = "", kind: str = "news", headline: str = "") -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts}, dtype="str")
    return frame.assign(kind=kind, authors=authors, kicker="", headline=headline, subhead="")


def words_of(keywords: pd.DataFrame) -> list[str]:
    return keywords["word"].tolist()


def test_by_hand():
    # Ten words in articles of four and six; 水库 2 and 1, 农民 none and 3.
    articles = make_articles("水库水库的的", "农民水库农民的的农民")
    found = score_selection_keywords(articles).set_index("word")
    general = read_general_idf()
    dp = {"水库": (abs(2 / 3 - 0.4) + abs(1 / 3 - 0.6)) / 2, "农民": (0.4 + 0.4) / 2}
    for word, n, n_articles in (("水库", 3, 2), ("农民", 3, 1)):
        row = found.loc[word]
        assert row[["n", "n_articles", "articles"]].tolist() == [n, n_articles, 2]
        assert row["tfidf"] == pytest.approx(n / 10 * blend_idf(0, 0, general[word]))
        assert row["dispersion"] == pytest.approx(dp[word] / (1 - 0.4))
        assert row["score"] == pytest.approx(row["tfidf"] * (1 - dp[word] / 0.6))
    assert found["rank"].tolist() == [1, 2]
    assert found.index.tolist() == ["水库", "农民"]


def test_what_the_articles_share_stands_above_what_one_short_article_repeats():
    shared = [f"水库{'工厂车间设备订单技术' * 4}" for _ in range(8)]
    found = score_selection_keywords(make_articles(*shared, "大桥" * 8)).set_index("word")
    assert found.at["水库", "n"] == found.at["大桥", "n"] == 8
    assert found.at["大桥", "tfidf"] > found.at["水库", "tfidf"] * 0.5
    assert found.at["水库", "score"] > 10 * found.at["大桥", "score"]
    assert found.at["大桥", "dispersion"] == 1


def test_words_that_are_common_in_the_corpus_lose():
    articles = make_articles("水库大桥", "水库大桥")
    rest = make_articles(*["水库"] * 300).assign(article_id=[f"r{i}" for i in range(300)])
    corpus = pd.concat([articles, rest], ignore_index=True)
    alone = score_selection_keywords(articles).set_index("word")
    among = score_selection_keywords(articles, corpus=corpus).set_index("word")
    general = read_general_idf()
    assert among.at["水库", "tfidf"] == pytest.approx(2 / 4 * blend_idf(302, 302, general["水库"]))
    assert among.at["大桥", "tfidf"] == pytest.approx(2 / 4 * blend_idf(2, 302, general["大桥"]))
    assert among.at["水库", "score"] < 0.2 * alone.at["水库", "score"]
    ready = score_selection_keywords(articles, corpus=corpus, tokens=split_tokens(corpus)).set_index("word")
    pd.testing.assert_frame_equal(ready, among)


def test_reporters_dates_numbers_and_stop_words_are_left_out():
    text = "记者周万4月19日走进车间，周万说年产8500台设备，增长27.2%，会议强调设备。"
    words = words_of(score_selection_keywords(make_articles(text, text, authors="周万/记者")))
    assert {"设备", "车间"} <= set(words)
    assert not {"周万", "记者", "4月19日", "强调"} & set(words)
    assert not [word for word in words if is_numeral(word)]
    kept = score_selection_keywords(make_articles(text, authors="周万/记者"), keep_reporting=True)
    assert "强调" in words_of(kept)


def test_parts_may_be_places():
    articles = make_articles("水库大桥", "水库", "水库大桥", "水库，大桥").assign(
        county=["甲", "甲", "乙", None]
    )
    found = score_selection_keywords(articles, parts="county").set_index("word")
    # Words of the parts: 3, 2 and 2; 大桥 stands once in each.
    assert found.at["大桥", "dispersion"] == pytest.approx((3 / 7 - 1 / 3) / (1 - 2 / 7))
    assert score_selection_keywords(articles.assign(county="甲"), parts="county")["dispersion"].isna().all()


def test_one_article_is_scored_without_dispersion():
    found = score_selection_keywords(make_articles("水库水库大桥"))
    assert found["dispersion"].isna().all()
    assert (found["score"] == found["tfidf"]).all()


def test_few_articles_can_be_left_out():
    articles = make_articles("水库大桥", "水库")
    assert words_of(score_selection_keywords(articles, minimum_articles=2)) == ["水库"]


def test_headlines_alone_and_teasers():
    articles = make_articles("水库", headline="大桥")
    assert words_of(score_selection_keywords(keep_fields(articles, HEADLINE_FIELDS))) == ["大桥"]
    assert score_selection_keywords(articles.assign(kind="teaser")).empty


@pytest.mark.parametrize(("options", "culprit"), [({"limit": -1}, "limit -1"), ({"parts": "town"}, "'town'")])
def test_wrong_options_name_culprit_and_cure(options, culprit):
    with pytest.raises(KeywordError, match=f"{culprit}.*expected"):
        score_selection_keywords(make_articles("水库"), **options)


def test_contract(seed_tables):
    articles = seed_tables.articles
    before = articles.copy()
    found = check(score_selection_keywords(articles, corpus=articles), SELECTION_KEYWORDS)
    assert len(found) == 30
    assert found["score"].is_monotonic_decreasing and found["score"].iloc[-1] > 0
    assert found["rank"].tolist() == list(range(1, 31))
    assert found["dispersion"].between(0, 1).all()
    assert (found["articles"] == len(counted(articles))).all()
    pd.testing.assert_frame_equal(score_selection_keywords(articles, corpus=articles), found)
    pd.testing.assert_frame_equal(articles, before)
    assert check(score_selection_keywords(empty(ARTICLES)), SELECTION_KEYWORDS).empty


def test_keywords_of_the_seeds_are_shared_and_name_nobody(seed_tables):
    articles = seed_tables.articles
    tokens = split_tokens(articles)
    for page in articles["page_id"].unique():
        own = articles[articles["page_id"] == page].reset_index(drop=True)
        found = score_selection_keywords(own, corpus=articles, tokens=tokens, limit=10)
        print(own["county"].iloc[0], " ".join(f"{r.word} {r.n}/{r.n_articles}" for r in found.itertuples()))
        names = {entry.split("/")[0] for authors in own["authors"] for entry in authors.split(";")}
        assert not names & set(found["word"])
        assert not [word for word in found["word"] if is_numeral(word)]
        assert (found["n_articles"] >= 2).mean() >= 0.7


@given(
    st.lists(st.text("水库大桥一老一小，的\n", max_size=12) | st.text(max_size=12), max_size=4),
    st.integers(0, 9),
)
@settings(max_examples=50, deadline=None)
def test_any_texts_give_a_sound_table(texts, limit):
    found = check(score_selection_keywords(make_articles(*texts), limit=limit), SELECTION_KEYWORDS)
    assert len(found) <= limit
    assert found["word"].is_unique
    assert (found["n_articles"] <= found["n"]).all() and (found["n_articles"] >= 1).all()
    assert (found["score"] <= found["tfidf"]).all() and (found["score"] >= 0).all()
