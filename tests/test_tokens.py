"""Tests of `analysis.tokens`."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jieba
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import FIELDS
from analysis.slogans import skeleton
from analysis.tokens import (
    compile_slogans,
    find_all_slogans,
    is_numeral,
    split_texts,
    split_tokens,
    split_words,
)

TEXTS = st.text() | st.text(alphabet="一老小新时代枫桥经验“”‘’ \n415X8+4年月日台县镇AB%.，。")


def make_lexicon(*slogans: str) -> pd.DataFrame:
    return pd.DataFrame({"slogan": slogans, "aliases": "", "guard": ""}, dtype="str")


SLOGANS = make_lexicon(
    "一老一小", "枫桥经验", "新时代枫桥经验", "415X", "8+4", "三个“一号工程”", "八八战略", "平安建设"
)
NO_SLOGANS = make_lexicon()
MATCHER = compile_slogans(SLOGANS)


def make_articles(*texts: str) -> pd.DataFrame:
    columns = {"article_id": [f"a{i}" for i in range(len(texts))], "text": list(texts)}
    return pd.DataFrame({**columns, **{field: [""] * len(texts) for field in FIELDS if field != "text"}})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“一老一小”服务", ["一老一小", "服务"]),
        ("新时代“枫桥经验”", ["新时代枫桥经验"]),
        ("三个‘一号工程’", ["三个“一号工程”"]),
        ("瞄准“415X”先进制造业", ["瞄准", "415X", "先进", "制造业"]),
        ("实施“8+4”政策", ["实施", "8+4", "政策"]),
        ("比分18+40", ["比分", "18+40"]),
        ("八八 战略", ["八八战略"]),
    ],
    ids=["quoted", "quotes inside", "other quotes", "Latin", "plus sign", "longer number", "space inside"],
)
def test_slogans_are_whole_words(text, words):
    assert split_words(text, lexicon=SLOGANS) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("年产8500台", ["年产", "8500", "台"]),
        ("4月19日上午", ["4月19日", "上午"]),
        ("PM2.5下降27.2%", ["PM2.5", "下降", "27.2%"]),
        ("“1+4+5+N”体系", ["1+4+5+N", "体系"]),
        ("县委副书记、政法委书记", ["县委副书记", "政法委书记"]),
        ("区农业农村局局长", ["区农业农村局", "局长"]),
        ("走进峡川镇、云溪乡", ["走进", "峡川镇", "云溪乡"]),
        ("我县各镇", ["我县", "各镇"]),
        ("", []),
        ("，。！ \n", []),
    ],
)
def test_numbers_offices_and_places_are_whole_words(text, words):
    assert split_words(text, lexicon=NO_SLOGANS) == words


def test_one_slogan_inside_another_is_one_token_but_found_twice():
    text = "坚持新时代“枫桥经验”"
    assert split_words(text, lexicon=SLOGANS)[-1] == "新时代枫桥经验"
    found = find_all_slogans([text], MATCHER)[0]
    assert [text[t.start : t.end] for t in found] == ["新时代“枫桥经验", "枫桥经验"]


def test_of_crossing_slogans_the_first_is_the_token():
    lexicon = make_lexicon("平安绍兴", "绍兴建设")
    assert split_words("平安绍兴建设", lexicon=lexicon) == ["平安绍兴", "建设"]


def test_an_alias_is_named_as_its_slogan():
    lexicon = make_lexicon("一老一小").assign(aliases="一老与一小")
    assert split_words("办好一老与一小服务", lexicon=lexicon) == ["办好", "一老一小", "服务"]


def test_slogans_of_many_texts_stay_with_their_text():
    found = find_all_slogans(["一老一小", "", "八八战略与一老一小"], MATCHER)
    assert [[t.word for t in tokens] for tokens in found] == [["一老一小"], [], ["八八战略", "一老一小"]]


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_tokens_stand_where_they_say_in_order(text):
    tokens = split_texts([text], find_all_slogans([text], MATCHER))[0]
    ends = [0] + [token.end for token in tokens]
    assert all(before <= token.start < token.end for before, token in zip(ends, tokens, strict=False))
    for token in tokens:
        surface = text[token.start : token.end]
        assert surface == token.word or token.flag == "slogan"
        if token.flag == "slogan":
            assert skeleton(surface) == skeleton(token.word)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_letter_is_lost(text):
    covered = {
        i
        for token in split_texts([text], find_all_slogans([text], MATCHER))[0]
        for i in range(token.start, token.end)
    }
    lost = {text[i] for i in range(len(text)) if i not in covered and text[i].isalpha()}
    assert not lost


def test_names_that_an_article_repeats_are_put_together():
    once = split_words("仲旭东来到小区。", lexicon=NO_SLOGANS)
    often = split_words("仲旭东来到小区。仲旭东指出，仲旭东强调", lexicon=NO_SLOGANS)
    assert once[:2] == ["仲", "旭东"]
    assert often.count("仲旭东") == 3


def test_a_verb_beside_a_name_stays_apart():
    words = split_words("郭强说，好。郭强说，行。", lexicon=NO_SLOGANS)
    assert words.count("郭强") == 2


def test_names_are_put_together_over_the_fields_of_an_article():
    articles = make_articles("仲旭东指出")
    articles["headline"] = "仲旭东在督查"
    assert split_tokens(articles, lexicon=NO_SLOGANS)["word"].tolist().count("仲旭东") == 2


def test_split_tokens_has_one_row_a_token():
    articles = make_articles("全旺镇办食堂", "")
    articles.loc[0, "headline"] = "一老一小"
    before = articles.copy(deep=True)
    tokens = split_tokens(articles, lexicon=SLOGANS)
    assert tokens[["article_id", "field", "position", "word"]].values.tolist() == [
        ["a0", "headline", 0, "一老一小"],
        ["a0", "text", 0, "全旺镇"],
        ["a0", "text", 1, "办"],
        ["a0", "text", 2, "食堂"],
    ]
    pd.testing.assert_frame_equal(articles, before)
    pd.testing.assert_frame_equal(tokens, split_tokens(articles, lexicon=SLOGANS))


def test_split_tokens_of_nothing_has_all_columns():
    tokens = split_tokens(make_articles())
    assert tokens.columns.tolist() == ["article_id", "field", "position", "word", "flag", "start", "end"]
    assert len(tokens) == 0
    assert str(tokens["position"].dtype) == "int64"


@pytest.mark.parametrize("word", ["8500", "27.2%", "三十个", "第二十七次", "1.5", "几百", "2021-2025"])
def test_bare_numbers(word):
    assert is_numeral(word)


@pytest.mark.parametrize("word", ["两会", "三农", "415X", "一老一小", "万象", "千岛湖"])
def test_words_with_numerals_are_no_numbers(word):
    assert not is_numeral(word)


def test_nothing_global_is_changed():
    root = logging.getLogger()
    before = (dict(jieba.dt.FREQ), jieba.dt.initialized, root.level, list(root.handlers))
    split_words("衢江区全旺镇“一老一小”")
    assert (dict(jieba.dt.FREQ), jieba.dt.initialized, root.level, list(root.handlers)) == before


def test_no_cache_is_written_and_nothing_is_printed(tmp_path):
    script = (
        "import tempfile, sys; tempfile.tempdir = sys.argv[1]\n"
        "from analysis.tokens import split_words; print(len(split_words('中国')))"
    )
    root = Path(__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True
    )
    assert (run.stdout.strip(), run.stderr, list(tmp_path.iterdir())) == ("1", "", [])


def test_threads_get_the_same_words():
    text = "县委书记走进全旺镇调研农业农村局的“一老一小”服务" * 20
    alone = split_words(text)
    with ThreadPoolExecutor(4) as pool:
        assert all(words == alone for words in pool.map(split_words, [text] * 8))
