"""After a bill is paid: what was paid by whom, and what to do with money that is left (C09).

What a reader would get wrong: nobody has to do anything about it. Where the profile clears a
balance at a window there is a slip for it; else it may be asked back right here, or kept.
"""

from __future__ import annotations

from core.billing import Settlement
from core.journeys.print_slip import print_slip
from core.page_parts import Row, Strip, Tone
from core.phrase import Yuan, said
from core.prepay import Residual
from core.slips import WrittenSlip
from core.steps.paying import FetchResidual
from kiosk.journeys.identify import Identified
from kiosk.journeys.paying.till import Payer
from kiosk.journeys.prefund.refund_balance import refund_of
from kiosk.steps import ShowSettled
from kiosk.steps.pages import Button, Finished, Pressed

_REFUND = "refund"


async def after_paying(payer: Payer, paid: Settlement, printed: bool) -> None:
    """The ending; then, only where something is left, how to get it back."""
    left = await FetchResidual(paid.settlement_id)
    await ShowSettled(payer.patient, paid, printed, presence=payer.presence)
    if not isinstance(left, Residual) or not left.decision.allow:
        return
    slip_printed: bool | None = None
    if left.at_window:
        slip_printed = await print_slip(residual_slip(payer, paid, left))
    if await residual_page(payer, left, slip_printed) == Pressed(_REFUND):
        await _ask_back(payer)


async def _ask_back(payer: Payer) -> None:
    """The bill is paid: trying again means the refund, never the bill."""
    again: object = payer
    while again is not None:
        again = await refund_of(Identified(payer.patient, payer.presence))


def residual_page(payer: Payer, left: Residual, printed: bool | None = None) -> Finished:
    """Unused money is the patient's: the backend says which way it goes back (S15, S51).

    `printed`: the slip for the window; None where none is needed.
    """
    words = left.words or said("It stays yours. You can have it back at any time.")
    ask_back = Button(_REFUND, said("Ask for it back now"), "receipt-refund", main=False)
    where = (
        Row("building-bank", said("At a window"), said("Paid out to you"))
        if left.at_window
        else Row("receipt-refund", said("At this machine"), said("Give back what is left"))
    )
    return Finished(
        title=said("You have money left"),
        hint=payer.patient.display_name,
        icon="wallet",
        tone=Tone.INFO,
        presence=payer.presence,
        big_label=said("Not used"),
        big_value=Yuan(left.residual_fen),
        rows=(where,),
        strip=Strip(Tone.INFO, "info-circle", words),
        printed=printed,
        buttons=() if left.at_window else (ask_back,),
    )


def residual_slip(payer: Payer, paid: Settlement, left: Residual) -> WrittenSlip:
    """What is taken to the window, which looks the balance up by itself."""
    return WrittenSlip(
        about=f"{paid.settlement_id}/residual",
        title=said("Money left on your balance"),
        display_name=payer.patient.display_name,
        pairs=((said("Not used"), Yuan(left.residual_fen)),),
        big=said("Any service window"),
        lines=(
            said("A window pays it out to you. Please bring your ID card and this slip."),
            said("This slip is not a voucher for money."),
        ),
    )
