"""Tests of `analysis.shelves.searching.search`."""

from __future__ import annotations

import threading

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.shelves.origins.origin import Texts
from analysis.shelves.searching.search import find_candidates, find_words, look_through


def make_batches(*batches: list[str]) -> list:
    rows, made = 0, []
    for texts in batches:
        column = pa.chunked_array([pa.array([text.encode("gb18030") for text in texts], pa.binary())])
        some = Texts(np.arange(rows, rows + len(texts)), column, "gb18030")
        made.append(lambda some=some: some)
        rows += len(texts)
    return made


def make_articles(*headlines: str) -> pd.DataFrame:
    return pd.DataFrame({"kicker": "", "headline": list(headlines), "subhead": ""}).astype("str")


def test_headlines_and_texts_of_all_batches_are_searched():
    articles = make_articles("", "养 老", "", "")
    found = find_words(articles, make_batches(["托育", ""], ["", "办好养\n老"]), "养老")
    assert (found.mask.tolist(), found.is_cut) == ([False, True, False, True], False)


def test_a_search_stops_when_its_time_is_over_and_says_so():
    batches = make_batches(["养老"], ["养老"])
    assert find_words(make_articles("", ""), batches, "养老", seconds=-1).is_cut
    assert not find_words(make_articles("", ""), batches, "养老").is_cut


def test_batches_come_in_their_order_and_few_are_read_ahead():
    read, here = [], threading.Lock()

    def make(number: int):
        def call() -> int:
            with here:
                read.append(number)
            return number

        return call

    looked = look_through([make(number) for number in range(100)], lambda number: number * 2)
    assert [next(looked), next(looked)] == [0, 2]
    looked.close()
    assert len(read) < 20
    assert list(look_through([make(number) for number in range(30)], lambda number: number)) == [*range(30)]


def test_what_goes_wrong_in_a_batch_reaches_the_one_who_asks():
    def fail() -> Texts:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        find_words(make_articles(""), [fail], "养老")


def test_candidates_are_found_across_line_ends_and_in_any_case():
    found = find_candidates(["一老一小", "AI+", "没有"], [["一老\n一小"], ["推进ai+行动"]], 9.0)
    assert list(found) == ["一老一小", "AI+"]
