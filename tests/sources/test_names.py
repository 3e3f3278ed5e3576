"""Names as strangers give them: nothing in them acts, none is lost, none passes for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sources.names import NAME_CHARS, clean_name, number_names, show_name

_ODD = [
    "\n",
    "\r",
    "\x1b",
    "\0",
    "\u202e",
    "\u200b",
    "\u2066",
    "\ufeff",
    "\u2028",
    "\ud800",
    "\u3164",
    "\ufe0f",
]


@pytest.mark.parametrize("char", _ODD, ids=lambda char: f"{ord(char):04X}")
def test_what_nobody_sees_in_a_name_is_written_out(char):
    shown = show_name(f"头版{char}.txt")
    assert shown == f"头版[U+{ord(char):04X}].txt"
    assert shown != show_name("头版.txt")
    shown.encode("utf-8")


def test_rare_characters_and_full_width_spaces_are_kept():
    assert show_name("㛃䶮\u3000第一版.txt") == "㛃䶮\u3000第一版.txt"


@pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "..\\etc\\a.txt", "./etc//a.txt"])
def test_no_name_leads_out_of_a_folder(name):
    assert clean_name(name) == "etc/a.txt"


def test_a_long_path_is_cut_in_its_middle():
    shown = show_name("年" * 70_000 + ".txt")
    assert len(shown) == NAME_CHARS
    assert shown.endswith("年.txt")


def test_twenty_thousand_files_of_one_name_are_numbered_at_once():
    names = number_names(["a.txt"] * 20_000)
    assert len(set(names)) == 20_000
    assert names[:2] == ["a.txt", "a (2).txt"]


@given(st.text())
def test_any_name_is_shown_as_one_line_without_ways_out(name):
    cleaned = clean_name(name)
    assert cleaned and len(cleaned) <= NAME_CHARS
    assert show_name(cleaned) == cleaned
    assert ".." not in cleaned.split("/") and not cleaned.startswith("/")
    assert len(cleaned.splitlines()) == 1


@given(st.lists(st.sampled_from(["a.txt", "a (2).txt", "b", "b (2)"]), max_size=12))
def test_numbered_names_differ_and_keep_their_kind(names):
    numbered = number_names(names)
    assert len(set(numbered)) == len(names)
    assert [name.endswith(".txt") for name in numbered] == [name.endswith(".txt") for name in names]
