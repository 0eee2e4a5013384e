"""What the MIS-TLV card terminal says to its till (protocol page section 5.2).

Pure. The type codes are unpublished but for 13, 45 and 46, so the others are ours [M] and the
terminal's settings must name them. Amounts of results are text, with a minus for money going back.
"""

from datetime import datetime
from typing import Literal

from sandbox.units.mis_frames import bcd_tlv, mis_frame, tlv
from sandbox.units.pos_books import (
    ALREADY_REVERSED,
    AMOUNT_TOO_HIGH,
    HOST_SILENT,
    NO_SUCH_TRANSACTION,
    NOT_POSSIBLE,
    TIMEOUT_OR_CANCEL,
    BatchTotals,
    Kind,
    PosEntry,
)
from sandbox.units.pos_desk import MERCHANT_ID, TERMINAL_ID

Function = Literal[
    "sign_in",
    "sale",
    "void",
    "refund",
    "hold",
    "release",
    "complete",
    "reprint",
    "totals",
    "settle",
    "journal",
    "status",
    "qr_sale",
    "qr_refund",
]
TYPES: dict[Function, str] = {
    "sign_in": "01",
    "sale": "02",
    "void": "03",
    "refund": "04",
    "hold": "06",
    "release": "07",
    "complete": "08",
    "reprint": "09",
    "totals": "10",
    "settle": "11",
    "journal": "12",
    "status": "13",
    "qr_sale": "45",
    "qr_refund": "46",
}
FUNCTION_OF_KIND: dict[Kind, Function] = {
    "sale": "sale",
    "reservation": "hold",
    "refund": "refund",
    "void": "void",
    "book_total": "complete",
    "partial_reversal": "complete",
    "preauth_reversal": "release",
}
APPROVED, UNKNOWN_FUNCTION = b"00", b"12"
KEEP_WAITING, SIGN_IN_FIRST = bytes.fromhex("00000002"), bytes.fromhex("00010014")
CODES = {
    0: APPROVED,
    TIMEOUT_OR_CANCEL: bytes.fromhex("00010001"),
    HOST_SILENT: b"68",
    ALREADY_REVERSED: b"12",
    NO_SUCH_TRANSACTION: b"25",
    NOT_POSSIBLE: b"25",
    AMOUNT_TOO_HIGH: b"13",
}
BACKWARD = frozenset({"refund", "void", "preauth_reversal"})
OF_EARLIER = frozenset({"void", "book_total", "partial_reversal", "preauth_reversal"})
DESK, OPERATOR = "0019", "811615"
MERCHANT_ENGLISH, MERCHANT_CHINESE = "DEMO HOSPITAL", "示范医院"
TERMINAL = tlv("DF12", TERMINAL_ID.encode()) + tlv("DF13", MERCHANT_ID.encode())
MERCHANT = tlv("DF44", MERCHANT_ENGLISH.encode().ljust(25)) + tlv(
    "DF45", MERCHANT_CHINESE.encode("gb18030").ljust(24)
)
TO_HOST_01 = b"\x01"
SIGN_IN_PACKET = bytes.fromhex("6000030000 0100") + bytes(8)  # opaque to the till


def code_of(result: int) -> bytes:
    """DF07 of a result of the books: the bank's two characters, or the terminal's four bytes."""
    return CODES.get(result, f"{result:02d}".encode() if result < 100 else UNKNOWN_FUNCTION)


def short_result(type_code: str, random: str, code: bytes, inside: bytes = b"") -> bytes:
    """A result without a transaction; ``inside`` stands before DF07."""
    head = b"\xdf\x01\x01\x02" + bcd_tlv("DF02", type_code) + bcd_tlv("DF04", random)
    return mis_frame(head + inside + tlv("DF07", code))


def result(
    type_code: str, random: str, entry: PosEntry, echoes_reference: bool, following: int | None
) -> bytes:
    """A transaction; ``following`` counts the journal packets after it, None outside a journal."""
    inside = tlv("DF06", _transaction(entry, echoes_reference))
    if following is not None:
        inside += tlv("DF24", bytes([following > 0])) + bcd_tlv("DF8F", f"{following:04d}")
    return short_result(type_code, random, code_of(entry.result), inside)


def terminal_data(function: Function, batch: int) -> bytes:
    """DF06 of a sign-in, and with the merchant's names of a status."""
    inside = bcd_tlv("DF02", TYPES[function]) + tlv("DF11", f"{batch:06d}".encode()) + TERMINAL
    return tlv("DF06", inside + (MERCHANT if function == "status" else b""))


def totals_data(function: Function, batch: int, totals: BatchTotals) -> bytes:
    """DF06 of totals and settlement; the coding of DF25 to DF28 is ours [M]."""
    inside = bcd_tlv("DF02", TYPES[function]) + tlv("DF11", f"{batch:06d}".encode()) + TERMINAL
    inside += bcd_tlv("DF25", f"{totals.debit_fen:012d}")
    inside += bcd_tlv("DF26", f"{totals.debit_count:04d}")
    inside += bcd_tlv("DF27", f"{totals.credit_fen:012d}")
    return tlv("DF06", inside + bcd_tlv("DF28", f"{totals.credit_count:04d}"))


def forward_request(random: str) -> bytes:
    """ "Send this to the bank for me": an ISO 8583 packet nobody but the bank understands."""
    head = b"\xdf\x01\x01\x01" + bcd_tlv("DF04", random) + tlv("DF05", TO_HOST_01)
    return mis_frame(head + tlv("DF06", SIGN_IN_PACKET))


def confirmation(receipt: str) -> bytes:
    """Unasked: the transaction of this receipt is a fact."""
    return mis_frame(f"ACKACK{int(receipt):06d}".encode())


def _transaction(entry: PosEntry, echoes_reference: bool) -> bytes:
    moment = datetime.fromisoformat(entry.time)
    data = bcd_tlv("DF02", TYPES[FUNCTION_OF_KIND[entry.kind]])
    data += tlv("DF46", DESK.encode().ljust(10)) + tlv("DF47", OPERATOR.encode().ljust(10))
    data += tlv("DF11", f"{entry.batch:06d}".encode()) + TERMINAL + MERCHANT
    data += tlv("DF03", _yuan(entry))
    if entry.trace:
        data += bcd_tlv("DF0A", entry.trace)
    if entry.receipt:
        data += bcd_tlv("DF10", entry.receipt.zfill(6))
    if entry.kind in OF_EARLIER:
        data += bcd_tlv("DF18", entry.receipt.zfill(6))
    if entry.rrn:
        data += tlv("DF1A", entry.rrn.encode())
    data += tlv("DF1B", entry.auth_code.encode().ljust(6))
    data += tlv("DF1C", moment.strftime("%m%d").encode())
    data += tlv("DF1D", moment.strftime("%H%M%S").encode())
    if entry.masked_pan:
        data += tlv("DF1E", entry.masked_pan.replace("E", "*").encode())
        data += tlv("DF22", entry.bank.encode("gb18030"))
    if echoes_reference and entry.reference:
        data += tlv("DF69", entry.reference.encode())
    return data


def _yuan(entry: PosEntry) -> bytes:
    sign = "-" if entry.kind in BACKWARD else " "
    return f"RMB {sign}{entry.amount_fen // 100}.{entry.amount_fen % 100:02d}".encode()
