"""The line of runs: only so many at once, none held up by who leaves, takes long or computes ahead."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.runs import queue_runs
from serving.sessions import OWN_READER


def _wish() -> dict:
    wish = BackMsg()
    wish.rerun_script.query_string = ""
    return {"type": "websocket.receive", "bytes": wish.SerializeToString()}


def _end(status=ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY) -> dict:
    return {"type": "websocket.send", "bytes": ForwardMsg(script_finished=status).SerializeToString()}


class _Place:
    """One server with readers in line; `running` holds the names of those whose run is under way."""

    def __init__(self, most: int, patience: float = 60) -> None:
        self.running: list[str] = []
        self.ends: dict[str, asyncio.Queue] = {}
        self.inbox: dict[str, asyncio.Queue] = {}
        self.app = queue_runs(self._serve, most=most, patience=patience)
        self.tasks: dict[str, asyncio.Task] = {}
        self.changed = asyncio.Event()

    async def _serve(self, scope, receive, send):
        name = scope["name"]
        while (await receive())["type"] != "websocket.disconnect":
            self.running.append(name)
            self.changed.set()
            await send(await self.ends[name].get())
            self.running.remove(name)

    async def _drop(self, message):
        pass

    async def come(self, name: str, *, is_own: bool = False) -> None:
        self.ends[name], self.inbox[name] = asyncio.Queue(), asyncio.Queue()
        self.inbox[name].put_nowait(_wish())
        scope = {"type": "websocket", "name": name, "extensions": {OWN_READER: {}} if is_own else {}}
        self.tasks[name] = asyncio.create_task(self.app(scope, self.inbox[name].get, self._drop))
        await self.settle()

    async def end(self, name: str, message: dict | None = None) -> None:
        self.ends[name].put_nowait(message or _end())
        await self.settle()

    async def say(self, name: str, message: dict) -> None:
        self.inbox[name].put_nowait(message)
        await self.settle()

    async def wait_for(self, running: list[str]) -> None:
        async with asyncio.timeout(10):
            while self.running != running:
                self.changed.clear()
                await self.changed.wait()

    @staticmethod
    async def settle() -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    async def close(self) -> None:
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


def _play(most: int, story, patience: float = 60) -> None:
    async def play():
        place = _Place(most, patience)
        try:
            await story(place)
        finally:
            await place.close()

    asyncio.run(play())


def test_runs_wait_in_line():
    async def story(place):
        for name in "abcd":
            await place.come(name)
        assert place.running == ["a", "b"]
        await place.end("b")
        assert place.running == ["a", "c"]
        await place.end("a")
        await place.end("c")
        assert place.running == ["d"]

    _play(2, story)


def test_a_reader_of_our_own_waits_until_nobody_else_runs():
    async def story(place):
        await place.come("a")
        await place.come("own", is_own=True)
        await place.come("b")
        await place.end("a")
        assert place.running == ["b"]
        await place.end("b")
        assert place.running == ["own"]
        await place.come("c")
        assert place.running == ["own", "c"]

    _play(2, story)


def test_a_run_that_begins_anew_keeps_its_place():
    async def story(place):
        await place.come("a")
        await place.come("b")
        await place.end("a", _end(ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN))
        assert place.running == []
        await place.say("a", _wish())
        assert place.running == ["a"]
        await place.end("a")
        assert place.running == ["b"]

    _play(1, story)


@pytest.mark.parametrize("gone", ["waiting", "running"])
def test_who_leaves_holds_nobody_up(gone):
    async def story(place):
        for name in "abc":
            await place.come(name)
        if gone == "waiting":
            await place.say("b", {"type": "websocket.disconnect"})
            await place.end("a")
            assert place.tasks["b"].done()
        else:
            place.tasks["a"].cancel()
            await place.settle()
            await place.end("b")
        assert place.running[-1] == "c"
        assert "b" not in place.running

    _play(1, story)


def test_who_is_cut_off_while_waiting_holds_nobody_up():
    async def story(place):
        for name in "abc":
            await place.come(name)
        place.tasks["b"].cancel()
        await place.settle()
        await place.end("a")
        assert place.running == ["c"]

    _play(1, story)


def test_a_long_run_holds_nobody_up():
    async def story(place):
        await place.come("a")
        await place.come("b")
        await place.wait_for(["a", "b"])
        await place.come("c")
        await place.end("a")
        await place.wait_for(["b", "c"])

    _play(1, story, patience=0.01)


def test_messages_of_the_waiting_come_in_their_order():
    async def story(place):
        await place.come("a")
        await place.come("b")
        other = {"type": "websocket.receive", "bytes": b"\xff\xff"}
        await place.say("b", other)
        await place.say("b", {"type": "websocket.disconnect"})
        await place.end("a")
        assert place.tasks["b"].done()

    _play(1, story)
