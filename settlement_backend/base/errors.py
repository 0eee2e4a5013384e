"""What a request may end with besides its answer."""

from __future__ import annotations


class Refused(Exception):
    """409: the rules say no. `detail`: a short masked text that may be shown."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class NotAllowed(Exception):
    """401: no token, or one that may not do this."""


class NoSuch(Exception):
    """404: an id that is not known. `reason` is the error code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class KeyReused(Exception):
    """422: an idempotency key came again with another body."""
