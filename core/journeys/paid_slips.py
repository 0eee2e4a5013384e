"""What is printed after a settlement: its slip, one for change that the machine owes (C12), and
what a cashier reads who held a part in cash while the window was off."""

from __future__ import annotations

from core.billing import Settlement
from core.phrase import Yuan, said
from core.slips import SettlementSlip, WrittenSlip


def slips_of(paid: Settlement) -> tuple[SettlementSlip | WrittenSlip, ...]:
    """In the order of printing."""
    cash = paid.cash
    if cash is None or not cash.owed_fen or cash.slip is None:
        return (SettlementSlip(paid),)
    change = WrittenSlip(
        about=cash.slip.slip_id,
        title=said("Change that we owe you"),
        display_name=paid.patient,
        pairs=(
            (said("Put in"), Yuan(cash.handed_fen)),
            (said("Due"), Yuan(cash.to_take_fen)),
            (said("Change"), Yuan(cash.owed_fen)),
        ),
        lines=(said("Any service window pays it out for this slip, once."),),
        slip=cash.slip,
    )
    return (SettlementSlip(paid), change)


def cash_in_hand_slip(operation_id: str, in_hand_fen: int, *, booked: bool) -> WrittenSlip:
    """For the cashier: what became of a payment whose cash nobody had booked yet."""
    good = said("The payment stands. This cash belongs in the drawer.")
    bad = said("The bill was not paid. This cash goes back to the patient.")
    return WrittenSlip(
        about=operation_id,
        title=said("Cash of an interrupted payment"),
        display_name="",
        pairs=((said("In cash"), Yuan(in_hand_fen)),),
        lines=(good if booked else bad,),
    )
