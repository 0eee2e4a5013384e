"""Asks that every mode shows.

What a reader would get wrong: a card that must stay is named by its presence event, so a card that
was swapped for another abandons the question like one that was pulled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from core.billing import Settlement, TenderKind
from core.codes import BadgeCode, ForeignCode, IdentityCode, PaymentCode, recognise
from core.flow import Aside, Ask, Event, Reason, Touch
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.ports import (
    BankCardPresent,
    CardGone,
    CardNeedsPsam,
    CardPresence,
    CardTaken,
    CardUnreadable,
    CodeScanned,
    HealthCardPresent,
    IdCardPresent,
    IdCardUnreadable,
    ResidentCardPresent,
    SocialCardPresent,
    TapRead,
)

OTHER_WAYS = "OTHER"
"""The value of the press that asks for all ways to pay; no tender is called so."""


@dataclass(frozen=True, slots=True)
class MediumShown:
    """A medium, and the presence event of the card that must stay (None for a code)."""

    medium: Medium
    presence: CardPresence | None
    document: IdDocument | None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something was shown that this question cannot use. `reason`: trouble.<reason>.

    `about`: the event, so that a card that stays is not told of twice.
    """

    reason: str
    about: Event | None = field(default=None, compare=False)


def left_with(presence: CardPresence | None, event: Event) -> Reason | None:
    """CARD_PULLED when the very card that must stay is gone or swapped for another."""
    if presence is None or event.level != HealthCardPresent.level or event == presence:
        return None
    return Reason.CARD_PULLED


def medium_of(event: Event) -> MediumShown | None:
    """Whom a card, a document or a code names; None: it names nobody."""
    match event:
        case IdCardPresent(document):
            return MediumShown(Medium(MediumKind.ID_CARD, document.id_number), None, document)
        case HealthCardPresent(_, number) | ResidentCardPresent(card_number=number):
            return MediumShown(Medium(MediumKind.HEALTH_CARD, number), event, None)
        case SocialCardPresent(card_number=number):
            return MediumShown(Medium(MediumKind.SS_CARD, number), event, None)
        case CodeScanned(text):
            found = recognise(text)
            return (
                MediumShown(found.medium, None, None) if isinstance(found, IdentityCode) else None
            )
    return None


@dataclass(frozen=True, slots=True)
class FaceWished(Aside):
    """They want to be known by their face."""


@dataclass(frozen=True, slots=True)
class Identify(Ask[MediumShown | NotUnderstood]):
    """Show or insert anything of `accepts`; other media are answered with a sentence.

    `tap`: a phone held to the tap point opens its code. `face`: the machine may look at the face.
    `told`: useless things of which one sentence was said already. `broken`: kinds whose reader is
    fitted and out of order; what it reads after all is taken.
    """

    accepts: frozenset[MediumKind]
    purpose: str
    trouble: str = ""
    told: frozenset[Event] = frozenset()
    tap: bool = False
    face: bool = False
    broken: frozenset[MediumKind] = frozenset()

    def touched(self, touch: Touch) -> Aside | None:
        return FaceWished() if touch.word == "face" and self.face else None

    def heard(self, event: Event) -> MediumShown | NotUnderstood | Reason | None:
        shown = medium_of(event)
        if shown is not None and shown.medium.kind in self.accepts:
            return shown
        reason = _useless(event) if shown is None else _elsewhere(shown.medium.kind)
        stays = event.level is not None and (reason == self.trouble or event in self.told)
        return NotUnderstood(reason, event) if reason and not stays else None


def _elsewhere(kind: MediumKind) -> str:
    return "slip_names_nobody" if kind is MediumKind.SLIP else "wrong_medium"


def _useless(event: Event) -> str:
    """Why something that was shown does not say who somebody is; "": nothing was shown."""
    match event:
        case IdCardUnreadable():
            return "id_card_unreadable"
        case CardUnreadable():
            return "card_unreadable"
        case BankCardPresent():
            return "bank_card_not_here"
        case CardNeedsPsam():
            return "card_needs_module"
        case TapRead():
            return "phone_tapped"
        case CodeScanned(text):
            is_payment = isinstance(recognise(text), PaymentCode)
            return "payment_code_not_now" if is_payment else "foreign_code"
    return ""


@dataclass(frozen=True, slots=True)
class PayWith:
    """The patient confirmed the quote. None: existing money covers all of it. `code`: shown right
    away to pay with; it is spendable. `in_part`: this pays some of it, how much is asked next."""

    tender: TenderKind | None
    code: str = ""
    in_part: bool = False

    def __repr__(self) -> str:
        return f"PayWith({self.tender})"


@dataclass(frozen=True, slots=True)
class OtherWays:
    """None of the ways on the page: show them all."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Back, or home, by the person's own wish."""


@dataclass(frozen=True, slots=True)
class ConfirmQuote(Ask[PayWith | OtherWays | Leave]):
    """The bill screen is the confirmation: items, split, what is taken from where, what is due.

    `more`: the page shows the first ways to pay only, and a button for all of them. `scans`: a code
    that pays may be held to the scanner right away. `takes_part`: a part of it may be cash in the
    hand of whoever asks, `part_cash_fen` of it is; the way that is chosen pays the rest.
    `part_off`: why no part can be cash now although somebody could do something about it, or "".
    """

    idle_ms: ClassVar[int | None] = 120_000
    patient: Patient
    settlement: Settlement
    presence: CardPresence | None
    slip_possible: bool
    trouble: str = ""
    more: bool = False
    scans: bool = False
    takes_part: bool = False
    part_off: str = ""
    part_cash_fen: int = 0

    @property
    def rest_fen(self) -> int:
        """What the way that is chosen pays."""
        return self.settlement.due_fen - self.part_cash_fen

    def touched(self, touch: Touch) -> PayWith | OtherWays | Leave | None:
        if touch.word == "part":
            return PayWith(TenderKind.CASH, in_part=True) if self.takes_part else None
        if touch.word != "pay":
            return Leave() if touch.word == "leave" else None
        if touch.value == OTHER_WAYS:
            return OtherWays() if self.more else None
        if not touch.value:
            return PayWith(None) if self.settlement.due_fen == 0 else None
        return self._by(touch.value)

    def heard(self, event: Event) -> PayWith | Reason | None:
        if not isinstance(event, CodeScanned):
            return left_with(self.presence, event)
        match recognise(event.text) if self.scans else None:
            case PaymentCode(text=code):
                return self._by(TenderKind.SCAN, code)
            case IdentityCode(Medium(MediumKind.EC_CODE, code)):
                return self._by(TenderKind.ONE_CODE, code)
        return None

    def _by(self, kind: str, code: str = "") -> PayWith | None:
        """When this way is open and something is due."""
        allowed = [o.kind for o in self.settlement.options if o.allowed and o.kind == kind]
        return PayWith(allowed[0], code) if allowed and self.settlement.due_fen else None


@dataclass(frozen=True, slots=True)
class ShowPaymentCode(Ask[PaymentCode | NotUnderstood | Leave]):
    """Hold a wallet's payment code over the scanner."""

    due_fen: int
    presence: CardPresence | None
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
            case BadgeCode() | ForeignCode():
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
