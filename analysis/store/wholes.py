"""Tables that rest on the whole corpus, each made anew only when what it is made of has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis import topics
from analysis.pages import PageError, say_why_empty
from analysis.schema import counted
from analysis.store import fingerprints
from analysis.store.candidates import (
    count_sample,
    fill_examples,
    find_known_examples,
    find_sample,
    load_evidence,
    propose,
    shortlist_evidence,
)
from analysis.store.executors import Crew, run_jobs, start_job
from analysis.store.fingerprints import fingerprint
from analysis.store.manifest import Batch, Manifest
from analysis.store.merging import list_faults, merge_counts, merge_pages, sum_damage
from analysis.store.opening import Store
from analysis.store.parts import dump_part, load_frame, load_part
from analysis.store.sites import Site, part_mark
from analysis.store.stages import DAMAGED, NO_TEXT, FormsJob, run_forms
from analysis.store.vocabulary import Pairs, Vocabulary, dump_pairs, load_pairs
from analysis.store.words import load_words

Progress = Callable[[str], None]
_SHOWN = ["article_id", "kind", "kicker", "headline", "subhead"]
_PLACED = ["page_id", "kind", "paper", "province", "city", "county", "date", "n_chars"]


#: Columns of counted forms whose values recur.
_FORMS = ["surface", "n", "n_articles", "field"]
#: Columns whose values recur, of the tables that are not all like that.
_CODED = {"vocabulary": [], "repeats": ["form"]}


class _Whole(NamedTuple):
    """Tables that are made together: what makes them, and the parts of batches that they rest on."""

    names: tuple[str, ...]
    make: Callable[[], dict[str, pd.DataFrame | pa.Table]]
    parts: tuple[str, ...]
    of_batches: tuple[str, ...] = ()  # parts that making them gives every batch


def merge_tables(site: Site, files: list[dict], old: Manifest, crew: Crew, report: Progress) -> Manifest:
    """Make the tables of all batches, and the manifest that names everything.

    Args:
        site: All batches, computed.
        files: Files of the source.
        old: The manifest before.
        crew: Computes what is computed batch by batch.
        report: Told what is being done.

    Returns:
        The new manifest; equal to the old one when nothing has changed.

    Raises:
        PageError: Nothing in the source can be read.
    """
    maker = _Maker(site, files, old, crew)
    tables, inputs = site.keep_lists(), {}
    wholes = maker.list_wholes()
    if not maker.stands(wholes[-1], maker.mark(wholes[-1])):
        maker.start_repeats()
    lacking = []
    for whole in wholes:
        mark = maker.mark(whole)
        if maker.stands(whole, mark):
            tables |= {name: old.tables[name] for name in whole.names}
        else:
            report(f"merging {', '.join(whole.names)}")
            lacking.append(whole)
        inputs |= dict.fromkeys(whole.names, mark)
    for made in _make_all(lacking, crew):
        tables |= {name: site.write(name, inputs[name], content) for name, content in made.items()}
    inputs["merging"] = fingerprints.print_merging()
    inputs["sample"] = maker.sample or old.inputs.get("sample", "")
    batches = list(site.known.values())
    used = {*tables.values(), *(part for batch in batches for part in batch.parts.values())}
    checks = {name: check for name, check in site.checks.items() if name in used}
    counts = maker.counts or old.counts
    return Manifest(site.recipe.stages, files, batches, tables, inputs, checks, counts)


def _make_all(wholes: list[_Whole], crew: Crew) -> Iterator[dict[str, bytes]]:
    """Make tables, two at a time where there are other processes to wait for."""
    if not crew.has_started:
        yield from map(_make_whole, wholes)
        return
    with ThreadPoolExecutor(2) as threads:
        yield from threads.map(_make_whole, wholes)


def _make_whole(whole: _Whole) -> dict[str, bytes]:
    return {name: dump_part(frame, coded=_CODED.get(name, True)) for name, frame in whole.make().items()}


class _Maker:
    """Makes the tables of all batches."""

    def __init__(self, site: Site, files: list[dict], old: Manifest, crew: Crew) -> None:
        self.site, self.files, self.old, self.crew = site, files, old, crew
        self.batches: list[Batch] = list(site.known.values())
        self.counts: dict[str, int] = {}
        self.sample = ""
        self.repeats: Callable[[], pd.DataFrame]

    def list_wholes(self) -> list[_Whole]:
        """The tables, in the order in which they are made."""
        return [
            _Whole(("pages", "problems"), self.pages, ("articles", "pages")),
            _Whole(("topic_words",), self.topic_words, ("mentions",)),
            _Whole(("slogan_frequencies",), self.frequencies, ("counts", "cells")),
            _Whole(("vocabulary",), self.vocabulary, ("totals",), ("pairs",)),
            _Whole(
                ("slogan_candidates", "forms", "repeats"),
                self.candidates,
                ("coinages", "texts", "hits"),
                ("forms",),
            ),
        ]

    def mark(self, whole: _Whole) -> str:
        """The fingerprint of all that tables are made of; parts are named by what they are made of."""
        parts = sorted(batch.parts[part] for batch in self.batches for part in whole.parts)
        files = [repr(self.files)] if {"articles", "texts"} & set(whole.parts) else []
        return fingerprint(fingerprints.print_merging(), *parts, *files)

    def stands(self, whole: _Whole, mark: str) -> bool:
        """Tell whether tables are there as they would be made."""
        names = [self.old.tables.get(name) for name in whole.names]
        names += [batch.parts.get(part) for batch in self.batches for part in whole.of_batches]
        return all(self.old.inputs.get(name) == mark for name in whole.names) and all(
            map(self.site.has, names)
        )

    @cached_property
    def draft(self) -> Store:
        """The store as it will be, to read from."""
        return Store(
            self.site.folder, Manifest(files=self.files, batches=self.batches, checks=self.site.checks)
        )

    def pages(self) -> dict[str, pd.DataFrame]:
        """Tables `pages` and `problems`."""
        articles = self.draft.read_articles(_PLACED)
        # Rows may stand in another file than they did when they were computed.
        homes = {key: file["file"] for file in self.files for key in file.get("pieces", ())}
        notes = [
            (homes[batch.pieces[number]] if what == DAMAGED else file, what, why)
            for batch in self.batches
            for number, file, what, why in batch.notes
            if what != NO_TEXT and batch.pieces[number] in homes
        ]
        notes = [note for note in notes if note[1] != DAMAGED] + sum_damage(notes)
        notes += list_faults(self.files, notes)
        pages, problems = merge_pages(self.files, self.site.frames("pages"), articles, notes)
        if pages.empty:
            raise PageError(say_why_empty(self.site.source, problems.to_dict("records")))
        self.counts = {"pages": len(pages), "articles": len(counted(articles)), "problems": len(problems)}
        return {"pages": pages.drop(columns="source"), "problems": problems}

    def topic_words(self) -> dict[str, pd.DataFrame]:
        """Table `topic_words`."""
        mentions = topics.merge_mentions(self.site.frames("mentions"))
        return {"topic_words": topics.score_mentions(mentions, self.site.recipe.taxonomy)}

    def frequencies(self) -> dict[str, pd.DataFrame]:
        """Table `slogan_frequencies`."""
        return {"slogan_frequencies": merge_counts(self.site.frames("counts"), self.site.frames("cells"))}

    def vocabulary(self) -> dict[str, pa.Table]:
        """The words of all batches, whose own numbers of words give way to those of the whole corpus."""
        kept = {batch.parts["pairs"] for batch in self.batches if "pairs" in batch.parts}
        before = {batch.parts["pairs"] for batch in self.old.batches if "pairs" in batch.parts}
        old = self.old.tables.get("vocabulary", "")
        known = Vocabulary(load_part(self.site.read(old)) if kept else None)
        new = []
        for batch in self.batches:
            if "pairs" not in batch.parts:
                local = [batch.parts.pop(part) for part in ("words", "wordlist")]
                totals = batch.parts["totals"]
                pairs = known.add(load_words(*map(self.site.read, (*local, totals))))
                mark = f"{part_mark(totals)}-{fingerprint(old if kept else '')}"
                batch.parts["pairs"] = self.site.write("pairs", mark, dump_pairs(pairs))
                new.append(batch)
        anew = not before <= kept or not kept
        parts = (self._pairs(batch) for batch in (self.batches if anew else new))
        known.recount(parts, anew=anew)
        return {"vocabulary": known.to_table()}

    def candidates(self) -> dict[str, pd.DataFrame]:
        """Table `slogan_candidates`, the forms that were counted for it, and the runs that recur."""
        maps = self.draft.maps
        parts = zip(self.batches, maps, strict=True)
        # Loaded before the repeated runs are asked for: another process looks for them meanwhile.
        evidence = load_evidence(
            _renumber_table(load_part(self.site.read(batch.parts["coinages"])), rows) for batch, rows in parts
        )
        repeats = self.repeats()
        shortlist = shortlist_evidence(evidence, repeats, self.site.recipe.lexicon)
        known = [batch.parts["forms"] for batch in self.batches if "forms" in batch.parts]
        before = self._old_frame("forms") if known else None
        counted_before = [] if before is None else before["surface"].tolist()

        def count(wanted: list[str], new: list[str]) -> Iterator[pd.DataFrame]:
            self._count_forms(wanted, new, counted_before)
            among = pa.array(wanted, pa.string())
            for batch, rows in zip(self.batches, maps, strict=True):
                table = load_part(self.site.read(batch.parts["forms"]))
                table = table.filter(pc.is_in(table["surface"].cast(pa.string()), among))
                yield _renumber(table.to_pandas(), rows)

        table, counted_now = propose(shortlist, counted_before, count)
        ids = self.draft.ids.to_numpy()[table["row"].to_numpy()]
        shown = dict(zip(table["example"].tolist(), ids.tolist(), strict=True))
        table = fill_examples(table, self._read_shown, self._find_examples(shown, before))
        forms = pd.DataFrame({"surface": pd.Series(counted_now, dtype="str")})
        forms["shown"] = pd.Series([shown.get(surface, "") for surface in counted_now], dtype="str")
        return {"slogan_candidates": table, "forms": forms, "repeats": repeats}

    def _find_examples(self, shown: dict[str, str], before: pd.DataFrame | None) -> dict[str, str]:
        """Find the examples of the build before that stand as they are; none where its code was another."""
        is_same = self.old.inputs.get("merging") == fingerprints.print_merging()
        table = self._old_frame("slogan_candidates") if is_same and before is not None else None
        if table is None:
            return {}
        return find_known_examples(shown, dict(zip(before["surface"], before["shown"], strict=True)), table)

    def _read_shown(self, rows: np.ndarray) -> pd.DataFrame:
        articles = self.draft.read_rows(rows, _SHOWN)
        return articles.assign(text=self.draft.read_texts(articles["article_id"]).to_numpy())

    def start_repeats(self) -> None:
        """Have another process look for runs that recur, while this one merges tables."""
        store = self.draft
        ids = find_sample(store.read_articles(["kind", "chars"]).assign(article_id=store.ids))
        keys = sorted(store.find_pieces(ids))
        self.sample = fingerprint(fingerprints.print_merging(), *keys, *ids)
        if self.sample == self.old.inputs.get("sample") and self.site.has(self.old.tables.get("repeats")):
            self.repeats = lambda: load_frame(self.site.read(self.old.tables["repeats"]))
            return
        articles = store.read_articles(_SHOWN)
        articles = articles[articles["article_id"].isin(ids)].reset_index(drop=True)
        articles = articles.assign(text=store.read_texts(articles["article_id"]).to_numpy())
        new = sum("forms" not in batch.parts for batch in self.batches)
        self.repeats = start_job(count_sample, articles, self.crew if new > 2 else Crew())

    def _count_forms(self, wanted: list[str], new: list[str], before: list[str]) -> None:
        """Count the forms that a batch lacks: all in a new batch, the new ones in an old one."""
        jobs = []
        code = fingerprint(fingerprints.print_merging(), *sorted({*before, *wanted}))
        for number, batch in enumerate(self.batches):
            has = self.site.has(batch.parts.get("forms"))
            lacking = new if has else wanted
            if lacking or not has:
                jobs.append((number, fingerprint(batch.parts["articles"], code), lacking, has))
        made = (
            FormsJob(
                number,
                self.site.read(self.batches[number].parts["articles"]),
                self.site.read(self.batches[number].parts["texts"]),
                lacking,
            )
            for number, _, lacking, _ in jobs
        )
        marks = {number: (mark, has) for number, mark, _, has in jobs}
        for job, content in run_jobs(run_forms, made, self.crew if len(jobs) > 2 else Crew()):
            batch = self.batches[job.number]
            mark, has = marks[job.number]
            frame = load_frame(content)
            if has:
                frame = pd.concat([self._frame(batch, "forms"), frame], ignore_index=True)
            batch.parts["forms"] = self.site.write("forms", mark, dump_part(frame, coded=_FORMS))

    def _pairs(self, batch: Batch) -> Pairs:
        return load_pairs(self.site.read(batch.parts["pairs"]), self.site.read(batch.parts["totals"]))

    def _frame(self, batch: Batch, part: str) -> pd.DataFrame:
        return load_frame(self.site.read(batch.parts[part]))

    def _old_frame(self, name: str) -> pd.DataFrame | None:
        part = self.old.tables.get(name)
        return load_frame(self.site.read(part)) if self.site.has(part) else None


def _renumber(frame: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """Number rows over the whole corpus."""
    return frame.assign(row=rows[frame["row"].to_numpy()])


def _renumber_table(table: pa.Table, rows: np.ndarray) -> pa.Table:
    column = table.column_names.index("row")
    return table.set_column(column, "row", pa.array(rows[table["row"].to_numpy()]))
