"""Every page under the strict policy, in a real browser: nothing that we need is blocked."""

import re

import pytest

from tests.browsing import collect_errors, wait_until_idle
from tests.load.server import ROOT, run_app

_WATCH = """
window.blocked = [];
document.addEventListener("securitypolicyviolation", (event) => window.blocked.push(
    [event.violatedDirective, event.blockedURI, `${event.sourceFile}:${event.lineNumber}`].join(" ")));
"""
#: The library that counts to 64 bits tries WebAssembly first and does without it when it may not.
_TRIED = re.compile(r"script-src wasm-eval \S+/static/js/protobuf\.[\w-]+\.js:\d+")
#: Ways in which a text could act in a page that shows it as HTML -> what each would leave behind.
_ATTACKS = {
    "inline script": "const it = document.createElement('script'); it.textContent = 'window.hit = 1';"
    "document.body.append(it)",
    "handler": "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')",
    "link": "const it = document.createElement('a'); it.href = 'javascript:window.hit=1';"
    "document.body.append(it); it.click()",
    "foreign script": "const it = document.createElement('script'); it.src = 'http://127.0.0.1:9/a.js';"
    "document.body.append(it)",
    "foreign picture": "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/a.png\">')",
    "foreign fetch": "fetch('http://127.0.0.1:9/').catch(() => {})",
}  # fmt: skip
_PROBE = """
import pandas as pd, plotly.graph_objects as go, streamlit as st
st.plotly_chart(go.Figure(go.Bar(x=["一"], y=[1])), on_select="rerun", key="chart")
st.dataframe(pd.DataFrame({"列": range(50)}), on_select="rerun", key="table")
part = st.components.v2.component("part", html="<p id='part'></p>", css="p { color: green }",
    js="export default function({parentElement, setTriggerValue}) {"
       "  const it = parentElement.querySelector('#part');"
       "  it.textContent = 'part is alive'; it.onclick = () => setTriggerValue('hit', 'x'); }")
if part(key="part", on_hit_change=lambda: None).hit:
    st.text("part was hit")
file = st.file_uploader("file", key="file")
if file is not None:
    st.text(f"got {file.size} bytes")
st.download_button("take", data=lambda: b"made late", file_name="late.txt", on_click="ignore")
st.image("static/logo.png")
st.html("<b>bold</b>")
"""
_SERVER = """
import streamlit as st
from shared_server import MIDDLEWARE
app = st.App({script!r}, middleware=MIDDLEWARE)
"""


@pytest.fixture(scope="module")
def server():
    with run_app() as server:
        yield server


@pytest.fixture
def open_page(browser):
    """A function that opens an address and remembers all that is blocked or goes wrong there."""
    contexts, pages, errors = [], [], []

    def open_page(address, *, watch=True):
        context = browser.new_context(locale="zh-CN", viewport={"width": 1400, "height": 1000})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.add_init_script(_WATCH)
        if watch:
            pages.append(page)
            errors.append(collect_errors(page))
        page.goto(address)
        wait_until_idle(page)
        return page

    yield open_page
    blocked = [each for page in pages for each in page.evaluate("window.blocked")]
    for context in contexts:
        context.close()
    assert not [each for each in blocked if not _TRIED.fullmatch(each)]
    assert not [error for found in errors for error in found]


def test_every_page_and_tab_lives_under_the_policy(server, open_page):
    page = open_page(server.address)
    links = page.get_by_test_id("stSidebarNavLink")
    links.first.wait_for()
    names = links.all_inner_texts()
    assert len(names) > 1
    seen = 0
    for number in range(len(names)):
        links.nth(number).click()
        page.get_by_role("heading", level=1).wait_for()
        wait_until_idle(page)
        tabs = page.get_by_role("tab")
        for tab in range(tabs.count()):
            tabs.nth(tab).click()
            wait_until_idle(page)
            seen += 1
    assert seen


def test_all_kinds_of_elements_live_under_the_policy(open_page, tmp_path):
    script, entry = tmp_path / "probe.py", tmp_path / "probe_server.py"
    script.write_text(_PROBE, encoding="utf-8")
    (tmp_path / "static").symlink_to(ROOT / "static")
    entry.write_text(_SERVER.format(script=str(script)), encoding="utf-8")
    with run_app(entry, environment={"PYTHONPATH": str(ROOT)}, ready="URL:") as server:
        page = open_page(server.address)
        page.locator(".js-plotly-plot .bars path").first.wait_for()
        page.locator('[data-testid="stDataFrame"] canvas').first.wait_for()
        page.get_by_text("part is alive").click()
        page.get_by_text("part was hit").wait_for()
        page.locator("input[type=file]").set_input_files(
            {"name": "一.txt", "mimeType": "text/plain", "buffer": b"x" * 1000}
        )
        page.get_by_text("got 1000 bytes").wait_for()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="take").click()
        assert waiting.value.path().read_bytes() == b"made late"
        assert (
            page.evaluate("document.querySelector('[data-testid=stImage] img, .stImage img').naturalWidth")
            > 0
        )
        wait_until_idle(page)


def test_the_policy_stops_what_acts(server, open_page):
    page = open_page(server.address, watch=False)
    for name, attack in _ATTACKS.items():
        before = page.evaluate("window.blocked.length")
        page.evaluate(f"() => {{ {attack} }}")
        page.wait_for_function(f"window.blocked.length > {before}")
        assert page.evaluate("window.hit") is None, name


def test_no_other_site_may_frame_the_app(server, browser, tmp_path):
    frame = tmp_path / "frame.html"
    frame.write_text(f'<iframe src="{server.address}"></iframe>', encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        page.goto(frame.as_uri())
    assert page.frames[1].locator(".stApp").count() == 0
    context.close()
