"""Building a store: what is new in the source is computed, what is known is kept, one manifest commits it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.pages import PageError, say_why_empty
from analysis.sources.encodings import EncodingError
from analysis.sources.files import SourceError
from analysis.store import fingerprints
from analysis.store.executors import Crew, count_cores, run_jobs
from analysis.store.fingerprints import STAGES, fingerprint
from analysis.store.grouping import group_pieces
from analysis.store.locks import lock_store
from analysis.store.manifest import NAME as MANIFEST
from analysis.store.manifest import (
    Batch,
    Manifest,
    StoreError,
    read_manifest,
    say_unwritten,
    sync_folder,
    write_manifest,
)
from analysis.store.opening import Store, open_store
from analysis.store.parts import FOLDER
from analysis.store.pieces import Piece, list_entries
from analysis.store.sites import Site, make_recipe, part_mark
from analysis.store.stages import DAMAGED, NO_TEXT, PARTS, Done, Job, pack_frame, run_job
from analysis.store.wholes import merge_tables

#: Bytes of pages, and of rows, that are computed together. A page that is changed costs its batch.
BATCH_BYTES = {"page": 3 << 20, "rows": 6 << 20}
#: A batch with fewer bytes than this share of a full one is small; so many of them are computed anew as one.
SMALL_SHARE, MOST_SMALL = 0.25, 24

_UNNUMBERED = ("words", "wordlist")

Progress = Callable[[str], None]


def build_store(
    source: str | Path,
    folder: str | Path,
    *,
    lexicon: pd.DataFrame | None = None,
    taxonomy: pd.DataFrame | None = None,
    crew: Crew | Executor | None = None,
    progress: Progress | None = None,
    stamp: str = "",
) -> Store:
    """Build a store of a source, or bring it up to date.

    Only what is new is computed: pages and rows that the store does not know, by their bytes; and what rests
    on a lexicon, a taxonomy or a piece of code that has changed. A changed lexicon leaves articles and
    topics as they are; hits and keywords (slogans are words) are computed anew. A page that was changed or
    taken out has the other pages of its batch computed with it. A build that is killed leaves the old
    tables; the next one takes up what it had computed.

    Args:
        source: A file or a folder, as in `read_tables`; tables of JSON lines may be of any size.
        folder: The folder of the store; made when it is missing.
        lexicon: As in `read_tables`.
        taxonomy: As in `read_tables`.
        crew: Computes the batches: any executor, or what `hire_crew` gives; this process does when None. The
            tables are the same.
        progress: Told what is being done.
        stamp: Kept with the store, so that `stamps.find_unchanged` knows it again.

    Returns:
        The store, open.

    Raises:
        PageError: The source is missing, empty, or nothing in it can be read.
        StoreError: The folder cannot be written, another build is writing into it, workers broke, or the
            source is changing.
    """
    source, folder, report = Path(source), Path(folder), progress or (lambda text: None)
    require_source(source)
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise say_unwritten(folder, error) from error
    with lock_store(folder):
        old = _read_old(folder)
        recipe = make_recipe(lexicon, taxonomy)
        run = crew if isinstance(crew, Crew) else Crew(crew, None, count_cores())
        site = Site(source, folder, old, recipe)
        report(f"reading {source}")
        files = _compute_pieces(site, old, run, report)
        _compute_stages(site, run, report)
        if not any("pieces" in file for file in files):
            raise PageError(say_why_empty(source, files))
        new = merge_tables(site, files, old, run, report)
        new.inputs["stamp"] = stamp or old.inputs.get("stamp", "")
        if new != old:
            sync_folder(folder / FOLDER)
            write_manifest(folder, new)
        site.collect(new)
    return open_store(folder)


def require_source(source: Path) -> None:
    """Make sure that there is a source.

    Raises:
        PageError: There is none.
    """
    if not source.exists():
        raise PageError(f"{source}: no such file or folder; expected a page (.txt, .md) or a folder of pages")


def _read_old(folder: Path) -> Manifest:
    return read_manifest(folder) if (folder / MANIFEST).exists() else Manifest()


def _compute_pieces(site: Site, old: Manifest, run: Crew, report: Progress) -> list[dict]:
    """Compute the pieces that are new; a table with a row that cannot be read is left out as a whole."""
    old_files = {(file["file"], file.get("page_id")): file for file in old.files}
    if old.stages.get("split") != site.recipe.stages["split"]:
        old_files = {}
    files: list[dict] = []
    _run_batches(site, _iter_new(site, old_files, files), run, report)
    while True:
        notes = {
            batch.pieces[note[0]]: note[1:]
            for batch in site.known.values()
            for note in batch.notes
            if note[2] != DAMAGED
        }
        files = [_leave_out(file, notes) for file in files]
        alive = {key for file in files for key in file.get("pieces", ())}
        for name in _find_stale(site, alive):
            site.drop(name)
        missing = alive - site.homes.keys()
        if not missing:
            return files
        again = (piece for piece in _iter_all(site.source) if piece.key in missing)
        _run_batches(site, again, run, report)
        if missing - site.homes.keys():
            raise StoreError(f"{site.source}: has changed while it was read; build again")


def _iter_new(site: Site, old: dict, files: list[dict]) -> Iterator[Piece]:
    """List the files of a source, and hand on the pieces that no batch has."""
    times: dict[str, int] = {}
    for entry in list_entries(site.source):
        record = {"file": entry.file}
        if entry.page_id:
            record["page_id"] = entry.page_id
        files.append(record)
        if entry.why:
            record |= {"what": entry.what, "why": entry.why} | ({"twin": entry.twin} if entry.twin else {})
            continue
        before = old.get((entry.file, entry.page_id))
        if before is not None and entry.kind == "rows" and _still_stands(before, site, times):
            record |= before
            continue
        record |= {"kind": entry.kind, "pieces": []}
        try:
            for piece in entry.pieces:
                named = piece._replace(key=_tell_apart(piece.key, times))
                record["pieces"].append(named.key)
                if named.key not in site.homes:
                    yield named
        except (SourceError, EncodingError) as error:
            record |= {"what": getattr(error, "what", SourceError.what), "why": str(error)}
            del record["kind"], record["pieces"]


def _still_stands(file: dict, site: Site, times: dict[str, int]) -> bool:
    """Tell whether a table that was read before is known in all its pieces; if so, count these."""
    pieces = file.get("pieces", ())
    if any("#" in key or key not in site.homes or key in times for key in pieces):
        return False
    times |= dict.fromkeys(pieces, 1)
    return True


def _iter_all(source: Path) -> Iterator[Piece]:
    times: dict[str, int] = {}
    for entry in list_entries(source):
        with suppress(SourceError, EncodingError):
            yield from (piece._replace(key=_tell_apart(piece.key, times)) for piece in entry.pieces)


def _tell_apart(key: str, times: dict[str, int]) -> str:
    """Name the second of two equal runs of rows, so that each has a place of its own."""
    times[key] = times.get(key, 0) + 1
    return key if times[key] == 1 else f"{key}#{times[key]}"


def _leave_out(file: dict, notes: dict[str, list]) -> dict:
    """Turn a table into a problem where a run of its rows cannot be read, or none has a text."""
    if file.get("kind") != "rows":
        return file
    found = [notes[key] for key in file["pieces"] if key in notes]
    broken = [note for note in found if note[1] != NO_TEXT]
    if not broken and len(found) == len(file["pieces"]) > 0:
        broken = [[found[0][0], "unreadable", found[0][2]]]
    if not broken:
        return file
    return {"file": file["file"], "page_id": file["page_id"], "what": broken[0][1], "why": broken[0][2]}


def _find_stale(site: Site, alive: set[str]) -> list[str]:
    """Find batches of which a piece is gone or a part is lost, and the small ones when they are many."""
    stale = [
        name
        for name, batch in site.known.items()
        if not alive.issuperset(batch.pieces) or not all(site.has(batch.parts.get(p)) for p in PARTS["split"])
    ]
    small = [name for name, batch in site.known.items() if name not in stale and _is_small(site, batch)]
    return stale + (small if len(small) > MOST_SMALL else [])


def _is_small(site: Site, batch: Batch) -> bool:
    # Text shrinks to about a fourth.
    return site.checks[batch.parts["texts"]][0] * 4 < SMALL_SHARE * BATCH_BYTES["page"]


def _run_batches(site: Site, pieces: Iterator[Piece], run: Crew, report: Progress) -> None:
    jobs = (_make_job(site, STAGES, tuple(group)) for group in group_pieces(pieces, BATCH_BYTES))
    articles = 0
    for job, done in run_jobs(run_job, jobs, run):
        keys = [piece.key for piece in job.pieces]
        site.note(Batch(keys, done.rows, done.notes, _write(site, site.name(keys), job, done)))
        articles += sum(done.rows)
        report(f"computed {articles:,} articles")


def _make_job(
    site: Site, stages: Iterable[str], pieces: tuple[Piece, ...] = (), parts: dict | None = None
) -> Job:
    lexicon, taxonomy = pack_frame(site.recipe.lexicon), pack_frame(site.recipe.taxonomy)
    return Job(pieces, parts or {}, tuple(stages), lexicon, taxonomy, fingerprints.print_stages())


def _write(site: Site, name: str, job: Job, done: Done) -> dict[str, str]:
    names = {}
    for stage in job.stages:
        for part in PARTS[stage]:
            mark = fingerprint(site.recipe.stages[stage], name)
            names[part] = site.write(part, mark, done.parts[part])
    return names


def _compute_stages(site: Site, run: Crew, report: Progress) -> None:
    """Compute the stages that known batches lack, from their articles."""
    lacking = {}
    for name, batch in site.known.items():
        stages = [
            stage
            for stage in STAGES
            if not all(_is_current(site, name, batch, stage, p) for p in PARTS[stage])
        ]
        if stages:
            lacking[name] = stages
    jobs = (
        _Named(name, _make_job(site, stages, parts=_read_articles(site, name)))
        for name, stages in lacking.items()
    )
    for number, (named, done) in enumerate(run_jobs(_run_named, jobs, run), 1):
        batch = site.known[named.name]
        if "words" in named.job.stages:
            batch.parts.pop("pairs", None)
        batch.parts.update(_write(site, named.name, named.job, done))
        report(f"computed {', '.join(named.job.stages)} of {number} of {len(lacking)} batches")


class _Named(NamedTuple):
    name: str
    job: Job


def _run_named(named: _Named) -> Done:
    return run_job(named.job)


def _is_current(site: Site, name: str, batch: Batch, stage: str, part: str) -> bool:
    mark = fingerprint(site.recipe.stages[stage], name)
    if part in _UNNUMBERED and part not in batch.parts:
        part = "pairs"  # the words of the batch have the numbers of the whole corpus
    found = batch.parts.get(part)
    return found is not None and part_mark(found) == mark and site.has(found)


def _read_articles(site: Site, name: str) -> dict[str, bytes]:
    parts = site.known[name].parts
    return {part: site.read(parts[part]) for part in ("articles", "texts")}
