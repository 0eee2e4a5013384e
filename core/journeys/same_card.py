"""Right before money moves: is the card that identified the patient still the card in the reader?

Presence is told by looks, and a card exchanged between two looks may leave no trace; so the card
is read once more. What a reader would get wrong: a reader that does not answer counts as no.
"""

from __future__ import annotations

from typing import assert_never

from core.ports import CardConfirmed, CardMissing, CardPresence, CardSwapped, DeviceTrouble
from core.steps import ConfirmCard


async def same_card(presence: CardPresence | None) -> bool:
    """True: it was read again and is the same, or the patient was not identified by a card."""
    if presence is None:
        return True
    match await ConfirmCard(presence.uid):
        case CardConfirmed():
            return True
        case CardSwapped() | CardMissing() | DeviceTrouble():
            return False
        case other:
            assert_never(other)
