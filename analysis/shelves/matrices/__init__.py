"""Matrices: words, slogans and topics by article, and their sums over any selection."""
