"""Summaries: hand-computed numbers."""

import pandas as pd

from analysis.summary import (
    UNKNOWN_PLACE,
    account_for_pages,
    count_people,
    describe_coverage,
    mix_topics,
    name_articles,
)

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c"],
        "date": pd.to_datetime(["2024-01-01", None, None]),
        "province": ["浙江省", "浙江省", None],
        "city": ["绍兴市", "绍兴市", None],
        "county": ["新昌县", "新昌县", None],
        "paper": [None, None, None],
        "kicker": ["引", "", ""],
        "headline": ["主", "主题", ""],
        "subhead": ["副", "", ""],
    }
)
TOPICS = pd.DataFrame(
    {
        "article_id": ["a", "a", "b", "c"],
        "topic": ["教育", "文化旅游", "教育", "其他"],
        "share": [0.75, 0.25, 1.0, 1.0],
        "is_main": [True, False, True, True],
    }
)


def test_topic_shares_are_averaged_over_the_articles_of_a_place():
    mix = mix_topics(TOPICS, ARTICLES)
    assert mix.values.tolist() == [
        [UNKNOWN_PLACE, "其他", 1.0, 1],
        ["新昌县", "教育", 0.875, 2],
        ["新昌县", "文化旅游", 0.125, 2],
    ]


def test_topic_shares_are_averaged_over_the_articles_of_a_period():
    mix = mix_topics(TOPICS, ARTICLES, every="year")
    assert mix.values.tolist() == [
        ["2024", "教育", 0.75, 1],
        ["2024", "文化旅游", 0.25, 1],
        ["unknown", "其他", 0.5, 2],
        ["unknown", "教育", 0.5, 2],
    ]


def test_titles_leave_out_what_is_not_printed():
    assert name_articles(ARTICLES)["title"].tolist() == ["引 | 主 | 副", "主题", ""]
    assert name_articles(ARTICLES)["place"].tolist() == ["新昌县", "新昌县", UNKNOWN_PLACE]


def test_empty_frames_give_empty_summaries():
    assert mix_topics(TOPICS[:0], ARTICLES[:0]).empty
    assert name_articles(ARTICLES[:0]).empty


def test_coverage_has_a_row_for_every_page(seed_tables):
    coverage = describe_coverage(seed_tables.pages)
    assert sorted(coverage["file"]) == sorted(seed_tables.pages["file"])
    assert coverage["n_articles"].sum() == 33


def test_officials_are_counted_once_an_article_with_all_their_offices():
    rows = [
        ("a", "温暖", "市委书记", "甲报", 3),
        ("a", "温暖", "市长", "甲报", 3),
        ("b", "温暖", "市委书记", "甲报", 1),
        ("b", "王敏", "区委书记", None, 1),
    ]
    people = pd.DataFrame(rows, columns=["article_id", "name", "office", "paper", "n"])
    totals = count_people(people)
    assert totals[["name", "office", "n", "n_articles"]].values.tolist() == [
        ["温暖", "市委书记; 市长", 4, 2],
        ["王敏", "区委书记", 1, 1],
    ]


def test_every_character_of_a_page_is_accounted_for():
    pages = pd.DataFrame({"page_id": ["p"], "file": ["a.txt"], "text_quality": [1.0], "n_articles": [1]})
    articles = pd.DataFrame({"page_id": ["p", "p"], "kind": ["news", "notice"], "confidence": [0.75, 0.1]})
    spans = pd.DataFrame(
        {
            "page_id": "p",
            "start": [0, 5, 7],
            "end": [5, 7, 10],
            "role": ["body", "furniture", "unplaced"],
            "article_id": ["p-01", None, "p-02"],
        }
    )
    account = account_for_pages(pages, articles, spans)
    assert account.loc[0, ["in_articles", "in_furniture", "unplaced", "confidence"]].tolist() == [
        0.5,
        0.2,
        0.3,
        0.75,
    ]


def test_the_mix_of_no_articles_is_empty(seed_tables):
    none = seed_tables.articles.head(0)
    for every in ("all", "month"):
        assert mix_topics(seed_tables.article_topics, none, every=every).empty
        assert mix_topics(seed_tables.article_topics.head(0), seed_tables.articles, every=every).empty


def test_the_mix_by_rows_is_the_mix_by_ids():
    # Rows in any order, one without a score, a score of no article, and a score before the first row.
    articles = ARTICLES.assign(article_id=[7, 2, 9])
    number = dict(zip(ARTICLES["article_id"], articles["article_id"], strict=True))
    topics = TOPICS.assign(article_id=TOPICS["article_id"].map(number).astype("int64"))
    for every in ("all", "month"):
        expected = mix_topics(TOPICS, ARTICLES, every=every)
        for stray in (8, 40, -1, -(10**9), 5000, 10**15):
            scores = pd.concat([topics.head(1).assign(article_id=stray), topics], ignore_index=True)
            pd.testing.assert_frame_equal(mix_topics(scores, articles, every=every), expected)


def test_the_mix_by_coded_places_is_the_mix_by_names():
    place = pd.Series(["新昌县", None, "新昌县"], dtype="str")
    for categories in (["新昌县"], ["象山县", "新昌县", "嵊州市"], ["?", "新昌县"]):
        coded = place.astype(pd.CategoricalDtype(pd.Index(categories, dtype="str")))
        expected = mix_topics(TOPICS, ARTICLES.assign(place=place))
        assert expected["place"].tolist()[0] == UNKNOWN_PLACE
        pd.testing.assert_frame_equal(mix_topics(TOPICS, ARTICLES.assign(place=coded)), expected)
