"""The questions only a window asks; all are states of its one page, `cashier/pages/desk.py`.

`ConfirmQuote` and `ShowPaymentCode` of core are states of the same page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from core.billing import Refund, Settlement
from core.codes import IdentityCode, PaymentCode, recognise
from core.flow import Ask, Event, Touch
from core.identity import Medium, MediumKind, is_mobile_number
from core.phrase import Phrase
from core.ports import CardGone, CodeScanned
from core.steps import Leave, NotUnderstood
from core.steps.questions import medium_of
from core.window_steps import Operator, PatientFile, QueueEntry

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Credentials:
    """As typed; never logged."""

    operator: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.operator})"


@dataclass(frozen=True, slots=True)
class SignIn(Ask[Credentials]):
    """Operator number and password. `in_hand_fen`: cash that goes back to a patient. Touch:
    ("sign_in", operator + U+001F + password)."""

    idle_ms: ClassVar[int | None] = None
    trouble: str = ""
    in_hand_fen: int = 0

    def touched(self, touch: Touch) -> Credentials | None:
        operator, separator, password = touch.value.partition(_SEPARATOR)
        if touch.word != "sign_in" or not separator or not operator or not password:
            return None
        return Credentials(operator, password)


@dataclass(frozen=True, slots=True)
class Sought:
    """A medium that was scanned, inserted, laid on a reader or typed. `about`: the event of a card
    that may stay where it is."""

    medium: Medium
    about: Event | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SoughtByPhone:
    """A mobile number was typed; several people may share it."""

    phone: str

    def __repr__(self) -> str:
        return "SoughtByPhone(…)"


Found = Sought | SoughtByPhone | NotUnderstood
"""What a scan or a typed text can mean."""


@dataclass(frozen=True, slots=True)
class Lock:
    """F10: the operator goes away; the next one signs in."""


@dataclass(frozen=True, slots=True)
class CardTakenAway:
    """The card of the last patient left; laid down again it means them again."""


@dataclass(frozen=True, slots=True)
class RefreshQueue:
    """F5: look again."""


@dataclass(frozen=True, slots=True)
class WorkOffer:
    """A work that can be begun here. `key`: its own, such as "F3", or "". `off`: why not now."""

    name: str
    words: Phrase
    key: str = ""
    off: Phrase = ""


@dataclass(frozen=True, slots=True)
class DoWork:
    """Begin this work; its name."""

    name: str


@dataclass(frozen=True, slots=True)
class AllWorks:
    """F9: the list of everything that can be done here."""


def _work(works: tuple[WorkOffer, ...], touch: Touch) -> DoWork | AllWorks | None:
    if touch.word == "works":
        return AllWorks() if works else None
    known = {offer.name for offer in works if not offer.off}
    return DoWork(touch.value) if touch.word == "work" and touch.value in known else None


@dataclass(frozen=True, slots=True)
class Desk(Ask[Found | QueueEntry | Lock | RefreshQueue | CardTakenAway | DoWork | AllWorks]):
    """Nobody is being served: scan anything anywhere, or take one of the queue. `served`: the card
    of the last patient, which may still lie there and means nobody new.

    Touches: ("search", typed text), ("queue", entry number), ("lock", ""), ("refresh", ""),
    ("work", its name), ("works", "").
    """

    idle_ms: ClassVar[int | None] = 600_000
    forgets: ClassVar[bool] = True
    operator: Operator
    queue: tuple[QueueEntry, ...]
    message: str = ""
    works: tuple[WorkOffer, ...] = ()
    served: Event | None = None

    def touched(
        self, touch: Touch
    ) -> Found | QueueEntry | Lock | RefreshQueue | DoWork | AllWorks | None:
        match touch.word:
            case "search":
                return sought(touch.value.strip())
            case "queue":
                return next((e for e in self.queue if e.number == touch.value), None)
            case "lock":
                return Lock()
            case "refresh":
                return RefreshQueue()
        return _work(self.works, touch)

    def heard(self, event: Event) -> Found | CardTakenAway | None:
        if isinstance(event, CodeScanned):
            return sought(event.text)
        if isinstance(event, CardGone):
            return CardTakenAway() if self.served is not None else None
        shown = medium_of(event)
        if shown is None or event == self.served:
            return None
        stays = event.level is not None and not event.of_one_visit
        return Sought(shown.medium, event if stays else None)


def sought(text: str) -> Found:
    """What was scanned or typed means: a code, a slip, a card's, an ID or a mobile number."""
    match recognise(text):
        case IdentityCode(medium):
            return Sought(medium)
        case PaymentCode():
            return NotUnderstood("payment_code_not_now")
    if is_mobile_number(text):
        return SoughtByPhone(text)
    if text.isdecimal() and len(text) == 12:
        return Sought(Medium(MediumKind.HEALTH_CARD, text))
    if len(text) == 18 and text[:17].isdecimal() and text[17] in "0123456789Xx":
        return Sought(Medium(MediumKind.ID_CARD, text.upper()))
    return NotUnderstood("foreign_code")


@dataclass(frozen=True, slots=True)
class SettleBills:
    """F8: settle what is open."""


@dataclass(frozen=True, slots=True)
class RefundOf:
    """F4: refund something of this settlement."""

    settlement: Settlement


@dataclass(frozen=True, slots=True)
class ServePatient(Ask[SettleBills | RefundOf | Leave | DoWork | AllWorks | Sought]):
    """One patient's open bills and past settlements; a code or a slip that is scanned is the next
    patient's. A card is not: the one of this patient may lie there.

    Touches: ("settle", ""), ("refund", settlement id), ("leave", ""), ("work", its name),
    ("works", "").
    """

    idle_ms: ClassVar[int | None] = 600_000
    operator: Operator
    queue: tuple[QueueEntry, ...]
    file: PatientFile
    message: str = ""
    works: tuple[WorkOffer, ...] = ()

    def heard(self, event: Event) -> Sought | None:
        found = sought(event.text) if isinstance(event, CodeScanned) else None
        return found if isinstance(found, Sought) else None

    def touched(self, touch: Touch) -> SettleBills | RefundOf | Leave | DoWork | AllWorks | None:
        match touch.word:
            case "settle" if self.file.bills:
                return SettleBills()
            case "refund":
                known = self.file.settlements
                found = next((s for s in known if s.settlement_id == touch.value), None)
                return RefundOf(found) if found else None
            case "leave":
                return Leave()
        return _work(self.works, touch)


@dataclass(frozen=True, slots=True)
class RefundLines:
    """What goes back, and why."""

    line_ids: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ChooseRefundLines(Ask[RefundLines | Leave]):
    """Tick the items. Touch: ("request", reason + U+001F + line ids separated by U+001F)."""

    idle_ms: ClassVar[int | None] = 600_000
    operator: Operator
    file: PatientFile
    settlement: Settlement
    message: str = ""

    def touched(self, touch: Touch) -> RefundLines | Leave | None:
        if touch.word == "leave":
            return Leave()
        reason, *line_ids = touch.value.split(_SEPARATOR)
        known = {line.line_id for bill in self.settlement.bills for line in bill.lines}
        if touch.word != "request" or not reason or not line_ids or not known.issuperset(line_ids):
            return None
        return RefundLines(tuple(line_ids), reason)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The second person's word, as typed."""

    operator: str
    password: str
    approve: bool

    def __repr__(self) -> str:
        return f"Reviewed({self.operator}, approve={self.approve})"


@dataclass(frozen=True, slots=True)
class ReviewPlan(Ask[Reviewed | Leave]):
    """The plan: which part goes back by which route; a supervisor approves or refuses.

    Touches: ("approve"|"refuse", operator + U+001F + password), ("leave", "").
    """

    idle_ms: ClassVar[int | None] = 600_000
    operator: Operator
    file: PatientFile
    refund: Refund
    trouble: str = ""

    def touched(self, touch: Touch) -> Reviewed | Leave | None:
        if touch.word == "leave":
            return Leave()
        operator, separator, password = touch.value.partition(_SEPARATOR)
        if touch.word not in ("approve", "refuse") or not separator or not password:
            return None
        return Reviewed(operator, password, touch.word == "approve")


@dataclass(frozen=True, slots=True)
class ShowOutcome(Ask[Leave]):
    """How it ended. `reason` "" is a good ending; `money` as in core.wording.MONEY or "".

    `in_hand_fen`: cash that the operator holds of what did not end well: given back, or set aside
    while `money` is being checked.

    Touch: ("done", "").
    """

    idle_ms: ClassVar[int | None] = 600_000
    operator: Operator
    file: PatientFile
    settlement: Settlement | None = None
    refund: Refund | None = None
    reason: str = ""
    money: str = ""
    printed: bool = True
    case_id: str = ""
    in_hand_fen: int = 0

    def touched(self, touch: Touch) -> Leave | None:
        return Leave() if touch.word in ("done", "leave") else None
