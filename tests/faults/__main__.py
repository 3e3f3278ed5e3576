"""Kill builds at random moments and say what was left: `python -m tests.faults kill --times 200`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.kills import kill_builds


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("name", choices=["kill"], help="the fault")
    parser.add_argument("--times", type=int, default=200, help="how often (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (default: 1)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_builds(Path(folder), options.times, seed=options.seed)
    print(f"{options.times} builds killed: old tables {outcome.old}, new tables {outcome.new}, ", end="")
    print(f"{len(outcome.faults)} faults")
    for fault in outcome.faults:
        print(fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
