"""WeChat's daily bill: CSV in UTF-8 whose values have a leading back-tick (domain.md B.7).

What a reader would get wrong: a refund stands under the number of its order, its own number is in
another column; and a comma inside a value is never there, so lines are split at commas.
"""

from __future__ import annotations

from settlement_backend.reconciliation.files.rows import (
    DailyFile,
    Kind,
    Moved,
    fen_of,
    lines_of,
    require,
)

_COLUMNS, _SUMMARY_COLUMNS, _TAIL = 27, 7, 2
_TIME, _REFERENCE, _ORDER, _STATE = 0, 5, 6, 9
_PAID, _REFUND_NO, _REFUNDED = 12, 15, 16
_COUNT, _PAID_SUM, _REFUNDED_SUM = 0, 1, 2
_KINDS: dict[str, Kind] = {"SUCCESS": "PAY", "REFUND": "REFUND", "REVOKED": "REVOKED"}


def read_wechat(content: bytes) -> DailyFile:
    """Raises Damaged, also when the summary does not fit the details."""
    lines = lines_of(content, "utf-8")
    require(len(lines) > _TAIL, len(lines), "header and summary are missing")
    require(lines[0].startswith("交易时间,"), 1, "not the header of the details")
    require(lines[-_TAIL].startswith("总交易单数,"), len(lines) - 1, "no summary")
    rows = [_row(line, place) for place, line in enumerate(lines[1:-_TAIL], 2)]
    _check(rows, lines[-1], len(lines))
    return DailyFile(tuple(rows))


def _values(line: str, columns: int, place: int) -> list[str]:
    values = line.split(",")
    require(len(values) == columns, place, f"{columns} columns expected")
    require(all(value.startswith("`") for value in values), place, "a value has no back-tick")
    return [value[1:] for value in values]


def _row(line: str, place: int) -> Moved:
    values = _values(line, _COLUMNS, place)
    kind = _KINDS.get(values[_STATE])
    if kind is None:
        require(False, place, "unknown state")
        raise AssertionError
    amount_fen = fen_of(values[_PAID if kind == "PAY" else _REFUNDED], place)
    order = values[_ORDER]
    require(amount_fen > 0 and order != "", place, "no amount or no number")
    return Moved(
        kind=kind,
        number=values[_REFUND_NO] if kind == "REFUND" else order,
        original="" if kind == "PAY" else order,
        amount_fen=amount_fen,
        at=values[_TIME],
        reference=values[_REFERENCE],
    )


def _check(rows: list[Moved], summary: str, place: int) -> None:
    told = _values(summary, _SUMMARY_COLUMNS, place)
    paid = sum(row.amount_fen for row in rows if row.kind == "PAY")
    back = sum(row.amount_fen for row in rows if row.kind != "PAY")
    require(told[_COUNT] == str(len(rows)), place, "the count is not that of the details")
    require(fen_of(told[_PAID_SUM], place) == paid, place, "the sum is not that of the details")
    require(fen_of(told[_REFUNDED_SUM], place) == back, place, "the refunds do not sum up")
