"""Comparisons by arrays give what the same comparisons by sets give."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles.matching import code_grams, cohere, compare, drop_marks, grams, list_grams

#: Few characters, so that texts share some; one beyond the first plane, marks, a NUL and half a character.
TEXT = st.text(alphabet="县委书记𠮷a1_，。 \n\x00\ud800", max_size=40)
OPENING = 7


def _weigh(heads: list[str], texts: list[str]) -> dict[str, float]:
    counts = Counter(gram for text in texts for gram in grams(text))
    wanted = {gram for head in heads for gram in grams(head)}
    return {
        gram: math.log((len(texts) + 1) / (counts[gram] - 0.5)) * (1.5 if len(gram) == 3 else 1)
        if counts[gram]
        else 1.5
        for gram in wanted
    }


def _share(head: str, text: str, weights: dict[str, float]) -> float:
    whole = sum(weights[gram] for gram in sorted(grams(head)))
    return sum(weights[gram] for gram in sorted(grams(head) & grams(text))) / whole if whole else 0.0


@settings(max_examples=150, deadline=None)
@given(heads=st.lists(TEXT, max_size=4), texts=st.lists(TEXT, min_size=1, max_size=4))
def test_likeness_is_the_share_of_weight(heads, texts):
    weights = _weigh(heads, texts)
    found = compare(heads, texts, OPENING)
    assert found.shape == (len(heads), len(texts))
    for row, head in zip(found.tolist(), heads, strict=True):
        for likeness, text in zip(row, texts, strict=True):
            whole, opening = (_share(head, part, weights) for part in (text, text[:OPENING]))
            assert likeness == pytest.approx(0.75 * whole + 0.25 * opening)


@settings(max_examples=150, deadline=None)
@given(above=TEXT, below=TEXT)
def test_cohesion_is_the_share_of_triples(above, below):
    kinds = [{gram for gram in grams(text) if len(gram) == 3} for text in (above, below)]
    least = min(map(len, kinds))
    assert cohere(above, below) == (len(kinds[0] & kinds[1]) / least if least else 0.0)


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(TEXT, max_size=4))
def test_each_pair_and_triple_is_listed_as_often_as_it_stands(texts):
    stand = [text[i : i + n] for n in (2, 3) for text in texts for i in range(len(text) - n + 1)]
    assert list_grams(texts).tolist() == code_grams(stand)
    assert len(set(code_grams(stand))) == len(set(stand))


def test_punctuation_neither_parts_nor_joins():
    assert cohere("新昌，县委", "新昌县委") == 1.0
    assert drop_marks("“一老一小”_1") == "一老一小_1"


def test_only_the_beginning_of_a_long_text_is_compared():
    assert compare(["县委书记"], ["县委书记" + "好" * 9000], 300)[0, 0] == 1.0
    assert compare(["县委书记"], ["好" * 9000 + "县委书记"], 300)[0, 0] == 0.0
