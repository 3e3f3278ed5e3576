"""Building a store: what is new in the source is computed, what is known is kept, one manifest commits it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import slogans, topics
from analysis.pages import PageError, say_why_empty
from analysis.schema import counted
from analysis.store import fingerprints
from analysis.store.executors import Crew, count_cores, run_jobs
from analysis.store.fingerprints import STAGES, fingerprint
from analysis.store.journal import read_journal, write_journal
from analysis.store.locks import NAME as LOCK
from analysis.store.locks import lock_store
from analysis.store.manifest import NAME as MANIFEST
from analysis.store.manifest import Batch, Manifest, StoreError, read_manifest, write_manifest
from analysis.store.merging import list_faults, merge_counts, merge_pages
from analysis.store.opening import Store, open_store
from analysis.store.parts import FOLDER, dump_part, load_frame, read_part, write_part
from analysis.store.pieces import Piece, list_entries
from analysis.store.stages import PARTS, Done, Job, pack_frame, run_job
from analysis.store.words import load_pairs, merge_frequencies, rank_pairs, weigh_words

#: Bytes of pages or rows that are computed together.
BATCH_BYTES = 3 << 20
#: A batch with fewer bytes than this share of a full one is small; so many of them are computed anew as one.
SMALL_SHARE, MOST_SMALL = 0.25, 24

Progress = Callable[[str], None]


class _Recipe(NamedTuple):
    """What a build computes with: lexicon, taxonomy, and the fingerprint of every stage with them."""

    lexicon: pd.DataFrame | None
    taxonomy: pd.DataFrame | None
    stages: dict[str, str]


class _Site:
    """A store under construction: what is known of its batches, and its files."""

    def __init__(self, folder: Path, old: Manifest, recipe: _Recipe) -> None:
        self.folder, self.recipe = folder, recipe
        self.checks = dict(old.checks)
        self.known: dict[str, Batch] = {}  # by fingerprint of the batch
        self.homes: dict[str, str] = {}  # fingerprint of a piece -> of its batch
        kept = old.batches if old.stages.get("split") == recipe.stages["split"] else []
        for batch, checks in [
            *((batch, {}) for batch in kept),
            *read_journal(folder, recipe.stages["split"]),
        ]:
            self.checks |= checks
            self.add(batch)

    def add(self, batch: Batch) -> None:
        """Take in a batch whose pieces no other one has."""
        if any(key in self.homes for key in batch.pieces):
            return
        name = self.name(batch.pieces)
        self.known[name] = batch
        self.homes |= dict.fromkeys(batch.pieces, name)

    def name(self, pieces: Iterable[str]) -> str:
        """The fingerprint of a batch."""
        return fingerprint(self.recipe.stages["split"], *pieces)

    def drop(self, name: str) -> None:
        """Forget a batch."""
        for key in self.known.pop(name).pieces:
            self.homes.pop(key)

    def has(self, part: str | None) -> bool:
        """Tell whether the file of a part is there, as long as it was written."""
        path = self.folder / FOLDER / (part or "-")
        return part in self.checks and path.is_file() and path.stat().st_size == self.checks[part][0]


def build_store(
    source: str | Path,
    folder: str | Path,
    *,
    lexicon: pd.DataFrame | None = None,
    taxonomy: pd.DataFrame | None = None,
    crew: Crew | Executor | None = None,
    progress: Progress | None = None,
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

    Returns:
        The store, open.

    Raises:
        PageError: The source is missing, empty, or nothing in it can be read.
        StoreError: The folder cannot be written, another build is writing into it, or workers broke.
    """
    source, folder, report = Path(source), Path(folder), progress or (lambda text: None)
    if not source.exists():
        raise PageError(f"{source}: no such file or folder; expected a page (.txt, .md) or a folder of pages")
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}; choose a folder that can be written") from error
    with lock_store(folder):
        old = _read_old(folder)
        recipe = _make_recipe(lexicon, taxonomy)
        run = crew if isinstance(crew, Crew) else Crew(crew, None, count_cores())
        site = _Site(folder, old, recipe)
        report(f"reading {source}")
        files = _compute_pieces(site, source, old, run, report)
        _compute_stages(site, run, report)
        if not any("pieces" in file for file in files):
            raise PageError(say_why_empty(source, files))
        new = _merge(site, source, files, old, report)
        if new != old:
            write_manifest(folder, new)
        _collect(folder, new)
    return open_store(folder)


def _read_old(folder: Path) -> Manifest:
    return read_manifest(folder) if (folder / MANIFEST).exists() else Manifest()


def _make_recipe(lexicon: pd.DataFrame | None, taxonomy: pd.DataFrame | None) -> _Recipe:
    """Take the fingerprints of the stages; the product's own word lists are named by None."""
    if lexicon is not None and lexicon.equals(slogans.read_lexicon()):
        lexicon = None
    if taxonomy is not None and taxonomy.equals(topics.read_taxonomy()):
        taxonomy = None
    words = "own" if lexicon is None else fingerprints.print_frame(lexicon)
    cues = "own" if taxonomy is None else fingerprints.print_frame(taxonomy)
    with_ = {"slogans": words, "words": words, "topics": cues}
    stages = {
        name: fingerprint(code, with_.get(name, "")) for name, code in fingerprints.print_stages().items()
    }
    return _Recipe(lexicon, taxonomy, stages)


def _compute_pieces(site: _Site, source: Path, old: Manifest, run: Crew, report: Progress) -> list[dict]:
    """Compute the pieces that are new; a table with a row that cannot be read is left out as a whole."""
    old_files = {(file["file"], file.get("page_id")): file for file in old.files}
    if old.stages.get("split") != site.recipe.stages["split"]:
        old_files = {}
    files: list[dict] = []
    _run_batches(site, _iter_new(site, source, old_files, files), run, report)
    while True:
        notes = {batch.pieces[note[0]]: note[1:] for batch in site.known.values() for note in batch.notes}
        files = [_leave_out(file, notes) for file in files]
        alive = {key for file in files for key in file.get("pieces", ())}
        for name in _find_stale(site, alive):
            site.drop(name)
        missing = alive - site.homes.keys()
        if not missing:
            return files
        again = (piece for piece in _iter_all(source) if piece.key in missing)
        _run_batches(site, again, run, report)


def _iter_new(site: _Site, source: Path, old: dict, files: list[dict]) -> Iterator[Piece]:
    """List the files of a source, and hand on the pieces that no batch has."""
    times: dict[str, int] = {}
    for entry in list_entries(source):
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
        for piece in entry.pieces:
            named = piece._replace(key=_tell_apart(piece.key, times))
            record["pieces"].append(named.key)
            if named.key not in site.homes:
                yield named


def _still_stands(file: dict, site: _Site, times: dict[str, int]) -> bool:
    """Tell whether a table that was read before is known in all its pieces; if so, count these."""
    if any(key not in site.homes or key in times for key in file.get("pieces", ())):
        return False
    times |= dict.fromkeys((key.split("#")[0] for key in file.get("pieces", ())), 1)
    return not any("#" in key for key in file.get("pieces", ()))


def _iter_all(source: Path) -> Iterator[Piece]:
    times: dict[str, int] = {}
    for entry in list_entries(source):
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
    broken = [note for note in found if note[1] != "no text"]
    if not broken and len(found) == len(file["pieces"]) > 0:
        broken = [[found[0][0], "unreadable", found[0][2]]]
    if not broken:
        return file
    return {"file": file["file"], "page_id": file["page_id"], "what": broken[0][1], "why": broken[0][2]}


def _find_stale(site: _Site, alive: set[str]) -> list[str]:
    """Find batches of which a piece is gone or a part is lost, and the small ones when they are many."""
    stale = [
        name
        for name, batch in site.known.items()
        if not alive.issuperset(batch.pieces) or not all(site.has(batch.parts.get(p)) for p in PARTS["split"])
    ]
    small = [name for name, batch in site.known.items() if name not in stale and _is_small(site, batch)]
    return stale + (small if len(small) > MOST_SMALL else [])


def _is_small(site: _Site, batch: Batch) -> bool:
    # Text shrinks to about a fourth.
    return site.checks[batch.parts["texts"]][0] * 4 < SMALL_SHARE * BATCH_BYTES


def _run_batches(site: _Site, pieces: Iterator[Piece], run: Crew, report: Progress) -> None:
    jobs = (_make_job(site, STAGES, tuple(group)) for group in _group(pieces))
    articles = 0
    for job, done in run_jobs(run_job, jobs, run):
        keys = [piece.key for piece in job.pieces]
        batch = Batch(keys, done.rows, done.notes, _write(site, site.name(keys), job, done))
        site.add(batch)
        write_journal(site.folder, site.name(keys), site.recipe.stages["split"], batch, site.checks)
        articles += sum(done.rows)
        report(f"computed {articles:,} articles")


def _group(pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
    """Gather pieces of a kind to batches."""
    gathered: dict[str, list[Piece]] = {"page": [], "rows": []}
    sizes = dict.fromkeys(gathered, 0)
    for piece in pieces:
        gathered[piece.kind].append(piece)
        sizes[piece.kind] += len(piece.content)
        if sizes[piece.kind] >= BATCH_BYTES:
            yield gathered[piece.kind]
            gathered[piece.kind], sizes[piece.kind] = [], 0
    yield from (group for group in gathered.values() if group)


def _make_job(
    site: _Site, stages: Iterable[str], pieces: tuple[Piece, ...] = (), parts: dict | None = None
) -> Job:
    lexicon, taxonomy = pack_frame(site.recipe.lexicon), pack_frame(site.recipe.taxonomy)
    return Job(pieces, parts or {}, tuple(stages), lexicon, taxonomy, fingerprints.print_stages())


def _write(site: _Site, name: str, job: Job, done: Done) -> dict[str, str]:
    names = {}
    for stage in job.stages:
        for part in PARTS[stage]:
            names[part] = f"{part}-{fingerprint(site.recipe.stages[stage], name)}.parquet"
            site.checks[names[part]] = write_part(site.folder, names[part], done.parts[part])
    return names


def _compute_stages(site: _Site, run: Crew, report: Progress) -> None:
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
        batch.parts.update(_write(site, named.name, named.job, done))
        report(f"computed {', '.join(named.job.stages)} of {number} of {len(lacking)} batches")


class _Named(NamedTuple):
    name: str
    job: Job


def _run_named(named: _Named) -> Done:
    return run_job(named.job)


def _is_current(site: _Site, name: str, batch: Batch, stage: str, part: str) -> bool:
    expected = f"{part}-{fingerprint(site.recipe.stages[stage], name)}.parquet"
    return batch.parts.get(part) == expected and site.has(expected)


def _read_articles(site: _Site, name: str) -> dict[str, bytes]:
    parts = site.known[name].parts
    return {part: _read(site, parts[part]) for part in ("articles", "texts")}


def _read(site: _Site, name: str) -> bytes:
    return read_part(site.folder, name, site.checks[name])


def _merge(site: _Site, source: Path, files: list[dict], old: Manifest, report: Progress) -> Manifest:
    """Make the tables of all batches, each only when what it is made of has changed."""
    batches = list(site.known.values())
    merger = _Merger(site, source, files, batches)
    makers = {
        ("pages", "problems"): (merger.pages, ("articles", "pages")),
        ("topic_words",): (merger.topic_words, ("mentions",)),
        ("slogan_frequencies",): (merger.frequencies, ("counts", "cells")),
        ("slogan_candidates",): (merger.candidates, ("texts", "counts")),
        ("vocabulary",): (merger.keywords, ("words", "totals")),
    }
    tables, inputs = {}, {}
    for names, (make, rests_on) in makers.items():
        parts = sorted(batch.parts[part] for batch in batches for part in rests_on)
        extra = [repr(files)] if "pages" in names else []
        mark = fingerprint(fingerprints.print_merging(), *parts, *extra)
        stands = all(old.inputs.get(n) == mark and site.has(old.tables.get(n)) for n in names)
        if stands and "vocabulary" in names:
            stands = all(site.has(batch.parts.get("keywords")) for batch in batches)
        if stands:
            tables |= {name: old.tables[name] for name in names}
        else:
            report(f"merging {', '.join(names)}")
            for name, frame in make().items():
                tables[name] = f"{name}-{fingerprint(mark)}.parquet"
                site.checks[tables[name]] = write_part(
                    site.folder, tables[name], dump_part(frame, coded=True)
                )
        inputs |= dict.fromkeys(names, mark)
    used = {*tables.values(), *(part for batch in batches for part in batch.parts.values())}
    checks = {name: check for name, check in site.checks.items() if name in used}
    manifest = Manifest(site.recipe.stages, files, batches, tables, inputs, checks)
    counts = merger.counts if merger.counts else old.counts
    return Manifest(site.recipe.stages, files, batches, manifest.tables, inputs, checks, counts)


class _Merger:
    """Makes the tables of all batches."""

    def __init__(self, site: _Site, source: Path, files: list[dict], batches: list[Batch]) -> None:
        self.site, self.source, self.files, self.batches = site, source, files, batches
        self.counts: dict[str, int] = {}

    def frames(self, part: str) -> Iterator[pd.DataFrame]:
        """Read a part of every batch."""
        return (load_frame(_read(self.site, batch.parts[part])) for batch in self.batches)

    def draft(self) -> Store:
        """The store as it will be, to read from."""
        store = Store.__new__(Store)
        store.folder, store._checked = self.site.folder, set()
        store.manifest = Manifest(files=self.files, batches=self.batches, checks=self.site.checks)
        return store

    def pages(self) -> dict[str, pd.DataFrame]:
        columns = ["page_id", "kind", "paper", "province", "city", "county", "date", "n_chars"]
        articles = self.draft().read_articles(columns)
        alive = {key for file in self.files for key in file.get("pieces", ())}
        notes = [
            tuple(note[1:])
            for batch in self.batches
            for note in batch.notes
            if note[2] != "no text" and batch.pieces[note[0]] in alive
        ]
        notes += list_faults(self.files, notes)
        pages, problems = merge_pages(self.files, self.frames("pages"), articles, notes)
        if pages.empty:
            raise PageError(say_why_empty(self.source, problems.to_dict("records")))
        self.counts = {"pages": len(pages), "articles": len(counted(articles)), "problems": len(problems)}
        return {"pages": pages.drop(columns="source"), "problems": problems}

    def topic_words(self) -> dict[str, pd.DataFrame]:
        mentions = topics.merge_mentions(self.frames("mentions"))
        return {"topic_words": topics.score_mentions(mentions, self.site.recipe.taxonomy)}

    def frequencies(self) -> dict[str, pd.DataFrame]:
        return {"slogan_frequencies": merge_counts(self.frames("counts"), self.frames("cells"))}

    def candidates(self) -> dict[str, pd.DataFrame]:
        articles = self.draft().read_articles(["article_id", "kind", "kicker", "headline", "subhead", "text"])
        return {"slogan_candidates": slogans.find_candidates(articles, self.site.recipe.lexicon)}

    def keywords(self) -> dict[str, pd.DataFrame]:
        frequencies = merge_frequencies(load_pairs(*self.words(batch)) for batch in self.batches)
        articles = sum(len(load_frame(_read(self.site, batch.parts["totals"]))) for batch in self.batches)
        weights = weigh_words(frequencies, articles)
        mark = fingerprint(fingerprints.print_merging(), repr(articles), *frequencies)
        mark = fingerprint(mark, np.array(list(frequencies.values())).tobytes())
        jobs = ((number, *self.words(batch), weights) for number, batch in enumerate(self.batches))
        for (number, *_), ranked in run_jobs(_rank, jobs, Crew()):
            batch = self.batches[number]
            name = f"keywords-{fingerprint(mark, batch.parts['words'])}.parquet"
            self.site.checks[name] = write_part(self.site.folder, name, ranked)
            batch.parts["keywords"] = name
        words = pd.DataFrame({"word": list(frequencies), "n_articles": list(frequencies.values())})
        return {"vocabulary": words.sort_values("word", ignore_index=True)}

    def words(self, batch: Batch) -> tuple[bytes, bytes]:
        """The parts of a batch that hold its words."""
        return _read(self.site, batch.parts["words"]), _read(self.site, batch.parts["totals"])


def _rank(job: tuple) -> bytes:
    return rank_pairs(*job[1:])


def _collect(folder: Path, manifest: Manifest) -> None:
    """Delete what no manifest names: the leavings of builds that were killed, and the tables before."""
    for path in (folder / FOLDER).iterdir():
        if path.name not in manifest.checks:
            path.unlink(missing_ok=True)
    for path in folder.iterdir():
        if path.is_file() and path.name not in (MANIFEST, LOCK):
            path.unlink(missing_ok=True)
