"""Tests of `analysis.tokens.segmenters`: two segmenters, the same words."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import jieba
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import FIELDS
from analysis.tokens import dictionary, split_tokens
from analysis.tokens.dictionary import SEGMENTER_VARIABLE, SegmenterError, load_dictionary
from analysis.tokens.segmenters import BREAK, FIRST_CHARACTER, JIEBA, LAST_CHARACTER, RJIEBA, has_rjieba
from analysis.tokens.unknown_words import make_model, mark_word_starts
from analysis.word_lists import read_column, read_words
from tests.benchmarks.__main__ import read_articles

ROOT = Path(__file__).parent.parent
#: Folder of JSON lines, gzipped or not, over all of which the words are compared too; none are shipped.
CORPORA = "TIFA_CORPORA"
FAST, REFERENCE = load_dictionary(RJIEBA), load_dictionary(JIEBA)
COMMON = "的一是在了人有国年大会中发展工作活动常乡村区县市镇组织王李陈伟芳旭东江新林记者讯"
KNOWN_WORDS = st.sampled_from(
    [*read_words("institutions.txt"), *read_words("titles.txt"), *read_column("places.tsv")[::20]]
)
RUNS = st.lists(
    st.text(st.characters(min_codepoint=ord(FIRST_CHARACTER), max_codepoint=ord(LAST_CHARACTER)), min_size=1)
    | st.text(COMMON, min_size=1, max_size=40)
    | KNOWN_WORDS,
    max_size=8,
)
MIXED = st.text() | st.text(
    COMMON + "〇㐀鿿𠮷①ⅣéПривет年月日2021-11.5%+ABab“”，。 \n\t한국ー々\ue000", max_size=60
)


def segment(run: str, known: dictionary.Dictionary) -> list[str]:
    edges = [*known.segment(run).tolist(), len(run)]
    return [run[a:b] for a, b in pairwise(edges)]


def split_with(segmenter: str, articles: pd.DataFrame) -> pd.DataFrame:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SEGMENTER_VARIABLE, segmenter)
        return split_tokens(articles)


def list_corpora() -> list[Path]:
    return sorted(Path(os.environ[CORPORA]).glob("*.jsonl*")) if CORPORA in os.environ else []


def make_articles(*texts: str) -> pd.DataFrame:
    columns = {field: [""] * len(texts) for field in FIELDS} | {"text": list(texts)}
    return pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], **columns})


@given(RUNS)
@settings(max_examples=300, deadline=None)
def test_both_segmenters_cut_any_chinese_text_alike(runs):
    joined = BREAK.join(runs)
    assert FAST.segment(joined).tolist() == REFERENCE.segment(joined).tolist()


@given(RUNS)
@settings(max_examples=100, deadline=None)
def test_the_reference_is_jieba_run_by_run(runs):
    wanted = [word for run in runs for word in [*segment(run, REFERENCE), BREAK]][:-1]
    assert segment(BREAK.join(runs), REFERENCE) == wanted


@pytest.mark.parametrize("file", ["institutions.txt", "titles.txt", "places.tsv", "townships.tsv"])
def test_our_own_words_are_as_frequent_in_both(file):
    words = read_words(file) if file.endswith("txt") else read_column(file)
    # Beside common words each of them has to hold its own: a wrong frequency or total shows there.
    joined = BREAK.join(
        f"{before}{word}{behind}" for word in words for before, behind in (("在", "工作"), ("新", "人"))
    )
    assert FAST.segment(joined).tolist() == REFERENCE.segment(joined).tolist()


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("活动常在乡", ["活动", "常", "在", "乡"]),
        ("江新林组成", ["江", "新林", "组成"]),
        ("我们中出了一个叛徒", ["我们", "中出", "了", "一个", "叛徒"]),
    ],
    ids=["probabilities alike to seven digits", "total of frequencies", "unknown word"],
)
def test_where_the_two_would_differ(run, words):
    assert segment(run, FAST) == segment(run, REFERENCE) == words


def test_a_plain_jieba_agrees_where_our_words_do_not_stand():
    run = "他来到了网易杭研大厦买了三只烤鸭"
    assert segment(run, FAST) == jieba.Tokenizer().lcut(run)


@given(st.lists(MIXED, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_text_has_the_same_tokens(texts):
    articles = make_articles(*texts)
    pd.testing.assert_frame_equal(split_with(RJIEBA, articles), split_with(JIEBA, articles))


def test_the_seeds_have_the_same_tokens(seed_tables):
    assert len(split_with(RJIEBA, seed_tables.articles)) > 9_000
    pd.testing.assert_frame_equal(
        split_with(RJIEBA, seed_tables.articles), split_with(JIEBA, seed_tables.articles)
    )


@pytest.mark.skipif(CORPORA not in os.environ, reason=f"{CORPORA} names no folder of corpora")
@pytest.mark.parametrize("path", list_corpora(), ids=lambda path: path.name)
def test_whole_corpora_have_the_same_tokens(path):
    articles = read_articles(str(path))
    for first in range(0, len(articles), 2000):
        some = articles.iloc[first : first + 2000]
        pd.testing.assert_frame_equal(split_with(RJIEBA, some), split_with(JIEBA, some))


def test_the_fast_one_is_the_default_and_a_wrong_name_is_told(monkeypatch):
    monkeypatch.delenv(SEGMENTER_VARIABLE, raising=False)
    assert has_rjieba()
    assert load_dictionary() is FAST
    monkeypatch.setenv(SEGMENTER_VARIABLE, " jieba ")
    assert load_dictionary() is REFERENCE
    with pytest.raises(SegmenterError, match=r"'mmseg'.*expected.*rjieba"):
        load_dictionary("mmseg")


def test_without_rjieba_the_words_are_the_same():
    script = (
        "import sys; sys.modules['rjieba'] = None\n"
        "from analysis.tokens import split_words\n"
        "from analysis.tokens.segmenters import has_rjieba\n"
        "print(has_rjieba(), *split_words('区农业农村局2021-2025年走进峡川镇'))"
    )
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop(SEGMENTER_VARIABLE, None)
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.split() == ["False", "区农业农村局", "2021", "2025年", "走进", "峡川镇"]


def test_runs_of_every_length_are_guessed_each_for_itself():
    states = "BMES"
    # Characters a, b, c: a begins a word, b ends one, c stands alone.
    emissions = {state: {"a": -9.0, "b": -9.0, "c": -9.0} for state in states}
    emissions["B"]["a"] = emissions["E"]["b"] = emissions["S"]["c"] = -1.0
    transitions = {"B": {"M": -1.0, "E": -1.0}, "M": {"M": -1.0, "E": -1.0}, "E": {"B": -1.0, "S": -1.0}}
    transitions["S"] = transitions["E"]
    first = {"B": -1.0, "M": -3.14e100, "E": -3.14e100, "S": -1.0}
    model = make_model(first, transitions, emissions, ("a", "c"))
    runs = ["ab", "cabc", "c", "abab"]
    codes = np.array([ord(character) for character in "".join(runs)], dtype=np.uint32)
    marks = mark_word_starts(codes, np.array([len(run) for run in runs]), model)
    assert "".join("x" if mark else "." for mark in marks) == "x." + "xx.x" + "x" + "x.x."
