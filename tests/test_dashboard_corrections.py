"""Corrections of the splitting by `AppTest`: made on the page, and beside the file."""

import pytest

from analysis.corpus import read_tables
from tests.apps import metrics, open_app, press, turn_to


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
