"""The app on a store: opening, every page, filter changes, and keyness of two arbitrary halves."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).parent.parent.parent
_PAGES = ("overview", "slogans", "topics", "keywords", "compare", "people", "articles", "pages", "data")
_ROUNDS = 5
_WORDS = ("人工智能", "粮食", "乡村振兴", "GDP", "高铁")
_OPEN = """
import time
start = time.perf_counter(), time.process_time()
from analysis.shelves import shelve_store
from analysis.slogans import read_lexicon
from analysis.store import open_store
from analysis.topics import read_taxonomy
loaded = time.perf_counter(), time.process_time()
shelf = shelve_store(open_store({folder!r}), lexicon=read_lexicon(), taxonomy=read_taxonomy())
shelf.whole.count_slogans(by=(), every="all")
shelf.whole.pages
shelf.main_topics
ended = time.perf_counter(), time.process_time()
print(*(f"{{b - a:.3f}}" for a, b in zip(loaded, ended)), len(shelf.articles))
"""


class Taken(NamedTuple):
    """Seconds that some work took, each time: by the clock, and of the processor in this process."""

    clock: list[float]
    processor: list[float]


def measure_store(folder: str) -> dict[str, Taken]:
    """Print medians and 95th percentiles, as wall time and as processor time of this process.

    Returns:
        What opening, changes, switches and keyness took.
    """
    opened = [_open_anew(folder) for _ in range(_ROUNDS)]
    print(f"{opened[0][2]:,.0f} articles")
    taken = {"opening": _say("opening to the figures of the first chart, new process", opened)}
    os.environ["TIFA_STORE"] = folder
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415, Streamlit reads the environment when imported

    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    app.context = {"locale": "zh-CN"}
    _say("first run of the app (its modules are imported)", [_time(app.run)])
    switches, again = [], []
    for page in _PAGES:
        first = _time(lambda page=page: app.switch_page(f"app_pages/{page}.py").run())
        more = [_time(app.run) for _ in range(_ROUNDS)]
        _say(f"{page}: first visit", [first])
        _say(f"{page}: again", more)
        switches.append(first)
        again += more
    app.switch_page("app_pages/overview.py").run()
    changes = [_time(change) for change in _list_changes(app)]
    searches = [_time(search) for search in _list_searches(app)]
    _say("filter changes on the overview, each new: days, topic, slogan", changes)
    _say("the same: searches of all texts", searches)
    taken["changes"] = _say("all of these changes", changes + searches)
    _say("page switches, each new to this process", switches)
    _say("pages run again", again)
    taken["switches"] = _say("all of these", switches + again)
    return taken | {"keyness": _measure_keyness(folder)}


def _list_changes(app: object) -> list[Callable[[], object]]:
    days = app.date_input(key="d").value
    first, last = days[0], days[-1]
    spans = [(first + (last - first) * part / 12, last - (last - first) * part / 24) for part in range(1, 11)]

    def choose_days(span: tuple[dt.date, dt.date]) -> object:
        return app.date_input(key="d").set_value(span).run()

    changes = [lambda span=span: choose_days(span) for span in spans]
    changes.append(lambda: choose_days((first, last)))
    for key in ("topic", "slogan"):
        options = app.multiselect(key=key).options[:4]
        changes += [
            lambda key=key, option=option: app.multiselect(key=key).set_value([option]).run()
            for option in options
        ]
        changes.append(lambda key=key: app.multiselect(key=key).set_value([]).run())
    return changes


def _list_searches(app: object) -> list[Callable[[], object]]:
    return [lambda word=word: app.text_input(key="q").set_value(word).run() for word in (*_WORDS, "")]


def _measure_keyness(folder: str) -> Taken:
    from analysis.shelves import View, shelve_store  # noqa: PLC0415, after the environment
    from analysis.shelves.wording import compare_views  # noqa: PLC0415
    from analysis.slogans import read_lexicon  # noqa: PLC0415
    from analysis.store import open_store  # noqa: PLC0415
    from analysis.topics import read_taxonomy  # noqa: PLC0415

    shelf = shelve_store(open_store(folder), lexicon=read_lexicon(), taxonomy=read_taxonomy())
    _say("reading the words of all articles, once", [_time(lambda: shelf.words)])
    rows, taken = np.arange(len(shelf.articles)), []
    for seed in range(_ROUNDS):
        order = np.random.default_rng(seed).permutation(rows)
        halves = [View(shelf, np.sort(half)) for half in np.array_split(order, 2)]
        taken.append(_time(lambda halves=halves: compare_views(*halves, minimum=3)))
    return _say("keyness of two random halves", taken)


def _open_anew(folder: str) -> tuple[float, float, float]:
    code = _OPEN.format(folder=folder)
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return float(said[0]), float(said[1]), float(said[2])


def _time(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def _say(what: str, each: list[tuple[float, ...]]) -> Taken:
    taken = Taken([one[0] for one in each], [one[1] for one in each])
    parts = []
    for name, values in zip(("wall", "cpu"), taken, strict=True):
        p95 = float(np.quantile(values, 0.95))
        parts.append(f"{name} median {statistics.median(values):.3f} p95 {p95:.3f} s")
    print(f"{what}: {'; '.join(parts)} (n={len(each)})", flush=True)
    return taken
