"""Wakes a PN532 on a serial port and gives nfcpy's driver for it.

nfcpy's own opening orders 921600 baud, and a program that dies then leaves a chip that answers
nobody until it is switched off; it also finds ports only directly in /dev. What a reader would get
wrong: the chip may still be busy as a tag, so an ACK (abort) is sent before the first question.
"""

from __future__ import annotations

import logging

from nfc.clf import pn532
from nfc.clf.transport import TTY

from devices.errors import TransportError

ANSWER_MS = 100
BAUD = 115200
_BAUDS = (BAUD, 921600, 460800, 230400)
_AWAKE = bytes(10)
_ACK = bytes.fromhex("0000FF00FF00")
_ASK_FIRMWARE = bytes.fromhex("0000FF02FED4022A00")
_FIRMWARE = bytes.fromhex("0000FF06FAD50332")
_NORMAL_MODE = bytes.fromhex("0000FF05FBD4140100001700")
_NORMAL_MODE_SET = bytes.fromhex("0000FF02FED5151600")
log = logging.getLogger("nfc.clf.pn532")


def open_pn532(port: str) -> pn532.Device:
    """nfcpy's device. Raises TransportError, or what nfcpy raises for a chip that garbles."""
    tty = TTY(port)
    try:
        tty.tty.exclusive = True
        if not any(_answers_at(tty, port, baud) for baud in _BAUDS):
            raise TransportError(f"{port}: no PN532 answers")
        chipset = pn532.Chipset(tty, logger=log)
        if tty.baudrate != BAUD:
            chipset.set_serial_baudrate(BAUD)
            tty.baudrate = BAUD
        _ask(tty, _NORMAL_MODE, _NORMAL_MODE_SET)
        device = pn532.Device(chipset, logger=log)
    except BaseException:
        tty.tty.close()
        raise
    device._path = port
    return device


def _answers_at(tty: TTY, port: str, baud: int) -> bool:
    tty.baudrate = baud
    tty.write(_AWAKE + _ACK)
    try:
        _ask(tty, _ASK_FIRMWARE, _FIRMWARE)
    except (OSError, IndexError, TransportError):
        return False
    return True


def _ask(tty: TTY, command: bytes, start_of_answer: bytes) -> None:
    tty.write(_AWAKE + command)
    if bytes(tty.read(timeout=ANSWER_MS)) != _ACK:
        raise TransportError(f"{tty.port}: no acknowledge")
    if not bytes(tty.read(timeout=ANSWER_MS)).startswith(start_of_answer):
        raise TransportError(f"{tty.port}: another answer")
