"""What the virtual card terminal says to its till: status, results, refusals (protocol page 5.1).

Pure. The card number is masked before it gets here, and the acquirer's reference number has no
field of its own, so it travels as text ``RRN:...`` in field 3C.
"""

from datetime import datetime

from sandbox.units.pos_books import BatchTotals, PosBooks, PosEntry
from sandbox.units.pos_desk import MERCHANT_ID, TERMINAL_ID
from sandbox.units.zvt_frames import apdu, bcd, contained, counted, tlv

VERSION, DEVICE_NAME = b"KIOSK POS 1.0", b"KIOSK POS"
CURRENCY = 156
READY = 0x00
OPEN_HOLDS = 0xB8
STATUS_INFORMATION, INTERMEDIATE, COMPLETION, ABORT = 0x040F, 0x04FF, 0x060F, 0x061E
CURRENCY_FIELD = b"\x49" + bcd(CURRENCY, 2)
TERMINAL_FIELD = b"\x29" + bytes.fromhex(TERMINAL_ID)
EMPTY_CARD_KINDS = 6 * bytes(7)  # of the seven totals only the last one, "others", is used


def intermediate(status: int) -> bytes:
    """An intermediate status, e.g. 0A insert card."""
    return apdu(INTERMEDIATE, bytes([status]))


def completed() -> bytes:
    """The command is done."""
    return apdu(COMPLETION)


def aborted(code: int) -> bytes:
    """The command ended with ``code``."""
    return apdu(ABORT, bytes([code]))


def registered() -> bytes:
    """Completion of a registration, with terminal id and currency."""
    return apdu(COMPLETION, b"\x19\x40" + TERMINAL_FIELD + CURRENCY_FIELD)


def status_of_terminal(serial: str) -> bytes:
    """Completion of a status enquiry: version as LLLVAR without a tag, status byte, identity."""
    device = tlv("1F40", DEVICE_NAME) + tlv("1F41", VERSION)
    device += tlv("1F42", bytes.fromhex(serial)) + tlv("1F43", bytes([READY]))
    identity = tlv("1F44", bytes.fromhex(TERMINAL_ID)) + tlv("E4", device)
    return apdu(COMPLETION, counted(0x3C, VERSION)[1:] + bytes([READY]) + contained(identity))


def open_hold_answer(books: PosBooks) -> bytes:
    """The newest open hold, or receipt FFFF when there is none."""
    holds = books.open_holds()
    receipt = bytes.fromhex(holds[-1].receipt) if holds else b"\xff\xff"
    return apdu(ABORT, bytes([OPEN_HOLDS, 0x87]) + receipt)


def information(entry: PosEntry, echoes_reference: bool) -> bytes:
    """The status information of one transaction; fields it does not have are left out."""
    moment = datetime.fromisoformat(entry.time)
    data = bytes([0x27, entry.result, 0x04]) + bcd(entry.amount_fen, 6) + CURRENCY_FIELD
    if entry.trace:
        data += b"\x0b" + bytes.fromhex(entry.trace)
    data += _moment(moment)
    if entry.masked_pan:
        padding = "F" if len(entry.masked_pan) % 2 else ""
        data += counted(0x22, bytes.fromhex(entry.masked_pan + padding))
    if entry.receipt:
        data += b"\x87" + bytes.fromhex(entry.receipt)
    if entry.auth_code:
        data += b"\x3b" + entry.auth_code.encode("ascii")[:8].ljust(8, b"\0")
    data += TERMINAL_FIELD + b"\x2a" + MERCHANT_ID.encode("ascii")
    if entry.bank:
        data += counted(0x8B, entry.bank.encode("gb18030") + b"\0")
    if entry.rrn:
        data += counted(0x3C, f"RRN:{entry.rrn}".encode("ascii"))
    if echoes_reference:
        data += contained(bytes.fromhex(entry.container))
    return apdu(STATUS_INFORMATION, data)


def end_of_day_information(totals: BatchTotals, moment: datetime) -> bytes:
    """What was booked since the last end of day; refunds are not taken off [M]."""
    amount = b"\x27\x00\x04" + bcd(totals.debit_fen, 6) + CURRENCY_FIELD
    others = bytes([min(totals.debit_count, 0xFF)]) + bcd(totals.debit_fen, 6)
    receipts = bytes.fromhex(totals.first_receipt + totals.last_receipt)
    sums = counted(0x60, receipts + EMPTY_CARD_KINDS + others)
    return apdu(STATUS_INFORMATION, amount + _moment(moment) + TERMINAL_FIELD + sums)


def _moment(moment: datetime) -> bytes:
    time, date = moment.strftime("%H%M%S"), moment.strftime("%m%d")
    return b"\x0c" + bytes.fromhex(time) + b"\x0d" + bytes.fromhex(date)
