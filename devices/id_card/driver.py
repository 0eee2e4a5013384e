"""One method a command of the SAM_V reader; half duplex, one request at a time.

What a reader would get wrong: a garbled answer is asked for again at once (commands only read),
but a silent reader is not: that is the caller's Timeout.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from core.identity import IdDocument
from devices.errors import DeviceRefused, ProtocolError
from devices.id_card import frames
from devices.id_card.status import SamStatus, status_of
from devices.id_card.text_block import document_of, latest_address_of
from devices.transport import Line
from devices.transport.framing import FrameReader
from devices.worker import Owner

TRIES = 2


@dataclass(frozen=True, slots=True)
class SamLimits:
    """How long answers may take (docs/protocols/sam_v.md)."""

    answer_s: float = 1.0
    read_s: float = 3.0


class SamReader:
    """Talks over an open line, which it owns from now on."""

    def __init__(self, line: Line, limits: SamLimits) -> None:
        self._line = line
        self._limits = limits
        self._frames = FrameReader(line, frames.take)
        self._owner = Owner()

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def check(self) -> None:
        """The SAM works. Raises DeviceRefused when it says it does not."""
        self._good(frames.Command.STATUS, self._limits.answer_s)

    def find(self) -> bool:
        """Whether a card lies there that was not read well before."""
        answer = self._ask(frames.Command.FIND, self._limits.answer_s)
        match status_of(answer.status):
            case SamStatus.FOUND:
                return True
            case SamStatus.NOT_FOUND:
                return False
            case _:
                raise _refused(answer)

    def select(self) -> None:
        """Select the found card."""
        self._good(frames.Command.SELECT, self._limits.answer_s)

    def read(self, *, with_fingerprint: bool = False) -> IdDocument:
        """Read the selected card. The fingerprint is thrown away; some readers give only both."""
        command = (
            frames.Command.READ_WITH_FINGERPRINT
            if with_fingerprint
            else frames.Command.READ_TEXT_AND_PHOTO
        )
        answer = self._good(command, self._limits.read_s)
        blocks = frames.card_blocks(answer.data, with_fingerprint=with_fingerprint)
        return replace(document_of(blocks.text), photo=blocks.photo)

    def latest_address(self) -> str:
        """The address written later on the card that was read; "" when there is none."""
        answer = self._ask(frames.Command.READ_LATEST_ADDRESS, self._limits.answer_s)
        match status_of(answer.status):
            case SamStatus.OK:
                return latest_address_of(answer.data)
            case SamStatus.NO_CONTENT:
                return ""
            case _:
                raise _refused(answer)

    def sam_id(self) -> str:
        """The security module's number: the reader's serial number."""
        return frames.sam_id(self._good(frames.Command.SAM_ID, self._limits.answer_s).data)

    def _good(self, command: frames.Command, limit_s: float) -> frames.Answer:
        answer = self._ask(command, limit_s)
        if status_of(answer.status) is not SamStatus.OK:
            raise _refused(answer)
        return answer

    def _ask(self, command: frames.Command, limit_s: float) -> frames.Answer:
        self._owner.check()
        for _ in range(TRIES):
            self._frames.drop_stale()
            self._line.write(frames.encode(command))
            try:
                answer = self._frames.next(time.monotonic() + limit_s)
            except ProtocolError:
                continue
            if status_of(answer.status) not in (SamStatus.BAD_CHECKSUM, SamStatus.BAD_LENGTH):
                return answer
        raise ProtocolError(f"{command.name}: garbled {TRIES} times")


def _refused(answer: frames.Answer) -> DeviceRefused:
    return DeviceRefused(f"{answer.status:02X}", "the ID card reader answered no")
