"""Tests of `analysis.shelves.searching.needles`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.fields import flatten
from analysis.shelves.searching.needles import GB_18030, UTF_8, find_needle, may_hold

# Chinese, letters with several cases, digits, blanks of every width, characters of four bytes in GB 18030.
_SIGNS = "一老小镕乂aAkKſKßéÉ0139 \n\u3000\u2003\u00a0㛃𬭩ΣσςİI，"
_TEXT = st.text(st.sampled_from(_SIGNS) | st.characters(codec="utf-8"), max_size=30)
_WORDS = st.text(st.sampled_from(_SIGNS) | st.characters(codec="utf-8"), min_size=1, max_size=4)


def encode(texts: list[str], encoding: str, *, large: bool = False) -> pa.ChunkedArray:
    kind = pa.large_binary() if large else pa.binary()
    encoded = [text.encode(encoding) for text in texts]
    halves = encoded[: len(encoded) // 2], encoded[len(encoded) // 2 :]
    return pa.chunked_array([pa.array(half, kind) for half in halves], kind)


def hold(texts: list[str], words: str) -> list[bool]:
    return [flatten(words) in flatten(text) for text in texts]


@given(st.lists(_TEXT, max_size=6), _WORDS.filter(flatten), st.booleans())
@example(["3㛃", "㛃3", "1㛃老"], "㛃", False)
@example(["a\u3000\u3000\u3000b"], "AB", True)
@example(["K线", "Ktv"], "k", False)
def test_a_needle_is_found_exactly_where_flattened_texts_hold_it(texts, words, large):
    for encoding in (UTF_8, GB_18030):
        found = find_needle(encode(texts, encoding, large=large), words, encoding)
        assert found.dtype == bool
        assert found.tolist() == hold(texts, words)


@given(st.lists(_TEXT.filter(bool), min_size=1, max_size=6), st.data())
def test_every_part_of_a_text_is_found_in_it(texts, data):
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for encoding in (UTF_8, GB_18030):
        may = may_hold(encode(texts, encoding), text[start:end], encoding)
        assert may[texts.index(text)]
        if flatten(text[start:end]):
            found = find_needle(encode(texts, encoding), text[start:end], encoding)
            assert found[texts.index(text)]


def test_bytes_of_two_characters_do_not_make_a_third():
    # The second byte of 一 and the first of 老 are those of 焕; behind it stands a real one.
    crossing = "一老".encode("gb18030")[1:3].decode("gb18030")
    texts = ["一老", f"一老一小，{crossing}", f"9一老{crossing}", "1一老", "老一老"]
    found = find_needle(encode(texts, GB_18030), crossing, GB_18030)
    assert found.tolist() == [False, True, True, False, False]


def test_digits_inside_a_character_of_four_bytes_are_no_digits():
    assert "㛃".encode("gb18030")[1:2].isdigit()
    digit = "㛃".encode("gb18030")[1:2].decode()
    texts = ["㛃", f"㛃{digit}", f"{digit}㛃", f"老{digit}届"]
    assert find_needle(encode(texts, GB_18030), digit, GB_18030).tolist() == [False, True, True, True]


def test_halves_of_two_characters_of_four_bytes_do_not_make_a_third():
    crossing = "㛃㛄".encode("gb18030")[2:6].decode("gb18030")
    texts = ["㛃㛄", f"㛃㛄{crossing}", f"老{crossing}", f"7{crossing}"]
    assert find_needle(encode(texts, GB_18030), crossing, GB_18030).tolist() == [False, True, True, True]


@pytest.mark.parametrize("length", [39, 40, 41, 200])
def test_long_needles_are_held_against_the_whole_text(length):
    words = ("共同富裕示范区" * 30)[:length]
    texts = [words, words[:-1], f"{words[:20]}\n{words[20:]}", f"{words[:-1]}乙"]
    assert find_needle(encode(texts, GB_18030), words, GB_18030).tolist() == [True, False, True, False]


def test_half_a_character_is_found_in_memory_and_nowhere_in_a_store():
    texts = pa.chunked_array([[b"", "\ud800".encode("utf-8", "surrogatepass")]])
    assert find_needle(texts, "\ud800", UTF_8).tolist() == [False, True]
    assert find_needle(texts, "\ud800", GB_18030).tolist() == [False, False]
    assert may_hold(texts, "\ud800", GB_18030).tolist() == [False, False]


def test_no_texts_have_no_finds():
    for texts in (pa.chunked_array([], pa.binary()), pa.chunked_array([pa.array([], pa.binary())])):
        assert find_needle(texts, "共富", GB_18030).tolist() == []
    assert find_needle(encode([""], UTF_8), "共富", UTF_8).dtype == np.dtype(bool)
