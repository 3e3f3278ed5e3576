"""Tests of `analysis.collocates`: small texts by hand, any texts against a loop."""

from __future__ import annotations

from math import log2

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.collocates import (
    COLLOCATES,
    NETWORK_EDGES,
    NETWORK_NODES,
    CollocateError,
    find_collocates,
    find_company,
    find_network,
)
from analysis.schema import ARTICLES, check, empty
from analysis.tokens import split_tokens


def make_articles(*texts: str, kind: str = "news", headline: str = "") -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts}, dtype="str")
    return frame.assign(kind=kind, authors="", kicker="", headline=headline, subhead="")


def counts_of(articles: pd.DataFrame, node: str, **options) -> dict[str, tuple[int, int]]:
    found = find_collocates(articles, node, **({"minimum": 1} | options))
    return {row.collocate: (row.n_left, row.n_right) for row in found.itertuples()}


def test_counts_and_log_dice_by_hand():
    articles = make_articles("农民修水库，水库旁农民种树", "农民修水库\n大桥", "大桥")
    found = find_collocates(articles, "水库", minimum=2, window=2).set_index("collocate")
    # 农民 before the first 水库, behind the second (nearest wins), before the third.
    assert found.index.tolist() == ["农民"]
    row = found.loc["农民"]
    assert row[["n_joint", "n_left", "n_right", "n_node", "n_collocate"]].tolist() == [3, 2, 1, 3, 3]
    assert row[["n_articles", "minimum"]].tolist() == [2, 2]
    assert row["log_dice"] == 14
    alone = find_collocates(articles, "大桥", minimum=1, span="sentence")
    assert alone.empty


def test_log_dice_of_unlike_counts():
    articles = make_articles("农民水库", "农民", "农民", "水库")
    assert find_collocates(articles, "农民", minimum=1)["log_dice"].tolist() == [14 + log2(2 * 1 / (3 + 2))]


def test_a_window_passes_sentences_but_not_paragraphs_or_fields():
    articles = make_articles("农民。水库\n大桥", headline="工厂")
    assert counts_of(articles, "水库") == {"农民": (1, 0)}
    assert counts_of(articles, "水库", span="sentence") == {}
    assert counts_of(articles, "工厂") == {}


@pytest.mark.parametrize("end", "。！？!?\n")
def test_a_sentence_ends(end):
    assert counts_of(make_articles(f"农民{end}水库"), "水库", span="sentence") == {}


@pytest.mark.parametrize("inside", "，；、：“”")
def test_a_sentence_goes_on(inside):
    assert counts_of(make_articles(f"农民{inside}水库"), "水库", span="sentence") == {"农民": (1, 0)}


def test_stop_words_take_a_place_but_are_no_collocates():
    articles = make_articles("农民的的的的水库")
    assert counts_of(articles, "水库", window=4) == {}
    assert counts_of(articles, "水库", window=5) == {"农民": (1, 0)}
    assert counts_of(articles, "水库", window=5, keep_all=True) == {"农民": (1, 0), "的": (1, 0)}


def test_a_node_counts_a_word_once_and_a_word_belongs_to_one_node():
    assert counts_of(make_articles("农民农民农民水库"), "水库") == {"农民": (1, 0)}
    assert counts_of(make_articles("水库农民水库"), "水库") == {"农民": (0, 1)}
    found = find_collocates(make_articles("农民农民农民水库"), "水库", minimum=1).iloc[0]
    assert found[["n_node", "n_collocate", "log_dice"]].tolist() == [1, 3, 13]


def test_a_slogan_is_found_by_its_surfaces_and_inside_longer_ones():
    articles = make_articles("“一老”与“一小”水库", "一老一小水库", "坚持新时代“枫桥经验”水库", "枫桥经验水库")
    assert find_collocates(articles, "一老一小", minimum=2)["n_node"].tolist() == [2]
    assert find_collocates(articles, "“一老一小”", minimum=2)["n_node"].tolist() == [2]
    found = find_collocates(articles, "枫桥经验", minimum=1)
    assert found.set_index("collocate").at["水库", "n_joint"] == 2
    assert "新时代“枫桥经验”" not in set(found["collocate"])
    longer = find_collocates(articles, "新时代“枫桥经验”", minimum=1)
    assert longer["n_node"].unique().tolist() == [1]


def test_a_phrase_is_found_as_its_words():
    articles = make_articles("水库大桥农民水库，农民大桥")
    assert counts_of(articles, "水库大桥") == {"农民": (0, 1)}
    assert counts_of(articles, "大桥工厂") == {}
    assert counts_of(make_articles("水库\n大桥农民"), "水库大桥") == {}
    assert len(find_collocates(make_articles("水库水库水库农民"), "水库水库", minimum=1)) == 1


@pytest.mark.parametrize("node", ["", " ", "，", "不存在的词"])
def test_a_node_that_is_nowhere_has_no_collocates(node):
    found = check(find_collocates(make_articles("农民水库"), node, minimum=1), COLLOCATES)
    assert found.empty


def test_teasers_are_left_out():
    assert counts_of(make_articles("农民水库", kind="teaser"), "水库") == {}


def test_ready_tokens_of_more_articles_give_the_same(seed_tables):
    tokens = split_tokens(seed_tables.articles).sample(frac=1, random_state=1)
    some = seed_tables.articles.iloc[::2].reset_index(drop=True)
    for span in ("window", "sentence"):
        here = find_collocates(some, "服务", minimum=2, span=span)
        pd.testing.assert_frame_equal(
            find_collocates(some, "服务", minimum=2, span=span, tokens=tokens), here
        )
        assert len(here)


WORDS = st.lists(
    st.sampled_from(["农民", "水库", "大桥", "的", "一老一小", "，", "。", "\n"]), max_size=25
).map("".join)


def count_in_a_loop(articles: pd.DataFrame, node: str, window: int, span: str) -> dict[str, tuple[int, int]]:
    """Count near words token by token, straight from the convention."""
    tokens = split_tokens(articles)
    texts = articles.set_index("article_id")["text"]
    ends = "\n" if span == "window" else "\n。"
    found: dict[str, list[int]] = {}
    for article, group in tokens.groupby("article_id"):
        places = [
            (row.word, sum(texts[article][: row.start].count(end) for end in ends))
            for row in group.itertuples()
        ]
        nodes = [i for i, (word, _) in enumerate(places) if word == node]
        nearest: dict[tuple[int, str], tuple[int, int]] = {}
        for i, (word, unit) in enumerate(places):
            reach = [
                j for j in nodes if places[j][1] == unit and (span == "sentence" or abs(j - i) <= window)
            ]
            if word in (node, "的") or not reach:
                continue
            best = min(reach, key=lambda j: (abs(j - i), j))
            claim = (abs(best - i), i)
            nearest[best, word] = min(nearest.get((best, word), claim), claim)
        for (best, word), (_, i) in nearest.items():
            found.setdefault(word, [0, 0])[i > best] += 1
    return {word: (left, right) for word, (left, right) in found.items()}


@given(st.lists(WORDS, max_size=3), st.integers(1, 6), st.sampled_from(["window", "sentence"]))
@settings(max_examples=120, deadline=None)
def test_any_text_is_counted_as_a_loop_counts_it(texts, window, span):
    articles = make_articles(*texts)
    assert counts_of(articles, "水库", window=window, span=span) == count_in_a_loop(
        articles, "水库", window, span
    )


@given(st.text(max_size=40), st.text(max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_text_and_node_give_a_sound_table(text, node):
    found = check(find_collocates(make_articles(text + node), node, minimum=1, keep_all=True), COLLOCATES)
    assert (found["n_left"] + found["n_right"] == found["n_joint"]).all()
    assert (found["n_joint"] <= found[["n_node", "n_collocate"]].min(axis=1)).all()
    assert (found["log_dice"] <= 14).all()


def test_contract(seed_tables):
    articles = seed_tables.articles
    before = articles.copy()
    found = check(find_collocates(articles, "一老一小", minimum=2), COLLOCATES)
    assert len(found) and found["log_dice"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(find_collocates(articles, "一老一小", minimum=2), found)
    pd.testing.assert_frame_equal(articles, before)
    assert (found["n_joint"] >= 2).all()
    for table in (find_collocates(empty(ARTICLES), "水库"), *find_network(empty(ARTICLES), "水库")):
        assert table.empty


def test_network_by_hand():
    articles = make_articles("农民水库大桥", "农民水库", "农民", "工厂")
    nodes, edges = find_network(articles, "水库", minimum=1)
    assert nodes[["word", "n", "is_node"]].to_numpy().tolist() == [
        ["水库", 2, True],
        ["农民", 3, False],
        ["大桥", 1, False],
    ]
    assert edges[["source", "target", "n_joint"]].to_numpy().tolist() == [
        ["水库", "农民", 2],
        ["水库", "大桥", 1],
        ["农民", "大桥", 1],
    ]
    assert edges["log_dice"].tolist() == pytest.approx([14 + log2(n) for n in (4 / 5, 2 / 3, 2 / 4)])
    few = find_network(articles, "水库", minimum=1, limit=1)
    assert few.edges[["source", "target"]].to_numpy().tolist() == [["水库", "农民"]]


def test_network_of_the_seeds_joins(seed_tables):
    nodes, edges = find_network(seed_tables.articles, "服务", minimum=2)
    check(nodes, NETWORK_NODES)
    check(edges, NETWORK_EDGES)
    assert nodes["word"].is_unique and nodes["is_node"].sum() == 1
    assert set(edges["source"]) | set(edges["target"]) == set(nodes["word"])
    assert len(edges) > len(nodes) - 1


@pytest.mark.parametrize(
    ("options", "culprit"),
    [({"span": "page"}, "'page'"), ({"window": 0}, "window 0"), ({"minimum": 0}, "minimum 0")],
)
def test_wrong_options_name_culprit_and_cure(options, culprit):
    with pytest.raises(CollocateError, match=f"{culprit}.*expected"):
        find_collocates(make_articles("水库"), "水库", **options)


@pytest.mark.parametrize("span", ["window", "sentence"])
@pytest.mark.parametrize("node", ["服务", "一老一小", "nowhere"])
def test_collocates_and_their_network_are_the_same_found_at_once(seed_tables, node, span):
    articles, options = seed_tables.articles, {"minimum": 2, "span": span}
    found, network = find_company(articles, node, **options)
    pd.testing.assert_frame_equal(found, find_collocates(articles, node, **options))
    for one, other in zip(network, find_network(articles, node, **options), strict=True):
        pd.testing.assert_frame_equal(one, other)
