"""Results of MIS-TLV: what is kept of them, and their codes in the words of `core.ports`.

What a reader would get wrong: the amount of a result is a text (`RMB  0.20`, with a minus when
money went back), and a code of four BCD bytes is the terminal's own, not the bank's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.ports import DayTotal, Refused, Unknown
from devices.errors import ProtocolError
from devices.pos.card_number import masked
from devices.pos.mis_tlv.frames import Packet, tlvs_of
from devices.pos.mis_tlv.requests import AMOUNT, PACKET, Original
from devices.pos.service import Receipt

APPROVED = frozenset({"00", "Y1", "Y2", "Y3"})
GOES_ON = frozenset({"00000002", "00000004"})
_SIGN_IN = frozenset({"63", "87", "88", "Z1", "00010014"})
_CANCELLED = "00010001"
_HOST_SILENT = frozenset({"68", "91"})
_CODE, _SIGN_IN_TAG = 0xDF07, 0xDF0C
_TRACE, _RECEIPT, _TERMINAL, _MERCHANT = 0xDF0A, 0xDF10, 0xDF12, 0xDF13
_RRN, _AUTH, _DATE, _TIME, _CARD = 0xDF1A, 0xDF1B, 0xDF1C, 0xDF1D, 0xDF1E
_TOTALS = (("debit", 0xDF25, 0xDF26), ("credit", 0xDF27, 0xDF28))
_BANK_CODE_BYTES, _TERMINAL_CODE_BYTES = 2, 4
_AMOUNT = re.compile(r"RMB\s*-?\s*([0-9]{1,10})\.([0-9]{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Result:
    """What is kept of a result. Texts are "" and numbers None when the POS did not send them."""

    code: str
    wants_sign_in: bool
    amount_fen: int | None
    trace: str
    receipt: str
    auth_code: str
    rrn: str
    date: str
    time: str
    masked_card: str
    terminal_id: str
    merchant_id: str
    reference: str
    totals: tuple[DayTotal, ...]

    @property
    def is_approved(self) -> bool:
        """The bank (or the terminal, off line) said yes."""
        return self.code in APPROVED

    @property
    def is_of_terminal(self) -> bool:
        """The terminal's own error, not the bank's answer."""
        return len(self.code) == 2 * _TERMINAL_CODE_BYTES


def result_of(packet: Packet, reference_tag: int | None) -> Result:
    """Decode a packet of class 02. Raises ProtocolError without a code, or with broken fields."""
    code = _code_of(packet)
    inner = Packet(tlvs_of(packet.value(PACKET) or b""))
    reference = b"" if reference_tag is None else inner.value(reference_tag) or b""
    return Result(
        code=code,
        wants_sign_in=code in _SIGN_IN or packet.value(_SIGN_IN_TAG) == b"\x01",
        amount_fen=_amount(_text(inner, AMOUNT)),
        trace=_digits(inner, _TRACE),
        receipt=_digits(inner, _RECEIPT),
        auth_code=_text(inner, _AUTH),
        rrn=_text(inner, _RRN),
        date=_text(inner, _DATE),
        time=_text(inner, _TIME),
        masked_card=masked(_text(inner, _CARD)),
        terminal_id=_text(inner, _TERMINAL),
        merchant_id=_text(inner, _MERCHANT),
        reference=reference.decode("ascii", errors="replace").strip(),
        totals=_totals(inner),
    )


def refusal_of(code: str) -> Refused:
    """The POS's or the bank's no. Codes: refusal.<reason> in the message catalogue."""
    if code == _CANCELLED:
        return Refused("pos_timeout_or_cancelled", code)
    if code in _HOST_SILENT:
        return Refused("pos_host_silent", code)
    if code in _SIGN_IN or len(code) != _BANK_CODE_BYTES:
        return Refused("pos_not_ready", code)
    return Refused("card_declined", code)


def judged(result: Result, reference: str, amount_fen: int) -> Result | Refused | Unknown:
    """Yes only if all that was said fits; `reference` "" when the POS repeats none."""
    if reference and result.is_approved and result.reference != reference:
        return Unknown("the POS answered with another reference")
    if not result.is_approved:
        return refusal_of(result.code)
    if result.amount_fen != amount_fen:
        return Unknown("the POS answered with another amount")
    return result


def receipt_of(kind: type[Receipt], result: Result, reference: str) -> Receipt:
    """An approved transaction in the words of `core.ports`; the receipt carries all of it."""
    amount_fen = result.amount_fen or 0
    moment = (result.date, result.time)
    original = Original(result.receipt, result.trace, result.auth_code, *moment, amount_fen)
    return kind(
        reference=reference,
        masked_card=result.masked_card,
        auth_code=result.auth_code,
        rrn=result.rrn,
        trace=result.trace,
        receipt=original.token,
        pos_terminal_id=result.terminal_id,
        merchant_id=result.merchant_id,
        amount_fen=amount_fen,
    )


def _code_of(packet: Packet) -> str:
    raw = packet.value(_CODE)
    if raw is not None and len(raw) == _TERMINAL_CODE_BYTES:
        return raw.hex()
    if raw is not None and len(raw) == _BANK_CODE_BYTES:
        return raw.decode("latin-1")
    raise ProtocolError("a result without a code")


def _amount(text: str) -> int | None:
    found = _AMOUNT.fullmatch(text)
    return None if found is None else int(found.group(1)) * 100 + int(found.group(2))


def _totals(inner: Packet) -> tuple[DayTotal, ...]:
    totals = []
    for name, amount_tag, count_tag in _TOTALS:
        amount = _digits(inner, amount_tag)
        if amount:
            count = _digits(inner, count_tag)
            totals.append(DayTotal(name, int(amount), int(count) if count else None))
    return tuple(totals)


def _digits(packet: Packet, tag: int) -> str:
    digits = (packet.value(tag) or b"").hex()
    if digits and not digits.isdecimal():
        raise ProtocolError("a BCD number with other digits")
    return digits


def _text(packet: Packet, tag: int) -> str:
    return (packet.value(tag) or b"").decode("latin-1").strip(" \0")
