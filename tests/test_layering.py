"""Who may import what: read from the syntax trees, so that no import can hide in a function."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APP = {"dashboard.py", "app_pages"}
#: The entry for many readers, and what of its layers speaks Streamlit's messages.
SERVER = {"shared_server.py", "serving/runs.py", "serving/warm.py"}
#: Library -> the only places that may import it.
ALLOWED = {
    "streamlit": APP | SERVER,
    "plotly": {"analysis/charts", "app_pages/parts/show.py"},
    "wordcloud": {"analysis/charts"},
    "matplotlib": {"analysis/charts"},
    "PIL": {"analysis/charts"},
    "jieba": {"analysis/tokens.py", "analysis/tokens"},
    "rjieba": {"analysis/tokens.py", "analysis/tokens"},
    "sklearn": {"analysis/keywords.py", "analysis/keywords", "analysis/topics.py", "analysis/topics"},
    "app_pages": APP | {"shared_server.py"},
    "dashboard": set(),
    "serving": {"shared_server.py", "serving"},
    "shared_server": set(),
}
FILES = [
    path for folder in ("analysis", "app_pages", "serving") for path in sorted((ROOT / folder).rglob("*.py"))
] + [
    ROOT / "dashboard.py",
    ROOT / "shared_server.py",
]


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


def _may_import(place: str, library: str) -> bool:
    return any(place == allowed or place.startswith(f"{allowed}/") for allowed in ALLOWED[library])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_imports_only_what_its_layer_may(path):
    place = path.relative_to(ROOT).as_posix()
    wrong = [name for name in _imports(path) & ALLOWED.keys() if not _may_import(place, name)]
    assert not wrong, f"{place} imports {', '.join(wrong)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_uses_absolute_imports(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]


def test_the_rule_would_see_a_breach():
    assert not _may_import("analysis/slogans/match.py", "jieba")
    assert not _may_import("analysis/tokens_extra.py", "jieba")
    assert _may_import("analysis/charts/bars.py", "plotly")


def test_no_module_has_a_name_for_everything():
    assert not [path for path in FILES if path.stem in {"utils", "helpers", "common", "misc"}]
