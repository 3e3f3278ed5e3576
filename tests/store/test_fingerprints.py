"""Fingerprints: what a stage is made of covers all code that it runs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from analysis.store import fingerprints

ROOT = Path(__file__).parent.parent.parent
#: How a file is written and found again decides no number in it.
_PLUMBING = {"analysis/store/manifest.py", "analysis/store/__init__.py", "analysis/lazy.py"}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in (ROOT / "analysis").rglob("*.py")}


def _list_imports(path: Path) -> set[Path]:
    """List the modules of the package that one imports, but for the types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    ]
    passed_over = {id(inner) for node in typing for inner in ast.walk(node)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in passed_over:
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (below & MODULES.keys()) or {node.module}
    if path.relative_to(ROOT).as_posix() not in _PLUMBING:
        found |= _list_late(tree)
    return {MODULES[name] for name in found - {"analysis"} if name in MODULES}


def _list_late(tree: ast.Module) -> set[str]:
    """List the modules that a package imports when their names are first asked for (see `analysis.lazy`)."""
    return {
        key.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_HOMES"
        for key in node.value.keys
    }


def test_modules_that_are_imported_late_are_seen():
    slogans = {path.stem for path in _list_imports(ROOT / "analysis/slogans/__init__.py")}
    assert {"hits", "rollup", "frequencies", "skeleton"} <= slogans


def _close(paths: set[Path]) -> set[str]:
    seen, waiting = set(), list(paths)
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += _list_imports(path)
    return {path.relative_to(ROOT).as_posix() for path in seen}


@pytest.mark.parametrize("stage", fingerprints.STAGES)
def test_a_stage_is_known_by_all_code_that_it_runs(stage):
    own = fingerprints._list_files(fingerprints._SOURCES[stage])
    known = own | fingerprints._list_files(fingerprints._SHARED)
    code = {path for path in own if path.suffix == ".py"}
    assert code
    assert _close(code) - {path.relative_to(ROOT).as_posix() for path in known} <= _PLUMBING


def test_every_pattern_finds_a_file():
    for names in (*fingerprints._SOURCES.values(), fingerprints._SHARED, fingerprints._MERGING):
        for name in names:
            assert fingerprints._list_files((name,)), name
