"""nfcpy behind a seam that raises nothing but `devices.errors`.

Talks to the chip through nfcpy's drivers. What a reader would get wrong: nfcpy's `connect` waits
for ever for a phone's next frame and swallows broken lines, so `listen`, `exchange` and `sense` are
used; and its logger tells payloads and every failed try, so it is shut.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import nfc
import nfc.tag
from nfc.clf import CommunicationError, LocalTarget, RemoteTarget, UnsupportedTargetError

from devices.errors import DeviceError, DeviceRefused, ProtocolError, TransportError
from devices.nfc.message import first_text
from devices.nfc.pn532_port import open_pn532

logging.getLogger("nfc").setLevel(logging.CRITICAL + 1)

_SCHEME = "nfc:"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class TagFound:
    """A tag that was sensed. `text`: see `core.ports.TagRead`."""

    uid: str
    text: str


class Frontend:
    """One opened chip."""

    def __init__(self, path: str) -> None:
        """Opens it. Raises TransportError or ProtocolError."""
        self._clf = nfc.ContactlessFrontend()
        _call(lambda: self._open(path))

    @property
    def chip(self) -> str:
        """Such as "PN532v1.6", "UDP"."""
        return str(self._clf.device.chipset_name)

    def close(self) -> None:
        """Give the port back; nfcpy's own close leaves a serial port open that went away."""
        device, self._clf.device = self._clf.device, None
        try:
            _call(device.close)
        except DeviceError:
            port = getattr(getattr(device, "chipset", None), "transport", None)
            with suppress(OSError, AttributeError):
                port.tty.close()  # type: ignore[union-attr]  # None is suppressed

    def ping(self) -> None:
        """Switch the field off: a command that every chip must answer."""
        _call(self._clf.device.mute)

    def listen(self, target: LocalTarget, limit_s: float) -> LocalTarget | None:
        """The target as a phone activated it; None: none came. DeviceRefused: it cannot listen."""
        return _call(lambda: self._clf.listen(target, limit_s))

    def exchange(self, data: bytes | None, limit_s: float) -> bytes | None:
        """Answer the phone and wait for its next frame; None: it left, or says no more."""
        sent = None if data is None else bytearray(data)
        received = _call(lambda: self._clf.exchange(sent, limit_s))
        return None if received is None else bytes(received)

    def sense(self, technology: str) -> TagFound | None:
        """Look once for a tag of "106A" or "212F", and read it."""
        return _call(lambda: self._sense(technology))

    def _open(self, path: str) -> None:
        rest = path.removeprefix(_SCHEME)
        kind, _, place = rest.partition(":")
        if kind == "pn532":
            self._clf.device = open_pn532(place)
        elif kind == "tty":
            self._clf.device = open_pn532("/dev/tty" + place.split(":")[0])
        elif not self._clf.open(rest):
            raise TransportError(f"{path}: no NFC chip")

    def _sense(self, technology: str) -> TagFound | None:
        target = self._clf.sense(RemoteTarget(technology), iterations=1)
        if target is None:
            return None
        uid = bytes(target.sensf_res[1:9] if target.sensf_res else target.sdd_res or b"")
        return TagFound(uid.hex().upper(), self._text_of(target))

    def _text_of(self, target: RemoteTarget) -> str:
        """A tag without a message, or one that leaves while it is read, has no text."""
        try:
            tag = nfc.tag.activate(self._clf, target)
            return "" if tag is None or tag.ndef is None else first_text(tag.ndef.records)
        except OSError:
            raise
        except Exception:
            return ""


def _call(work: Callable[[], Answer]) -> Answer | None:
    """The answer; None: the phone or tag left, which is no error.

    nfcpy lets out much else: termios.error of a port that went away, IndexError, TypeError.
    """
    try:
        return work()
    except DeviceError:
        raise
    except UnsupportedTargetError as error:
        raise DeviceRefused("unsupported", str(error)) from None
    except CommunicationError:
        return None
    except OSError as error:
        raise TransportError(f"NFC: {error}") from None
    except Exception as error:
        raise ProtocolError(f"NFC: {type(error).__name__}: {error}") from None
