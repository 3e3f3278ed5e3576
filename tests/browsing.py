"""The real app in a real browser: how tests and screenshots start both and wait for them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: The pages by the last part of their address.
PAGES = ("", "slogans", "topics", "keywords", "compare", "people", "articles", "pages", "data")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
IDLE = '.stApp[data-test-script-state="notRunning"]'
#: Opened at a page other than the first, Streamlit asks there for its own state, is told 404 and asks at the
#: root; browsers log every 404. No other message is let through.
_PROBES = ("/_stcore/health", "/_stcore/host-config")


def find_browser() -> str | None:
    """Find the program of a Chromium."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def require_browser() -> str:
    """Find Chromium; without one the tests skip, or fail where a browser is required."""
    found = find_browser()
    if found is None:
        why = f"no browser: none of {', '.join(_BROWSERS)} is installed (Debian: apt-get install chromium)"
        if os.environ.get("TIFA_REQUIRE_BROWSER"):
            pytest.fail(why)
        pytest.skip(why)
    return found


@contextlib.contextmanager
def run_dashboard() -> Iterator[str]:
    """Run the app by the README's command on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--server.port", str(port), "--server.headless", "true"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", *options],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    try:
        if not any("URL:" in line for line in server.stdout):
            raise RuntimeError("the app did not start")
        # A server whose words nobody reads stops when the pipe is full.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def collect_errors(page) -> list[str]:
    """Collect what the browser's console reports as an error from now on."""
    errors: list[str] = []

    def hear(message) -> None:
        is_probe = message.text.startswith("Failed to load resource") and message.location["url"].endswith(
            _PROBES
        )
        if message.type == "error" and not is_probe:
            errors.append(f"{message.text} {message.location['url']}")

    page.on("console", hear)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def wait_until_idle(page) -> None:
    """Wait until the run of the script is through, and see that it failed nowhere."""
    page.locator(IDLE).wait_for()
    assert page.locator('[data-testid="stException"]').count() == 0


def click_point(page, point) -> None:
    """Click on a mark of a plot, which hears a pointer only when it moved there."""
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    page.locator(".hoverlayer .hovertext").first.wait_for()
    page.mouse.down()
    page.mouse.up()
