"""A larger hold in place of one that is too small (S12): the new one first, then the old one ends.

The new hold is an operation like any other hold; its id is the re-authorisation's. Once it stands
the old one pays nothing any more, and this machine's card terminal releases it if it made it. What
a reader would get wrong: the release is not the patient's business. Whatever comes of it, the
backend asks the acquirer until the old hold is free, or opens a case.
"""

from __future__ import annotations

from core.billing import Reauthorisation
from core.journeys.hold import HoldEnd, HoldPlaced, place_hold
from core.operation import OperationEvent, OperationKind
from core.steps import Intend, Intended, JournalBroken, Record, ReleaseHoldAtPos
from core.steps.paying import FetchReauthorisation, TellOldReleased

_KIND = OperationKind.RELEASE


async def reauthorise(patient_id: str, old_hold_id: str, amount_fen: int) -> HoldEnd:
    """From the amount that would pay the bill to a hold of so much, or a truthful no."""
    placed = await place_hold(patient_id, amount_fen, replaces=old_hold_id)
    if isinstance(placed, HoldPlaced):
        await end_old(placed.operation_id)
    return placed


async def end_old(reauthorisation_id: str) -> None:
    """Release the old hold, if it is one of this machine's card terminal and still stands."""
    told = await FetchReauthorisation(reauthorisation_id)
    if not isinstance(told, Reauthorisation) or not told.release_receipt:
        return
    facts: dict[str, str | int] = {
        "reauthorisation_id": reauthorisation_id,
        "receipt": told.release_receipt,
    }
    match await Intend(_KIND, facts):
        case Intended(operation_id):
            pass
        case JournalBroken():
            return
    if isinstance(await Record(operation_id, _KIND, OperationEvent.START), JournalBroken):
        return
    await release_old(operation_id, reauthorisation_id, told.release_receipt)


async def release_old(operation_id: str, reauthorisation_id: str, receipt: str) -> None:
    """At the card terminal, then the backend looks; recovery enters here too.

    "Released already" counts as done there, so it may be asked again.
    """
    await ReleaseHoldAtPos(operation_id, receipt)
    told = await TellOldReleased(operation_id, reauthorisation_id)
    state = told.state if isinstance(told, Reauthorisation) else "backend_asks_on"
    await Record(operation_id, _KIND, OperationEvent.FINISH, {"state": state})
