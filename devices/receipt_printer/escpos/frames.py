"""ESC/POS commands and text bytes (docs/protocols/escpos.md). No I/O.

What a reader would get wrong: text is always our own GB18030 bytes and never carries a control
byte, so nothing written on a slip can command the printer; and U+00A5 becomes the full-width yen
sign, because printers know only its two-byte form.
"""

from __future__ import annotations

import unicodedata

from core.document import Picture

INITIALISE = bytes.fromhex("1B40")
CHINESE_ON = bytes.fromhex("1C26")
SIZE_NORMAL = bytes.fromhex("1D2100")
SIZE_DOUBLE = bytes.fromhex("1D2111")
BOLD_ON = bytes.fromhex("1B4501")
BOLD_OFF = bytes.fromhex("1B4500")
ALIGN_LEFT = bytes.fromhex("1B6100")
ALIGN_CENTRE = bytes.fromhex("1B6101")
ALIGN_RIGHT = bytes.fromhex("1B6102")
CUT = bytes.fromhex("1D564200")
ASK_PAPER_IN_ORDER = bytes.fromhex("1D7201")
RECOVER_AND_CLEAR = bytes.fromhex("100502")
AUTOMATIC_STATUS_ON = bytes.fromhex("1D61FF")
_PULSE_ON, _PULSE_OFF = 0x19, 0xFA
FIRMWARE, MODEL, SERIAL = 0x41, 0x43, 0x44
LINE_END = b"\n"
BAND_DOTS = 240
_RASTER = bytes.fromhex("1D763000")
_ECHO = bytes.fromhex("1D284806003030")
_QR = bytes.fromhex("1D286B")
_QR_MODULE_DOTS = 6
_QR_LEVEL_M = 0x31
_REPLACED = str.maketrans({"\u00a5": "\uffe5", "\t": " ", "\n": " "})


def ask_status(number: int) -> bytes:
    """DLE EOT 1 to 4, answered at once even while printing."""
    return bytes([0x10, 0x04, number])


def drawer_pulse(connector: int) -> bytes:
    """ESC p: opens the drawer at pin 2 (0) or pin 5 (1); 50 ms on, 500 ms off."""
    return bytes([0x1B, 0x70, connector, _PULSE_ON, _PULSE_OFF])


def ask_echo(process_id: bytes) -> bytes:
    """GS ( H: answered with these four bytes (20 to 7E) once all before it is printed."""
    return _ECHO + process_id


def ask_identity(what: int) -> bytes:
    """GS I: FIRMWARE, MODEL or SERIAL."""
    return bytes([0x1D, 0x49, what])


def feed(lines: int) -> bytes:
    """Empty lines, 0 to 255."""
    return bytes([0x1B, 0x64, lines])


def clean(text: str) -> str:
    """What may be printed: no control characters; line ends and tabs become spaces."""
    spaced = text.translate(_REPLACED)
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs"))


def text_bytes(text: str) -> bytes:
    """GB18030 of cleaned text; four bytes for what only `pictures.RareRows` gets on all papers."""
    return clean(text).encode("gb18030")


def columns_of(character: str) -> int:
    """Half-width columns of one character: what takes two or more bytes takes two columns."""
    return 1 if len(character.encode("gb18030")) == 1 else 2


def raster(picture: Picture) -> bytes:
    """GS v 0 in bands, so that a tall picture fits into small buffers."""
    bands = []
    for top in range(0, picture.height_dots, BAND_DOTS):
        rows = picture.bits[top * picture.row_bytes : (top + BAND_DOTS) * picture.row_bytes]
        height = len(rows) // picture.row_bytes
        size = picture.row_bytes.to_bytes(2, "little") + height.to_bytes(2, "little")
        bands.append(_RASTER + size + rows)
    return b"".join(bands)


def qr_code(text: str) -> bytes:
    """Model 2, module 6 dots, error correction M, store, print."""
    data = clean(text).encode("utf-8")
    return (
        _QR
        + bytes.fromhex("040031413200")
        + _QR
        + bytes([0x03, 0x00, 0x31, 0x43, _QR_MODULE_DOTS])
        + _QR
        + bytes([0x03, 0x00, 0x31, 0x45, _QR_LEVEL_M])
        + _QR
        + (len(data) + 3).to_bytes(2, "little")
        + bytes.fromhex("315030")
        + data
        + _QR
        + bytes.fromhex("0300315130")
    )
