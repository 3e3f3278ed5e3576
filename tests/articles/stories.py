"""Made-up reports of a made-up county, and how a newspaper page may print them."""

from __future__ import annotations

import random
from typing import NamedTuple


class Story(NamedTuple):
    """One report: headline lines (kicker first, "" when there is none), names, paragraphs."""

    kicker: str
    headline: str
    names: tuple[str, ...]
    paragraphs: tuple[str, ...]


STORIES = (
    Story(
        "“水库清淤”让山塘变清",
        "柳溪镇三座水库换新颜",
        ("陈立", "王小敏"),
        (
            "3月5日，柳溪镇的三座水库全部完成清淤，库容比清淤前增加了两成，下游六千亩农田的灌溉有了保障。",
            "据镇农业办介绍，三座水库建成已有四十多年，淤泥最厚的地方超过两米。去年冬天，镇里组织十二台挖掘机日夜"
            "施工，共清出淤泥九万立方米，全部运到附近的苗圃用作客土。",
            "“往年到了七月，水就不够用了，今年心里踏实。”种粮大户周阿根说，他已经把早稻面积扩大到三百亩。",
            "下一步，柳溪镇将给水库装上水位监测设备，一旦超过汛限水位，值班人员的手机就会收到提醒。",
        ),
    ),
    Story(
        "",
        "老街修缮过半 年底重新开门迎客",
        ("李文静",),
        (
            "近日，记者在东门老街看到，工匠们正在给百年店铺更换木梁，青石板路也已铺到街尾的石牌坊下。",
            "东门老街全长四百六十米，沿街有店铺一百零八间。这次修缮坚持用老材料、老工艺，每一块拆下的门板都编了号，"
            "修好以后再装回原处。",
            "负责施工的古建公司经理何建平告诉记者，目前工程已经过半，十月底可以完成主体修缮，年底前重新开门。",
            "修缮完成后，老街将引进竹编、糕点、裁缝等二十多家老字号，原来的住户也可以优先回来开店。",
        ),
    ),
    Story(
        "县运动会昨晚闭幕",
        "石桥中学长跑队再夺金牌",
        ("赵一鸣", "孙倩"),
        (
            "为期三天的县运动会昨晚在体育中心闭幕，石桥中学代表队在五千米比赛中包揽前三名，连续第四年夺得团体金牌。",
            "队员们的训练场是一条沿江的土路。教练郑国强说，学校没有标准跑道，他就带着孩子们每天清晨绕江跑八公里，"
            "“风里雨里，一个都没有掉队。”",
            "冠军得主、高二学生钱晓波赛后说，最难忘的是冬天手套结冰的日子，站上领奖台的一刻觉得都值得。",
        ),
    ),
    Story(
        "",
        "社区食堂来了“上门厨师”",
        ("吴佳",),
        (
            "中午十一点，青松社区的食堂门口已经排起队。今天掌勺的不是食堂师傅，而是从县城饭店请来的志愿者。",
            "从今年起，青松社区每周三请一位厨师到食堂做志愿服务，为六十岁以上的居民做两道拿手菜。半年来，已有"
            "二十三位厨师报名，端出了四十六道菜。",
            "“红烧肉软烂，不塞牙。”八十一岁的居民冯桂英说，一个人过日子，最盼的就是星期三。",
            "社区书记许建华算了一笔账：食材由企业赞助，厨师不收报酬，居民每餐只付八元，食堂还能略有盈余，盈余的钱"
            "全部用来给行动不便的老人送餐。",
        ),
    ),
    Story(
        "从“没人要”到“抢着要”",
        "南坪村的毛竹卖出新价钱",
        ("郭涛", "韩梅"),
        (
            "春笋刚过，南坪村的竹山上又热闹起来。砍竹、下山、分拣，村民们一天要装满八辆卡车，运往邻县的刀具厂做刀柄。",
            "几年前，南坪的毛竹还无人问津。一百斤竹子卖不到十五元，连砍竹的工钱都不够，四千亩竹山慢慢荒了。",
            "转机出现在去年。村里引进一家竹材企业，把毛竹加工成防腐板材，价格翻了一番。企业还把初加工车间建在"
            "村口，三十多名妇女在家门口就业。",
            "“竹子值钱了，大家又愿意上山了。”村委会主任林志勇说，村里正在修一条六公里的林道，让卡车直接开上山腰。",
            "目前，南坪村的竹材已经销往七个省份，今年上半年产值突破六百万元。",
        ),
    ),
    Story(
        "",
        "夜校开课三个月 新居民学起方言",
        ("高雪",),
        (
            "“吃饭怎么说？”“谢谢怎么说？”晚上七点半，城北夜校的方言班里笑声不断，四十名外来务工人员跟着老师一句句学。",
            "方言班是县总工会今年开的新课。授课的退休教师马永年把日常用语编成三十课，每课十句，配上自己录的音频，"
            "学员在手机上随时可以听。",
            "来自贵州的学员杨胜利在服装厂当组长，他说学会方言以后，和本地工友说话亲近多了，处理矛盾也更顺手。",
            "截至目前，夜校共开出剪纸、电工、烘焙等十六门课程，累计有两千三百多人次参加学习。",
        ),
    ),
)


class Page(NamedTuple):
    """How a page prints its stories.

    order: headlines before or after their texts. width: characters a line, None for a paragraph a line.
    blank: a blank line behind every line, every paragraph or none. opening: how names are printed. half:
    half-width punctuation. indent: paragraphs open two characters in. marks: heading marks.
    """

    order: str
    width: int | None
    blank: str
    opening: str
    half: bool = False
    indent: bool = False
    marks: bool = False


def lay_out(stories: list[Story], page: Page) -> str:
    """Print stories as a page."""
    text = "\n".join(line for story in stories for line in [*_print(story, page), ""])
    if page.half:
        for wide, narrow in zip("，：；？（）", ",:;?()", strict=True):
            text = text.replace(wide, narrow)
    return text


def draw_page(random_source: random.Random) -> Page:
    """Draw a layout at random; pages with heading marks print a paragraph a line, headlines first."""
    marks = random_source.random() < 0.25
    width = None if marks or random_source.random() < 0.3 else random_source.randint(12, 28)
    return Page(
        order="before" if marks else random_source.choice(["before", "after"]),
        width=width,
        blank=random_source.choice(["line", "paragraph", "none"]),
        opening=random_source.choice(["lead", "line", "mark"]),
        half=random_source.random() < 0.3,
        indent=width is not None and random_source.random() < 0.3,
        marks=marks,
    )


def _print(story: Story, page: Page) -> list[str]:
    heads = [line for line in (story.kicker, story.headline) if line]
    if page.marks:
        heads = [f"{'#' * (2 if line == story.kicker else 1)} {line}" for line in heads]
    byline = "记者 " + " ".join(_space(name) for name in story.names)
    body = [f"■{byline}"] if page.opening == "mark" else [f"本报{byline}"] if page.opening == "line" else []
    for number, paragraph in enumerate(story.paragraphs):
        lead = f"本报讯（{byline}）" if page.opening == "lead" and not number else ""
        body += _wrap(lead + paragraph, page)
    if page.order == "before":
        return [*_parted(heads, page), *body]
    return [*body, *([] if body[-1] == "" else [""]), *heads]


def _parted(lines: list[str], page: Page) -> list[str]:
    return [
        part for line in lines for part in ((line, "") if page.marks or page.blank == "line" else (line,))
    ]


def _wrap(text: str, page: Page) -> list[str]:
    if page.width is None:
        return [text, ""] if page.blank != "none" else [text]
    padded = "　　" + text if page.indent else text
    lines = [padded[i : i + page.width] for i in range(0, len(padded), page.width)]
    if page.blank == "line":
        return [part for line in lines for part in (line, "")]
    return [*lines, ""] if page.blank == "paragraph" else lines


def _space(name: str) -> str:
    return " ".join(name) if len(name) == 2 else name
