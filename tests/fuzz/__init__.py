"""Bytes of any kind for what reads bytes: `python -m tests.fuzz readers --seconds 300`."""
