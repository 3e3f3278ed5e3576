"""Searching: articles and lines that hold what a reader seeks, texts read as they are needed."""
