"""Rolling up: every slogan for itself, nothing twice."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.slogans import find_slogans, roll_up, rollup
from analysis.slogans.lexicon import LEXICON_COLUMNS


def make_articles(*texts: str) -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": list(texts)})
    return frame.assign(kicker="", headline="", subhead="")


def make_lexicon(*rows: tuple[str, str, str]) -> pd.DataFrame:
    cells = [
        dict.fromkeys(LEXICON_COLUMNS, "") | {"slogan": s, "aliases": a, "parent": p} for s, a, p in rows
    ]
    return pd.DataFrame(cells)


def roll(text: str, *rows: tuple[str, str, str]) -> list[tuple]:
    lexicon = make_lexicon(*rows)
    rolled = schema.check(roll_up(find_slogans(make_articles(text), lexicon), lexicon), schema.SLOGAN_HITS)
    assert all(text[h.start : h.end] == h.surface for h in rolled.itertuples())
    return list(rolled[["slogan", "surface", "start", "via"]].itertuples(index=False, name=None))


def test_what_stands_inside_counts_with_its_own_place():
    rows = [("枫桥经验", "", ""), ("新时代“枫桥经验”", "", "枫桥经验")]
    assert roll("新时代“枫\n桥经验”", *rows) == [
        ("新时代“枫桥经验”", "新时代“枫\n桥经验”", 0, "新时代“枫桥经验”"),
        ("枫桥经验", "枫\n桥经验", 4, "新时代“枫桥经验”"),
    ]


def test_what_stands_inside_twice_counts_twice():
    found = roll("村社区—网格—微网格", ("网格", "", ""), ("村社区—网格—微网格", "", ""))
    assert [slogan for slogan, *_ in found] == ["村社区—网格—微网格", "网格", "网格"]


def test_parent_that_does_not_stand_inside_counts_once_with_the_place_of_the_hit():
    rows = [("绿水青山就是金山银山", "", ""), ("两山理念", "", "绿水青山就是金山银山")]
    assert roll("践行两山理念", *rows) == [
        ("两山理念", "两山理念", 2, "两山理念"),
        ("绿水青山就是金山银山", "两山理念", 2, "两山理念"),
    ]


def test_parents_of_parents_count_and_one_that_stands_inside_counts_once():
    rows = [("平安", "", ""), ("平安中国", "", "平安"), ("平安中国建设", "", "平安中国")]
    assert sorted(slogan for slogan, *_ in roll("平安中国建设", *rows)) == [
        "平安",
        "平安中国",
        "平安中国建设",
    ]


def test_slogan_that_crosses_the_end_of_a_hit_counts_with_what_it_holds():
    rows = [("平安中国", "", ""), ("中国建设", "", ""), ("建设", "", "")]
    assert [(s, start) for s, _, start, _ in roll("平安中国建设", *rows)] == [
        ("平安中国", 0),
        ("中国建设", 2),
        ("建设", 4),
    ]


def test_alias_inside_another_alias_of_the_same_slogan_counts_once():
    assert [s for s, *_ in roll("平安中国", ("平安国家", "平安;平安中国", ""))] == ["平安国家"]


def test_hits_without_the_crossing_column_are_rolled_up_too():
    lexicon = make_lexicon(("网格", "", ""), ("微网格", "", "网格"))
    hits = find_slogans(make_articles("微网格"), lexicon)[schema.SLOGAN_HITS.names]
    assert roll_up(hits, lexicon)["slogan"].tolist() == ["微网格", "网格"]


def test_hits_read_back_from_a_file_are_rolled_up_alike(tmp_path):
    hits = find_slogans(make_articles("推动新质生产力。发展新质生产力,坚持新时代“枫桥\n经验”。"))
    hits.to_csv(tmp_path / "hits.csv", index=False)
    again = pd.read_csv(tmp_path / "hits.csv")
    pd.testing.assert_frame_equal(roll_up(again), roll_up(hits))


def test_slogan_that_the_lexicon_does_not_know_stays_as_it_is():
    hits = find_slogans(make_articles("乡村振兴"))
    rolled = roll_up(hits, make_lexicon(("网格", "", "")))
    assert rolled["slogan"].tolist() == ["乡村振兴"]


def test_no_hits_give_the_empty_table():
    rolled = roll_up(schema.empty(schema.SLOGAN_HITS))
    assert schema.check(rolled, schema.SLOGAN_HITS).empty
    assert "via" in rolled


_FORMS = ["甲乙", "乙丙", "甲乙丙", "丙丁", "乙丙丁戊", "戊甲"]


@settings(deadline=None)
@given(st.lists(st.sampled_from("甲乙丙丁戊，\n“"), max_size=40).map("".join))
def test_rolled_up_counts_are_those_of_each_slogan_searched_alone(text):
    lexicon = make_lexicon(*((form, "", "") for form in _FORMS))
    rolled = roll_up(find_slogans(make_articles(text), lexicon), lexicon)
    bare = text.replace("\n", "").replace("“", "")
    assert {f: (rolled["slogan"] == f).sum() for f in _FORMS} == {f: bare.count(f) for f in _FORMS}


_PARENTS = make_lexicon(
    ("甲乙", "", ""), ("甲乙丙", "", "甲乙"), ("乙丙", "", "甲乙"), ("乙丙丁戊", "", "丙丁"), ("丙丁", "", "")
)


@settings(deadline=None)
@given(st.lists(st.text("甲乙丙丁戊，", max_size=20), max_size=6), st.integers(1, 5))
def test_hits_are_rolled_up_alike_however_many_at_once(texts, at_once):
    hits = find_slogans(make_articles(*texts), _PARENTS)
    whole = roll_up(hits, _PARENTS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rollup, "_HITS_AT_ONCE", at_once)
        pd.testing.assert_frame_equal(roll_up(hits, _PARENTS), whole)
    alone = [roll_up(hits[hits["article_id"] == name], _PARENTS) for name in hits["article_id"].unique()]
    assert whole.to_numpy().tolist() == [row for each in alone for row in each.to_numpy().tolist()]


def test_articles_come_out_in_order_whatever_order_they_come_in():
    lexicon = make_lexicon(("网格", "", ""), ("微网格", "", "网格"))
    hits = find_slogans(make_articles("微网格，网格", "网格", "微网格"), lexicon)
    mixed = pd.concat([hits[hits["article_id"] == name] for name in ("a2", "a0", "a1")])
    pd.testing.assert_frame_equal(roll_up(mixed, lexicon), roll_up(hits, lexicon))
