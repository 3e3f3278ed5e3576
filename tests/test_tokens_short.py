"""Tests of `analysis.tokens.short`: short texts have the tokens of long ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tokens import Token, split, split_texts
from analysis.tokens.dictionary import load_dictionary
from analysis.tokens.segmenters import JIEBA, RJIEBA
from analysis.tokens.short import split_short

STRETCHES = st.text(max_size=80) | st.text(
    "一的县委书记市区镇街道村樟潭峡川衢江农业局长主任王旭东仲芳活动常在乡〇㐀𠮷鿿2024年4月日ABa-+.%、（）·Прив①",
    max_size=60,
)


@given(STRETCHES)
@settings(max_examples=300, deadline=None)
def test_short_and_long_ways_agree(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(split, "_SHORT", -1)
        wanted = split_texts([text], [[]])[0]
    assert split_texts([text], [[]])[0] == wanted
    for segmenter in (JIEBA, RJIEBA):
        found = split_short(text, load_dictionary(segmenter))
        assert found is None or found == wanted


def test_a_place_is_put_together():
    found = split_short("走进樟潭街道", load_dictionary())
    assert found == [Token("走进", "v", 0, 2), Token("樟潭街道", "ns", 2, 6)]


def test_a_text_that_repeats_a_word_is_left_to_the_long_way():
    assert split_short("仲旭东，仲旭东", load_dictionary()) is None
    assert [token.word for token in split_texts(["仲旭东，仲旭东"], [[]])[0]] == ["仲旭东", "仲旭东"]
