"""Coinages of a batch come back from their part as they were counted."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.schema import ARTICLES, FIELDS, empty
from analysis.slogans import count_coinages, merge_coinages
from analysis.slogans.candidates import bound_scores, score_form, shortlist_candidates
from analysis.slogans.lexicon import LEXICON_COLUMNS
from analysis.store import shortlists as module
from analysis.store import stages
from analysis.store.candidates import (
    count_sample,
    find_known_examples,
    gather_coinages,
    make_coinages,
    merge_evidence,
)
from analysis.store.parts import dump_part, load_frame, load_part
from analysis.store.shortlists import extend_shortlist, load_evidence, shortlist_evidence

_TEXTS = [
    "推行“晨光夜谈”，抓好“８+4”。",
    "“晨光\n夜谈”再来，项目提速、企业提效。",
    "五大战略指引，四千精神；“𠮷里”见。",
]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_coinages_come_back_as_they_were_counted(number):
    news = pd.DataFrame(dict.fromkeys(FIELDS, "") | {"text": _TEXTS[:number], "kind": "news"})
    news = news.assign(article_id=[f"{row:09d}" for row in range(number)]) if number else empty(ARTICLES)
    content = dump_part(make_coinages(news), coded=stages._CODED["coinages"])
    repeats = count_sample(empty(ARTICLES))
    found = merge_evidence(gather_coinages([load_frame(content)]), repeats)
    expected = merge_coinages([count_coinages(news)])
    assert len(found) >= number
    found, expected = (frame.sort_values("bare", ignore_index=True) for frame in (found, expected))
    columns = ["bare", "surface", "form", "prior", "times", "field"]
    pd.testing.assert_frame_equal(found[columns], expected[columns])
    assert [int(article) for article in expected["article_id"]] == (found["row"].tolist() if number else [])


def pack(texts: list[str], first: int) -> pa.Table:
    """The part `coinages` of a batch, its rows numbered over the corpus."""
    news = pd.DataFrame(dict.fromkeys(FIELDS, "") | {"text": texts, "kind": "news"})
    news = news.assign(article_id=[f"{first + row:09d}" for row in range(len(texts))])
    return load_part(dump_part(make_coinages(news), coded=stages._CODED["coinages"]))


_PIECES = st.sampled_from([*"一双三大的和天“”‘’·、，。+48AＡ", "“晨光夜谈”", "晨光夜谈", "方面", "五大指引"])
_BATCHES = st.lists(st.lists(st.lists(_PIECES, max_size=30).map("".join), min_size=1, max_size=3), min_size=1)
_RUNS = st.dictionaries(
    st.sampled_from(["晨光夜谈", "五大指引", "方面方面", "谈和天一", "的的的的", "甲乙丙丁"]),
    st.tuples(st.sampled_from([0.1, 0.3, 0.45]), st.integers(3, 40)),
)
_REPEATS = ["surface", "form", "prior", "times"]
_NO_LEXICON = pd.DataFrame({name: pd.Series([], dtype=kind) for name, kind in LEXICON_COLUMNS.items()})


@given(_BATCHES, _RUNS, st.integers(1, 12), st.integers(1, 3))
@settings(deadline=None, max_examples=150)
def test_the_shortlist_of_the_best_is_that_of_all(batches, runs, likely, limit):
    before = np.cumsum([0, *map(len, batches)])
    tables = [pack(texts, first) for texts, first in zip(batches, before[:-1].tolist(), strict=True)]
    repeats = pd.DataFrame([(run, "repeated", *row) for run, row in runs.items()], columns=_REPEATS)
    repeats = repeats.astype({"prior": "float64", "times": "int64"}).assign(field=len(FIELDS), row=-1)
    every = merge_evidence(gather_coinages(table.to_pandas() for table in tables), repeats)
    wanted = shortlist_candidates(every, _NO_LEXICON, limit=limit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_LIKELY", likely)
        patch.setattr(module, "LIMIT", limit)
        found = shortlist_evidence(load_evidence(tables), repeats, _NO_LEXICON)
    pd.testing.assert_frame_equal(found, wanted, check_dtype=False)


@given(_BATCHES, _BATCHES, _RUNS, st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_a_shortlist_that_is_extended_is_that_of_all(batches, more, runs, limit):
    before = np.cumsum([0, *map(len, batches), *map(len, more)])
    tables = [
        pack(texts, first) for texts, first in zip([*batches, *more], before[:-1].tolist(), strict=True)
    ]
    old = tables[: len(batches)]
    repeats = pd.DataFrame([(run, "repeated", *row) for run, row in runs.items()], columns=_REPEATS)
    repeats = repeats.astype({"prior": "float64", "times": "int64"}).assign(field=len(FIELDS), row=-1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LIMIT", limit)
        patch.setattr("analysis.slogans.candidates.SPARE", 1)
        patch.setattr(module, "SPARE", 1)
        wanted = shortlist_evidence(load_evidence(tables), repeats, _NO_LEXICON)
        known = shortlist_evidence(load_evidence(old), repeats, _NO_LEXICON)[module.COLUMNS]
        coinages = module.Coinages([str(id(table)) for table in tables], tables.__getitem__)
        numbers = range(len(old), len(tables))
        module._KEYS.clear()
        found = extend_shortlist(known, numbers, coinages, repeats, _NO_LEXICON)
        again = extend_shortlist(known, numbers, coinages, repeats, _NO_LEXICON)
        module._KEYS.clear()
    columns = ["bare", *module.COLUMNS]
    pd.testing.assert_frame_equal(found[columns], wanted[columns], check_dtype=False)
    pd.testing.assert_frame_equal(again, found)


def test_of_many_forms_few_are_looked_at(monkeypatch):
    texts = [f"推行“{chr(0x4E00 + row)}{chr(0x5E00 + row)}{chr(0x6E00 + row)}夜谈”。" for row in range(60)]
    tables = [pack(["推行“晨光夜谈”，再行“晨光夜谈”。"] * 9 + texts, 0)]
    repeats = count_sample(empty(ARTICLES))
    looked_at = []
    gather = module.gather_coinages
    monkeypatch.setattr(
        module, "gather_coinages", lambda parts: looked_at.append(gather(parts)) or looked_at[-1]
    )
    monkeypatch.setattr(module, "_LIKELY", 1)
    monkeypatch.setattr(module, "SPARE", 1)
    monkeypatch.setattr(module, "LIMIT", 1)
    monkeypatch.setattr(module, "shortlist_candidates", lambda rows, *_, limit: rows.head(limit))
    assert shortlist_evidence(load_evidence(tables), repeats, None)["surface"].tolist() == ["晨光夜谈"]
    assert [len(frame) for frame in looked_at] == [1]


@pytest.mark.parametrize("prior", [-0.3, 0.2, 0.56, 0.83, 0.99])
def test_the_bound_of_a_score_is_the_score(prior):
    for seen in (1, 2, 7, 16, 500):
        bound = bound_scores(np.array([prior]), np.array([seen]))[0]
        assert bound == pytest.approx(score_form(prior, seen, seen, seen), abs=module._ROUNDED / 2)


def test_an_example_stands_as_long_as_its_article_does():
    table = pd.DataFrame({"candidate": ["甲乙", "丙丁", "“戊”己"], "example": ["一", "二", "三"]})
    before = {"“甲乙”": "a-1", "丙丁": "a-2", "“戊”己": "a-3", "庚辛": "a-4"}
    shown = {"“甲乙”": "a-1", "丙丁": "b-2", "“戊”己": "a-3", "庚辛": "a-4", "壬癸": "a-5"}
    assert find_known_examples(shown, before, table) == {"“甲乙”": "一", "“戊”己": "三"}
