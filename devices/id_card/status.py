"""What SW3 of a SAM_V answer means (docs/protocols/sam_v.md).

What a reader would get wrong: NOT_FOUND is also the answer while a card that was read well still
lies on the reader.
"""

from __future__ import annotations

from enum import Enum


class SamStatus(Enum):
    """The meanings a driver acts upon; every other SW3 is FAILED."""

    OK = 0x90
    FOUND = 0x9F
    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    NOT_FOUND = 0x80
    NO_CONTENT = 0x91
    FAILED = -1


def status_of(sw3: int) -> SamStatus:
    """Raw byte to meaning."""
    try:
        return SamStatus(sw3)
    except ValueError:
        return SamStatus.FAILED
