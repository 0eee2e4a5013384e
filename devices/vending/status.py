"""VMC messages to words (docs/protocols/vmc.md).

What a reader would get wrong: a status that is not known is a step on the way, neither delivered
nor failed; only silence ends the waiting for a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from core.ports import VendingSlot
from devices.errors import ProtocolError
from devices.model import TroubleReason
from devices.vending.frames import Message


class Code(IntEnum):
    """Commands in use."""

    CHECK = 0x01
    SELECTION = 0x02
    BUY = 0x03
    DELIVERY = 0x04
    SLOT = 0x11
    SYNCHRONISE = 0x31
    ASK_MACHINE = 0x51
    MACHINE = 0x52


_FIT_FOR_SALE = 0x01
_SELECTION_TROUBLE = {
    0x02: TroubleReason.EMPTY,
    0x03: TroubleReason.USER_ERROR,
    0x04: TroubleReason.BUSY,
    0x06: TroubleReason.COVER_OPEN,
}
_DELIVERED = 0x02
_NOT_DELIVERED = {
    0x03: TroubleReason.JAM,
    0x04: TroubleReason.JAM,
    0x06: TroubleReason.USER_ERROR,
    0x07: TroubleReason.HARDWARE_ERROR,
    0x12: TroubleReason.HARDWARE_ERROR,
    0x13: TroubleReason.HARDWARE_ERROR,
    0xFF: TroubleReason.HARDWARE_ERROR,
}
_DOOR_AT, _MACHINE_NUMBER_AT, _MACHINE_NUMBER_BYTES = 4, 13, 10


@dataclass(frozen=True, slots=True)
class SelectionWord:
    """The answer to a check, or the VMC's no to a buy. None: fit for sale."""

    selection: int
    trouble: TroubleReason | None


@dataclass(frozen=True, slots=True)
class DeliveryWord:
    """How a sale goes. Delivered, failed with a reason, or neither yet."""

    selection: int
    is_delivered: bool
    trouble: TroubleReason | None


@dataclass(frozen=True, slots=True)
class MachineWord:
    """The controller's own state. `door`: its raw byte."""

    door: int
    number: str


Word = SelectionWord | DeliveryWord | VendingSlot | MachineWord


def word_of(message: Message) -> Word | None:
    """None: a message that is of no use here. Raises ProtocolError: too short."""
    text = message.text
    try:
        match message.command:
            case Code.SELECTION:
                reason = _SELECTION_TROUBLE.get(text[0], TroubleReason.HARDWARE_ERROR)
                fit = text[0] == _FIT_FOR_SALE
                return SelectionWord(_number(text, 1), None if fit else reason)
            case Code.DELIVERY:
                failed = _NOT_DELIVERED.get(text[0])
                return DeliveryWord(_number(text, 1), text[0] == _DELIVERED, failed)
            case Code.SLOT:
                return VendingSlot(_number(text, 0), text[6], text[7], text[10] != 0)
            case Code.MACHINE:
                number = text[_MACHINE_NUMBER_AT : _MACHINE_NUMBER_AT + _MACHINE_NUMBER_BYTES]
                return MachineWord(text[_DOOR_AT], number.decode("latin-1").strip())
            case _:
                return None
    except IndexError:
        raise ProtocolError(f"message {message.command:02X} is too short") from None


def selection_text(selection: int) -> bytes:
    """Two bytes. ValueError: not 1 to 65535."""
    if not 1 <= selection <= 0xFFFF:
        raise ValueError(f"no selection {selection}")
    return selection.to_bytes(2, "big")


def _number(text: bytes, at: int) -> int:
    return text[at] << 8 | text[at + 1]
