"""Over TLS: a failed handshake sent nothing, a stream that breaks later may have."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest
from client_bench import Bench
from scripted_backend import ScriptedBackend, Then, Turn, answer

from backend_client.wire import Answered
from core.ports import NotSent, Unknown

CERTIFICATE = str(Path(__file__).with_name("loopback.pem"))


@pytest.fixture
def context() -> ssl.SSLContext:
    """A server with a certificate for 127.0.0.1 that only tests trust."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(CERTIFICATE)
    return made


def _post(bench: Bench, backend: ScriptedBackend, ca_file: str) -> object:
    wire = bench.wire(backend.url, connect_s=0.5, ca_file=ca_file)
    return wire.call("POST", "/v1/x", body={})


def test_trusted_certificate_is_answered(bench: Bench, context: ssl.SSLContext) -> None:
    backend = bench.backend([Turn(answer(200, b"{}"))], tls=context)

    assert _post(bench, backend, CERTIFICATE) == Answered(200, b"{}")


def test_certificate_nobody_vouches_for_is_not_sent(bench: Bench, context: ssl.SSLContext) -> None:
    backend = bench.backend([Turn(answer(200, b"{}"))], tls=context)

    assert _post(bench, backend, "") == NotSent("backend_silent")
    assert backend.heard == []


def test_certificate_of_another_host_is_not_sent(bench: Bench, context: ssl.SSLContext) -> None:
    backend = bench.backend([Turn(answer(200, b"{}"))], tls=context)
    wire = bench.wire(backend.url.replace("127.0.0.1", "localhost"), ca_file=CERTIFICATE)

    assert wire.call("POST", "/v1/x", body={}) == NotSent("backend_silent")
    assert backend.heard == []


def test_old_protocol_version_is_not_sent(bench: Bench, context: ssl.SSLContext) -> None:
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    backend = bench.backend([Turn(answer(200, b"{}"))], tls=context)

    assert _post(bench, backend, CERTIFICATE) == NotSent("backend_silent")
    assert backend.heard == []


@pytest.mark.parametrize(
    "turn",
    [
        Turn(b"HTTP/1.1 400 x\r\n\r\n", Then.CLOSE),
        Turn(then=Then.CLOSE),
        Turn(then=Then.RESET),
        Turn(then=Then.HOLD),
    ],
    ids=["plain answer", "closed", "reset", "silent"],
)
def test_handshake_that_fails_is_not_sent(bench: Bench, turn: Turn) -> None:
    backend = bench.backend(greets=turn)
    wire = bench.wire(backend.url.replace("http:", "https:"), connect_s=0.5)

    assert wire.call("POST", "/v1/x", body={}) == NotSent("backend_silent")


@pytest.mark.parametrize(
    "turn",
    [Turn(b"\x17\x03\x03\x00\x20" + b"?" * 32, Then.HOLD, below_tls=True), Turn(then=Then.CLOSE)],
    ids=["bad record", "closed"],
)
def test_stream_that_breaks_after_the_request_is_unknown(
    bench: Bench, context: ssl.SSLContext, turn: Turn
) -> None:
    backend = bench.backend([turn], tls=context)

    assert _post(bench, backend, CERTIFICATE) == Unknown("backend_silent")
    assert len(backend.heard) == 1


def test_authority_file_that_is_no_certificate_is_not_sent(
    bench: Bench, context: ssl.SSLContext, tmp_path: Path
) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    backend = bench.backend([], tls=context)

    assert _post(bench, backend, str(tmp_path / "ca.pem")) == NotSent("backend_silent")


def test_port_without_listener_is_not_sent(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    wire = bench.wire(f"https://127.0.0.1:{port}")

    assert wire.call("POST", "/v1/x", body={}) == NotSent("backend_silent")
