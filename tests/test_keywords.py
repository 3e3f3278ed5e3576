"""Tests of `analysis.keywords`, with the gold articles of the seeds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from math import isclose, log
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.keywords import KeywordError, blend_idf, score_keywords
from analysis.schema import FIELDS, KEYWORDS, check
from analysis.tokens import Token, compile_slogans, find_all_slogans, is_numeral, split_texts

GOLD = Path(__file__).parent / "gold"
METHODS = ("tfidf", "textrank")
TEXTS = st.text(max_size=60) | st.text(
    alphabet="一老小平安绍兴建设共同富裕记者周万4月12日，“”\n", max_size=60
)


def make_lexicon(*slogans: str) -> pd.DataFrame:
    return pd.DataFrame({"slogan": slogans, "aliases": "", "guard": ""}, dtype="str")


SLOGANS = make_lexicon("一老一小", "平安绍兴", "平安绍兴建设", "共同富裕")


def make_articles(*texts: str, authors: str = "") -> pd.DataFrame:
    n = len(texts)
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(n)], "authors": [authors] * n}, dtype="str")
    for field in FIELDS:
        frame[field] = pd.Series(list(texts) if field == "text" else [""] * n, dtype="str")
    return frame


def words_of(keywords: pd.DataFrame) -> list[str]:
    return keywords["word"].tolist()


@pytest.mark.parametrize("method", METHODS)
def test_a_slogan_that_stands_twice_is_a_keyword_even_when_nested(method):
    text = "平安绍兴建设推进会召开。平安绍兴建设迈上台阶。" + "企业车间生产设备订单技术研发销售" * 8
    words = words_of(score_keywords(make_articles(text), lexicon=SLOGANS, method=method, limit=3))
    assert {"平安绍兴", "平安绍兴建设"} < set(words)


def test_tfidf_of_one_article_by_hand():
    keywords = score_keywords(make_articles("一老一小，一老一小！"), lexicon=SLOGANS)
    assert words_of(keywords) == ["一老一小"]
    assert keywords["n"].tolist() == [2]
    # Both words of the article are the slogan: tf = 2 / 2; the table does not know it: its median counts.
    assert isclose(keywords["score"][0], blend_idf(1, 1, 13.21938), rel_tol=1e-3)


def test_blended_idf_moves_from_the_table_to_the_corpus():
    assert isclose(blend_idf(0, 0, 6.0), 6.0)
    assert blend_idf(1, 10, 6.0) < blend_idf(0, 10, 6.0)
    assert isclose(blend_idf(250_000, 1_000_000, 6.0), log(4), rel_tol=1e-3)


@pytest.mark.parametrize("method", METHODS)
def test_reporters_dates_and_bare_numbers_are_left_out(method):
    text = "本报讯（记者 周万 通讯员 俞沣城）4月19日，周万和俞沣城走进车间，年产8500台设备，增长27.2%。"
    keywords = score_keywords(make_articles(text, authors="周万/记者;俞沣城/通讯员"), method=method)
    words = words_of(keywords)
    assert "设备" in words
    assert not {"周万", "俞沣城", "俞沣", "本报讯", "记者", "通讯员", "4月19日"} & set(words)
    assert not [word for word in words if is_numeral(word) or "27" in word or "8500" in word]


def test_an_official_who_bears_no_byline_may_be_a_keyword():
    text = "黄旭荣调研。黄旭荣看望老人。"
    assert "黄旭荣" in words_of(score_keywords(make_articles(text)))
    assert "黄旭荣" not in words_of(score_keywords(make_articles(text, authors="黄旭荣/记者")))


def test_places_and_institutions_are_whole():
    words = words_of(score_keywords(make_articles("区农业农村局走进峡川镇，峡川镇党员迎接区农业农村局。")))
    assert {"区农业农村局", "峡川镇"} < set(words)


def test_reporting_verbs_are_an_option():
    articles = make_articles("会议强调，会议强调，会议强调")
    assert "强调" not in words_of(score_keywords(articles))
    assert "强调" in words_of(score_keywords(articles, keep_reporting=True))


def test_what_every_article_says_scores_less():
    texts = ["共同富裕 水库"] + ["水库"] * 400
    scores = score_keywords(make_articles(*texts), lexicon=SLOGANS).query("article_id == 'a0'")
    assert words_of(scores) == ["共同富裕", "水库"]


@pytest.mark.parametrize(("options", "culprit"), [({"method": "bm25"}, "bm25"), ({"limit": -1}, "-1")])
def test_wrong_options_name_culprit_and_cure(options, culprit):
    with pytest.raises(KeywordError, match=f"{culprit}.*expected"):
        score_keywords(make_articles("x"), **options)


def test_no_articles_and_empty_articles_give_the_empty_table():
    for articles in (make_articles(), make_articles("", " ", "，。")):
        keywords = check(score_keywords(articles), KEYWORDS)
        assert len(keywords) == 0


@pytest.mark.parametrize("method", METHODS)
@given(texts=st.lists(TEXTS, max_size=3), limit=st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_sound_table(method, texts, limit):
    articles = make_articles(*texts, authors="周万/记者")
    before = articles.copy(deep=True)
    keywords = check(score_keywords(articles, lexicon=SLOGANS, method=method, limit=limit), KEYWORDS)
    pd.testing.assert_frame_equal(articles, before)
    for _, group in keywords.groupby("article_id"):
        assert group["rank"].tolist() == list(range(1, len(group) + 1))
        assert group["score"].is_monotonic_decreasing
        assert group["word"].is_unique
        assert len(group) <= limit
    assert (keywords["score"] >= 0).all()
    assert (keywords["n"] >= 1).all()
    assert "周万" not in words_of(keywords)


def read_gold() -> pd.DataFrame:
    rows = json.loads((GOLD / "articles.json").read_text(encoding="utf-8"))
    rows = [row for row in rows if row["kind"] == "article"]
    frame = pd.DataFrame({"article_id": [f"{row['file'][:3]}-{row['n']}" for row in rows]})
    frame["authors"] = [";".join(f"{a['name']}/{a['role']}" for a in row["authors"]) for row in rows]
    for field, key in (("kicker", "kicker"), ("headline", "headline"), ("subhead", "sub"), ("text", "body")):
        frame[field] = [row[key] or "" for row in rows]
    return frame


def read_gold_lexicon() -> pd.DataFrame:
    pages = json.loads((GOLD / "slogans.json").read_text(encoding="utf-8"))["files"].values()
    return make_lexicon(*sorted({row["formula"] for page in pages for row in page["slogans"]}))


def repeated(tokens: Iterable[Token]) -> set[str]:
    counts = Counter(token.word for token in tokens if token.flag == "slogan")
    return {word for word, n in counts.items() if n >= 2}


@pytest.mark.parametrize("lexicon", [None, read_gold_lexicon()], ids=["own lexicon", "gold formulae"])
@pytest.mark.parametrize("method", METHODS)
def test_keywords_of_the_gold_articles(method, lexicon, say_figure):
    articles = read_gold()
    keywords = score_keywords(articles, method=method, lexicon=lexicon)
    entries = [entry for authors in articles["authors"] for entry in authors.split(";") if entry]
    reporters = {entry.split("/")[0] for entry in entries}
    leaked = sorted(reporters & set(keywords["word"]))
    matcher = compile_slogans(lexicon)
    twice = nested = kept = 0
    for row in articles.itertuples():
        texts = [getattr(row, field) for field in FIELDS]
        found = find_all_slogans(texts, matcher)
        alone = repeated(token for tokens in split_texts(texts, found) for token in tokens)
        anywhere = repeated(token for slogans in found for token in slogans)
        chosen = set(keywords.loc[keywords["article_id"] == row.article_id, "word"])
        assert len(chosen) == 10
        assert alone <= chosen, row.article_id
        # Counted inside longer slogans too, an article may have more than ten.
        assert len(anywhere & chosen) == min(len(anywhere), 10), row.article_id
        twice, nested, kept = twice + len(alone), nested + len(anywhere), kept + len(anywhere & chosen)
    say_figure(
        f"keywords by {method}, {'own lexicon' if lexicon is None else 'labelled formulae'}: {len(leaked)} "
        f"reporters' names; slogans that stand twice among the ten: {twice} / {twice}, "
        f"{kept} / {nested} when counted inside longer ones too"
    )
    assert twice > 60
    assert not leaked
    assert not {"本报讯", "记者", "通讯员"} & set(keywords["word"])
    assert not [word for word in keywords["word"] if is_numeral(word)]
