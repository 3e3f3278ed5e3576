"""Corpora with hardly anything in them: every page and view says so in words."""

import pytest

from app_pages.parts.words import read_texts
from tests.apps import PAGES, copy_app, make_app

_ONE = "全会精神入人心\n\n本报讯 昨日，我县召开会议，学习贯彻全会精神，部署“一老一小”工作。\n"
_VIEWS = [
    *((page, "", "") for page in PAGES),
    *(("slogans", "view", f"view_{name}") for name in ("lines", "pairs", "spread", "all", "new")),
    *(("topics", "topics_view", f"view_{name}") for name in ("one", "slogans", "discovered")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    def write(seeds):
        seeds.mkdir()
        (seeds / "page.txt").write_text(_ONE, encoding="utf-8")

    with copy_app(tmp_path_factory.mktemp("app"), write) as folder:
        yield folder


@pytest.mark.parametrize(("page", "key", "view"), _VIEWS)
def test_one_article_without_a_day_is_shown_everywhere(folder, page, key, view):
    query = {key: read_texts()[view]["zh"]} if key else {}
    app = make_app(folder, **query).run()
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    assert app.title[0].value == read_texts()[f"page_{page}"]["zh"]
