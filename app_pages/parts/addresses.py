"""Addresses that ask for what is not there: the reader is told, in words, that something was left out."""

from __future__ import annotations

import streamlit as st

from app_pages.parts.words import name_topic, t

#: Filters in the address -> how a choice is written there.
_FILTERS = {
    "slogan": str, "s": str, "place": str, "city": str, "paper": str, "topic": name_topic,
    "kind": lambda kind: t(f"kind_{kind}"),
}  # fmt: skip


def note_address() -> None:
    """Keep what the address asks for before widgets take what they know; only the first run has it."""
    if "asked" not in st.session_state:
        params = st.query_params
        st.session_state["asked"] = {key: params.get_all(key) for key in _FILTERS if key in params}


def tell_dropped() -> None:
    """Tell once how much of what the address asked for is not in this corpus."""
    asked = st.session_state.get("asked") or {}
    shown = {key: wanted for key, wanted in asked.items() if key in st.session_state}
    dropped = 0
    for key, wanted in shown.items():
        held = {_FILTERS[key](choice) for choice in st.session_state[key]}
        dropped += len(set(wanted) - held)
    st.session_state["asked"] = {key: wanted for key, wanted in asked.items() if key not in shown}
    if dropped:
        st.toast(t("address_dropped", n=dropped), icon=":material/link_off:", duration="long")
