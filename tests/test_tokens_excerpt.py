"""Tests of `analysis.tokens.excerpt`: of a short text, the words are those of the whole dictionary."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.tokens import dictionary as module
from analysis.tokens import excerpt
from analysis.tokens.dictionary import load_dictionary
from analysis.tokens.excerpt import Pairs, holds_word, read_excerpt
from analysis.tokens.segmenters import BREAK, FIRST_CHARACTER, LAST_CHARACTER, RJIEBA, find_jieba
from analysis.word_lists import read_column, read_words

ROOT = Path(__file__).parent.parent
FILE = find_jieba() / "dict.txt"
WHOLE = load_dictionary(RJIEBA)
COMMON = "的一是在了人有国年大会中发展工作活动常乡村区县市镇组织王李陈伟芳旭东江新林记者讯"
CHINESE = re.compile(f"[{FIRST_CHARACTER}-{LAST_CHARACTER}]+")
RUNS = st.lists(
    st.text(st.characters(min_codepoint=ord(FIRST_CHARACTER), max_codepoint=ord(LAST_CHARACTER)), min_size=1)
    | st.text(COMMON, min_size=1, max_size=40)
    | st.sampled_from([*read_words("institutions.txt"), *read_words("titles.txt")])
    | st.sampled_from([*read_column("places.tsv")[::9], *read_column("townships.tsv")[::99]])
    | st.sampled_from([word for word in sorted(WHOLE.tags)[::50] if CHINESE.fullmatch(word)]),
    min_size=1,
    max_size=8,
)


def cut_both(text: str) -> tuple[list, list]:
    part = module._build_excerpt(text)
    return [
        [
            known.segment(text).tolist(),
            [known.tags.get(word) for run in text.split(BREAK) for word in known.cut(run)],
        ]
        for known in (part, WHOLE)
    ]


@given(RUNS)
@settings(max_examples=60, deadline=None)
def test_any_text_is_cut_alike_by_the_part_and_the_whole(runs):
    for border in (BREAK, ""):
        part, whole = cut_both(border.join(runs))
        assert part == whole


def test_the_pages_that_come_with_us_are_cut_alike():
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = BREAK.join(
            "".join(c if FIRST_CHARACTER <= c <= LAST_CHARACTER else BREAK for c in line)
            for line in path.read_text(encoding="utf-8").splitlines()
        )
        part, whole = cut_both(text)
        assert part == whole


def test_the_dictionary_that_is_installed_is_known():
    total, _ = excerpt._read_known(FILE)
    frequencies, tags = module._read_dictionary(FILE)
    assert total == sum(frequencies.values())
    found = read_excerpt(FILE, Pairs("我们B超"))
    assert found.total == total
    assert {"我", "我们", "B超"} <= found.frequencies.keys() <= frequencies.keys()
    assert all(
        frequencies[word] == n and tags[word] == found.tags[word] for word, n in found.frequencies.items()
    )
    assert len(found.frequencies) < 20


def test_of_another_dictionary_the_whole_is_read(tmp_path, monkeypatch):
    other = tmp_path / "dict.txt"
    other.write_text("我们 3 r\n你们 4 r\n", encoding="utf-8")
    assert read_excerpt(other, Pairs("我们")) is None
    monkeypatch.setattr(module, "read_excerpt", lambda *_: None)
    monkeypatch.setattr(module, "_is_loaded", lambda: False)
    monkeypatch.setattr(module, "_USED", {"characters": 0, "words": 0})
    assert module.load_excerpt("我们") is WHOLE


@pytest.mark.parametrize(
    "word", ["我们", "衢江", "衢州市", "农业农村局", "县委书记", "宕㐀", "AT&T", "京", "", "我 r"]
)
def test_a_word_is_known_alike_before_the_whole_is_loaded(word, monkeypatch):
    wanted = module.is_dictionary_word(word)
    assert wanted == (word in WHOLE.tags)
    monkeypatch.setattr(module, "_is_loaded", lambda: False)
    monkeypatch.setattr(module, "_USED", {"characters": 0, "words": 0})
    assert module.is_dictionary_word(word) == wanted


def test_the_first_line_of_a_dictionary_is_a_word(tmp_path):
    file = tmp_path / "dict.txt"
    file.write_text("我们 3 r\n你们 4 r\n", encoding="utf-8")
    assert [holds_word(file, word) for word in ("我们", "你们", "我", "们")] == [True, True, False, False]


_SHORT_AND_LONG = """
from analysis.tokens import is_dictionary_word, split_words
from analysis.tokens.dictionary import _build_dictionary
loaded = lambda: bool(_build_dictionary.cache_info().currsize)
text = "区农业农村局走进峡川镇，会议强调以人民为中心。" * 5
short = split_words(text), is_dictionary_word("会议")
print(loaded())
for _ in range(400):
    assert (split_words(text), is_dictionary_word("会议")) == short
print(loaded())
"""


def test_the_whole_is_loaded_when_texts_are_many():
    done = subprocess.run([sys.executable, "-c", _SHORT_AND_LONG], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["False", "True"]
