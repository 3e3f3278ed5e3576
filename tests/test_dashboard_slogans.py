"""The page of slogans by `AppTest`: views, searches, and words that the reader brings."""

import importlib
from concurrent.futures import Future
from functools import partial
from itertools import islice, product
from types import SimpleNamespace

import pytest

from tests.apps import SLOGAN_VIEWS, open_app, turn_to


@pytest.mark.parametrize("view", SLOGAN_VIEWS)
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


def test_a_lexicon_of_a_hundred_thousand_rows_keeps_no_other_reader_waiting(app_folder, monkeypatch):
    """All that takes long of it is handed to other processes, and done once."""
    apart = []
    pool = importlib.import_module("app_pages.parts.pool")
    monkeypatch.setattr(pool, "_pool", lambda: SimpleNamespace(submit=partial(_do, apart)))
    rows = (
        f"{first}{second}坛\tecology" for first, second in product(map(chr, range(0x5000, 0x513C)), repeat=2)
    )
    many = "\n".join(["slogan\tcategory", *islice(rows, 99_000), "黄坛水库\tecology"]).encode()
    app = turn_to(open_app(app_folder, view="发现"), "slogans")
    app.file_uploader(key="own_upload").upload("many.tsv", many).run(timeout=120)
    assert not app.exception
    assert "黄坛水库" in app.multiselect(key="slogan").options
    assert apart == ["parse_own_lexicon", "_join_own", "make_tables"]
    app.run()
    assert len(apart) == 3


def _do(apart, _stand_back, work, *args, **options):
    apart.append(work.__name__)
    done = Future()
    done.set_result(work(*args, **options))
    return done
