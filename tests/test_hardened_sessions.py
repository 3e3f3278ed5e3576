"""Two readers at once, in two real browsers' sessions: neither sees what the other brought or decided."""

import io
import re

import pandas as pd
import pytest

from tests.browsing import wait_until_idle
from tests.load.server import run_app

#: A word of the seeds that no lexicon of slogans has.
_OWN = "负责人"


@pytest.fixture(scope="module")
def server():
    with run_app() as server:
        yield server


@pytest.fixture
def readers(server, browser):
    """Two readers; each is a function that opens a path of the app in the reader's own browser session."""
    contexts = [browser.new_context(locale="zh-CN", viewport={"width": 1400, "height": 1000}) for _ in "ab"]

    def make(context):
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(server.address)
        settle(page)
        return page

    yield [make(context) for context in contexts]
    for context in contexts:
        context.close()


def settle(page) -> None:
    page.get_by_role("heading", level=1).wait_for()
    wait_until_idle(page)


def go(page, title: str, tab: str = "") -> None:
    """Go to a page by the navigation, as a reader does: the session stays the same."""
    page.get_by_test_id("stSidebarNavLink").get_by_text(title, exact=True).click()
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
    settle(page)
    if tab:
        page.get_by_role("tab", name=tab, exact=True).click()
        settle(page)


def click(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def count_items(page) -> int:
    found = page.get_by_text(re.compile(r"^切分出 \d+ 条$"))
    return int(re.search(r"\d+", found.inner_text())[0])


def read_slogans(page) -> set[str]:
    """The slogans of the corpus as this reader counts them: the file behind the table of all of them."""
    go(page, "口号", "全部口号")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 CSV").last.click()
    return set(pd.read_csv(io.BytesIO(waiting.value.path().read_bytes()))["slogan"])


def test_a_correction_stays_with_the_one_who_made_it(readers):
    first, second = readers
    go(second, "版面")
    before = count_items(second)
    go(first, "版面")
    click(first, "更正")
    first.get_by_role("button", name="下载更正文件").wait_for()
    settle(first)
    after = count_items(first)
    assert after == before - 1
    # The result of the first one's correction is cached by now.
    go(second, "总览")
    go(second, "版面")
    assert count_items(second) == before
    assert second.get_by_role("button", name="下载更正文件").count() == 0
    second.reload()
    settle(second)
    assert count_items(second) == before
    go(first, "总览")
    go(first, "版面")
    assert count_items(first) == after


def test_an_accepted_candidate_stays_with_the_one_who_accepted_it(readers):
    first, second = readers
    before = read_slogans(second)
    go(first, "口号", "发现")
    candidate = first.get_by_role("combobox", name="候选").input_value()
    assert candidate
    assert candidate not in before
    click(first, "收入我的词表")
    first.get_by_text("我的词表：1 个口号").wait_for()
    settle(first)
    assert read_slogans(first) == before | {candidate}
    go(second, "口号", "发现")
    second.get_by_text("我的词表：0 个口号").wait_for()
    assert second.get_by_role("combobox", name="候选").input_value() == candidate
    assert read_slogans(second) == before


def test_a_lexicon_stays_with_the_one_who_uploaded_it(readers):
    first, second = readers
    before = read_slogans(second)
    assert _OWN not in before
    go(first, "口号", "发现")
    content = f"slogan\tcategory\n{_OWN}\tother\n".encode()
    first.locator("input[type=file]").set_input_files(
        {"name": "mine.tsv", "mimeType": "text/tab-separated-values", "buffer": content}
    )
    first.get_by_text("我的词表：1 个口号").wait_for()
    settle(first)
    assert _OWN in read_slogans(first)
    go(second, "口号", "发现")
    second.get_by_text("我的词表：0 个口号").wait_for()
    assert read_slogans(second) == before
    assert _OWN in read_slogans(first)


_PAGE = """浙江日报 2024年5月6日 星期一

无人机巡林护青山

本报讯（记者 王小明）昨日清晨，护林员老周放飞无人机，沿着山脊开始一天的巡林。
从前走一遍要六个小时，如今只要四十分钟。
“山火最怕发现得晚。”老周说，无人机把画面传回村里的屏幕，哪里冒烟一眼就能看见。今年以来，全村没有发生一起火情。
村里还请来技术员教大家操作，已有十二位村民学会放飞无人机。
"""


def count_pages(page) -> int:
    go(page, "总览")
    return int(page.get_by_test_id("stMetricValue").first.inner_text())


def read_articles(page) -> str:
    go(page, "文章")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 CSV").first.click()
    return waiting.value.path().read_text(encoding="utf-8-sig")


def test_an_upload_stays_with_the_one_who_brought_it(readers):
    first, second = readers
    before = count_pages(second)
    go(first, "数据与方法", "上传")
    first.locator("input[type=file]").set_input_files(
        {"name": "巡林.txt", "mimeType": "text/plain", "buffer": _PAGE.encode()}
    )
    click(first, "加入语料")
    first.get_by_text("已加入的文件").wait_for()
    settle(first)
    assert count_pages(first) == before + 1
    assert "无人机巡林护青山" in read_articles(first)
    # The tables with the upload are made by now, and may be cached.
    assert count_pages(second) == before
    assert "无人机巡林" not in read_articles(second)
    go(second, "数据与方法", "上传")
    assert second.get_by_text("已加入的文件").count() == 0
    assert second.get_by_text("巡林.txt").count() == 0
    second.reload()
    settle(second)
    assert count_pages(second) == before
    assert "无人机巡林护青山" in read_articles(first)
