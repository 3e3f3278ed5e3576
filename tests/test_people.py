"""Officials by made-up sentences: where an office and a name begin and end, and who says what."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analysis.people import find_mentions, find_people, find_spoken, link_people
from analysis.schema import ARTICLES, FIELDS, SLOGAN_HITS, empty
from analysis.slogans import find_slogans


def _articles(*texts: str, **fields: str) -> pd.DataFrame:
    rows = [
        {"article_id": str(i), **dict.fromkeys(FIELDS, ""), **fields, "text": t} for i, t in enumerate(texts)
    ]
    return pd.DataFrame(rows).assign(paper="某报")


def _people(text: str, **fields: str) -> list[tuple[str, str]]:
    people = find_people(_articles(text, **fields))
    return list(people[["name", "office"]].itertuples(index=False, name=None))


ONE = {
    "office before a verb": ("县委书记马文斌主持会议。", "马文斌", "县委书记"),
    "two offices": ("县委副书记、代县长吕梦琪参加。", "吕梦琪", "县委副书记、代县长"),
    "three offices with a body": (
        "市委常委、统战部部长、市总工会主席高原出席。",
        "高原",
        "市委常委、统战部部长、市总工会主席",
    ),
    "two characters and a short verb": ("石门镇党委书记唐果说。", "唐果", "石门镇党委书记"),
    "name with a particle in it": ("县长赵为民强调，要抓落实。", "赵为民", "县长"),
    "name that begins like a verb": ("局长成向东介绍，进展顺利。", "成向东", "局长"),
    "compound surname": ("副县长欧阳锋华赴企业调研。", "欧阳锋华", "副县长"),
    "compound surname, one character": ("区长司马青出席。", "司马青", "区长"),
    "rare surname": ("县长禤国强强调，要抓落实。", "禤国强", "县长"),
    "rare surname and a short verb": ("区长贡嘎说，要抓落实。", "贡嘎", "区长"),
    "general branch": ("下河村党总支书记刘创业说，", "刘创业", "下河村党总支书记"),
    "word as a name": ("市委书记平安强调，要抓落实。平安指出，时不我待。", "平安", "市委书记"),
    "preposition in front": ("据柳溪村党支部书记钱大有介绍，收成很好。", "钱大有", "柳溪村党支部书记"),
    "village and committee": (
        "红星村党支部书记、村委会主任孙得胜告诉记者。",
        "孙得胜",
        "红星村党支部书记、村委会主任",
    ),
    "company": ("四川蓝天食品有限公司董事长魏长河表示，", "魏长河", "四川蓝天食品有限公司董事长"),
    "bureau with 和 in its name": (
        "江阴市住房和城乡建设局局长许立新介绍，",
        "许立新",
        "江阴市住房和城乡建设局局长",
    ),
    "deputy behind 部": ("人力资源社会保障部副部长颜清言介绍，", "颜清言", "人力资源社会保障部副部长"),
    "former office": ("时任县委书记郑明远带队。", "郑明远", "县委书记"),
    "first of a line": ("首任校长周树德说，", "周树德", "校长"),
    "our county": ("我县县长林晓峰参加。", "林晓峰", "县长"),
    "and-joined office": ("总经理兼总工程师蒋大为表示，", "蒋大为", "总经理兼总工程师"),
    "office behind": ("学习贯彻习近平总书记重要讲话精神。", "习近平", "总书记"),
    "name in brackets after a lead": ("（通讯员 王五）县政协主席沈家明参加。", "沈家明", "县政协主席"),
    "half-width marks": ("会上,区委书记陶然强调,要抓落实.", "陶然", "区委书记"),
    "dotted name": ("副州长阿依古丽·买买提参加。", "阿依古丽·买买提", "副州长"),
}


@pytest.mark.parametrize("case", ONE.values(), ids=list(ONE))
def test_one_official(case):
    text, name, office = case
    assert _people(text) == [(name, office)]


NONE = {
    "adverb": "县委书记高度重视，市长应邀出席，区长全程陪同。",
    "plain adjective": "书法家温暖“送福”，温暖人心。",
    "reporter": "本报记者王小明、通讯员李大海报道。",
    "body, not person": "县人大常委会主任会议召开，区委常委会听取汇报，市政协主席团开会。",
    "office of nobody": "全县村党支部书记和村委会主任参加培训，企业负责人代表发言。",
    "surname alone": "王书记说，老李主任也来了。",
    "honour alone": "李明哲院士、陈思远博士作报告。",
    "plain people": "村民陈阿婆、市民刘先生说。",
    "word over the end of an office": "红军长征后，村党支部书记轮训班开班，项目实行长周期管理。",
    "leadership": "坚持党的全面领导，加强组织领导。",
}


@pytest.mark.parametrize("text", NONE.values(), ids=list(NONE))
def test_no_official(text):
    assert _people(text) == []


def test_list_shares_the_office_before_it():
    text = "县人大常委会主任冯立，副主任褚卫国、卫青、蒋百川和沈括出席，县领导韩信参加。"
    people = find_people(_articles(text))
    vice = people[people["office"] == "副主任"]
    assert vice["name"].tolist() == ["褚卫国", "卫青", "蒋百川", "沈括"]
    assert set(vice["institution"]) == {"县人大常委会"}
    assert ("韩信", "县领导") in _people(text)


def test_list_shares_the_office_behind_it():
    found = _people("下午，杨万里、朱熹之、秦观等市领导在分会场参加会议。")
    assert found == [("杨万里", "市领导"), ("朱熹之", "市领导"), ("秦观", "市领导")]


def test_list_stops_at_what_is_no_name():
    assert _people("区领导尤立、法检两长及部分代表参加。") == [("尤立", "区领导")]


def test_offices_one_after_the_other():
    found = _people("常务副市长许敬宗，副市长何晏清、吕布韦，市政府党组成员施耐安出席会议。")
    assert found == [
        ("许敬宗", "常务副市长"),
        ("何晏清", "副市长"),
        ("吕布韦", "副市长"),
        ("施耐安", "市政府党组成员"),
    ]


def test_longer_form_of_an_office_takes_the_shorter_one():
    text = "宁川市青田区区委书记曹植文调研。区委书记曹植文强调，要抓落实。"
    assert [office for _, office in _people(text)] == ["宁川市青田区区委书记"]


def test_two_offices_of_one_man_are_two_rows_with_all_his_mentions():
    people = find_people(
        _articles("市领导严复之、华佗参加。市委书记严复之指出，要实干。严复之强调，要快干。")
    )
    mine = people[people["name"] == "严复之"]
    assert mine["office"].tolist() == ["市领导", "市委书记"]
    assert mine["n"].tolist() == [3, 3]


def test_n_counts_headlines_and_mentions_without_office():
    people = find_people(_articles("县长陶渊之调研。陶渊之强调，要抓。", kicker="陶渊之在县里调研"))
    assert people["n"].tolist() == [3]


def test_word_that_is_a_name_counts_only_as_a_name():
    text = "市委书记温暖出席会议。温暖强调，要把党的温暖送到千家万户，让群众感到温暖。"
    mentions = find_mentions(_articles(text, kicker="温暖在全市大会上强调"))
    assert mentions[["field", "start"]].values.tolist() == [["kicker", 0], ["text", 4], ["text", 11]]


def test_shorter_name_is_not_found_in_a_longer_one():
    text = "乡党委书记徐芳主持，副乡长徐芳芸参加。徐芳芸说，好。"
    counts = find_people(_articles(text)).set_index("name")["n"].to_dict()
    assert counts == {"徐芳": 1, "徐芳芸": 2}


def test_mentions_say_whether_the_office_is_printed():
    mentions = find_mentions(_articles("县长苗子文强调，要实干。苗子文要求，要快干。"))
    assert mentions["printed"].tolist() == [True, False]
    assert mentions["office"].tolist() == ["县长", "县长"]


def _spoken(text: str, **fields: str) -> list[tuple[str, str]]:
    articles = _articles(text, **fields)
    hits = find_slogans(articles)
    spoken = find_spoken(find_mentions(articles), hits, articles)
    return list(spoken[["name", "slogan"]].itertuples(index=False, name=None))


def test_speech_runs_to_the_end_of_its_paragraph():
    text = "区委书记葛亮明强调，要推进乡村振兴。要抓好共同富裕。\n全区推进平安建设。"
    assert _spoken(text) == [("葛亮明", "乡村振兴"), ("葛亮明", "共同富裕")]


def test_speech_ends_where_another_speaks():
    text = "县长奚望强调，要推进乡村振兴。会议指出，要抓好共同富裕。县委书记范蠡表示，要建设平安建设。"
    assert _spoken(text) == [("奚望", "乡村振兴"), ("范蠡", "平安建设")]


def test_pronoun_means_the_first_official_of_the_last_sentence():
    text = "市长郎朗明赴企业调研，县长鲁迅之陪同。他强调，要推进乡村振兴。"
    assert _spoken(text) == [("郎朗明", "乡村振兴")]


def test_quotation_in_front_of_the_name():
    text = "“我们要推进乡村振兴。”石桥乡党委书记韦小宝说。全乡推进共同富裕。"
    assert _spoken(text) == [("韦小宝", "乡村振兴")]


def test_kicker_that_ends_with_the_verb_takes_the_headline():
    text = "县委书记昌平之主持会议。"
    assert _spoken(text, kicker="昌平之在会上强调", headline="推进乡村振兴") == [("昌平之", "乡村振兴")]


def test_answer_of_an_interview():
    text = "我们专访了局长马腾飞。\n记者：如何推进共同富裕？\n马腾飞：先抓乡村振兴。"
    assert _spoken(text) == [("马腾飞", "乡村振兴")]


def test_links_add_up_over_articles():
    text = "县长苗子文强调，要推进乡村振兴。乡村振兴要快。"
    articles = _articles(text, text)
    links = link_people(find_mentions(articles), find_slogans(articles), articles)
    wanted = [["苗子文", "某报", "县长", "乡村振兴", 4, 2]]
    assert links.values.tolist() == wanted


def test_empty_in_empty_out():
    articles, hits = empty(ARTICLES), empty(SLOGAN_HITS)
    mentions = find_mentions(articles)
    assert find_people(articles).empty
    assert mentions.empty
    assert link_people(mentions, hits, articles).empty
    assert find_people(articles).columns.tolist() == [
        "article_id",
        "name",
        "office",
        "institution",
        "paper",
        "n",
    ]


def test_inputs_stay_and_a_second_run_agrees(seed_tables):
    articles, hits = seed_tables.articles, seed_tables.slogan_hits
    before = articles.copy(), hits.copy()
    mentions = find_mentions(articles)
    links = link_people(mentions, hits, articles)
    assert len(links)
    pd.testing.assert_frame_equal(link_people(find_mentions(articles), hits, articles), links)
    pd.testing.assert_frame_equal(articles, before[0])
    pd.testing.assert_frame_equal(hits, before[1])
    assert links["n"].sum() <= len(hits)


def test_word_as_a_name_on_one_page_and_an_adjective_on_another(seed_tables):
    people = find_people(seed_tables.articles)
    pages = seed_tables.articles.set_index("article_id")["page_id"]
    assert len(set(people.loc[people["name"] == "温暖", "article_id"].map(pages))) == 1


_PIECES = st.sampled_from(
    [
        *"县委书记副市长、，。：“”（）王李温暖强调说出席等区领导在和·—\n 0A",
        "总书记",
        "县长",
        "主任",
        "村党支部",
        "习近平",
    ]
)
_TEXTS = st.one_of(st.lists(_PIECES, max_size=40).map("".join), st.text(max_size=40))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS, _TEXTS)
@example("", "总书记总书记县·县")
def test_any_text_is_read_and_offsets_point_at_names(headline, text):
    articles = _articles(text, headline=headline)
    mentions = find_mentions(articles)
    people = find_people(articles)
    for mention in mentions.itertuples():
        assert articles.at[0, mention.field][mention.start : mention.end] == mention.name
    assert not mentions.duplicated(["field", "start"]).any()
    assert set(mentions["name"]) == set(people["name"])
    counts = mentions["name"].value_counts()
    assert all(person.n == counts[person.name] for person in people.itertuples(index=False, name="Person"))
    assert all(any(p.office in value for value in (headline, text)) for p in people.itertuples())
    find_spoken(mentions, find_slogans(articles), articles)
