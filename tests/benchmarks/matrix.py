"""Words of any selection counted: a sparse matrix in memory and in files, DuckDB and Acero over Parquet."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import acero, dataset
from scipy.sparse import csr_array

from analysis.shelves import Shelf, shelve_store
from analysis.shelves.matrices.words import add_up
from analysis.shelves.origins import stored_words
from analysis.shelves.origins.arrays import keep_arrays, read_arrays
from analysis.store import open_store

ROOT = Path(__file__).parent.parent.parent
_ROUNDS = 5
_ROWS_AT_ONCE = 50_000
_ARRAYS = ("data", "indices", "indptr")
_SELECTIONS = ("halves", "place and month", "1 %")
#: Sums of each word, and articles with it, over the rows of a selection.
Count = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def measure_store(folder: str) -> None:
    """Print one row a way: time to open, times of counts, memory, size; medians, and ratios to the first."""
    with tempfile.TemporaryDirectory() as name:
        shelf = _fill(folder)
        counts = shelf.words.counts
        print(f"{counts.shape[0]:,} articles, {counts.shape[1]:,} words, {counts.nnz:,} pairs of them")
        _write(counts, Path(name))
        _write_selections(shelf, Path(name))
        del shelf, counts
        measured = []
        for way, what in _WAYS.items():
            if way == "duckdb" and find_spec("duckdb") is None:
                print("DuckDB: not installed, left out; `pip install duckdb` to have it measured")
                continue
            measured.append({"way": what, **_run(way, name, folder)})
        if any(row["sums"] != measured[0]["sums"] for row in measured):
            raise SystemExit("the ways count differently; no figure is worth anything")
        _print(measured)


def _print(measured: list[dict]) -> None:
    rows = []
    for row in measured:
        cells = {"way": row["way"], "open s": f"{row['open']:.3f}"}
        for number, name in enumerate(_SELECTIONS):
            wall, first = row["wall"][number], measured[0]["wall"][number]
            cells[f"{name} s"] = f"{wall:.4f} ({wall / first:.2f})"
        cells["halves, processors s"] = f"{row['processor'][0]:.3f}"
        for name in ("private", "mapped", "largest", "disk"):
            cells[f"{name} MB"] = f"{row[name] / 2**20:,.0f}"
        rows.append(cells)
    print(_align(rows))
    print(
        f"Each way in a process of its own; a figure is the median of {_ROUNDS} counts, in brackets its"
        " ratio to the first way; halves: both of them. Private memory is what a process has come to hold,"
        " mapped what it shares with others through the cache of files; largest is the most it held of both."
    )


def _align(rows: list[dict[str, str]]) -> str:
    lines = [list(rows[0]), *([*row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in padded)


def _fill(store: str) -> Shelf:
    """Put a store on a shelf that fills its matrix itself and leaves nothing beside the store."""
    stored_words.read_arrays = lambda *_: None
    stored_words.keep_arrays = lambda *_: None
    return shelve_store(open_store(store))


def _write(counts: csr_array, folder: Path) -> None:
    """Write the matrix as one file of arrays, as arrays by themselves, and as rows of Parquet, by article."""
    keep_arrays(folder, "words", "benchmark", {name: getattr(counts, name) for name in _ARRAYS})
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(counts, name))
    np.save(folder / "shape.npy", counts.shape)
    schema = pa.schema([("article", pa.int32()), ("word", pa.int32()), ("n", pa.int32())])
    with pq.ParquetWriter(folder / "pairs.parquet", schema, compression="zstd") as writer:
        for first in range(0, counts.shape[0], _ROWS_AT_ONCE):
            some = counts[first : first + _ROWS_AT_ONCE].tocoo()
            row, column = some.coords
            columns = (row + first, column, some.data)
            writer.write_table(pa.table([pa.array(c.astype(np.int32)) for c in columns], schema=schema))


def _write_selections(shelf: Shelf, folder: Path) -> None:
    rows = shelf.whole.news_rows
    order = np.random.default_rng(0).permutation(rows)
    facts = shelf.whole.facts
    cell = facts["place"].astype("str").fillna("") + facts["date"].dt.strftime("%Y-%m").fillna("")
    one = cell == cell.mode()[0]
    for name, some in (
        ("a", order[: len(order) // 2]),
        ("b", order[len(order) // 2 :]),
        ("cell", rows[one.to_numpy()]),
        ("few", order[: max(len(order) // 100, 1)]),
    ):
        np.save(folder / f"rows_{name}.npy", np.sort(some))
        print(f"selection {name}: {len(some):,} articles")


def _run(way: str, folder: str, store: str) -> dict:
    command = [sys.executable, "-m", "tests.benchmarks.matrix", way, folder, store]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def _measure(way: str, folder: Path, store: str) -> dict:
    """Measure one way in this process."""
    a, b, cell, few = (np.load(folder / f"rows_{name}.npy") for name in ("a", "b", "cell", "few"))
    width = int(np.load(folder / "shape.npy")[1])
    start, before = time.perf_counter(), _read_memory()
    count = _OPENERS[way](folder, store, width)
    opened = time.perf_counter() - start
    wall, processor, sums = [], [], []
    for asked in ((a, b), (cell,), (few,)):
        taken = []
        for _ in range(_ROUNDS):
            began = time.perf_counter(), time.process_time()
            found = [count(rows) for rows in asked]
            taken.append((time.perf_counter() - began[0], time.process_time() - began[1]))
        wall.append(statistics.median(each[0] for each in taken))
        processor.append(statistics.median(each[1] for each in taken))
        sums += [[int((each * np.arange(1, width + 1)).sum()) for each in pair] for pair in found]
    held = _read_memory()
    return {
        "open": opened, "wall": wall, "processor": processor, "sums": sums,
        "private": held["RssAnon"] - before["RssAnon"], "mapped": held["RssFile"] - before["RssFile"],
        "largest": held["VmHWM"], "disk": _weigh(way, folder),
    }  # fmt: skip


def _weigh(way: str, folder: Path) -> int:
    paths = {
        "memory": [],
        "kept": [*(folder / "cubes").iterdir()],
        "mapped": [folder / f"{name}.npy" for name in _ARRAYS],
    }.get(way, [folder / "pairs.parquet"])
    return sum(path.stat().st_size for path in paths)


def _read_memory() -> dict[str, int]:
    """Memory of this process in bytes, as Linux tells it."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return {line[0][:-1]: int(line[1]) << 10 for line in lines if line[-1] == "kB"}


def _open_memory(folder: Path, store: str, width: int) -> Count:
    counts = _fill(store).words.counts
    return lambda rows: add_up(counts, rows)


def _open_kept(folder: Path, store: str, width: int) -> Count:
    return _count_in(read_arrays(folder, "words", "benchmark"), folder)


def _open_mapped(folder: Path, store: str, width: int) -> Count:
    return _count_in({name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}, folder)


def _count_in(arrays: dict[str, np.ndarray], folder: Path) -> Count:
    shape = tuple(np.load(folder / "shape.npy"))
    counts = csr_array(tuple(arrays[name] for name in _ARRAYS), shape=shape)
    return lambda rows: add_up(counts, rows)


def _open_duckdb(folder: Path, store: str, width: int) -> Count:
    import duckdb  # noqa: PLC0415, for this measurement alone

    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW pairs AS SELECT * FROM read_parquet('{folder / 'pairs.parquet'}')")
    sums = "SELECT word, sum(n)::BIGINT AS n, count(*) AS rows"
    asked = f"{sums} FROM pairs SEMI JOIN chosen USING (article) GROUP BY word"

    def count(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        connection.register("chosen", pa.table({"article": pa.array(rows.astype(np.int32))}))
        found = connection.execute(asked).fetchnumpy()
        return _spread(found["word"], found["n"], found["rows"], width)

    return count


def _open_acero(folder: Path, store: str, width: int) -> Count:
    pairs = dataset.dataset(folder / "pairs.parquet")
    columns = {name: pc.field(name) for name in ("article", "word", "n")}
    sums = [("n", "hash_sum", None, "n"), ("n", "hash_count", None, "rows")]

    def count(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        chosen = pc.field("article").isin(pa.array(rows.astype(np.int32)))
        steps = [
            acero.Declaration("scan", acero.ScanNodeOptions(pairs, filter=chosen, columns=columns)),
            acero.Declaration("filter", acero.FilterNodeOptions(chosen)),
            acero.Declaration("aggregate", acero.AggregateNodeOptions(sums, keys=["word"])),
        ]
        found = acero.Declaration.from_sequence(steps).to_table()
        return _spread(*(found[name].to_numpy() for name in ("word", "n", "rows")), width)

    return count


def _spread(word: np.ndarray, n: np.ndarray, rows: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    sums = np.zeros((2, width), dtype=np.int64)
    sums[:, word] = n, rows
    return sums[0], sums[1]


_OPENERS = {
    "memory": _open_memory,
    "kept": _open_kept,
    "mapped": _open_mapped,
    "duckdb": _open_duckdb,
    "acero": _open_acero,
}
_WAYS = {
    "memory": "CSR in memory, filled from the store",
    "kept": "CSR in memory, read from one checked file",
    "mapped": "the same arrays mapped from files, unchecked",
    "duckdb": "DuckDB on Parquet, all cores",
    "acero": "Acero on Parquet, all cores",
}

if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
