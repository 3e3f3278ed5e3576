"""What strangers wrote is shown as text: on no page does it act as Markdown or HTML, or call another host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from analysis.slogans.review import parse_own_lexicon
from analysis.topics.taxonomy import format_taxonomy, parse_taxonomy
from tests.apps import PAGES, copy_app, make_app, turn_to
from tests.browsing import PAGES as ADDRESSES
from tests.browsing import ROOT, run_dashboard, wait_until_idle
from tests.hostile.corpus import EVIL, PAYLOADS, SLOGANS, acts, write_corpus, write_lexicon, write_taxonomy

#: Fields that Streamlit renders as Markdown, by element; "" stands for every other element.
_MARKDOWN = {
    "Markdown": ("body", "help"), "Alert": ("body",), "Heading": ("body", "help"), "Text": ("help",),
    "Code": (), "Arrow": (), "PlotlyChart": (), "Html": (), "Radio": ("label", "help", "options", "captions"),
    "": ("label", "help", "text"),
}  # fmt: skip


#: Links and pictures that lead to another host or to code, whatever their kind.
_FIND_ACTING = """host => [...document.querySelectorAll("a, img, script, iframe, image, object")]
    .filter(element => [...element.attributes].some(
        ({name, value}) => /href|src/.test(name) && (value.includes(host) || /^javascript/i.test(value))))
    .map(element => element.outerHTML)"""


@pytest.fixture
def hostile_app(tmp_path):
    """A copy of the app with the hostile corpus as its seeds."""
    with copy_app(tmp_path, write_corpus) as folder:
        yield folder


def open_app(folder, **query: str | list[str]) -> AppTest:
    app = make_app(folder, **query)
    app.session_state["own_lexicon"] = parse_own_lexicon(write_lexicon(), "own.tsv")
    app.session_state["own_taxonomy"] = format_taxonomy(parse_taxonomy(write_taxonomy(), "own.tsv"))
    return app.run()


def list_markdown(app: AppTest) -> Iterator[tuple[str, str]]:
    """Every string on screen that Streamlit renders as Markdown, with the type of its element."""

    waiting = [app.main, app.sidebar]
    while waiting:
        node = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        proto = getattr(node, "proto", None)
        if hasattr(proto, "DESCRIPTOR"):
            yield from _read_proto(proto)


def _read_proto(proto) -> Iterator[tuple[str, str]]:
    name = proto.DESCRIPTOR.name
    if name == "Block":
        for part in ("tab_container", "expandable", "popover", "dialog", "tab"):
            if proto.HasField(part):
                inner = getattr(proto, part)
                yield from ((part, getattr(inner, field, "")) for field in ("label", "title"))
        return
    fields = _MARKDOWN.get(name, _MARKDOWN[""])
    for field in fields:
        value = getattr(proto, field, "")
        for text in [value] if isinstance(value, str) else value:
            yield f"{name}.{field}", str(text)
    for option in getattr(proto, "options", ()) if name == "ButtonGroup" else ():
        yield "ButtonGroup.option", option.content


def acting(app: AppTest) -> list[tuple[str, str]]:
    return sorted({(kind, text) for kind, text in list_markdown(app) if acts(text)})


@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_strangers_wrote_acts_on(hostile_app, page):
    app = turn_to(open_app(hostile_app, lang="en"), page)
    assert not app.exception
    assert acting(app) == []


_CHOICES = {
    "overview": {"slogan": SLOGANS[0], "q": PAYLOADS[3]},
    "slogans": {"s": list(SLOGANS), "pattern": PAYLOADS[6], "q": "会议"},
    "keywords": {"node": PAYLOADS[3], "w": [PAYLOADS[6]]},
    "compare": {"a_q": PAYLOADS[3], "b_q": PAYLOADS[6], "a_slogan": SLOGANS[0]},
    "articles": {"find": PAYLOADS[6][:6], "q": PAYLOADS[4][:6]},
}


@pytest.mark.parametrize("page", _CHOICES)
def test_nothing_that_an_address_says_acts_on(hostile_app, page):
    app = turn_to(open_app(hostile_app, **_CHOICES[page]), page)
    assert not app.exception
    assert acting(app) == []


def test_no_page_calls_another_host_or_runs_what_a_text_says(hostile_app, browser, monkeypatch):
    monkeypatch.setattr("tests.browsing.ROOT", hostile_app)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    strange, alerts = [], []
    with run_dashboard() as address:
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda request: strange.append(request.url) if EVIL in request.url else None)
        page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
        for name in ADDRESSES:
            page.goto(f"{address}/{name}?lang=en")
            wait_until_idle(page)
            page.wait_for_load_state("networkidle")
            strange += [f"{name}: {element}" for element in page.evaluate(_FIND_ACTING, EVIL)]
        page.close()
    assert strange == []
    assert alerts == []
