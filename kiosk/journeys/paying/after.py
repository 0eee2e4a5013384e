"""After a bill is paid: what was paid by whom, and what to do with money that is left (C09)."""

from __future__ import annotations

from core.billing import Residual, Settlement
from core.phrase import Yuan, said
from core.steps.paying import FetchResidual
from kiosk.journeys.look_up.survey import offer_survey
from kiosk.journeys.paying.till import Payer
from kiosk.steps import ShowSettled
from kiosk.steps.pages import Finished, Row, Strip, Tone


async def after_paying(payer: Payer, paid: Settlement, printed: bool) -> None:
    """The ending; then, only where something is left, how to get it back."""
    left = await FetchResidual(paid.settlement_id)
    await ShowSettled(payer.patient, paid, printed, presence=payer.presence)
    if isinstance(left, Residual) and left.residual_fen:
        await offer_survey(residual_page(payer, left))


def residual_page(payer: Payer, left: Residual) -> Finished:
    """Unused money is the patient's: the backend says which way it goes back (S15, S51)."""
    words = left.words or said("It stays yours. You can have it back at any time.")
    return Finished(
        title=said("You have money left"),
        hint=payer.patient.display_name,
        icon="wallet",
        tone=Tone.INFO,
        presence=payer.presence,
        big_label=said("Not used"),
        big_value=Yuan(left.residual_fen),
        rows=(Row("receipt-refund", said("At this machine"), said("Give back what is left")),),
        strip=Strip(Tone.INFO, "info-circle", words),
    )
