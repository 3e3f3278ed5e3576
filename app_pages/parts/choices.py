"""Choices that stand in the address, which anyone may have written: what makes no sense gives the default."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st


def choose_one(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    name_of: Callable[[str], str],
    default: str | None = None,
    is_linked: bool = True,
    **look: object,
) -> str:
    """Let the reader choose one of a few options.

    Args:
        label: What is chosen.
        options: The options.
        key: Key of the widget, and its name in the address.
        name_of: Names an option in the reader's language.
        default: The choice at first; the first option when None.
        is_linked: Whether the choice stands in the address.
        **look: Further options of the widget.

    Returns:
        One of the options.
    """
    first = default or options[0]
    chosen = st.segmented_control(
        label, list(options), default=first, format_func=name_of, key=key,
        bind="query-params" if is_linked else None, required=True, **look,
    )  # fmt: skip
    return chosen or first


def choose_number(label: str, low: int, high: int, default: int, *, key: str, **look: object) -> int:
    """Let the reader choose a whole number.

    Args:
        label: What is chosen.
        low: Lowest number.
        high: Highest number.
        default: The number at first.
        key: Key of the widget, and its name in the address.
        **look: Further options of the widget.

    Returns:
        A number from low to high.
    """
    try:
        chosen = st.number_input(label, low, high, default, key=key, bind="query-params", **look)
    except OverflowError:
        # Streamlit cannot draw the number without end that an address may hold.
        return default
    return default if chosen is None else min(max(int(chosen), low), high)
