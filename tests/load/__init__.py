"""Readers as a program: many real sessions against the app, and what they had to wait.

Run with `python -m tests.load readers|sessions|upload`. pytest runs only the small tests of it.
"""
