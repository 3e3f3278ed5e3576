"""Files that a reader brings: their limits, what they hold, and how they join a corpus.

Everything is made from bytes in memory; nothing is written to the disk.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from analysis.articles import SPAN_COLUMNS, split_articles, split_spans
from analysis.corpus import Split, count_articles, find_problems
from analysis.corrections import correct_articles
from analysis.pages import parse_files
from analysis.schema import ARTICLES, PAGES, PROBLEMS, conform, empty
from analysis.sources.files import ExcessError, SourceFile, clean_name, list_contents

#: Most files that one reader brings, most bytes of each and of all together.
MOST_FILES, FILE_BYTES, TOTAL_BYTES = 100, 20 << 20, 60 << 20
#: Most pages (files in archives count) and most bytes that the files unpack to.
MOST_PAGES, UNPACKED_BYTES = 500, 120 << 20

#: Hex digits of a fingerprint.
_FINGERPRINT_CHARS = 32
_NO_ARTICLE = "no article"


class Upload(NamedTuple):
    """One file that was brought: its name, a fingerprint of its bytes, and how many bytes they are."""

    name: str
    fingerprint: str
    size: int


class Brought(NamedTuple):
    """One file that was brought, and what it holds."""

    upload: Upload
    split: Split


class Batch(NamedTuple):
    """Files brought together: those that hold a page or articles, and table `problems` of the others."""

    files: tuple[Brought, ...]
    problems: pd.DataFrame


class Step(NamedTuple):
    """How far reading is: reading or splitting, which file of how many, which page of how many in it."""

    stage: str
    file: int
    files: int
    page: int
    pages: int

    @property
    def share(self) -> float:
        """The share that is done, 0-1; splitting a page counts as much as reading it."""
        done = self.page + (self.pages if self.stage == "splitting" else 0)
        return (self.file - 1 + done / (2 * self.pages)) / self.files


def read_uploads(
    files: Sequence[tuple[str, bytes]],
    *,
    held: Sequence[Brought] = (),
    progress: Callable[[Step], None] | None = None,
    split: Callable[..., Split] | None = None,
) -> Batch:
    """Read files that a reader brings; one that cannot be read is a row of `problems` and the rest goes on.

    What is read, and how, is said in `pages.read_source`. A page that prints no day, paper or place keeps
    them unknown.

    Args:
        files: Name and bytes of each.
        held: Files that the reader has brought before; they count towards the limits, and the same bytes
            again are a problem.
        progress: Told each step as it is done.
        split: Splits a file as `split_upload` does, in another process perhaps; that function when None.

    Returns:
        The files in the order given, and the problems of those that hold nothing, by file.
    """
    report = progress or (lambda step: None)
    admitted, left_out = admit_uploads(files, held)
    room = MOST_PAGES - sum(len(brought.split.pages) for brought in held)
    found, problems = [], [left_out]
    for number, (upload, content) in enumerate(admitted, 1):

        def tell(stage: str, page: int, pages: int, number: int = number) -> None:
            report(Step(stage, number, len(admitted), page, pages))

        held_there = (split or split_upload)(upload.name, content, most_pages=room, progress=tell)
        room -= len(held_there.pages)
        if held_there.pages.empty:
            problems.append(held_there.problems)
        else:
            found.append(Brought(upload, held_there))
    rows = pd.concat(problems).sort_values("file", kind="stable")
    return Batch(tuple(found), conform(rows, PROBLEMS))


def admit_uploads(
    files: Iterable[tuple[str, bytes]], held: Sequence[Brought] = ()
) -> tuple[list[tuple[Upload, bytes]], pd.DataFrame]:
    """Let in the files that the limits leave room for.

    Args:
        files: Name and bytes of each.
        held: Files that were let in before.

    Returns:
        The files let in, in the order given, and table `problems` with a row for each that was not: too
        large, too many, or a duplicate.

    Example:
        >>> admitted, problems = admit_uploads([("a.txt", b"x"), ("b.txt", b"x")])
        >>> [upload.name for upload, _ in admitted], problems["what"].tolist()
        (['a.txt'], ['duplicate'])
    """
    seen = {brought.upload.fingerprint: brought.upload.name for brought in held}
    total = sum(brought.upload.size for brought in held)
    admitted, problems = [], []
    for name, content in files:
        upload = describe_upload(name, content)
        if fault := _find_fault(upload, seen, total):
            problems.append((upload.name, *fault))
            continue
        seen[upload.fingerprint] = upload.name
        total += upload.size
        admitted.append((upload, content))
    return admitted, conform(pd.DataFrame(problems, columns=PROBLEMS.names), PROBLEMS)


def describe_upload(name: str, content: bytes) -> Upload:
    """Name a file that was brought, with a fingerprint of its bytes."""
    fingerprint = hashlib.sha256(content).hexdigest()[:_FINGERPRINT_CHARS]
    return Upload(clean_name(name), fingerprint, len(content))


def split_upload(
    name: str,
    content: bytes,
    *,
    most_pages: int = MOST_PAGES,
    progress: Callable[[str, int, int], None] | None = None,
) -> Split:
    """Split what one file holds: a page, a table of ready-made articles, or an archive of either.

    Args:
        name: Its name; a day in it counts for a page that prints none.
        content: Its bytes.
        most_pages: Pages that are read at most; one row of `problems` names the first that is not.
        progress: Told stage (reading, splitting), page and pages as each page is done.

    Returns:
        As `corpus.read_split`; empty tables, and the problems, when nothing can be read.
    """
    report = progress or (lambda stage, page, pages: None)
    files = list(_limit(list_contents([(name, content)]), most_pages))
    reading = parse_files(_count_off(files, functools.partial(report, "reading")))
    articles, spans = [], [_no_spans()]
    rows = [reading.pages.iloc[[row]] for row in range(len(reading.pages))]
    for page in _count_off(rows, functools.partial(report, "splitting")):
        articles.append(split_articles(page))
        spans.append(split_spans(page))
    found = conform(pd.concat([*articles, reading.articles]), ARTICLES)
    return Split(
        count_articles(reading.pages, found),
        found,
        find_problems(reading.pages, found, reading.problems),
        pd.concat(spans, ignore_index=True).astype(SPAN_COLUMNS),
    )


def join_uploads(files: Iterable[Brought]) -> Split:
    """Join what files hold into one split (see `join_splits`), in the order given."""
    nothing = Split(empty(PAGES), empty(ARTICLES), empty(PROBLEMS), _no_spans())
    return functools.reduce(join_splits, (brought.split for brought in files), nothing)


def join_splits(base: Split, more: Split) -> Split:
    """Join two splits; a page of the second that the first has already is a problem and is not counted.

    Args:
        base: A split.
        more: Another one. Where one of its files has the name of a file of `base`, it gets a number.

    Returns:
        Pages and problems of both by file; articles and spans of `base`, then those of `more`.
    """
    is_double = more.pages["page_id"].isin(base.pages["page_id"])
    doubles, pages = more.pages[is_double], more.pages[~is_double]
    names = _tell_apart(pages["file"].tolist(), set(base.pages["file"]))
    first = base.pages.set_index("page_id")["file"]
    told = [
        (page.file, "duplicate", f"holds the bytes of {first[page.page_id]} once more and is not counted")
        for page in doubles.itertuples()
    ]
    is_moot = more.problems["file"].isin(doubles["file"]) & (more.problems["what"] == _NO_ARTICLE)
    problems = more.problems[~is_moot]
    problems = problems.assign(file=problems["file"].replace(names))
    problems = pd.concat([base.problems, problems, pd.DataFrame(told, columns=PROBLEMS.names)])
    pages = pd.concat([base.pages, pages.assign(file=pages["file"].replace(names))])
    articles, spans = (
        frame[~frame["page_id"].isin(doubles["page_id"])] for frame in (more.articles, more.spans)
    )
    return Split(
        conform(pages.sort_values("file", kind="stable"), PAGES),
        conform(pd.concat([base.articles, articles]), ARTICLES),
        conform(problems.sort_values("file", kind="stable"), PROBLEMS),
        pd.concat([base.spans, spans], ignore_index=True).astype(SPAN_COLUMNS),
    )


def correct_split(split: Split, corrections: pd.DataFrame) -> Split:
    """Carry out corrections on a split.

    Args:
        split: A split without corrections.
        corrections: As in `corrections.correct_articles`; those of other pages are passed over.

    Returns:
        The split with its articles, spans, counts and problems anew.
    """
    if not corrections["page_id"].isin(split.pages["page_id"]).any():
        return split
    done = correct_articles(split.pages, split.articles, split.spans, corrections)
    problems = split.problems[split.problems["what"] != _NO_ARTICLE]
    return Split(
        count_articles(split.pages, done.articles),
        done.articles,
        find_problems(split.pages, done.articles, pd.concat([problems, done.problems])),
        done.spans,
    )


def _find_fault(upload: Upload, seen: dict[str, str], total: int) -> tuple[str, str] | None:
    """What keeps a file out, in a word and in a sentence; None for one that is let in."""
    if upload.fingerprint in seen:
        return "duplicate", f"holds the bytes of {seen[upload.fingerprint]} once more and is not counted"
    if upload.size > FILE_BYTES:
        return "too large", f"is larger than {FILE_BYTES >> 20} MB; cut it into pages or pack it as .zip"
    if len(seen) >= MOST_FILES:
        return "too many", f"is more than {MOST_FILES} files; pack them into one .zip file"
    if total + upload.size > TOTAL_BYTES:
        return "too many", f"makes the files more than {TOTAL_BYTES >> 20} MB together; remove others first"
    return None


def _limit(files: Iterable[SourceFile], most_pages: int) -> Iterator[SourceFile]:
    """Hand files on up to the limits; the first beyond them becomes a problem, the rest are not unpacked."""
    size = 0
    for number, file in enumerate(files):
        size += len(file.content)
        if number >= most_pages:
            why = f"is beyond the {MOST_PAGES} pages that can be brought; it and what follows are left out"
        elif size > UNPACKED_BYTES:
            why = f"unpacks to more than {UNPACKED_BYTES >> 20} MB; it and what follows are left out"
        else:
            yield file
            continue
        yield SourceFile(file.name, b"", ExcessError(why))
        return


def _count_off(rows: list, report: Callable[[int, int], None]) -> Iterator:
    for number, row in enumerate(rows, 1):
        yield row
        report(number, len(rows))


def _tell_apart(names: list[str], taken: set[str]) -> dict[str, str]:
    """New names for those that are taken: page.txt, then page (2).txt."""
    found = {}
    for name in names:
        stem, dot, end = name.rpartition(".")
        number, new = 2, name
        while new in taken:
            new = f"{stem or name} ({number}){dot if stem else ''}{end if stem else ''}"
            number += 1
        taken.add(new)
        if new != name:
            found[name] = new
    return found


def _no_spans() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in SPAN_COLUMNS.items()})
