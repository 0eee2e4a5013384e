"""The slip of a hold that has ended; that of a new one is `core.slips.HoldSlip`."""

from __future__ import annotations

from core.billing import Hold
from core.identity import short_card
from core.phrase import Yuan, said
from core.slips import WrittenSlip


def hold_ended_slip(display_name: str, hold: Hold) -> WrittenSlip:
    """Proof for the holder of the card."""
    return WrittenSlip(
        about=hold.hold_id,
        title=said("Pre-authorisation: ended"),
        display_name=display_name,
        pairs=(
            (said("Bank card"), short_card(hold.masked_card)),
            (said("Frozen at first"), Yuan(hold.amount_fen)),
            (said("Free on your card again"), Yuan(hold.released_fen)),
        ),
        lines=(said("Nothing was paid from this pre-authorisation."),),
    )
