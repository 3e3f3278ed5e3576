"""The real app in a real browser, as a new reader goes through it."""

import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.concordance import find_lines
from analysis.schema import counted
from analysis.selection import Selection, select
from analysis.slogans import count_slogans, read_lexicon, roll_up
from tests.browsing import PAGES, click_point, collect_errors, wait_until_idle

playwright = pytest.importorskip("playwright.sync_api")

_LEAD = "本报讯 昨日，我县召开会议，学习贯彻全会精神，部署下一步工作。"


@pytest.fixture
def open_reader(browser, address):
    """Open the app as a fresh reader; whatever a console reports as an error fails the test."""
    contexts, errors = [], []

    def open_one(where="", *, locale="zh-CN", width=1400, **look):
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 1000}, **look)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        errors.append(collect_errors(page))
        page.goto(where if where.startswith("http") else f"{address}/{where}")
        page.get_by_role("heading", level=1).wait_for()
        wait_until_idle(page)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not [error for found in errors for error in found]


@pytest.fixture
def page(open_reader):
    """A fresh Chinese reader at the overview."""
    return open_reader()


def turn_to(page, title: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
    wait_until_idle(page)


def choose(page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label)
    box.fill(option)
    box.press("Enter")
    box.press("Escape")
    page.locator(".stMultiSelect span", has_text=option).first.wait_for()


def read_download(page, number: int = 0, label: str = "下载 CSV", *, rows: str = "") -> tuple[str, bytes]:
    """Download by the button of some rows, by their name; else by the label of the button and its place."""
    named = page.locator(f".st-key-csv_{rows} button") if rows else page.get_by_role("button", name=label)
    with page.expect_download() as waiting:
        named.nth(number).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def read_rows(content: bytes) -> pd.DataFrame:
    assert content.startswith(b"\xef\xbb\xbf")
    return pd.read_csv(io.BytesIO(content))


def pick_first_row(page, table) -> None:
    """Tick the box of the first row; the click waits until the table no longer moves."""
    table.scroll_into_view_if_needed()
    table.click(position={"x": 16, "y": 55})


def read_left(page) -> str:
    return page.get_by_text(re.compile("剩 .* 篇文章")).inner_text()


def test_from_a_chart_to_the_sentence_the_file_and_a_link_for_a_colleague(page, open_reader, seed_tables):
    choose(page, "主要主题", "民生保障与养老托育")
    page.wait_for_url("**topic=**")
    expected = select(seed_tables, Selection(topics=("民生保障与养老托育",)))
    playwright.expect(page.get_by_text(f"剩 {len(expected.articles)} / 33 篇文章")).to_be_visible()
    wait_until_idle(page)

    hits = roll_up(expected.slogan_hits, read_lexicon())
    top = count_slogans(hits, counted(expected.articles), by=(), every="all")
    top = top.sort_values(["n_articles", "n", "slogan"], ascending=[False, False, True], ignore_index=True)
    slogan = top.loc[0, "slogan"]
    click_point(page, page.locator(".js-plotly-plot").first.locator(".barlayer .point").first)
    page.get_by_text(f"{slogan}：{top.loc[0, 'n']} 处，{top.loc[0, 'n_articles']} 篇文章").wait_for()
    wait_until_idle(page)

    name, content = read_download(page, rows="top_slogan_lines")
    lines = read_rows(content)
    assert re.fullmatch(r"tifa_top_slogan_lines_民生保障与养老托育_\d{4}-\d\d-\d\d\.csv", name)
    behind = find_lines(hits[hits["slogan"] == slogan], counted(expected.articles))
    assert sorted(lines["left"] + lines["surface"] + lines["right"]) == sorted(
        behind["left"] + behind["surface"] + behind["right"]
    )
    pick_first_row(page, page.locator('[data-testid="stDataFrame"]').first)
    page.get_by_role("heading", name="原始版面").wait_for()
    page.locator("mark").first.wait_for()

    _, here = read_download(page, rows="top_slogans")
    colleague = open_reader(page.url, locale="en-GB")
    assert read_left(colleague) == read_left(page)
    _, there = read_download(colleague, rows="top_slogans")
    assert there == here
    assert len(read_rows(here)) == len(top)


def test_a_word_of_the_cloud_leads_to_its_sentences_by_mouse_and_by_keyboard(page):
    words = page.locator("svg [role=button]")
    words.first.scroll_into_view_if_needed()
    words.first.click()
    word = words.first.get_attribute("aria-label").split()[0]
    page.get_by_text(re.compile(f"^{word}：.*处")).wait_for()
    words.nth(1).focus()
    page.keyboard.press("Enter")
    word = words.nth(1).get_attribute("aria-label").split()[0]
    page.get_by_text(re.compile(f"^{word}：.*处")).wait_for()


def test_a_cell_and_a_point_of_the_slogans_lead_to_their_sentences(open_reader):
    page = open_reader("slogans?s=一老一小")
    plots = page.locator(".js-plotly-plot")
    click_point(page, plots.nth(0).locator(".scatterlayer .point").last)
    page.get_by_text(re.compile("^一老一小 · .*：")).first.wait_for()
    click_point(page, plots.nth(1).locator(".scatterlayer .point").last)
    page.get_by_text(re.compile(r"^一老一小 · \d{4}-\d\d：")).wait_for()


@pytest.mark.parametrize(("form", "opening"), [("PNG", b"\x89PNG"), ("SVG", b"<?xml")])
def test_figures_and_clouds_are_downloaded_as_pictures(page, form, opening):
    for number in (0, 2):
        page.get_by_role("button", name="图片").nth(number).click()
        name, content = read_download(page, 0, form)
        assert content.startswith(opening) or b"<svg" in content[:200]
        assert name.endswith(f".{form.lower()}")
        page.keyboard.press("Escape")


def test_filter_then_download_gives_the_rows_of_the_filter(page, seed_tables):
    choose(page, "地区", "新昌县")
    turn_to(page, "文章")
    name, content = read_download(page)
    rows = read_rows(content)
    expected = select(seed_tables, Selection(places=("新昌县",))).articles
    assert re.fullmatch(r"tifa_articles_新昌县_\d{4}-\d\d-\d\d\.csv", name)
    assert rows["article_id"].tolist() == expected["article_id"].tolist()
    assert rows["text"].tolist() == expected["text"].tolist()


@pytest.mark.parametrize(
    ("locale", "label", "opening"),
    [
        ("zh-CN", "下载全部数据表", "提法观察的数据表"),
        ("en-GB", "Download all tables", "Tables of Tifa Watch"),
    ],
)
def test_all_tables_come_with_how_they_are_counted_in_the_language_of_the_reader(
    open_reader, locale, label, opening
):
    name, content = read_download(open_reader("data", locale=locale), label=re.compile(label))
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "slogan_hits.csv" in archive.namelist()
        assert archive.read("README.txt").decode("utf-8-sig").startswith(opening)


def test_a_link_carries_slogans_view_measure_and_period(open_reader):
    page = open_reader("slogans")
    choose(page, "选择口号", "枫桥经验")
    page.get_by_text("每万字次数", exact=True).click()
    page.get_by_text("季", exact=True).click()
    page.wait_for_url("**period=**")
    page.get_by_text("English", exact=True).click()
    page.get_by_role("heading", name="Slogans", exact=True, level=1).wait_for()
    wait_until_idle(page)
    page.wait_for_url(re.compile("measure=per"))
    other = open_reader(page.url)
    other.get_by_text("枫桥经验", exact=True).first.wait_for()
    for chosen in ("per 10 000 characters", "quarter"):
        button = other.get_by_role("radio", name=chosen).or_(other.get_by_role("button", name=chosen)).first
        playwright.expect(button).to_be_visible()
    assert read_download(other, 1, "Download CSV")[1] == read_download(page, 1, "Download CSV")[1]


def test_an_upload_is_looked_at_then_counted_then_taken_out(open_reader):
    page = open_reader("data?lang=zh&data_view=上传")
    before = read_left(page)
    text = f"全会精神入人心\n\n{_LEAD}\n".encode()
    page.locator('input[type="file"]').first.set_input_files(
        {"name": "mine.txt", "mimeType": "text/plain", "buffer": text}
    )
    page.get_by_text("全会精神入人心").first.wait_for(state="attached")
    assert read_left(page) == before
    page.get_by_role("button", name="加入语料").click()
    page.get_by_text(re.compile("剩 34 / 34 篇文章")).wait_for()
    stranger = open_reader()
    assert read_left(stranger) == before
    page.get_by_role("button", name="移除").first.click()
    page.get_by_text(before).wait_for()


def test_the_review_queue_counts_what_was_accepted(open_reader):
    page = open_reader("slogans?lang=zh&view=发现")
    page.get_by_role("button", name="收入我的词表").click()
    page.get_by_text("我的词表：1 个口号").wait_for()
    wait_until_idle(page)
    page.get_by_role("button", name="不是口号").click()
    page.get_by_text("1 个已否决的候选").wait_for()


def test_a_comparison_is_swapped(open_reader):
    page = open_reader("compare")
    sizes = page.get_by_text(re.compile("篇；B "))
    first = sizes.inner_text()
    page.get_by_role("button", name="交换 A 与 B").click()
    a, b = (part.split(maxsplit=1)[1] for part in first.split("；"))
    page.get_by_text(f"A {b}；B {a}").wait_for()
    wait_until_idle(page)


@pytest.mark.parametrize("width", [420, 1024])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(open_reader, name, width):
    page = open_reader(name, width=width)
    inside, wide = page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]');"
        " return [m.clientWidth, m.scrollWidth] })()"
    )
    assert wide <= inside


@pytest.mark.parametrize("name", PAGES)
def test_every_page_draws_in_english_too(open_reader, name):
    page = open_reader(name, locale="en-GB")
    page.get_by_role("button", name=re.compile("Download")).first.wait_for()
    wait_until_idle(page)


def test_a_line_of_the_concordance_opens_its_article_and_its_page(open_reader):
    page = open_reader("slogans?lang=zh&view=原句")
    page.get_by_text("点选一行即可读全文").wait_for()
    wait_until_idle(page)
    pick_first_row(page, page.locator('[data-testid="stDataFrame"]').first)
    page.get_by_role("heading", name="原始版面").wait_for()
    page.locator("mark").first.wait_for()
    page.get_by_role("link", name="在版面上更正").click()
    page.get_by_role("heading", name="版面", exact=True, level=1).wait_for()
    wait_until_idle(page)
