"""No more readers at once than the server can serve well; the next one is told so at once."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from serving.headers import refuse

#: Extension of a scope that marks a reader of our own (serving/warm.py); no network can set it.
OWN_READER = "tifa.own_reader"
_RETRY_SECONDS = 20
_FULL = """<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>503</title>
<body style="font-family: sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem">
{}
</body>
</html>
"""


def limit_sessions(app: ASGIApp, *, most: int, full_page: str) -> ASGIApp:
    """Wrap an app so that it serves a number of readers at once and refuses more.

    A reader is an open WebSocket; one of our own takes nobody's place. While the place is full, a page is
    answered with 503 and the words of `full_page`, which ask the browser to come again; those inside stay
    undisturbed.

    Args:
        app: The app.
        most: Readers at once.
        full_page: HTML that says that the place is full.
    """
    inside = 0

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal inside
        full = inside >= most
        if OWN_READER in scope.get("extensions", {}):
            await app(scope, receive, send)
        elif scope["type"] == "websocket":
            if full:
                await _turn_away(scope, receive, send)
                return
            inside += 1
            try:
                await app(scope, receive, send)
            finally:
                inside -= 1
        elif full and scope["type"] == "http" and _asks_for_page(scope):
            retry = b"%d" % _RETRY_SECONDS
            await refuse(
                send, 503, full_page, kind="text/html", headers=((b"retry-after", retry), (b"refresh", retry))
            )
        else:
            await app(scope, receive, send)

    return answer


def make_full_page(texts: dict[str, dict[str, str]]) -> str:
    """Make the page that says, in every language, that the place is full.

    Args:
        texts: Keys full_title and full_body -> language -> words.

    Returns:
        HTML without scripts.
    """
    sections = (
        f'<section lang="{code}"><h1>{title}</h1><p>{texts["full_body"][code]}</p></section>'
        for code, title in texts["full_title"].items()
    )
    return _FULL.format("\n".join(sections))


def _asks_for_page(scope: Scope) -> bool:
    accepted = b"".join(value for name, value in scope["headers"] if name == b"accept")
    return scope["method"] in ("GET", "HEAD") and b"text/html" in accepted


async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    if "websocket.http.response" in scope.get("extensions", {}):
        start = {
            "type": "websocket.http.response.start",
            "status": 503,
            "headers": [(b"retry-after", b"%d" % _RETRY_SECONDS)],
        }
        await send(start)
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close", "code": 1013})
