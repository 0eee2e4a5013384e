"""E-codes that were decoded a moment ago: one scan names the patient and pays, too (W12).

The issuer decodes a code once for each purpose, so the settlement that follows an identification
by the same code takes what was heard then. What a reader would get wrong: it is taken once, only
for paying, and forgotten after minutes; the code itself is never kept.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Generic, TypeVar

Heard = TypeVar("Heard")

_FRESH = timedelta(minutes=5)
_MOST = 256


class ShownCodes(Generic[Heard]):
    """In memory of this process; a restart forgets them, and the code is shown again."""

    def __init__(self) -> None:
        self._heard: dict[str, tuple[datetime, Heard]] = {}

    def keep(self, code: str, heard: Heard, now: datetime) -> None:
        """The newest ones."""
        self._heard[_digest(code)] = (now, heard)
        for oldest in list(self._heard)[:-_MOST]:
            self._heard.pop(oldest, None)

    def take(self, code: str, now: datetime) -> Heard | None:
        """What was heard of this code, if that was just now."""
        at, heard = self._heard.pop(_digest(code), (None, None))
        return heard if at is not None and now - at <= _FRESH else None


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
