"""Old balances that were asked back: one word for many, then paid out (W20, W29, W32, W35).

What a reader would get wrong: who asked and who pays out is never who reviews; and a balance that
goes by transfer is on its way for days, which is not paid.
"""

from __future__ import annotations

from typing import assert_never

from cashier.journeys.day.opening import open_for
from cashier.journeys.paper import slip_row
from cashier.journeys.prefund import clean_out_pages as pages
from cashier.journeys.prefund.clear_pages import state_words
from cashier.journeys.work import AtWork, fetched, told
from cashier.steps.sheet import Pressed
from core.journeys.clean_out import CleanedOut, NotCleanedOut, carry_out_clean_out
from core.journeys.doubt import Doubtful
from core.journeys.drawer import WhyOpened
from core.journeys.print_slip import print_slip
from core.page_parts import Row, Tone
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.prepay import CleanOut
from core.prepay_papers import clean_out_slip
from core.steps import Leave
from core.steps.prefund import Payee, ResubmitPayee
from core.steps.questions import MediumShown
from core.steps.window_prefund import FetchCleanOutFile, FetchCleanOutsIn, JudgeCleanOuts
from core.window_prepay import CleanOutFile, CleanOutFiles

_TITLE = said("Balances asked back")
_WAITING = ("REVIEWED", "ACCEPTED", "NEED_REALNAME_RESUBMIT", "PAYOUT_UNKNOWN", "CONFIRMED")


async def clean_outs(at: AtWork) -> str:
    """What a window can do something about stands first."""
    trouble = ""
    while True:
        files: list[CleanOutFile] = []
        for state in _WAITING:
            found = await fetched(FetchCleanOutsIn(state), at, _TITLE)
            if found is None:
                return ""
            files += found.clean_outs
        match await pages.queue_sheet(at, tuple(files), trouble):
            case Pressed("open") as pressed:
                trouble = ""
                await open_clean_out(at, pressed.row)
            case Pressed("review") as pressed:
                chosen = tuple(one for one in files if one.clean_out_id in pressed.rows)
                trouble = await _review(at, chosen)
            case Pressed() | Leave() | MediumShown():
                return ""


async def _review(at: AtWork, files: tuple[CleanOutFile, ...]) -> str:
    """One word for all of them or for none (W29); asked again after a wrong password."""
    if any(one.state != "ACCEPTED" for one in files):
        return "not_for_review"
    trouble = ""
    while True:
        match await pages.review_sheet(at, files, trouble):
            case Pressed(word) as pressed:
                approve, reason = word == "approve", pressed.value("reason")
            case Leave() | MediumShown():
                return ""
        if not approve and not reason:
            trouble = "reason_missing"
            continue
        ids = tuple(one.clean_out_id for one in files)
        operator, password = pressed.value("operator"), pressed.value("password")
        match await JudgeCleanOuts(ids, operator, password, approve, reason):
            case CleanOutFiles():
                return ""
            case Refused(trouble) | NotSent(trouble) | Unknown(trouble):
                continue
            case other:
                assert_never(other)


async def open_clean_out(at: AtWork, clean_out_id: str) -> None:
    """One, in each of its states, until it is left."""
    trouble = ""
    while True:
        file = await fetched(FetchCleanOutFile(clean_out_id), at, _TITLE)
        if file is None:
            return
        match await pages.file_sheet(at, file, trouble):
            case Pressed("review"):
                trouble = await _review(at, (file,))
            case Pressed("execute"):
                trouble = await _carry_out(at, file)
            case Pressed("payee") as pressed:
                payee = Payee(pressed.value("account_no"), pressed.value("bank"))
                trouble = await _resubmit(file, payee)
            case Pressed("again"):
                trouble = ""
            case Pressed() | Leave() | MediumShown():
                return


async def _carry_out(at: AtWork, file: CleanOutFile) -> str:
    """Cash comes out of the drawer only now that it is booked."""
    match await carry_out_clean_out(file.clean_out_id, file.amount_fen):
        case CleanedOut(now):
            pass
        case NotCleanedOut(reason):
            return reason
        case Doubtful(case_id, printed):
            doubt = (Row("file-text", said("Case number"), case_id), slip_row(printed=printed))
            words = said("A person checks what became of it.")
            title = said("Please do not pay it back again")
            await told(at, title, doubt, tone=Tone.WARNING, words=words)
            return ""
        case other:
            assert_never(other)
    printed = await print_slip(clean_out_slip(now.display_name, now))
    rows = [
        Row("clipboard-list", said("State"), state_words(now.state)),
        Row("coins", said("Amount"), Yuan(now.amount_fen)),
        slip_row(printed=printed),
    ]
    if file.cash_fen:
        await open_for(at, WhyOpened.CASH_HANDED_OUT, file.cash_fen)
        cash = Row("cash-banknote", said("Hand out from the drawer"), Yuan(file.cash_fen))
        rows.insert(0, cash)
    paid = now.state == "PAID"
    title = said("Paid back") if paid else said("Not all of it is back yet")
    await told(at, title, tuple(rows), tone=Tone.SUCCESS if paid else Tone.WARNING)
    return ""


async def _resubmit(file: CleanOutFile, payee: Payee) -> str:
    """Another account, because the bank sent it back; reviewed again (W32)."""
    match await ResubmitPayee(file.clean_out_id, payee):
        case CleanOut():
            return ""
        case Refused(reason) | NotSent(reason) | Unknown(reason):
            return reason
