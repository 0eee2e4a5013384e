"""One CUPS queue through pycups: attributes, one job at a time (docs/protocols/cups.md).

What a reader would get wrong: pycups has no time limit of its own; a server that accepts a request
and never answers holds this thread, and the terminal then abandons the worker. And a job that was
created without a document prints nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from devices.checks import Identity
from devices.errors import DeviceError, DeviceRefused, ProtocolError, TransportError
from devices.page_printer.status import QueueState
from devices.worker import Owner

try:
    import cups
except ImportError:
    cups = None

CHUNK_BYTES = 65536
_CONTINUE = 100
_JOB_ATTRIBUTES = ["job-state", "time-at-processing"]
_QUEUE_ATTRIBUTES = [
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "queued-job-count",
]
_IDENTITY_ATTRIBUTES = [
    "printer-make-and-model",
    "printer-info",
    "printer-firmware-string-version",
    "printer-device-id",
]
_INTERNAL, _UNAVAILABLE, _TEMPORARY = 0x0500, 0x0502, 0x0505
_BROKEN = (_INTERNAL, _UNAVAILABLE, _TEMPORARY)
_SERIAL = re.compile(r"(?:SN|SERN|SERIALNUMBER):([^;]+)", re.IGNORECASE)
_PROCESSING, _CANCELLED, _COMPLETED = 5, 7, 9
_PDF = "application/pdf"

Reply = TypeVar("Reply")


@dataclass(frozen=True, slots=True)
class JobState:
    """`began`: something of it may have gone to the printer. `completed`: all of it did.

    `ended`: completed, cancelled or aborted.
    """

    began: bool
    completed: bool
    ended: bool


class CupsQueue:
    """An open connection to one server; raises DeviceError only."""

    def __init__(self, server: str, queue: str) -> None:
        """`server` "": as the environment says. Raises TransportError: nobody there."""
        self._owner = Owner()
        self._queue = queue
        if cups is None:
            raise TransportError("this system has no CUPS")
        host, port = _address(server)
        self._connection = _asked(lambda: cups.Connection(host=host, port=port))

    def close(self) -> None:
        """Let the connection go."""
        self._connection = None

    def state(self) -> QueueState:
        """DeviceRefused: there is no such queue."""
        found = self._printer(_QUEUE_ATTRIBUTES)
        return QueueState(
            state=_number(found, "printer-state"),
            accepting=bool(found.get("printer-is-accepting-jobs", True)),
            reasons=_words(found.get("printer-state-reasons")),
            waiting_jobs=_number(found, "queued-job-count", 0),
        )

    def identity(self) -> Identity:
        """What the server knows of the printer behind the queue."""
        found = self._printer(_IDENTITY_ATTRIBUTES)
        told = {name: str(found.get(name) or "") for name in _IDENTITY_ATTRIBUTES}
        serial = _SERIAL.search(told["printer-device-id"])
        return Identity(
            model=told["printer-make-and-model"] or told["printer-info"],
            firmware=told["printer-firmware-string-version"],
            serial=serial.group(1) if serial else "",
        )

    def create(self, title: str) -> int:
        """A job without a document; its number."""
        return int(self._ask(lambda c: c.createJob(self._queue, title, {})))

    def send(self, job_id: int, title: str, pdf: bytes) -> None:
        """The job's one document. After an error it may have arrived all the same."""
        status = self._ask(lambda c: c.startDocument(self._queue, job_id, title, _PDF, 1))
        for start in range(0, len(pdf), CHUNK_BYTES):
            if status != _CONTINUE:
                raise ProtocolError(f"the server broke off the document ({status})")
            piece = pdf[start : start + CHUNK_BYTES]
            status = self._write(piece)
        self._ask(lambda c: c.finishDocument(self._queue))

    def job(self, job_id: int) -> JobState:
        """How far it is."""
        found = self._ask(lambda c: c.getJobAttributes(job_id, _JOB_ATTRIBUTES))
        state = _number(found, "job-state")
        return JobState(
            began=state >= _PROCESSING and found.get("time-at-processing") is not None,
            completed=state == _COMPLETED,
            ended=state >= _CANCELLED,
        )

    def cancel(self, job_id: int) -> None:
        """DeviceRefused: it had ended already."""
        self._ask(lambda c: c.cancelJob(job_id))

    def _write(self, piece: bytes) -> int:
        return int(self._ask(lambda c: c.writeRequestData(piece, len(piece))))

    def _printer(self, names: list[str]) -> dict[str, Any]:
        found = self._ask(
            lambda c: c.getPrinterAttributes(name=self._queue, requested_attributes=names)
        )
        return dict(found)

    def _ask(self, request: Callable[[cups.Connection], Reply]) -> Reply:
        self._owner.check()
        connection = self._connection
        if connection is None:
            raise TransportError("not open")
        return _asked(lambda: request(connection))


def _address(server: str) -> tuple[str, int]:
    """HOST, HOST:PORT, or the path of a socket."""
    host, _, port = server.rpartition(":")
    if host and not server.startswith("/") and port.isascii() and port.isdigit():
        return host, int(port)
    return server or cups.getServer(), cups.getPort()


def _asked(request: Callable[[], Reply]) -> Reply:
    try:
        return request()
    except cups.IPPError as error:
        raise _told(error) from None
    except cups.HTTPError as error:
        raise TransportError(f"the print server answered HTTP {error.args[0]}") from None
    except (RuntimeError, OSError) as error:
        raise TransportError(f"print server: {error}") from None


def _told(error: Exception) -> DeviceError:
    status, sentence = (*error.args, "", "")[:2]
    if status in _BROKEN or not isinstance(status, int):
        return TransportError(f"print server: {sentence}")
    return DeviceRefused(f"{status:04X}", str(sentence))


def _number(found: dict[str, Any], name: str, default: int | None = None) -> int:
    value = found.get(name, default)
    if not isinstance(value, int):
        raise ProtocolError(f"{name}: {value!r} is no number")
    return value


def _words(value: object) -> tuple[str, ...]:
    """A single value comes bare, several as a list; "none" is no reason."""
    several: Iterable[object] = value if isinstance(value, list | tuple) else (value,)
    return tuple(str(word) for word in several if word and word != "none")
