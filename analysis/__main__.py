"""The same tables without a screen: `python -m analysis`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis import corpus, evaluation, export, slogans, store, topics
from analysis.schema import counted

_ABOUT = """\
Turn the raw text of Chinese newspaper pages into tables of articles, topics, keywords and slogans (提法).

examples:
  python -m analysis export seeds --out out
  python -m analysis export pages --out out --format parquet --slogans my_slogans.tsv
  python -m analysis build archive --store store
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
        print(f"error: {error}", file=sys.stderr)
        return 2


def _export(options: argparse.Namespace) -> int:
    tables = corpus.read_tables(
        options.source,
        lexicon=slogans.read_lexicon(options.slogans) if options.slogans else None,
        taxonomy=topics.read_taxonomy(options.topics) if options.topics else None,
        progress=lambda stage: print(f"{stage} …", file=sys.stderr, flush=True),
    )
    export.write_tables(tables, options.out, form=options.format)
    found = (len(tables.pages), len(counted(tables.articles)), len(tables.problems))
    print("{} pages, {} articles, {} problems".format(*found) + f" -> {options.out}")
    return 1 if len(tables.problems) else 0


def _build(options: argparse.Namespace) -> int:
    with store.hire_crew(options.source, options.workers, options.scheduler) as crew:
        built = store.build_store(
            options.source,
            options.store,
            lexicon=slogans.read_lexicon(options.slogans) if options.slogans else None,
            taxonomy=topics.read_taxonomy(options.topics) if options.topics else None,
            crew=crew,
            progress=lambda stage: print(f"{stage} …", file=sys.stderr, flush=True),
        )
    counts = built.manifest.counts
    print("{pages} pages, {articles} articles, {problems} problems".format(**counts) + f" -> {options.store}")
    return 1 if counts["problems"] else 0


def _evaluate(options: argparse.Namespace) -> int:
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
    make.add_argument(
        "source", nargs="?", default=Path("seeds"), type=Path, metavar="SOURCE",
        help="file or folder of page texts (default: seeds)",
    )  # fmt: skip
    make.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder to write into")
    make.add_argument("--format", choices=export.FORMATS, default="csv", help="file format (default: csv)")
    make.add_argument("--slogans", type=Path, metavar="FILE", help="a slogan lexicon of your own (TSV)")
    make.add_argument("--topics", type=Path, metavar="FILE", help="a topic taxonomy of your own (TSV)")
    make.set_defaults(run=_export)
    build = commands.add_parser(
        "build",
        help="build a store of the tables, or bring it up to date",
        description="Build a store: all tables of SOURCE in Parquet. Only what is new is computed.",
    )
    build.add_argument(
        "source", nargs="?", default=Path("seeds"), type=Path, metavar="SOURCE",
        help="file or folder of page texts, or of tables of articles (default: seeds)",
    )  # fmt: skip
    build.add_argument("--store", required=True, type=Path, metavar="DIR", help="folder of the store")
    build.add_argument("--workers", type=int, metavar="N", help="processes (default: all cores)")
    build.add_argument(
        "--scheduler", metavar="ADDRESS", help="compute on a Dask cluster, such as tcp://192.168.0.2:8786"
    )
    build.add_argument("--slogans", type=Path, metavar="FILE", help="a slogan lexicon of your own (TSV)")
    build.add_argument("--topics", type=Path, metavar="FILE", help="a topic taxonomy of your own (TSV)")
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


if __name__ == "__main__":
    sys.exit(main())
