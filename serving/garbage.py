"""Garbage: full collections come when we say, not in the middle of a reader's run.

A full collection walks through all that is kept and stops everybody for as long: half a second once the
caches are full. Python starts one whenever enough has been made, with many readers every few seconds.
"""

from __future__ import annotations

import asyncio
import gc

#: A count of collections that is never reached.
_NEVER = 2**31 - 1


def stop_full_collections() -> None:
    """Let Python collect what is young by itself, and what is old only when `gc.collect` is called."""
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)


def set_aside() -> None:
    """Let no later collection walk again through what is there now, which stays for good."""
    gc.collect()
    gc.freeze()


async def sweep(seconds: float) -> None:
    """Collect what cycles leave behind, again and again, until cancelled.

    Args:
        seconds: Pause before each collection.
    """
    while True:
        await asyncio.sleep(seconds)
        await asyncio.to_thread(gc.collect)
