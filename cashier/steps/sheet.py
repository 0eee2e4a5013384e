"""The page of a window's work: facts, a table, fields to fill, and what can be done with them.

A work (`cashier/journeys/work.py`) describes what it shows with `core/phrase.py` and this one page,
which is drawn by `cashier/pages/sheet.py`. What a reader would get wrong: the page says keys of
rows and what was typed, in one touch; it is checked here, so a journey never sees a half-filled
form, an amount that is no amount, or a row that may not be taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from core.flow import Ask, Event, Touch
from core.identity import Medium, MediumKind, Patient, is_mobile_number
from core.money import parse_yuan
from core.page_parts import Section, Strip, Tone
from core.phrase import Phrase
from core.ports import CodeScanned
from core.steps import Leave
from core.steps.questions import MediumShown, medium_of

INK = "ink"
"""The word of what was written on the patient's screen."""


class FieldKind(StrEnum):
    """What may be typed; the form of the answer in brackets."""

    TEXT = "text"
    DIGITS = "digits"
    AMOUNT = "amount"
    """Yuan with at most two decimals (fen as digits)."""
    DAY = "day"
    """2026-11-22."""
    PHONE = "phone"
    ID_NUMBER = "id_number"
    HIDDEN = "hidden"
    CHOICE = "choice"
    """One of `options` (its key). Of another kind, `options` are what is often typed."""
    TICK = "tick"
    """Agreed or there ("yes", or "")."""


@dataclass(frozen=True, slots=True)
class FieldOption:
    """One of a choice."""

    key: str
    words: Phrase


@dataclass(frozen=True, slots=True)
class Field:
    """A line to fill. `value`: what stands there first, as it is typed. `least`: characters."""

    name: str
    words: Phrase
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    options: tuple[FieldOption, ...] = ()
    needed: bool = True
    most: int = 60
    least: int = 1

    def understood(self, typed: str) -> str | None:
        """The answer; None: it may not stand there."""
        text = typed.strip() if self.kind is not FieldKind.HIDDEN else typed
        if not text:
            return None if self.needed else ""
        if not self.least <= len(text) <= self.most:
            return None
        if self.kind is FieldKind.CHOICE:
            return text if text in {option.key for option in self.options} else None
        return _FORMS[self.kind](text)


def _amount(text: str) -> str | None:
    try:
        return str(parse_yuan(text))
    except ValueError:
        return None


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _id_number(text: str) -> str | None:
    whole = text.upper()
    return whole if len(whole) == 18 and whole[:17].isdecimal() else None


_FORMS: dict[FieldKind, Callable[[str], str | None]] = {
    FieldKind.TEXT: lambda text: text,
    FieldKind.HIDDEN: lambda text: text,
    FieldKind.DIGITS: lambda text: text if text.isascii() and text.isdecimal() else None,
    FieldKind.AMOUNT: _amount,
    FieldKind.DAY: _day,
    FieldKind.PHONE: lambda text: text if is_mobile_number(text) else None,
    FieldKind.ID_NUMBER: _id_number,
    FieldKind.TICK: lambda text: "yes" if text == "yes" else None,
}


@dataclass(frozen=True, slots=True)
class Column:
    """`share`: of the width; `right`: numbers and amounts stand on the right."""

    words: Phrase
    share: int = 1
    right: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. `off`: why nothing can be done with it, "" when something can."""

    key: str
    cells: tuple[Phrase, ...]
    tone: Tone = Tone.PLAIN
    off: Phrase = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`marks`: rows are ticked, and an action takes all that are. `nothing`: said when it is empty.

    Typing in its filter line leaves the rows whose cells hold what was typed.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    marks: bool = False
    nothing: Phrase = ""


class Takes(StrEnum):
    """Which rows an action is about: none, the current one, or those that are ticked."""

    NOTHING = "nothing"
    ROW = "row"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Action:
    """A press with a word. The first that is not off is the main one: Enter and F8 do it.

    `key`: its own key, such as "Ctrl+P"; the main one needs none. `twice`: cannot be taken back, so
    it is pressed twice, and `amount_fen` is shown in words between. `fills`: needs the fields.
    `on_pad`: offered where the patient's screen takes a signature.
    """

    word: str
    words: Phrase
    key: str = ""
    takes: Takes = Takes.NOTHING
    twice: bool = False
    amount_fen: int | None = None
    off: Phrase = ""
    fills: bool = True
    on_pad: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was pressed, with the rows it is about and what was typed, by field."""

    word: str
    rows: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"Pressed({self.word}, {self.rows})"

    @property
    def row(self) -> str:
        """The only one."""
        (only,) = self.rows
        return only

    def value(self, name: str) -> str:
        """What stands in a field."""
        return dict(self.values)[name]

    def amount_fen(self, name: str) -> int:
        """What stands in an amount's field; 0 for an empty one."""
        return int(self.value(name) or "0")


@dataclass(frozen=True, slots=True)
class ForCustomer:
    """What the patient's screen says meanwhile. `code`: shown to be scanned by the phone. `signs`:
    lines that are signed there, beside a field to write on; the first is their heading."""

    advice: Phrase
    amount_fen: int | None = None
    code: str = ""
    signs: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is typed into `field` less `minus_fen`, shown large as it is typed, here and on the
    patient's screen: what is given, and the change. `given_fen`: what stands there now."""

    field: str
    minus_fen: int
    given: Phrase
    rest: Phrase
    given_fen: int | None = None

    @property
    def rest_fen(self) -> int | None:
        """None: nothing can be told, or it is not enough."""
        if self.given_fen is None or self.given_fen < self.minus_fen:
            return None
        return self.given_fen - self.minus_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSheet(Ask[Pressed | MediumShown | Leave]):
    """One page of a work. Touches: (an action's word, JSON {"rows": [..], "values": {..}}), leave.

    `patient`: whose affairs these are; None: nobody's. `trouble`: what went wrong a moment ago on
    this page, a code of core/wording. `accepts`: media that may be shown, inserted or scanned here;
    `known`: those that lie there and are no answer.
    `scans`: the page's only field, which any scanned code fills and sends. `picture`: a PNG file.
    While its `customer` signs, what was written comes as a touch too: (INK, text of `core/ink.py`).
    """

    idle_ms: ClassVar[int | None] = 600_000
    forgets: ClassVar[bool] = True
    title: Phrase
    patient: Patient | None = None
    chip: Phrase = ""
    chip_tone: Tone = Tone.PLAIN
    trouble: str = ""
    strip: Strip | None = None
    big_label: Phrase = ""
    big_value: Phrase = ""
    text: Phrase = ""
    sections: tuple[Section, ...] = ()
    table: Table | None = None
    fields: tuple[Field, ...] = ()
    actions: tuple[Action, ...] = ()
    accepts: frozenset[MediumKind] = frozenset()
    known: frozenset[Medium] = frozenset()
    customer: ForCustomer | None = None
    reckoning: Reckoning | None = None
    scans: str = ""
    picture: bytes = b""

    @property
    def main(self) -> Action | None:
        """What Enter and F8 do."""
        return next((action for action in self.actions if not action.off), None)

    def reckoned(self, typed: dict[str, str]) -> WorkSheet:
        """This page while `typed` stands in its fields."""
        if self.reckoning is None:
            return self
        text = _amount(typed.get(self.reckoning.field, "").strip())
        given_fen = None if text is None else int(text)
        return replace(self, reckoning=replace(self.reckoning, given_fen=given_fen))

    def without_pad(self) -> WorkSheet:
        """This page at a window whose patients' screen takes no touch, or is not there."""
        return replace(self, actions=tuple(one for one in self.actions if not one.on_pad))

    def touched(self, touch: Touch) -> Pressed | Leave | None:
        if touch.word == "leave":
            return Leave()
        if touch.word == INK and self.customer and self.customer.signs:
            return Pressed(INK, (), ((INK, touch.value),))
        action = next((a for a in self.actions if a.word == touch.word and not a.off), None)
        if action is None:
            return None
        told = json.loads(touch.value or "{}")
        rows = tuple(map(str, told.get("rows", ())))
        values = self._understood(action, told.get("values", {}))
        if values is None or not self._may_take(action, rows):
            return None
        return Pressed(action.word, rows, values)

    def heard(self, event: Event) -> MediumShown | Pressed | None:
        shown = medium_of(event)
        if shown is not None and shown.medium.kind in self.accepts:
            return None if shown.medium in self.known else shown
        if self.scans and self.main and isinstance(event, CodeScanned):
            return Pressed(self.main.word, (), ((self.scans, event.text),))
        return None

    def _may_take(self, action: Action, rows: tuple[str, ...]) -> bool:
        lines = self.table.lines if self.table else ()
        free = {line.key for line in lines if not line.off}
        match action.takes:
            case Takes.NOTHING:
                return not rows
            case Takes.ROW:
                return len(rows) == 1 and rows[0] in free
            case Takes.MARKED:
                return len(set(rows)) == len(rows) > 0 and free.issuperset(rows)

    def _understood(
        self, action: Action, typed: dict[str, str]
    ) -> tuple[tuple[str, str], ...] | None:
        if not action.fills:
            return ()
        values = [(f.name, f.understood(str(typed.get(f.name, "")))) for f in self.fields]
        whole = tuple((n, v) for n, v in values if v is not None)
        reckoned = self.reckoned({n: str(t) for n, t in typed.items()}).reckoning
        enough = reckoned is None or reckoned.rest_fen is not None
        return whole if enough and len(whole) == len(values) else None
