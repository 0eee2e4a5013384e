"""The questions the technician's mode asks; all are states of its one page.

What a reader would get wrong: `Work` answers with the Act that was wished for, complete with the
technician's number; the journey awaits it as it stands, so there is no second vocabulary.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from core.flow import Ask, Event, Touch
from core.ports import DeviceHealth, HealthCardPresent, Refused, TagRead
from core.steps import JournalBroken, Leave, Recorded
from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import Item
from core.upkeep.steps import (
    AcceptDevice,
    CountAgreed,
    CountsDiffer,
    DeviceView,
    FindRecords,
    FirstCount,
    JournalPage,
    LogPage,
    MachineView,
    Made,
    MakeReadinessReport,
    MakeSupportBundle,
    PlaceSticker,
    ProbeSite,
    ReadLog,
    RecordCount,
    RecordRefill,
    ReportProblem,
    RunCheck,
    RunLoop,
    SiteReport,
    Technician,
)

SEPARATOR = "\x1f"
DENOMINATIONS_FEN = (10_000, 5_000, 2_000, 1_000, 500, 100)
"""Banknotes that an acceptor may take, largest first as they are counted."""

MAX_PIECES = 100_000
_IDLE_MS = 300_000
_MAX_NOTES = 10_000


class Section(StrEnum):
    """The tabs, in their order."""

    OVERVIEW = "overview"
    DEVICE = "device"
    LOOPS = "loops"
    CONSUMABLES = "consumables"
    CHECKS = "checks"
    DOUBTS = "doubts"
    JOURNAL = "journal"
    LOG = "log"
    SITE = "site"
    STICKERS = "stickers"
    PAPERS = "papers"


# --- who ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Credentials:
    """Card number and PIN as typed; never logged."""

    card: str
    pin: str

    def __repr__(self) -> str:
        return "Credentials(…)"


@dataclass(frozen=True, slots=True)
class Named:
    """A second person by name, where nobody has a card (a shell's user works)."""

    name: str


@dataclass(frozen=True, slots=True)
class CardHeld:
    """A card was inserted instead of typing its number."""

    number: str

    def __repr__(self) -> str:
        return "CardHeld(…)"


@dataclass(frozen=True, slots=True)
class SignIn(Ask[Credentials | Named | CardHeld | Leave]):
    """Card and PIN. `second`: the other person of a count; `by_name`: a name is all there is.

    Touches: ("sign_in", card + U+001F + PIN), ("name", name), ("leave", "").
    """

    idle_ms: ClassVar[int | None] = 60_000
    card: str = ""
    trouble: str = ""
    second: bool = False
    by_name: bool = False

    def touched(self, touch: Touch) -> Credentials | Named | Leave | None:
        match touch.word:
            case "leave":
                return Leave()
            case "name" if self.by_name and touch.value.strip():
                return Named(touch.value.strip())
            case "sign_in" if not self.by_name:
                card, _, pin = touch.value.partition(SEPARATOR)
                return Credentials(card, pin) if card and pin else None
        return None

    def heard(self, event: Event) -> CardHeld | None:
        """A card that stays is told again to each new question: it is no news then."""
        if self.by_name or not isinstance(event, HealthCardPresent) or event.number == self.card:
            return None
        return CardHeld(event.number)


# --- work -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Open:
    """Show a section. `subject`: which device; "" elsewhere."""

    section: Section
    subject: str = ""


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A device changed, or the technician asks for it."""


@dataclass(frozen=True, slots=True)
class TagHeld:
    """An NFC sticker was held to the reader."""

    tag: str


@dataclass(frozen=True, slots=True)
class CountBatch:
    """The notes of a sealed cash box are on the table."""

    batch: int


@dataclass(frozen=True, slots=True)
class FoundRecords:
    """One page of the journal, and what was asked for it."""

    asked: FindRecords
    page: JournalPage


@dataclass(frozen=True, slots=True)
class FoundLog:
    """Lines of the log, and what was asked for them."""

    asked: ReadLog
    page: LogPage


Found = FoundRecords | FoundLog | SiteReport | None
"""What a section shows that the machine's view does not hold."""

Doing = (
    RunCheck
    | RunLoop
    | AcceptDevice
    | RecordRefill
    | PlaceSticker
    | MakeReadinessReport
    | MakeSupportBundle
    | ReportProblem
)
"""What is done and then told."""

Seeking = FindRecords | ReadLog | ProbeSite
"""What is done and then shown."""

Outcome = (
    CheckRecord
    | Recorded
    | Made
    | FirstCount
    | CountsDiffer
    | CountAgreed
    | Refused
    | JournalBroken
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was done last, and what came of it."""

    done: Doing | Seeking | RecordCount
    outcome: Outcome


Active = Open | LookAgain | TagHeld | CountBatch | Doing | Seeking
Wish = Active | Leave


@dataclass(frozen=True, slots=True)
class Work(Ask[Wish]):
    """The page. `journal_broken`: the view is the last one known, or empty. `tag`: held last.

    Touches: ("open", section or section/device), ("look", ""), ("check", device/check),
    ("loop", name), ("accept", device), ("refill", item/pieces), ("count", batch),
    ("place", counter + U+001F + tag), ("take_off", counter), ("find", kind + U+001F + text),
    ("older", ""), ("log", text), ("measure", ""), ("report", "" or "print"), ("bundle", ""),
    ("problem", text + U+001F + PNG in base64), ("leave", "").
    """

    idle_ms: ClassVar[int | None] = _IDLE_MS
    technician: Technician
    view: MachineView
    section: Section = Section.OVERVIEW
    subject: str = ""
    found: Found = None
    told: Told | None = None
    tag: str = ""
    journal_broken: bool = False

    def touched(self, touch: Touch) -> Wish | None:
        value, person = touch.value, self.technician.number
        match touch.word:
            case "open":
                return _opened(value, self.view)
            case "look":
                return LookAgain()
            case "check" | "loop" | "accept":
                return _on_device(touch, self.view, person)
            case "refill" | "count" | "place" | "take_off":
                return _on_stock(touch, self.view, person)
            case "find" | "older" | "log" | "measure":
                return _sought(touch, self.found)
            case "report":
                return MakeReadinessReport(person, value == "print")
            case "bundle":
                return MakeSupportBundle(person)
            case "problem":
                return _problem(value, person)
            case "leave":
                return Leave()
        return None

    def heard(self, event: Event) -> LookAgain | TagHeld | None:
        match event:
            case DeviceHealth():
                return LookAgain()
            case TagRead(uid) if self.section is Section.STICKERS:
                return TagHeld(uid)
        return None


def device_of(view: MachineView, name: str) -> DeviceView | None:
    """A device of the view by its name."""
    return next((device for device in view.devices if device.name == name), None)


def _opened(value: str, view: MachineView) -> Open | None:
    name, _, subject = value.partition("/")
    if name not in set(Section) or (subject and device_of(view, subject) is None):
        return None
    return Open(Section(name), subject)


def _on_device(
    touch: Touch, view: MachineView, person: str
) -> RunCheck | RunLoop | AcceptDevice | None:
    name, _, check = touch.value.partition("/")
    device = device_of(view, name)
    match touch.word:
        case "check" if device and any(offer.name == check for offer in device.checks):
            return RunCheck(name, check, person)
        case "loop" if any(loop.name == name for loop in view.loops):
            return RunLoop(name, person)
        case "accept" if device and device.history.exchanged:
            return AcceptDevice(name, device.history.serial, person)
    return None


def _on_stock(
    touch: Touch, view: MachineView, person: str
) -> RecordRefill | CountBatch | PlaceSticker | None:
    match touch.word:
        case "refill":
            item, _, pieces = touch.value.partition("/")
            known = any(level.item.value == item for level in view.levels)
            if known and pieces.isdecimal() and int(pieces) <= MAX_PIECES:
                return RecordRefill(Item(item), int(pieces), person)
        case "count":
            if any(_countable(batch.number, view, touch.value) for batch in view.batches):
                return CountBatch(int(touch.value))
        case "place":
            counter, _, tag = (part.strip() for part in touch.value.partition(SEPARATOR))
            return PlaceSticker(counter, tag, person) if counter and tag else None
        case "take_off":
            if any(sticker.counter == touch.value for sticker in view.stickers):
                return PlaceSticker(touch.value, "", person)
    return None


def _countable(number: int, view: MachineView, value: str) -> bool:
    batch = next(one for one in view.batches if one.number == number)
    return str(number) == value and bool(batch.sealed_at) and batch.agreed is None


def _sought(touch: Touch, found: Found) -> Seeking | None:
    match touch.word, found:
        case "find", _:
            kind, _, text = touch.value.partition(SEPARATOR)
            return FindRecords(text.strip(), kind)
        case "older", FoundRecords(asked, JournalPage(lines, more=True)) if lines:
            return FindRecords(asked.text, asked.kind, lines[-1].seq)
        case "log", _:
            return ReadLog(touch.value.strip())
        case "measure", _:
            return ProbeSite()
    return None


def _problem(value: str, person: str) -> ReportProblem | None:
    text, _, picture = value.partition(SEPARATOR)
    if not text.strip():
        return None
    try:
        return ReportProblem(text.strip(), person, base64.b64decode(picture, validate=True))
    except binascii.Error:
        return None


# --- counting -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """Notes by denomination in fen, as one person counted them."""

    seal: str
    counts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CountNotes(Ask[Counted | Leave]):
    """Blind: nothing of what the journal expects, or the other person counted, is in here.

    Touches: ("counted", seal + U+001F + one number for each of DENOMINATIONS_FEN), ("leave", "").
    """

    idle_ms: ClassVar[int | None] = _IDLE_MS
    person: str
    batch: int
    seal: str = ""

    def touched(self, touch: Touch) -> Counted | Leave | None:
        if touch.word == "leave":
            return Leave()
        seal, *numbers = touch.value.split(SEPARATOR)
        if touch.word != "counted" or not seal.strip() or len(numbers) != len(DENOMINATIONS_FEN):
            return None
        if not all(number.isdecimal() and int(number) <= _MAX_NOTES for number in numbers):
            return None
        counts = zip(DENOMINATIONS_FEN, map(int, numbers), strict=True)
        return Counted(seal.strip(), tuple(counts))
