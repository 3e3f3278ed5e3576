"""What a shared server does about garbage: everything old stays unwalked until it is told to look."""

import asyncio
import gc
import weakref

import pytest

from serving.garbage import set_aside, stop_full_collections, sweep


class _Knot:
    def __init__(self):
        self.self = self


@pytest.fixture(autouse=True)
def collector():
    """The collector as it was."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_no_full_collection_comes_by_itself():
    stop_full_collections()
    seen = []
    watch = lambda phase, info: seen.append(info["generation"])  # noqa: E731
    gc.callbacks.append(watch)
    kept = [[number] for number in range(500_000)]
    gc.callbacks.remove(watch)
    assert len(kept) == 500_000
    assert set(seen) == {0, 1}


def test_what_is_set_aside_is_not_walked_through():
    kept = [[number] for number in range(1000)]
    set_aside()
    assert gc.get_freeze_count() > len(kept)
    assert not any(each is kept for each in gc.get_objects())


def test_the_sweep_takes_what_is_old_and_tied_to_itself():
    stop_full_collections()
    knot = _Knot()
    gone = weakref.ref(knot)
    gc.collect()
    del knot
    assert gone()

    async def sweep_until_gone():
        sweeping = asyncio.create_task(sweep(0))
        async with asyncio.timeout(20):
            while gone():
                await asyncio.sleep(0)
        sweeping.cancel()

    asyncio.run(sweep_until_gone())
    assert not gone()
