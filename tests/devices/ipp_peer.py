"""A print server that answers as a test tells it, over real HTTP on loopback.

Talks IPP/2.0 as far as our requests need it. What a reader would get wrong: each operation has one
answer, given every time it is asked; an `Answer` without a status is what breaks a server.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CREATE_JOB, SEND_DOCUMENT, CANCEL_JOB = 0x0005, 0x0006, 0x0008
GET_JOB, GET_PRINTER = 0x0009, 0x000B
ENUM, INTEGER, KEYWORD, BOOLEAN = 0x23, 0x21, 0x44, 0x22
NAME, URI, NO_VALUE = 0x42, 0x45, 0x13
JOB_GROUP, PRINTER_GROUP = 0x02, 0x04
_LARGEST_BODY = 1 << 20


def attribute(tag: int, name: str, value: int | str | None) -> bytes:
    """One IPP attribute with one value."""
    match value:
        case bool():
            raw = bytes([value])
        case int():
            raw = struct.pack(">i", value)
        case str():
            raw = value.encode()
        case None:
            raw = b""
    head = struct.pack(">BH", tag, len(name)) + name.encode()
    return head + struct.pack(">H", len(raw)) + raw


def job(state: int, began: bool) -> bytes:
    """A job's attributes."""
    time = (
        attribute(INTEGER, "time-at-processing", 1_700_000_000)
        if began
        else (attribute(NO_VALUE, "time-at-processing", None))
    )
    return (
        bytes([JOB_GROUP])
        + attribute(INTEGER, "job-id", 7)
        + (attribute(ENUM, "job-state", state) + time)
    )


def printer(state: int = 3, reason: str = "none", *, accepting: bool = True) -> bytes:
    """A queue's attributes."""
    return bytes([PRINTER_GROUP]) + (
        attribute(NAME, "printer-name", "A4")
        + attribute(URI, "device-uri", "test:/nothing")
        + attribute(URI, "printer-uri-supported", "ipp://localhost/printers/A4")
        + attribute(ENUM, "printer-type", 4)
        + attribute(ENUM, "printer-state", state)
        + attribute(KEYWORD, "printer-state-reasons", reason)
        + attribute(BOOLEAN, "printer-is-accepting-jobs", accepting)
        + attribute(INTEGER, "queued-job-count", 0)
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """`http` other than 200: that and nothing else; 0: the connection is cut.

    `raw`: these bytes in place of an IPP answer.
    """

    groups: bytes = b""
    status: int = 0
    http: int = 200
    raw: bytes | None = None


@dataclass(slots=True)
class IppPeer:
    """`answers` by operation; a test may change them at any time. `asked`: what came, in order."""

    answers: dict[int, Answer]
    server: str = ""
    asked: list[int] = field(default_factory=list)


@contextmanager
def ipp_peer(answers: dict[int, Answer]) -> Iterator[IppPeer]:
    """A running server."""
    peer = IppPeer(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self._body()
            operation, request_id = struct.unpack(">HI", body[2:8])
            peer.asked.append(operation)
            answer = peer.answers[operation]
            if answer.http == 0:
                self.close_connection = True
                return
            head = struct.pack(">HHI", 0x0200, answer.status, request_id) + b"\x01"
            head += attribute(0x47, "attributes-charset", "utf-8")
            head += attribute(0x48, "attributes-natural-language", "en")
            content = head + answer.groups + b"\x03" if answer.raw is None else answer.raw
            self.send_response(answer.http)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "") != "chunked":
                return self.rfile.read(int(self.headers["Content-Length"]))
            body = b""
            while (size := int(self.rfile.readline(), 16)) and len(body) < _LARGEST_BODY:
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    peer.server = f"127.0.0.1:{running.server_address[1]}"
    thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        running.shutdown()
        running.server_close()
        thread.join(5)
