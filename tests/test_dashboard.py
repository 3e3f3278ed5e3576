"""The app by `AppTest`, on a copy of it beside a small corpus of its own."""

import datetime as dt
import json
import shutil
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.corpus import read_tables

ROOT = Path(__file__).parent.parent
PAGES = ("overview", "slogans", "topics", "keywords", "compare", "people", "articles", "pages", "data")
_TIMEOUT = 60


@pytest.fixture
def app_folder(tmp_path, monkeypatch):
    """A copy of the app with the small corpus as its seeds."""
    for name in ("app_pages", "static", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dashboard.py", tmp_path)
    shutil.copytree(ROOT / "tests" / "pages", tmp_path / "seeds")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "app_pages"]:
        monkeypatch.delitem(sys.modules, name)
    # A run of the app takes the place of the main module; processes started later would import it.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    st.cache_resource.clear()
    yield tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == "app_pages"]:
        del sys.modules[name]
    st.cache_resource.clear()


def open_app(folder: Path, **query: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(folder / "dashboard.py"), default_timeout=_TIMEOUT)
    app.context = {"locale": "zh-CN"}
    app.query_params.update(query)
    return app.run()


def turn_to(app: AppTest, page: str) -> AppTest:
    return app.switch_page(f"app_pages/{page}.py").run()


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["中文", "English"])
def test_every_page_opens_in_both_languages(app_folder, page, lang):
    app = turn_to(open_app(app_folder, lang=lang), page)
    assert not app.exception
    assert app.title[0].value
    assert app.get("download_button")


def test_overview_counts_the_small_corpus(app_folder):
    shown = metrics(open_app(app_folder))
    assert shown["版面"] == "2"
    assert shown["文章"] == "6"


def test_a_place_changes_every_number_of_the_overview(app_folder):
    app = open_app(app_folder)
    before = metrics(app)
    app.multiselect(key="place").select("宁海县").run()
    after = metrics(app)
    assert after["版面"] == "1"
    assert after["文章"] == "3"
    assert all(before[name] != after[name] for name in before)


@pytest.mark.parametrize(
    ("key", "value", "articles"),
    [
        ("slogan", ["一老一小"], 1),
        ("slogan", ["一老一小", "新质生产力"], 2),
        ("place", ["安吉县"], 3),
    ],
)
def test_each_choice_filters_articles(app_folder, key, value, articles):
    app = open_app(app_folder)
    app.multiselect(key=key).set_value(value).run()
    assert not app.exception
    assert metrics(app)["文章"] == str(articles)


def test_a_main_topic_filters_articles(app_folder):
    main = read_tables(app_folder / "seeds").article_topics.query("is_main")["topic"].value_counts()
    app = open_app(app_folder)
    assert set(app.multiselect(key="topic").options) == set(main.index)
    app.multiselect(key="topic").set_value([main.index[-1]]).run()
    assert metrics(app)["文章"] == str(main.iloc[-1]) != "6"


FILTERS = {
    "slogan": {"slogan": "一老一小"},
    "topic": {"topic": "平安法治与基层治理"},
    "place": {"place": "安吉县"},
    "city": {"city": "湖州市"},
    "paper": {"paper": "今日宁海"},
    "kind": {"kind": "消息"},
    "text": {"q": "民警"},
    "days": {"d": ["2024-03-05", "2024-03-31"]},
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_holds_on_every_page(app_folder, name):
    app = open_app(app_folder, **FILTERS[name])
    left = _left(app)
    assert not left.startswith("剩 6 / 6 ")
    for page in PAGES:
        app = turn_to(app, page)
        assert not app.exception, page
        assert _left(app) == left


def _left(app: AppTest) -> str:
    return next(caption.value for caption in app.sidebar.caption if "篇文章" in caption.value)


def test_words_and_days_filter_articles(app_folder):
    app = open_app(app_folder)
    app.text_input(key="q").set_value("黄坛水库").run()
    assert metrics(app)["文章"] == "1"
    app.text_input(key="q").set_value("").run()
    app.date_input(key="d").set_value((dt.date(2024, 3, 5), dt.date(2024, 3, 31))).run()
    assert metrics(app)["文章"] == "3"


def test_a_filter_holds_on_the_next_page_and_can_be_cleared(app_folder):
    app = open_app(app_folder)
    app.multiselect(key="place").select("宁海县").run()
    app = turn_to(app, "articles")
    assert app.multiselect(key="place").value == ["宁海县"]
    assert set(app.dataframe[0].value["place"]) == {"宁海县"}
    press(app, "清除筛选")
    assert app.multiselect(key="place").value == []
    assert set(app.dataframe[0].value["place"]) == {"宁海县", "安吉县"}


@pytest.mark.parametrize("page", PAGES)
def test_filters_that_leave_nothing_say_so(app_folder, page):
    app = open_app(app_folder)
    app.text_input(key="q").set_value("没有这个词").run()
    app = turn_to(app, page)
    assert not app.exception
    assert any("没有符合筛选条件的文章" in info.value for info in app.info)
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("page", PAGES)
def test_one_article_is_enough_for_every_page(app_folder, page):
    app = open_app(app_folder, q="黄坛水库")
    app = turn_to(app, page)
    assert not app.exception
    assert not app.error


def test_an_address_restores_the_view(app_folder):
    app = open_app(app_folder, place="安吉县", q="民警")
    assert app.multiselect(key="place").value == ["安吉县"]
    assert metrics(app)["文章"] == "1"


def test_nonsense_in_an_address_falls_back(app_folder):
    app = open_app(app_folder, place="<script>", topic="x", d="never", lang="xx", cloud="?")
    assert not app.exception
    assert metrics(app)["文章"] == "6"


def test_the_browser_language_is_the_first_choice(app_folder):
    app = AppTest.from_file(str(app_folder / "dashboard.py"), default_timeout=_TIMEOUT)
    app.context = {"locale": "de-DE"}
    assert app.run().title[0].value == "Overview"


def test_the_english_page_has_no_chinese_but_names_and_quotations(app_folder):
    app = open_app(app_folder, lang="English")
    labels = [metric.label for metric in app.metric] + [button.label for button in app.button]
    assert labels
    assert not [label for label in labels if any("\u4e00" <= char <= "\u9fff" for char in label)]


@pytest.mark.parametrize("state", ["empty", "missing"])
def test_no_corpus_is_one_sentence_and_no_traceback(app_folder, state):
    shutil.rmtree(app_folder / "seeds")
    if state == "empty":
        (app_folder / "seeds").mkdir()
    app = open_app(app_folder)
    assert not app.exception
    assert len(app.error) == 1
    assert "seeds" in app.error[0].value


def test_an_unreadable_file_is_named_and_the_rest_is_shown(app_folder):
    (app_folder / "seeds" / "broken.txt").write_bytes(bytes(range(256)) * 40)
    app = open_app(app_folder)
    assert not app.exception
    assert metrics(app)["文章"] == "6"
    assert "broken.txt" in app.dataframe[-1].value["file"].tolist()


def test_a_file_added_while_it_runs_is_read(app_folder):
    app = open_app(app_folder)
    shutil.copy(next((ROOT / "seeds").glob("003*")), app_folder / "seeds")
    assert metrics(app.run())["版面"] == "3"


def test_a_correction_is_counted_at_once_and_can_be_undone(app_folder):
    app = turn_to(open_app(app_folder), "pages")
    app.selectbox(key="correct_action").set_value("remove").run()
    press(app, "更正")
    assert not app.exception
    assert app.get_by_key("fix").label == "下载更正文件"
    assert metrics(turn_to(app, "overview"))["文章"] == "5"
    press(turn_to(app, "pages"), "撤销上一步")
    assert metrics(turn_to(app, "overview"))["文章"] == "6"


@pytest.mark.parametrize(("action", "articles"), [("merge", 5), ("split", 7), ("headline", 6)])
def test_each_correction_can_be_chosen(app_folder, action, articles):
    app = turn_to(open_app(app_folder), "pages")
    app.selectbox(key="correct_action").set_value(action).run()
    press(app, "更正")
    assert not app.exception
    assert metrics(turn_to(app, "overview"))["文章"] == str(articles)


def test_corrections_beside_a_page_are_used(app_folder):
    page = app_folder / "seeds" / "2024-05-20_ninghai.txt"
    page_id = read_tables(page).pages.loc[0, "page_id"]
    start = page.read_text(encoding="utf-8").index("日前，我县在宁海县")
    rows = f"page_id\taction\tstart\tend\tat\n{page_id}\tremove\t{start}\t0\t0\n"
    page.with_name(page.name + ".fix").write_text(rows, encoding="utf-8")
    assert metrics(open_app(app_folder))["文章"] == "5"


VIEWS = ["各地与时间", "原句", "同现", "传播", "全部口号", "发现"]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_the_slogans_opens(app_folder, view):
    app = turn_to(open_app(app_folder, view=view), "slogans")
    assert not app.exception
    assert app.get("download_button") or app.info


def test_a_search_finds_its_lines_and_a_bad_pattern_is_named(app_folder):
    app = turn_to(open_app(app_folder, view="原句", pattern="水库.{0,3}防汛"), "slogans")
    assert app.dataframe[0].value["surface"].tolist() == ["水库开展防汛"]
    app.text_input(key="pattern").set_value("(").run()
    assert not app.exception
    assert "正则表达式有误" in app.error[0].value


def test_a_search_that_would_hang_elsewhere_comes_back(app_folder):
    app = turn_to(open_app(app_folder, view="原句", pattern="(([一-龥]+)+)+$"), "slogans")
    assert not app.exception


def test_an_accepted_candidate_is_counted_at_once_and_a_rejected_one_is_not_asked_again(app_folder):
    page = app_folder / "seeds" / "2024-05-20_ninghai.txt"
    page.write_text(
        page.read_text(encoding="utf-8") + "县里部署“五大赛道”，建设“烟火新城”。", encoding="utf-8"
    )
    app = turn_to(open_app(app_folder, view="发现"), "slogans")
    names = app.selectbox(key="review_candidate").options
    assert {"五大赛道", "烟火新城"} <= set(names)
    app.selectbox(key="review_candidate").set_value("五大赛道").run()
    app.button(key="review_accept").click().run()
    app.selectbox(key="review_candidate").set_value("烟火新城").run()
    app.button(key="review_reject").click().run()
    assert not app.exception
    assert not {"五大赛道", "烟火新城"} & set(app.selectbox(key="review_candidate").options)
    assert app.get_by_key("own_download").label == "下载我的词表"
    assert "五大赛道" in app.multiselect(key="slogan").options


def test_an_uploaded_lexicon_is_used_and_its_faults_are_named(app_folder):
    app = turn_to(open_app(app_folder, view="发现"), "slogans")
    good = "slogan\tcategory\n黄坛水库\tecology\n".encode()
    app.file_uploader(key="own_upload").upload("mine.tsv", good).run()
    assert not app.exception
    assert "黄坛水库" in app.multiselect(key="slogan").options
    app = turn_to(open_app(app_folder, view="发现"), "slogans")
    app.file_uploader(key="own_upload").upload("bad.tsv", "slogan\tcategory\n黄坛水库\t\n".encode()).run()
    assert not app.exception
    assert "bad.tsv:2" in app.get("code")[0].value


def test_the_two_sides_of_a_comparison_can_be_swapped(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    assert [app.multiselect(key=f"{side}_place").value for side in "ab"] == [["宁海县"], ["安吉县"]]
    press(app, "交换 A 与 B")
    assert [app.multiselect(key=f"{side}_place").value for side in "ab"] == [["安吉县"], ["宁海县"]]
    assert not app.exception


def test_equal_sides_are_said_in_words(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    app.multiselect(key="b_place").set_value(["宁海县"]).run()
    assert not app.exception
    assert any("两边相同" in info.value for info in app.info)


def test_headlines_against_text(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    app.multiselect(key="b_place").set_value(["宁海县"]).run()
    app.segmented_control(key="a_part").set_value("heads").run()
    app.segmented_control(key="b_part").set_value("body").run()
    assert not app.exception
    assert app.get("plotly_chart") or app.info


def test_a_corpus_too_small_for_discovered_topics_says_so(app_folder):
    app = turn_to(open_app(app_folder, topics_view="自动发现"), "topics")
    assert not app.exception
    assert any("不足以自动发现主题" in info.value for info in app.info)


def test_before_can_be_compared_with_after(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    for side in "ab":
        app.multiselect(key=f"{side}_place").set_value([]).run()
    app.date_input(key="a_d").set_value((dt.date(2024, 3, 5), dt.date(2024, 3, 31))).run()
    app.date_input(key="b_d").set_value((dt.date(2024, 4, 1), dt.date(2024, 5, 20))).run()
    assert not app.exception
    sizes = [text.value for text in app.text if "篇；" in text.value]
    assert sizes == ["A 2024-03-05 – 2024-03-31：3 篇；B 2024-04-01 – 2024-05-20：3 篇"]


def _headings(app: AppTest) -> dict[str, str]:
    found = {}
    for table in app.dataframe:
        labels = json.loads(table.proto.columns)
        found |= {name: labels.get(name, {}).get("label", name) for name in table.value.columns}
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_heading_of_a_table_is_in_the_language_of_the_page(app_folder, page):
    views = {
        "slogans": [{"view": view} for view in VIEWS],
        "topics": [{"topics_view": view} for view in ("按分类表", "一个主题", "口号与主题", "自动发现")],
    }
    headings = {}
    for query in views.get(page, [{}]):
        headings |= _headings(turn_to(open_app(app_folder, **query), page))
    assert headings
    plain = {"G²", "p", "logDice", "Log Ratio", "TF-IDF"}
    raw = {name: label for name, label in headings.items() if label.isascii() and label not in plain}
    assert not raw


def test_choices_of_a_link_that_the_corpus_lacks_are_told(app_folder):
    app = open_app(app_folder, place=["宁海县", "无此县"], topic="没有的主题")
    assert not app.exception
    assert [toast.value for toast in app.toast] == ["链接里有 2 项筛选在这个语料中不存在，已略去。"]
    assert not app.run().toast
    assert not open_app(app_folder, place="宁海县", topic="平安法治与基层治理").toast
