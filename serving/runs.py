"""Turns: only a few pages are computed at once, the others wait in line.

Python computes one thing at a time. Forty pages computed at once do not merely take forty times as long: the
threads fight for the interpreter, and all of them finish late. In line, each is done as fast as alone.
"""

from __future__ import annotations

import asyncio
from collections import deque

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.sessions import OWN_READER

#: The message that ends a run is short; longer ones need not be looked into.
_SHORT = 512
#: Messages of one reader that are kept while it waits; what comes later stays in the network.
_MOST_KEPT = 64


def queue_runs(app: ASGIApp, *, most: int, patience: float) -> ASGIApp:
    """Wrap an app so that a run of the script waits until fewer than `most` others are under way.

    A run of a reader of our own, who computes ahead, waits until none is.

    Args:
        app: The app.
        most: Runs at once.
        patience: Seconds after which a run that is still under way gives its place to others, so that heavy
            work of some readers cannot hold up all.
    """
    places = _Places(most)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await app(scope, receive, send)
            return
        line = _Line(places, receive, patience, waits_for_all=OWN_READER in scope.get("extensions", {}))

        async def send_watched(message: Message) -> None:
            await send(message)
            if _ends_run(message):
                line.give_back()

        try:
            await app(scope, line.receive, send_watched)
        finally:
            line.leave()

    return answer


class _Places:
    """Places for runs that are under way."""

    def __init__(self, most: int) -> None:
        self._free, self._n_taken = asyncio.Semaphore(most), 0
        self._all_free = asyncio.Event()

    async def take(self, *, when_all_free: bool) -> None:
        """Take a place as soon as there is one, or as soon as all are free."""
        while when_all_free and self._n_taken:
            self._all_free.clear()
            await self._all_free.wait()
        await self._free.acquire()
        self._n_taken += 1

    def release(self) -> None:
        """Give a place back."""
        self._free.release()
        self._n_taken -= 1
        if not self._n_taken:
            self._all_free.set()


class _Line:
    """One reader's place in line: at most one run of it counts."""

    def __init__(self, places: _Places, receive: Receive, patience: float, *, waits_for_all: bool) -> None:
        self._places, self._receive, self._patience = places, receive, patience
        self._waits_for_all = waits_for_all
        self._kept: deque[Message] = deque()
        self._reading: asyncio.Future | None = None
        self._timer: asyncio.TimerHandle | None = None

    async def receive(self) -> Message:
        """Give the reader's next message, a wish for a run only when it may begin."""
        message = self._kept.popleft() if self._kept else await self._read()
        if self._timer is None and _asks_for_run(message) and not await self._wait():
            return self._kept.pop()
        return message

    def give_back(self) -> None:
        """Free the place; harmless when there is none."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._places.release()

    def leave(self) -> None:
        """Free the place and stop reading: the reader has gone."""
        self.give_back()
        if self._reading is not None:
            self._reading.cancel()

    async def _read(self) -> Message:
        if self._reading is None:
            return await self._receive()
        message, self._reading = await self._reading, None
        return message

    async def _wait(self) -> bool:
        """Wait for a place; False when the reader left, whose last message is then the last kept."""
        place = asyncio.ensure_future(self._places.take(when_all_free=self._waits_for_all))
        here = False
        try:
            while not place.done():
                awaited = {place}
                if len(self._kept) < _MOST_KEPT:
                    self._reading = self._reading or asyncio.ensure_future(self._receive())
                    awaited.add(self._reading)
                await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
                if self._reading is not None and self._reading.done() and not place.done():
                    message, self._reading = self._reading.result(), None
                    self._kept.append(message)
                    if message["type"] == "websocket.disconnect":
                        return False
            here = True
        finally:
            if not here and not place.cancel() and not place.cancelled():
                self._places.release()
        self._timer = asyncio.get_running_loop().call_later(self._patience, self.give_back)
        return True


def _asks_for_run(message: Message) -> bool:
    content = message.get("bytes")
    if not content:
        return False
    try:
        return BackMsg.FromString(content).HasField("rerun_script")
    except DecodeError:
        return False


def _ends_run(message: Message) -> bool:
    content = message.get("bytes")
    if not content or len(content) > _SHORT:
        return False
    said = ForwardMsg.FromString(content)
    again = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
    return said.WhichOneof("type") == "script_finished" and said.script_finished != again
