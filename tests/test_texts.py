"""The words on screen: complete in both languages, none unused."""

import csv
import re
from pathlib import Path

import pytest

from analysis.articles import ROLES
from analysis.corrections import ACTIONS
from analysis.schema import DATE_BASES, FORMS, KINDS, TABLES
from analysis.slogans.lexicon import read_categories

ROOT = Path(__file__).parent.parent
_APP = [ROOT / "dashboard.py", *sorted((ROOT / "app_pages").rglob("*.py"))]
_CODE = "\n".join(path.read_text(encoding="utf-8") for path in _APP)
_USED = set(re.findall(r"""\bt\(\s*["'](\w+)""", _CODE))
#: What can go wrong with a file, as a key.
PROBLEMS = (
    "damaged",
    "duplicate",
    "empty",
    "no_article",
    "no_text_file",
    "too_large",
    "too_many",
    "unreadable",
)
#: Keys made from a variable part in the code, by what the part can be.
_FAMILIES = {
    "page_": tuple(path.stem for path in (ROOT / "app_pages").glob("*.py")),
    "filter_": ("place", "paper", "topic", "slogan", "city", "kind"),
    "cloud_": ("slogans", "keywords"),
    "period_": ("day", "week", "month", "quarter", "year"),
    "unit_": ("place", "paper", "city", "topic"),
    "measure_": ("share", "per_10k_chars"),
    "axis_": ("share", "per_10k_chars"),
    "caption_places_": ("share", "per_10k_chars"),
    "caption_trend_": ("share", "per_10k_chars"),
    "caption_collocates_": ("window", "sentence"),
    "axis_weight_": ("named", "discovered"),
    "caption_topic_words_": ("named", "discovered"),
    "mark_": ("slogans", "cues"),
    "span_": ("window", "sentence"),
    "sort_": ("date", "left", "right"),
    "within_": ("article", "paragraph"),
    "view_": ("trend", "lines", "pairs", "spread", "all", "new", "named", "one", "slogans", "discovered"),
    "size_": ("n", "n_articles", "per_10k"),
    "problem_": PROBLEMS,
    "cure_": PROBLEMS,
    "part_": ("all", "heads", "body"),
    "category_": read_categories(),
    "scope_": ("national", "provincial", "city", "county"),
    "kind_": KINDS,
    "form_": FORMS,
    "role_": ROLES,
    "action_": ACTIONS,
    "basis_": DATE_BASES,
    "data_": ("tables", "upload", "lists", "methods"),
    "table_": TABLES,
    "upload_": ("reading", "splitting"),
    "full_": ("title", "body"),
    "": ("unit", "period", "measure", "sort", "within"),
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
    assert set(re.findall(r"\{\w+\}", zh)) == set(re.findall(r"\{\w+\}", en))


#: Names that the field writes alike in both languages.
_NAMES = {"G²", "p", "logDice", "Log Ratio", "TF-IDF"}
#: Chinese words that the English texts quote.
_QUOTED = re.compile("提法|养老 托育|生态文明建设|生态文明|高质量.*?发展")


@pytest.mark.parametrize("key", [key for key in TEXTS if TEXTS[key]["zh"] not in _NAMES])
def test_each_language_is_itself(key):
    assert re.search(r"[\u4e00-\u9fff]", TEXTS[key]["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", _QUOTED.sub("", TEXTS[key]["en"]))


def test_no_used_key_is_missing():
    assert not sorted((_USED | _MADE) - TEXTS.keys())


def test_no_key_is_unused():
    columns = {key for key in TEXTS if key.startswith("col_")}
    columns |= {f"help_{key.removeprefix('col_')}" for key in columns}
    assert not sorted(TEXTS.keys() - _USED - _MADE - columns)
