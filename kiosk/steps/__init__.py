"""The questions only a kiosk asks. Each has one screen of the same name in `kiosk/screens`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from core.billing import Bill, Hold, HoldTerms, Settlement
from core.flow import Aside, Ask, Event, Reason, Touch
from core.identity import IdDocument, Medium, MediumKind, Patient, is_mobile_number
from core.phrase import Said, said
from core.ports import (
    CardPresence,
    IdCardPresent,
    IdCardUnreadable,
)
from core.steps import Leave, MediumShown, NotUnderstood, left_with, medium_of


class Group(StrEnum):
    """The tiles of home; names are also the tiles' object names."""

    PAY = "pay"
    VISIT = "visit"
    CHECK_IN = "check_in"
    CARD = "card"
    PRINT = "print"
    INPATIENT = "inpatient"
    MONEY = "money"
    MORE = "more"


GROUPS: Mapping[Group, tuple[Said, str]] = {
    Group.PAY: (said("Pay your bill"), "receipt-yen"),
    Group.VISIT: (said("See a doctor"), "calendar-plus"),
    Group.CHECK_IN: (said("Check in"), "user-check"),
    Group.CARD: (said("Health card and first visit"), "id"),
    Group.PRINT: (said("Print reports and invoices"), "printer"),
    Group.INPATIENT: (said("Stay in hospital"), "bed"),
    Group.MONEY: (said("Pre-authorise, pay later"), "shield-lock"),
    Group.MORE: (said("Look up, refunds, claims"), "list-search"),
}
"""Words and icon of each tile, in the order of home."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the backend told at sign-on that decides which services there are.

    `functions`: names of services, empty for all. `prepay_allowed`: may outpatients pay in advance.
    """

    functions: tuple[str, ...] = ()
    prepay_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A service by its name. `missing`: why it cannot be given now, a reason code; "": it can."""

    name: str
    group: Group
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """What holds at this machine now; it changes while home stands."""

    notice: Notice
    terms: Terms
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    """A tile, or what was `shown` at home: a card or code pays, a visit's slip checks in."""

    name: str
    shown: MediumShown | None = None


@dataclass(frozen=True, slots=True)
class GroupChosen:
    """A tile was touched."""

    group: Group


@dataclass(frozen=True, slots=True)
class ChooseService(Ask[ServiceChosen | GroupChosen]):
    """Home: a tile for each group that has a service here."""

    idle_ms: ClassVar[int | None] = None
    offers: tuple[Offer, ...]

    def missing(self, group: Group) -> str:
        """Why none of the group's services can be given; "" when one can."""
        reasons = [offer.missing for offer in self.offers if offer.group is group]
        return "" if "" in reasons else reasons[0]

    def touched(self, touch: Touch) -> GroupChosen | None:
        if touch.word != "choose" or touch.value not in {offer.group for offer in self.offers}:
            return None
        group = Group(touch.value)
        return None if self.missing(group) else GroupChosen(group)

    def heard(self, event: Event) -> ServiceChosen | None:
        shown = medium_of(event)
        name = _begun_by(shown.medium) if shown is not None else ""
        if not any(offer.name == name and not offer.missing for offer in self.offers):
            return None
        return ServiceChosen(name, shown)


def _begun_by(medium: Medium) -> str:
    """Which service begins when this is shown at home.

    An ID card begins none: the reader cannot tell when it leaves, and it might be the card of
    somebody who went away.
    """
    match medium.kind:
        case MediumKind.SLIP:
            return "check_in" if medium.value.startswith(_VISIT_SLIP) else ""
        case MediumKind.ID_CARD | MediumKind.FACE:
            return ""
    return "pay"


_VISIT_SLIP = "ZF1.V."


@dataclass(frozen=True, slots=True)
class PlaceIdCard(Ask[MediumShown | NotUnderstood | Leave]):
    """Lay the ID card on the reader. `unreadable`: it was tried and could not be read."""

    unreadable: bool = False

    def touched(self, touch: Touch) -> Leave | None:
        return Leave() if touch.word in ("back", "leave") else None

    def heard(self, event: Event) -> MediumShown | NotUnderstood | None:
        match event:
            case IdCardPresent(document):
                medium = Medium(MediumKind.ID_CARD, document.id_number)
                return MediumShown(medium, None, document)
            case IdCardUnreadable() if not self.unreadable:
                return NotUnderstood("id_card_unreadable")
        return None


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on the keypad, checked for its form."""

    text: str


@dataclass(frozen=True, slots=True)
class TypePhone(Ask[Typed | Leave]):
    """Eleven digits on the on-screen keypad. `display_name` is masked."""

    idle_ms: ClassVar[int | None] = 90_000
    display_name: str

    def touched(self, touch: Touch) -> Typed | Leave | None:
        if touch.word in ("back", "leave"):
            return Leave()
        if touch.word == "enter" and is_mobile_number(touch.value):
            return Typed(touch.value)
        return None


@dataclass(frozen=True, slots=True)
class Notice:
    """The personal-information notice, as the backend words it in both languages."""

    version: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Read and accepted, by a press."""


@dataclass(frozen=True, slots=True)
class ReadNotice(Ask[Accepted | Leave]):
    """Read and accept the notice; refusing leaves and nothing is stored."""

    idle_ms: ClassVar[int | None] = 180_000
    notice: Notice

    def touched(self, touch: Touch) -> Accepted | Leave | None:
        if touch.word == "accept":
            return Accepted()
        return Leave() if touch.word in ("back", "leave") else None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The person says that it is right."""


@dataclass(frozen=True, slots=True)
class InFullWished:
    """They want to see for a moment all that was read."""


@dataclass(frozen=True, slots=True)
class ConfirmPerson(Ask[Confirmed | InFullWished | Leave]):
    """The masked summary before a card is made."""

    idle_ms: ClassVar[int | None] = 90_000
    document: IdDocument
    phone: str

    def touched(self, touch: Touch) -> Confirmed | InFullWished | Leave | None:
        match touch.word:
            case "confirm":
                return Confirmed()
            case "in_full":
                return InFullWished()
        return Leave() if touch.word in ("back", "leave") else None


@dataclass(frozen=True, slots=True)
class Back:
    """One question back."""


@dataclass(frozen=True, slots=True)
class AmountChosen:
    """Inside the limits, in fen."""

    amount_fen: int


@dataclass(frozen=True, slots=True)
class ChooseHoldAmount(Ask[AmountChosen | Leave]):
    """How much to freeze on the bank card, between the profile's limits, whole yuan."""

    idle_ms: ClassVar[int | None] = 90_000
    patient: Patient
    terms: HoldTerms
    presence: CardPresence | None

    def touched(self, touch: Touch) -> AmountChosen | Leave | None:
        if touch.word in ("back", "leave"):
            return Leave()
        if touch.word != "amount" or not touch.value.isdecimal():
            return None
        amount_fen = int(touch.value)
        inside = self.terms.min_fen <= amount_fen <= self.terms.max_fen
        return AmountChosen(amount_fen) if inside else None

    def heard(self, event: Event) -> Reason | None:
        return left_with(self.presence, event)


@dataclass(frozen=True, slots=True)
class SurveyWished(Aside):
    """They want to say how it was (H40)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultShown(Ask[Leave]):
    """Base of all good endings: 20 s, then home; pulling the card (`presence`) ends it too.

    `survey`: there is a button to say how it was.
    """

    idle_ms: ClassVar[int | None] = 20_000
    presence: CardPresence | None = None
    survey: bool = False

    def touched(self, touch: Touch) -> Leave | Aside | None:
        if touch.word == "survey" and self.survey:
            return SurveyWished()
        return Leave() if touch.word in ("done", "leave") else None

    def heard(self, event: Event) -> Leave | None:
        return Leave() if left_with(self.presence, event) else None


@dataclass(frozen=True, slots=True)
class ShowCardIssued(ResultShown):
    """The health card is active. `number`: whole; the screen shows its end."""

    patient: Patient
    number: str


@dataclass(frozen=True, slots=True)
class ShowHoldPlaced(ResultShown):
    """The hold stands: amount, card, expiry, who can complete it."""

    hold: Hold
    printed: bool


@dataclass(frozen=True, slots=True)
class ShowSettled(ResultShown):
    """Paid by whom, and the remaining hold."""

    patient: Patient
    settlement: Settlement
    printed: bool


@dataclass(frozen=True, slots=True)
class ShowNothingDue(ResultShown):
    """Nothing is to be paid now."""

    patient: Patient


@dataclass(frozen=True, slots=True)
class ShowReferred(ResultShown):
    """Go to the window with this slip; nothing was charged."""

    window_zh: str
    window_en: str
    reason: str
    bills: tuple[Bill, ...]
    printed: bool


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Once more, from the start of this service."""


@dataclass(frozen=True, slots=True)
class WindowWished(Aside):
    """Staff at a window shall go on from here."""


@dataclass(frozen=True, slots=True)
class StaffShown(Event, Aside):
    """A badge was shown. `staff`: the number on it; it gives no right (H34)."""

    staff: str


@dataclass(frozen=True, slots=True)
class ShowTrouble(Ask[TryAgain | Leave]):
    """What happened, what was not lost, what to do now.

    `reason`: a code of core/wording. `money`: "untouched" | "returned" | "being_checked".
    `case_id`: on the slip when a person has to look. `window`: a window may take over.
    """

    idle_ms: ClassVar[int | None] = 30_000
    reason: str
    money: str
    detail: str = ""
    case_id: str = ""
    may_retry: bool = True
    printed: bool = False
    window: bool = False

    def touched(self, touch: Touch) -> TryAgain | Leave | Aside | None:
        match touch.word:
            case "retry" if self.may_retry:
                return TryAgain()
            case "window" if self.window:
                return WindowWished()
            case "done" | "leave" | "back":
                return Leave()
        return None
