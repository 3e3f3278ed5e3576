"""Places from a page's own voice: all over China, and where the evidence ends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.metadata import gazetteer
from analysis.metadata.gazetteer import find_mentions, read_places, read_rows, read_townships
from analysis.metadata.page_text import prepare_text
from analysis.metadata.places import Location, find_location, locate_paper

COUNTIES = [place for place in read_places() if place.level == "county" and not place.until]


def locate(text, title=None):
    return find_location(prepare_text(text), title)


def voice(word):
    return f"本报讯 昨日，{word}委书记张三调研。我{word}各部门参加。{word}长李四主持。我{word}将抓好落实。"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(
            voice("县") + "安吉县召开会议。安吉将抓好落实，安吉发展。",
            ("浙江省", "湖州市", "安吉县"),
            id="county",
        ),
        pytest.param(
            voice("县") + "天荒坪镇、鄣吴镇、报福镇参加。",
            ("浙江省", "湖州市", "安吉县"),
            id="towns only",
        ),
        pytest.param(
            voice("县") + "衢州市衢江区代表团来我县考察。衢江区领导学习安吉县经验。安吉县领导介绍安吉。",
            ("浙江省", "湖州市", "安吉县"),
            id="visitors",
        ),
        pytest.param(
            voice("旗") + "准格尔旗召开会议。准格尔旗各苏木镇参加。准格尔发展。",
            ("内蒙古自治区", "鄂尔多斯市", "准格尔旗"),
            id="banner",
        ),
        pytest.param(
            voice("市") + "诸暨市召开会议。诸暨发展，诸暨市委部署。绍兴市领导出席。",
            ("浙江省", "绍兴市", "诸暨市"),
            id="county city",
        ),
        pytest.param(
            voice("市") + "绍兴市召开会议。绍兴市各区参加。诸暨市发言。绍兴发展，绍兴开局。",
            ("浙江省", "绍兴市", None),
            id="city",
        ),
        pytest.param(
            voice("州") + "恩施州召开会议。恩施土家族苗族自治州推进。恩施发展。",
            ("湖北省", "恩施土家族苗族自治州", None),
            id="prefecture",
        ),
        pytest.param(
            voice("市") + "仙桃市召开会议。仙桃市各镇参加。仙桃发展。",
            ("湖北省", None, "仙桃市"),
            id="no city above",
        ),
        pytest.param(
            voice("区") + "浦东新区召开会议。浦东新区各镇参加。浦东发展。",
            ("上海市", "上海市", "浦东新区"),
            id="new area",
        ),
        pytest.param(
            voice("县") + "景宁畲族自治县召开会议。景宁发展，景宁开局。景宁",
            ("浙江省", "丽水市", "景宁畲族自治县"),
            id="autonomous",
        ),
        pytest.param(
            voice("区") + "鼓楼区召开会议。鼓楼区各街道参加。鼓楼发展。",
            (None, None, "鼓楼区"),
            id="shared name",
        ),
        pytest.param(
            voice("区") + "鼓楼区召开会议。鼓楼区各街道参加，鼓楼发展。福州市领导出席，福州市部署。",
            ("福建省", "福州市", "鼓楼区"),
            id="shared name, city told",
        ),
        pytest.param(
            voice("市") + "富阳市召开会议。富阳市各镇参加。富阳市发展。",
            ("浙江省", "杭州市", "富阳市"),
            id="name that ended",
        ),
    ],
)
def test_a_page_is_of_the_place_that_its_voice_and_names_tell(text, place):
    assert locate(text) == Location(*place)


@pytest.mark.parametrize(
    "text",
    [
        "新昌县委书记张三表示，新昌县将抓好落实。新昌县长李四主持。新昌县发展。",
        "“当时，县委、县政府正摸索。”静乐县县委、县政府部署。静乐县发展，静乐县开局。",
        "某省A市B区法院受理。B区检察院向B区法院建议。海淀区法院。“市长杯”校园足球在海淀区开赛。",
        voice("县") + "没有说出是哪个县。",
        voice("县") + "平安建设，平安创建，平安平安平安，合作共赢，合作交流，合作合作。",
        voice("区") + "平安建设，平安创建，确保平安区创建八连冠，平安平安，和平发展，友好交流。",
        "",
    ],
    ids=[
        "named bodies",
        "quoted voice",
        "anonymous court",
        "voice without a name",
        "everyday words",
        "平安区 is no district here",
        "nothing",
    ],
)
def test_what_names_no_place_of_its_own_gets_none(text):
    assert locate(text) == Location()


def test_a_national_paper_has_no_place():
    assert locate(voice("县") + "安吉县安吉县安吉县", "人民日报") == Location()


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("今日新昌", ("浙江省", "绍兴市", "新昌县")),
        ("嘉兴日报·平湖版", ("浙江省", "嘉兴市", "平湖市")),
        ("萧山日报", ("浙江省", "杭州市", "萧山区")),
        ("浙江日报", ("浙江省", None, None)),
        ("解放日报", ("上海市", "上海市", None)),
        ("光明日报", (None, None, None)),
        (None, (None, None, None)),
    ],
)
def test_a_title_tells_its_place(title, place):
    assert locate_paper(title) == Location(*place)


@settings(deadline=None)
@given(
    st.sampled_from([place for place in COUNTIES if place.suffix in "县区市旗"]), st.sampled_from(COUNTIES)
)
def test_no_county_is_taken_for_another(own, visitor):
    text = (
        voice(own.suffix)
        + f"{visitor.city}{visitor.name}代表团来考察，{visitor.name}领导学习。"
        + (f"{own.city}领导出席。{own.name}召开会议。{own.name}各镇参加，{own.short}发展。")
    )
    found = locate(text)
    assert found.county in {own.name, None}
    assert found.city in {own.city or None, None}
    assert found.province in {own.province, None}


@settings(deadline=None)
@given(st.text("我县区市委长新昌衢江绍兴平湖安吉镇、，。“”", max_size=200))
def test_any_text_has_a_real_place_or_none(text):
    found = locate(text)
    names = {(place.province, place.name) for place in read_places()}
    assert found.county is None or found.province is None or (found.province, found.county) in names


def test_places_are_sound():
    places = read_places()
    assert [(p.adcode, p.name) for p in places] == sorted((p.adcode, p.name) for p in places)
    assert len(set(places)) == len(places)
    provinces = {place.name for place in places if place.level == "province"}
    assert len(provinces) == 34
    assert {place.province for place in places} == provinces
    cities = {place.name for place in places if place.level == "city"}
    assert {place.city for place in places if place.city} <= cities
    assert all(place.name.startswith(place.short) for place in places)
    assert all(
        len(place.short) >= 2 and place.adcode.isdigit() and len(place.adcode) == 6 for place in places
    )


def test_townships_are_sound():
    names = [row["name"] for row in read_rows("townships.tsv")]
    assert names == sorted(set(names))
    assert all(1 <= len(counties) <= 12 for counties in read_townships().values())


def test_mentions_do_not_overlap_and_stand_where_they_say():
    text = "衢州市衢江区太真乡与新昌县、嘉兴平湖市交流"
    mentions = find_mentions(text)
    assert [mention.name for mention in mentions] == [
        "衢州市",
        "衢江区",
        "太真乡",
        "新昌县",
        "嘉兴",
        "平湖市",
    ]
    assert all(text[mention.start : mention.end] == mention.name for mention in mentions)


_NAMES = [*read_townships(), *(name for place in read_places() for name in (place.name, place.short))]


@given(
    st.lists(st.sampled_from(_NAMES) | st.text("县市区镇乡街道新昌衢州江城关，a", max_size=4), max_size=30)
)
@settings(deadline=None)
def test_names_of_a_few_texts_are_those_of_many(pieces):
    text = "".join(pieces)
    gazetteer.load_index()
    assert list(gazetteer._look_up(text)) == find_mentions(text)


def test_names_are_found_in_a_few_texts_without_the_index(monkeypatch):
    monkeypatch.setattr(gazetteer, "_USED", {"characters": 0})
    gazetteer._index.cache_clear()
    first = find_mentions("衢州市衢江区来新昌，太真乡")
    assert [mention.name for mention in first] == ["衢州市", "衢江区", "新昌", "太真乡"]
    assert not gazetteer._index.cache_info().currsize
    gazetteer._USED["characters"] = gazetteer._FEW_CHARACTERS
    assert find_mentions("衢州市衢江区来新昌，太真乡") == first
    assert gazetteer._index.cache_info().currsize
