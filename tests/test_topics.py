"""Tests of `analysis.topics`."""

from __future__ import annotations

from math import isclose, log2

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import ARTICLE_TOPICS, FIELDS, OTHER_TOPIC, TOPIC_WORDS, check
from analysis.slogans import read_lexicon
from analysis.topics import (
    HEADLINE_WEIGHT,
    TaxonomyError,
    find_cues,
    merge_mentions,
    read_taxonomy,
    read_topic_names,
    score_mentions,
    score_topic_words,
    score_topics,
    score_topics_and_mentions,
)
from analysis.topics.taxonomy import TAXONOMY, TOPIC_NAMES

TEXTS = st.text(max_size=80) | st.text(alphabet="乡村振兴共同富裕水库养老AI8+4，“” \n", max_size=80)
TOPICS = {
    "党建与组织",
    "政治会议与学习",
    "人大政协",
    "平安法治与基层治理",
    "农业农村与乡村振兴",
    "工业与项目投资",
    "营商环境与企业服务",
    "科技创新与人才",
    "数字经济",
    "城乡建设与交通",
    "生态环境与水利",
    "民生保障与养老托育",
    "教育",
    "医疗卫生",
    "文化旅游",
    "精神文明",
    "防灾与安全生产",
    "区域合作",
    "疫情防控",
}


def make_articles(*texts: str, headline: str = "") -> pd.DataFrame:
    n = len(texts)
    frame = pd.DataFrame({"article_id": pd.Series([f"a{i}" for i in range(n)], dtype="str")})
    for field in FIELDS:
        values = list(texts) if field == "text" else [headline if field == "headline" else ""] * n
        frame[field] = pd.Series(values, dtype="str")
    return frame


def make_taxonomy(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["topic", "cue", "weight"])


WATER_AND_CARE = make_taxonomy(
    ("水", "水库", 4.0), ("水", "水", 1.0), ("老", "养老", 3.0), ("山", "水库", 2.0)
)


def test_points_by_hand():
    topics = score_topics(make_articles("水库、水库、水，养老", headline="养老"), WATER_AND_CARE)
    water, care = 4 * log2(3) + 1, 3 * log2(2 + HEADLINE_WEIGHT)
    hill = 2 * log2(3)
    total = water + care + hill
    assert topics["topic"].tolist() == ["老", "水", "山"]
    assert topics["is_main"].tolist() == [True, False, False]
    expected = [care / total, water / total, hill / total]
    assert all(isclose(a, b) for a, b in zip(topics["share"], expected, strict=True))


def test_thin_evidence_is_other():
    assert score_topics(make_articles("水。", ""), WATER_AND_CARE).values.tolist() == [
        ["a0", OTHER_TOPIC, 1.0, True],
        ["a1", OTHER_TOPIC, 1.0, True],
    ]


def test_equal_topics_are_ordered_by_name():
    taxonomy = make_taxonomy(("乙", "乙乙", 9.0), ("甲", "甲甲", 9.0))
    assert score_topics(make_articles("甲甲乙乙"), taxonomy)["topic"].tolist() == ["乙", "甲"]


def test_cues_say_why():
    cues = find_cues(make_articles("除险的水库有水", headline="养老"), WATER_AND_CARE)
    assert cues.values.tolist() == [
        ["a0", "老", "养老", "headline", 0, 2, 3.0],
        ["a0", "水", "水库", "text", 3, 5, 4.0],
        ["a0", "山", "水库", "text", 3, 5, 2.0],
        ["a0", "水", "水", "text", 6, 7, 1.0],
    ]


def test_latin_cues_are_whole_words():
    taxonomy = make_taxonomy(("智", "AI", 3.0), ("智", "8+4", 3.0))
    cues = find_cues(make_articles("AI赋能，AIDS，MAIN，用好8+4，18+4，8+40"), taxonomy)
    assert cues["start"].tolist() == [0, 17]


def test_topic_words_are_shares_of_a_topic():
    words = check(score_topic_words(make_articles("水库水", "水", "养老"), WATER_AND_CARE), TOPIC_WORDS)
    assert words.values.tolist() == [
        ["山", "水库", 1.0],
        ["水", "水库", 4 / 6],
        ["水", "水", 2 / 6],
        ["老", "养老", 1.0],
    ]


def test_missing_fields_count_as_empty():
    articles = make_articles("水库水库水库水库水库水库")
    articles["subhead"] = None
    assert score_topics(articles, WATER_AND_CARE)["topic"][0] == "水"


def test_empty_in_empty_out():
    assert len(check(score_topics(make_articles()), ARTICLE_TOPICS)) == 0
    assert len(check(score_topic_words(make_articles()), TOPIC_WORDS)) == 0
    assert len(check(score_topic_words(make_articles("，")), TOPIC_WORDS)) == 0
    cues = find_cues(make_articles())
    assert cues.columns.tolist() == ["article_id", "topic", "cue", "field", "start", "end", "weight"]


@given(texts=st.lists(TEXTS, max_size=3), headline=TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_sound_tables(texts, headline):
    articles = make_articles(*texts, headline=headline)
    before = articles.copy(deep=True)
    topics = check(score_topics(articles), ARTICLE_TOPICS)
    words = check(score_topic_words(articles), TOPIC_WORDS)
    cues = find_cues(articles)
    pd.testing.assert_frame_equal(articles, before)
    pd.testing.assert_frame_equal(topics, score_topics(articles))
    assert topics["article_id"].unique().tolist() == articles["article_id"].tolist()
    for _, group in topics.groupby("article_id"):
        assert isclose(group["share"].sum(), 1.0)
        assert group["is_main"].tolist() == [True] + [False] * (len(group) - 1)
        assert group["share"].is_monotonic_decreasing
    for _, group in words.groupby("topic"):
        assert isclose(group["weight"].sum(), 1.0)
    fields = articles.set_index("article_id")
    for cue in cues.itertuples():
        assert fields.loc[cue.article_id, cue.field][cue.start : cue.end] == cue.cue


@given(texts=st.lists(TEXTS, max_size=6), cut=st.integers(0, 6), headline=TEXTS)
@settings(max_examples=60, deadline=None)
def test_batches_give_what_the_whole_gives(texts, cut, headline):
    articles = make_articles(*texts, headline=headline)
    batches = [articles.iloc[cut:].reset_index(drop=True), articles.iloc[:cut].reset_index(drop=True)]
    late, early = (score_topics_and_mentions(batch) for batch in batches)
    together = pd.concat([early.article_topics, late.article_topics], ignore_index=True)
    pd.testing.assert_frame_equal(together, score_topics(articles), check_exact=True)
    merged = merge_mentions([merge_mentions([late.mentions]), early.mentions, merge_mentions([])])
    pd.testing.assert_frame_equal(score_mentions(merged), score_topic_words(articles), check_exact=True)
    pd.testing.assert_frame_equal(merged, score_topics_and_mentions(articles).mentions)


def test_mentions_of_a_cue_are_counted_by_article():
    articles = make_articles("水库水库", "水库水库", "水库", headline="")
    mentions = score_topics_and_mentions(articles, WATER_AND_CARE).mentions
    assert mentions.values.tolist() == [["水库", 1, 1], ["水库", 2, 2]]


def test_cues_are_not_found_across_fields_or_articles():
    taxonomy = make_taxonomy(("水", "水库", 9.0), ("零", "\0", 9.0))
    assert find_cues(make_articles("水", "库", headline="水"), taxonomy).empty


def test_taxonomy_has_the_topics_and_enough_cues():
    taxonomy = read_taxonomy()
    assert set(taxonomy["topic"]) == TOPICS
    sizes = taxonomy["topic"].value_counts()
    assert sizes.min() >= 60, sizes.to_dict()
    assert taxonomy["weight"].between(1, 5).all()
    names = read_topic_names()
    assert set(names["topic"]) == TOPICS | {OTHER_TOPIC}
    assert names["english"].is_unique


@pytest.mark.parametrize("file", [TAXONOMY, TOPIC_NAMES], ids=lambda file: file.name)
def test_topic_lexicons_have_a_header_and_are_sorted(file):
    lines = file.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    for word in ("file", "format", "source", "licence", "used by"):
        assert any(line.startswith(f"# {word}:") for line in header), word
    rows = [tuple(line.split("\t")) for line in lines[len(header) + 1 :]]
    assert rows == sorted(set(rows))


def test_slogans_are_among_the_cues():
    taxonomy = read_taxonomy()
    named = taxonomy[taxonomy["cue"].isin(read_lexicon()["slogan"])]["topic"].value_counts()
    print("slogans among the cues:", named.to_dict())
    assert set(named.index) == TOPICS


def test_cues_hold_no_white_space():
    cues = read_taxonomy()["cue"]
    assert not cues[cues.str.contains(r"\s")].tolist()


@pytest.mark.parametrize(
    ("text", "topic", "trap"),
    [
        ("市政府、市政协", "城乡建设与交通", "市政"),
        ("机动车上牌", "城乡建设与交通", "动车"),
        ("各级人民政府", "民生保障与养老托育", "民政"),
        ("集中学习三天", "教育", "中学"),
        ("提高考核分值", "教育", "高考"),
        ("调研中考察", "教育", "中考"),
        ("深入学习贯彻", "教育", "入学"),
        ("提升水平", "生态环境与水利", "水"),
        ("优化工作流程", "工业与项目投资", "化工"),
        ("中国企业", "工业与项目投资", "国企"),
    ],
)
def test_cues_do_not_run_over_the_border_of_words(text, topic, trap):
    cues = find_cues(make_articles(text))
    assert not ((cues["topic"] == topic) & (cues["cue"] == trap)).any()


def test_the_taxonomy_read_is_a_copy():
    taxonomy = read_taxonomy()
    taxonomy["weight"] = 0.0
    assert (read_taxonomy()["weight"] > 0).all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tb\n", "own.tsv:1: 'a' has 2 column.*expected topic<TAB>cue<TAB>weight"),
        ("topic\tcue\tweight\n# x\n\na\t\t1\n", "own.tsv:4: cue is empty"),
        ("a\tb\tviel\n", "own.tsv:1: weight 'viel'.*1"),
        ("a\tb\t0\n", "own.tsv:1: weight '0'"),
        ("a\tb\tnan\n", "own.tsv:1: weight 'nan'"),
        ("a\tb\tinf\n", "own.tsv:1: weight 'inf'"),
        ("a\tb\t1\nb\tb\t1\na\tb\t2\n", "own.tsv:3: 'b'.*line 1.*remove"),
        ("其他\tb\t1\n", "own.tsv:1: topic 其他.*choose"),
        ("# nothing\n", "own.tsv: has no cue"),
    ],
)
def test_bad_taxonomies_name_line_and_cure(tmp_path, text, message):
    file = tmp_path / "own.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TaxonomyError, match=message):
        read_taxonomy(file)


def test_unreadable_taxonomies_are_named(tmp_path):
    with pytest.raises(TaxonomyError, match=r"none\.tsv: cannot be read"):
        read_taxonomy(tmp_path / "none.tsv")
    (tmp_path / "gbk.tsv").write_bytes("水\t水库\t1\n".encode("gbk"))
    with pytest.raises(TaxonomyError, match=r"gbk\.tsv: is not UTF-8"):
        read_taxonomy(tmp_path / "gbk.tsv")


def test_a_taxonomy_of_ones_own_is_used(tmp_path):
    file = tmp_path / "own.tsv"
    file.write_bytes("\ufefftopic\tcue\tweight\r\n茶\t龙井\t9\r\n".encode())
    taxonomy = read_taxonomy(file)
    assert taxonomy.values.tolist() == [["茶", "龙井", 9.0]]
    assert score_topics(make_articles("龙井"), taxonomy)["topic"].tolist() == ["茶"]
