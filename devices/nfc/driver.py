"""What the tap point does with its chip: be a tag for a moment, or look for one.

What a reader would get wrong: each call comes back within a limit, so that the worker stays
responsive; being a tag for long is many short listens.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Protocol

from nfc.clf import LocalTarget

from devices.nfc.frontend import Frontend, TagFound
from devices.nfc.type3 import MANUFACTURER, SYSTEM, Type3Tag
from devices.nfc.type4 import Type4Tag
from devices.worker import Owner

LISTEN_S = 0.5
PHONE_SILENT_S = 1.0
GOODBYE_S = 0.05
TAP_S = 10.0
MOST_FRAMES = 500
TECHNOLOGIES = ("106A", "212F")
_CHIPS_WITH_TYPE_4 = ("PN532", "UDP")
_IDM_MARK = bytes.fromhex("02FE")


class EmulatedTag(Protocol):
    """One activation; see `type3` and `type4`."""

    ended: bool

    @property
    def whole_read(self) -> bool:
        """The message was fetched to its end."""

    def answer(self, frame: bytes, /) -> bytes | None:
        """The frame to send back."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What phones shall read. `identifier`: 6 random bytes, new for each offer."""

    message: bytes
    identifier: bytes

    @staticmethod
    def of(message: bytes) -> Offer:
        """With a fresh identifier: a phone may take an equal one for the tag it knows."""
        return Offer(message, secrets.token_bytes(6))


class TapDriver:
    """Owns an open chip."""

    def __init__(self, frontend: Frontend, tag_type: str) -> None:
        """`tag_type`: "auto", "type3" or "type4"."""
        self._frontend = frontend
        self._owner = Owner()
        is_able = frontend.chip.startswith(_CHIPS_WITH_TYPE_4)
        self._is_type_4 = tag_type == "type4" or (tag_type == "auto" and is_able)
        self._turn = 0

    @property
    def chip(self) -> str:
        """Name and version."""
        return self._frontend.chip

    def close(self) -> None:
        """Give the chip back."""
        self._frontend.close()

    def ping(self) -> None:
        """The chip answers; else an error."""
        self._owner.check()
        self._frontend.ping()

    def serve(self, offer: Offer) -> bool:
        """Be the offered tag for LISTEN_S, or for as long as a phone reads; True: all was read."""
        self._owner.check()
        target, tag = self._type_4(offer) if self._is_type_4 else self._type_3(offer)
        activated = self._frontend.listen(target, LISTEN_S)
        first = None if activated is None else _first_frame(activated)
        if first is None:
            return False
        self._talk(tag, first)
        return tag.whole_read

    def look(self) -> TagFound | None:
        """Look for a tag of one technology; of the next one at the next call."""
        self._owner.check()
        technology = TECHNOLOGIES[self._turn % len(TECHNOLOGIES)]
        found = self._frontend.sense(technology)
        if found is None:
            self._turn += 1
        return found

    def _talk(self, tag: EmulatedTag, first: bytes) -> None:
        deadline = time.monotonic() + TAP_S
        frame: bytes | None = first
        for _ in range(MOST_FRAMES):
            if frame is None or time.monotonic() > deadline:
                return
            answer = tag.answer(frame)
            frame = self._frontend.exchange(answer, GOODBYE_S if tag.ended else PHONE_SILENT_S)
            if tag.ended:
                return

    def _type_4(self, offer: Offer) -> tuple[LocalTarget, EmulatedTag]:
        target = LocalTarget("106A")
        target.sens_res = bytearray.fromhex("0400")
        target.sdd_res = bytearray(b"\x08" + offer.identifier[:3])
        target.sel_res = bytearray.fromhex("20")
        return target, Type4Tag(offer.message)

    def _type_3(self, offer: Offer) -> tuple[LocalTarget, EmulatedTag]:
        idm = _IDM_MARK + offer.identifier
        target = LocalTarget("212F")
        target.sensf_res = bytearray(b"\x01" + idm + MANUFACTURER + SYSTEM)
        return target, Type3Tag(offer.message, idm)


def _first_frame(activated: LocalTarget) -> bytes | None:
    """The phone's first command; nfcpy cuts the length byte off a Type 3 one."""
    if activated.tt3_cmd:
        return bytes([len(activated.tt3_cmd) + 1]) + bytes(activated.tt3_cmd)
    return bytes(activated.tt4_cmd) if activated.tt4_cmd else None
