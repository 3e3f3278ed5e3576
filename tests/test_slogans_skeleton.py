"""The skeleton keeps what is read and forgets how it is set."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.slogans.skeleton import kept_offsets, skeleton, trace_skeleton


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("", ""),
        (" \n\t　\u00a0\u200b\ufeff", ""),
        ("“a”‘b’「c」『d』\"e\"'f'", "abcdef"),
        ("８＋４，（一）；：！？", "8+4,(一);:!?"),
        ("PK赛", "pk赛"),
        ("⾼质量", "高质量"),
        ("产城•人文・同心", "产城·人文·同心"),
        ("①8", "①8"),
        ("、。《》…", "、。《》…"),
    ],
)
def test_skeleton_of(text, bare):
    assert skeleton(text) == bare


@settings(deadline=None)
@given(st.text())
def test_every_character_of_the_skeleton_comes_from_one_of_the_text(text):
    bare, offsets = trace_skeleton(text)
    assert len(bare) == len(offsets)
    assert offsets.tolist() == sorted(set(offsets.tolist()))
    assert [skeleton(text[i]) for i in kept_offsets(text)] == list(bare)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_both_ways_to_the_skeleton_agree_and_it_is_its_own(text):
    assert trace_skeleton(text)[0] == skeleton(text)
    assert skeleton(skeleton(text)) == skeleton(text)


def test_half_a_surrogate_pair_is_replaced():
    assert trace_skeleton("a\ud800b")[0] == "a\ufffdb"
