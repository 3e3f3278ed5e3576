"""The words on screen: complete in both languages, none unused."""

import csv
import re
from pathlib import Path

import pytest

from analysis.articles import ROLES
from analysis.corrections import ACTIONS
from analysis.schema import DATE_BASES, FORMS, KINDS

ROOT = Path(__file__).parent.parent
_APP = [ROOT / "dashboard.py", *sorted((ROOT / "app_pages").rglob("*.py"))]
_CODE = "\n".join(path.read_text(encoding="utf-8") for path in _APP)
_USED = set(re.findall(r"""\bt\(\s*"(\w+)""", _CODE))
#: Keys made from a variable part in the code, by what the part can be.
_FAMILIES = {
    "filter_": ("place", "paper", "topic", "slogan"),
    "cloud_": ("slogans", "keywords"),
    "period_": ("day", "week", "month", "quarter", "year"),
    "kind_": KINDS,
    "form_": FORMS,
    "role_": ROLES,
    "action_": ACTIONS,
    "basis_": DATE_BASES,
}


def _rows() -> list[dict[str, str]]:
    lines = (ROOT / "app_pages" / "texts.tsv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


TEXTS = {row["key"]: row for row in _rows()}
_MADE = {prefix + part for prefix, parts in _FAMILIES.items() for part in parts}


def test_keys_are_sorted_and_unique():
    keys = [row["key"] for row in _rows()]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("key", TEXTS)
def test_text_stands_in_both_languages_with_the_same_braces(key):
    zh, en = TEXTS[key]["zh"], TEXTS[key]["en"]
    assert zh and en
    assert sorted(re.findall(r"\{\w+\}", zh)) == sorted(re.findall(r"\{\w+\}", en))


@pytest.mark.parametrize("key", [key for key in TEXTS if not key.startswith(("col_n", "col_gloss"))])
def test_chinese_text_is_chinese(key):
    assert re.search(r"[\u4e00-\u9fff]", TEXTS[key]["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", TEXTS[key]["en"].replace("提法", "").replace("养老 托育", "").
                         replace("生态文明建设", "").replace("生态文明", ""))  # fmt: skip


def test_no_used_key_is_missing():
    assert not sorted((_USED | _MADE) - TEXTS.keys())


def test_no_key_is_unused():
    columns = {key for key in TEXTS if key.startswith("col_")}
    assert not sorted(TEXTS.keys() - _USED - _MADE - columns)
