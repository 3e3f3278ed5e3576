"""Names and roles, as newspapers print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.articles.bylines import format_authors, is_byline, parse_authors, split_names


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("(记者 周万 通讯员 廖靖)", "周万/记者;廖靖/通讯员"),
        ("（记者周万、通讯员廖靖）", "周万/记者;廖靖/通讯员"),
        ("■记者吴斐通讯员董娜", "吴斐/记者;董娜/通讯员"),
        ("绍兴日报记者 张科勇", "张科勇/记者"),
        ("首席记者吕建刚", "吕建刚/首席记者"),
        ("(吴婧涵 徐欣宇 徐展东)", "吴婧涵/;徐欣宇/;徐展东/"),
        ("本报记者 李 墨 贾丰丰", "李墨/记者;贾丰丰/记者"),
        ("记者 张 胜 男", "张胜男/记者"),
        (
            "衢报传媒集团记者 邹乡月 本报记者 郑晨 王思 通讯员 翁水珍",
            "邹乡月/记者;郑晨/记者;王思/记者;翁水珍/通讯员",
        ),
        ("新疆且末县 李妍娇", "李妍娇/"),
        ("记者 周万 文/图", "周万/记者"),
        ("■记 者 通讯员", ""),
        ("本报综合报道", ""),
        ("记者 欧阳娜 阿卜力克木·买买提", "欧阳娜/记者;阿卜力克木·买买提/记者"),
        ("□徐登富张钢", "徐登富/;张钢/"),
    ],
)
def test_bylines_as_printed(printed: str, authors: str) -> None:
    assert format_authors(parse_authors(printed)) == authors


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("（记者 夏炯炯 俞沣城 摄）", "夏炯炯/记者;俞沣城/记者"),
        ("(吴铁鸣 尹桦 摄)", "吴铁鸣/摄影;尹桦/摄影"),
        ("记者范方斌摄", "范方斌/记者"),
        ("李信君摄（影像中国）", "李信君/摄影"),
    ],
)
def test_credits_have_the_role_of_photographers(printed: str, authors: str) -> None:
    assert format_authors(parse_authors(printed, photo=True)) == authors


@pytest.mark.parametrize(
    "line",
    [
        "■张 硕",
        "本报记者 李 墨",
        "记者 俞晓委 吕伯元",
        "洪昕雨",
        "杨 成",
        "孙立极 薛思远",
        "新疆且末县 李妍娇",
        "●记者 田 泓",
    ],
)
def test_line_of_names_is_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "记者调查发现不少问题",
        "安全生产",
        "常德酱板鸭",
        "标准化",
        "（作者为苏州博物馆馆长）",
        "（赵歆、李贺参与采写）",
        "市、区",
        "4月25日上午",
        "",
    ],
)
def test_line_of_words_is_no_byline(line: str) -> None:
    assert not is_byline(line)


def test_name_is_not_listed_twice() -> None:
    assert format_authors(parse_authors("记者 周万 记者 周万")) == "周万/记者"


@given(st.text(alphabet="记者通讯员周万 李墨、·()（）■摄/文图新华社\n", max_size=40))
def test_any_byline_gives_names_of_its_own_characters(printed: str) -> None:
    for author in parse_authors(printed):
        assert set(author.name) <= set(printed)
    assert all(len(name) >= 2 for name in split_names(printed))


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("本报记者 亓云鹏", ["亓云鹏"]),
        ("中国汽车报记者 张奕", ["张奕"]),
        ("记者欧 阳洁", ["欧阳洁"]),
        ("记者张 云河", ["张云河"]),
        ("记者 李 明 张云", ["李明", "张云"]),
        ("以上图片均为新华社记者王小东摄", ["王小东"]),
    ],
    ids=["rare surname", "trade paper", "torn surname of two", "torn surname", "spaced name", "all photos"],
)
def test_names_that_wraps_and_rare_forms_hide(printed: str, names: list[str]) -> None:
    assert [author.name for author in parse_authors(printed, photo=printed.endswith("摄"))] == names


def test_a_rare_surname_behind_the_own_paper_is_a_byline() -> None:
    assert is_byline("本报记者 之云鹏")
    assert not is_byline("本报记者近日从县里获悉")
