"""The real app in a real browser: open, filter, download, compare."""

import io
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.selection import Selection, select

playwright = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).parent.parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_IDLE = '.stApp[data-test-script-state="notRunning"]'


def find_browser() -> str:
    """Find Chromium; without one the tests skip, or fail where a browser is required."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        why = f"no browser: none of {', '.join(_BROWSERS)} is installed (Debian: apt-get install chromium)"
        if os.environ.get("TIFA_REQUIRE_BROWSER"):
            pytest.fail(why)
        pytest.skip(why)
    return found


@pytest.fixture(scope="module")
def address():
    """The address of the app, started by the README's command on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    server = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    )
    for line in server.stdout:
        if "URL:" in line:
            break
    else:
        pytest.fail("the app did not start")
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def browser():
    executable = find_browser()
    with (
        playwright.sync_playwright() as api,
        api.chromium.launch(executable_path=executable, args=_QUIET) as browser,
    ):
        yield browser


@pytest.fixture
def page(browser, address):
    """A fresh Chinese reader; whatever the browser's console reports as an error fails the test."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    wait_for(page, "总览")
    yield page
    context.close()
    assert not errors


def wait_for(page, title: str) -> None:
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
    page.locator(_IDLE).wait_for()
    assert page.locator('[data-testid="stException"]').count() == 0


def choose(page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.fill(option)
    box.press("Enter")
    box.press("Escape")
    page.locator(".stMultiSelect span", has_text=option).first.wait_for()
    # The pages counted on the overview tell that the run with the filter is through.
    playwright.expect(page.locator('[data-testid="stMetricValue"]').first).to_have_text("1", timeout=60_000)
    page.locator(_IDLE).wait_for()


def read_download(page, number: int = 0) -> tuple[str, pd.DataFrame, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 CSV").nth(number).click()
    content = Path(waiting.value.path()).read_bytes()
    return waiting.value.suggested_filename, pd.read_csv(io.BytesIO(content)), content


def test_filter_then_download_gives_the_rows_of_the_filter(page, seed_tables):
    choose(page, "地区", "新昌县")
    page.get_by_role("link", name="文章").click()
    wait_for(page, "文章")
    name, rows, content = read_download(page)
    expected = select(seed_tables, Selection(places=("新昌县",))).articles
    assert content.startswith(b"\xef\xbb\xbf")
    assert name == "tifa_articles_新昌县.csv"
    assert set(rows["county"]) == {"新昌县"}
    assert rows["article_id"].tolist() == expected["article_id"].tolist()
    assert rows["text"].tolist() == expected["text"].tolist()


def test_the_address_opens_the_same_view_elsewhere(page, browser):
    choose(page, "地区", "柯城区")
    page.wait_for_url("**place=**")
    _, here, _ = read_download(page)
    context = browser.new_context(locale="zh-CN")
    other = context.new_page()
    other.set_default_timeout(60_000)
    other.goto(page.url)
    wait_for(other, "总览")
    _, there, _ = read_download(other)
    context.close()
    assert len(here)
    pd.testing.assert_frame_equal(here, there)


@pytest.mark.parametrize("title", ["口号", "主题", "关键词", "文章"])
def test_every_page_draws_without_an_error(page, title):
    page.get_by_role("link", name=title, exact=True).click()
    wait_for(page, title)
    page.get_by_role("button", name="下载 CSV").first.wait_for()
    page.get_by_text("English", exact=True).click()
    page.get_by_role("button", name="Download CSV").first.wait_for()
    page.locator(_IDLE).wait_for()
    assert page.locator('[data-testid="stException"]').count() == 0


def test_a_line_of_the_concordance_opens_its_article(page):
    page.get_by_role("link", name="口号", exact=True).click()
    wait_for(page, "口号")
    page.get_by_role("tab", name="原句").click()
    page.get_by_text("点选一行即可读全文").wait_for()
    page.locator(_IDLE).wait_for()
    # The box of the first row; the click waits until the table no longer moves.
    page.locator('[data-testid="stDataFrame"]').first.click(position={"x": 16, "y": 55})
    page.get_by_role("heading", name="原始版面").wait_for()
    page.locator("mark").first.wait_for()
