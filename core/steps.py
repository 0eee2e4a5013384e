"""The steps shared by all modes: Acts that journeys ask of the machine, Asks that every mode shows.

An Act's reply union always says what is known: done, refused, not sent, unknown. What a reader
would get wrong: a step holds no behaviour; `terminal` carries Acts out, screens show Asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from core.billing import Bill, Department, Hold, HoldTerms, Registration, Settlement, TenderKind
from core.codes import ForeignCode, IdentityCode, PaymentCode, recognise
from core.flow import Act, Ask, Event, Reason, Touch
from core.identity import IdDocument, Medium, MediumKind, Patient
from core.operation import OperationEvent, OperationKind
from core.ports import (
    CardGone,
    CardMoved,
    CardPath,
    CardTaken,
    CardUnreadable,
    CardWritten,
    CodeScanned,
    DeviceTrouble,
    Done,
    HealthCardPresent,
    HoldApproved,
    IdCardPresent,
    IdCardUnreadable,
    NoSuchTransaction,
    NotSent,
    Printed,
    Refused,
    Unknown,
)
from core.slips import SlipContent

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Intended:
    """The intention is on disk under this id, which is the operation's for ever."""

    operation_id: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """Synced to disk."""


@dataclass(frozen=True, slots=True)
class JournalBroken:
    """Nothing could be written: no money, card or paper may move."""


@dataclass(frozen=True, slots=True)
class Intend(Act[Intended | JournalBroken]):
    """Write the intention of one operation. `facts` never hold personal data."""

    kind: OperationKind
    facts: Facts = field(default_factory=dict)

    @property
    def boundary(self) -> str:
        """hold.intend"""
        return f"{self.kind}.intend"


@dataclass(frozen=True, slots=True)
class Record(Act[Recorded | JournalBroken]):
    """Write what became of it. A NOTE names its phase in `facts["phase"]`."""

    operation_id: str
    kind: OperationKind
    event: OperationEvent
    facts: Facts = field(default_factory=dict)

    @property
    def boundary(self) -> str:
        """card_issue.note.written, settle.finish"""
        phase = f".{self.facts['phase']}" if "phase" in self.facts else ""
        return f"{self.kind}.{self.event}{phase}"


# --- backend: people, cards, visits --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindPatient(Act[Patient | Refused | NotSent | Unknown]):
    """Who this medium belongs to."""

    medium: Medium


@dataclass(frozen=True, slots=True)
class RegisterPerson(Act[Patient | Refused | NotSent | Unknown]):
    """Register from an ID card (S03). `notice_version`: the notice that was read and accepted."""

    document: IdDocument
    phone: str
    notice_version: str


@dataclass(frozen=True, slots=True)
class CardReserved:
    """A card number of the hospital's, not active yet."""

    number: str


@dataclass(frozen=True, slots=True)
class ReserveCard(Act[CardReserved | Refused | NotSent | Unknown]):
    """One card per person (S07)."""

    operation_id: str
    patient_id: str


@dataclass(frozen=True, slots=True)
class ActivateCard(Act[Done | Refused | NotSent | Unknown]):
    """The patient has it."""

    operation_id: str
    number: str
    uid: str


@dataclass(frozen=True, slots=True)
class VoidCard(Act[Done | Refused | NotSent | Unknown]):
    """The card was captured or never left the machine."""

    operation_id: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Departments:
    """Departments that take patients today."""

    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class FetchDepartments(Act[Departments | Refused | NotSent | Unknown]):
    """Today's schedule (S29)."""


@dataclass(frozen=True, slots=True)
class RegisterVisit(Act[Registration | Refused | NotSent | Unknown]):
    """Keep a place with a doctor for 15 minutes; its bill is then settled like any other."""

    patient_id: str
    schedule_id: str


@dataclass(frozen=True, slots=True)
class FetchRegistration(Act[Registration | Refused | NotSent | Unknown]):
    """The registration as it stands: with a queue number once paid."""

    registration_id: str


@dataclass(frozen=True, slots=True)
class CancelRegistration(Act[Done | Refused | NotSent | Unknown]):
    """Give an unpaid place back."""

    registration_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bills:
    """Open bills of a person."""

    bills: tuple[Bill, ...]


@dataclass(frozen=True, slots=True)
class FetchBills(Act[Bills | Refused | NotSent | Unknown]):
    """What is to be paid."""

    patient_id: str


@dataclass(frozen=True, slots=True)
class Referral:
    """A slip that sends the patient to a window."""

    content: SlipContent


@dataclass(frozen=True, slots=True)
class MakeReferral(Act[Referral | Refused | NotSent | Unknown]):
    """Ask the backend for a referral slip; nothing of money has happened (S20)."""

    patient: Patient
    bills: tuple[Bill, ...]
    reason: str


# --- backend: settlement and hold -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenSettlement(Act[Settlement | Refused | NotSent | Unknown]):
    """Lock the bills and quote: the settlement's id is the operation's."""

    operation_id: str
    patient_id: str
    bills: tuple[Bill, ...]


@dataclass(frozen=True, slots=True)
class CommitSettlement(Act[Settlement | Refused | NotSent | Unknown]):
    """Pay. `tender` None: existing money covers it. `attempt` counts refused tries of this one."""

    operation_id: str
    attempt: int
    tender: TenderKind | None
    auth_code: str
    due_fen: int

    def __repr__(self) -> str:
        return f"CommitSettlement({self.operation_id}, {self.tender}, {self.due_fen})"


@dataclass(frozen=True, slots=True)
class FollowSettlement(Act[Settlement | NotSent | Unknown]):
    """Look until it is final, or only quoted, or `limit_s` is over; a wish to leave reverses.

    NotSent is evidence here: the backend's own word that it knows no such settlement.
    """

    operation_id: str
    limit_s: int


@dataclass(frozen=True, slots=True)
class CancelSettlement(Act[Settlement | Refused | NotSent | Unknown]):
    """Undo, in reverse order; answers with what is true afterwards."""

    operation_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class FetchHoldTerms(Act[HoldTerms | Refused | NotSent | Unknown]):
    """May this patient place a hold, and between which limits (S10, S16)."""

    patient_id: str


@dataclass(frozen=True, slots=True)
class RegisterHold(Act[Hold | Refused | NotSent | Unknown]):
    """Tell the backend what the POS approved."""

    operation_id: str
    patient_id: str
    approved: HoldApproved


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A person owns the doubt now."""

    case_id: str
    owner: str


@dataclass(frozen=True, slots=True)
class ReportSuspense(Act[CaseOpened | Refused | NotSent | Unknown]):
    """Hand a doubt to a person, with the evidence there is."""

    operation_id: str
    kind: OperationKind
    amount_fen: int
    evidence: str


# --- devices -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindDispenserCard(Act[CardPath | DeviceTrouble]):
    """Where a card is inside the dispenser, and whether there are more."""


@dataclass(frozen=True, slots=True)
class MoveCardToEncoder(Act[CardMoved | DeviceTrouble | Unknown]):
    """The motor turns: one blank card from the stacker to the RF position."""


@dataclass(frozen=True, slots=True)
class WriteCard(Act[CardWritten | DeviceTrouble | Unknown]):
    """Write the number and read it back."""

    number: str


@dataclass(frozen=True, slots=True)
class PresentCard(Act[CardMoved | DeviceTrouble | Unknown]):
    """To the gate, still held."""


@dataclass(frozen=True, slots=True)
class CaptureCard(Act[CardMoved | DeviceTrouble | Unknown]):
    """Into the bin."""


@dataclass(frozen=True, slots=True)
class PlaceHoldAtPos(Act[HoldApproved | Refused | NotSent | Unknown]):
    """A reservation at the bank POS; a wish to leave aborts it at the POS."""

    operation_id: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class AskPosForLast(Act[HoldApproved | NoSuchTransaction | NotSent | Unknown]):
    """What the POS last did, believed only if it carries our reference."""

    operation_id: str


@dataclass(frozen=True, slots=True)
class ReleaseHoldAtPos(Act[Done | Refused | NotSent | Unknown]):
    """Reverse a reservation in full at the POS that made it."""

    operation_id: str
    receipt: str


@dataclass(frozen=True, slots=True)
class CheckPrinter(Act[Done | DeviceTrouble]):
    """Is there paper, before money is taken?"""


@dataclass(frozen=True, slots=True)
class PrintSlip(Act[Printed | DeviceTrouble | Unknown]):
    """Lay the slip out and print it."""

    content: SlipContent


# --- questions every mode shows ------------------------------------------------------------


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
