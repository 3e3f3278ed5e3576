"""Licences: what is free beside MIT, what is not, and that the list in docs is whole."""

import re
import runpy
from email.message import Message
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parent.parent
_TOOL = runpy.run_path(str(ROOT / "tools" / "list_licences.py"))
judge_licence, list_packages, read_licence = (
    _TOOL[name] for name in ("judge_licence", "list_packages", "read_licence")
)


@pytest.mark.parametrize(
    ("verdict", "licence"),
    [
        ("free", "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0"),
        ("free", "Apache-2.0 OR BSD-2-Clause"),
        ("free", "Mozilla Public License 2.0 (MPL 2.0)"),
        ("free", "Apache-2.0 WITH LLVM-exception"),
        ("free", "GPL-3.0-only OR MIT"),
        ("free", "(MIT OR GPL-2.0-only) AND BSD-3-Clause"),
        ("forbids", "(MIT OR ISC) AND GPL-2.0-only"),
        ("forbids", "MIT AND AGPL-3.0-or-later"),
        ("forbids", "GNU Affero General Public License v3"),
        ("forbids", "GNU General Public License v2 or later (GPLv2+)"),
        ("forbids", "LGPL-2.1-or-later"),
        ("forbids", "GPL-3.0-only OR AGPL-3.0-only"),
        ("unknown", ""),
        ("unknown", "Copyright 2020 somebody"),
        ("unknown", "MIT AND LicenseRef-Own"),
        ("unknown", "SUBMIT"),
    ],
)  # fmt: skip
def test_licence_is_judged(verdict, licence):
    assert judge_licence(licence) == verdict


@given(st.lists(st.sampled_from(["MIT", "GPL-3.0-only", "Own", "(", ")", "AND", "OR"])).map(" ".join))
def test_any_text_gets_a_verdict(licence):
    assert judge_licence(licence) in {"free", "forbids", "unknown"}
    if "GPL" in licence and not re.search("OR|MIT", licence):
        assert judge_licence(licence) == "forbids"


class _Package:
    def __init__(self, *fields):
        self.metadata = Message()
        for name, value in fields:
            self.metadata[name] = value


@pytest.mark.parametrize(
    ("licence", "fields"),
    [
        ("MIT", [("License-Expression", "MIT"), ("License", "x")]),
        ("BSD License", [("Classifier", "License :: OSI Approved :: BSD License"), ("License", "long text")]),
        ("ISC AND MIT", [("Classifier", "License :: MIT"), ("Classifier", "License :: ISC")]),
        ("MIT", [("Classifier", "License :: OSI Approved"), ("License", "MIT")]),
        ("", [("License", "UNKNOWN")]),
        ("", []),
    ],
)
def test_licence_is_read_from_where_it_stands(licence, fields):
    assert read_licence(_Package(*fields)) == licence


def _requirements() -> list[str]:
    return (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()


def test_no_dependency_forbids_mit():
    packages = list_packages(_requirements())
    assert len(packages) > len(_requirements())
    assert not [package for package in packages if package.verdict != "free"]


def test_a_package_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"^no-such-package-of-ours: not installed"):
        list_packages(["no-such-package-of-ours==1"])


def test_document_lists_every_library_of_ours_with_its_licence():
    rows = re.findall(
        r"^\| (\S+) \| \S+ \| (.+) \|$", (ROOT / "docs" / "licences.md").read_text("utf-8"), re.M
    )
    listed = dict(rows[1:])
    ours = {re.split("[~=<>!\\[ ]", line)[0].lower() for line in _requirements() if line}
    assert not sorted(ours - listed.keys())
    assert len(listed) > len(ours)
    assert {judge_licence(licence) for licence in listed.values()} == {"free"}
