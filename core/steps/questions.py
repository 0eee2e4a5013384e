"""Asks that every mode shows.

What a reader would get wrong: a card that must stay is named by its presence event, so a card that
was swapped for another abandons the question like one that was pulled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Settlement, TenderKind
from core.codes import ForeignCode, IdentityCode, PaymentCode, recognise
from core.flow import Ask, Event, Reason, Touch
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.ports import (
    CardGone,
    CardTaken,
    CardUnreadable,
    CodeScanned,
    HealthCardPresent,
    IdCardPresent,
    IdCardUnreadable,
)


@dataclass(frozen=True, slots=True)
class MediumShown:
    """A medium, and the presence event of the card that must stay (None for a code)."""

    medium: Medium
    presence: HealthCardPresent | None
    document: IdDocument | None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something was shown that this question cannot use. `reason`: trouble.<reason>."""

    reason: str


def left_with(presence: HealthCardPresent | None, event: Event) -> Reason | None:
    """CARD_PULLED when the very card that must stay is gone or swapped for another."""
    if presence is None or event.level != HealthCardPresent.level or event == presence:
        return None
    return Reason.CARD_PULLED


@dataclass(frozen=True, slots=True)
class Identify(Ask[MediumShown | NotUnderstood]):
    """Show or insert anything of `accepts`; other media are answered with a sentence."""

    accepts: frozenset[MediumKind]
    purpose: str
    trouble: str = ""

    def heard(self, event: Event) -> MediumShown | NotUnderstood | Reason | None:
        match event:
            case IdCardPresent(document):
                return self._shown(Medium(MediumKind.ID_CARD, document.id_number), None, document)
            case HealthCardPresent(_, number):
                return self._shown(Medium(MediumKind.HEALTH_CARD, number), event, None)
            case CodeScanned(text):
                return self._scanned(text)
            case IdCardUnreadable() if self.trouble != "id_card_unreadable":
                return NotUnderstood("id_card_unreadable")
            case CardUnreadable() if self.trouble != "card_unreadable":
                return NotUnderstood("card_unreadable")
        return None

    def _shown(
        self, medium: Medium, presence: HealthCardPresent | None, document: IdDocument | None
    ) -> MediumShown | NotUnderstood | None:
        if medium.kind in self.accepts:
            return MediumShown(medium, presence, document)
        return None if self.trouble == "wrong_medium" else NotUnderstood("wrong_medium")

    def _scanned(self, text: str) -> MediumShown | NotUnderstood | None:
        match recognise(text):
            case IdentityCode(medium):
                return self._shown(medium, None, None)
            case PaymentCode():
                return NotUnderstood("payment_code_not_now")
            case ForeignCode():
                return NotUnderstood("foreign_code")


@dataclass(frozen=True, slots=True)
class PayWith:
    """The patient confirmed the quote. None: existing money covers all of it."""

    tender: TenderKind | None


@dataclass(frozen=True, slots=True)
class Leave:
    """Back, or home, by the person's own wish."""


@dataclass(frozen=True, slots=True)
class ConfirmQuote(Ask[PayWith | Leave]):
    """The bill screen is the confirmation: items, split, what is taken from where, what is due."""

    idle_ms: ClassVar[int | None] = 120_000
    patient: Patient
    settlement: Settlement
    presence: HealthCardPresent | None
    slip_possible: bool
    trouble: str = ""

    def touched(self, touch: Touch) -> PayWith | Leave | None:
        if touch.word != "pay":
            return Leave() if touch.word == "leave" else None
        if not touch.value:
            return PayWith(None) if self.settlement.due_fen == 0 else None
        allowed = [o.kind for o in self.settlement.options if o.allowed and o.kind == touch.value]
        return PayWith(allowed[0]) if allowed and self.settlement.due_fen else None

    def heard(self, event: Event) -> Reason | None:
        return left_with(self.presence, event)


@dataclass(frozen=True, slots=True)
class ShowPaymentCode(Ask[PaymentCode | NotUnderstood | Leave]):
    """Hold a wallet's payment code over the scanner."""

    due_fen: int
    presence: HealthCardPresent | None
    trouble: str = ""

    def touched(self, touch: Touch) -> Leave | None:
        return Leave() if touch.word in ("back", "leave") else None

    def heard(self, event: Event) -> PaymentCode | NotUnderstood | Reason | None:
        if not isinstance(event, CodeScanned):
            return left_with(self.presence, event)
        match recognise(event.text):
            case PaymentCode() as code:
                return code
            case IdentityCode():
                return NotUnderstood("not_a_payment_code")
            case ForeignCode():
                return NotUnderstood("foreign_code")


@dataclass(frozen=True, slots=True)
class Taken:
    """The card left the gate."""


@dataclass(frozen=True, slots=True)
class TakeCard(Ask[Taken]):
    """Take the card out of the gate; 30 s, then it is captured (protocols.md 3.7)."""

    idle_ms: ClassVar[int | None] = 30_000

    def heard(self, event: Event) -> Taken | None:
        return Taken() if isinstance(event, CardTaken) else None


@dataclass(frozen=True, slots=True)
class TakeBackCard(Ask[Leave]):
    """Wait until the slot is empty: nobody's card may identify the next person.

    Passed unseen when the slot is empty already, because presence is told to every new Ask.
    """

    idle_ms: ClassVar[int | None] = None

    def heard(self, event: Event) -> Leave | None:
        return Leave() if isinstance(event, CardGone) else None
