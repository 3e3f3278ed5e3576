"""The word cloud on a page: clicked, reached by keyboard, and harmless whatever the words are."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.parts import cloud as part

ROOT = Path(__file__).parent.parent.parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def app():
    import pandas as pd  # noqa: PLC0415
    import streamlit as st  # noqa: PLC0415

    from analysis.charts import draw_cloud  # noqa: PLC0415
    from app_pages.parts.cloud import is_narrow, show_clickable_cloud  # noqa: PLC0415

    words = pd.DataFrame(
        {
            "word": ["一老一小", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "枫桥经验"],
            "weight": [1234, 25, 20, 9.5],
        }
    )
    size = {"width": 380, "height": 480} if is_narrow("cloud") else {}
    word = show_clickable_cloud(draw_cloud(words, **size), key="cloud", label="词云")
    st.session_state.setdefault("log", []).append(word)
    st.text("|".join(map(str, st.session_state["log"])))


@pytest.fixture
def run():
    return AppTest.from_function(app, default_timeout=60)


def test_nothing_is_picked_without_a_browser(run):
    assert not run.run().exception
    assert run.text[0].value == "None"
    assert len(run.get("bidi_component")) == 1
    assert run.run().text[0].value == "None|None"


def test_a_word_of_the_cloud_is_picked_and_then_forgotten(run):
    run.session_state["cloud"] = {"word": "枫桥经验"}
    assert run.run().text[0].value == "枫桥经验"


@pytest.mark.parametrize("sent", ["另一个词", "", 7, ["一老一小"], {"word": "一老一小"}, None])
def test_what_is_no_word_of_the_cloud_is_not_picked(run, sent):
    run.session_state["cloud"] = {"word": sent}
    assert not run.run().exception
    assert run.text[0].value == "None"


def test_words_reach_the_page_as_text_only():
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(")
    assert not [name for name in forbidden if name in part._JS]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a page with nothing but the cloud."""
    folder = tmp_path_factory.mktemp("cloud")
    (folder / "app.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from tests.charts.test_cloud_clickable import app\napp()\n",
        encoding="utf-8",
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = ["-m", "streamlit", "run", "app.py", "--server.port", port, "--server.headless", "true"]
    server = subprocess.Popen(
        [sys.executable, *words, "--server.address", "127.0.0.1", "--browser.gatherUsageStats", "false"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    for line in server.stdout:
        if "URL:" in line:
            break
    else:
        pytest.fail("the page did not start")
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    executable = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if executable is None and not os.environ.get("TIFA_REQUIRE_BROWSER"):
        pytest.skip(f"no browser: none of {', '.join(_BROWSERS)} is installed")
    assert executable, "a browser is required, and none is installed"
    with (
        playwright.sync_playwright() as api,
        api.chromium.launch(executable_path=executable, args=_QUIET) as browser,
    ):
        yield browser


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (360, "dark")])
def test_a_click_and_the_keys_pick_the_word(browser, address, width, theme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append("a script of a word ran"), dialog.dismiss()))
    page.goto(address)
    cloud = page.get_by_role("group", name="词云")
    # Only a narrow screen has a run of its own, and the words placed anew.
    page.get_by_text("None|None" if width < 560 else "None", exact=True).wait_for()
    page.locator(f"svg[viewBox='0 0 {'380 480' if width < 560 else '1000 420'}']").wait_for()
    assert cloud.get_by_role("button").count() == 4
    cloud.get_by_role("button", name="枫桥经验 9.5").click()
    page.get_by_text("None|枫桥经验").wait_for()
    script = cloud.get_by_role("button", name="<script>alert(1)</script> 25")
    script.focus()
    page.keyboard.press("Enter")
    page.get_by_text("枫桥经验|<script>alert(1)</script>").wait_for()
    page.keyboard.press("Space")
    page.get_by_text("<script>alert(1)</script>|<script>alert(1)</script>").wait_for()
    assert script.evaluate("each => each === each.getRootNode().activeElement"), "focus got lost"
    assert script.locator("rect").evaluate("each => getComputedStyle(each).strokeWidth") == "3px"
    box = cloud.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width == page.evaluate("document.documentElement.scrollWidth")
    assert cloud.get_by_role("button", name="一老一小 1,234").bounding_box()["height"] >= 24
    context.close()
    assert not wrong


def test_a_screen_that_becomes_narrow_and_wide_again_has_its_words_placed_for_it(browser, address):
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(address)
    page.locator("svg[viewBox='0 0 1000 420']").wait_for()
    for width, size in ((400, "380 480"), (1400, "1000 420")):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator(f"svg[viewBox='0 0 {size}']").wait_for()
    page.get_by_text("None|None|None", exact=True).wait_for()
    page.close()


@pytest.mark.parametrize("said", ["huge", "wide", 7, None, ["narrow"]])
def test_what_is_no_narrow_screen_has_the_wide_cloud(run, said):
    run.session_state["screen_cloud"] = said
    assert '"isNarrow":false' in run.run().get("bidi_component")[0].proto.bytes.decode("utf-8")
    run.session_state["screen_cloud"] = "narrow"
    assert '"isNarrow":true' in run.run().get("bidi_component")[0].proto.bytes.decode("utf-8")
