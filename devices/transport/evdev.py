"""A kernel input device as a stream of key events, grabbed for this program alone.

What a reader would get wrong: the kernel keeps few events (64 at least) and drops the rest, so
whoever reads must wait at the device and not poll it now and then. Errors of the device leave as
TransportError; error 19 is an unplugged one.
"""

from __future__ import annotations

import os
import select
import struct
from dataclasses import dataclass
from typing import Protocol

from devices.errors import TransportError

_EVENT = struct.Struct("@llHHi")
_READ_BYTES = _EVENT.size * 64
_TYPE_SYN, _TYPE_KEY = 0, 1
_SYN_DROPPED = 3


@dataclass(frozen=True, slots=True)
class Key:
    """A key by its kernel number; `down` False: it was let go."""

    code: int
    down: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """The kernel lost events here."""


KeyEvent = Key | Dropped


class InputDevice(Protocol):
    """An opened input device; `evdev.InputDevice` is one."""

    fd: int
    name: str
    uniq: str

    def grab(self) -> None:
        """EVIOCGRAB; OSError 16 when another program holds it."""

    def close(self) -> None:
        """Give it back; the grab ends with it."""


class KeyStream:
    """Owns an input device. Two threads: one reads, another may `close`."""

    def __init__(self, device: InputDevice) -> None:
        self.device = device
        self._rest = b""
        self._wake_out, self._wake_in = os.pipe()
        self._closed = False

    def grab(self) -> None:
        """From now on no key reaches anybody else."""
        try:
            self.device.grab()
        except OSError as error:
            raise TransportError(f"{self.device.name}: {error}") from None

    def next(self, limit_s: float) -> list[KeyEvent]:
        """What comes within the limit; [] when nothing does. TransportError: gone, or closed."""
        try:
            ready, _, _ = select.select([self.device.fd, self._wake_out], [], [], limit_s)
            if self._wake_out in ready:
                raise TransportError("closed")
            data = os.read(self.device.fd, _READ_BYTES) if ready else b""
        except BlockingIOError:
            return []
        except (OSError, ValueError) as error:
            raise TransportError(f"{self.device.name}: {error}") from None
        if ready and not data:
            raise TransportError(f"{self.device.name}: no more events")
        data = self._rest + data
        whole = len(data) - len(data) % _EVENT.size
        self._rest = data[whole:]
        return [event for raw in _EVENT.iter_unpack(data[:whole]) if (event := _event(*raw[2:]))]

    def wake(self) -> None:
        """Ends a `next` that waits in another thread; it raises TransportError."""
        if not self._closed:
            os.write(self._wake_in, b"x")

    def close(self) -> None:
        """Give the device back; never raises."""
        if self._closed:
            return
        self._closed = True
        for descriptor in (self._wake_out, self._wake_in):
            os.close(descriptor)
        try:
            self.device.close()
        except OSError:
            return


def open_keys(path: str) -> KeyStream:
    """The device at `path`, not grabbed yet. TransportError: none there, or no right to it."""
    try:
        import evdev
    except ImportError:
        raise TransportError("keyboards can be grabbed on Linux only") from None
    try:
        return KeyStream(evdev.InputDevice(path))
    except OSError as error:
        raise TransportError(f"{path}: {error}") from None


def _event(kind: int, code: int, value: int) -> KeyEvent | None:
    if kind == _TYPE_SYN and code == _SYN_DROPPED:
        return Dropped()
    if kind == _TYPE_KEY and value in (0, 1):
        return Key(code, value == 1)
    return None
