"""What the tests share: the tables of the seeds, and the gold figures that the run prints at its end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.corpus import Tables, read_tables
from tests.apps import copy_app, copy_small_corpus
from tests.browsing import QUIET, require_browser, run_dashboard

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = Path(__file__).parent / "gold"
_FIGURES = pytest.StashKey[list[str]]()
# Servers that tests start need not compute ahead for long: others wait for the processor.
os.environ.setdefault("TIFA_WARM_SECONDS", "1")


@pytest.fixture(autouse=True)
def keep_main_module() -> Iterator[None]:
    """Put the main module back: a run of an app takes its place, and processes started later import it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def seed_tables() -> Tables:
    """All nine tables of the five seeds; tests must not change them."""
    return read_tables(SEEDS)


@pytest.fixture
def app_folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the app with the two pages of `tests/pages` as its seeds."""
    with copy_app(tmp_path, copy_small_corpus) as folder:
        yield folder


@pytest.fixture(scope="session")
def gold_articles() -> list[dict]:
    """The hand-made labels of the five seeds: articles, teasers and furniture."""
    return json.loads((GOLD / "articles.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the app, started by the README's command on a free port."""
    require_browser()
    with run_dashboard() as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """A Chromium; each test opens a context of its own in it. Its driver runs a loop that ends with it."""
    executable = require_browser()
    api = pytest.importorskip("playwright.sync_api")
    with (
        api.sync_playwright() as drive,
        drive.chromium.launch(executable_path=executable, args=QUIET) as found,
    ):
        yield found


@pytest.fixture(scope="session")
def say_figure(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Have a line of figures printed at the end of the run, passed or failed."""
    return pytestconfig.stash.setdefault(_FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the gold figures that this run reached."""
    figures = config.stash.get(_FIGURES, [])
    if figures:
        terminalreporter.section("figures against the hand-made labels")
        for line in figures:
            terminalreporter.write_line(line)
