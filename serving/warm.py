"""A first reader of our own: every page is computed once before anybody comes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from starlette.types import ASGIApp, Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


async def visit_pages(app: ASGIApp, *, host: str, base: str = "", seconds: float = 120) -> int:
    """Open every page of a Streamlit app once, in its own process and over no network.

    Args:
        app: The app; its runtime must have started.
        host: A host name that the app answers to.
        base: Path that the app stands under, as `server.baseUrlPath` says it.
        seconds: How long a page may take.

    Returns:
        Number of pages computed.

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
        pages = await asyncio.wait_for(_open(to_app, from_app, ""), seconds)
        for page in pages[1:]:
            await asyncio.wait_for(_open(to_app, from_app, page), seconds)
    finally:
        to_app.put_nowait({"type": "websocket.disconnect", "code": 1000})
        with contextlib.suppress(Exception):
            await asyncio.wait_for(reader, seconds)
    return len(pages)


async def _open(to_app: asyncio.Queue, from_app: asyncio.Queue, page: str) -> list[str]:
    """Open one page (the first when empty) and wait until it is computed; gives the marks of all pages."""
    wish = BackMsg()
    wish.rerun_script.page_script_hash = page
    to_app.put_nowait({"type": "websocket.receive", "bytes": wish.SerializeToString()})
    pages: list[str] = []
    while True:
        message = await from_app.get()
        if message["type"] == "websocket.close":
            raise ConnectionError("the app closed the connection of its first reader")
        for said in _read(message):
            if said.HasField("navigation"):
                pages = [each.page_script_hash for each in said.navigation.app_pages]
            if said.WhichOneof("type") == "script_finished":
                return pages


def _read(message: Message) -> Iterator[ForwardMsg]:
    if content := message.get("bytes"):
        yield ForwardMsg.FromString(content)
