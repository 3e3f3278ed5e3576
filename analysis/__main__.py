"""The same tables without a screen: `python -m analysis`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

#: File formats of `export`, as `analysis.export.FORMATS`.
_FORMATS = ("csv", "parquet")
#: Seconds between two looks of a build that watches, and the most that can be asked for.
_EVERY, _MOST_SECONDS = 0.05, 86_400
_ABOUT = """\
Turn the raw text of Chinese newspaper pages into tables of articles, topics, keywords and slogans (提法).

examples:
  python -m analysis export seeds --out out
  python -m analysis export pages --out out --format parquet --slogans my_slogans.tsv
  python -m analysis build archive --store store
  python -m analysis build archive --store store --watch
  python -m analysis evaluate seeds tests/gold/articles.json
"""
_STATUS = """\
exit status: 0 all read; 1 some file could not be read (see problems.csv); 2 nothing readable, or wrong
arguments."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: Words behind `python -m analysis`; those of the process when None.

    Returns:
        The exit status: 0, 1 (something could not be read) or 2 (nothing could, or wrong arguments).
    """
    options = _make_parser().parse_args(arguments)
    try:
        return options.run(options)
    except ValueError as error:
        # Every error that a person can mend is a ValueError of ours with culprit and cure in one line.
        _complain(error)
        return 2


def _complain(error: Exception) -> None:
    # A message may quote a file's name or cells, and a line end there would forge a line of ours.
    show_line = import_module("analysis.sources.names").show_line
    print("error:", "\n".join(map(show_line, str(error).split("\n"))), file=sys.stderr, flush=True)


# What computes is imported by the command that needs it: loading all of it takes longer than some builds.


def _export(options: argparse.Namespace) -> int:
    export, schema = import_module("analysis.export"), import_module("analysis.schema")
    tables = import_module("analysis.corpus").read_tables(
        options.source, **_read_word_lists(options), progress=_report
    )
    export.write_tables(tables, options.out, form=options.format)
    found = (len(tables.pages), len(schema.counted(tables.articles)), len(tables.problems))
    print("{} pages, {} articles, {} problems".format(*found) + f" -> {options.out}")
    return 1 if len(tables.problems) else 0


def _build(options: argparse.Namespace) -> int:
    if options.watch:
        return _watch(options)
    _, counts = _bring_up_to_date(options)
    print(_count(counts, options.store))
    return 1 if counts["problems"] else 0


def _watch(options: argparse.Namespace) -> int:
    """Keep a store up to date until the process is told to end."""
    watching = import_module("analysis.store.watching")
    with watching.stop_at_signals():
        _prepare_watch(options)
        pace, runs = watching.Pace(options.every), 0
        lists = [path for path in (options.slogans, options.topics) if path]

        def build() -> str:
            nonlocal runs
            start, runs = time.perf_counter(), runs + 1
            is_new, counts = _bring_up_to_date(options, is_first=runs == 1)
            says = is_new or runs == 1
            return f"{_count(counts, options.store)} ({time.perf_counter() - start:.1f} s)" if says else ""

        say = partial(print, flush=True)
        look = pace.time(partial(watching.look_at, options.source, *lists))
        watching.watch(look, watching.make_round(build, say, _complain), pace.wait)
    return 0


def _prepare_watch(options: argparse.Namespace) -> None:
    """Find out what would keep every build from its work, and load what all of them need."""
    store = _load_store()
    import_module("analysis.store.building").require_source(options.source)
    with store.hire_crew(options.source, options.workers, options.scheduler):
        _read_word_lists(options)
    import_module("analysis.store.warming").load_all()


def _bring_up_to_date(options: argparse.Namespace, *, is_first: bool = True) -> tuple[bool, dict[str, int]]:
    """Build what is new: tell whether there was anything, and the rows of the tables."""
    stamps = import_module("analysis.store.stamps")
    files = (options.slogans, options.topics)
    exist = options.source.exists() and all(path is None or path.is_file() for path in files)
    stamp = ""
    with suppress(OSError):  # what cannot be read is named by the build itself
        stamp = stamps.stamp_build(options.source, *files) if exist else ""
    manifest = stamps.find_unchanged(options.store, stamp) if stamp else None
    if manifest is not None:
        return False, manifest.counts
    store = _load_store()
    crew = store.hire_crew(options.source, options.workers, options.scheduler, may_fork=is_first)
    with crew as hired:
        words = _read_word_lists(options)
        report = _report if is_first else None
        built = store.build_store(
            options.source, options.store, **words, crew=hired, progress=report, stamp=stamp
        )
    return True, built.manifest.counts


def _count(counts: dict[str, int], store: Path) -> str:
    return "{pages} pages, {articles} articles, {problems} problems".format(**counts) + f" -> {store}"


@cache
def _load_store() -> ModuleType:
    """Load what builds a store, with the collector of rubbish held back: all of it stays."""
    # Nothing here multiplies matrices; threads that wait to do so take time to start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    store = import_module("analysis.store")
    with import_module("analysis.store.rubbish").hold_collector():
        import_module("analysis.store.warming")
    gc.freeze()
    return store


def _report(stage: str) -> None:
    print(f"{stage} …", file=sys.stderr, flush=True)


def _read_word_lists(options: argparse.Namespace) -> dict[str, object]:
    slogans, topics = options.slogans, options.topics
    return {
        "lexicon": import_module("analysis.slogans").read_lexicon(slogans) if slogans else None,
        "taxonomy": import_module("analysis.topics").read_taxonomy(topics) if topics else None,
    }


def _evaluate(options: argparse.Namespace) -> int:
    evaluation = import_module("analysis.evaluation")
    print(evaluation.format_report(evaluation.evaluate_files(options.pages, options.gold)))
    return 0


def _make_parser() -> argparse.ArgumentParser:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m analysis", description=_ABOUT, epilog=_STATUS, formatter_class=plain
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    make = commands.add_parser(
        "export", help="write every table as a file", description="Write every table as DIR/<table>.csv."
    )
    _add_source(make, "file or folder of page texts")
    make.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into")
    make.add_argument("--format", choices=_FORMATS, default="csv", help="file format (default: csv)")
    _add_word_lists(make)
    make.set_defaults(run=_export)
    build = commands.add_parser(
        "build",
        help="build a store of the tables, or bring it up to date",
        description="Build a store: all tables of SOURCE in Parquet. Only what is new is computed. A process "
        "that stays (--watch) has its dictionaries at hand when a page is added.",
    )
    _add_source(build, "file or folder of page texts, or of tables of articles")
    build.add_argument("--store", required=True, type=Path, metavar="DIR", help="folder of the store")
    build.add_argument("--workers", type=int, metavar="N", help="processes (default: all cores)")
    build.add_argument(
        "--scheduler", metavar="ADDRESS", help="compute on a Dask cluster, such as tcp://192.168.0.2:8786"
    )
    build.add_argument(
        "--watch",
        action="store_true",
        help="stay, and build whenever SOURCE or a word list has changed, until Ctrl-C or SIGTERM",
    )
    build.add_argument(
        "--every",
        type=_read_seconds,
        default=_EVERY,
        metavar="SECONDS",
        help=f"time between two looks of --watch (default: {_EVERY}); longer where files are slow to arrive",
    )
    _add_word_lists(build)
    build.set_defaults(run=_build)
    judge = commands.add_parser(
        "evaluate",
        help="measure the splitter against hand-made labels",
        description="Measure the splitter on PAGES (file or folder) against the labels in GOLD (JSON).",
    )
    judge.add_argument("pages", type=Path, metavar="PAGES")
    judge.add_argument("gold", type=Path, metavar="GOLD")
    judge.set_defaults(run=_evaluate)
    return parser


def _read_seconds(text: str) -> float:
    with suppress(ValueError):
        if 0 < (seconds := float(text)) <= _MOST_SECONDS:
            return seconds
    raise argparse.ArgumentTypeError(f"{text}: expected seconds, more than 0 and at most {_MOST_SECONDS}")


def _add_source(command: argparse.ArgumentParser, what: str) -> None:
    default = Path("seeds")
    command.add_argument(
        "source", nargs="?", default=default, type=Path, metavar="SOURCE", help=f"{what} (default: {default})"
    )


def _add_word_lists(command: argparse.ArgumentParser) -> None:
    command.add_argument("--slogans", type=Path, metavar="FILE", help="a slogan lexicon of your own (TSV)")
    command.add_argument("--topics", type=Path, metavar="FILE", help="a topic taxonomy of your own (TSV)")


if __name__ == "__main__":
    sys.exit(main())
