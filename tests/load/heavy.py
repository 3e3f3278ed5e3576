"""A page of a paper that is much work: the seeds, again and again."""

from __future__ import annotations

from tests.load.server import ROOT


def make_heavy_page(megabytes: float) -> bytes:
    """Make a text of about so many megabytes (UTF-8) out of the seeds; the last round may go beyond it."""
    pages = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    once = b"\n\n".join(pages) + b"\n\n"
    return once * max(1, round(megabytes * 1e6 / len(once)))
