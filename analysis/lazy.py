"""Names of a package that are imported when they are first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module


def attach_names(
    package: str, homes: Mapping[str, Iterable[str]]
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """Make what a package needs to import its names late (PEP 562).

    Args:
        package: Name of the package.
        homes: Names by the module that they are from.

    Returns:
        The package's `__all__`, `__getattr__` and `__dir__`.

    Example:
        >>> names, get, _ = attach_names("analysis", {"analysis.word_lists": ["read_words"]})
        >>> names, get("read_words").__module__
        (['read_words'], 'analysis.word_lists')
    """
    modules = {name: module for module, names in homes.items() for name in names}

    def get(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(modules[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return sorted(modules), get, lambda: sorted({*vars(sys.modules[package]), *modules})
