"""What the README promises: its commands, its dependencies, its links."""

import ast
import re
import sys
from pathlib import Path

import pytest

from analysis.evaluation import evaluate_files, format_report
from analysis.schema import TABLES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _requirements(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = (line.partition("~=") for line in lines if line and not line.startswith(("-r", "#")))
    return {library: version.partition(";")[0] for library, _, version in pinned}


def test_the_two_commands_stand_there_and_the_gate_runs_the_second():
    assert "pip install -r requirements.txt && streamlit run dashboard.py\n" in README
    assert "pip install -r requirements-dev.txt && pytest\n" in README
    assert "pip install -r requirements-dev.txt && pytest\n" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-cluster.txt", "requirements-dev.txt"])
def test_direct_dependencies_are_pinned_to_compatible_versions(name):
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) for version in _requirements(name).values())


@pytest.mark.parametrize("library", _requirements("requirements.txt"))
def test_every_dependency_has_its_line_on_why(library):
    assert re.search(rf"^\| {library} \| \S.+ \|$", README, re.MULTILINE)


@pytest.mark.parametrize("library", _requirements("requirements-dev.txt"))
def test_every_test_dependency_is_explained(library):
    assert library in README


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_named(name):
    assert f"| `{name}` |" in README


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_links_lead_to_files_that_exist(target):
    assert (ROOT / target).exists()


#: Used where it is there, for the long fuzzing runs alone; it has no wheels for new Pythons.
_OPTIONAL = {"atheris", "duckdb"}
#: Names of modules that differ from the names of their packages.
_PACKAGES = {"PIL": "pillow", "sklearn": "scikit-learn", "re2": "google-re2", "google": "protobuf"}


def _imported(folder: str) -> set[str]:
    files = ROOT.glob("*.py") if folder == "." else (ROOT / folder).rglob("*.py")
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    own = {"analysis", "app_pages", "serving", "tests"} | {
        file.stem for file in (ROOT / "tests").rglob("*.py")
    }
    own |= set(sys.stdlib_module_names) | _OPTIONAL
    return {name.split(".")[0] for name in names} - own


@pytest.mark.parametrize("folder", ["analysis", "app_pages", "serving", ".", "tests"])
def test_what_the_code_imports_is_required(folder):
    required = _requirements("requirements.txt")
    if folder == "analysis":
        # Only who computes on a cluster needs it, and is told so.
        required |= _requirements("requirements-cluster.txt")
    if folder == "tests":
        required |= _requirements("requirements-dev.txt")
    packages = {_PACKAGES.get(name, name.replace("_", "-")) for name in _imported(folder)}
    assert not sorted(packages - required.keys())


def test_the_figures_are_those_of_the_command():
    report = evaluate_files(ROOT / "seeds", ROOT / "tests" / "gold" / "articles.json")
    lines = [line for line in format_report(report).splitlines() if line.strip() and ".txt" not in line]
    block = re.search(r"```text\n(.*?)```", README, re.DOTALL)[1]
    assert [line.split() for line in block.splitlines()] == [line.split() for line in lines]
