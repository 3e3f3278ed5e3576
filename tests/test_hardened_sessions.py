"""Two readers at once, in two real browsers' sessions: neither sees what the other brought or decided."""

import io
import re

import pandas as pd
import pytest

from tests.load.server import run_app
from tests.test_browser import browser

__all__ = ["browser"]  # a fixture is used by its name alone

_IDLE = '.stApp[data-test-script-state="notRunning"]'
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
    page.locator(_IDLE).wait_for()
    assert page.locator('[data-testid="stException"]').count() == 0


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
