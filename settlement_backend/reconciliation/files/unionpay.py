"""UnionPay's daily files: fixed-width ZM (movements) and ZME (adjustments) in a zip (B.7).

What a reader would get wrong: a blank stands between two columns and belongs to neither; and a day
without movements has no file at all, which is an answer of its own and not an empty zip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from settlement_backend.reconciliation.files.rows import (
    DailyFile,
    Damaged,
    Kind,
    Moved,
    lines_of,
    require,
    unzipped,
)

_ZM = (
    *(3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2),
    *(6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 131),
)
_ZME = (3, 11, 11, 6, 10, 19, 12, 4, 2, 2, 6, 10, 4, 12, 13, 13, 15, 15, 1, 12, 2, 135)
_TRACE, _TIME, _AMOUNT, _QUERY_NO, _NUMBER, _TYPE, _ORIGINAL = 4, 5, 7, 10, 12, 20, 35
_ORIGINAL_TRACE = 11
_KINDS: dict[str, Kind] = {"01": "PAY", "04": "REFUND", "31": "REVOKED"}


def read_unionpay(content: bytes) -> DailyFile:
    """Raises Damaged."""
    files = unzipped(content)
    normal = [data for name, data in files.items() if "ZM_" in name]
    adjusted = [data for name, data in files.items() if "ZME_" in name]
    if len(normal) != 1 or len(adjusted) > 1:
        raise Damaged("not one ZM file and at most one ZME file")
    lines = [
        _columns(line, _ZM, place) for place, line in enumerate(lines_of(normal[0], "ascii"), 1)
    ]
    rows = [_row(values, place) for place, values in enumerate(lines, 1)]
    numbers = {values[_TRACE]: values[_NUMBER] for values in lines if values[_TRACE]}
    hand = [
        _adjustment(line, place, numbers)
        for data in adjusted
        for place, line in enumerate(lines_of(data, "ascii"), 1)
    ]
    return DailyFile(tuple(rows), tuple(hand))


def _columns(line: str, widths: Sequence[int], place: int) -> list[str]:
    """From 1, as the description counts them; the first one is a filler."""
    ends = list(accumulate(width + 1 for width in widths))
    require(len(line) == ends[-1] - 1, place, "the line has another length")
    begins = [0, *ends[:-1]]
    gaps = "".join(line[end - 1] for end in ends[:-1])
    require(not gaps.strip(), place, "something stands between two columns")
    return [
        "",
        *(line[b : b + width].strip() for b, width in zip(begins, widths, strict=True)),
    ]


def _row(values: Sequence[str], place: int) -> Moved:
    kind = _KINDS.get(values[_TYPE])
    if kind is None:
        require(False, place, "unknown type")
        raise AssertionError
    number = values[_NUMBER]
    require(number != "" and values[_AMOUNT].isdecimal(), place, "no number or no amount")
    return Moved(
        kind=kind,
        number=number,
        original="" if kind == "PAY" else values[_ORIGINAL],
        amount_fen=int(values[_AMOUNT]),
        at=values[_TIME],
        reference=values[_QUERY_NO],
    )


def _adjustment(line: str, place: int, numbers: Mapping[str, str]) -> tuple[str, int]:
    values = _columns(line, _ZME, place)
    require(values[_AMOUNT].isdecimal(), place, "no amount")
    trace = values[_ORIGINAL_TRACE]
    return numbers.get(trace, trace), int(values[_AMOUNT])
