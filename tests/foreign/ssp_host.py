"""The acceptor maker's own C host code as a program: commands by lines in, JSON lines out.

Talks to a serial line through ``libessp.so`` of the package ``essp6`` by prototypes of our own (its
Python wrapper loses half of each 64-bit pointer), and to the test by standard input and output.
Start: ``python ssp_host.py DEVICE``. A process of its own, because foreign C code may crash.
"""

import ctypes
import json
import sys
from importlib.util import find_spec
from pathlib import Path

CHANNELS, EVENTS = 20, 20
OK = 0xF0
HOLD = 0x18


class Channel(ctypes.Structure):
    """One channel of the setup answer."""

    _fields_ = (
        ("security", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
        ("currency", ctypes.c_char * 4),
    )


class Setup(ctypes.Structure):
    """The setup answer as the library decodes it."""

    _fields_ = (
        ("unit_type", ctypes.c_ubyte),
        ("firmware", ctypes.c_char * 5),
        ("count", ctypes.c_uint),
        ("channels", Channel * CHANNELS),
        ("real_multiplier", ctypes.c_ulong),
        ("protocol", ctypes.c_ubyte),
    )


class Event(ctypes.Structure):
    """One event of a poll as the library decodes it."""

    _fields_ = (
        ("event", ctypes.c_ubyte),
        ("first", ctypes.c_ulong),
        ("second", ctypes.c_ulong),
        ("currency", ctypes.c_char * 4),
    )


class Poll(ctypes.Structure):
    """All events of a poll."""

    _fields_ = (("events", Event * EVENTS), ("count", ctypes.c_ubyte))


class Command(ctypes.Structure):
    """The library's own record of one command and its answer."""

    _fields_ = (
        ("keys", ctypes.c_ulonglong * 2),
        ("baud", ctypes.c_ulong),
        ("time_out_ms", ctypes.c_ulong),
        ("port", ctypes.c_ubyte),
        ("address", ctypes.c_ubyte),
        ("retries", ctypes.c_ubyte),
        ("encrypted", ctypes.c_ubyte),
        ("length", ctypes.c_ubyte),
        ("data", ctypes.c_ubyte * 255),
        ("status", ctypes.c_ubyte),
        ("answer_length", ctypes.c_ubyte),
        ("answer", ctypes.c_ubyte * 255),
    )


def load() -> ctypes.CDLL:
    """The library with the prototypes in use."""
    package = find_spec("eSSP")
    assert package is not None
    assert package.submodule_search_locations
    library = ctypes.CDLL(str(Path(package.submodule_search_locations[0]) / "libessp.so"))
    library.ssp_init.restype = ctypes.POINTER(Command)
    library.ssp_init.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]
    return library


class Host:
    """One session with one acceptor."""

    def __init__(self, device: str) -> None:
        self._library = load()
        self._session = self._library.ssp_init(device.encode(), b"0", 0)

    def carry_out(self, words: list[str]) -> dict[str, object]:
        """One command by name; ``ok`` tells of the acceptor's generic answer F0."""
        match words:
            case ["poll"]:
                return self._poll()
            case ["setup"]:
                return self._setup()
            case ["host_protocol", version]:
                return self._answer(self._library.ssp6_host_protocol(self._session, int(version)))
            case ["inhibits", low]:
                return self._answer(self._library.ssp6_set_inhibits(self._session, int(low), 255))
            case ["hold"]:
                return self._plain(HOLD)
            case ["sync" | "enable" | "disable" | "reject" | "reset" as name]:
                return self._answer(getattr(self._library, f"ssp6_{name}")(self._session))
            case _:
                raise ValueError(words)

    @staticmethod
    def _answer(status: int) -> dict[str, object]:
        return {"ok": status == OK, "status": status}

    def _plain(self, code: int) -> dict[str, object]:
        """A command for which the library has no function of its own."""
        command = self._session.contents
        command.length, command.data[0] = 1, code
        sent = self._library.send_ssp_command(self._session) != 0
        status = int(command.answer[0]) if sent else 0
        return {"ok": status == OK, "status": status}

    def _poll(self) -> dict[str, object]:
        poll = Poll()
        status = self._library.ssp6_poll(self._session, ctypes.byref(poll))
        events = [
            {"event": event.event, "value": event.first, "currency": event.currency.decode()}
            for event in poll.events[: poll.count]
        ]
        return {**self._answer(status), "events": events}

    def _setup(self) -> dict[str, object]:
        setup = Setup()
        status = self._library.ssp6_setup_request(self._session, ctypes.byref(setup))
        channels = setup.channels[: setup.count]
        return {
            **self._answer(status),
            "firmware": setup.firmware.decode(),
            "protocol": setup.protocol,
            "multiplier": setup.real_multiplier,
            "values": [channel.value for channel in channels],
            "currencies": [channel.currency.decode() for channel in channels],
        }


def main() -> None:
    """Serve commands until the input ends."""
    host = Host(sys.argv[1])
    for line in sys.stdin:
        answer = host.carry_out(line.split())
        sys.stdout.write(json.dumps({"did": line.strip(), **answer}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
