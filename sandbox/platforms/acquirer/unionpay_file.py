"""UnionPay's daily files: ZM, the payments, and ZME, what was adjusted by hand (domain B.7).

Talks to nothing. What a reader would get wrong: columns are counted from 1 and told apart by their
widths; the blank between two columns is not part of either.
"""

import zlib
from collections.abc import Mapping

from sandbox.platforms.acquirer.statement import Row, Statement
from sandbox.platforms.zipped import zipped

_ZM_WIDTHS = (
    "3,11,11,6,10,19,12,4,2,21,2,32,2,6,10,13,13,4,15,2,2,"
    "6,2,4,32,1,21,15,1,15,32,13,13,8,32,13,13,12,2,1,131"
)
_ZME_WIDTHS = "3,11,11,6,10,19,12,4,2,2,6,10,4,12,13,13,15,15,1,12,2,135"
_INSTITUTION = "00010000"
_CODES = {"PAY": ("S22", "01"), "REFUND": ("S30", "04"), "REVOKED": ("S31", "31")}
_ADJUSTED, _ADJUSTED_BECAUSE = "E74", "4502"
_QUERY_NUMBER_DIGITS = 21


def unionpay_file(statement: Statement) -> bytes | None:
    """The archive of a day; None when there is nothing to tell."""
    adjusted = [
        _adjustment(statement, row, statement.adjusted_fen[number])
        for number, row in statement.payments.items()
        if number in statement.adjusted_fen and row.at.date() == statement.day
    ]
    if not statement.rows and not adjusted:
        return None
    stem = f"INN{statement.day:%y%m%d}88"
    normal = [_payment(statement, row) for row in statement.rows]
    return zipped(
        {
            f"{stem}ZM_{statement.merchant}": _encoded(normal),
            f"{stem}ZME_{statement.merchant}": _encoded(adjusted),
        }
    )


def _payment(statement: Statement, row: Row) -> str:
    movement = row.movement
    code, kind = _CODES.get(movement.kind, ("S22", "01"))
    columns = {
        1: code,
        2: _INSTITUTION,
        3: _INSTITUTION,
        4: _trace(row),
        5: _time(row),
        7: f"{movement.amount_fen:012d}",
        10: _query_number(row),
        12: movement.number,
        17: f"{'C' if movement.kind == 'PAY' else 'D'}{movement.amount_fen:012d}",
        20: kind,
        28: statement.merchant,
        35: movement.original_number,
    }
    original = statement.payments.get(movement.original_number)
    if original is not None:
        columns |= {14: _trace(original), 15: _time(original), 27: _query_number(original)}
    return _fixed(_ZM_WIDTHS, columns)


def _adjustment(statement: Statement, row: Row, amount_fen: int) -> str:
    number = f"ADJUST {row.movement.number}"
    columns = {
        1: _ADJUSTED,
        2: _INSTITUTION,
        3: _INSTITUTION,
        4: _digits(number, 6),
        5: _time(row),
        7: f"{amount_fen:012d}",
        11: _trace(row),
        12: _time(row),
        13: _ADJUSTED_BECAUSE,
        17: statement.merchant,
    }
    return _fixed(_ZME_WIDTHS, columns)


def _query_number(row: Row) -> str:
    movement = row.movement
    if movement.kind == "PAY":
        return movement.transaction_no.zfill(_QUERY_NUMBER_DIGITS)
    return "9" + _digits(f"{movement.kind} {movement.number}", _QUERY_NUMBER_DIGITS - 1)


def _trace(row: Row) -> str:
    return _query_number(row)[-6:]


def _time(row: Row) -> str:
    return f"{row.at:%m%d%H%M%S}"


def _digits(text: str, width: int) -> str:
    return f"{zlib.crc32(text.encode()) % 10**width:0{width}d}"


def _fixed(widths: str, columns: Mapping[int, str]) -> str:
    cells = []
    for number, width in enumerate(map(int, widths.split(",")), 1):
        value = columns.get(number, "")
        if len(value) > width:
            raise ValueError(f"column {number} has room for {width} signs")
        cells.append(value.ljust(width))
    return " ".join(cells)


def _encoded(lines: list[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")
