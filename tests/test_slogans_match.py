"""Matching: what counts, what does not, and where it stands."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.slogans import find_slogans, read_lexicon, skeleton, sort_hits
from analysis.slogans.lexicon import LEXICON_COLUMNS


def make_articles(*texts: str, **fields: str) -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": list(texts)})
    return frame.assign(**{"kicker": "", "headline": "", "subhead": ""} | fields)


def make_lexicon(*rows: tuple[str, str, str]) -> pd.DataFrame:
    cells = [dict.fromkeys(LEXICON_COLUMNS, "") | {"slogan": s, "aliases": a, "guard": g} for s, a, g in rows]
    return pd.DataFrame(cells).assign(since=pd.Series([pd.NA] * len(rows), dtype="Int64"))


def find(text: str, lexicon: pd.DataFrame | None = None) -> list[str]:
    return find_slogans(make_articles(text), lexicon)["slogan"].tolist()


SPELLINGS = {
    "quotation marks": ("坚持和践行新时代“枫桥经验”。", "新时代“枫桥经验”"),
    "no quotation marks": ("坚持和践行新时代枫桥经验。", "新时代“枫桥经验”"),
    "single quotation marks": ("坚持和践行新时代‘枫桥经验’。", "新时代“枫桥经验”"),
    "straight quotation marks": ('坚持和践行新时代"枫桥经验"。', "新时代“枫桥经验”"),
    "corner brackets": ("坚持和践行新时代「枫桥经验」。", "新时代“枫桥经验”"),
    "hard wrap": ("坚持和践行新时代“枫桥\n经验”。", "新时代“枫桥经验”"),
    "wrap with blank line and indent": ("坚持和践行新时代“枫\n\n　　桥经验”。", "新时代“枫桥经验”"),
    "spaces between all characters": ("坚 持 乡 村 振 兴", "乡村振兴"),
    "zero-width space": ("坚持乡村\u200b振兴", "乡村振兴"),
    "split form": ("做好“一老”与“一小”服务", "一老一小"),
    "reversed form": ("做好“一小一老”服务", "一老一小"),
    "digit form": ("领会5大战略指引", "五大战略指引"),
    "full-width digits and letters": ("建设“４１５Ｘ”集群", "415X"),
    "lower-case letters": ("建设“415x”集群", "415X"),
    "full-width plus": ("落实“8＋4”经济政策", "8+4"),
    "formula": ("推进“4+1”重大项目建设计划", "4+1"),
    "long formula": ("构建“1+4+5+N”体系", "1+4+5+N"),
    "digits inside": ("支持山区26县发展", "山区26县"),
    "wrapped digits": ("支持山区2\n6县发展", "山区26县"),
    "outer quotation marks": ("打造“三个‘一号工程’”", "三个“一号工程”"),
    "compatibility ideograph": ("推动⾼质量发展", "高质量发展"),
    "coinage in quotation marks despite its guard": ("共建“五星”级服务", "五星"),
    "entry that needs quotation marks": ("深化“五城”建设", "五城"),
}


@pytest.mark.parametrize(("text", "slogan"), SPELLINGS.values(), ids=SPELLINGS.keys())
def test_spelling_is_the_slogan(text, slogan):
    assert find(text) == [slogan]


#: Sentences and all that may be found in them: mostly nothing, else what is really meant.
FALSE_HITS = [
    ("客人住进了五星级酒店。", []),
    ("五星红旗迎风飘扬。", []),
    ("这家民办五星级养老机构开业了。", []),
    ("他给店家打了五星好评。", []),
    ("第三农贸市场昨天开业。", []),
    ("县第三农场的水稻熟了。", []),
    ("村里选出六个干部。", []),
    ("三个干部走了八里路。", []),
    ("小溪在两山之间流过。", []),
    ("列车从两山夹一川的峡谷穿过。", []),
    ("他办成了一件事情。", []),
    ("还有一件事要告诉你。", []),
    ("得分是18+4,不是别的。", []),
    ("算式8+45等于53。", []),
    ("算式28+4+1的结果是33。", []),
    ("合同编号1415X2。", []),
    ("型号为A415X的零件到货。", []),
    ("试卷第14+1题答错了。", []),
    ("他十四五岁就离开了家。", []),
    ("这口井二十四五米深。", []),
    ("学校有十四五个班级。", []),
    ("二十大类商品降价。", []),
    ("全县二十大品牌评选启动。", []),
    ("工程款共三千万工程款已付清。", []),
    ("公司欠下两千万工程款。", []),
    ("百县千镇万村高质量发展工程启动。", ["高质量发展"]),
    ("第一百个春天来了。", []),
    ("四风险点已排除。", []),
    ("乡村晚上很安静。", []),
    ("春节乡村晚会热闹。", []),
    ("镇上开了农村超市。", []),
    ("乡村超过百户。", []),
    ("他有一把手枪。", []),
    ("民警收缴一把手术刀。", []),
    ("这并非遗憾的事。", []),
    ("资料不能有是非遗漏。", []),
    ("江浙学者齐聚一堂。", []),
    ("江浙商人很多。", []),
    ("浙商银行发布年报。", []),
    ("他年初心脏不适。", []),
    ("最初心里没有底。", []),
    ("网格布和网格纸卖完了。", []),
    ("电力网格局发生变化。", []),
    ("公司买了十六保险柜。", []),
    ("产品通过六保证书检查。", []),
    ("记者线下访谈了三位老人。", []),
    ("早上好,同学们!", []),
    ("三生石旁花开了。", []),
    ("他三生有幸。", []),
    ("买了两官窑瓷片。", []),
    ("这五城相距不远。", []),
    ("房间门牌是152号。", []),
    ("编号315房间空着。", []),
    ("他花了1612元。", []),
    ("全程141公里。", []),
    ("乡村。振兴路上车很多。", []),
    ("共同,富裕起来的村民。", []),
    ("枫桥、经验丰富的老人。", []),
    ("乡村(振兴)", []),
    ("高质量的发展。", []),
    ("他买的房子是好房子。", []),
    ("家乡土特产很多。", []),
    ("亲清河水流。", []),
    ("春夏四风格不同。", []),
    ("以“产”兴城、以“人”为本。", []),
    ("走西部陆海新通道。", []),
    ("三辆车,一辆去平安区域中心。", []),
    ("新铁军团在北伐铁军史馆。", []),
    ("他们赶考生进考场。", []),
    ("一只头雁飞过。", []),
]


@pytest.mark.parametrize(("sentence", "expected"), FALSE_HITS)
def test_nothing_is_found_wrongly(sentence, expected):
    assert find(sentence) == expected


def test_the_list_of_false_hits_is_long_enough():
    assert len({sentence for sentence, _ in FALSE_HITS}) >= 60


def test_longest_of_those_that_begin_together_counts():
    lexicon = make_lexicon(("平安", "", ""), ("平安中国", "", ""), ("中国建设", "", ""))
    hits = find_slogans(make_articles("平安中国建设"), lexicon)
    assert hits["slogan"].tolist() == ["平安中国"]


def test_leftmost_counts_even_when_a_longer_one_crosses_its_end():
    lexicon = make_lexicon(("平安中国", "", ""), ("中国建设的道路", "", ""))
    hits = find_slogans(make_articles("平安中国建设的道路"), lexicon)
    assert hits["slogan"].tolist() == ["平安中国"]
    assert hits["crossing"].tolist() == ['[["中国建设的道路", "中国建设的道路", 2, 9]]']


def test_neighbours_count_each():
    assert find("乡村振兴乡村振兴") == ["乡村振兴", "乡村振兴"]


def test_nothing_matches_from_one_field_or_article_into_the_next():
    articles = make_articles("振兴", "乡村").assign(headline=["乡村", ""], subhead=["", "振兴"])
    assert find_slogans(articles).empty


def test_hits_come_by_article_field_and_place():
    articles = make_articles("一老一小。共同富裕", "乡村振兴", headline="网格", kicker="长三角")
    hits = find_slogans(articles.iloc[::-1])
    assert hits[["article_id", "field", "start"]].values.tolist() == [
        ["a0", "kicker", 0],
        ["a0", "headline", 0],
        ["a0", "text", 0],
        ["a0", "text", 5],
        ["a1", "kicker", 0],
        ["a1", "headline", 0],
        ["a1", "text", 0],
    ]


def test_surface_takes_both_marks_of_a_pair_or_none():
    text = "“枫桥经验”、新时代“枫桥经验”、“八八”战略、“一老”与“一小”。"
    surfaces = find_slogans(make_articles(text))["surface"].tolist()
    assert surfaces == ["枫桥经验", "新时代“枫桥经验”", "“八八”战略", "“一老”与“一小”"]


def test_guard_holds_across_a_wrap():
    assert find("客人住进五星\n级酒店") == []


def test_guard_voids_only_the_form_it_stands_around():
    lexicon = make_lexicon(("两山", "", "~之间"), ("之间", "", ""))
    assert find("两山之间两山", lexicon) == ["之间", "两山"]


def test_text_without_slogans_gives_the_empty_table():
    hits = find_slogans(make_articles("今天天气很好。"))
    assert schema.check(hits, schema.SLOGAN_HITS).empty


def test_no_articles_and_no_entries_give_the_empty_table():
    assert find_slogans(schema.empty(schema.ARTICLES)).empty
    assert find_slogans(make_articles("乡村振兴"), read_lexicon().iloc[:0]).empty


def test_missing_fields_count_as_empty():
    articles = make_articles("乡村振兴").assign(kicker=None)
    assert find_slogans(articles)["slogan"].tolist() == ["乡村振兴"]


def test_large_batches_give_the_same_hits(monkeypatch):
    texts = ["推动乡村振兴", "“一老一小”", "", "完善网格", "五星级酒店", "8+4"] * 3
    whole = find_slogans(make_articles(*texts))
    monkeypatch.setattr("analysis.haystacks._CHARS", 5)
    pd.testing.assert_frame_equal(find_slogans(make_articles(*texts)), whole)


def test_hits_of_batches_put_together_are_those_of_the_whole():
    articles = make_articles("推动乡村振兴", "“一老一小”", "", "平安中国建设", "乡村振兴", headline="网格")
    articles["article_id"] = ["c", "a", "e", "b", "d"]
    batches = [find_slogans(articles.iloc[i : i + 2]) for i in (2, 0, 4)]
    whole = find_slogans(articles)
    pd.testing.assert_frame_equal(sort_hits(pd.concat(batches, ignore_index=True)), whole)
    assert whole["article_id"].is_monotonic_increasing


def test_border_stands_in_no_form():
    lexicon = make_lexicon(("共\0富", "", ""), ("共富", "", ""))
    articles = make_articles("共", "富").assign(headline=["共", ""])
    assert find_slogans(articles, lexicon).empty
    assert find_slogans(make_articles("共\0富"), lexicon)["slogan"].tolist() == ["共\0富"]


_PIECES = st.sampled_from(
    [
        "乡村振兴",
        "“枫桥经验”",
        "新时代",
        "8+4",
        "1",
        "一老",
        "一小",
        "与",
        "\n",
        " ",
        "“",
        "”",
        "，",
        "五星",
        "级",
        "𠮷",
        "\0",
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_every_hit_stands_where_it_says_and_none_overlap(text):
    hits = schema.check(find_slogans(make_articles(text)), schema.SLOGAN_HITS)
    assert all(text[h.start : h.end] == h.surface for h in hits.itertuples())
    assert (hits["start"].to_numpy()[1:] >= hits["end"].to_numpy()[:-1]).all()


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["乡村", "振兴", "网格", "枫桥", "经验", "，"]), max_size=12).map("".join),
    st.data(),
)
def test_white_space_anywhere_changes_no_count(text, data):
    gaps = data.draw(st.lists(st.sampled_from(["", "\n", " ", "　"]), min_size=len(text), max_size=len(text)))
    spaced = "".join(a + b for a, b in zip(text, gaps, strict=True))
    assert find(spaced) == find(text)
    assert skeleton(spaced) == skeleton(text)
