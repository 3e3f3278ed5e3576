"""Bring faults about on purpose, many times, and say in a line what came of it.

python -m tests.faults kill --times 200      builds killed at random moments
python -m tests.faults full --times 50       disks with too little room (takes root)
python -m tests.faults locked --times 1      a store that cannot be written to (takes root)
python -m tests.faults clock --times 20      a clock that goes back
python -m tests.faults bits --times 500      files changed by a bit, or cut short
python -m tests.faults together --times 30   two builds into one store
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

_FAULTS = {
    "kill": ("kills", "kill_builds", 200),
    "full": ("disks", "fill_disks", 50),
    "locked": ("disks", "read_locked", 1),
    "clock": ("clocks", "turn_back", 20),
    "bits": ("bits", "spoil_files", 500),
    "together": ("together", "build_together", 30),
}


def main() -> int:
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description=__doc__, formatter_class=plain
    )
    parser.add_argument("name", choices=list(_FAULTS), help="the fault")
    parser.add_argument("--times", type=int, help="how often")
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance (default: 1)")
    options = parser.parse_args()
    module, function, times = _FAULTS[options.name]
    bring_about = getattr(import_module(f"tests.faults.{module}"), function)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        report = bring_about(Path(folder), options.times or times, seed=options.seed)
    print(f"{report.line}; {len(report.faults)} faults ({time.perf_counter() - start:.0f} s)")
    for fault in report.faults:
        print(fault)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
