"""Give one patient's balance back: plan, warning, account or papers (S15, S51, W27-W34).

What a reader would get wrong: no money moves by asking. Somebody else reviews it, and only then it
is paid out (W20); a minor's transfer goes to the registered contact, a dead person's to whoever the
papers name.
"""

from __future__ import annotations

from cashier.journeys.paper import slip_row
from cashier.journeys.people.standing import contact_again
from cashier.journeys.prefund import clear_pages as pages
from cashier.journeys.prefund.clean_outs import open_clean_out
from cashier.journeys.work import AtWork, fetched, refused, told
from cashier.steps.sheet import Pressed
from core.journeys.print_slip import print_slip
from core.page_parts import Row, Tone
from core.phrase import Yuan, said
from core.ports import NotSent, Refused, Unknown
from core.prepay import CleanOut, CleanOutPlan
from core.prepay_papers import clean_out_slip
from core.steps import Leave
from core.steps.prefund import ApplyForCleanOut, FetchCleanOutPlan, FetchCleanOuts, Payee
from core.steps.questions import MediumShown

_TITLE = said("Give the balance back")
_OVER = frozenset({"PAID", "REJECTED"})


async def clear_balance(at: AtWork) -> str:
    """From the plan to an application, or the one that is under way."""
    trouble = ""
    while True:
        plan = await fetched(FetchCleanOutPlan(at.served.patient_id), at, _TITLE)
        if plan is None:
            return ""
        if plan.decision.message_key == "under_way":
            await _follow(at)
            return ""
        if not plan.balance_fen:
            await told(at, said("There is no balance"), tone=Tone.INFO)
            return ""
        match await pages.plan_sheet(at, plan, trouble):
            case Pressed("contact"):
                await contact_again(at)
            case Pressed() as pressed:
                trouble = await _apply(at, plan, pressed)
                if not trouble:
                    return ""
            case Leave() | MediumShown():
                return ""


async def _apply(at: AtWork, plan: CleanOutPlan, pressed: Pressed) -> str:
    """A code when it was not taken; "" when it was, or nobody knows and it was looked for."""
    typed = dict(pressed.values)
    payee = None
    if "account_no" in typed:
        payee = Payee(typed["account_no"], typed["bank"], typed.get("name", ""))
    patient_id, warned = at.served.patient_id, plan.warning is not None
    match await ApplyForCleanOut(patient_id, warned, "", payee):
        case CleanOut() as asked:
            slip = clean_out_slip(at.served.display_name, asked)
            printed = await print_slip(slip)
            rows = (
                Row("coins", said("Asked back"), Yuan(asked.amount_fen)),
                Row("clipboard-list", said("State"), pages.state_words(asked.state)),
                slip_row(printed=printed),
            )
            words = said("No money has moved yet. Somebody else reviews it first.")
            await told(at, said("The request is received"), rows, words=words)
            return ""
        case Unknown():
            await _follow(at)
            return ""
        case Refused(reason) | NotSent(reason):
            return reason


async def _follow(at: AtWork) -> None:
    """The one that is under way; an account has one at a time."""
    found = await fetched(FetchCleanOuts(at.served.patient_id), at, _TITLE)
    if found is None:
        return
    mine = next((one for one in found.clean_outs if one.state not in _OVER), None)
    if mine is None:
        await refused(at, _TITLE, Refused("clean_out_unsure"))
    else:
        await open_clean_out(at, mine.clean_out_id)
