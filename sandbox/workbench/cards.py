"""What a card is called and how it looks, by its number and kind.

Talks to nothing but the words and the painter.
"""

from __future__ import annotations

from sandbox.units.wallet import BANK, HEALTH_CARD, M1, SOCIAL_SECURITY
from sandbox.workbench.painting import (
    CARD_BLUE,
    CARD_GOLD,
    CARD_RED,
    CARD_TEAL,
    Paint,
    card,
)
from sandbox.workbench.props import OWN_CARDS
from sandbox.workbench.words import Words

_COLOURS = {M1: CARD_TEAL, SOCIAL_SECURITY: CARD_BLUE, HEALTH_CARD: CARD_RED, BANK: CARD_GOLD}


def card_paint(kind: str) -> Paint:
    """The painter of a card of that kind; an M1 when the kind is not known."""
    return card(_COLOURS.get(kind, CARD_TEAL))


def card_words(words: Words, uid: str, kind: str) -> str:
    """Whose card, or a new one by the end of its number."""
    own = OWN_CARDS.get(uid)
    if own is None:
        return words("new_card" if kind == M1 else f"new_{kind}", uid=uid[-4:])
    if own.person is None:
        return words(own.says)
    return words(own.says, name=own.person.name)
