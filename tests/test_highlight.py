"""Marked text: nothing of the text acts, nothing is lost."""

import html
import re

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.highlight import mark_slogans, mark_spans


def _hits(*spans: tuple[int, int], slogan: str = "提法") -> pd.DataFrame:
    rows = [("a", "text", slogan, start, end) for start, end in spans]
    return pd.DataFrame(rows, columns=["article_id", "field", "slogan", "start", "end"])


def test_hits_are_marked_where_they_stand():
    marked = mark_slogans("甲一老一小乙", _hits((1, 5)), "a")
    assert marked == '<p>甲<mark title="提法">一老一小</mark>乙</p>'


def test_hits_of_other_articles_and_fields_are_left_out():
    other = _hits((0, 1)).assign(field="headline")
    assert mark_slogans("甲", other, "a") == mark_slogans("甲", _hits((0, 1)), "b") == "<p>甲</p>"


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=5))
def test_every_character_stands_escaped_whatever_the_hits(text, spans):
    inside = [(start, end) for start, end in spans if end <= len(text)]
    marked = mark_slogans(text, _hits(*inside, slogan='"><script>'), "a")
    bare = re.sub(r"</?(?:p|mark)(?: title=\"[^\"]*\")?>", "\n", marked)
    assert "<" not in bare
    assert re.sub(r"\s", "", html.unescape(bare)) == re.sub(r"\s", "", text)


@given(st.text(), st.integers(0, 40), st.sampled_from(["headline", "unplaced", "text", '"><script>']))
def test_every_character_of_a_page_stands_escaped_whatever_its_role(source, cut, role):
    at = min(cut, len(source))
    spans = pd.DataFrame(
        [(0, at, role, "a"), (at, len(source), "text", None)], columns=["start", "end", "role", "article_id"]
    )
    marked = mark_spans(source, spans, {"a": "#fff"}, {"text": '<img src=x onerror="alert(1)">'})
    bare = re.sub(r'</?(?:div|span)(?: (?:style|title)="[^"<>]*")*>', "", marked)
    assert "<" not in bare and ">" not in bare
    assert re.sub(r"\s", "", html.unescape(bare)) == re.sub(r"\s", "", source)
