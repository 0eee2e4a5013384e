"""Alipay's daily bill: a zip of GBK CSV files with `#` comments (domain.md B.3, B.7).

What a reader would get wrong: refunds are negative, text values may end in blanks or a TAB, and a
name's rare sign may have become a question mark; numbers never do.
"""

from __future__ import annotations

from settlement_backend.reconciliation.files.rows import (
    DailyFile,
    Damaged,
    Kind,
    Moved,
    fen_of,
    lines_of,
    require,
    unzipped,
)

_COLUMNS = 25
_REFERENCE, _ORDER, _BUSINESS, _DONE_AT, _AMOUNT = 0, 1, 2, 5, 11
_REFUND_NO, _NOTE = 21, 24
_PAYMENT, _REFUND, _REVERSED = "交易", "退款", "撤销"
_HEADER, _SUMS = "支付宝交易号,", "汇总"


def read_alipay(content: bytes) -> DailyFile:
    """Raises Damaged."""
    details = [data for name, data in unzipped(content).items() if _SUMS not in name]
    if len(details) != 1:
        raise Damaged("not one file of details")
    rows: list[Moved] = []
    header = False
    for place, line in enumerate(lines_of(details[0], "gbk"), 1):
        if line.startswith("#"):
            continue
        if not header:
            require(line.startswith(_HEADER), place, "not the header of the details")
            header = True
        else:
            rows.append(_row(line, place))
    if not header:
        raise Damaged("no header of the details")
    return DailyFile(tuple(rows))


def _row(line: str, place: int) -> Moved:
    values = [value.strip() for value in line.split(",")]
    require(len(values) == _COLUMNS, place, f"{_COLUMNS} columns expected")
    amount_fen = fen_of(values[_AMOUNT], place)
    order, business = values[_ORDER], values[_BUSINESS]
    require(business in (_PAYMENT, _REFUND), place, "neither payment nor refund")
    kind: Kind = "PAY" if business == _PAYMENT else "REFUND"
    if kind == "REFUND" and values[_NOTE] == _REVERSED:
        kind = "REVOKED"
    require((amount_fen > 0) == (kind == "PAY") and amount_fen != 0, place, "the sign is wrong")
    require(order != "", place, "no number")
    return Moved(
        kind=kind,
        number=values[_REFUND_NO] if kind == "REFUND" else order,
        original="" if kind == "PAY" else order,
        amount_fen=abs(amount_fen),
        at=values[_DONE_AT],
        reference=values[_REFERENCE],
    )
