"""Work that would make other readers wait: done in processes that all sessions share."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import ParamSpec, TypeVar

import streamlit as st

from analysis.store.executors import start_pool

#: Bytes or characters below which work is done at once: it is over before a process could begin.
SMALL = 1 << 18
#: How far the processes stand back where cores are scarce: who turns a page goes before who waits anyway.
_NICENESS = 10

_P, _T = ParamSpec("_P"), TypeVar("_T")


def run_apart(size: int, work: Callable[_P, _T], *args: _P.args, **options: _P.kwargs) -> _T:
    """Do some work in another process when it is large, and wait for it; other readers go on meanwhile.

    Args:
        size: How large it is, in bytes or characters.
        work: Function of a module.
        *args: What it is called with; must be picklable.
        **options: Likewise.

    Returns:
        What the work gives.

    Raises:
        BrokenExecutor: The process was killed twice, perhaps for want of memory.
    """
    if size < SMALL:
        return work(*args, **options)
    try:
        return _pool().submit(_stand_back, work, *args, **options).result()
    except BrokenExecutor:
        _pool.clear()
        return _pool().submit(_stand_back, work, *args, **options).result()


def _stand_back(work: Callable[_P, _T], *args: _P.args, **options: _P.kwargs) -> _T:
    if hasattr(os, "nice") and (missing := _NICENESS - os.nice(0)) > 0:
        os.nice(missing)
    return work(*args, **options)


@st.cache_resource(show_spinner=False)
def _pool() -> ProcessPoolExecutor:
    return start_pool()
