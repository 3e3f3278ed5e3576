"""Tests of `analysis.shelves`."""
