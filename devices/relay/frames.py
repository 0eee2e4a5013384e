"""Modbus RTU frames through pymodbus's PDUs and framer (docs/protocols/modbus_relay.md). No I/O.

What a reader would get wrong: pymodbus drops a damaged answer without a word; here that is a
ProtocolError, so that the driver asks again.
"""

from __future__ import annotations

from dataclasses import dataclass

from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU, ExceptionResponse, ModbusPDU
from pymodbus.pdu.bit_message import (
    ReadCoilsRequest,
    ReadDiscreteInputsRequest,
    WriteSingleCoilRequest,
)

from devices.errors import ProtocolError

READ_RELAYS, READ_INPUTS, SWITCH = 1, 2, 5
_FUNCTIONS = (READ_RELAYS, READ_INPUTS, SWITCH)
_EXCEPTION = 0x80
_CHECK_BYTES = 2
_DECODER = DecodePDU(False)


@dataclass(frozen=True, slots=True)
class Bits:
    """Relays (function 1) or inputs (function 2), the lowest number first."""

    address: int
    function: int
    bits: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Switched:
    """The board's echo of a switched relay; numbers on the wire count from 0."""

    address: int
    number: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Exceptional:
    """The board says no. `code`: 1 function, 2 address, 3 value."""

    address: int
    function: int
    code: int


Answer = Bits | Switched | Exceptional


def read_relays(address: int, count: int) -> bytes:
    """Function 1 from relay 0."""
    return _built(ReadCoilsRequest(dev_id=address, address=0, count=count))


def read_inputs(address: int, count: int) -> bytes:
    """Function 2 from input 0."""
    return _built(ReadDiscreteInputsRequest(dev_id=address, address=0, count=count))


def switch(address: int, number: int, is_on: bool) -> bytes:
    """Function 5; `number` counts from 0."""
    return _built(WriteSingleCoilRequest(dev_id=address, address=number, bits=[is_on]))


def take(buffer: bytearray) -> Answer | None:
    """Remove and return the next answer; what cannot begin one is dropped.

    Raises ProtocolError for a wrong check sum, after removing the frame.
    """
    while len(buffer) >= 2 and buffer[1] & ~_EXCEPTION not in _FUNCTIONS:
        del buffer[0]
    if len(buffer) < FramerRTU.MIN_SIZE:
        return None
    kind = _DECODER.lookupPduClass(bytes(buffer))
    size = kind.calculateRtuFrameSize(bytes(buffer)) if kind is not None else 0
    if not size or len(buffer) < size:
        return None
    raw = bytes(buffer[:size])
    del buffer[:size]
    content, check = raw[:-_CHECK_BYTES], raw[-_CHECK_BYTES:]
    if not FramerRTU.check_CRC(content, int.from_bytes(check, "big")):
        raise ProtocolError("wrong check sum")
    pdu = _DECODER.decode(content[1:])
    if pdu is None:
        raise ProtocolError("not a Modbus answer")
    return _answer(content[0], pdu)


def _answer(address: int, pdu: ModbusPDU) -> Answer:
    if isinstance(pdu, ExceptionResponse):
        return Exceptional(address, pdu.function_code & ~_EXCEPTION, pdu.exception_code)
    if pdu.function_code == SWITCH:
        return Switched(address, pdu.address, pdu.bits[0])
    return Bits(address, pdu.function_code, tuple(pdu.bits))


def _built(request: ModbusPDU) -> bytes:
    return FramerRTU(_DECODER).buildFrame(request)
