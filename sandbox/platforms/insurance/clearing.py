"""Reconciliation and clearing: 3201-3204 with the files of 9101 and 9102 (domain B.7, L08).

Called by the dispatch. What a reader would get wrong: a refund is a second, negative line on the
day it was made; a settlement and its refund on one day make two lines, not none.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.platforms.desk import Refused
from sandbox.platforms.insurance import wire as wire
from sandbox.platforms.insurance.books import (
    Centre,
    Clearing,
    Output,
    StoredFile,
    moment_text,
)
from sandbox.platforms.insurance.envelope import Call
from sandbox.platforms.insurance.files import Line, compare, result_text, unpacked
from sandbox.platforms.insurance.setlinfo import account_pay_fen
from sandbox.platforms.insurance.settlements import Entry
from sandbox.platforms.yuan import yuan_of
from sandbox.platforms.zipped import zipped

_DOWNLOAD_DAYS = 7


@dataclass(frozen=True, slots=True)
class _Totals:
    """Totals of some days; a cancellation counts against its own day."""

    total_fen: int
    fund_fen: int
    account_pay_fen: int
    count: int


def totals(centre: Centre, call: Call) -> Output:
    """3201."""
    asked = wire.TotalsQuery.model_validate(call.input)
    entries = _entries(centre, asked.stmt_begndate, asked.stmt_enddate, asked.clr_type)
    if asked.insutype is not None:
        entries = [entry for entry in entries if entry.settlement.insutype == asked.insutype]
    ours = _totals(centre, entries)
    compared = (
        ("medfee_sumamt", asked.medfee_sumamt, ours.total_fen),
        ("fund_pay_sumamt", asked.fund_pay_sumamt, ours.fund_fen),
        ("acct_pay", asked.acct_pay, ours.account_pay_fen),
        ("fixmedins_setl_cnt", asked.fixmedins_setl_cnt, ours.count),
    )
    different = [name for name, theirs, is_ours in compared if theirs not in (None, is_ours)]
    return {
        "stmt_rslt": "1" if different else "0",
        "stmt_rslt_dscr": ", ".join(different),
        "medfee_sumamt": yuan_of(ours.total_fen),
        "fund_pay_sumamt": yuan_of(ours.fund_fen),
        "acct_pay": yuan_of(ours.account_pay_fen),
        "fixmedins_setl_cnt": ours.count,
    }


def upload(centre: Centre, call: Call) -> Output:
    """9101."""
    asked = wire.FileUpload.model_validate(call.input).fsUploadIn
    try:
        base64.b64decode(asked.content, validate=True)
    except binascii.Error as error:
        raise Refused("in is not Base64") from error
    return {
        "file_qury_no": _keep(centre, StoredFile(asked.filename, asked.content)),
        "filename": asked.filename,
        "fixmedins_code": asked.fixmedins_code,
    }


def download(centre: Centre, call: Call) -> bytes:
    """9102."""
    asked = wire.FileDownload.model_validate(call.input).fsDownloadIn
    known = centre.books.files.get(asked.file_qury_no)
    if known is None or known.filename != asked.filename:
        raise Refused("no such file")
    return base64.b64decode(known.content)


def details(centre: Centre, call: Call) -> Output:
    """3202."""
    asked = wire.DetailsQuery.model_validate(call.input)
    sent = centre.books.files.get(asked.file_qury_no)
    if sent is None:
        raise Refused("no such file")
    theirs = unpacked(base64.b64decode(sent.content))
    added = (
        sum(line.total_fen for line in theirs),
        sum(line.fund_fen for line in theirs),
        sum(1 if line.flag == "0" else -1 for line in theirs),
    )
    if added != (asked.medfee_sumamt, asked.fund_pay_sumamt, asked.fixmedins_setl_cnt):
        raise Refused("the file does not add up to these totals")
    entries = _entries(centre, asked.stmt_begndate, asked.stmt_enddate, asked.clr_type)
    differences = compare([_line(centre, entry) for entry in entries], theirs)
    name = f"{asked.file_qury_no}.result.txt"
    content = base64.b64encode(zipped({name: result_text(differences).encode()})).decode()
    filename = f"{name}.zip"
    last_moment = centre.now() + timedelta(days=_DOWNLOAD_DAYS)
    return {
        "fileinfo": {
            "file_qury_no": _keep(centre, StoredFile(filename, content)),
            "filename": filename,
            "dld_endtime": moment_text(last_moment),
        }
    }


def apply_for_clearing(centre: Centre, call: Call) -> Output:
    """3203."""
    asked = wire.ClearingApplication.model_validate(call.input)
    clearings = centre.books.clearings
    if any(
        (made.clr_type, made.setlym, made.cancelled) == (asked.clr_type, asked.setlym, False)
        for made in clearings.values()
    ):
        raise Refused("an application for this clr_type and setlym stands")
    ours = _totals(centre, _entries(centre, asked.begndate, asked.enddate, asked.clr_type))
    for name, theirs, is_ours in (
        ("psntime", asked.psntime, ours.count),
        ("medfee_sumamt", asked.medfee_sumamt, ours.total_fen),
        ("fund_appy_sum", asked.fund_appy_sum, ours.fund_fen),
        ("acct_pay", asked.acct_pay, ours.account_pay_fen),
    ):
        if theirs != is_ours:
            raise Refused(f"{name} differs")
    number = f"CLR{len(clearings) + 1:010d}"
    clearings[number] = Clearing(number, asked.clr_type, asked.setlym, ours.fund_fen)
    return {"clr_appy_evt_id": number}


def cancel_clearing(centre: Centre, call: Call) -> None:
    """3204."""
    asked = wire.ClearingCancel.model_validate(call.input)
    known = centre.books.clearings.get(asked.clr_appy_evt_id)
    if known is None or known.cancelled:
        raise Refused("no such application")
    known.cancelled = True


def _entries(centre: Centre, first: date, last: date, clr_type: str | None) -> list[Entry]:
    return [
        entry
        for entry in centre.books.settlements.entries(first, last)
        if clr_type in (None, entry.settlement.clr_type)
        and entry.day not in centre.orders.dropped_days
    ]


def _totals(centre: Centre, entries: list[Entry]) -> _Totals:
    lines = [_line(centre, entry) for entry in entries]
    return _Totals(
        total_fen=sum(line.total_fen for line in lines),
        fund_fen=sum(line.fund_fen for line in lines),
        account_pay_fen=sum(line.account_pay_fen for line in lines),
        count=sum(entry.sign for entry in entries),
    )


def _line(centre: Centre, entry: Entry) -> Line:
    made, sign = entry.settlement, entry.sign
    account_fen = account_pay_fen(made, centre.person(made.psn_no))
    return Line(
        setl_id=made.setl_id,
        mdtrt_id=made.mdtrt_id,
        psn_no=made.psn_no,
        total_fen=sign * made.shares.total_fen,
        fund_fen=sign * made.shares.fund_fen,
        account_pay_fen=sign * account_fen,
        flag="0" if sign == 1 else "1",
        msgid=made.msgid if sign == 1 else made.cancel_msgid,
    )


def _keep(centre: Centre, stored: StoredFile) -> str:
    number = f"fsi/plc/{len(centre.books.files) + 1:010d}"
    centre.books.files[number] = stored
    return number
