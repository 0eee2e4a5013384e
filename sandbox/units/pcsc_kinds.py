"""A card of the wallet as the chip that a PC/SC reader finds in it, by the card's kind.

Talks to the wallet. The chip lives for as long as the card lies in the slot.
"""

from typing import Protocol

from sandbox.units.bank_card import BankCard
from sandbox.units.card_fields import CardFields
from sandbox.units.health_card import health_card
from sandbox.units.mifare import MifareChip
from sandbox.units.pcsc_card import PcscCard
from sandbox.units.social_card import social_card
from sandbox.units.wallet import BANK, HEALTH_CARD, SOCIAL_SECURITY, Wallet


class Chip(Protocol):
    """What answers in the slot."""

    atr: bytes

    def power_off(self) -> None: ...

    def answer(self, apdu: bytes) -> bytes: ...


def powered_chip(wallet: Wallet, uid: str) -> Chip:
    """The chip of card ``uid``; raises ControlError when a field does not fit the card."""
    card = wallet.card(uid)
    fields = CardFields(card.fields)
    match card.kind:
        case kind if kind == SOCIAL_SECURITY:
            return social_card(fields)
        case kind if kind == HEALTH_CARD:
            return health_card(fields)
        case kind if kind == BANK:
            return BankCard(uid)
        case _:
            return PcscCard(MifareChip(wallet, uid))
