"""The app on a store: the numbers of the pages themselves, without their texts in memory."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.shelves import View, shelve_store, shelve_tables
from analysis.slogans import read_lexicon
from analysis.slogans.review import OwnLexicon, join_lexicons, parse_own_lexicon
from analysis.store import build_store, open_store, read_tables
from analysis.store.opening import Store
from analysis.topics import read_taxonomy
from analysis.topics.taxonomy import parse_taxonomy
from tests.apps import PAGES, SLOGAN_VIEWS, metrics, open_app, turn_to

CORPUS = Path(__file__).parent / "pages"
#: What a store does not keep: the text of the source pages.
_TEXTS = {"source"}


@pytest.fixture(scope="module")
def store_folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    build_store(CORPUS, folder)
    return folder


@pytest.fixture
def with_store(monkeypatch, store_folder):
    """The app is started with the store."""
    monkeypatch.setenv("TIFA_STORE", str(store_folder))
    return store_folder


def _shown(folder: Path, page: str, **query: str) -> tuple[dict[str, str], list[pd.DataFrame]]:
    app = turn_to(open_app(folder, **query), page)
    assert not app.exception
    assert not app.error
    tables = [table.value.drop(columns=_TEXTS, errors="ignore") for table in app.dataframe]
    return metrics(app), tables


_ADDRESSES = [
    *((page, {}) for page in PAGES if page != "pages"),
    *(("slogans", {"view": view}) for view in SLOGAN_VIEWS),
    *(("topics", {"topics_view": view}) for view in ("按分类表", "一个主题", "口号与主题")),
    ("overview", {"q": "宁海"}),
    ("keywords", {"place": "宁海县"}),
    ("articles", {"find": "水库"}),
    ("data", {"table": "articles"}),
]


@pytest.mark.parametrize(
    ("page", "query"), _ADDRESSES, ids=[f"{page} {' '.join(query.values())}" for page, query in _ADDRESSES]
)
def test_every_page_shows_the_numbers_of_the_pages_themselves(app_folder, store_folder, page, query):
    plain = _shown(app_folder, page, **query)
    os.environ["TIFA_STORE"] = str(store_folder)
    try:
        stored = _shown(app_folder, page, **query)
    finally:
        del os.environ["TIFA_STORE"]
    assert stored[0] == plain[0]
    assert len(stored[1]) == len(plain[1])
    for ours, theirs in zip(stored[1], plain[1], strict=True):
        pd.testing.assert_frame_equal(ours, theirs)


_SLOGANS = "slogan\tcategory\tparent\n生态底线\tgovernance\t\n生态环境保护\tgovernance\t生态底线\n"
_TOPICS = "topic\tcue\tweight\n水利\t水库\t4.0\n水利\t防汛\t4.0\n养老\t养老\t3.5\n"


@pytest.mark.parametrize("page", ["overview", "slogans"])
def test_a_store_of_own_lists_is_shown_with_them(app_folder, tmp_path, monkeypatch, page):
    entries = parse_own_lexicon(_SLOGANS, "own").entries
    own = {
        "lexicon": join_lexicons(read_lexicon(), entries),
        "taxonomy": parse_taxonomy(_TOPICS, "own"),
    }
    build_store(CORPUS, tmp_path / "own", **own)
    plain = open_app(app_folder)
    plain.session_state["own_lexicon"] = OwnLexicon(entries)
    plain.session_state["own_taxonomy"] = _TOPICS
    plain = turn_to(plain.run(), page)
    monkeypatch.setenv("TIFA_STORE", str(tmp_path / "own"))
    numbers, tables = _shown(app_folder, page)
    assert numbers == metrics(plain)
    ours = [table for table in tables if len(table)]
    theirs = [table.value for table in plain.dataframe if len(table.value)]
    for one, other in zip(ours, theirs, strict=True):
        pd.testing.assert_frame_equal(one, other.drop(columns=_TEXTS, errors="ignore"))


def test_opening_reads_no_text(app_folder, with_store, monkeypatch):
    parts = {batch.parts["texts"] for batch in open_store(with_store).manifest.batches}
    read, seen = Store._read, []
    monkeypatch.setattr(Store, "_read", lambda store, name: seen.append(name) or read(store, name))
    app = open_app(app_folder)
    assert metrics(app)["文章"] == "6"
    assert seen
    assert not parts & set(seen)
    turn_to(app, "articles")
    assert parts & set(seen)


def test_articles_of_a_view_have_no_text(store_folder, seed_tables):
    words = {"lexicon": read_lexicon(), "taxonomy": read_taxonomy()}
    shelves = shelve_store(open_store(store_folder), **words), shelve_tables(seed_tables, **words)
    for shelf in shelves:
        assert "text" not in shelf.whole.articles
        assert shelf.whole.read_table("articles")["text"].str.len().sum() > 100


@pytest.mark.parametrize("fault", ["missing", "manifest", "part"])
def test_a_store_that_cannot_be_opened_is_one_sentence(
    app_folder, tmp_path, store_folder, monkeypatch, fault
):
    broken = tmp_path / "broken"
    if fault != "missing":
        shutil.copytree(store_folder, broken)
    if fault == "manifest":
        (broken / "manifest.json").write_bytes(b"{}")
    if fault == "part":
        next((broken / "parts").glob("articles-*")).write_bytes(b"nothing")
    monkeypatch.setenv("TIFA_STORE", str(broken))
    app = open_app(app_folder)
    assert not app.exception
    assert [error.value for error in app.error] == ["打不开总库。"]
    assert any(str(broken) in text.value for text in app.text)


def test_a_store_that_was_built_anew_is_opened_anew(app_folder, tmp_path, monkeypatch):
    source, folder = tmp_path / "source", tmp_path / "growing"
    source.mkdir()
    first, second = sorted(CORPUS.iterdir())
    shutil.copy(first, source)
    build_store(source, folder)
    monkeypatch.setenv("TIFA_STORE", str(folder))
    app = open_app(app_folder)
    assert metrics(app)["版面"] == "1"
    shutil.copy(second, source)
    build_store(source, folder)
    assert metrics(app.run())["版面"] == "2"


def test_a_store_can_be_named_behind_the_command(app_folder, store_folder, monkeypatch):
    shutil.rmtree(app_folder / "seeds")
    monkeypatch.setattr("sys.argv", ["dashboard.py", "--store", str(store_folder)])
    assert metrics(open_app(app_folder))["文章"] == "6"


def test_many_articles_are_sampled_on_request(store_folder):
    words = {"lexicon": read_lexicon(), "taxonomy": read_taxonomy()}
    whole: View = shelve_store(open_store(store_folder), **words).whole
    assert whole.sample(6) is whole
    some = whole.sample(3)
    assert some.n_news == 3
    assert some.news_rows.tolist() == whole.sample(3).news_rows.tolist()


@pytest.mark.usefixtures("with_store")
@pytest.mark.parametrize(
    ("page", "query", "asked"),
    [
        ("overview", {}, {"many_apart"}),
        ("overview", {"cloud": "关键词"}, {"many_apart", "many_cloud"}),
        ("keywords", {}, {"many_keywords"}),
        ("slogans", {}, set()),
    ],
)
def test_of_many_articles_words_alone_are_counted_on_request(app_folder, monkeypatch, page, query, asked):
    def list_asked(app) -> set[str]:
        return {toggle.key for toggle in app.toggle if str(toggle.key).startswith("many_")}

    app = turn_to(open_app(app_folder, **query), page)
    assert not list_asked(app)
    shown = len(app.dataframe)
    # By its name: the app is a copy with modules of its own.
    monkeypatch.setattr("app_pages.parts.sampling._MANY", 3)
    assert list_asked(app.run()) == asked
    for key in asked:
        app.toggle(key=key).set_value(True)
    assert len(app.run().dataframe) == shown


def test_the_tables_of_a_view_are_those_of_the_store(store_folder):
    store = open_store(store_folder)
    whole = shelve_store(store, lexicon=read_lexicon(), taxonomy=read_taxonomy()).whole
    made, read = whole.make_tables(), read_tables(store)
    for name in read._fields:
        ours, theirs = getattr(made, name), getattr(read, name)
        columns = [column for column in theirs if column in ours]
        order = ["article_id"] if "article_id" in columns else []
        pair = (
            frame[columns].sort_values(order, kind="stable", ignore_index=True) if order else frame[columns]
            for frame in (ours, theirs)
        )
        pd.testing.assert_frame_equal(*pair)


#: Parts that are read when a page needs them, and that page.
_LATE = {"topics": "topics", "pairs": "keywords", "texts": "articles"}


@pytest.mark.parametrize("part", _LATE)
def test_a_part_that_is_damaged_is_one_sentence_when_it_is_needed(
    app_folder, tmp_path, store_folder, monkeypatch, part
):
    broken = shutil.copytree(store_folder, tmp_path / "broken", ignore=shutil.ignore_patterns("cubes"))
    path = next((broken / "parts").glob(f"{part}-*"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    monkeypatch.setenv("TIFA_STORE", str(broken))
    app = turn_to(open_app(app_folder), _LATE[part])
    assert not app.exception
    assert [error.value for error in app.error] == ["打不开总库。"]
    assert any(path.name in text.value for text in app.text)
