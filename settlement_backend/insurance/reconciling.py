"""Reconciliation with the insurance: totals (3201), lines by file (9101, 3202, 9102) (B.7).

Talks to the platform, never inside a transaction. What a reader would get wrong: a refund is a
second, negative line on the day it was made; what 2601 undid never happened and has no line.
"""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.database import Database
from settlement_backend.base.outside import Json
from settlement_backend.insurance.envelope import Heard
from settlement_backend.insurance.gateway import Gateway
from settlement_backend.insurance.tables import InsuranceSettlement
from settlement_backend.insurance.words import RefusedBy, Silent
from settlement_backend.insurance.yuan import fen, yuan

_FILE = "settlements.txt"
_MOST_BYTES = 5_000_000
_RESULT_FIELDS = 10
_DIFFERENCES = {"1": "AMOUNT_DIFF", "2": "ONLY_THERE", "3": "ONLY_HERE", "4": "STATUS_DIFF"}


@dataclass(frozen=True, slots=True)
class Line:
    """A settlement on its day (`sign` 1), or its cancellation on its own (-1)."""

    row: InsuranceSettlement
    sign: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Of some days, in fen; cancellations count against. `account_pay_fen`: as written there."""

    settlements: int
    total_fen: int
    fund_fen: int
    account_pay_fen: int


@dataclass(frozen=True, slots=True)
class Compared:
    """3201. `differing`: the platform's names of the fields that differ, none when all agree."""

    ours: Totals
    theirs: Totals
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that does not agree. `kind`: AMOUNT_DIFF, ONLY_THERE, ONLY_HERE or STATUS_DIFF;
    amounts are the platform's, for a line that it lacks ours."""

    kind: str
    setl_id: str
    cancellation: bool
    memo: str
    total_fen: int
    fund_fen: int
    account_pay_fen: int


def lines_of(session: Session, first: date, last: date, clr_type: str = "") -> list[Line]:
    """Our lines of some days, both included. `clr_type`: "" for all."""
    days = (first.isoformat(), last.isoformat())
    rows = select(InsuranceSettlement).where(InsuranceSettlement.state != "ANNULLED")
    if clr_type:
        rows = rows.where(InsuranceSettlement.clr_type == clr_type)
    rows = rows.order_by(InsuranceSettlement.settled_at, InsuranceSettlement.number)
    made = session.scalars(rows.where(InsuranceSettlement.settled_on.between(*days)))
    undone = session.scalars(rows.where(InsuranceSettlement.reversed_on.between(*days)))
    return [*(Line(row, 1) for row in made), *(Line(row, -1) for row in undone)]


def totals_of(lines: list[Line]) -> Totals:
    """Their sums."""
    return Totals(
        sum(line.sign for line in lines),
        sum(line.sign * line.row.total_fen for line in lines),
        sum(line.sign * line.row.fund_fen for line in lines),
        sum(line.sign * line.row.account_pay_fen for line in lines),
    )


class Reconciling:
    """Comparisons of days."""

    def __init__(self, db: Database, gateway: Gateway) -> None:
        self._db, self._gateway = db, gateway

    def totals(self, first: date, last: date, clr_type: str = "") -> Compared | RefusedBy | Silent:
        """3201."""
        with self._db.read() as session:
            ours = totals_of(lines_of(session, first, last, clr_type))
        asked = {
            "stmt_begndate": first.isoformat(),
            "stmt_enddate": last.isoformat(),
            "medfee_sumamt": yuan(ours.total_fen),
            "fund_pay_sumamt": yuan(ours.fund_fen),
            "acct_pay": yuan(ours.account_pay_fen),
            "fixmedins_setl_cnt": ours.settlements,
            **({"clr_type": clr_type} if clr_type else {}),
        }
        match self._gateway.ask("3201", asked):
            case RefusedBy() as refused:
                return refused
            case Heard(output):
                theirs = _totals(output)
                if theirs is not None:
                    named = str(output.get("stmt_rslt_dscr", ""))
                    return Compared(ours, theirs, tuple(n for n in named.split(", ") if n))
        return Silent()

    def differences(
        self, first: date, last: date, clr_type: str = ""
    ) -> tuple[Difference, ...] | RefusedBy | Silent:
        """9101, 3202, 9102: every line that does not agree; none when all do."""
        with self._db.read() as session:
            lines = lines_of(session, first, last, clr_type)
        uploaded = self._upload(_packed(lines))
        if not isinstance(uploaded, str):
            return uploaded
        sums = totals_of(lines)
        asked = {
            "file_qury_no": uploaded,
            "stmt_begndate": first.isoformat(),
            "stmt_enddate": last.isoformat(),
            "medfee_sumamt": yuan(sums.total_fen),
            "fund_pay_sumamt": yuan(sums.fund_fen),
            "fixmedins_setl_cnt": sums.settlements,
            **({"clr_type": clr_type} if clr_type else {}),
        }
        match self._gateway.ask("3202", asked):
            case RefusedBy() as refused:
                return refused
            case Heard({"fileinfo": {"file_qury_no": str(number), "filename": str(name)}}):
                return self._download(number, name)
        return Silent()

    def _upload(self, content: bytes) -> str | RefusedBy | Silent:
        """9101: the number of the file."""
        asked = {
            "fsUploadIn": {
                "in": base64.b64encode(content).decode(),
                "filename": f"{_FILE}.zip",
                "fixmedins_code": self._gateway.institution.code,
            }
        }
        match self._gateway.ask("9101", asked):
            case RefusedBy() as refused:
                return refused
            case Heard({"file_qury_no": str(number)}):
                return number
        return Silent()

    def _download(self, number: str, name: str) -> tuple[Difference, ...] | RefusedBy | Silent:
        """9102."""
        code = self._gateway.institution.code
        named = {"file_qury_no": number, "filename": name, "fixmedins_code": code}
        content = self._gateway.download({"fsDownloadIn": named})
        if isinstance(content, RefusedBy):
            return content
        return Silent() if content is None else _differences(content)


def _totals(output: Json) -> Totals | None:
    try:
        return Totals(
            int(output["fixmedins_setl_cnt"]),
            fen(output["medfee_sumamt"]),
            fen(output["fund_pay_sumamt"]),
            fen(output["acct_pay"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _packed(lines: list[Line]) -> bytes:
    """A zip of one text: fields by TAB, an empty one is `null` (B.7)."""
    text = "".join(_text(line) for line in lines)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_FILE, text.encode())
    return packed.getvalue()


def _text(line: Line) -> str:
    row, sign = line.row, line.sign
    fields = (
        row.setl_id,
        row.mdtrt_id,
        row.psn_no,
        yuan(sign * row.total_fen),
        yuan(sign * row.fund_fen),
        yuan(sign * row.account_pay_fen),
        "0" if sign > 0 else "1",
    )
    return "\t".join(field or "null" for field in fields) + "\n"


def _differences(content: bytes) -> tuple[Difference, ...] | Silent:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = archive.infolist()[0]
            if entry.file_size > _MOST_BYTES:
                return Silent()
            text = archive.read(entry).decode()
        return tuple(_difference(line.split("\t")) for line in text.splitlines())
    except (zipfile.BadZipFile, IndexError, KeyError, ValueError):
        return Silent()


def _difference(fields: list[str]) -> Difference:
    """psn_no, mdtrt_id, setl_id, msgid, stmt_rslt, refd_setl_flag, memo, and three amounts.

    Raises ValueError and KeyError for a line that is not so.
    """
    if len(fields) != _RESULT_FIELDS:
        raise ValueError("not a line of the result")
    _psn_no, _mdtrt_id, setl_id, _msgid, result, refunded, memo, *amounts = fields
    total_fen, fund_fen, account_pay_fen = (fen(amount) for amount in amounts)
    return Difference(
        _DIFFERENCES[result],
        setl_id,
        refunded == "1",
        "" if memo == "null" else memo,
        total_fen,
        fund_fen,
        account_pay_fen,
    )
