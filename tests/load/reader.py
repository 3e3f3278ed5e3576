"""One reader: a real session over a WebSocket that speaks Streamlit's messages, as a browser does."""

from __future__ import annotations

import asyncio
import urllib.parse
import urllib.request
import uuid
from typing import NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

_PATIENCE = 120
_AGAIN = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


class FaultError(RuntimeError):
    """The app showed an exception, or the server refused."""


class Choice(NamedTuple):
    """A multiselect of the page: its id and what can be chosen."""

    id: str
    options: tuple[str, ...]


class Reader:
    """A session; use it as `async with Reader(address) as reader`.

    Attributes:
        pages: Path of each page of the app -> the mark that Streamlit knows it by.
        choices: Key of each multiselect seen -> the choice.
        uploaders: Key of each file uploader seen -> its id.
        buttons: Key of each button seen -> its id.
        cookie: What a proxy in front of several servers knows the reader's server by; "" without one.
    """

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._states: dict[str, WidgetState] = {}
        self._page = self._query = ""
        self._session = ""
        self._socket: websockets.ClientConnection | None = None
        self.pages: dict[str, str] = {}
        self.choices: dict[str, Choice] = {}
        self.uploaders: dict[str, str] = {}
        self.buttons: dict[str, str] = {}
        self.cookie = ""

    async def __aenter__(self) -> Reader:
        if self._socket is not None:
            return self
        socket = f"ws{self._address.removeprefix('http')}/_stcore/stream"
        self._socket = await websockets.connect(
            socket, subprotocols=["streamlit"], max_size=None, open_timeout=_PATIENCE, ping_interval=None
        )
        cookies = self._socket.response.headers.get_all("Set-Cookie")
        self.cookie = "; ".join(cookie.partition(";")[0] for cookie in cookies)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def open(self, page: str = "", query: str = "") -> None:
        """Open a page by its path, the first one when empty, and wait until it is there."""
        self._page, self._query = self.pages[page] if page else "", query
        await self._run()

    async def choose(self, key: str, options: list[str]) -> None:
        """Choose in a multiselect and wait for the page."""
        state = WidgetState(id=self.choices[key].id)
        state.string_array_value.data.extend(options)
        self._states[key] = state
        await self._run()

    async def press(self, key: str) -> None:
        """Press a button and wait for the page."""
        await self._run(WidgetState(id=self.buttons[key], trigger_value=True))

    async def upload(self, key: str, name: str, content: bytes) -> None:
        """Upload a file as a browser does, and wait until the page has dealt with it."""
        place = (await self.ask_for_places([name]))[0]
        await asyncio.to_thread(_put, self._address, self.cookie, place.upload_url, name, content)
        state = WidgetState(id=self.uploaders[key])
        info = state.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(content), file_id=place.file_id
        )
        info.file_urls.CopyFrom(place)
        self._states[key] = state
        await self._run()

    async def ask_for_places(self, names: list[str]) -> list[FileURLs]:
        """Ask where files of these names may be uploaded to."""
        wish = BackMsg()
        wish.file_urls_request.request_id = uuid.uuid4().hex
        wish.file_urls_request.session_id = self._session
        wish.file_urls_request.file_names.extend(names)
        await self._socket.send(wish.SerializeToString())
        while (said := await self._hear()).WhichOneof("type") != "file_urls_response":
            pass
        return list(said.file_urls_response.file_urls)

    async def _run(self, *pressed: WidgetState) -> None:
        wish = BackMsg()
        wish.rerun_script.page_script_hash = self._page
        wish.rerun_script.query_string = self._query
        wish.rerun_script.widget_states.widgets.extend((*self._states.values(), *pressed))
        wish.rerun_script.context_info.locale = "zh-CN"
        wish.rerun_script.context_info.url = self._address
        await self._socket.send(wish.SerializeToString())
        while True:
            said = await self._hear()
            if said.WhichOneof("type") == "script_finished" and said.script_finished != _AGAIN:
                return

    async def _hear(self) -> ForwardMsg:
        said = ForwardMsg.FromString(await asyncio.wait_for(self._socket.recv(), _PATIENCE))
        match said.WhichOneof("type"):
            case "new_session":
                self._session = said.new_session.initialize.session_id
            case "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in said.navigation.app_pages}
            case "delta" if said.delta.WhichOneof("type") == "new_element":
                self._see(said.delta.new_element)
        return said

    def _see(self, element: object) -> None:
        match element.WhichOneof("type"):
            case "multiselect":
                found = element.multiselect
                self.choices[_read_key(found.id)] = Choice(found.id, tuple(found.options))
            case "file_uploader":
                self.uploaders[_read_key(element.file_uploader.id)] = element.file_uploader.id
            case "button":
                self.buttons[_read_key(element.button.id)] = element.button.id
            case "exception":
                raise FaultError(element.exception.message)


def _read_key(element_id: str) -> str:
    """Read the key that the app gave an element: what stands behind `$$ID-` and a hash.

    Example:
        >>> _read_key("$$ID-0123abcd-own_upload")
        'own_upload'
    """
    return element_id.split("-", 2)[-1]


def _put(address: str, cookie: str, path: str, name: str, content: bytes) -> None:
    health = urllib.request.Request(f"{address}/_stcore/health", headers={"Cookie": cookie})
    with urllib.request.urlopen(health) as answer:
        token = answer.headers["Set-Cookie"].split(";")[0]
    line = uuid.uuid4().hex
    quoted = urllib.parse.quote(name)
    head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n\r\n'
    body = head.encode("ascii") + content + f"\r\n--{line}--\r\n".encode("ascii")
    request = urllib.request.Request(
        urllib.parse.urljoin(f"{address}/", path.lstrip("/")),
        data=body,
        method="PUT",
        headers={
            "Content-Type": f"multipart/form-data; boundary={line}",
            "Cookie": f"{cookie}; {token}" if cookie else token,
            "X-Xsrftoken": token.partition("=")[2],
        },
    )
    with urllib.request.urlopen(request) as answer:
        if answer.status not in (200, 204):
            raise FaultError(f"{name}: the upload was answered with {answer.status}")
