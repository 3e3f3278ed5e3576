"""Work in other processes: small work stays, large work leaves, and a killed process is replaced."""

import io
import os
import signal
import sys
import zipfile

import pandas as pd
import pytest

from analysis.uploads import read_uploads, split_upload
from app_pages.parts import pool
from app_pages.parts.uploads import _split_apart, _weigh

PAGE = "本报讯（记者 王明）日前，县里召开会议，部署“一老一小”服务工作。\n".encode()


@pytest.fixture(autouse=True)
def fresh_pool():
    pool._pool.clear()
    yield
    pool._pool().shutdown(cancel_futures=True)
    pool._pool.clear()


def test_small_work_stays_and_large_work_leaves():
    assert pool.run_apart(0, os.getpid) == os.getpid()
    assert pool.run_apart(pool.SMALL, os.getpid) != os.getpid()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="has no such priorities")
def test_large_work_stands_back_once():
    ours = os.nice(0)
    assert [pool.run_apart(pool.SMALL, os.nice, 0) for _ in range(3)] == [max(ours, pool._NICENESS)] * 3
    assert os.nice(0) == ours


def test_an_archive_weighs_what_it_holds():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", PAGE * 5000)
        archive.writestr("b.txt", PAGE)
    content = packed.getvalue()
    assert len(content) < pool.SMALL < _weigh("a.zip", content) == 5001 * len(PAGE)
    assert _weigh("a.zip", content[:-30]) == len(content) - 30
    assert _weigh("a.txt", content) == len(content)
    assert _weigh("a.jsonl.gz", b"x" * 100) > 100


def test_a_fault_in_the_work_comes_back_as_it_is():
    with pytest.raises(ValueError, match="invalid literal"):
        pool.run_apart(pool.SMALL, int, "x")


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_a_killed_process_is_replaced():
    first = pool.run_apart(pool.SMALL, os.getpid)
    os.kill(first, signal.SIGKILL)
    assert pool.run_apart(pool.SMALL, os.getpid) not in (first, os.getpid())


def test_a_large_upload_is_split_as_a_small_one():
    large = [("2024-04-20_large.txt", PAGE * (pool.SMALL // len(PAGE) + 1))]
    plain, apart = read_uploads(large), read_uploads(large, split=_split_apart)
    for ours, theirs in zip(apart.files[0].split, plain.files[0].split, strict=True):
        pd.testing.assert_frame_equal(ours, theirs)
    assert split_upload(*large[0]).pages.equals(apart.files[0].split.pages)
