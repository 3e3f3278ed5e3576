"""Bodies of requests: only where files are uploaded, and only as large as the operator allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.headers import refuse
from serving.limits import Limits

_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+$")
_MB = 1024 * 1024
#: What a multipart body is longer than its file.
_FRAMING = 64 * 1024
_DIGITS = 15
_CLOSE = ((b"connection", b"close"),)
_READING = ("GET", "HEAD", "OPTIONS")


class Held(NamedTuple):
    """Uploaded files in memory: those of one session, and all."""

    files: int
    size: int
    total: int


class _TooLargeError(Exception):
    """The body turned out larger than allowed while it was read."""


def limit_uploads(
    app: ASGIApp, *, limits: Limits, most_mb: int, count_held: Callable[[str], Held]
) -> ASGIApp:
    """Wrap an app so that bodies come only to the upload path and stay within bounds.

    What is refused gets 405 (no such thing here), 411 (size not said) or 413 (too large, too many).
    Uploads that are under way count with the size that they announced.

    Args:
        app: The app.
        limits: Bounds of a session and of the server.
        most_mb: Bound of one file.
        count_held: Tells what is held already, given the session id of the path.
    """
    coming: dict[str, list[int]] = {}

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _READING:
            await app(scope, receive, send)
            return
        found = _UPLOAD.search(scope["path"])
        if found is None or scope["method"] not in ("PUT", "DELETE"):
            await refuse(send, 405, "Method not allowed", headers=_CLOSE)
            return
        session, size = found["session"], _read_size(scope)
        if scope["method"] == "DELETE":
            await _pass_on(app, scope, receive, send, 0)
        elif size is None:
            await refuse(send, 411, "Say the size of the body", headers=_CLOSE)
        elif size > most_mb * _MB + _FRAMING or not _fits(size, count_held(session), coming, session, limits):
            await refuse(send, 413, "Too large or too many", headers=_CLOSE)
        else:
            coming.setdefault(session, []).append(size)
            try:
                await _pass_on(app, scope, receive, send, size)
            finally:
                coming[session].remove(size)
                if not coming[session]:
                    del coming[session]

    return answer


async def _pass_on(app: ASGIApp, scope: Scope, receive: Receive, send: Send, size: int) -> None:
    left, answered = size, False

    async def receive_counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise _TooLargeError
        return message

    async def send_seen(message: Message) -> None:
        nonlocal answered
        answered = True
        await send(message)

    try:
        await app(scope, receive_counted, send_seen)
    except _TooLargeError:
        if not answered:
            await refuse(send, 413, "Longer than it said", headers=_CLOSE)


def _fits(size: int, held: Held, coming: dict[str, list[int]], session: str, limits: Limits) -> bool:
    mine = coming.get(session, [])
    everyone = sum(map(sum, coming.values()))
    return (
        held.files + len(mine) < limits.session_files
        and held.size + sum(mine) + size <= limits.session_upload_mb * _MB + _FRAMING
        and held.total + everyone + size <= limits.total_upload_mb * _MB + _FRAMING
    )


def _read_size(scope: Scope) -> int | None:
    said = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(said[0]) if len(said) == 1 and said[0].isdigit() and len(said[0]) <= _DIGITS else None
