"""Candidates: what is proposed, how it is ranked, and how much of the labels is found."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.slogans import (
    choose_sample,
    count_coinages,
    count_forms,
    count_repeats,
    find_candidates,
    list_uncounted,
    merge_coinages,
    merge_counts,
    rank_candidates,
    read_lexicon,
    shortlist_candidates,
    skeleton,
)
from analysis.slogans.coinages import find_coinages
from analysis.slogans.lexicon import iter_forms
from analysis.slogans.repeats import find_repeats
from analysis.slogans.skeleton import QUOTES

GOLD = Path(__file__).parent / "gold" / "slogans.json"
EMPTY = read_lexicon().iloc[:0]


def make_articles(*texts: str) -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": list(texts)})
    return frame.assign(kind="news", kicker="", headline="", subhead="")


def propose(*texts: str, lexicon: pd.DataFrame = EMPTY) -> pd.DataFrame:
    return find_candidates(make_articles(*texts), lexicon).set_index("candidate")


FORMS = {
    "quoted": ("全县推行“晨光夜谈”,效果好。", "晨光夜谈", "quoted"),
    "quoted, single marks": ("全县推行‘晨光夜谈’,效果好。", "晨光夜谈", "quoted"),
    "quoted over a wrap": ("全县推行“晨光\n夜谈”,效果好。", "晨光夜谈", "quoted"),
    "quoted with a head noun": ("树立“大协同”理念。", "“大协同”理念", "quoted"),
    "single characters one by one": ("把握“快”与“慢”的关系。", "“快”与“慢”", "quoted"),
    "part of a dotted name": ("走进“清溪同行·山农共创综合体”。", "山农共创综合体", "quoted"),
    "numeral and great": ("围绕六大路径攻坚的要求。", "六大路径攻坚", "numeral"),
    "digit and great": ("围绕6大路径攻坚的要求。", "6大路径攻坚", "numeral"),
    "numeral twice": ("落实一户一档。", "一户一档", "numeral"),
    "numeral of four characters": ("开展双岗建功推动工作。", "双岗建功", "numeral"),
    "formula of digits": ("实施7+3行动。", "7+3", "numeral"),
    "formula of digits and letters": ("发展529Y产业。", "529Y", "numeral"),
    "words added up": ("采用网格+市场的办法。", "网格+市场", "numeral"),
    "parallel pair": ("做到项目提速、企业提效。", "项目提速、企业提效", "repeated"),
    "parallel triple": ("确保早开工、早建设、早投产。", "早开工、早建设、早投产", "repeated"),
}


@pytest.mark.parametrize(("text", "candidate", "form"), FORMS.values(), ids=FORMS.keys())
def test_form_is_proposed(text, candidate, form):
    assert propose(text).loc[candidate, "form"] == form


def test_run_that_recurs_between_different_neighbours_is_proposed():
    texts = ["我市聚力山水联城建设。", "各镇谈山水联城。", "山水联城开新篇。", "对山水联城再部署。"]
    found = propose(*texts)
    assert found.loc["山水联城", ["n", "n_articles", "form"]].tolist() == [4, 4, "repeated"]
    assert "水联城" not in found.index


JUNK = [
    "五年来三个乡镇来了二十个人。",
    "他说：“我们为什么不去呢？”",
    "会议指出,要抓好工作。会议指出,要抓好落实。会议指出,要抓好项目。",
    "一心一意谋发展,千家万户都高兴。",
    "得分18+4.5,长1.5米。",
    "《三大改造》《两个世界》出版。",
]


@pytest.mark.parametrize("text", JUNK)
def test_junk_is_not_ranked_high(text):
    found = propose(text)
    assert found.empty or found["score"].max() < 0.6, found["score"].to_dict()


def test_slogan_is_ranked_above_name_office_and_speech():
    text = "推行“晨光夜谈”。成立“清溪镇农业发展有限公司”。他说“我们现在就是这样”。"
    scores = propose(text)["score"]
    assert scores.idxmax() == "晨光夜谈"
    assert scores["晨光夜谈"] - scores.drop("晨光夜谈").max() > 0.1


def test_forms_of_the_lexicon_are_not_proposed():
    text = "做好“一老一小”工作,推行“晨光夜谈”,领会5大战略指引。"
    known = propose(text, lexicon=read_lexicon()).index
    assert "晨光夜谈" in known
    assert not {"一老一小", "5大战略指引"} & set(known)


def test_counts_spread_and_example_are_those_of_the_text():
    found = propose("会上有人谈晨光夜谈。推行“晨光夜谈”!", "再谈晨光\n夜谈", "无关")
    row = found.loc["晨光夜谈"]
    assert row[["n", "n_articles"]].tolist() == [3, 2]
    assert row["example"] == "会上有人谈晨光夜谈。"


def test_limit_keeps_the_best():
    texts = ["“晨光夜谈”“山水联城”“六美共进”,项目提速、企业提效。"]
    everything = find_candidates(make_articles(*texts), EMPTY)
    best = find_candidates(make_articles(*texts), EMPTY, limit=2)
    pd.testing.assert_frame_equal(best, everything.head(2))
    assert everything["score"].is_monotonic_decreasing


def test_teasers_are_not_searched():
    articles = make_articles("“晨光夜谈”").assign(kind="teaser")
    assert find_candidates(articles, EMPTY).empty


def test_no_articles_give_the_empty_table():
    candidates = find_candidates(schema.empty(schema.ARTICLES))
    assert schema.check(candidates, schema.SLOGAN_CANDIDATES).empty


_PIECES = st.sampled_from([*"一双三大的和天“”‘’\"'·、，。+48A个(《\n 谈", "晨光夜谈", "方面"])


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_text_gives_a_sound_table(text):
    candidates = schema.check(find_candidates(make_articles(text), EMPTY), schema.SLOGAN_CANDIDATES)
    assert candidates["score"].between(0, 1).all()
    assert (candidates["n"] >= 1).all()
    assert candidates["candidate"].map(skeleton).is_unique


@settings(deadline=None)
@given(st.lists(st.sampled_from("甲乙丙丁戊己，"), max_size=60).map("".join))
def test_repeated_runs_are_counted_as_they_stand(text):
    for repeat in find_repeats([text], least=2):
        places = [i for i in range(len(text)) if text.startswith(repeat.surface, i)]
        assert repeat.n == len(places)
        assert 0 <= repeat.cohesion <= 1 and 0 < repeat.freedom <= 1


def work_off(batches: list[pd.DataFrame], *, limit: int = 500, counted: list[str] | None = None):
    """Make candidates batch by batch; `counted` are the forms that are counted anyway."""
    articles = pd.concat(batches, ignore_index=True)
    parts = [count_coinages(batch) for batch in batches]
    coinages = merge_coinages([merge_coinages(parts[:2]), *parts[2:]])
    repeats = count_repeats(articles[choose_sample(articles)])
    shortlist = shortlist_candidates(merge_coinages([coinages, repeats]), EMPTY, limit=limit)
    forms = shortlist["surface"].tolist() if counted is None else counted
    counts = [merge_counts([count_forms(batch, forms) for batch in batches])]
    while todo := list_uncounted(shortlist, merge_counts(counts), forms, limit=limit):
        assert not set(todo) & set(forms)
        counts.append(merge_counts([count_forms(batch, todo) for batch in batches]))
        forms = [*forms, *todo]
    return rank_candidates(shortlist, merge_counts(counts), limit=limit), forms


_SENTENCES = [
    "推行“晨光夜谈”。",
    "晨光夜谈好，",
    "聚力山水联城建设。",
    "各镇谈山水联城。",
    "“山水联城”开新篇。",
    "对山水联城再部署！",
    "落实一户一档，三大攻坚行动。",
    "实施7+3行动，",
    "项目提速、企业提效。",
    "“双岗建功”与“双岗”。",
]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(st.sampled_from(_SENTENCES), max_size=5).map("".join), min_size=1, max_size=8),
    st.lists(st.integers(0, 8), max_size=3),
    st.integers(1, 12),
    st.booleans(),
)
def test_batches_give_what_the_whole_gives(texts, cuts, limit, is_fresh):
    articles = make_articles(*texts)
    borders = [0, *sorted(cuts), len(articles)]
    batches = [articles.iloc[a:b].reset_index(drop=True) for a, b in pairwise(borders)]
    found, _ = work_off(batches, limit=limit, counted=None if is_fresh else [])
    pd.testing.assert_frame_equal(found, find_candidates(articles, EMPTY, limit=limit), check_exact=True)


def test_a_further_page_leaves_nearly_nothing_to_count():
    quoted = [chr(0x4E00 + 7 * i) + "岗" + chr(0x5E00 + 11 * i) + "联" for i in range(400)]
    texts = [f"推行“{form}”，" * (1 + i // 4) for i, form in enumerate(quoted)]
    batches = [make_articles(*texts), make_articles("推行“晨光夜谈”，落实一户一档。")]
    _, before = work_off(batches[:1], limit=50)
    after, forms = work_off(batches, limit=50, counted=before)
    whole = find_candidates(pd.concat(batches, ignore_index=True), EMPTY, limit=50)
    pd.testing.assert_frame_equal(after, whole, check_exact=True)
    assert len(before) == 250
    assert forms == before


def test_the_sample_of_a_large_corpus_hangs_on_the_ids_alone(monkeypatch):
    articles = make_articles(*["共同富裕"] * 50).assign(kind=["news", "news", "teaser", "news", "photo"] * 10)
    assert choose_sample(articles).tolist() == (articles["kind"] != "teaser").tolist()
    monkeypatch.setattr("analysis.slogans.evidence.MOST_CHARS", 81)
    chosen = articles["article_id"][choose_sample(articles)]
    shuffled = articles.sample(frac=1, random_state=1)
    assert set(shuffled["article_id"][choose_sample(shuffled)]) == set(chosen)
    assert len(chosen) == 20
    further = pd.concat([articles, make_articles("新的一篇").assign(article_id="b")], ignore_index=True)
    assert len(set(chosen) - set(further["article_id"][choose_sample(further)])) <= 1
    known = articles[["article_id", "kind"]].assign(chars=4)
    assert choose_sample(known).tolist() == choose_sample(articles).tolist()


def test_nothing_is_found_in_nothing():
    assert list(find_coinages("")) == []
    assert list(find_repeats([])) == []


@pytest.fixture(scope="module")
def labels() -> dict[str, str]:
    pages = json.loads(GOLD.read_text(encoding="utf-8"))["files"].values()
    rows = [
        (form, s["form"])
        for page in pages
        for s in page["slogans"]
        for form in (s["formula"], *s.get("surfaces", {}))
    ]
    return {skeleton(formula): kind for formula, kind in reversed(rows)}


def measure(
    articles: pd.DataFrame, labels: dict[str, str], lexicon: pd.DataFrame = EMPTY
) -> tuple[float, float, float]:
    known = {skeleton(form) for _, form, _ in iter_forms(lexicon)}
    labels = {formula: kind for formula, kind in labels.items() if formula not in known}
    proposed = find_candidates(articles, lexicon)["candidate"].map(skeleton)
    is_slogan = proposed.isin(labels)
    sought = {formula for formula, kind in labels.items() if kind in ("quoted coinage", "numeral")}
    return is_slogan[:50].mean(), is_slogan[:200].mean(), len(sought & set(proposed)) / len(sought)


def test_precision_and_recall_on_the_seeds_with_an_empty_lexicon(seed_tables, labels, say_figure):
    at_50, at_200, recall = measure(seed_tables.articles, labels)
    say_figure(
        f"slogan candidates, empty lexicon: precision at 50 {at_50:.2f}, at 200 {at_200:.2f}, "
        f"recall of the quoted and numeral formulae {recall:.2f}"
    )
    assert at_50 >= 0.96
    assert at_200 >= 0.75
    assert recall >= 0.85


def test_precision_and_recall_of_what_the_lexicon_lacks(seed_tables, labels, say_figure):
    at_50, at_200, recall = measure(seed_tables.articles, labels, read_lexicon())
    say_figure(
        f"with the lexicon, against the labelled formulae that it lacks: precision at 50 {at_50:.2f}, at 200 "
        f"{at_200:.2f}, recall of the quoted and numeral ones {recall:.2f}"
    )
    assert at_50 >= 0.85
    assert recall >= 0.8


def test_precision_and_recall_without_quotation_marks_are_said(seed_tables, labels, say_figure):
    articles = seed_tables.articles.copy()
    for field in schema.FIELDS:
        articles[field] = ["".join(c for c in text if c not in QUOTES) for text in articles[field]]
    at_50, at_200, recall = measure(articles, labels)
    say_figure(
        f"the same without quotation marks: precision at 50 {at_50:.2f}, at 200 {at_200:.2f}, "
        f"recall {recall:.2f}"
    )
    assert at_50 >= 0.4
