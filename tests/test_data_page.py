"""The page of data and methods by `AppTest`: tables, uploads, word lists, methods."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.schema import TABLES
from tests.apps import copy_app, copy_small_corpus, headings, metrics, open_app, press, turn_to
from tests.browsing import ROOT

LEAD = "本报讯 昨日，我县召开会议，学习贯彻全会精神，部署下一步工作。"
PAGE = f"全会精神入人心\n\n{LEAD}\n".encode()
VIEWS = {
    "中文": ("数据表", "上传", "词表", "统计方法"),
    "English": ("Tables", "Upload", "Word lists", "Methods"),
}
_CASES = [(lang, view) for lang, views in VIEWS.items() for view in views]


@pytest.fixture(scope="module")
def app_folder(tmp_path_factory):
    """A copy of the app with the small corpus as its seeds, one for all tests: none of them changes it."""
    with copy_app(tmp_path_factory.mktemp("app"), copy_small_corpus) as folder:
        yield folder


def open_view(folder: Path, view: str, **query: str) -> AppTest:
    return turn_to(open_app(folder, data_view=view, **query), "data")


def upload(app: AppTest, *files: tuple[str, bytes], turn: int = 0) -> AppTest:
    app.file_uploader(key=f"upload_{turn}").set_value([(*file, "text/plain") for file in files])
    return app.run()


def tables(app: AppTest) -> list:
    return [table.value for table in app.dataframe]


def texts(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def test_every_table_and_column_has_its_meaning_in_both_languages():
    lines = (ROOT / "app_pages" / "tables.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    expected = [(name, column) for name, table in TABLES.items() for column in ("*", *table.exported)]
    assert rows[0] == ["table", "column", "zh"]
    assert [(table, column) for table, column, _ in rows[1:]] == expected
    assert all(any("\u4e00" <= char <= "\u9fff" for char in zh) for _, _, zh in rows[1:])
    assert all(table.grain and all(column.meaning for column in table.columns) for table in TABLES.values())


@pytest.mark.parametrize(("lang", "view"), _CASES)
def test_every_view_opens_in_its_language(app_folder, lang, view):
    app = open_view(app_folder, view, lang=lang)
    assert not app.exception
    assert not app.error
    labels = [label for _, label in headings(app)]
    said = [*labels, *(button.label for button in app.button), *(text.value for text in app.markdown)]
    assert said
    if lang == "中文":
        assert not [words for words in said if words.isascii()]


def test_every_table_is_explained_column_by_column(app_folder):
    app = open_view(app_folder, "数据表")
    for table in TABLES:
        app.selectbox(key="table").set_value(table).run()
        assert not app.exception
        listed, columns = (words.value for words in app.table)
        assert listed["文件"].tolist() == [f"{name}.csv" for name in TABLES]
        assert columns["列名"].tolist() == TABLES[table].exported == tables(app)[0].columns.tolist()
        assert columns["含义"].str.len().gt(1).all()
        assert not [label for _, label in headings(app) if label.isascii()]
        assert app.get_by_key(f"csv_{table}").label == "下载 CSV"


def test_the_tables_are_those_of_the_filters(app_folder):
    app = open_view(app_folder, "数据表", place="宁海县")
    of_all = open_view(app_folder, "数据表")
    some, every = (each.table[0].value.set_index("文件")["行数"] for each in (app, of_all))
    assert (some["pages.csv"], every["pages.csv"]) == (1, 2)
    assert some["articles.csv"] < every["articles.csv"]
    assert app.get_by_key("download_all").label == "下载全部数据表（ZIP）"


def test_a_page_is_looked_at_before_it_joins(app_folder):
    app = upload(open_view(app_folder, "上传"), ("page.txt", PAGE))
    assert not app.exception
    pages, articles = tables(app)
    assert pages[["file", "paper", "place", "basis_name"]].values.tolist() == [
        ["page.txt", "不详", "不详", "不详"]
    ]
    assert pages["date"].isna().all()
    assert articles["title"].tolist() == ["全会精神入人心"]
    assert articles["opening"].str.startswith("昨日，我县").all()
    assert metrics(turn_to(app, "overview"))["版面"] == "2"


def test_a_page_that_joins_is_counted_and_one_removed_is_not(app_folder):
    app = upload(open_view(app_folder, "上传"), ("page.txt", PAGE))
    app = press(app, "加入语料")
    assert not app.exception
    assert any("已加入 1 个版面、1 篇文章" in message.value for message in app.success)
    assert "page.txt" in texts(app)
    assert metrics(turn_to(app, "overview"))["版面"] == "3"
    assert metrics(app)["文章"] == "7"
    app = press(turn_to(app, "data"), "移除")
    assert not app.exception
    assert "page.txt" not in texts(app)
    assert metrics(turn_to(app, "overview"))["版面"] == "2"


def test_files_of_several_kinds_join_and_are_removed_together(app_folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", PAGE)
    rows = "标题,日期,报纸,正文\n开会,2024-05-20,样报,昨日上午，会议召开。\n".encode()
    app = upload(open_view(app_folder, "上传"), ("pages.zip", packed.getvalue()), ("news.csv", rows))
    assert tables(app)[0]["file"].tolist() == ["news.csv", "pages.zip/a.txt"]
    assert tables(app)[0]["paper"].tolist() == ["样报", "不详"]
    app = press(app, "加入语料")
    assert {"pages.zip", "news.csv"} <= set(texts(app))
    app = press(app, "全部移除")
    assert not {"pages.zip", "news.csv"} & set(texts(app))
    assert not app.exception


def test_what_is_discarded_is_gone(app_folder):
    app = press(upload(open_view(app_folder, "上传"), ("page.txt", PAGE)), "不要了")
    assert not app.dataframe
    assert app.file_uploader(key="upload_1").value == []
    assert metrics(turn_to(app, "overview"))["版面"] == "2"


def test_a_bad_file_is_named_and_the_rest_can_join(app_folder):
    bad = ("<img src=x onerror=alert(1)>.pdf", b"%PDF-1.7")
    app = upload(open_view(app_folder, "上传"), ("page.txt", PAGE), bad, ("empty.txt", b" "))
    assert not app.exception
    problems = tables(app)[-1]
    assert problems["file"].tolist() == [bad[0], "empty.txt"]
    assert problems["what"].tolist() == ["不是文本", "空文件"]
    app = press(app, "加入语料")
    assert metrics(turn_to(app, "overview"))["版面"] == "3"


def test_nothing_readable_cannot_join(app_folder):
    app = upload(open_view(app_folder, "上传"), ("page.pdf", b"%PDF-1.7"))
    assert not app.exception
    assert app.warning
    assert app.button(key="upload_join").disabled


def test_a_page_of_the_corpus_is_told_and_not_counted_twice(app_folder):
    page = app_folder / "seeds" / "2024-05-20_ninghai.txt"
    app = upload(open_view(app_folder, "上传"), ("mine.txt", page.read_bytes()))
    assert any("其中 1 个版面已在语料中" in message.value for message in app.info)
    app = press(app, "加入语料")
    assert not app.exception
    assert metrics(turn_to(app, "overview"))["版面"] == "2"


def test_another_session_sees_nothing_of_it(app_folder):
    app = press(upload(open_view(app_folder, "上传"), ("page.txt", PAGE)), "加入语料")
    assert metrics(turn_to(app, "overview"))["版面"] == "3"
    assert metrics(open_app(app_folder))["版面"] == "2"


def test_word_lists_can_be_searched(app_folder):
    app = open_view(app_folder, "词表")
    assert len(tables(app)[0]) > 1000
    app.text_input(key="lexicon_search").set_value("一老一小").run()
    assert "一老一小" in tables(app)[0]["slogan"].tolist()
    assert len(tables(app)[0]) < 20
    app.text_input(key="taxonomy_search").set_value("(").run()
    assert not app.exception


def test_an_own_taxonomy_takes_the_place_of_the_built_in_one_and_goes_again(app_folder):
    app = open_view(app_folder, "词表")
    app.file_uploader(key="taxonomy_upload_0").upload(
        "mine.tsv", "水\t水库\t9\n水\t会议\t9\n".encode("gb18030")
    )
    app.run()
    assert not app.exception
    assert tables(app)[1]["cue"].tolist() == ["水库", "会议"]
    assert "水" in app.multiselect(key="topic").options
    app.button(key="taxonomy_back").click().run()
    assert not app.exception
    assert len(tables(app)[1]) > 1000
    assert "水" not in app.multiselect(key="topic").options


@pytest.mark.parametrize(
    ("content", "says"),
    [("水\t水库\n".encode(), "mine.tsv:1"), (b"\x89PNG\r\n\x1a\n\x00\x01", "mine.tsv"), (b"", "mine.tsv")],
    ids=["two columns", "a picture", "nothing"],
)
def test_faults_of_a_taxonomy_are_named(app_folder, content, says):
    app = open_view(app_folder, "词表")
    app.file_uploader(key="taxonomy_upload_0").upload("mine.tsv", content).run()
    assert not app.exception
    assert says in app.get("code")[0].value
    assert len(tables(app)[1]) > 1000


def test_the_methods_name_formulas_and_sources(app_folder):
    said = "\n".join(text.value for text in open_view(app_folder, "Methods", lang="English").markdown)
    for name in (
        "Wilson",
        "Hardie 2014",
        "Evert 2022",
        "Lijffijt and Gries 2012",
        "Qian Gang",
        "Rychlý 2008",
    ):
        assert name in said
    assert "{" not in said
