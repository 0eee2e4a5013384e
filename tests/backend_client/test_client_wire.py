"""What came back over a raw socket, and what may be concluded from it."""

from __future__ import annotations

import logging
import select
import socket
from contextlib import ExitStack

import pytest
from client_bench import Bench
from scripted_backend import Then, Turn, answer

from backend_client.wire import LONGEST_ANSWER_BYTES, Answered
from core.ports import NotSent, Unknown

SILENT, GARBLED = Unknown("backend_silent"), Unknown("garbled")
OK = Turn(answer(200, b"{}"))


def test_whole_answer_is_answered(bench: Bench) -> None:
    backend = bench.backend([Turn(answer(409, b'{"refused": "x", "detail": ""}'))])

    told = bench.wire(backend.url).call("GET", "/v1/health")

    assert told == Answered(409, b'{"refused": "x", "detail": ""}')


def test_request_carries_what_the_contract_names(bench: Bench) -> None:
    backend = bench.backend([OK])

    bench.wire(backend.url + "/").call(
        "POST",
        "/v1/cards",
        body={"name": "王建国", "amount_fen": 1},
        key="op-1/reserve",
        mark=(17, "ab12"),
        operator_token="staff",
    )

    heard = backend.heard[0]
    assert heard.line == "POST /v1/cards HTTP/1.1"
    assert heard.body == '{"name": "王建国", "amount_fen": 1}'.encode()
    assert heard.headers == {
        "host": backend.url.removeprefix("http://"),
        "accept": "application/json",
        "accept-encoding": "identity",
        "authorization": "Bearer terminal-token",
        "user-agent": "zhenfu",
        "content-type": "application/json",
        "content-length": str(len(heard.body)),
        "idempotency-key": "op-1/reserve",
        "x-journal-seq": "17",
        "x-journal-head": "ab12",
        "x-operator-token": "staff",
    }


def test_read_without_key_and_mark_sends_neither(bench: Bench) -> None:
    backend = bench.backend([OK])

    bench.wire(backend.url).call("GET", "/v1/queue")

    names = backend.heard[0].headers.keys()
    assert not names & {
        "idempotency-key",
        "x-journal-seq",
        "x-journal-head",
        "x-operator-token",
        "content-type",
    }


def test_connection_is_kept_for_the_next_request(bench: Bench) -> None:
    backend = bench.backend([OK, OK, OK])
    wire = bench.wire(backend.url)

    told = [wire.call("POST", "/v1/x", body={}) for _ in range(3)]

    assert told == [Answered(200, b"{}")] * 3
    assert backend.connections == 1


def test_chunked_answer_is_whole(bench: Bench) -> None:
    chunked = b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
    backend = bench.backend([Turn(chunked), OK])
    wire = bench.wire(backend.url)

    assert wire.call("GET", "/v1/x") == Answered(200, b"{}")
    assert wire.call("GET", "/v1/x") == Answered(200, b"{}")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 x\r\nContent-Length: 40\r\n\r\n" + b'{"state": ',
        b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
        b"HTTP/1.1 200 x\r\nContent-Length: 2, 3\r\n\r\n{}",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 200 x\r\nX: " + b"x" * 70_000,
    ],
    ids=[
        "half body",
        "half chunk",
        "bad chunk length",
        "two lengths",
        "not http",
        "endless header",
    ],
)
def test_broken_answer_is_unknown(bench: Bench, sent: bytes, method: str) -> None:
    backend = bench.backend([Turn(sent, Then.CLOSE)])

    assert bench.wire(backend.url).call(method, "/v1/x") == SILENT
    assert len(backend.heard) == 1


@pytest.mark.parametrize(
    "sent", [b"HTTP/1.1 401 x\r\nConte", b"HTTP/1.1 200 x\r\n\r\n{}"], ids=["half header", "no end"]
)
def test_answer_that_may_not_be_whole_is_garbled(bench: Bench, sent: bytes) -> None:
    backend = bench.backend([Turn(sent, Then.CLOSE)])

    assert bench.wire(backend.url).call("POST", "/v1/x", body={}) == GARBLED


def test_what_cannot_be_parsed_is_not_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    backend = bench.backend([Turn(b"HTTP/1.1 200 x\r\nprivate", Then.CLOSE)])

    bench.wire(backend.url).call("POST", "/v1/cards/260000000017/void", body={})

    assert caplog.text == ""


@pytest.mark.parametrize(
    "begun",
    [b"", b"HTTP/1.1 200 x\r\n", b"HTTP/1.1 200 x\r\nContent-Length: 2\r\n\r\n{"],
    ids=["nothing", "half header", "half body"],
)
def test_answer_that_stops_coming_is_unknown(bench: Bench, begun: bytes) -> None:
    backend = bench.backend([Turn(begun, Then.HOLD)])

    told = bench.wire(backend.url, read_s=0.2).call("POST", "/v1/x", body={})

    assert told == SILENT


def test_answer_that_drips_is_given_up_after_the_limit(bench: Bench) -> None:
    begun = b"HTTP/1.1 200 x\r\nContent-Length: 100000\r\n\r\n"
    backend = bench.backend([Turn(begun, Then.DRIP)])

    told = bench.wire(backend.url, read_s=0.3).call("POST", "/v1/x", body={})

    assert told == SILENT


def test_longest_answer_is_taken_and_a_longer_one_is_garbled(bench: Bench) -> None:
    longest = b" " * LONGEST_ANSWER_BYTES
    backend = bench.backend(
        [Turn(answer(200, longest)), Turn(answer(200, longest + b" "), Then.CLOSE)], [OK]
    )
    wire = bench.wire(backend.url)

    assert wire.call("GET", "/v1/x") == Answered(200, longest)
    assert wire.call("GET", "/v1/x") == GARBLED
    assert wire.call("GET", "/v1/x") == Answered(200, b"{}")


@pytest.mark.parametrize("then", [Then.CLOSE, Then.RESET])
def test_connection_closed_instead_of_an_answer_is_unknown_unless_it_only_looked(
    bench: Bench, then: Then
) -> None:
    backend = bench.backend([Turn(then=then)], [Turn(then=then)])
    wire = bench.wire(backend.url)

    assert wire.call("POST", "/v1/x", body={}) == SILENT
    assert wire.call("GET", "/v1/x") == NotSent("backend_silent")
    assert backend.connections == 2


@pytest.mark.parametrize("then", [Then.CLOSE, Then.RESET])
def test_kept_connection_closed_instead_of_an_answer_is_not_sent_again(
    bench: Bench, then: Then
) -> None:
    backend = bench.backend([OK, Turn(then=then)], [OK])
    wire = bench.wire(backend.url)
    wire.call("POST", "/v1/first", body={})

    assert wire.call("POST", "/v1/second", body={}) == SILENT
    assert [heard.line for heard in backend.heard] == [
        "POST /v1/first HTTP/1.1",
        "POST /v1/second HTTP/1.1",
    ]


@pytest.mark.parametrize("place", ["/elsewhere", "http://[", "ftp://x/", "http:///"])
def test_redirect_is_an_answer_and_is_not_followed(bench: Bench, place: str) -> None:
    backend = bench.backend([Turn(answer(302, b"", f"Location: {place}"))], [OK])

    told = bench.wire(backend.url).call("POST", "/v1/x", body={})

    assert told == Answered(302, b"")
    assert len(backend.heard) == 1


def test_compressed_answer_nobody_asked_for_stays_as_it_came(bench: Bench) -> None:
    backend = bench.backend([Turn(answer(200, b"\x1f\x8b\x08", "Content-Encoding: gzip"))])

    assert bench.wire(backend.url).call("GET", "/v1/x") == Answered(200, b"\x1f\x8b\x08")


def test_backend_that_is_down_is_not_sent(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    told = bench.wire(f"http://127.0.0.1:{port}").call("POST", "/v1/x", body={})

    assert told == NotSent("backend_silent")


def test_backend_that_accepts_nobody_is_not_sent(bench: Bench) -> None:
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        _fill(stack, listener)
        port = listener.getsockname()[1]

        told = bench.wire(f"http://127.0.0.1:{port}", connect_s=0.2).call("POST", "/v1/x", body={})

    assert told == NotSent("backend_silent")


def test_name_that_cannot_be_resolved_is_not_sent(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_such_name(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)

    assert bench.wire("http://backend.example").call("POST", "/v1/x") == NotSent("backend_silent")


@pytest.mark.parametrize(
    "url", ["", "backend:80", "ftp://backend", "http://", "http://[::1", f"http://{'x' * 64}.cn"]
)
def test_address_that_is_none_is_not_sent(bench: Bench, url: str) -> None:
    assert bench.wire(url).call("POST", "/v1/x", body={}) == NotSent("backend_silent")


def test_proxy_of_the_environment_is_not_used(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = bench.backend([OK])
    backend = bench.backend([OK])
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "")

    assert bench.wire(backend.url).call("GET", "/v1/x") == Answered(200, b"{}")
    assert proxy.connections == 0


def _fill(stack: ExitStack, listener: socket.socket) -> None:
    """Connect until the queue of a listener that never accepts is full."""
    while True:
        caller = stack.enter_context(socket.socket())
        caller.setblocking(False)
        caller.connect_ex(listener.getsockname())
        if not select.select([], [caller], [], 0.2)[1]:
            return
