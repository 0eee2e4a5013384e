"""The requests of MIS-TLV, each with its TLVs in the order the terminal wants. No I/O.

What a reader would get wrong: the order differs from function to function and is part of the
protocol; and what undoes or refunds wants trace, authorisation, date and time of the first
transaction, which is why our `receipt` carries them (see `Original`).
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.pos.mis_tlv.frames import Tlv
from devices.pos.mis_tlv.types import Function

LAST_RECEIPT = "000000"
CLASS, TYPE, AMOUNT, RANDOM, HOST, PACKET = 0xDF01, 0xDF02, 0xDF03, 0xDF04, 0xDF05, 0xDF06
_TIME, _CARD_KIND, _AUTH, _DATE, _RECEIPT = 0xDF0B, 0xDF0D, 0xDF16, 0xDF17, 0xDF18
_TRACE, _CASH, _DESK, _OPERATOR = 0xDF19, 0xDF20, 0xDF46, 0xDF47
_VERSION = Tlv(0xDF08, b"\x55\x55")
_MODE = Tlv(0xDF09, b"\x30\x04")
_CARD = Tlv(_CARD_KIND, b"1")
_NO_CASH = Tlv(_CASH, bytes(6))
_REQUEST, _FORWARD = b"\x00", b"\x01"
_AUTH_CHARACTERS = 6


@dataclass(frozen=True, slots=True)
class Till:
    """What the bank calls this till; both ASCII."""

    desk: str
    operator: str


@dataclass(frozen=True, slots=True)
class Original:
    """A transaction that is to be undone or refunded; the text form is our `receipt`."""

    receipt: str
    trace: str
    auth_code: str
    date: str
    time: str
    amount_fen: int

    @property
    def token(self) -> str:
        """RECEIPT.TRACE.AUTH.MMDDHHMMSS.FEN."""
        parts = (self.receipt, self.trace, self.auth_code, self.date + self.time)
        return ".".join((*parts, str(self.amount_fen)))


def original_of(token: str) -> Original:
    """Raises ValueError for a text that `Original.token` never made."""
    parts = token.split(".")
    if len(parts) != 5 or len(parts[3]) != 10 or not parts[4].isdecimal():
        raise ValueError("not a receipt of this POS")
    receipt, trace, auth_code, moment, amount = parts
    return Original(receipt, trace, auth_code, moment[:4], moment[4:], int(amount))


@dataclass(frozen=True, slots=True)
class Request:
    """One function with its TLVs; class, random number and type come before them."""

    function: Function
    tlvs: tuple[Tlv, ...]


def header(random: str, code: str) -> tuple[Tlv, ...]:
    """`random`: 4 digits; `code`: the function's type code, 2 digits."""
    return (Tlv(CLASS, _REQUEST), Tlv(RANDOM, _bcd(random, 4)), Tlv(TYPE, _bcd(code, 2)))


def forwarded(random: str, answer: bytes) -> tuple[Tlv, ...]:
    """The bank's answer to a packet that the POS asked us to send."""
    return (Tlv(CLASS, _FORWARD), Tlv(RANDOM, _bcd(random, 4)), Tlv(PACKET, answer))


def sign_in(till: Till) -> Request:
    """Once a day, and whenever the POS asks for it."""
    return Request(Function.SIGN_IN, (_VERSION, _MODE, *_till(till)))


def status(till: Till) -> Request:
    """How the POS is; moves nothing."""
    return Request(Function.STATUS, (_VERSION, _MODE, *_till(till)))


def sale(till: Till, amount_fen: int) -> Request:
    """Take money from a card."""
    money = (_VERSION, _amount(amount_fen), _MODE, _CARD, _NO_CASH)
    return Request(Function.SALE, (*money, *_till(till)))


def void(till: Till, original: Original) -> Request:
    """Undo a sale of this batch."""
    receipt = Tlv(_RECEIPT, _bcd(original.receipt, 6))
    money = (_VERSION, _amount(original.amount_fen), receipt, _MODE)
    return Request(Function.VOID, (*money, *_till(till)))


def refund(till: Till, original: Original, amount_fen: int) -> Request:
    """Money of an earlier sale back."""
    first = (_VERSION, _amount(amount_fen), _CARD, *_first(original))
    return Request(Function.REFUND, (*first, _MODE, *_till(till)))


def hold(till: Till, amount_fen: int) -> Request:
    """Pre-authorise."""
    return Request(Function.HOLD, (_amount(amount_fen), _VERSION, _MODE, _CARD, *_till(till)))


def release(till: Till, original: Original) -> Request:
    """Cancel a whole hold."""
    first = (_amount(original.amount_fen), _CARD, *_first(original))
    return Request(Function.RELEASE, (*first, _VERSION, _MODE, *_till(till)))


def complete(till: Till, auth_code: str, amount_fen: int) -> Request:
    """Book a hold."""
    money = (_amount(amount_fen), Tlv(_AUTH, _authorisation(auth_code)))
    return Request(Function.COMPLETE, (*money, _VERSION, _MODE, _CARD, *_till(till)))


def reprint(receipt: str) -> Request:
    """A result once more; LAST_RECEIPT: the last one."""
    return Request(Function.REPRINT, (_VERSION, _MODE, Tlv(_RECEIPT, _bcd(receipt, 6))))


def settle(till: Till) -> Request:
    """Close the batch."""
    return Request(Function.SETTLE, (_VERSION, _MODE, Tlv(HOST, b"\x01"), *_till(till)))


def _till(till: Till) -> tuple[Tlv, Tlv]:
    return Tlv(_DESK, till.desk.encode("ascii")), Tlv(_OPERATOR, till.operator.encode("ascii"))


def _first(original: Original) -> tuple[Tlv, ...]:
    return (
        Tlv(_TRACE, _bcd(original.trace, 6)),
        Tlv(_AUTH, _authorisation(original.auth_code)),
        Tlv(_DATE, _bcd(original.date, 4)),
        Tlv(_TIME, _bcd(original.time, 6)),
    )


def _authorisation(auth_code: str) -> bytes:
    return auth_code.ljust(_AUTH_CHARACTERS).encode("ascii")


def _amount(amount_fen: int) -> Tlv:
    return Tlv(AMOUNT, _bcd(f"{amount_fen:012d}", 12))


def _bcd(digits: str, count: int) -> bytes:
    if len(digits) != count or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"expected {count} digits")
    return bytes.fromhex(digits)
