"""Concordance: every line stands where its hit says, lines sort outward, and no pattern can hang a search."""

import re
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import patterns
from analysis.concordance import OrderError, find_lines, search_lines, sort_lines
from analysis.patterns import PatternError
from analysis.schema import FIELDS, SLOGAN_HITS, empty

HIT = {"article_id": "a", "slogan": "一老一小", "field": "text"}
_FOUND = ["article_id", "field", "left", "surface", "right", "start", "end"]


def _make(*texts: str, **fields: str) -> pd.DataFrame:
    """Make articles a0, a1 and so on of these texts; `fields` fill the other fields of all of them."""
    frame = pd.DataFrame({"article_id": [f"a{number}" for number in range(len(texts))], "text": texts})
    return frame.assign(**dict.fromkeys(FIELDS[:-1], "") | fields)


def _surfaces(articles: pd.DataFrame, pattern: str, **options) -> list[str]:
    return search_lines(articles, pattern, **options)["surface"].tolist()


# Lines of hits


def test_context_ends_where_the_field_ends():
    hits = pd.DataFrame([HIT | {"surface": "一老一小", "start": 0, "end": 4}])
    articles = pd.DataFrame([{"article_id": "a", "text": "一老一小"}])
    assert find_lines(hits, articles)[["left", "right"]].values.tolist() == [["", ""]]


def test_context_has_the_width_asked_for_and_no_line_ends():
    hits = pd.DataFrame([HIT | {"surface": "一老\n一小", "start": 3, "end": 8}])
    articles = pd.DataFrame([{"article_id": "a", "text": "甲乙\n一老\n一小丙丁戊"}])
    lines = find_lines(hits, articles, width=2)
    assert lines[["left", "surface", "right"]].values.tolist() == [["乙 ", "一老 一小", "丙丁"]]
    assert lines[["start", "end"]].values.tolist() == [[3, 8]]


def test_no_hits_no_lines():
    hits = pd.DataFrame(columns=["article_id", "slogan", "surface", "field", "start", "end"])
    assert find_lines(hits, pd.DataFrame({"article_id": ["a"], "text": ["x"]})).empty
    lines = find_lines(empty(SLOGAN_HITS), _make())
    assert lines.columns.tolist() == [
        "article_id", "field", "slogan", "left", "surface", "right", "start", "end",
    ]  # fmt: skip
    assert sort_lines(lines).empty


def test_hits_in_other_articles_have_no_line():
    hits = pd.DataFrame(
        [HIT | {"article_id": article, "surface": "共富", "start": 0, "end": 2} for article in ("gone", "a0")]
    )
    lines = find_lines(hits, _make("共富路"))
    assert lines[["article_id", "right"]].values.tolist() == [["a0", "路"]]
    assert lines.index.tolist() == [0]


def test_lines_stay_in_the_order_of_the_hits_whatever_their_fields():
    rows = [("a1", "text"), ("a0", "headline"), ("a0", "text"), ("a1", "headline")]
    hits = pd.DataFrame([HIT | {"article_id": a, "field": f, "start": 0, "end": 1} for a, f in rows])
    lines = find_lines(hits.assign(surface="甲"), _make("甲一", "甲二", headline="甲题"))
    assert lines["right"].tolist() == ["二", "题", "一", "题"]


def test_every_line_of_the_seeds_can_be_found_in_its_article(seed_tables):
    lines = find_lines(seed_tables.slogan_hits, seed_tables.articles)
    assert len(lines) == len(seed_tables.slogan_hits) > 500
    texts = seed_tables.articles.set_index("article_id")
    for line in lines.itertuples():
        value = texts.at[line.article_id, line.field]
        flat = value.replace("\n", " ")
        assert line.left + line.surface + line.right in flat
        assert flat[line.start : line.end] == line.surface
        assert flat[: line.start].endswith(line.left) and flat[line.end :].startswith(line.right)


def test_inputs_stay_as_they_were(seed_tables):
    hits, articles = seed_tables.slogan_hits, seed_tables.articles
    before = hits.copy(), articles.copy()
    lines = find_lines(hits, articles)
    copy = lines.copy()
    sort_lines(lines, "right")
    search_lines(articles, "共富")
    for frame, kept in zip((hits, articles, lines), (*before, copy), strict=True):
        pd.testing.assert_frame_equal(frame, kept)


# Order of lines


def test_left_context_is_read_from_the_node_back():
    lines = pd.DataFrame({"left": ["乙甲", "甲乙", "甲", "甲甲"], "right": ["四", "三", "二", "一"]})
    # from the node back: 甲乙, 乙甲, 甲, 甲甲; by code point 乙 < 甲
    assert sort_lines(lines, "left")["right"].tolist() == ["三", "二", "四", "一"]
    assert sort_lines(lines, "right")["right"].tolist() == ["一", "三", "二", "四"]
    assert sort_lines(lines, "left", descending=True)["right"].tolist() == ["一", "四", "二", "三"]


def test_lines_alike_on_one_side_go_by_the_other():
    lines = pd.DataFrame({"left": ["乙", "甲", "甲"], "right": ["一", "二", "一"]})
    assert sort_lines(lines, "right").values.tolist() == [["乙", "一"], ["甲", "一"], ["甲", "二"]]
    assert sort_lines(lines, "left").values.tolist() == [["乙", "一"], ["甲", "一"], ["甲", "二"]]


def test_quotation_marks_and_spaces_do_not_part_what_recurs():
    lines = pd.DataFrame({"left": ["深化“", "践行", "深化 ", "深化"], "right": "", "number": [1, 2, 3, 4]})
    assert sort_lines(lines)["number"].tolist() == [1, 3, 4, 2]


def test_dates_come_from_the_lines_or_from_the_articles_and_the_undated_are_last():
    lines = pd.DataFrame({"article_id": ["a", "b", "c", "b"], "left": ["1", "2", "3", "4"], "right": ""})
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "date": [pd.NaT, "2024-02-01", "2024-01-01"]})
    articles = articles.assign(date=pd.to_datetime(articles["date"]))
    assert sort_lines(lines, "date", articles=articles)["left"].tolist() == ["3", "2", "4", "1"]
    dated = lines.merge(articles, on="article_id")
    assert sort_lines(dated, "date")["left"].tolist() == ["3", "2", "4", "1"]
    assert sort_lines(dated, "date", descending=True)["left"].tolist() == ["2", "4", "3", "1"]


def test_order_that_cannot_be_made_is_named():
    lines = pd.DataFrame({"article_id": ["a"], "left": "", "right": ""})
    with pytest.raises(OrderError, match=r"by='middle'.*left, right, date"):
        sort_lines(lines, "middle")
    with pytest.raises(OrderError, match=r"by='date'.*articles="):
        sort_lines(lines, "date")


def test_sorting_keeps_every_line_and_its_columns(seed_tables):
    lines = find_lines(seed_tables.slogan_hits, seed_tables.articles)
    for by in ("left", "right", "date"):
        ordered = sort_lines(lines, by, articles=seed_tables.articles)
        assert ordered.columns.tolist() == lines.columns.tolist()
        keys = ["article_id", "field", "start"]
        assert sorted(ordered[keys].values.tolist()) == sorted(lines[keys].values.tolist())


# Searching


def test_matches_come_in_reading_order_with_offsets_in_characters():
    articles = _make("推进共同富裕，\n促共富。", "无", headline="共富路")
    lines = search_lines(articles, "共同?富裕?", width=3)
    assert lines.columns.tolist() == _FOUND
    assert lines.values.tolist() == [
        ["a0", "headline", "", "共富", "路", 0, 2],
        ["a0", "text", "推进", "共同富裕", "， 促", 2, 6],
        ["a0", "text", "， 促", "共富", "。", 9, 11],
        ["a1", "headline", "", "共富", "路", 0, 2],
    ]


@pytest.mark.parametrize(
    ("pattern", "surfaces"),
    [
        ("共.富", ["共同富"]),
        ("共富|共同富裕", ["共同富裕", "共富"]),
        (r"(?s)裕.{2}促", ["裕，\n促"]),
        (r"裕.{2}促", []),
        (r"(?m)^促", ["促"]),
        (r"^促", []),
        (r"\p{Han}{5,}", ["推进共同富裕", "促共富𠮷字"]),
        ("[𠮷-𠮸]字", ["𠮷字"]),
        ("(?i)AI", ["ai"]),
        ("x*", []),
    ],
)
def test_what_patterns_mean(pattern, surfaces):
    assert _surfaces(_make("推进共同富裕，\n促共富𠮷字 ai"), pattern) == surfaces


def test_search_finds_what_stands_in_the_seeds(seed_tables):
    articles = seed_tables.articles
    lines = search_lines(articles, "共富|共同富裕")
    columns = [articles[field].str.count("共富|共同富裕").sum() for field in FIELDS]
    assert len(lines) == sum(columns) > 10
    assert lines["field"].value_counts().reindex(FIELDS, fill_value=0).tolist() == columns


def test_plain_words_are_no_pattern():
    assert _surfaces(_make("8+4（一老一小）.*"), "8+4", regex=False) == ["8+4"]
    assert _surfaces(_make("8+4（一老一小）.*"), ".*", regex=False) == [".*"]
    assert _surfaces(_make("884"), "8+4", regex=False) == []
    assert _surfaces(_make("884"), "8+4") == ["884"]


def test_no_more_lines_than_the_limit():
    articles = _make("共富" * 10, "共富" * 10)
    assert len(search_lines(articles, "共富")) == 20
    assert search_lines(articles, "共富", limit=11)["article_id"].tolist() == ["a0"] * 10 + ["a1"]
    assert search_lines(articles, "共富", limit=0).empty


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "the pattern is empty; expected"),
        ("[共富", r"^\[共富: missing \]: \[共富; put \\ before"),
        ("(共富", r"^\(共富: missing \)"),
        ("*共", r"^\*共: .*repetition operator: \*; put"),
        ("(?<=共)富", "look-around and references"),
        (r"(共)\1", "look-around and references"),
        ("共{2000}", "numbers of repetition up to 1000"),
        (r"(\pL{1,100}){1,10}x", "too large.*; expected numbers of repetition"),
        ("\ud800", "half a character"),
    ],
)
def test_bad_patterns_are_named_with_a_cure(pattern, reason):
    with pytest.raises(PatternError, match=reason):
        search_lines(_make("共富"), pattern)


def test_empty_in_empty_out():
    for articles in (_make(), _make(""), _make("")[:0]):
        lines = search_lines(articles, "共富")
        assert lines.columns.tolist() == _FOUND and lines.empty
        assert sort_lines(lines).empty
    with pytest.raises(PatternError):
        search_lines(_make(), "[")


def test_missing_field_is_no_text():
    assert search_lines(_make("共富").assign(kicker=None), "共|None")["field"].tolist() == ["text"]


_CATASTROPHIC = [
    "(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){30}$", "((a*)*)*$", "(a?){500}a{500}$", "(?s)(.*)*x",
    "(共+)+$", r"(\p{Han}+)+$", r"(\p{Han}|共)*$", "^(([a-z共])+.)+[A-Z]([a-z])+$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", _CATASTROPHIC)
@pytest.mark.parametrize("text", ["a" * 50_000 + "!", "共" * 50_000 + "！"], ids=["latin", "chinese"])
def test_patterns_that_hang_others_come_back(pattern, text):
    begin = time.monotonic()
    search_lines(_make(text), pattern)
    assert time.monotonic() - begin < 5


def test_search_with_many_matches_of_long_reach_is_given_up():
    # Each of the matches looks through all that follows: the square of the length, however fast the engine
    begin = time.monotonic()
    with pytest.raises(PatternError, match=r"^\(\?s\)a\.\*b\|a: took too long; narrow"):
        search_lines(_make("a" * 2_000_000), "(?s)a.*b|a", seconds=0.1, limit=10_000_000)
    assert time.monotonic() - begin < 5


def test_a_pattern_too_wide_for_the_longest_text_is_not_begun_with(monkeypatch):
    monkeypatch.setattr(patterns, "_MOST_STEPS", 100_000)
    assert _surfaces(_make("共x"), ".{0,20}x") == ["共x"]
    with pytest.raises(PatternError, match="too wide for texts of 1000 characters"):
        search_lines(_make("共x", "共" * 1000), ".{0,20}x")


_TEXT = st.text(alphabet="共同富裕“” \n，aA1𠮷é", max_size=30)
_ATOMS = st.sampled_from(
    ["共", "富", "同", ".", "a", "[共富]", "共?", "富*", "(?:同|裕)+", "\\n", "[^a]", "𠮷", " "]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=3), st.lists(_ATOMS, min_size=1, max_size=4).map("".join))
def test_matches_are_those_of_python_where_the_two_mean_the_same(texts, pattern):
    articles = _make(*texts)
    lines = search_lines(articles, pattern, width=4)
    values = dict(zip(articles["article_id"], articles["text"], strict=True))
    spans = [(row.article_id, row.start, row.end) for row in lines.itertuples()]
    expected = [
        (article_id, match.start(), match.end())
        for article_id, value in values.items()
        for match in re.finditer(pattern, value)
        if match[0]
    ]
    assert spans == expected
    for row in lines.itertuples():
        value = values[row.article_id]
        assert value[row.start : row.end] == row.surface
        assert value[max(0, row.start - 4) : row.start].replace("\n", " ") == row.left
        assert value[row.end : row.end + 4].replace("\n", " ") == row.right


@settings(max_examples=200, deadline=None)
@given(_TEXT, st.text(max_size=12))
def test_any_pattern_finds_something_or_says_why_not(text, pattern):
    try:
        lines = search_lines(_make(text), pattern)
    except PatternError as error:
        assert "; " in str(error)
    else:
        assert all(text[row.start : row.end] == row.surface != "" for row in lines.itertuples())


@given(_TEXT, st.text(alphabet="共同富裕.*+[a", min_size=1, max_size=2))
def test_plain_words_are_found_as_often_as_they_are_counted(text, words):
    assert len(search_lines(_make(text), words, regex=False)) == text.count(words)
