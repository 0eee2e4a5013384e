"""The files of 3202: a zip of one TAB-separated text, sent by the institution and answered.

Talks to nothing. What a reader would get wrong: an empty field is the word "null", and there is no
heading.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Literal

from sandbox.platforms.desk import Refused
from sandbox.platforms.yuan import signed_fen_of, yuan_of

Flag = Literal["0", "1"]
Result = Literal["1", "2", "3", "4"]
EMPTY = "null"
_TEXT_LIMIT_BYTES = 5_000_000
_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a settlement (flag 0) or its cancellation (flag 1, negative amounts).

    ``msgid`` is known only of the centre's own lines.
    """

    setl_id: str
    mdtrt_id: str
    psn_no: str
    total_fen: int
    fund_fen: int
    account_pay_fen: int
    flag: Flag
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that differs: 1 amounts, 2 only at the centre, 3 only sent, 4 only this half."""

    line: Line
    result: Result
    memo: str


def unpacked(content: bytes) -> list[Line]:
    """The lines of an uploaded file; Refused when it is not of the form."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            (inside,) = file.infolist()
            if inside.file_size > _TEXT_LIMIT_BYTES:
                raise Refused("the file is too large")
            text = file.read(inside).decode()
        return [_line(row) for row in text.splitlines()]
    except (zipfile.BadZipFile, ValueError) as error:
        raise Refused("the file is not of the form of 3202") from error


def compare(ours: list[Line], theirs: list[Line]) -> list[Difference]:
    """What differs between the centre's lines and the sender's, the centre's first."""
    our_lines = {(line.setl_id, line.flag): line for line in ours}
    their_lines = {(line.setl_id, line.flag): line for line in theirs}
    both = {line.setl_id for line in ours} & {line.setl_id for line in theirs}
    differences = []
    for key, line in our_lines.items():
        other = their_lines.get(key)
        if other is None:
            half: Result = "4" if line.setl_id in both else "2"
            differences.append(Difference(line, half, "only at the centre"))
        elif memo := _different(line, other):
            differences.append(Difference(line, "1", memo))
    for key, line in their_lines.items():
        if key not in our_lines:
            half = "4" if line.setl_id in both else "3"
            differences.append(Difference(line, half, "only sent"))
    return differences


def result_text(differences: list[Difference]) -> str:
    """The text that answers 3202."""
    return "".join(_row(difference) for difference in differences)


def _different(ours: Line, theirs: Line) -> str:
    names = (
        ("medfee_sumamt", ours.total_fen, theirs.total_fen),
        ("fund_pay_sumamt", ours.fund_fen, theirs.fund_fen),
        ("acct_pay", ours.account_pay_fen, theirs.account_pay_fen),
    )
    return ", ".join(name for name, our_fen, their_fen in names if our_fen != their_fen)


def _row(difference: Difference) -> str:
    line = difference.line
    fields = (
        *(line.psn_no, line.mdtrt_id, line.setl_id, line.msgid),
        *(difference.result, line.flag, difference.memo),
        *(yuan_of(line.total_fen), yuan_of(line.fund_fen), yuan_of(line.account_pay_fen)),
    )
    return "\t".join(field or EMPTY for field in fields) + "\n"


def _line(row: str) -> Line:
    """ValueError for a row that is not of the form."""
    fields = row.split("\t")
    if len(fields) != _COLUMNS:
        raise ValueError("seven fields are asked for")
    setl_id, mdtrt_id, psn_no, total, fund, account, flag = fields
    if flag not in ("0", "1"):
        raise ValueError("refd_setl_flag is 0 or 1")
    return Line(
        setl_id=setl_id,
        mdtrt_id=mdtrt_id,
        psn_no=psn_no,
        total_fen=signed_fen_of(total),
        fund_fen=signed_fen_of(fund),
        account_pay_fen=signed_fen_of(account),
        flag="0" if flag == "0" else "1",
    )
