"""A first reader of our own: every page is computed once before anybody comes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import NamedTuple

from starlette.types import ASGIApp, Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_AGAIN = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


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
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()
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
        "extensions": {},
        "state": {},
    }
    reader = asyncio.ensure_future(app(scope, to_app.get, from_app.put))
    to_app.put_nowait({"type": "websocket.connect"})
    try:
        pages, faulty = await asyncio.wait_for(_open(to_app, from_app, ""), seconds)
        faults = int(faulty)
        for page in pages[1:]:
            _, faulty = await asyncio.wait_for(_open(to_app, from_app, page), seconds)
            faults += faulty
    finally:
        to_app.put_nowait({"type": "websocket.disconnect", "code": 1000})
        with contextlib.suppress(Exception):
            await asyncio.wait_for(reader, seconds)
    return Visit(len(pages), faults)


async def _open(to_app: asyncio.Queue, from_app: asyncio.Queue, page: str) -> tuple[list[str], bool]:
    """Open one page (the first when empty); gives the marks of all pages, and whether this shows an error."""
    wish = BackMsg()
    wish.rerun_script.page_script_hash = page
    to_app.put_nowait({"type": "websocket.receive", "bytes": wish.SerializeToString()})
    pages: list[str] = []
    faulty = False
    while True:
        message = await from_app.get()
        if message["type"] == "websocket.close":
            raise ConnectionError("the app closed the connection of its first reader")
        said = ForwardMsg.FromString(message.get("bytes") or b"")
        match said.WhichOneof("type"):
            case "navigation":
                pages = [each.page_script_hash for each in said.navigation.app_pages]
            case "delta":
                faulty |= said.delta.new_element.WhichOneof("type") == "exception"
            case "script_finished" if said.script_finished != _AGAIN:
                return pages, faulty
