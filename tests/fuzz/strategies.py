"""Bytes that look like what is read: pages, tables, archives and lists, sound and then spoiled."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pandas as pd
from hypothesis import strategies as st

from analysis.sources.names import KNOWN_SUFFIXES

#: Pieces that pages and tables are made of, and marks that readers act on.
_PLAIN = (
    '本报讯 （记者 一老一小 会议召开 # 2024年3月5日 第1版 ， 。 “ ” , " ; 正文 标题 新昌县 编辑： { } [ ]'
)
_MARKS = ["\n", "\n\n", "\t", "\r\n", "\0", "\u2028", "\ufeff", "\ufffd", " "]
_WORDS = st.sampled_from([*_PLAIN.split(), *_MARKS])
TEXTS = st.lists(st.one_of(_WORDS, st.text(max_size=6)), max_size=30).map("".join)
_CODECS = st.sampled_from(["utf-8", "gb18030", "utf-16", "big5"])
_ROWS = st.lists(st.tuples(TEXTS, TEXTS), max_size=4)


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table of articles and its kind."""
    suffix = draw(st.sampled_from([".csv", ".tsv", ".jsonl", ".jsonl.gz", ".parquet"]))
    rows = [
        {"标题": head.encode("utf-8", "replace").decode(), "正文": text.encode("utf-8", "replace").decode()}
        for head, text in draw(_ROWS)
    ]
    if suffix == ".parquet":
        file = io.BytesIO()
        pd.DataFrame(rows, columns=["标题", "正文"], dtype="str").to_parquet(file)
        return suffix, file.getvalue()
    if suffix.startswith(".jsonl"):
        content = "\n".join(json.dumps(row, ensure_ascii=draw(st.booleans())) for row in rows).encode()
        return suffix, gzip.compress(content) if suffix.endswith(".gz") else content
    text = pd.DataFrame(rows, columns=["标题", "正文"]).to_csv(
        index=False, sep="\t" if suffix == ".tsv" else ","
    )
    return suffix, text.encode(draw(_CODECS), "replace")


@st.composite
def archives(draw: st.DrawFn) -> tuple[str, bytes]:
    """An archive of pages and tables."""
    file = io.BytesIO()
    members = draw(st.lists(st.tuples(st.text(max_size=8), st.one_of(pages(), tables())), max_size=3))
    with zipfile.ZipFile(
        file, "w", draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    ) as archive:
        for name, (suffix, content) in members:
            archive.writestr(zipfile.ZipInfo(name.encode("utf-8", "replace").decode() + suffix), content)
    return ".zip", file.getvalue()


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, bytes]:
    """A page in one of the encodings."""
    return draw(st.sampled_from([".txt", ".md"])), draw(TEXTS).encode(draw(_CODECS), "replace")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file as the target of readers takes it, often spoiled at a place, cut short or under another kind."""
    suffix, content = draw(st.one_of(pages(), tables(), archives()))
    kind = KNOWN_SUFFIXES.index(suffix)
    spoil = draw(st.sampled_from(["no", "no", "byte", "cut", "kind"]))
    if spoil == "byte" and content:
        at = draw(st.integers(0, len(content) - 1))
        content = content[:at] + draw(st.binary(min_size=1, max_size=4)) + content[at + 1 :]
    elif spoil == "cut" and content:
        content = content[: draw(st.integers(0, len(content)))]
    elif spoil == "kind":
        kind = draw(st.integers(0, len(KNOWN_SUFFIXES)))
    return bytes([kind]) + content


def _rows_of(*cells: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    row = st.tuples(*cells).map("\t".join)
    return st.lists(row, max_size=6).map(lambda rows: "\n".join(rows).encode("utf-8", "replace"))


#: Lists that parsers take, about right.
LISTS = st.one_of(
    _rows_of(TEXTS, TEXTS, st.sampled_from(["1", "-1", "nan", "1e999", "2.5", ""])),
    _rows_of(TEXTS, st.sampled_from(["governance", "economy", "x"]), TEXTS),
    st.lists(TEXTS.map(lambda text: f"# rejected: {text}"), max_size=4).map(
        lambda rows: "\n".join(rows).encode("utf-8", "replace")
    ),
    _rows_of(TEXTS, st.sampled_from(["join", "cut", "x"]), *[st.integers(-5, 99).map(str)] * 3),
)
STRATEGIES = {
    "readers": st.one_of(files(), st.binary(max_size=200)),
    "splitter": st.one_of(TEXTS.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=200)),
    "parsers": st.one_of(LISTS, st.binary(max_size=200)),
    "searches": st.one_of(TEXTS.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=60)),
}
