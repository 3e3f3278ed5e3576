"""Slogans by article: rolled up from columns of numbers, and their names in order."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.shelves.matrices.columns import make_columns
from analysis.shelves.matrices.rolls import make_rolls, roll_columns
from analysis.slogans import find_slogans, read_lexicon, roll_up

# What stands inside others, has parents, or crosses the end of a hit.
_PIECES = ["新时代“枫桥\n经验”", "微网格", "乡村全面振兴", "推动", "新质生产力发展", "党的二十大精神", "，"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join), min_size=1, max_size=5))
def test_columns_are_rolled_up_as_the_table_is(texts):
    articles = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": texts})
    hits = find_slogans(articles.assign(kicker="", headline=articles["text"].str[:5], subhead=""))
    lexicon = read_lexicon()
    rows = pd.Index(articles["article_id"]).get_indexer(hits["article_id"])
    columns = make_columns(hits.drop(columns="article_id").assign(row=rows), len(texts))
    found = roll_columns(columns, lexicon).astype({"slogan": "str", "field": "str", "row": "int64"})
    whole = roll_up(hits, lexicon)
    whole["row"] = pd.Index(articles["article_id"]).get_indexer(whole["article_id"])
    expected = whole[["slogan", "field", "row"]].astype({"slogan": "str", "field": "str", "row": "int64"})
    pd.testing.assert_frame_equal(found, expected)


def test_names_stand_by_code_point_in_whatever_order_they_were_read():
    slogans = pd.Series(pd.Categorical(["b", "a", "c"], categories=["c", "b", "a", "unused"]))
    rolls = make_rolls(np.arange(3), slogans, np.array([1, 2, 3]), 3)
    assert rolls.names.tolist() == ["a", "b", "c"]
    assert rolls.counts.toarray().tolist() == [[0, 1, 0], [2, 0, 0], [0, 0, 3]]
