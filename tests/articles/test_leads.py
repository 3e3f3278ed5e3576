"""Leads, credits, continuation marks."""

from __future__ import annotations

import pytest

from analysis.articles.leads import find_lead, find_parts, is_credit, is_marker


@pytest.mark.parametrize(
    ("text", "role", "rest"),
    [
        ("本报讯(记者 周万)12月13日", "lead", "12月13日"),
        ("本报讯 昨天上午,市长", "lead", "昨天上午,市长"),
        ("本报讯（本报综合报道）区委", "lead", "区委"),
        ("本 报 讯 （首席记者 蒋超）10日至11日", "lead", "10日至11日"),
        ("本报讯 记者李明 通讯员王芳报道：近日", "lead", "近日"),
        ("(本报记者  秦瑞杰)天蒙蒙亮", "lead", "天蒙蒙亮"),
        ("本报北京5月12日电 （记者金歆）记者12日", "dispatch", "记者12日"),
        ("据新华社海口5月10日电（记者赵颖全、陈凯姿）10", "dispatch", "10"),
        ("新华社北京5月7日电 5月7日下午", "dispatch", "5月7日下午"),
        ("本报讯\n（记者 周\n万）近日", "lead", "近日"),
    ],
)
def test_openings(text: str, role: str, rest: str) -> None:
    part = find_lead(text, 0, len(text))
    assert part is not None
    assert (part.role, text[part.end :]) == (role, rest)


@pytest.mark.parametrize(
    "text",
    ["本报讯息中心", "(简称“中科健齿”)成立于2013年", "（以下简称新百）内", "记者从会上获悉", "5月7日下午"],
)
def test_no_opening(text: str) -> None:
    assert find_lead(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "role", "kept"),
    [
        ("疏浚工作。 （记者 夏炯炯 俞沣城 摄）", "credit", "疏浚工作。 "),
        ("绚丽的色彩。记者范方斌摄", "credit", "绚丽的色彩。"),
        ("压实责任,细(下转2版)", "marker", "压实责任,细"),
        ("熟悉的环境。 （下转第2版）", "marker", "熟悉的环境。 "),
        ("依托“衢（紧接第三版）风光", "marker", "依托“衢风光"),
        ("名片。（本报记者 颜 欢）", "byline", "名片。"),
    ],
)
def test_parts_that_are_no_text(text: str, role: str, kept: str) -> None:
    (part,) = find_parts(text, 0, len(text))
    assert (part.role, text[: part.start] + text[part.end :]) == (role, kept)


@pytest.mark.parametrize(
    "text", ["会场（见图）。", "5个市（州）", "（作者为苏州博物馆馆长）", "（赵歆参与采写）", "他在摄影。"]
)
def test_brackets_that_are_text(text: str) -> None:
    assert find_parts(text, 0, len(text)) == []


def test_lines_of_their_own() -> None:
    assert [is_marker(t) for t in ("下转第二版", "（下转2版）", "上接第一版", "下转第二版的文章")] == [
        True,
        True,
        True,
        False,
    ]
    assert [is_credit(t) for t in ("(吴铁鸣 尹桦 摄)", "摄影：李明", "新华社发", "他爱好摄影")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("page", "role"),
    [
        ("本报深圳电 (记者周万)记者获悉", "dispatch"),
        ("本报巴西茹伊斯迪福拉6月3\n日电 （记者周万）会议", "dispatch"),
        ("本报讯近日，会议召开。", "lead"),
        ("本报编辑部的来电（热线）不断", None),
    ],
    ids=["no day", "long place over two lines", "no names", "plain text"],
)
def test_openings_of_reports(page: str, role: str | None) -> None:
    lead = find_lead(page, 0, len(page))
    assert (lead.role if lead else None) == role
