"""Modules that are loaded late, or without what stands around them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from analysis.lazy import load_alone

ROOT = Path(__file__).parent.parent
_SCRIPT = """
import sys
from analysis.lazy import load_alone
load_alone("scipy", "optimize._lsap")
print(*sys.modules)
"""


def test_a_module_alone_does_what_it_does_in_its_package():
    chance = np.random.default_rng(1)
    solve = load_alone("scipy", "optimize._lsap").linear_sum_assignment
    for rows, columns in [(1, 1), (3, 5), (7, 7)]:
        scores = chance.random((rows, columns))
        for found, expected in zip(
            solve(scores, maximize=True), linear_sum_assignment(scores, maximize=True), strict=True
        ):
            assert found.tolist() == expected.tolist()
    assert load_alone("scipy", "optimize._lsap") is load_alone("scipy", "optimize._lsap")


def test_nothing_else_of_the_package_is_loaded():
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert not [name for name in done.stdout.split() if name.split(".")[0] == "scipy"]


def test_what_is_no_compiled_file_is_loaded_with_its_package():
    assert load_alone("json", "decoder").__name__ == "json.decoder"


@pytest.mark.parametrize(("package", "module"), [("scipy", "optimize._gone"), ("no_such_package", "a")])
def test_what_is_not_there_is_named(package, module):
    with pytest.raises(ModuleNotFoundError, match=f"{package}|{module}"):
        load_alone(package, module)
