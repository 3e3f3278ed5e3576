"""What is loaded late, or without what stands around it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.machinery import ExtensionFileLoader, PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from types import ModuleType


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


@cache
def load_alone(package: str, module: str) -> ModuleType:
    """Load a compiled module of a package without the packages that it stands in.

    SciPy's solver of assignments is one file; the package around it loads two hundred others before, which
    takes longer than to split a page.

    Args:
        package: The outermost package, installed and itself not loaded by this.
        module: The module below it.

    Returns:
        The module; loaded with its packages where it is no compiled file by itself.

    Example:
        >>> load_alone("scipy", "optimize._lsap").linear_sum_assignment([[1, 2], [0, 5]])[1].tolist()
        [1, 0]
    """
    *folders, name = module.split(".")
    home = find_spec(package)
    paths = [str(Path(place, *folders)) for place in home.submodule_search_locations or ()] if home else []
    spec = PathFinder.find_spec(name, paths)
    if spec is None or not isinstance(spec.loader, ExtensionFileLoader):
        return import_module(f"{package}.{module}")
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded
