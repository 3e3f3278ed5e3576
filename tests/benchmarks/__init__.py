"""Measurements on a corpus of one's own: `python -m tests.benchmarks NAME SOURCE`. Not run by pytest."""
