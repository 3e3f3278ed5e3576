"""Table `slogan_candidates` of a store: what speaks for each form, counted only where it was not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.store import fingerprints
from analysis.store.candidates import (
    count_sample,
    fill_examples,
    find_known_examples,
    find_next,
    find_sample,
    is_sampled,
    propose,
)
from analysis.store.drafts import Draft
from analysis.store.executors import Crew, run_jobs, start_job
from analysis.store.fingerprints import fingerprint
from analysis.store.parts import dump_part, load_frame
from analysis.store.shortlists import (
    COLUMNS,
    Coinages,
    extend_shortlist,
    load_evidence,
    shortlist_evidence,
)
from analysis.store.stages import FormsJob, run_forms

_SHOWN = ["article_id", "kind", "kicker", "headline", "subhead", "text"]
_SIZES = ["article_id", "kind", "chars"]
#: Columns of counted forms whose values recur.
_FORMS = ["surface", "n", "n_articles", "field"]
#: Few forms in few batches are counted sooner here than other processes have started.
_FEW_JOBS, _FEW_NEW = 32, 100
_COUNTS = ["n", "n_articles", "field", "row"]


class Proposer:
    """Proposes candidates of all batches.

    Attributes:
        sample: What the manifest keeps of the articles in which repeated runs are looked for: their
            fingerprint, and the article that would be the next.
    """

    def __init__(self, draft: Draft, crew: Crew) -> None:
        """Take over what was computed.

        Args:
            draft: The store in the making.
            crew: Computes what is computed batch by batch.
        """
        self.draft, self.crew = draft, crew
        self.sample = {name: draft.old.inputs.get(name, "") for name in ("sample", "next")}
        self._is_same_sample = False
        self._count_repeats: Callable[[], pd.DataFrame]

    def start_repeats(self) -> None:
        """Have another process look for runs that recur, while this one merges tables."""
        store, has_repeats = self.draft.store, self.draft.site.has(self.draft.old.tables.get("repeats"))
        self._is_same_sample = has_repeats and self._stands_sample()
        if self._is_same_sample:
            return
        sizes = store.read_articles(_SIZES)
        ids = find_sample(sizes)
        keys = sorted(store.find_pieces(ids))
        sample = fingerprint(fingerprints.print_merging(), *keys, *ids)
        self._is_same_sample = has_repeats and sample == self.sample["sample"]
        self.sample = {"sample": sample, "next": find_next(sizes, ids)}
        if self._is_same_sample:
            return
        articles = store.read_articles(_SHOWN[:-1])
        articles = articles[articles["article_id"].isin(ids)].reset_index(drop=True)
        articles = articles.assign(text=store.read_texts(articles["article_id"]).to_numpy())
        new = sum("forms" not in batch.parts for batch in self.draft.batches)
        self._count_repeats = start_job(count_sample, articles, self.crew if new > 2 else Crew())

    def make(self) -> dict[str, pd.DataFrame]:
        """Make table `slogan_candidates`, and what the next build takes it up from.

        Returns:
            The table; `forms` that were counted for it, with the article that shows each, and the counts;
            `shortlist`; and `repeats`, unless they are those of the build before.
        """
        draft = self.draft
        shortlist, repeats = self._make_shortlist()
        known = [batch.parts["forms"] for batch in draft.batches if "forms" in batch.parts]
        before = draft.read_old("forms") if known else None
        counted = [] if before is None else before["surface"].tolist()
        table, counted_now, counts = propose(shortlist, counted, self._count_with(before, counted))
        ids = draft.store.name_rows(table["row"].to_numpy())
        shown = dict(zip(table["example"].tolist(), ids, strict=True))
        table = fill_examples(table, self._read_shown, self._find_examples(shown, before))
        forms = pd.DataFrame({"surface": pd.Series(counted_now, dtype="str")})
        forms["shown"] = pd.Series([shown.get(surface, "") for surface in counted_now], dtype="str")
        forms = forms.merge(counts.reindex(columns=["surface", *_COUNTS]), on="surface", how="left")
        forms = forms.fillna(dict.fromkeys(_COUNTS, 0)).astype(dict.fromkeys(_COUNTS, "int64"))
        return {"slogan_candidates": table, "forms": forms, "shortlist": shortlist[COLUMNS]} | repeats

    def _make_shortlist(self) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
        """Make the shortlist; also give the repeated runs if they are new."""
        draft, lexicon = self.draft, self.draft.site.recipe.lexicon
        before = draft.read_grown("shortlist") if self._is_same_sample else None
        if before is not None:
            coinages = Coinages([batch.parts["coinages"] for batch in draft.batches], self._load_coinages)
            new, repeats = draft.growth.numbers, draft.read_old("repeats")
            return extend_shortlist(before, new, coinages, repeats, lexicon), {}
        # Loaded before the repeated runs are asked for: another process looks for them meanwhile.
        evidence = load_evidence(map(self._load_coinages, range(len(draft.batches))))
        repeats = draft.read_old("repeats") if self._is_same_sample else self._count_repeats()
        made = {} if self._is_same_sample else {"repeats": repeats}
        return shortlist_evidence(evidence, repeats, lexicon), made

    def _load_coinages(self, number: int) -> pa.Table:
        (table,) = self.draft.tables("coinages", [number])
        rows = pa.array(self.draft.store.maps[number][table["row"].to_numpy()])
        return table.set_column(table.column_names.index("row"), "row", rows)

    def _stands_sample(self) -> bool:
        """Tell whether all that is new comes behind the next article of the sample."""
        growth, following = self.draft.growth, self.sample["next"]
        if growth is None or not following:
            return False
        return not is_sampled(growth.arrivals.read_articles(_SIZES), following)

    def _count_with(
        self, before: pd.DataFrame | None, counted: list[str]
    ) -> Callable[[list[str], list[str]], Iterator[pd.DataFrame]]:
        """Give what counts forms: where some came to the store, on from the counts before."""
        draft = self.draft
        growth = None if before is None else draft.growth

        def count(wanted: list[str], new: list[str]) -> Iterator[pd.DataFrame]:
            self._count_forms(wanted, new, counted)
            among, numbers = pa.array(wanted, pa.string()), range(len(draft.batches))
            if growth is not None and not new:
                wanted_now = set(wanted)
                is_wanted = [surface in wanted_now for surface in counted]
                found = before[(before["n"] > 0) & np.array(is_wanted, dtype=bool)]
                yield _renumber(found[["surface", *_COUNTS]], growth.rows)
                numbers = growth.numbers
            for number, table in zip(numbers, draft.tables("forms", numbers), strict=True):
                some = table.filter(pc.is_in(table["surface"].cast(pa.string()), among))
                yield _renumber(some.to_pandas(), draft.store.maps[number])

        return count

    def _find_examples(self, shown: dict[str, str], before: pd.DataFrame | None) -> dict[str, str]:
        """Find the examples of the build before that stand as they are; none where its code was another."""
        is_same = self.draft.old.inputs.get("merging") == fingerprints.print_merging()
        table = self.draft.read_old("slogan_candidates") if is_same and before is not None else None
        if table is None:
            return {}
        return find_known_examples(shown, dict(zip(before["surface"], before["shown"], strict=True)), table)

    def _read_shown(self, rows: np.ndarray) -> pd.DataFrame:
        return self.draft.store.read_rows(rows, _SHOWN)

    def _count_forms(self, wanted: list[str], new: list[str], before: list[str]) -> None:
        """Count the forms that a batch lacks: all in a new batch, the new ones in an old one."""
        jobs, site, batches = [], self.draft.site, self.draft.batches
        code = fingerprint(fingerprints.print_merging(), *sorted({*before, *wanted}))
        for number, batch in enumerate(batches):
            has = site.has(batch.parts.get("forms"))
            lacking = new if has else wanted
            if lacking or not has:
                jobs.append((number, fingerprint(batch.parts["articles"], code), lacking, has))
        made = (
            FormsJob(
                number,
                site.read(batches[number].parts["articles"]),
                site.read(batches[number].parts["texts"]),
                lacking,
            )
            for number, _, lacking, _ in jobs
        )
        marks = {number: (mark, has) for number, mark, _, has in jobs}
        is_soon = len(jobs) <= 2 or (
            len(jobs) <= _FEW_JOBS and len(wanted if not before else new) <= _FEW_NEW
        )
        for job, content in run_jobs(run_forms, made, Crew() if is_soon else self.crew):
            batch = batches[job.number]
            mark, has = marks[job.number]
            frame = load_frame(content)
            if has:
                frame = pd.concat([self.draft.frame(batch, "forms"), frame], ignore_index=True)
            batch.parts["forms"] = site.write("forms", mark, dump_part(frame, coded=_FORMS))


def _renumber(frame: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """Number rows over the whole corpus."""
    return frame.assign(row=rows[frame["row"].to_numpy()])
