"""What can be seen of one device at one moment: a frozen record for each kind of device.

Talks to nothing: the unit's shown state comes in, a record goes out. What a reader would get
wrong: a device without power still holds the card, note or paper that lies in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

State = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class IdReaderSeen:
    """The ID card reader; `name` is None when no card lies on it."""

    name: str | None
    was_read: bool

    @classmethod
    def of(cls, state: State) -> IdReaderSeen:
        person = cast(State | None, state["person"])
        if person is None:
            return cls(None, False)
        name = str(person.get("name") or person.get("english_name"))
        return cls(name, state["latched"] is True)


@dataclass(frozen=True, slots=True)
class DispenserSeen:
    """The card dispenser; `card_at_gate` can be taken."""

    stacker_count: int
    bin_count: int
    card_at_gate: bool
    card_inside: bool
    jammed: bool

    @classmethod
    def of(cls, state: State) -> DispenserSeen:
        position = state["position"]
        return cls(
            stacker_count=_count(state, "stacker"),
            bin_count=_count(state, "bin"),
            card_at_gate=position in ("gate", "ejected"),
            card_inside=position in ("rf", "ic", "stuck"),
            jammed=state["jammed"] is True,
        )


@dataclass(frozen=True, slots=True)
class SlotSeen:
    """A slot for cards; `uid` is None when it is empty."""

    uid: str | None
    hangs: bool

    @classmethod
    def of(cls, state: State) -> SlotSeen:
        return cls(_text_or_none(state["card"]), state["hangs"] is True)


@dataclass(frozen=True, slots=True)
class CardReaderSeen:
    """The motorised card reader; a card `at_front` can be taken."""

    uid: str | None
    at_front: bool
    box_count: int
    jammed: bool
    front_open: bool

    @classmethod
    def of(cls, state: State) -> CardReaderSeen:
        return cls(
            uid=_text_or_none(state["card"]),
            at_front=state["position"] in ("front_free", "front_held"),
            box_count=_count(state, "box"),
            jammed=state["jammed"] is True,
            front_open=state["front_entry"] != "shut",
        )


@dataclass(frozen=True, slots=True)
class PosSeen:
    """The bank card terminal."""

    waits_for_card: bool
    open_holds: int

    @classmethod
    def of(cls, state: State) -> PosSeen:
        return cls(state["waiting_for_card"] is True, _count(state, "open_holds"))


@dataclass(frozen=True, slots=True)
class CashSeen:
    """The banknote acceptor; `place` of the note is "none" when there is no note in it."""

    note_fen: int
    place: str
    enabled: bool
    jammed: bool
    box_inserted: bool
    box_full: bool
    box_count: int
    box_fen: int

    @classmethod
    def of(cls, state: State) -> CashSeen:
        note = cast(State | None, state["note"]) or {"denomination_fen": 0, "place": "none"}
        box = cast(Mapping[str, int], state["box"])
        return cls(
            note_fen=_number(note, "denomination_fen"),
            place=str(note["place"]),
            enabled=state["enabled"] is True,
            jammed=state["jammed"] is True,
            box_inserted=state["box_inserted"] is True,
            box_full=state["box_full"] is True,
            box_count=sum(box.values()),
            box_fen=sum(int(fen) * count for fen, count in box.items()),
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed paper; `picture` is a PNG, `complete` is False when the paper ran out."""

    sheet_id: str
    codes: tuple[str, ...]
    taken: bool
    complete: bool
    picture: Path


@dataclass(frozen=True, slots=True)
class PrinterSeen:
    """The receipt printer; `paper` is "full", "near_end" or "out"; sheets oldest first."""

    paper: str
    paper_lines: int
    cover_open: bool
    cutter_jammed: bool
    sheets: tuple[Sheet, ...]

    @classmethod
    def of(cls, state: State, paper_dir: Path) -> PrinterSeen:
        sheets = cast(list[State], state["sheets"])
        return cls(
            paper=str(state["paper"]),
            paper_lines=_number(state, "paper_lines"),
            cover_open=state["cover"] == "open",
            cutter_jammed=state["cutter_jammed"] is True,
            sheets=tuple(_sheet(sheet, paper_dir) for sheet in sheets),
        )

    @property
    def hanging(self) -> Sheet | None:
        """The newest paper that nobody has taken yet."""
        return next((sheet for sheet in reversed(self.sheets) if not sheet.taken), None)

    @property
    def last_code(self) -> str | None:
        """The code of the newest paper that has one."""
        return next((sheet.codes[-1] for sheet in reversed(self.sheets) if sheet.codes), None)


@dataclass(frozen=True, slots=True)
class PagePrinterSeen:
    """The page printer; `paper` and `in_tray` in sheets."""

    paper: int
    in_tray: int
    printing: bool
    jammed: bool
    cover_open: bool
    online: bool
    toner: str

    @classmethod
    def of(cls, state: State) -> PagePrinterSeen:
        return cls(
            paper=_number(state, "paper"),
            in_tray=_count(state, "in_tray"),
            printing=state["printing"] is not None,
            jammed=state["jammed"] is True,
            cover_open=state["cover_open"] is True,
            online=state["online"] is True,
            toner=str(state["toner"]),
        )


@dataclass(frozen=True, slots=True)
class VendingSeen:
    """The booklet machine; `stock` a number for each spiral."""

    stock: tuple[int, ...]
    in_tray: int
    jammed: bool
    door_open: bool

    @classmethod
    def of(cls, state: State) -> VendingSeen:
        stock = cast(Mapping[str, int], state["stock"])
        return cls(
            stock=tuple(stock.values()),
            in_tray=_count(state, "tray"),
            jammed=state["jammed"] is True,
            door_open=state["door"] == "open",
        )


@dataclass(frozen=True, slots=True)
class RelaySeen:
    """The relay board: lights that are on, contacts that are closed; the first is number 0."""

    lights: tuple[bool, ...]
    inputs: tuple[bool, ...]

    @classmethod
    def of(cls, state: State) -> RelaySeen:
        lights, inputs = (cast(list[bool], state[name]) for name in ("coils", "inputs"))
        return cls(tuple(lights), tuple(inputs))


@dataclass(frozen=True, slots=True)
class NfcSeen:
    """The tap point."""

    tag_held: bool
    tapping: bool
    taps: int

    @classmethod
    def of(cls, state: State) -> NfcSeen:
        return cls(state["tag"] is not None, state["tapping"] is True, _number(state, "taps"))


@dataclass(frozen=True, slots=True)
class CameraSeen:
    """The camera, or a scanner that looks on command; `text` is held before it."""

    text: str | None
    plugged: bool
    frozen: bool

    @classmethod
    def of(cls, state: State) -> CameraSeen:
        is_frozen = state.get("frozen") is True or state.get("stalled") is True
        return cls(_text_or_none(state["text"]), state.get("plugged", True) is True, is_frozen)


def _sheet(sheet: State, paper_dir: Path) -> Sheet:
    sheet_id = str(sheet["id"])
    return Sheet(
        sheet_id=sheet_id,
        codes=tuple(cast(list[str], sheet["qr"])),
        taken=sheet["taken"] is True,
        complete=sheet["complete"] is True,
        picture=paper_dir / f"{sheet_id}.png",
    )


def _text_or_none(found: object) -> str | None:
    return found if isinstance(found, str) else None


def _number(state: State, name: str) -> int:
    return int(str(state[name]))


def _count(state: State, name: str) -> int:
    return len(cast(list[object], state[name]))
