"""Many readers at once: each opens the app, thinks, changes a filter or the page, thinks again.

What is drawn: readers come evenly within the ramp. Each thinks for a time drawn from an exponential
distribution around the given mean, then acts: 4 times in 10 it opens a page, all of them equally likely
(which are the popular ones is not known), and 6 times in 10 it chooses in the filter of places or in that of
topics, both equally likely. What stands in the other filter stays, so that two are often set together, and
filters stay when the page changes. How much is chosen, evenly among all that can be, depends on the mix:

- people: one 7 times in 10, two together 1 time in 10, nothing (the filter is cleared) 2 times in 10;
- even: none, one and two together equally often, so that far more different filters are asked for.

Not drawn: dates, searches, tabs, slogans, papers; files of the page (scripts, styles) are not fetched.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable
from typing import NamedTuple

from tests.load.reader import Reader

#: Mix -> how often none, one and two are chosen.
MIXES = {"people": (2, 7, 1), "even": (1, 1, 1)}
_FILTERS = ("place", "topic")
_SHARE_OF_PAGES = 0.4


class Wait(NamedTuple):
    """What a reader waited for an answer: the action, its seconds, and seconds of the crowd before it."""

    action: str
    seconds: float
    begun: float


class Crowd:
    """What a crowd waited, while it is there and afterwards.

    Attributes:
        waits: One for each answer.
        faults: What went wrong, one for each reader that had to leave.
    """

    def __init__(self, address: str, *, think: float, mix: str = "people", seed: int = 1) -> None:
        self._address, self._think = address, think
        self._weights = MIXES[mix]
        self._chance = random.Random(seed)
        self._begun = time.monotonic()
        self.waits: list[Wait] = []
        self.faults: list[str] = []

    async def read(self, users: int, seconds: float, *, ramp: float | None = None) -> None:
        """Let readers come one after the other within `ramp` seconds, and read until the time is up."""
        ramp = min(20.0, users * 0.1) if ramp is None else ramp
        self._begun = time.monotonic()
        end = self._begun + ramp + seconds
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
            count = self._chance.choices(range(len(self._weights)), self._weights)[0]
            await self._wait(
                "filter", reader.choose(key, self._chance.sample(options, min(count, len(options))))
            )
        else:
            await self._wait("page", reader.open(self._chance.choice(list(reader.pages))))

    async def _wait(self, action: str, answer: Awaitable[None]) -> None:
        begun = time.monotonic()
        await answer
        self.waits.append(Wait(action, time.monotonic() - begun, begun - self._begun))
