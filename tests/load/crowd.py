"""Many readers at once: each opens the app, thinks, changes a filter or the page, thinks again."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable

from tests.load.reader import Reader

_FILTERS = ("place", "topic")
_SHARE_OF_PAGES = 0.4


class Crowd:
    """What a crowd waited, while it is there and afterwards.

    Attributes:
        waits: Action and seconds, one for each answer.
        faults: What went wrong, one for each reader that had to leave.
    """

    def __init__(self, address: str, *, think: float, seed: int = 1) -> None:
        self._address, self._think = address, think
        self._chance = random.Random(seed)
        self.waits: list[tuple[str, float]] = []
        self.faults: list[str] = []

    async def read(self, users: int, seconds: float, *, ramp: float | None = None) -> None:
        """Let readers come one after the other within `ramp` seconds, and read until the time is up."""
        ramp = min(20.0, users * 0.1) if ramp is None else ramp
        end = time.monotonic() + ramp + seconds
        await asyncio.gather(*(self._read_as_one(self._chance.random() * ramp, end) for _ in range(users)))

    async def _read_as_one(self, arrival: float, end: float) -> None:
        await asyncio.sleep(arrival)
        try:
            async with Reader(self._address) as reader:
                await self._wait("open", reader.open())
                while True:
                    pause = self._chance.expovariate(1 / self._think) if self._think else 0
                    if time.monotonic() + pause > end:
                        return
                    await asyncio.sleep(pause)
                    await self._act(reader)
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}")

    async def _act(self, reader: Reader) -> None:
        filters = [key for key in _FILTERS if key in reader.choices]
        if filters and self._chance.random() > _SHARE_OF_PAGES:
            key = self._chance.choice(filters)
            options = reader.choices[key].options
            chosen = self._chance.sample(options, min(self._chance.randint(0, 2), len(options)))
            await self._wait("filter", reader.choose(key, chosen))
        else:
            # The first page is the one without a path of its own.
            page = self._chance.choice([path for path in reader.pages if path])
            await self._wait("page", reader.open(page))

    async def _wait(self, action: str, answer: Awaitable[None]) -> None:
        begun = time.monotonic()
        await answer
        self.waits.append((action, time.monotonic() - begun))
