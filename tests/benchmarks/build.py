"""Builds by the command line, one process of plain segmentation beside them, and corpora that grow."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import jieba

from analysis.store import build_store, hire_crew
from analysis.store.manifest import read_stamp

ROOT = Path(__file__).parent.parent.parent
#: Articles of each step of the growth.
STEPS = (10_000, 100_000, 1_000_000)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]?")
_PLACES = ("今日新昌", "萧山日报", "衢州日报", "嘉兴日报", "瑞安日报", "长兴新闻", "桐庐报", "象山报")
# The command, and behind it the largest memory of the process and of those that it started.
_STARTED = """
import resource, sys
from analysis.__main__ import main
status = main(sys.argv[1:])
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(max(u.ru_maxrss for u in used), sum(u.ru_utime + u.ru_stime for u in used), file=sys.stderr)
sys.exit(status)
"""


class Run(NamedTuple):
    """One build by the command line.

    Attributes:
        seconds: By the clock.
        memory: Most that any of its processes held, in bytes.
        processor: Seconds of processors that all of them used.
    """

    seconds: float
    memory: int
    processor: float


class Plain(NamedTuple):
    """One process of plain segmentation over the texts of a source.

    Attributes:
        seconds: By the clock.
        processor: Seconds of a processor.
        gzipped: Bytes of the texts, gzipped.
    """

    seconds: float
    processor: float
    gzipped: int


def segment(source: Path) -> Plain:
    """Segment the texts of a source by `jieba.lcut`, and gzip them."""
    texts = [record["text"] for record in _iter_records(source)]
    print(f"{len(texts):,} articles, {sum(map(len, texts)):,} characters, {os.cpu_count()} cores")
    jieba.initialize()
    start = time.process_time()
    seconds = _time(lambda: [jieba.lcut(text) for text in texts])
    used = time.process_time() - start
    return Plain(seconds, used, len(gzip.compress("\n".join(texts).encode(), 9)))


def grow(source: Path, path: Path, size: int, *, seed: int = 1) -> None:
    """Write a corpus of any size: the sentences of a source shuffled, other days and papers."""
    chance = random.Random(seed)
    records = list(_iter_records(source))
    sentences = [sentence for record in records for sentence in _SENTENCE.findall(record["text"])]
    lengths = [len(_SENTENCE.findall(record["text"])) for record in records]
    titles = [record.get("title", "") for record in records]
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for _ in range(size):
            text = "".join(chance.choices(sentences, k=max(1, chance.choice(lengths))))
            day = f"{chance.randint(2010, 2024)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            row = {"date": day, "paper": chance.choice(_PLACES), "title": chance.choice(titles), "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def build(source: Path, store: Path, *words: str) -> Run:
    """Build a store in a process of its own."""
    start = time.perf_counter()
    command = [sys.executable, "-c", _STARTED, "build", source, "--store", store, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    seconds = time.perf_counter() - start
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    memory, processor = done.stderr.splitlines()[-1].split()
    return Run(seconds, int(memory) * 1024, float(processor))


def add_pages(source: Path, store: Path) -> dict[str, list[Run]]:
    """Add the seeds to a source, one at a time: two by commands of their own, others to a build that stays.

    That one has one page before it is measured, as it has on all days but the first.
    """
    first, second, *others = sorted((ROOT / "seeds").glob("*.txt"))
    by_command = []
    for page in (first, second):
        shutil.copy(page, source / page.name)
        by_command.append(build(source, store))
    watched = _watch(source, store, others)[1:]
    return {"one page added, by command": by_command, "one page added, by a build that watches": watched}


def _watch(source: Path, store: Path, pages: list[Path]) -> list[Run]:
    """Add pages to the source of a build that watches, one at a time.

    The clock runs from the moment that a page is in its place until the manifest of the store is replaced, so
    that the time until it is seen counts.
    """
    command = [sys.executable, "-m", "analysis", "build", source, "--store", store, "--watch"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    process.stdout.readline()
    try:
        return [_add_page(process, page, source, store) for page in pages]
    finally:
        process.terminate()
        process.communicate()


def _add_page(process: subprocess.Popen, page: Path, source: Path, store: Path) -> Run:
    before, used = read_stamp(store), _read_used(process)
    arriving = source / f"{page.name}.part"
    shutil.copy(page, arriving)
    arriving.rename(source / page.name)
    start = time.perf_counter()
    while read_stamp(store) == before:
        time.sleep(0.002)
    seconds = time.perf_counter() - start
    process.stdout.readline()
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    memory = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024
    return Run(seconds, memory, _read_used(process) - used)


def _read_used(process: subprocess.Popen) -> float:
    """Read the seconds of processors that a process and those that it waited for have used."""
    cells = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, cells[11:15])) / os.sysconf("SC_CLK_TCK")


def compare_cluster(corpus: Path, folder: Path) -> tuple[float, float]:
    """Build with two processes and with two Dask workers, whose start does not count: seconds of both."""
    import distributed  # noqa: PLC0415, an optional extra

    pool = build(corpus, folder / "pool", "--workers", "2").seconds
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        hire_crew(corpus, scheduler=cluster.scheduler_address) as crew,
    ):
        return pool, _time(lambda: build_store(corpus, folder / "dask", crew=crew))


def _iter_records(source: Path) -> Iterator[dict]:
    unpack = gzip.open if source.suffix == ".gz" else open
    with unpack(source, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _time(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
