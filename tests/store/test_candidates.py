"""Coinages of a batch come back from their part as they were counted."""

import pandas as pd
import pytest

from analysis.schema import ARTICLES, FIELDS, empty
from analysis.slogans import count_coinages, merge_coinages
from analysis.store import stages
from analysis.store.candidates import count_sample, gather_coinages, make_coinages, merge_evidence
from analysis.store.parts import dump_part, load_frame

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
