"""Throw bytes at a target for a while: by coverage with atheris where it is installed, else by hypothesis.

python -m tests.fuzz readers --seconds 300
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

_TARGETS = ("readers", "splitter", "parsers", "searches")
_LONGEST = 4096
_EXAMPLES = 200


def main() -> int:
    """Run the command line; the exit status is 1 when a fault was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=_TARGETS)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--plain", action="store_true", help="hypothesis even where atheris is installed")
    options = parser.parse_args()
    has_atheris = importlib.util.find_spec("atheris") is not None and not options.plain
    return (_run_atheris if has_atheris else _run_hypothesis)(options.target, options.seconds)


def _run_hypothesis(name: str, seconds: int) -> int:
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415, after atheris had its say

    tried, end = 0, time.monotonic() + seconds

    def attempt(content: bytes) -> None:
        nonlocal tried
        tried += 1
        TARGETS[name](content)

    try:
        while time.monotonic() < end:
            _make_round(name, attempt)()
    finally:
        print(f"{name}: {tried} inputs by hypothesis in {seconds} s")
    return 0


def _make_round(name: str, attempt: Callable[[bytes], None]) -> Callable[[], None]:
    from tests.fuzz.strategies import STRATEGIES  # noqa: PLC0415, after atheris had its say

    relaxed = settings(
        max_examples=_EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    return seed(random.getrandbits(64))(relaxed(given(STRATEGIES[name])(attempt)))


def _run_atheris(name: str, seconds: int) -> int:
    import atheris  # noqa: PLC0415

    with atheris.instrument_imports(include=["analysis"]):
        from tests.fuzz.targets import TARGETS  # noqa: PLC0415
    with tempfile.TemporaryDirectory() as folder:
        _make_round(name, lambda content: _keep(Path(folder), content))()
        arguments = [
            sys.argv[0], folder, f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=30",
            "-rss_limit_mb=3000", "-print_final_stats=1",
        ]  # fmt: skip
        atheris.Setup(arguments, TARGETS[name])
        atheris.Fuzz()
    return 0


def _keep(folder: Path, content: bytes) -> None:
    """Keep an input as one of those that atheris starts from."""
    (folder / f"{len(list(folder.iterdir())):04d}").write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
