"""How much one server takes on, as its operator says in the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

_PREFIX = "TIFA_"


class LimitError(ValueError):
    """A limit in the environment that is no whole number above zero."""


class Limits(NamedTuple):
    """Limits of one server; each is set by the environment variable of its name after TIFA_, in capitals.

    Attributes:
        max_sessions: Readers at once; the next one is told that the place is full.
        max_runs: Pages computed at once; further ones wait for their turn. Python computes one at a time
            whatever we allow, and more than a few at once only get in each other's way.
        run_seconds: After so long a run no longer keeps others waiting.
        session_files: Uploaded files that one session holds.
        session_upload_mb: Their size together.
        total_upload_mb: Size of the uploaded files of all sessions together.
        warm_seconds: How long after its start the server computes ahead, while nobody asks.
    """

    max_sessions: int = 300
    max_runs: int = 2
    run_seconds: int = 2
    session_files: int = 200
    session_upload_mb: int = 100
    total_upload_mb: int = 1000
    warm_seconds: int = 600


def read_limits(environment: Mapping[str, str]) -> Limits:
    """Read the limits from environment variables; what is not set stays as it is.

    Raises:
        LimitError: A limit is no whole number above zero.

    Example:
        >>> read_limits({"TIFA_MAX_SESSIONS": "40"}).max_sessions
        40
    """
    found = {}
    for field in Limits._fields:
        name = _PREFIX + field.upper()
        value = environment.get(name, "").strip()
        if not value:
            continue
        if not (value.isascii() and value.isdigit() and int(value) > 0):
            raise LimitError(f"{name}={value!r}: not a limit; give a whole number above zero")
        found[field] = int(value)
    return Limits(**found)
