"""SECURITY.md and docs/deployment.md say what the code does: every test that they name, every number."""

import ast
import re
from pathlib import Path

import pytest

from serving.limits import Limits

ROOT = Path(__file__).parent.parent
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
DEPLOYMENT = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)))
_PROMISES = re.findall(
    r"^- (?:.|\n(?!\n|- ))*", SECURITY.split("## What it promises")[1].split("\n## ")[0], re.MULTILINE
)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_named_test_is_there(file, name):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("promise", _PROMISES, ids=[promise[2:42] for promise in _PROMISES])
def test_every_promise_names_its_test_or_says_why_not(promise):
    assert "::test_" in promise or "no test:" in promise


def test_the_table_of_limits_is_that_of_the_code():
    rows = re.findall(r"^\| `TIFA_(\w+)` \| (\d+) \|", DEPLOYMENT, re.MULTILINE)
    assert {name.lower(): int(number) for name, number in rows} == Limits()._asdict()


@pytest.mark.parametrize("text", [SECURITY, DEPLOYMENT], ids=["SECURITY.md", "deployment.md"])
def test_every_link_leads_somewhere(text):
    folder = ROOT if text is SECURITY else ROOT / "docs"
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links
    assert not [link for link in links if not (folder / link).exists()]
