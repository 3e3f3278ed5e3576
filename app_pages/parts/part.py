"""A part of a page: what a reader does in it draws it alone anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from analysis.store import StoreError
from app_pages.parts.corpus import stop_without_store

_P = ParamSpec("_P")


def part(show: Callable[_P, None]) -> Callable[_P, None]:
    """Make a function draw a part of a page that runs anew by itself.

    Such a run does not pass through the entry of the app: that a store is damaged, or was built anew in the
    meantime, is said here.
    """

    @st.fragment
    @wraps(show)
    def run(*args: _P.args, **options: _P.kwargs) -> None:
        try:
            show(*args, **options)
        except StoreError as error:
            stop_without_store(error)

    return run
