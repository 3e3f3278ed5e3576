"""Faults on purpose: `python -m tests.faults kill --times N`. A few of them are in the suite."""
