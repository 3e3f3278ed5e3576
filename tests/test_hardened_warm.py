"""What a shared server computes ahead: each page with each single choice, and no longer than it may."""

import asyncio
import itertools
from types import SimpleNamespace

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.warm import visit_choices, visit_pages

PAGES = ["first", "second"]
CHOICES = {"place": ["宁海县", "建德市"], "topic": ["经济"]}


def make_app(asked: list, *, fault_on: str = "", closes: bool = False):
    """An app of two pages and two filters that writes down what it is asked for."""

    async def app(scope, receive, send):
        async def say(**parts) -> None:
            message = ForwardMsg(**parts)
            await send({"type": "websocket.send", "bytes": message.SerializeToString()})

        while (message := await receive())["type"] != "websocket.disconnect":
            if message["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})
                continue
            if closes:
                await send({"type": "websocket.close", "code": 1000})
                return
            wish = BackMsg.FromString(message["bytes"]).rerun_script
            chosen = {
                state.id.rsplit("-", 1)[-1]: list(state.string_array_value.data)
                for state in wish.widget_states.widgets
            }
            asked.append((wish.page_script_hash, chosen))
            shown = ForwardMsg()
            for page in PAGES:
                shown.navigation.app_pages.add(page_script_hash=page)
            await send({"type": "websocket.send", "bytes": shown.SerializeToString()})
            for key, options in CHOICES.items():
                shown = ForwardMsg()
                shown.delta.new_element.multiselect.id = f"$$ID-0f-{key}"
                shown.delta.new_element.multiselect.options.extend(options)
                await send({"type": "websocket.send", "bytes": shown.SerializeToString()})
            if fault_on and wish.page_script_hash == fault_on:
                shown = ForwardMsg()
                shown.delta.new_element.exception.message = "broken"
                await send({"type": "websocket.send", "bytes": shown.SerializeToString()})
            await say(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)

    return app


def test_each_page_is_opened_with_single_choices_then_with_pairs():
    asked = []
    done = asyncio.run(visit_choices(make_app(asked), host="localhost", keys=("place", "topic")))
    one, other, topic = {"place": ["宁海县"]}, {"place": ["建德市"]}, {"topic": ["经济"]}
    chosen = [one, other, topic, one | topic, other | topic]
    assert asked == [("", {}), *((page, each) for each in chosen for page in PAGES)]
    assert done == len(asked) - 1


def test_no_page_is_opened_once_the_time_is_up(monkeypatch):
    asked = []
    monkeypatch.setattr("serving.warm.time", SimpleNamespace(monotonic=itertools.count().__next__))
    assert asyncio.run(visit_choices(make_app(asked), host="localhost", keys=("place",), seconds=1)) == 1
    assert len(asked) == 2


def test_pages_with_an_error_are_counted():
    seen = asyncio.run(visit_pages(make_app([], fault_on="second"), host="localhost"))
    assert (seen.pages, seen.faults) == (2, 1)


def test_an_app_that_breaks_down_is_told():
    async def app(scope, receive, send):
        raise RuntimeError("broken")

    with pytest.raises(ConnectionError):
        asyncio.run(visit_pages(app, host="localhost"))


def test_an_app_that_closes_is_told():
    with pytest.raises(ConnectionError):
        asyncio.run(visit_pages(make_app([], closes=True), host="localhost"))
