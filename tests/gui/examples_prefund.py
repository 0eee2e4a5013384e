"""Pages as a patient meets them: holds and money paid in advance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.billing import Completer, Hold, HoldTerms
from core.flow import Step
from core.journeys.take_notes import CashInside, CashWanted, NoteCount, NotesSoFar
from core.prepay import ToppedUp
from core.steps.prefund import Payee
from kiosk.journeys.identify import Identified
from kiosk.journeys.prefund import hold_pages, refund_pages, top_up_pages
from tests.helpers import people
from tests.helpers.told.told_prefund import BAN, CLEAN_OUT, MAY_RELEASE, PLAN, TERMS, YES

_WHO = Identified(people.PATIENT, None)
_LIMITS = HoldTerms(True, "", 10_000, 500_000, (50_000, 100_000, 200_000, 300_000))
_WANTED = CashWanted(200_000, 5_000)
_NOTES_FEN = (100, 500, 1_000, 2_000, 5_000, 10_000)
_INSIDE = CashInside((NoteCount(5_000, 1), NoteCount(10_000, 18)))
_SO_FAR = NotesSoFar(_INSIDE, _NOTES_FEN, None, "note_not_allowed")
_BOOKED = ToppedUp("T1", "CASH", 185_000, 1_234_567, "OP-EXEMPT-GROUP", people.REFERRAL.slip)
_MINOR = replace(PLAN, payee=replace(PLAN.payee, needs=("REGISTERED_CONTACT",)))
_DEAD = replace(PLAN, documents=tuple(refund_pages.DOCUMENTS))
_AGAIN = replace(CLEAN_OUT, state="NEED_REALNAME_RESUBMIT", needs=("PAYEE",))
_PAYEE = Payee("6222021234567890123", "RCB")

_HOLD = Hold(
    "H1",
    100_000,
    12_345,
    0,
    87_655,
    "HELD",
    "622202******4567",
    "2026-12-22",
    Completer.ACQUIRER,
)

_ENDED = replace(_HOLD, released_fen=87_655, remaining_fen=0, state="RELEASED")
_MAY_END = replace(MAY_RELEASE, hold=_HOLD)
_ELSEWHERE = replace(
    _MAY_END, decision=replace(YES, allow=False, message_key="hold_elsewhere"), receipt=""
)

EXAMPLES: dict[str, Step[Any]] = {
    "prefund stopped": top_up_pages.stopped(
        _WHO, replace(TERMS, collect=BAN, balance_fen=1_234_567), may_declare=True
    ),
    "prefund consent": top_up_pages.consent(_WHO, TERMS),
    "prefund amount": top_up_pages.amount(_WHO, TERMS.methods[1], 8_000),
    "prefund transfer": top_up_pages.confirmation(_WHO, 200_000, 1_034_567),
    "prefund notes": top_up_pages.notes(_WHO, _WANTED, NotesSoFar(CashInside(), _NOTES_FEN)),
    "prefund notes inside": top_up_pages.notes(_WHO, _WANTED, _SO_FAR),
    "prefund done": top_up_pages.done(_WHO, _BOOKED, printed=True),
    "prefund holds": hold_pages.standing(
        _WHO, (_HOLD, replace(_HOLD, hold_id="H2")), may_place=True
    ),
    "prefund one hold": hold_pages.one(_WHO, _MAY_END, _LIMITS),
    "prefund hold of another machine": hold_pages.one(_WHO, _ELSEWHERE, _LIMITS),
    "prefund end of a hold": hold_pages.ending(_WHO, _HOLD),
    "prefund hold has ended": hold_pages.ended(_WHO, _ENDED, printed=True),
    "prefund larger hold": hold_pages.larger(_WHO, _HOLD, _LIMITS),
    "balance none": refund_pages.nothing(_WHO),
    "balance plan": refund_pages.plan(_WHO, PLAN),
    "balance plan of a minor": refund_pages.plan(_WHO, _MINOR),
    "balance warning": refund_pages.warning(_WHO, PLAN),
    "balance documents": refund_pages.documents(_WHO, _DEAD),
    "balance bank": refund_pages.bank(_WHO),
    "balance account": refund_pages.account(_WHO, for_contact=True),
    "balance confirmation": refund_pages.confirmation(_WHO, PLAN, _PAYEE),
    "balance sent": refund_pages.sent(_WHO, CLEAN_OUT, printed=False),
    "balance under way": refund_pages.under_way(_WHO, CLEAN_OUT),
    "balance another account": refund_pages.under_way(_WHO, _AGAIN),
}
