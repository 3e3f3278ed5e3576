"""Files that are much work: the pages of the seeds, again and again."""

from __future__ import annotations

import io
import zipfile

from tests.load.server import ROOT


def make_heavy_archive(megabytes: float) -> tuple[bytes, int]:
    """Make an archive of pages, about so many megabytes (UTF-8) unpacked.

    Each is one of the seeds with a line of its own at the end, because a page is not read twice.

    Returns:
        The archive, and the number of its pages.
    """
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    packed, size, number = io.BytesIO(), 0, 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        while size < megabytes * 1e6:
            page = f"{seeds[number % len(seeds)].rstrip()}\n第{number}份\n".encode()
            archive.writestr(f"page-{number:04}.txt", page)
            size, number = size + len(page), number + 1
    return packed.getvalue(), number
