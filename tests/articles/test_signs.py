"""Signs only spare work: no line that a rule knows is passed over."""

from __future__ import annotations

import re
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles.bylines import (
    BARE_WORD,
    INSTITUTION_ENDS,
    NAME_SIGNS,
    QUOTES,
    STOPS,
    is_byline,
)
from analysis.articles.leads import (
    CREDIT_SIGNS,
    LEAD_SIGNS,
    OPENINGS,
    PAPERS,
    REACH,
    _find_markers,
    _tail_parts,
    find_lead,
    find_parts,
    is_credit,
)
from analysis.articles.lines import FURNITURE_ENDS, FURNITURE_OPENINGS, FURNITURE_SIGNS, is_furniture
from analysis.articles.roles import has_role, read_roles, role_pattern
from analysis.articles.signs import encode, gather, look_up, tabulate
from analysis.word_lists import read_column

_PATTERNS = read_column("page_furniture.tsv")
_NAMES = st.text(
    st.sampled_from("王李周万 欧阳小明　、·（）■记者通讯员县委编辑部组，。“”\u200b本报"), max_size=30
)
_LEADS = st.text(st.sampled_from("本报新华社中据■讯电消息5月7日 （）记者周万浙江日晚网光明"), max_size=40)


@pytest.mark.parametrize("pattern", _PATTERNS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_furniture_has_a_sign(pattern, data):
    drawn = data.draw(st.from_regex(pattern, fullmatch=True))
    text = " ".join(re.sub("[\u200b\ufeff]", " ", drawn).split())
    if text and len(text) <= 90 and re.fullmatch(pattern, text):
        opens = text[0] in FURNITURE_OPENINGS or text[0].isdecimal()
        signed = text[-1] in FURNITURE_ENDS or not FURNITURE_SIGNS.isdisjoint(text)
        assert signed if pattern.startswith(".") else opens
        assert is_furniture(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("摄图影供片新华社人民视觉像中国资料发周万 （）/"), max_size=20))
def test_credits_have_a_sign(text):
    assert not is_credit(text) or not CREDIT_SIGNS.isdisjoint(text)


@settings(deadline=None)
@given(_LEADS)
def test_leads_have_a_sign(text):
    text = text.strip()
    if text and find_lead(text, 0, len(text)):
        assert text[0] in OPENINGS or not PAPERS.isdisjoint(text)
        assert not set(LEAD_SIGNS).isdisjoint(text[:REACH])


@settings(deadline=None)
@given(st.text(st.sampled_from("版摄影图记者周万（） 下转第二供通讯员。\n"), max_size=30))
def test_parts_have_a_sign(text):
    told = set("版摄图").isdisjoint(text) and text.rstrip()[-1:] not in ("影", "）", ")")
    assert not (told and _find_markers(text, 0, len(text)) + _tail_parts(text, 0, len(text)))
    assert not (told and find_parts(text, 0, len(text)))


@settings(deadline=None)
@given(_NAMES)
def test_bylines_have_a_sign(text):
    text = text.strip()
    if text and is_byline(text):
        assert set(STOPS).isdisjoint(text)
        assert set(QUOTES).isdisjoint(text) or text[-1] in INSTITUTION_ENDS
        bare = len(text) < BARE_WORD or text[-1] in INSTITUTION_ENDS
        assert bare or not NAME_SIGNS.isdisjoint(text) or has_role(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("摄影文图/／ 字记者周万"), max_size=8))
def test_has_a_role_where_bylines_are_cut_at_one(text):
    assert has_role(text) == (len(role_pattern().split(text)) > 1)


@pytest.mark.parametrize("word", sorted(read_roles()))
def test_every_role_of_two_characters_is_one_spaced_or_not(word):
    assert len(word) == 1 or (has_role(f"某{word}某") and has_role(" ".join(word)))


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("讯电。，县A\U00020000" + string.digits), min_size=1, max_size=9), min_size=1
    )
)
def test_lines_have_the_signs_of_their_characters(lines):
    table = tabulate("讯电", "。", "", string.digits)
    ends = np.cumsum([len(line) + 1 for line in lines]) - 1
    found = gather(look_up(encode("\n".join(lines)), table), ends - [len(line) for line in lines], ends)
    signs = [set("讯电"), set("。"), set(), set(string.digits)]
    assert found.tolist() == [
        sum(1 << n for n, sign in enumerate(signs) if sign & set(line)) for line in lines
    ]


def test_a_character_beyond_the_table_may_be_any_like_it():
    table = tabulate("县", "\U00020000")
    assert look_up(encode("县\U00020001\U00020000A"), table).tolist() == [1, 2, 2, 0]


def test_a_table_holds_eight_signs():
    with pytest.raises(ValueError, match="9 signs"):
        tabulate(*["县"] * 9)
