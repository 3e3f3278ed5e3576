"""Discovered topics: a made-up corpus with three themes, hand-computed measures, and corpora too small."""

from __future__ import annotations

import subprocess
import sys
from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from analysis.schema import ARTICLES, FIELDS, empty
from analysis.tokens.split import split_tokens
from analysis.topics.discovered import (
    TopicError,
    count_topics,
    find_representatives,
    fit_topics,
    score_coherence,
    suggest_topics,
)
from analysis.topics.discovered.coherence import compute_npmi
from analysis.topics.discovered.matrix import make_matrix, weigh_counts

_THEMES = {
    "farm": ["水稻", "小麦", "农民", "农业", "粮食", "耕地", "种子", "收割机", "化肥", "农机"],
    "school": ["学校", "学生", "教师", "课堂", "教育", "校园", "教材", "考试", "家长", "书本"],
    "health": ["医院", "医生", "患者", "手术", "病房", "护士", "药品", "疫苗", "诊所", "体检"],
}
_SIZES = {"farm": 24, "school": 18, "health": 12}


def _make_corpus(seed: int = 1) -> pd.DataFrame:
    """Articles of six words each, all of one theme; the first theme has most articles."""
    random = np.random.default_rng(seed)
    rows = []
    for theme, size in _SIZES.items():
        for number in range(size):
            words = random.choice(_THEMES[theme], size=6, replace=False)
            rows.append((f"{theme}-{number:02d}", "，".join(words) + "。", f"{number}", theme))
    frame = pd.DataFrame(rows, columns=["article_id", "text", "headline", "county"])
    return frame.assign(kicker="", subhead="", authors="", kind="news")


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    return _make_corpus()


@pytest.fixture(scope="module")
def discovered(corpus):
    return fit_topics(corpus, topics=3)


def test_themes_become_topics_numbered_by_size(corpus, discovered):
    assert discovered.topics["topic"].tolist() == [1, 2, 3]
    assert discovered.topics["n_articles"].tolist() == list(_SIZES.values())
    main = discovered.article_topics[discovered.article_topics["is_main"]]
    themes = main["article_id"].str.split("-").str[0]
    assert dict(zip(themes, main["topic"], strict=True)) == {"farm": 1, "school": 2, "health": 3}
    assert len(main) == len(corpus)


def test_labels_name_words_of_the_theme(discovered):
    for label, words in zip(discovered.topics["label"], _THEMES.values(), strict=True):
        assert set(label.split(" · ")) <= set(words)


def test_shares_sum_to_one_and_sizes_to_the_articles(corpus, discovered):
    sums = discovered.article_topics.groupby("article_id")["share"].sum()
    assert sums.to_numpy() == pytest.approx(1.0)
    assert discovered.topics["size"].sum() == pytest.approx(len(corpus))
    assert discovered.article_topics["article_id"].drop_duplicates().tolist() == corpus["article_id"].tolist()


def test_words_are_ordered_by_relevance_with_weights_up_to_one(discovered):
    for _, words in discovered.topic_words.groupby("topic"):
        assert words["relevance"].is_monotonic_decreasing
        assert 0 < words["weight"].sum() <= 1 + 1e-9


def test_second_run_two_workers_and_ready_words_give_the_same(corpus, discovered):
    before = corpus.copy()
    runs = ({}, {"workers": 2}, {"tokens": split_tokens(corpus)})
    for again in (fit_topics(corpus, topics=3, **run) for run in runs):
        for frame, other in zip(discovered, again, strict=True):
            pd.testing.assert_frame_equal(frame, other, check_exact=True)
    pd.testing.assert_frame_equal(corpus, before)


def test_suggestion_finds_the_three_themes(corpus):
    suggested = suggest_topics(corpus, range(2, 7))
    assert suggested["topics"].tolist() == [2, 3, 4, 5, 6]
    assert suggested.loc[suggested["is_suggested"], "topics"].tolist() == [3]
    chosen = fit_topics(corpus)
    assert len(chosen.topics) == suggest_topics(corpus).query("is_suggested")["topics"].item()


def test_names_of_officials_and_reporters_places_and_dates_are_no_words(corpus):
    extra = "记者周小万报道：县委书记马文斌强调，杭州市举办博览会。马文斌指出，4月19日收割。"
    changed = corpus.assign(text=corpus["text"] + extra, authors="周小万/记者")
    found = set(make_matrix(changed.assign(text=[*changed["text"][:20], *corpus["text"][20:]])).words)
    assert "博览会" in found
    assert not found & {"马文斌", "周小万", "杭州市", "4月19日", "强调", "县委书记"}


def test_article_without_words_is_of_no_topic(corpus):
    changed = corpus.assign(text=["嗯。", *corpus["text"][1:]])
    made = fit_topics(changed, topics=3)
    first = made.article_topics[made.article_topics["article_id"] == corpus["article_id"][0]]
    assert first[["topic", "share", "is_main"]].values.tolist() == [[0, 1.0, True]]
    assert made.topics.iloc[-1][["topic", "label", "n_articles"]].tolist() == [0, "其他", 1]


def test_teasers_are_left_out(corpus):
    changed = corpus.assign(kind=["teaser", *corpus["kind"][1:]])
    made = fit_topics(changed, topics=3)
    assert corpus["article_id"][0] not in set(made.article_topics["article_id"])


def test_small_corpus_is_refused_in_words(corpus, seed_tables):
    with pytest.raises(TopicError, match=r"29 articles: too few .* 30"):
        fit_topics(corpus.head(29), topics=3)
    with pytest.raises(TopicError, match="too few"):
        suggest_topics(corpus.head(5))
    assert len(fit_topics(seed_tables.articles, topics=4).topics) == 4


@pytest.mark.parametrize("topics", [-1, 0, 1, 1000])
def test_number_of_topics_that_does_not_fit(corpus, topics):
    with pytest.raises(TopicError, match=f"{topics} topics: do not fit"):
        fit_topics(corpus, topics=topics)


def test_corpus_without_common_words(corpus):
    with pytest.raises(TopicError, match="do not fit"):
        fit_topics(corpus.assign(text="嗯。", headline=""), topics=3)


def test_empty_in_empty_out():
    made = fit_topics(empty(ARTICLES))
    assert [len(frame) for frame in made] == [0, 0, 0]
    assert suggest_topics(empty(ARTICLES)).columns.tolist() == ["topics", "coherence", "is_suggested"]
    assert find_representatives(made.article_topics, empty(ARTICLES)).empty
    assert count_topics(made.article_topics, empty(ARTICLES), by=["county"]).empty


def test_representatives_are_main_articles_with_their_headlines(corpus, discovered):
    found = find_representatives(discovered.article_topics, corpus, limit=4)
    assert found["rank"].tolist() == [1, 2, 3, 4] * 3
    assert found["article_id"].str.split("-").str[0].tolist() == [t for t in _THEMES for _ in range(4)]
    headlines = corpus.set_index("article_id")["headline"]
    assert found["headline"].tolist() == headlines[found["article_id"]].tolist()
    assert (found.groupby("topic")["strength"].diff().dropna() <= 1e-9).all()


def test_counts_by_place_sum_to_one(corpus, discovered):
    counts = count_topics(discovered.article_topics, corpus, by=["county"])
    assert counts.groupby("county")["share"].sum().to_numpy() == pytest.approx(1.0)
    farm = counts[counts["county"] == "farm"]
    assert farm["n_articles"].tolist() == [24, 0, 0]
    assert farm["articles"].tolist() == [24, 24, 24]


def test_counts_keep_articles_without_a_place(corpus, discovered):
    counts = count_topics(discovered.article_topics, corpus.assign(county=None), by=["county"])
    assert counts["articles"].tolist() == [54, 54, 54]


def test_npmi_by_hand():
    # p(a) = p(b) = 1/2, p(a, b) = 1/4 of 8 documents: independent. 3 of 8 with 4 and 4: ln(3/2) / ln(8/3).
    assert compute_npmi(2, 4, 4, 8) == 0
    assert compute_npmi(3, 4, 4, 8) == pytest.approx(log(1.5) / log(8 / 3))
    assert compute_npmi(1, 1, 8, 8) == 0
    assert compute_npmi(8, 8, 8, 8) == 1


def test_coherence_by_hand():
    documents = [{"a", "b"}, {"a", "b", "c"}, {"c"}, {"d"}]
    words = pd.DataFrame({"topic": [2, 2, 2, 1], "word": ["a", "b", "c", "d"]})
    found = score_coherence(words, documents)
    # a, b always together: 1; a, c and b, c: p = 1/4 = 1/2 x 1/2: 0. One word alone has no pair.
    assert found["topic"].tolist() == [1, 2]
    assert np.isnan(found["coherence"][0])
    assert found["coherence"][1] == pytest.approx(1 / 3)
    assert score_coherence(words, documents, top=2)["coherence"][1] == 1


def test_weights_by_hand():
    weights = weigh_counts(csr_array(np.array([[1, 2], [0, 1], [0, 0]]))).toarray()
    one, two = 1 + log(4 / 2), (1 + log(2)) * (1 + log(4 / 3))
    length = (one**2 + two**2) ** 0.5
    assert weights == pytest.approx(np.array([[one / length, two / length], [0, 1], [0, 0]]))


def test_nobody_else_waits_for_the_library():
    code = "import sys, analysis, analysis.topics.discovered; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_is_more_coherent_than_chance(corpus, discovered):
    shuffled = discovered.topic_words.assign(topic=np.arange(len(discovered.topic_words)) % 3 + 1)
    documents = [set(text.rstrip("。").split("，")) for text in corpus["text"]]
    found, chance = (
        score_coherence(w, documents)["coherence"].mean() for w in (discovered.topic_words, shuffled)
    )
    assert found > chance + 0.2


_WORDS = st.sampled_from(
    [word for words in _THEMES.values() for word in words] + ["的", "，", "2024", "AI", "\n"]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_WORDS, max_size=8).map("".join), min_size=30, max_size=36), st.integers(2, 4))
def test_any_corpus_gives_shares_that_sum_to_one_or_a_clear_refusal(texts, topics):
    ids = [str(i) for i in range(len(texts))]
    articles = pd.DataFrame({"article_id": ids, **dict.fromkeys(FIELDS, "")}).assign(text=texts, authors="")
    try:
        made = fit_topics(articles, topics=topics)
    except TopicError as error:
        assert "do not fit" in str(error)
        return
    assert made.article_topics.groupby("article_id")["share"].sum().to_numpy() == pytest.approx(1.0)
    assert made.article_topics["article_id"].nunique() == len(texts)
    assert (made.article_topics.groupby("article_id")["is_main"].sum() == 1).all()
