"""The app by `AppTest`, on copies of it beside corpora of their own."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.browsing import ROOT

#: The pages by the names of their modules.
PAGES = ("overview", "slogans", "topics", "keywords", "compare", "people", "articles", "pages", "data")
#: The views of the page of slogans.
SLOGAN_VIEWS = ("各地与时间", "原句", "同现", "传播", "全部口号", "发现")
_PARTS = ("app_pages", "static", ".streamlit")
_TIMEOUT = 120


@contextlib.contextmanager
def copy_app(folder: Path, write_seeds: Callable[[Path], object]) -> Iterator[Path]:
    """Copy the app into a folder with seeds of its own, for the runs of `AppTest` until the end.

    Args:
        folder: An empty folder.
        write_seeds: Writes the pages to the folder that it is called with.
    """
    for name in _PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dashboard.py", folder)
    write_seeds(folder / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        for name in _list_modules():
            patch.delitem(sys.modules, name)
        st.cache_resource.clear()
        try:
            yield folder
        finally:
            for name in _list_modules():
                del sys.modules[name]
            st.cache_resource.clear()


def copy_small_corpus(folder: Path) -> None:
    """Copy the two pages of `tests/pages`."""
    shutil.copytree(ROOT / "tests" / "pages", folder)


def make_app(folder: Path, *, locale: str = "zh-CN", **query: str | list[str]) -> AppTest:
    """Make the app at an address, for a browser of some language; it has not run yet."""
    app = AppTest.from_file(str(folder / "dashboard.py"), default_timeout=_TIMEOUT)
    app.context = {"locale": locale}
    app.query_params.update(query)
    return app


def open_app(folder: Path, **query: str | list[str]) -> AppTest:
    """Open the app at an address."""
    return make_app(folder, **query).run()


def turn_to(app: AppTest, page: str) -> AppTest:
    """Go to another page."""
    return app.switch_page(f"app_pages/{page}.py").run()


def press(app: AppTest, label: str) -> AppTest:
    """Click on the button of a label."""
    return next(button for button in app.button if button.label == label).click().run()


def metrics(app: AppTest) -> dict[str, str]:
    """The large figures on screen by their labels."""
    return {metric.label: metric.value for metric in app.metric}


def headings(app: AppTest) -> list[tuple[str, str]]:
    """The columns of the tables on screen: the name and the heading of each."""
    found = []
    for table in app.dataframe:
        labels = json.loads(table.proto.columns)
        found += [(name, labels.get(name, {}).get("label", name)) for name in table.value.columns]
    return found


def _list_modules() -> list[str]:
    return [name for name in sys.modules if name.split(".")[0] == "app_pages"]
