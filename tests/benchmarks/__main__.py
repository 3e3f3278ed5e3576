"""Run one measurement: `python -m tests.benchmarks NAME SOURCE`."""

from __future__ import annotations

import argparse
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

from tests.benchmarks import app, build, matrix, sections, segmenters, slogans, splitting, targets, topics

#: What is measured on a store.
_ON_STORES = {"app": app.measure_store, "matrix": matrix.measure_store}
_MEASURED = {
    "slogans": slogans.measure,
    "segmenters": segmenters.measure,
    "sections": sections.measure,
    "splitting": splitting.measure,
    "topics": topics.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "name",
        choices=["targets", *_ON_STORES, "build", "growth", *_MEASURED],
        help="what is measured; targets: one table of all that is promised, in a quarter of an hour; build, "
        "growth: a part of it",
    )
    parser.add_argument(
        "source",
        help="JSON lines with title, text, date (and section), gzipped or not; for app and matrix, a store",
    )
    parser.add_argument("--every", type=int, default=1, help="take every nth article (default: all)")
    parser.add_argument("--most", type=int, default=build.STEPS[-1], help="largest step of the growth")
    parser.add_argument("--cluster", action="store_true", help="build with two Dask workers, too")
    options = parser.parse_args()
    if options.name in _ON_STORES:
        print(f"Python {platform.python_version()}, {_list_libraries()}, {platform.machine()}")
        _ON_STORES[options.name](options.source)
        return
    if options.name in ("targets", "build", "growth"):
        print(f"Python {platform.python_version()}, {_list_libraries()}, {platform.machine()}")
        articles = read_articles(options.source).iloc[:: options.every].reset_index(drop=True)
        parts = targets.PARTS if options.name == "targets" else (options.name,)
        steps = tuple(n for n in build.STEPS if n <= options.most)
        targets.measure(Path(options.source), articles, steps, parts, cluster=options.cluster)
        return
    articles = read_articles(options.source).iloc[:: options.every].reset_index(drop=True)
    print(f"{len(articles):,} articles, {articles['text'].str.len().sum():,} characters")
    print(f"Python {platform.python_version()}, {_list_libraries()}, {platform.machine()}")
    _MEASURED[options.name](articles)


def _list_libraries() -> str:
    names = ("pandas", "numpy", "scipy", "pyarrow", "duckdb", "jieba", "rjieba", "scikit-learn")
    return ", ".join(f"{name} {found}" for name in names if (found := _find_version(name)))


def _find_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def read_articles(path: str) -> pd.DataFrame:
    """Read JSON lines as the columns of table `articles` that the measurements need."""
    rows = pd.read_json(path, lines=True, dtype=False)
    articles = pd.DataFrame({"article_id": rows.index.astype("str"), "kind": "news"})
    for name, key in (("kicker", "kicker"), ("headline", "title"), ("subhead", "subtitle"), ("text", "text")):
        articles[name] = rows[key].fillna("").astype("str") if key in rows else ""
    articles["date"] = pd.to_datetime(rows["date"]) if "date" in rows else pd.NaT
    articles["section"] = rows.get("section")
    return articles.assign(authors="", paper=None, county=None)


if __name__ == "__main__":
    main()
