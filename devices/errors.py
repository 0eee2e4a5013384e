"""The only errors that leave a driver; services turn them into values of `core.ports`.

What a reader would get wrong: `Timeout` and `ProtocolError` after a command was written do not say
that nothing happened; only `DeviceRefused` does.
"""

from __future__ import annotations


class DeviceError(Exception):
    """Base: a fault outside this program."""


class TransportError(DeviceError):
    """The line cannot be opened, or it broke."""


class Timeout(DeviceError):
    """No answer within the named limit."""


class ProtocolError(DeviceError):
    """Bytes that the protocol does not allow: noise, a wrong check byte, a cut frame."""


class DeviceRefused(DeviceError):
    """The device itself answered no and did not do it. `code` is the protocol's own code."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{sentence} ({code})")
        self.code = code
