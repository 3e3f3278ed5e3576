"""Readers, splitter, parsers and searches on bytes of any kind: see `tests.fuzz` for the long run."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.strategies import STRATEGIES
from tests.fuzz.targets import TARGETS

_EXAMPLES = 2000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 60


@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_bring_a_target_down(name):
    attempt = given(STRATEGIES[name])(TARGETS[name])
    settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))(attempt)()
