"""List the licences of everything that the app installs, and stop at one that forbids MIT use.

    python tools/list_licences.py            # the table; exit status 1 when a licence forbids or is unknown
    python tools/list_licences.py --write    # the same, as docs/licences.md

It reads what is installed here: requirements.txt and all that it draws in on this machine.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "licences.md"
#: Licences under which our code may be MIT, as metadata calls them.
_FREE = re.compile(
    r"\b(?:MIT|Expat|0?BSD|Apache|PSF|Python Software Foundation|Python-2\.0|ISC|Zlib|HPND|CC0-1\.0|Unlicense"
    r"|BSL-1\.0|MPL-2\.0|Mozilla Public License 2\.0|OFL-1\.1|Unicode-3\.0)\b",
    re.IGNORECASE,
)
#: Licences that could reach our own code. The lesser GPL stands here, too: a person should look at it.
_FORBIDDING = re.compile(
    r"\b(?:A|L)?GPL|Affero|General Public|SSPL|BUSL|Commons Clause|proprietary", re.IGNORECASE
)
_JOINT = re.compile(r"\s+(AND|OR)\s+|([()])")
_HEAD = """# Licences of the dependencies

Made by `python tools/list_licences.py --write`: what requirements.txt installs and all that it draws in, with
the licence that each package names in its metadata. The script ends with status 1 when one of them forbids
that our code is under the MIT licence, or says nothing. Versions are those of the day on which the list was
made. Libraries that a wheel carries inside are named in the licence files of that wheel, not here.

"""


class LicenceError(ValueError):
    """A package that requirements name is not installed."""


class Package(NamedTuple):
    """An installed package: what it is called, its licence as it says itself, and what we make of it.

    Attributes:
        verdict: free (our code may be MIT), forbids, or unknown.
    """

    name: str
    version: str
    licence: str
    verdict: str


def list_packages(requirements: Iterable[str]) -> list[Package]:
    """List the packages that requirements draw in on this machine, with all that those need.

    Args:
        requirements: Lines of a requirements file; comments and options are passed over.

    Returns:
        The packages, by name.

    Raises:
        LicenceError: A package is not installed.
    """
    left = [Requirement(line) for line in requirements if re.match(r"\s*\w", line)]
    found: dict[str, Package] = {}
    while left:
        wanted = left.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        try:
            package = distribution(wanted.name)
        except PackageNotFoundError:
            raise LicenceError(f"{wanted.name}: not installed; run pip install -r requirements.txt") from None
        licence = read_licence(package)
        found[name] = Package(name, package.version, licence, judge_licence(licence))
        left += _read_needs(package, wanted.extras)
    return [found[name] for name in sorted(found)]


def read_licence(package: Distribution) -> str:
    """Read what a package says of its licence.

    In this order: the expression of today's metadata; the classifiers; the first line of the old free text.
    "" when it says nothing.
    """
    about = package.metadata
    if expression := about.get("License-Expression"):
        return expression
    classified = [
        value.rsplit("::", 1)[-1].strip()
        for value in about.get_all("Classifier", [])
        if value.startswith("License ::") and not value.endswith("OSI Approved")
    ]
    if classified:
        return " AND ".join(sorted(set(classified)))
    text = (about.get("License") or "").strip()
    return "" if text.upper() == "UNKNOWN" else text.partition("\n")[0].strip()


def judge_licence(licence: str) -> str:
    """Tell whether our code may be MIT beside code of a licence: free, forbids or unknown.

    Every part joined by AND must be free, of parts joined by OR one is enough. What we do not know is
    unknown, never free.

    Example:
        >>> [judge_licence(each) for each in ("MIT", "GPL-3.0-only OR MIT", "MIT AND AGPL-3.0-only", "")]
        ['free', 'free', 'forbids', 'unknown']
    """
    for joint, better in (("OR", ("free", "unknown", "forbids")), ("AND", ("forbids", "unknown", "free"))):
        parts = _split_at(licence, joint)
        if len(parts) > 1:
            verdicts = [judge_licence(part) for part in parts]
            return next(each for each in better if each in verdicts)
    bare = licence.strip()
    if bare.startswith("(") and bare.endswith(")"):
        return judge_licence(bare[1:-1])
    if _FORBIDDING.search(bare):
        return "forbids"
    return "free" if _FREE.search(bare) else "unknown"


def format_packages(packages: Iterable[Package]) -> str:
    """Format packages as the rows of a Markdown table."""
    rows = [f"| {each.name} | {each.version} | {each.licence or '–'} |" for each in packages]
    return "\n".join(["| package | version | licence |", "|---|---|---|", *rows])


def _split_at(licence: str, joint: str) -> list[str]:
    """Split where a joint stands outside of all brackets."""
    parts, depth, begun = [], 0, 0
    for found in _JOINT.finditer(licence):
        depth += {"(": 1, ")": -1}.get(found[2], 0)
        if found[1] == joint and depth == 0:
            parts.append(licence[begun : found.start()])
            begun = found.end()
    return [*parts, licence[begun:]]


def _read_needs(package: Distribution, extras: Iterable[str]) -> list[Requirement]:
    needs = [Requirement(line) for line in package.requires or []]
    return [
        need
        for need in needs
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


def main() -> int:
    """Print the table; the exit status is 1 when a licence forbids MIT use or is unknown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write docs/licences.md")
    options = parser.parse_args()
    packages = list_packages((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines())
    table = format_packages(packages)
    if options.write:
        DOCUMENT.write_text(_HEAD + table + "\n", encoding="utf-8")
    else:
        print(table)
    wrong = [each for each in packages if each.verdict != "free"]
    for each in wrong:
        print(
            f"{each.name} {each.version}: {each.licence or 'says no licence'} ({each.verdict})",
            file=sys.stderr,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
