"""The hospital's acquirers: the lead bank and its partner, and which of them takes a payment (S49).

Talks to nobody. What a reader would get wrong: the choice is made once, when a tender or a hold
is written down, and kept with it; a later profile changes nothing for it.
"""

from __future__ import annotations

from settlement_backend.acquirers.acquirer import Acquirer
from settlement_backend.policy.profile import AcquirerRules

LEAD, PARTNER = "lead", "partner"


def bank_for(rules: AcquirerRules, terminal_id: str, card: str = "") -> str:
    """Whose card it is decides before where it is used; the lead bank takes the rest.

    `card`: a card number, masked or not; its first digits are its bank's (BIN).
    """
    for digits, bank in sorted(rules.by_card.items(), key=lambda each: -len(each[0])):
        if card.startswith(digits):
            return bank
    return rules.by_terminal.get(terminal_id, LEAD)


class Banks:
    """Acquirers by name; a name that is not configured is the lead bank's."""

    def __init__(self, lead: Acquirer, partner: Acquirer | None = None) -> None:
        self.lead = lead
        self._partners = {PARTNER: partner} if partner is not None else {}

    def of(self, name: str) -> Acquirer:
        """ "" is the lead bank: what was written before there were partners."""
        return self._partners.get(name, self.lead)

    def all(self) -> dict[str, Acquirer]:
        """Every bank by its name, the lead first."""
        return {LEAD: self.lead, **self._partners}
