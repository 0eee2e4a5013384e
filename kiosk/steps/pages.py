"""Pages made of words: the questions that need no screen of their own.

A service describes what it shows with `core/phrase.py` and one of these; each has one screen in
`kiosk/screens`. What a reader would get wrong: `key` and `word` are plain words of the journey,
never shown; what is shown is a phrase, because the language may change while the page stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from core.flow import Aside, Ask, Event, Reason, Reply, Touch
from core.identity import is_mobile_number
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Phrase
from core.ports import CardPresence
from core.steps import Leave, left_with
from kiosk.steps import Back, SurveyWished, Typed


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things to choose. `off`: why it cannot be chosen, "" when it can."""

    key: str
    words: Phrase
    icon: str
    note: Phrase = ""
    side: Phrase = ""
    off: Phrase = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A press with a word; the main one is the one that goes on."""

    word: str
    words: Phrase
    icon: str = "check"
    main: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """The key of an option."""

    key: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """The word of a button."""

    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Ask[Reply]):
    """Base of all. `presence`: the card that must stay. `trouble`: what went wrong a moment ago on
    this very page, a code of core/wording. `place`: where in the bar of steps, -1 for no bar."""

    idle_ms: ClassVar[int | None] = 120_000
    title: Phrase
    hint: Phrase = ""
    icon: str = "info-circle"
    presence: CardPresence | None = None
    trouble: str = ""
    place: int = -1

    def heard(self, event: Event) -> Reason | None:
        return left_with(self.presence, event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Page[Chosen | Back | Leave]):
    """One of several. `nothing`: what is said when there are no options."""

    options: tuple[Option, ...]
    strip: Strip | None = None
    nothing: Phrase = ""

    def touched(self, touch: Touch) -> Chosen | Back | Leave | None:
        match touch.word:
            case "choose":
                free = (option.key for option in self.options if not option.off)
                return Chosen(touch.value) if touch.value in free else None
            case "back":
                return Back()
            case "leave":
                return Leave()
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseSome(Page[tuple[str, ...] | Back | Leave]):
    """Any number of them, at least `least`; the answer holds their keys. `button`: what goes on.

    A press on "choose" never ends this page: the screen keeps the marks and says them all at once,
    keys joined by a space.
    """

    options: tuple[Option, ...]
    button: Button
    least: int = 1
    strip: Strip | None = None

    def touched(self, touch: Touch) -> tuple[str, ...] | Back | Leave | None:
        match touch.word:
            case "back":
                return Back()
            case "leave":
                return Leave()
        if touch.word != self.button.word:
            return None
        free = {option.key for option in self.options if not option.off}
        marked = tuple(touch.value.split())
        fine = len(set(marked)) == len(marked) >= self.least and free.issuperset(marked)
        return marked if fine else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Page[Pressed | Back | Leave]):
    """Look at this, then press: a look-up, a plan, a confirmation.

    `text`: a long text above the rows, such as a commitment. `needs_all`: the buttons work once the
    end was scrolled to. `qr`: a code for the person's phone.
    """

    sections: tuple[Section, ...] = ()
    buttons: tuple[Button, ...] = ()
    strip: Strip | None = None
    text: Phrase = ""
    big_label: Phrase = ""
    big_value: Phrase = ""
    qr: str = ""
    needs_all: bool = False

    def touched(self, touch: Touch) -> Pressed | Back | Leave | None:
        match touch.word:
            case "back":
                return Back()
            case "leave":
                return Leave()
        return Pressed(touch.word) if touch.word in {b.word for b in self.buttons} else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished(Page[Leave | Pressed]):
    """A good ending: 20 s, then home; pulling the card ends it too. `printed` None: no paper;
    `survey`: there is a button to say how it was."""

    idle_ms: ClassVar[int | None] = 20_000
    tone: Tone = Tone.SUCCESS
    icon: str = "check"
    big_label: Phrase = ""
    big_value: Phrase = ""
    rows: tuple[Row, ...] = ()
    strip: Strip | None = None
    printed: bool | None = None
    buttons: tuple[Button, ...] = ()
    survey: bool = False

    def touched(self, touch: Touch) -> Leave | Pressed | Aside | None:
        if touch.word in {button.word for button in self.buttons}:
            return Pressed(touch.word)
        if touch.word == "survey" and self.survey:
            return SurveyWished()
        return Leave() if touch.word in ("done", "leave") else None

    def heard(self, event: Event) -> Leave | None:  # type: ignore[override]  # an end, not a loss
        return Leave() if left_with(self.presence, event) else None


class Keys(StrEnum):
    """Which keys a typed text needs."""

    DIGITS = "digits"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    NAME = "name"
    TEXT = "text"


def _any(text: str) -> bool:
    return bool(text.strip())


def _digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


_FORMS: dict[Keys, Callable[[str], bool]] = {
    Keys.DIGITS: _digits,
    Keys.PHONE: is_mobile_number,
    Keys.ID_NUMBER: lambda text: len(text) == 18 and text[:17].isdecimal(),
    Keys.NAME: _any,
    Keys.TEXT: _any,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeIn(Page[Typed | Back | Leave]):
    """Type something; `most` is the longest it may be. `hidden`: shown as dots. `words`: whole
    words that the keyboard offers by their pinyin, such as departments."""

    idle_ms: ClassVar[int | None] = 180_000
    keys: Keys
    label: Phrase
    most: int = 40
    least: int = 1
    hidden: bool = False
    words: tuple[Phrase, ...] = ()

    def touched(self, touch: Touch) -> Typed | Back | Leave | None:
        match touch.word:
            case "back":
                return Back()
            case "leave":
                return Leave()
        fine = self.least <= len(touch.value) <= self.most and _FORMS[self.keys](touch.value)
        return Typed(touch.value.strip()) if touch.word == "enter" and fine else None


@dataclass(frozen=True, slots=True)
class Amount:
    """Inside the limits, in fen."""

    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseAmount(Page[Amount | Back | Leave]):
    """How much, between limits that include their numbers, whole yuan."""

    min_fen: int
    max_fen: int
    suggestions_fen: tuple[int, ...] = ()

    def touched(self, touch: Touch) -> Amount | Back | Leave | None:
        match touch.word:
            case "back":
                return Back()
            case "leave":
                return Leave()
        if touch.word != "amount" or not _digits(touch.value):
            return None
        amount_fen = int(touch.value)
        return Amount(amount_fen) if self.min_fen <= amount_fen <= self.max_fen else None


@dataclass(frozen=True, slots=True)
class Signed:
    """Strokes as `ui/signature.py` writes them (JSON)."""

    strokes: str

    def __repr__(self) -> str:
        return "Signed(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Page[Signed | Back | Leave]):
    """Sign with a finger. `rows`: what is signed, in short."""

    idle_ms: ClassVar[int | None] = 180_000
    rows: tuple[Row, ...] = ()

    def touched(self, touch: Touch) -> Signed | Back | Leave | None:
        match touch.word:
            case "back":
                return Back()
            case "leave":
                return Leave()
        return Signed(touch.value) if touch.word == "signed" and touch.value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMachine(Page[Reply]):
    """Do something at a part of the machine. `parts`: lit on the drawing of the front; `hand`: what
    moves there; `steps`: three short sentences. What is heard is the business of a subclass."""

    parts: tuple[str, ...] = ()
    hand: str = ""
    steps: tuple[Phrase, ...] = ()
    amount: Phrase = ""
    buttons: tuple[Button, ...] = field(default=())
