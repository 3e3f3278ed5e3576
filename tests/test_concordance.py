"""Concordance: every line stands where its hit says."""

import pandas as pd

from analysis.concordance import find_lines

HIT = {"article_id": "a", "slogan": "一老一小", "field": "text"}


def test_context_ends_where_the_field_ends():
    hits = pd.DataFrame([HIT | {"surface": "一老一小", "start": 0, "end": 4}])
    articles = pd.DataFrame([{"article_id": "a", "text": "一老一小"}])
    assert find_lines(hits, articles)[["left", "right"]].values.tolist() == [["", ""]]


def test_context_has_the_width_asked_for_and_no_line_ends():
    hits = pd.DataFrame([HIT | {"surface": "一老\n一小", "start": 3, "end": 8}])
    articles = pd.DataFrame([{"article_id": "a", "text": "甲乙\n一老\n一小丙丁戊"}])
    lines = find_lines(hits, articles, width=2)
    assert lines[["left", "surface", "right"]].values.tolist() == [["乙 ", "一老 一小", "丙丁"]]


def test_no_hits_no_lines():
    hits = pd.DataFrame(columns=["article_id", "slogan", "surface", "field", "start", "end"])
    assert find_lines(hits, pd.DataFrame({"article_id": ["a"], "text": ["x"]})).empty


def test_every_line_of_the_seeds_can_be_found_in_its_article(seed_tables):
    lines = find_lines(seed_tables.slogan_hits, seed_tables.articles)
    assert len(lines) == len(seed_tables.slogan_hits) > 500
    texts = seed_tables.articles.set_index("article_id")
    for line in lines.itertuples():
        flat = texts.at[line.article_id, line.field].replace("\n", " ")
        assert line.left + line.surface + line.right in flat
