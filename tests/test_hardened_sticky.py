"""Which process answers a reader behind docs/nginx.conf: always the same one, unless it is down or full."""

import http.client
import http.server
import threading
import urllib.parse

import pytest

from tests.load.proxy import need_programs, run_open_proxy
from tests.load.server import find_port


class _Stub(http.server.BaseHTTPRequestHandler):
    """A process of the app, as far as the proxy sees it: says which one it is, or that it is full."""

    def do_GET(self):
        body = self.server.name.encode()
        self.send_response(503 if self.server.full else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self.do_GET()

    def log_message(self, *_):
        pass


def _start(name, port=0):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), _Stub)
    server.name, server.full = name, False
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def _stop(server):
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def ports():
    return [str(find_port()) for _ in range(2)]


@pytest.fixture(scope="module")
def proxy(ports):
    """The proxy in front of the two ports, whoever listens there: its address."""
    need_programs("nginx")
    with run_open_proxy(ports) as address:
        yield urllib.parse.urlsplit(address).netloc


@pytest.fixture
def processes(ports):
    """One process on each port."""
    started = [_start(port, int(port)) for port in ports]
    yield started
    for each in started:
        _stop(each)


def ask(proxy, cookie=None, *, method="GET", path="/"):
    """Send one request; gives who answered and what the proxy wants in the cookie from now on, if changed."""
    connection = http.client.HTTPConnection(proxy, timeout=30)
    try:
        connection.request(method, path, headers={"Cookie": f"a=b; tifa_process={cookie}"} if cookie else {})
        answer = connection.getresponse()
        said = answer.headers.get("Set-Cookie")
        return answer.read().decode(), said
    finally:
        connection.close()


def test_a_new_reader_is_told_its_process_and_nothing_about_itself(proxy, processes):
    who, said = ask(proxy)
    assert said == f"tifa_process={who}; Path=/; Secure; HttpOnly; SameSite=Lax"


def test_new_readers_spread_over_the_processes(proxy, processes, ports):
    # The chance that a hundred fall to one side by so much is below one in a million.
    answered = [ask(proxy)[0] for _ in range(100)]
    assert all(25 <= answered.count(port) <= 75 for port in ports)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_reader_stays_where_it_is(proxy, processes, ports, method):
    for port in ports:
        assert [ask(proxy, port, method=method) for _ in range(10)] == [(port, None)] * 10


@pytest.mark.parametrize("cookie", ["22", "tifa_8501", "127.0.0.1", "x" * 3000, "85018502", "8501/../"])
def test_a_cookie_of_nonsense_is_replaced(proxy, processes, ports, cookie):
    who, said = ask(proxy, cookie)
    assert who in ports
    assert said.startswith(f"tifa_process={who};")


def test_readers_of_a_dead_process_move_and_stay_when_it_is_back(proxy, processes, ports):
    gone, there = ports
    _stop(processes[0])
    who, said = ask(proxy, gone)
    assert (who, said.partition(";")[0]) == (there, f"tifa_process={there}")
    processes[0] = _start(gone, int(gone))
    assert ask(proxy, there) == (there, None)
    # Those who were not there in between have their place as before.
    assert ask(proxy, gone) == (gone, None)


def test_a_full_process_sends_new_readers_to_the_other_and_keeps_its_own(proxy, processes, ports):
    full, free = ports
    processes[0].full = True
    assert {ask(proxy)[0] for _ in range(20)} == {free}
    processes[0].full = False
    assert [ask(proxy, full) for _ in range(5)] == [(full, None)] * 5


def test_when_all_are_full_their_words_arrive(proxy, processes, ports):
    for each in processes:
        each.full = True
    assert ask(proxy)[0] in ports
