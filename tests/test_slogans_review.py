"""A lexicon of one's own: read back as written, used, and never asking twice."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.schema import ARTICLES, SLOGAN_CANDIDATES, conform, empty
from analysis.slogans import LexiconError, find_slogans, read_lexicon
from analysis.slogans.review import (
    accept_candidate,
    drop_rejected,
    format_own_lexicon,
    join_lexicons,
    no_own_lexicon,
    parse_own_lexicon,
    reject_candidate,
)


def _read_back(own):
    return parse_own_lexicon(format_own_lexicon(own), "mine.tsv")


def test_an_accepted_candidate_is_counted_and_a_rejected_one_is_remembered():
    own = accept_candidate(no_own_lexicon(), "五大赛道", category="governance", scope="county")
    own = reject_candidate(own, "平湖人")
    read = _read_back(own)
    assert read.entries["slogan"].tolist() == ["五大赛道"]
    assert read.rejected == ("平湖人",)
    article = empty(ARTICLES).reindex([0]).assign(article_id="a", text="锚定五大赛道", kind="news")
    article[["kicker", "headline", "subhead"]] = ""
    hits = find_slogans(article, join_lexicons(read_lexicon(), read.entries))
    assert hits["slogan"].tolist() == ["五大赛道"]


def test_an_empty_lexicon_is_read_back_empty():
    assert _read_back(no_own_lexicon()).entries.empty
    assert parse_own_lexicon("", "mine.tsv").rejected == ()


def test_what_was_turned_down_can_still_be_accepted():
    own = reject_candidate(no_own_lexicon(), "五大赛道")
    own = accept_candidate(own, "五大赛道", category="governance")
    assert own.rejected == ()


def test_an_entry_twice_and_an_unknown_category_are_named():
    own = accept_candidate(no_own_lexicon(), "五大赛道", category="governance")
    with pytest.raises(LexiconError, match="五大赛道"):
        accept_candidate(own, "“五大赛道”", category="governance")
    with pytest.raises(LexiconError, match="'x' is no category"):
        accept_candidate(own, "四大赛道", category="x")


def test_ones_own_entry_wins_over_the_same_form_of_the_other():
    base = read_lexicon()
    own = accept_candidate(no_own_lexicon(), "十个着力", category="economy").entries
    joined = join_lexicons(base, own)
    assert len(joined) == len(base) + 1
    assert "十个着力" not in joined.loc[joined["slogan"] == "10个着力", "aliases"].item()
    same = accept_candidate(no_own_lexicon(), "一老一小", category="economy").entries
    joined = join_lexicons(base, same)
    assert joined.loc[joined["slogan"] == "一老一小", "category"].tolist() == ["economy"]


def test_rejected_candidates_are_left_out_whatever_their_marks():
    rows = pd.DataFrame({"candidate": ["“五心”", "双岗建功"], "n": 1, "n_articles": 1, "form": "quoted"})
    candidates = conform(rows.assign(score=0.5, example=""), SLOGAN_CANDIDATES)
    assert drop_rejected(candidates, ("五心",))["candidate"].tolist() == ["双岗建功"]
    assert drop_rejected(empty(SLOGAN_CANDIDATES), ("五心",)).empty


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12), max_size=5))
def test_any_rejection_is_read_back(forms):
    own = no_own_lexicon()
    for form in forms:
        own = reject_candidate(own, form)
    assert _read_back(own).rejected == own.rejected


@given(st.text(max_size=200))
def test_any_text_is_a_lexicon_or_a_named_fault(text):
    try:
        parse_own_lexicon(text, "mine.tsv")
    except LexiconError as error:
        assert "mine.tsv" in str(error)
