"""The app by `AppTest`: its pages, filters, addresses and languages, and corpora that have faults."""

import datetime as dt
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from analysis.corpus import read_tables
from tests.apps import PAGES, SLOGAN_VIEWS, headings, make_app, metrics, open_app, press, turn_to
from tests.browsing import ROOT


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
    assert make_app(app_folder, locale="de-DE").run().title[0].value == "Overview"


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


def test_a_corpus_too_small_for_discovered_topics_says_so(app_folder):
    app = turn_to(open_app(app_folder, topics_view="自动发现"), "topics")
    assert not app.exception
    assert any("不足以自动发现主题" in info.value for info in app.info)


@pytest.mark.parametrize("page", PAGES)
def test_every_heading_of_a_table_is_in_the_language_of_the_page(app_folder, page):
    views = {
        "slogans": [{"view": view} for view in SLOGAN_VIEWS],
        "topics": [{"topics_view": view} for view in ("按分类表", "一个主题", "口号与主题", "自动发现")],
    }
    found = {}
    for query in views.get(page, [{}]):
        found |= dict(headings(turn_to(open_app(app_folder, **query), page)))
    assert found
    plain = {"G²", "p", "logDice", "Log Ratio", "TF-IDF"}
    raw = {name: label for name, label in found.items() if label.isascii() and label not in plain}
    assert not raw


def test_choices_of_a_link_that_the_corpus_lacks_are_told(app_folder):
    app = open_app(app_folder, place=["宁海县", "无此县"], topic="没有的主题")
    assert not app.exception
    assert [toast.value for toast in app.toast] == ["链接里有 2 项筛选在这个语料中不存在，已略去。"]
    assert not app.run().toast
    assert not open_app(app_folder, place="宁海县", topic="平安法治与基层治理").toast
