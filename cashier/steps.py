"""The questions only a window asks; all are states of its one page, `cashier/pages/desk.py`.

`ConfirmQuote` and `ShowPaymentCode` of core are states of the same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.billing import Refund, Settlement
from core.codes import IdentityCode, recognise
from core.flow import Ask, Event, Touch
from core.identity import Medium, MediumKind
from core.ports import CodeScanned, HealthCardPresent, IdCardPresent
from core.steps import Leave, NotUnderstood
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
    """Operator number and password. Touch: ("sign_in", operator + U+001F + password)."""

    idle_ms: ClassVar[int | None] = None
    trouble: str = ""

    def touched(self, touch: Touch) -> Credentials | None:
        operator, separator, password = touch.value.partition(_SEPARATOR)
        if touch.word != "sign_in" or not separator or not operator or not password:
            return None
        return Credentials(operator, password)


@dataclass(frozen=True, slots=True)
class Sought:
    """A medium that was scanned, inserted, laid on a reader or typed."""

    medium: Medium


@dataclass(frozen=True, slots=True)
class Lock:
    """F10: the operator goes away; the next one signs in."""


@dataclass(frozen=True, slots=True)
class RefreshQueue:
    """F5: look again."""


@dataclass(frozen=True, slots=True)
class Desk(Ask[Sought | NotUnderstood | QueueEntry | Lock | RefreshQueue]):
    """Nobody is being served: scan anything anywhere, or take one of the queue.

    Touches: ("search", typed text), ("queue", entry number), ("lock", ""), ("refresh", "").
    """

    idle_ms: ClassVar[int | None] = 600_000
    operator: Operator
    queue: tuple[QueueEntry, ...]
    message: str = ""

    def touched(
        self, touch: Touch
    ) -> Sought | NotUnderstood | QueueEntry | Lock | RefreshQueue | None:
        match touch.word:
            case "search":
                return _sought(touch.value.strip())
            case "queue":
                return next((e for e in self.queue if e.number == touch.value), None)
            case "lock":
                return Lock()
            case "refresh":
                return RefreshQueue()
        return None

    def heard(self, event: Event) -> Sought | NotUnderstood | None:
        match event:
            case CodeScanned(text):
                return _sought(text)
            case HealthCardPresent(_, number):
                return Sought(Medium(MediumKind.HEALTH_CARD, number))
            case IdCardPresent(document):
                return Sought(Medium(MediumKind.ID_CARD, document.id_number))
        return None


def _sought(text: str) -> Sought | NotUnderstood:
    match recognise(text):
        case IdentityCode(medium):
            return Sought(medium)
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
class ServePatient(Ask[SettleBills | RefundOf | Leave]):
    """One patient's open bills and past settlements.

    Touches: ("settle", ""), ("refund", settlement id), ("leave", "").
    """

    idle_ms: ClassVar[int | None] = 600_000
    operator: Operator
    queue: tuple[QueueEntry, ...]
    file: PatientFile
    message: str = ""

    def touched(self, touch: Touch) -> SettleBills | RefundOf | Leave | None:
        match touch.word:
            case "settle" if self.file.bills:
                return SettleBills()
            case "refund":
                known = self.file.settlements
                found = next((s for s in known if s.settlement_id == touch.value), None)
                return RefundOf(found) if found else None
            case "leave":
                return Leave()
        return None


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

    def touched(self, touch: Touch) -> Leave | None:
        return Leave() if touch.word in ("done", "leave") else None
