"""The plain daily files of cards, credit lines and transfers: CSV as in RFC 4180.

What a reader would get wrong: undoing a card refund is a movement to us again, though nobody paid.
"""

from __future__ import annotations

import csv
import io

from settlement_backend.reconciliation.files.rows import (
    MOST_BYTES,
    DailyFile,
    Damaged,
    Kind,
    Moved,
    require,
)

_HEADER = [
    *("time", "kind", "number", "original_number", "transaction_no", "auth_code"),
    *("terminal_id", "account", "amount_fen"),
]
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("PAY", "SALE", "COMPLETION", "TRANSFER_RETURN"), "PAY"),
    **dict.fromkeys(("REFUND", "CARD_REFUND", "COMPLETION_REFUND", "TRANSFER"), "REFUND"),
    **dict.fromkeys(("REVOKED", "SALE_VOID", "COMPLETION_CANCEL"), "REVOKED"),
    "CARD_REFUND_UNDO": "PAY",
}


def read_plain(content: bytes) -> DailyFile:
    """Raises Damaged."""
    if len(content) > MOST_BYTES:
        raise Damaged("the file is too large")
    try:
        text = content.decode("utf-8")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Damaged(f"not a CSV file in UTF-8 ({type(error).__name__})") from None
    require(text.endswith("\n") and lines[:1] == [_HEADER], 1, "not the header, or cut off")
    return DailyFile(tuple(_row(values, place) for place, values in enumerate(lines[1:], 2)))


def _row(values: list[str], place: int) -> Moved:
    require(len(values) == len(_HEADER), place, f"{len(_HEADER)} columns expected")
    at, word, number, original, transaction_no, auth_code, _terminal, _account, amount = values
    kind = _KINDS.get(word)
    if kind is None:
        require(False, place, "unknown kind")
        raise AssertionError
    plain = amount.isascii() and amount.isdecimal() and len(amount) < len("1000000000000")
    require(plain and number != "", place, "no amount or no number")
    return Moved(kind, number, original, int(amount), at, transaction_no or auth_code)
