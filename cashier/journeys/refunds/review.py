"""Refunds that were asked for at a kiosk, a phone, a ward or another window (H20, W20, C05).

Seen, judged by a reviewer, carried out by the window. What a reader would get wrong: a judgement
moves nothing, so it is one Act; carrying out is money, and goes through `core/journeys/refund.py`.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.day.opening import open_for
from cashier.journeys.refunds import pages
from cashier.journeys.refunds.words import route_words
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Pressed
from core.billing import Refund
from core.deferral import Decision
from core.journeys.doubt import Doubtful
from core.journeys.drawer import WhyOpened
from core.journeys.refund import NotRefunded, Refunded, Transferring, carry_out_refund
from core.page_parts import Row, Tone
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.refund_files import RefundFile, RefundFiles
from core.refunds import Contact
from core.steps import Leave
from core.steps.questions import MediumShown
from core.steps.refunds import FetchPayee, ResubmitContact
from core.steps.window_refunds import (
    FetchRefundFile,
    FetchRefundsIn,
    FetchRefundsOf,
    JudgeRefund,
    NamePayee,
)

_TITLE = said("Refund requests")
_WAITING = (
    *("REVIEWED", "ACCEPTED", "NEED_REALNAME_RESUBMIT"),
    *("SUSPENSE", "PAYOUT_UNKNOWN", "CONFIRMED"),
)
"""What a window can do something about stands first."""


async def refund_requests(at: AtWork) -> str:
    """Of all terminals and campuses (W35)."""
    while True:
        found = await _waiting(at)
        if found is None or not await _chosen(at, found):
            return ""


async def refunds_of_patient(at: AtWork) -> str:
    """Of the patient who is served, paid and refused ones too."""
    while True:
        found = await fetched(FetchRefundsOf(at.served.patient_id), at, _TITLE)
        if found is None or not await _chosen(at, found.refunds):
            return ""


async def _waiting(at: AtWork) -> tuple[RefundFile, ...] | None:
    files: list[RefundFile] = []
    for state in _WAITING:
        found: RefundFiles | None = await fetched(FetchRefundsIn(state), at, _TITLE)
        if found is None:
            return None
        files += found.refunds
    return tuple(files)


async def _chosen(at: AtWork, files: tuple[RefundFile, ...]) -> bool:
    """One was looked at, or the list is wanted again; False: enough."""
    match await pages.queue_sheet(at, files):
        case Pressed("open") as pressed:
            await open_refund(at, pressed.row)
            return True
        case Pressed():
            return True
        case Leave() | MediumShown():
            return False


async def open_refund(at: AtWork, refund_id: str) -> None:
    """One, in each of its states, until it is left."""
    trouble = ""
    while True:
        file = await fetched(FetchRefundFile(refund_id), at, _TITLE)
        if file is None:
            return
        match await pages.file_sheet(at, file, trouble):
            case Pressed("approve") as pressed:
                trouble = await _judged(file, pressed, approve=True)
            case Pressed("refuse"):
                trouble = await _refuse(at, file)
            case Pressed("execute"):
                trouble = await _carry_out(at, file)
            case Pressed("payee"):
                trouble = await _payee(at, file)
            case Pressed("again"):
                trouble = ""
            case Pressed() | Leave() | MediumShown():
                return


async def _judged(file: RefundFile, pressed: Pressed, *, approve: bool, reason: str = "") -> str:
    """What was wrong with it, or ""."""
    operator, password = pressed.value("operator"), pressed.value("password")
    match await JudgeRefund(file.refund_id, operator, password, approve, reason):
        case RefundFile():
            return ""
        case Refused(why) | NotSent(why) | Unknown(why):
            return why


async def _refuse(at: AtWork, file: RefundFile) -> str:
    trouble = ""
    while True:
        match await pages.refuse_sheet(at, file, trouble):
            case Pressed() as pressed:
                reason = pressed.value("reason")
                trouble = await _judged(file, pressed, approve=False, reason=reason)
                if not trouble:
                    return ""
            case Leave() | MediumShown():
                return ""


async def _carry_out(at: AtWork, file: RefundFile) -> str:
    """Insurance, invoice and money, in the backend's order; what came of it is told at once."""
    end = await carry_out_refund(file.refund_id, file.total_fen)
    match end:
        case Refunded(refund, printed):
            await _paid_back(at, file, refund, printed=printed)
            return ""
        case Transferring(refund, printed):
            title = said("Not all of it is back yet")
            words = said("The rest goes by bank transfer, or waits for its account.")
            rows = (*_routes(refund), _slip(printed=printed))
            await told(at, title, rows, tone=Tone.WARNING, words=words)
            return ""
        case NotRefunded(reason):
            return reason
        case Doubtful(case_id, printed):
            title = said("Please do not pay it back again")
            row = Row("file-text", said("Case number"), case_id)
            words = said("A person checks what became of it.")
            rows = (row, _slip(printed=printed))
            await told(at, title, rows, tone=Tone.WARNING, words=words)
            return ""
        case other:
            assert_never(other)


async def _paid_back(at: AtWork, file: RefundFile, refund: Refund, *, printed: bool) -> None:
    """Cash comes out of the drawer only now that it is booked."""
    rows = [*_routes(refund), _slip(printed=printed)]
    if file.cash_fen:
        await open_for(at, WhyOpened.CASH_HANDED_OUT, file.cash_fen)
        words = said("Hand out from the drawer")
        rows.insert(0, Row("cash-banknote", words, Yuan(file.cash_fen), tone=Tone.WARNING))
    await told(at, said("Paid back"), tuple(rows))


def _routes(refund: Refund) -> tuple[Row, ...]:
    return tuple(
        Row(
            "circle-check" if part.state == "DONE" else "hourglass",
            route_words(part.route),
            Yuan(part.amount_fen),
            part.label,
        )
        for part in refund.parts
    )


def _slip(*, printed: bool) -> Row:
    if printed:
        return Row("receipt", said("Slip"), said("Give the slip to the patient."))
    owed = said("The slip could not be printed. It is kept and can be printed later.")
    return Row("printer-off", said("Slip"), owed, tone=Tone.WARNING)


async def _payee(at: AtWork, file: RefundFile) -> str:
    """Whose account the first transfer without one goes to (W28, W30, W32)."""
    part = file.without_account
    if part is None:
        return "not_a_transfer"
    trouble = ""
    while True:
        match await FetchPayee(file.patient_id):
            case Decision() as holder:
                pass
            case Refused(reason) | NotSent(reason) | Unknown(reason):
                return reason
        match await pages.payee_sheet(at, file, part, holder, trouble):
            case Pressed("contact"):
                trouble = await _contact(at, file)
                continue
            case Pressed() as pressed:
                values = dict(pressed.values)
            case Leave() | MediumShown():
                return ""
        name = values.get("name", "")
        match await NamePayee(
            file.refund_id, part.part_id, values["account_no"], values["bank"], name
        ):
            case RefundFile():
                return ""
            case Refused(why) | NotSent(why) | Unknown(why):
                trouble = why


async def _contact(at: AtWork, file: RefundFile) -> str:
    """The real name of a minor's contact; what was wrong with it, or ""."""
    match await pages.contact_sheet(at):
        case Pressed() as pressed:
            pass
        case Leave() | MediumShown():
            return ""
    name, number = pressed.value("name"), pressed.value("id_number")
    match await ResubmitContact(file.patient_id, name, number):
        case Contact():
            return ""
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return reason
