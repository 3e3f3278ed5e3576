"""Tests of `analysis.haystacks`."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick
from hypothesis import given
from hypothesis import strategies as st

from analysis.haystacks import BORDER, choose_border, find_patterns, join_texts, place_finds

TEXTS = st.lists(st.text(alphabet="甲乙丙𠀀", max_size=6), max_size=12)


@given(TEXTS, st.integers(1, 20))
def test_finds_are_those_of_each_text(texts, chars):
    patterns = ["甲乙", "乙", "丙甲", "𠀀甲"]
    automaton = AhoCorasick(patterns)
    found = []
    for hay in join_texts(texts, chars=chars):
        pattern, start, end = find_patterns(automaton, hay.text, overlapping=True).T
        places = place_finds(hay, start)
        rows = zip(places.docs, pattern, places.starts, places.starts + end - start, strict=True)
        found += [tuple(map(int, row)) for row in rows]
    expected = {
        (doc, number, at, at + len(pattern))
        for doc, text in enumerate(texts)
        for number, pattern in enumerate(patterns)
        for at in range(len(text))
        if text.startswith(pattern, at)
    }
    assert len(found) == len(expected)
    assert set(found) == expected


@given(TEXTS, st.integers(1, 20))
def test_every_text_stands_in_one_haystack(texts, chars):
    hays = list(join_texts(texts, chars=chars))
    assert [text for hay in hays for text in hay.text.split(BORDER)] == texts
    assert [hay.first for hay in hays] == [0, *[hay.first + len(hay.begins) for hay in hays]][: len(hays)]


@given(st.lists(st.text(max_size=4)))
def test_the_border_stands_in_no_pattern(patterns):
    assert not any(choose_border(patterns) in pattern for pattern in patterns)
