"""A taxonomy as text: what is read back, what is wrong with it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.schema import OTHER_TOPIC
from analysis.topics.taxonomy import (
    LEAST_WEIGHT,
    MOST_WEIGHT,
    TAXONOMY,
    TaxonomyError,
    format_taxonomy,
    parse_taxonomy,
    read_taxonomy,
)

_CELLS = (
    st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda cell: cell and cell != OTHER_TOPIC)
)
_ROWS = st.lists(
    st.tuples(_CELLS, _CELLS, st.floats(LEAST_WEIGHT, MOST_WEIGHT)),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[:2],
)


def test_the_text_of_the_file_is_what_the_file_is():
    parsed = parse_taxonomy(TAXONOMY.read_text(encoding="utf-8"), "topics.tsv")
    pd.testing.assert_frame_equal(parsed, read_taxonomy())
    pd.testing.assert_frame_equal(parse_taxonomy(format_taxonomy(parsed), "again"), parsed)


@given(_ROWS)
def test_what_is_written_is_read_back(rows):
    columns = {"topic": "str", "cue": "str", "weight": "float64"}
    taxonomy = pd.DataFrame(rows, columns=list(columns)).astype(columns)
    text = format_taxonomy(taxonomy)
    pd.testing.assert_frame_equal(parse_taxonomy(text, "mine.tsv"), taxonomy)
    assert format_taxonomy(parse_taxonomy(text, "mine.tsv")) == text


def test_spelling_of_the_file_does_not_matter():
    plain = "养老\t一老一小\t4\n"
    loose = "# mine\r\n\r\ntopic\tcue\tweight\r\n 养老 \t一老一小\t4.0\r\n"
    assert format_taxonomy(parse_taxonomy(plain, "a")) == format_taxonomy(parse_taxonomy(loose, "b"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "mine.tsv: has no cue"),
        ("养老\t一老一小\n", "mine.tsv:1: '养老' has 2"),
        ("# c\n养老\t\t4\n", "mine.tsv:2: cue is empty"),
        ("养老\t一老一小\tmuch\n", "mine.tsv:1: weight 'much' is no number from 0.001 to 1000"),
        ("养老\t一老一小\t4\n养老\t一老一小\t3\n", "mine.tsv:2: .* in line 1 already"),
        (f"{OTHER_TOPIC}\t一老一小\t4\n", "mine.tsv:1: topic 其他 is kept"),
    ],
    ids=["nothing", "two columns", "no cue", "no number", "twice", "kept name"],
)
def test_a_wrong_row_is_named_with_its_line(text, says):
    with pytest.raises(TaxonomyError, match=says):
        parse_taxonomy(text, "mine.tsv")


@pytest.mark.parametrize(
    "weight", ["nan", "inf", "-inf", "-1", "0", "1e-320", "1e300", "1e999", "1001", "0x10"]
)
def test_an_odd_weight_is_named(weight):
    with pytest.raises(TaxonomyError, match=f"^mine.tsv:1: weight '{weight}'"):
        parse_taxonomy(f"养老\t一老一小\t{weight}\n", "mine.tsv")


@given(st.text(max_size=80))
def test_any_text_is_a_taxonomy_or_an_error_in_one_line(text):
    try:
        assert len(parse_taxonomy(text, "mine.tsv"))
    except TaxonomyError as error:
        assert str(error).startswith("mine.tsv")
