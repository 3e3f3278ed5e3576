"""What a page draws from a view, prepared once for all readers who look at the same in the same language."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import pandas as pd

from analysis.shelves import View
from app_pages.parts.words import language

_T = TypeVar("_T")


def prepare(tables: View, make: Callable[..., _T], *args: Hashable) -> _T:
    """Give what a function makes of a view, made now or kept from the last time.

    Args:
        tables: The view; what is made is kept as long as it.
        make: A function of a module that depends on the view, its arguments and the language alone.
        *args: What it is called with behind the view.

    Returns:
        What it makes; a frame is a copy on write, anything else is shared and must not be changed.
    """
    key = (make.__module__, make.__qualname__, args, language())
    made = tables.keep(key, lambda: make(tables, *args))
    return made.copy(deep=False) if isinstance(made, pd.DataFrame) else made
