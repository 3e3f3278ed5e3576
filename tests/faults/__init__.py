"""Faults on purpose: `python -m tests.faults --help`. A few of each are in the suite."""
