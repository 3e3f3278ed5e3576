"""Pages and articles that a reader brings: kept for the session, looked at before they join the corpus."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

import pandas as pd
import streamlit as st

from analysis.corpus import Split
from analysis.corrections import format_corrections
from analysis.selection import label_places
from analysis.sources.names import find_suffix
from analysis.summary import name_articles
from analysis.uploads import (
    FILE_BYTES,
    MOST_FILES,
    MOST_PAGES,
    TOTAL_BYTES,
    Batch,
    Brought,
    Step,
    Upload,
    correct_split,
    join_uploads,
    read_uploads,
    split_upload,
)
from app_pages.parts.correct import session_corrections
from app_pages.parts.frames import show_frame
from app_pages.parts.pool import SMALL, run_apart
from app_pages.parts.problems import show_problems
from app_pages.parts.words import t

_OPENING = 60
#: How much more a table holds than it is long, where it does not say: text packs about so well.
_PACKED = 10
_PAGE_COLUMNS = ["file", "paper", "place", "date", "basis_name", "n_articles", "n_chars", "text_quality"]
_ARTICLE_COLUMNS = ["file", "title", "opening", "kind_name", "n_chars", "confidence"]


def session_uploads() -> tuple[Upload, ...]:
    """The files that the reader has added to the corpus, in the order added; they tell one state apart."""
    return tuple(brought.upload for brought in _held())


def session_split() -> Split:
    """What those files hold, corrected as the session says; empty tables when there are none.

    It stays in the session: whoever keeps something made from it must keep it for this session alone.
    """
    state = (session_uploads(), format_corrections(session_corrections()))
    known, split = st.session_state.get("uploads_split", (None, None))
    if known != state:
        split = correct_split(join_uploads(_held()), session_corrections())
        st.session_state["uploads_split"] = (state, split)
    return Split(*(frame.copy(deep=False) for frame in split))


def show_uploads(known: Iterable[str]) -> None:
    """Show the upload: choose files, look at what was read, add it or leave it, take it out again.

    Args:
        known: Ids of the pages in the corpus.
    """
    limits = {"files": MOST_FILES, "size": FILE_BYTES >> 20, "total": TOTAL_BYTES >> 20, "pages": MOST_PAGES}
    st.markdown(t("upload_lead"))
    files = st.file_uploader(
        t("upload_choose"),
        accept_multiple_files=True,
        key=f"upload_{_turn()}",
        help=t("upload_help", **limits),
    )
    st.caption(t("upload_limits", **limits))
    if files:
        _show_preview(_read(files), known)
    elif done := st.session_state.pop("upload_done", None):
        st.success(t("upload_done", **done), icon=":material/check:")
    _show_held()


def _show_preview(batch: Batch, known: Iterable[str]) -> None:
    st.header(t("upload_preview"), anchor=False)
    split = join_uploads(batch.files)
    problems = pd.concat([split.problems, batch.problems], ignore_index=True)
    is_known = split.pages["page_id"].isin(set(known))
    if split.pages.empty:
        st.warning(t("upload_nothing"))
    else:
        st.markdown(t("upload_found", **_count(split.pages), problems=len(problems)))
    if is_known.any():
        st.info(t("upload_known", n=int(is_known.sum())))
    with st.container(horizontal=True):
        st.button(
            t("upload_join"), type="primary", icon=":material/add:", key="upload_join",
            disabled=split.pages.empty, on_click=_join, args=(batch, _count(split.pages[~is_known])),
        )  # fmt: skip
        st.button(t("upload_discard"), icon=":material/close:", key="upload_discard", on_click=_next_turn)
    if len(split.pages):
        _show_pages(split)
        _show_articles(split)
    if len(problems):
        show_problems(problems)


def _show_pages(split: Split) -> None:
    pages = split.pages.drop(columns="source")
    shown = pages.assign(
        paper=pages["paper"].fillna(t("unknown")),
        place=label_places(pages.assign(paper=None)).fillna(t("unknown")),
        basis_name=pages["date_basis"].map(lambda basis: t(f"basis_{basis}")),
    )
    show_frame(shown, name="upload_pages", caption=t("caption_upload_pages"), columns=_PAGE_COLUMNS)


def _show_articles(split: Split) -> None:
    articles = split.articles
    shown = articles.assign(
        file=articles["page_id"].map(split.pages.set_index("page_id")["file"]),
        title=name_articles(articles)["title"].where(lambda titles: titles != "", t("no_headline")),
        opening=articles["text"].str.slice(0, _OPENING),
        kind_name=articles["kind"].map(lambda kind: t(f"kind_{kind}")),
    )
    show_frame(shown, name="upload_articles", caption=t("caption_upload_articles"), columns=_ARTICLE_COLUMNS)


def _show_held() -> None:
    held = _held()
    if not held:
        return
    st.header(t("upload_held"), anchor=False)
    st.caption(t("upload_private"))
    for brought in held:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(brought.upload.name, width="stretch")
            st.text(t("upload_holds", **_count(brought.split.pages)), width="content")
            st.button(
                t("upload_remove"),
                key=f"upload_remove_{brought.upload.fingerprint}",
                icon=":material/delete:",
                on_click=_remove,
                args=(brought.upload,),
            )
    if len(held) > 1:
        st.button(t("upload_remove_all"), key="upload_remove_all", on_click=_remove_all)


def _read(files: list) -> Batch:
    """Read the files chosen, once for each choice."""
    # After a lost connection Streamlit hands over stubs of files that it no longer has.
    present = [file for file in files if hasattr(file, "getvalue")]
    state = (tuple(file.file_id for file in present), session_uploads())
    known, batch = st.session_state.get("upload_read", (None, None))
    if known != state:
        bar = st.progress(0.0)
        batch = read_uploads(
            [(file.name, file.getvalue()) for file in present],
            held=_held(),
            progress=lambda step: bar.progress(step.share, text=_describe(step)),
            split=_split_apart,
        )
        bar.empty()
        st.session_state["upload_read"] = (state, batch)
    return batch


def _split_apart(
    name: str, content: bytes, *, most_pages: int, progress: Callable[[str, int, int], None]
) -> Split:
    """Split a file: a small one here, page by page; a large one in another process, which tells no steps."""
    size = _weigh(name, content)
    if size < SMALL:
        return split_upload(name, content, most_pages=most_pages, progress=progress)
    progress("reading", 0, 1)
    return run_apart(size, split_upload, name, content, most_pages=most_pages)


def _weigh(name: str, content: bytes) -> int:
    """Tell how many bytes a small file holds, unpacked; what is no sound archive weighs what it is long."""
    if len(content) >= SMALL:
        # Large however it unpacks, and to list a hundred thousand names is work of its own.
        return len(content)
    match find_suffix(name):
        case ".zip" | ".xlsx":
            try:
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    return sum(entry.file_size for entry in archive.infolist())
            except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
                return len(content)
        case ".parquet" | ".jsonl.gz":
            return len(content) * _PACKED
    return len(content)


def _describe(step: Step) -> str:
    return t(f"upload_{step.stage}", file=step.file, files=step.files, page=step.page, pages=step.pages)


def _count(pages: pd.DataFrame) -> dict[str, int]:
    return {"pages": len(pages), "articles": int(pages["n_articles"].sum())}


def _held() -> tuple[Brought, ...]:
    return st.session_state.get("uploads", ())


def _turn() -> int:
    return st.session_state.get("upload_turn", 0)


def _next_turn() -> None:
    """Show an empty uploader; a widget of files cannot be emptied in another way than by a new key."""
    st.session_state["upload_turn"] = _turn() + 1
    st.session_state.pop("upload_read", None)


def _join(batch: Batch, counts: dict[str, int]) -> None:
    st.session_state["uploads"] = (*_held(), *batch.files)
    st.session_state["upload_done"] = counts
    _next_turn()


def _remove(upload: Upload) -> None:
    st.session_state["uploads"] = tuple(brought for brought in _held() if brought.upload != upload)


def _remove_all() -> None:
    st.session_state["uploads"] = ()
