"""A first reader of our own: what others will ask for is computed before, or while nobody asks."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from itertools import combinations, product
from typing import NamedTuple

from starlette.types import ASGIApp, Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.sessions import OWN_READER

_AGAIN = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
#: What the id of a widget of Streamlit consists of: a mark, a hash, and the key that the app gave.
_ID_PARTS = 3


class Visit(NamedTuple):
    """What a first reader saw: how many pages, and how many of them show an error."""

    pages: int
    faults: int


async def visit_pages(app: ASGIApp, *, host: str, base: str = "", seconds: float = 120) -> Visit:
    """Open every page of a Streamlit app once, in its own process and over no network.

    Args:
        app: The app; its runtime must have started.
        host: A host name that the app answers to.
        base: Path that the app stands under, as `server.baseUrlPath` says it.
        seconds: How long a page may take.

    Returns:
        How many pages there are, and how many of them show an error.

    Raises:
        TimeoutError: A page took too long.
        ConnectionError: The app closed the connection.
    """
    async with _visit(app, host, base, seconds) as visitor:
        await visitor.open("")
        for page in visitor.pages[1:]:
            await visitor.open(page)
        return Visit(len(visitor.pages), visitor.faults)


async def visit_choices(
    app: ASGIApp, *, host: str, base: str = "", keys: tuple[str, ...], seconds: float = 600
) -> int:
    """Open every page with each choice in one of some filters, then with each pair of choices in two.

    `serving.runs` lets these pages wait until no other is asked for.

    Args:
        app: As for `visit_pages`.
        host: As for `visit_pages`.
        base: As for `visit_pages`.
        keys: Keys of the filters, which stand on every page.
        seconds: When to stop, whatever is left; no single page takes longer.

    Returns:
        How many pages were computed.

    Raises:
        TimeoutError: A page took too long.
        ConnectionError: The app closed the connection.
    """
    end, done = time.monotonic() + seconds, 0
    async with _visit(app, host, base, seconds) as visitor:
        await visitor.open("")
        choices = {key: visitor.choices[key][1] for key in keys if key in visitor.choices}
        for chosen in _list_choices(choices):
            for page in visitor.pages:
                if time.monotonic() > end:
                    return done
                await visitor.open(page, chosen)
                done += 1
    return done


def _list_choices(choices: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """List what can be chosen, one in one filter first, then one in each of two."""
    for n_filters in (1, 2):
        for keys in combinations(choices, n_filters):
            for options in product(*(choices[key] for key in keys)):
                yield dict(zip(keys, options, strict=True))


class _Visitor:
    """A session without a network.

    Attributes:
        pages: Marks of the pages, the first one first.
        choices: Key of each multiselect seen -> its id and what can be chosen.
        faults: Pages that showed an error.
    """

    def __init__(self, seconds: float) -> None:
        self.to_app: asyncio.Queue[Message] = asyncio.Queue()
        self.from_app: asyncio.Queue[Message] = asyncio.Queue()
        self.pages: list[str] = []
        self.choices: dict[str, tuple[str, list[str]]] = {}
        self.faults = 0
        self._seconds = seconds

    async def open(self, page: str, chosen: dict[str, str] | None = None) -> None:
        """Open a page (the first when empty) with a choice for some filters, and wait until it is there."""
        wish = BackMsg()
        wish.rerun_script.page_script_hash = page
        for key, option in (chosen or {}).items():
            state = wish.rerun_script.widget_states.widgets.add(id=self.choices[key][0])
            state.string_array_value.data.append(option)
        self.to_app.put_nowait({"type": "websocket.receive", "bytes": wish.SerializeToString()})
        self.faults += await asyncio.wait_for(self._wait(), self._seconds)

    async def _wait(self) -> bool:
        """Hear what the app says until the page is there; tells whether it shows an error."""
        faulty = False
        while True:
            message = await self.from_app.get()
            if message["type"] == "websocket.close":
                raise ConnectionError("the app closed the connection of its first reader")
            said = ForwardMsg.FromString(message.get("bytes") or b"")
            match said.WhichOneof("type"):
                case "navigation":
                    self.pages = [each.page_script_hash for each in said.navigation.app_pages]
                case "delta":
                    faulty |= self._see(said.delta.new_element)
                case "script_finished" if said.script_finished != _AGAIN:
                    return faulty

    def _see(self, element: object) -> bool:
        if element.WhichOneof("type") == "multiselect":
            found = element.multiselect
            parts = found.id.split("-", _ID_PARTS - 1)
            self.choices[parts[-1]] = found.id, list(found.options)
        return element.WhichOneof("type") == "exception"


@contextlib.asynccontextmanager
async def _visit(app: ASGIApp, host: str, base: str, seconds: float) -> AsyncIterator[_Visitor]:
    """Connect to the app as a browser does, and leave it at the end."""
    visitor = _Visitor(seconds)
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": f"{'/' + base.strip('/') if base.strip('/') else ''}/_stcore/stream",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", host.encode("idna"))],
        "subprotocols": ["streamlit"],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "extensions": {OWN_READER: {}},
        "state": {},
    }
    reader = asyncio.ensure_future(app(scope, visitor.to_app.get, visitor.from_app.put))
    # An app that ends, for whatever reason, says nothing more.
    reader.add_done_callback(lambda _: visitor.from_app.put_nowait({"type": "websocket.close"}))
    visitor.to_app.put_nowait({"type": "websocket.connect"})
    try:
        yield visitor
    finally:
        visitor.to_app.put_nowait({"type": "websocket.disconnect", "code": 1000})
        with contextlib.suppress(Exception):
            await asyncio.wait_for(reader, seconds)
