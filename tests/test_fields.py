"""Tests of `analysis.fields`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fields import (
    ABSENT,
    HEADLINE_FIELDS,
    FieldError,
    concatenate_fields,
    keep_fields,
    locate_fields,
    select_rows,
)
from analysis.schema import FIELDS


def make_articles(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[*FIELDS]).astype("str")
    return frame.assign(article_id=[f"a{i}" for i in range(len(rows))])


@given(st.lists(st.tuples(*[st.text(max_size=5)] * 4), max_size=4))
def test_every_field_is_found_where_it_stands(rows):
    articles = make_articles(*rows)
    joined = concatenate_fields(articles)
    places = articles.melt("article_id", [*FIELDS], var_name="field", value_name="value")
    bases = locate_fields(places, joined)
    for base, value in zip(bases, places["value"], strict=True):
        assert (base == ABSENT) == (value == "")
        assert value == "" or joined.text[base : base + len(value)] == value


def test_other_fields_are_emptied_and_the_input_stays():
    articles = make_articles(("k", "h", "s", "t"))
    kept = keep_fields(articles, ["text"])
    assert kept[[*FIELDS]].to_numpy().tolist() == [["", "", "", "t"]]
    assert articles[[*FIELDS]].to_numpy().tolist() == [["k", "h", "s", "t"]]


def test_an_unknown_field_is_named():
    with pytest.raises(FieldError, match=r"'body'.*expected"):
        keep_fields(make_articles(), ["body"])


def test_rows_of_a_selection_are_those_of_its_articles_and_fields():
    articles = make_articles(("k", "h", "", "t"), ("", "h", "", "t"))
    rows = pd.DataFrame(
        {"article_id": ["a0", "a0", "a1", "a9"], "field": ["text", "kicker", "headline", "text"]}
    )
    chosen = select_rows(rows, keep_fields(articles.iloc[:1], HEADLINE_FIELDS))
    assert chosen.to_numpy().tolist() == [["a0", "kicker"]]
    assert len(select_rows(rows, articles)) == 3
    assert select_rows(rows, articles.iloc[:0]).empty


def test_missing_fields_are_empty():
    articles = make_articles(("k", "h", "s", "t")).assign(kicker=pd.Series([np.nan], dtype="str"))
    assert concatenate_fields(articles).starts[0].tolist() == [ABSENT, 1, 3, 5]
