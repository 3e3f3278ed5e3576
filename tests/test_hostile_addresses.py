"""Addresses that somebody wrote by hand: nonsense, huge and repeated values fall back to what exists."""

from __future__ import annotations

import os
import re

import pytest

from tests.apps import open_app, turn_to
from tests.browsing import ROOT

#: Parameters by the page that reads them; the choices of the sidebar stand on every page.
PARAMETERS = {
    "overview": (
        "place",
        "topic",
        "slogan",
        "city",
        "paper",
        "kind",
        "q",
        "d",
        "undated",
        "cloud",
        "cloud_by",
    ),
    "slogans": (
        "children",
        "minimum",
        "s",
        "view",
        "pattern",
        "central",
        "unit",
        "period",
        "measure",
        "within",
    ),
    "topics": ("topics_view", "k", "t", "topic_every"),
    "keywords": ("w", "joint", "word_every", "node", "span"),
    "compare": ("a_topic", "b_slogan", "a_place", "b_q", "a_part", "b_kind", "a_d", "b_paper"),
    "articles": ("find", "regex", "sort", "mark", "article"),
    "pages": ("file",),
    "data": ("data_view", "table"),
}
_HUGE = "年" * 34_000
NONSENSE = {
    "nonsense": "<script>alert(1)</script>",
    "empty": "",
    "number": "-1e999",
    "controls": "\0\r\n\x1b[31m\u202e",
    "huge": _HUGE,
    "repeated": ["x", "y"] * 500,
    "days": ["9999-99-99", "0000-00-00"],
}


def test_every_bound_parameter_is_tried():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "app_pages").rglob("*.py"))
    bound = set(re.findall(r'key="(\w+)"[^()]*?bind="query-params"', code))
    bound |= set(re.findall(r'choose_(?:one|number)\((?:[^()]|\([^()]*\))*?key="(\w+)"', code))
    tried = {name for names in PARAMETERS.values() for name in names}
    assert bound - tried == set()


#: Every kind for every page takes minutes; else each page gets none for all, and of the others one each.
_KINDS = [*NONSENSE] if os.environ.get("HYPOTHESIS_PROFILE") == "long" else ["empty", "mixed"]


def _ask(page: str, kind: str) -> dict[str, str | list[str]]:
    kinds = [*NONSENSE]
    return {
        name: NONSENSE[kinds[number % len(kinds)] if kind == "mixed" else kind]
        for number, name in enumerate(PARAMETERS[page], 1)
    }


_TRIED = dict.fromkeys([*((page, kind) for page in PARAMETERS for kind in _KINDS), ("keywords", "number")])


@pytest.mark.parametrize(("page", "kind"), _TRIED)
def test_an_address_of_nonsense_opens_the_page(app_folder, page, kind):
    app = turn_to(open_app(app_folder, **_ask(page, kind), lang=_HUGE), page)
    assert not app.exception
    assert app.title[0].value


@pytest.mark.parametrize("kind", NONSENSE if len(_KINDS) > 2 else ["huge"])
def test_a_choice_that_does_not_exist_filters_nothing(app_folder, kind):
    names = ("place", "topic", "slogan", "city", "paper", "kind", "d", "undated")
    app = open_app(app_folder, **dict.fromkeys(names, NONSENSE[kind]))
    plain = open_app(app_folder)
    assert not app.exception
    assert [metric.value for metric in app.metric] == [metric.value for metric in plain.metric]
