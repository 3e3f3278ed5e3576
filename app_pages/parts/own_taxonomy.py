"""The reader's own topic taxonomy: kept for the session, used at once in place of the built-in one."""

from __future__ import annotations

import streamlit as st

from analysis.sources.encodings import EncodingError, decode_text
from analysis.sources.files import clean_name
from analysis.topics.taxonomy import TaxonomyError, format_taxonomy, parse_taxonomy
from app_pages.parts.words import t

_MOST_BYTES = 2_000_000


def own_taxonomy() -> str:
    """The reader's own taxonomy in its normal form (see `format_taxonomy`); "" for the built-in one."""
    return st.session_state.get("own_taxonomy", "")


def show_own_taxonomy() -> None:
    """Show the upload of a taxonomy, what is wrong with it, and the way back to the built-in one."""
    upload = st.file_uploader(
        t("taxonomy_upload"),
        type=["tsv", "txt"],
        key=f"taxonomy_upload_{_turn()}",
        help=t("taxonomy_upload_help"),
    )
    if upload is not None and st.session_state.get("taxonomy_seen") != upload.file_id:
        st.session_state["taxonomy_seen"] = upload.file_id
        _take(clean_name(upload.name), upload.getvalue())
        st.rerun()
    if fault := st.session_state.pop("taxonomy_fault", ""):
        st.error(t("taxonomy_fault"))
        st.code(fault, language=None, wrap_lines=True)
    if own_taxonomy():
        st.info(t("taxonomy_in_use"), icon=":material/category:")
        st.button(t("taxonomy_back"), key="taxonomy_back", icon=":material/restart_alt:", on_click=_go_back)


def _take(name: str, content: bytes) -> None:
    if len(content) > _MOST_BYTES:
        st.session_state["taxonomy_fault"] = f"{name}: {len(content):,} > {_MOST_BYTES:,} bytes"
        return
    try:
        taxonomy = parse_taxonomy(decode_text(content).text, name)
    except EncodingError as error:
        st.session_state["taxonomy_fault"] = f"{name}: {error}"
    except TaxonomyError as error:
        st.session_state["taxonomy_fault"] = str(error)
    else:
        st.session_state["own_taxonomy"] = format_taxonomy(taxonomy)


def _turn() -> int:
    return st.session_state.get("taxonomy_turn", 0)


def _go_back() -> None:
    st.session_state["own_taxonomy"] = ""
    st.session_state["taxonomy_turn"] = _turn() + 1
