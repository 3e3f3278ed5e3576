"""The command line as a person meets it: a process, its files, its sentences, its exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import __main__ as main_module
from analysis.export import FORMATS
from analysis.schema import TABLES

ROOT = Path(__file__).parent.parent


def run(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, words)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return run("export", "seeds", "--out", out), out


def test_export_of_the_seeds_ends_well(exported):
    done, _ = exported
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("5 pages, 33 articles, 0 problems")


def test_export_writes_the_nine_csv_files(exported):
    _, out = exported
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{name}.csv" for name in TABLES)
    for name, table in TABLES.items():
        path = out / f"{name}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), name
        assert pd.read_csv(path).columns.tolist() == table.exported


def test_progress_goes_to_stderr_and_names_the_stages(exported):
    done, _ = exported
    assert "splitting articles" in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("export", "no-such-folder", "--out", "out"), "no-such-folder"),
        (("export", "{empty}", "--out", "out"), "empty"),
        (("export", "seeds", "--out", "out", "--format", "xls"), "xls"),
        (("export", "seeds"), "--out"),
        (("evaluate", "seeds", "no-gold.json"), "no-gold.json"),
        (("build", "no-such-folder", "--store", "{empty}"), "no-such-folder"),
        (("build", "{empty}", "--store", "{empty}/store"), "empty"),
        (("build", "seeds"), "--store"),
        (("build", "seeds", "--store", "{empty}/store", "--workers", "0"), "--workers 0"),
        (("build", "seeds", "--store", "{empty}/store", "--slogans", "no.tsv"), "no.tsv"),
        (("build", "no-such-folder", "--store", "{empty}/store", "--watch"), "no-such-folder"),
        (("build", "seeds", "--store", "{empty}/store", "--watch", "--every", "0"), "--every"),
        ((), "COMMAND"),
    ],
    ids=[
        "missing folder",
        "empty folder",
        "unknown format",
        "no --out",
        "missing gold",
        "no source to build",
        "empty source to build",
        "no --store",
        "no workers",
        "no lexicon",
        "no source to watch",
        "no time between looks",
        "no command",
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words, says, tmp_path):
    (tmp_path / "empty").mkdir()
    done = run(*(word.format(empty=tmp_path / "empty") for word in words))
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def half_good(tmp_path):
    """A folder with a page and a file that is none."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 40)
    seed = next((ROOT / "seeds").glob("*.txt"))
    (folder / "good.txt").write_bytes(seed.read_bytes())
    return folder


def test_an_unreadable_file_costs_one_row_and_status_1(half_good, tmp_path):
    done = run("export", half_good, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert ", 1 problems" in done.stdout
    problems = pd.read_csv(tmp_path / "out" / "problems.csv")
    assert problems["file"].tolist() == ["bad.txt"]


def test_a_lexicon_of_ones_own_is_used_and_its_bad_rows_are_named(tmp_path):
    header = "slogan\taliases\tparent\tcategory\tscope\tsince\tsource\tgloss\tguard\tnote\n"
    good = tmp_path / "mine.tsv"
    good.write_text(header + "一老一小\t\t\tlivelihood\tnational\t\t\t\t\t\n", encoding="utf-8")
    done = run("export", "seeds", "--out", tmp_path / "out", "--slogans", good)
    assert done.returncode == 0, done.stderr
    hits = pd.read_csv(tmp_path / "out" / "slogan_hits.csv")
    assert set(hits["slogan"]) == {"一老一小"}
    bad = tmp_path / "bad.tsv"
    bad.write_text(header + "一老一小\t\t\t\tnational\t\t\t\t\t\n", encoding="utf-8")
    done = run("export", "seeds", "--out", tmp_path / "out", "--slogans", bad)
    assert done.returncode == 2
    assert "bad.tsv:2" in done.stderr


def test_build_counts_and_ends_like_export(half_good, tmp_path):
    done = run("build", half_good, "--store", tmp_path / "store")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("1 pages, ")
    assert ", 1 problems" in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert "computed" in done.stderr
    again = run("build", half_good, "--store", tmp_path / "store")
    assert (again.returncode, again.stdout, again.stderr) == (1, done.stdout, "")


def test_formats_of_export_are_those_of_its_module():
    assert main_module._FORMATS == FORMATS


@pytest.mark.parametrize(
    "words", [("--help",), ("export", "--help"), ("build", "--help"), ("evaluate", "--help")]
)
def test_help_explains(words):
    done = run(*words)
    assert done.returncode == 0
    assert "SOURCE" in done.stdout or "PAGES" in done.stdout or "examples" in done.stdout
