"""What a page becomes: traps of real pages, made up small."""

from __future__ import annotations

import pytest

from analysis.articles import split_page
from analysis.articles.split import Article, clean, join_lines

TEXT_A = (
    "3月5日，柳溪镇的三座水库全部完成清淤，库容比清淤前增加了两成，六千亩农田的灌溉有了保障。",
    "据镇农业办介绍，三座水库建成已有四十多年，淤泥最厚的地方超过两米，去年冬天镇里组织挖掘机日夜施工。",
)
TEXT_B = (
    "近日，东门老街的工匠们正在给百年店铺更换木梁，青石板路也已铺到街尾的石牌坊下。",
    "东门老街全长四百六十米，沿街有店铺一百零八间，这次修缮坚持用老材料、老工艺，年底前重新开门。",
)


def _page(*lines: str) -> list[Article]:
    return split_page("\n\n".join(lines)).articles


def _heads(article: Article) -> tuple[str, str, str]:
    return join_lines(article.kicker), join_lines(article.headline), join_lines(article.subhead)


def test_headline_at_the_end_of_the_page_finds_its_body() -> None:
    articles = _page(
        "本报讯(记者 陈立)" + TEXT_A[0],
        TEXT_A[1],
        "东门老街修缮过半",
        "本报讯(记者 李文静)" + TEXT_B[0],
        TEXT_B[1],
        "柳溪镇三座水库完成清淤",
    )
    assert [_heads(a)[1] for a in articles] == ["柳溪镇三座水库完成清淤", "东门老街修缮过半"]


def test_kicker_and_headline_far_from_each_other_are_joined() -> None:
    articles = _page(
        "本报讯(记者 陈立)" + TEXT_A[0],
        TEXT_A[1],
        "陈国平在柳溪镇水库清淤现场会上强调",
        "本报讯(记者 李文静)" + TEXT_B[0],
        TEXT_B[1],
        "东门老街修缮过半",
        "水库清淤保障六千亩农田灌溉",
    )
    assert _heads(articles[0]) == ("陈国平在柳溪镇水库清淤现场会上强调", "水库清淤保障六千亩农田灌溉", "")


def test_banner_over_a_headline_is_no_headline() -> None:
    page = split_page(
        "\n\n".join(
            ["学思想 强党性 重实践 建新功", "柳溪镇水库完成清淤", "本报讯(记者 陈立)" + TEXT_A[0], TEXT_A[1]]
        )
    )
    assert _heads(page.articles[0]) == ("", "柳溪镇水库完成清淤", "")
    assert [unit.text for unit in page.banners] == ["学思想强党性重实践建新功"]


def test_heading_marks_tell_kicker_headline_and_subhead() -> None:
    articles = _page("## 清淤让山塘变清", "# 柳溪镇三座水库换新颜", "## 六千亩农田受益", *TEXT_A)
    assert _heads(articles[0]) == ("清淤让山塘变清", "柳溪镇三座水库换新颜", "六千亩农田受益")


def test_heading_inside_a_text_stays_text() -> None:
    articles = _page("柳溪镇三座水库换新颜", "本报讯(记者 陈立)" + TEXT_A[0], "淤泥变客土", TEXT_A[1])
    assert len(articles) == 1
    assert articles[0].text.split("\n")[1] == "淤泥变客土"


def test_headline_repeated_below_its_text_is_no_other_headline() -> None:
    articles = _page(
        "柳溪镇——",
        "三座水库换新颜",
        *TEXT_A,
        "柳溪镇——",
        "东门老街修缮过半",
        "本报讯(记者 李文静)" + TEXT_B[0],
        TEXT_B[1],
    )
    assert [_heads(a) for a in articles] == [("柳溪镇——", "三座水库换新颜", ""), ("", "东门老街修缮过半", "")]


def test_paragraph_cut_at_the_column_end_is_joined() -> None:
    articles = _page("柳溪镇水库完成清淤", "本报讯(记者 陈立)" + TEXT_A[0] + TEXT_A[1][:20], TEXT_A[1][20:])
    assert articles[0].text == TEXT_A[0] + TEXT_A[1]


def test_photo_with_a_headline_of_its_own() -> None:
    articles = _page(
        "柳溪镇水库完成清淤",
        "本报讯(记者 陈立)" + TEXT_A[0],
        TEXT_A[1],
        "果园丰收",
        "昨日，南坪村的村民在采摘水蜜桃。（记者 王芳 摄）",
    )
    assert [(a.kind, _heads(a)[1]) for a in articles] == [
        ("brief", "柳溪镇水库完成清淤"),
        ("photo", "果园丰收"),
    ]
    assert articles[1].text == "昨日，南坪村的村民在采摘水蜜桃。"
    assert [tuple(a) for a in articles[1].authors] == [("王芳", "记者")]


@pytest.mark.parametrize("mark", ["（下转第二版）", "(下转2版)", "下转第二版"])
def test_continued_article_is_marked_and_the_mark_is_no_text(mark: str) -> None:
    articles = _page("柳溪镇水库完成清淤", "本报讯(记者 陈立)" + TEXT_A[0], TEXT_A[1], mark)
    assert articles[0].continued
    assert articles[0].text.endswith(TEXT_A[1])


def test_end_of_an_article_of_another_page_is_not_continued() -> None:
    articles = _page("柳溪镇水库完成清淤", "（上接第一版）" + TEXT_A[0], TEXT_A[1])
    assert not articles[0].continued


def test_interview_is_told_by_its_questions() -> None:
    articles = _page(
        "让老人吃上热饭——访青松社区书记许建华",
        "■记者 吴佳",
        "青松社区食堂开张一年，每天有两百位老人来吃饭。记者专访了社区书记许建华。",
        "记者：食堂怎样维持？",
        "许建华：食材由企业赞助，厨师不收报酬，每餐只付八元，还能略有盈余。",
        "记者：行动不便的老人怎么办？",
        "许建华：盈余的钱全部用来送餐，志愿者每天中午送五十份。",
    )
    assert [a.kind for a in articles] == ["interview"]


def test_lines_under_the_word_for_contents_are_teasers() -> None:
    articles = _page("导读", "夏粮收购有序推进", "三条公交线路今起调整", "# 柳溪镇水库完成清淤", *TEXT_A)
    assert [(a.kind, _heads(a)[1]) for a in articles] == [
        ("teaser", "夏粮收购有序推进"),
        ("teaser", "三条公交线路今起调整"),
        ("brief", "柳溪镇水库完成清淤"),
    ]


def test_opening_read_behind_its_text_is_put_back() -> None:
    articles = _page(
        "# 东门老街修缮过半",
        "本报讯 " + TEXT_B[0],
        TEXT_B[1],
        "# 县政府召开常务会议",
        "波主持召开县政府常务会议。会议听取防汛工作汇报，要求各镇备足物资、落实责任。",
        "会议还研究了其他事项。县长周军波强调，常务会议定下的事要抓到底。",
        "# 本报讯 昨天上午，县长周军",
        "# 柳溪镇水库完成清淤",
        "本报讯 " + TEXT_A[0],
        TEXT_A[1],
    )
    assert [_heads(a)[1] for a in articles] == [
        "东门老街修缮过半",
        "县政府召开常务会议",
        "柳溪镇水库完成清淤",
    ]
    assert articles[1].text.startswith("昨天上午，县长周军波主持召开县政府常务会议。")


def test_furniture_is_no_article() -> None:
    page = split_page(
        "\n".join(
            ["东江日报", "2024年3月6日 星期三", "第02版 要闻", "", "责任编辑：李明 校对：王芳", "公益广告"]
        )
    )
    assert page.articles == []
    assert {unit.role for unit in page.units} == {"furniture"}


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("4 月 19 日，\n\n在 新 昌", "4月19日，在新昌"),
        ("Smart City 建 设", "Smart City建设"),
        ("GDP 增长 6.5 %", "GDP增长6.5%"),
        ("\u3000\u3000段首\u200b", "段首"),
    ],
)
def test_clean_takes_inserted_white_space_out(printed: str, text: str) -> None:
    assert clean(printed) == text


def test_headings_below_a_headline_belong_to_the_text_that_has_their_words() -> None:
    source = (
        "3月5日，柳溪镇的三座水库全部完成清淤，库容比清淤前增加了两成。\n镇农业办介绍，水库建成已有四十年。\n\n"
        "柳溪镇三座水库完成清淤\n\n南坪村毛竹价格翻番\n"
        "本报3月6日讯（记者 郭涛）南坪村毛竹价格今年翻番，村民上山砍竹，竹材销往七个省份。\n"
        "村里修了一条林道，卡车直接开上山腰，刀具厂上门收购。\n\n竹材走出大山销往七省\n"
    )
    articles = split_page(source).articles
    assert [join_lines(a.headline) for a in articles] == ["柳溪镇三座水库完成清淤", "竹材走出大山销往七省"]
    assert articles[1].text.startswith("南坪村毛竹价格翻番\n")
