"""What can be seen at the virtual machine at one moment, read from the units' states.

Talks to nothing: JSON in, frozen records out. What a reader would get wrong: a unit that is not
there is None, which is not the same as a unit with nothing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

States = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class IdReaderSeen:
    """The ID card reader; `name` is None when no card lies on it."""

    name: str | None
    was_read: bool


@dataclass(frozen=True, slots=True)
class DispenserSeen:
    """The card dispenser; `card_at_gate` can be taken."""

    stacker_count: int
    bin_count: int
    card_at_gate: bool
    jammed: bool


@dataclass(frozen=True, slots=True)
class SlotSeen:
    """The slot for health cards; `uid` is None when it is empty."""

    uid: str | None


@dataclass(frozen=True, slots=True)
class PosSeen:
    """The bank card terminal."""

    waits_for_card: bool
    open_holds: int


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

    @property
    def hanging(self) -> Sheet | None:
        """The newest paper that nobody has taken yet."""
        return next((sheet for sheet in reversed(self.sheets) if not sheet.taken), None)

    @property
    def last_code(self) -> str | None:
        """The code of the newest paper that has one."""
        return next((sheet.codes[-1] for sheet in reversed(self.sheets) if sheet.codes), None)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is drawn. `units` names the devices that answer."""

    units: frozenset[str] = frozenset()
    has_platforms: bool = False
    has_backend: bool = False
    has_window: bool = False
    id_reader: IdReaderSeen | None = None
    dispenser: DispenserSeen | None = None
    slot: SlotSeen | None = None
    pos: PosSeen | None = None
    printer: PrinterSeen | None = None
    hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """Which parts around the machine are there."""

    platforms: bool
    backend: bool
    window: bool


def look(states: States, paper_dir: Path, around: Around) -> Snapshot:
    """Read the units' states by name; a missing name is a missing unit."""
    reader, dispenser = states.get("id_reader"), states.get("card_dispenser")
    slot, pos, printer = states.get("card_slot"), states.get("pos"), states.get("printer")
    return Snapshot(
        units=frozenset(states) - {"wallet"},
        has_platforms=around.platforms,
        has_backend=around.backend,
        has_window=around.window,
        id_reader=None if reader is None else _id_reader(reader),
        dispenser=None if dispenser is None else _dispenser(dispenser),
        slot=None if slot is None else SlotSeen(_text_or_none(slot["card"])),
        pos=None
        if pos is None
        else PosSeen(pos["waiting_for_card"] is True, _count(pos, "open_holds")),
        printer=None if printer is None else _printer(printer, paper_dir),
        hand=tuple(cast(list[str], states.get("wallet", {}).get("hand", []))),
    )


def _id_reader(state: Mapping[str, object]) -> IdReaderSeen:
    person = cast(Mapping[str, object] | None, state["person"])
    return IdReaderSeen(None if person is None else str(person["name"]), state["latched"] is True)


def _dispenser(state: Mapping[str, object]) -> DispenserSeen:
    return DispenserSeen(
        stacker_count=_count(state, "stacker"),
        bin_count=_count(state, "bin"),
        card_at_gate=state["position"] in ("gate", "ejected"),
        jammed=state["jammed"] is True,
    )


def _printer(state: Mapping[str, object], paper_dir: Path) -> PrinterSeen:
    sheets = cast(list[Mapping[str, object]], state["sheets"])
    return PrinterSeen(
        paper=str(state["paper"]),
        paper_lines=int(str(state["paper_lines"])),
        cover_open=state["cover"] == "open",
        cutter_jammed=state["cutter_jammed"] is True,
        sheets=tuple(_sheet(sheet, paper_dir) for sheet in sheets),
    )


def _sheet(sheet: Mapping[str, object], paper_dir: Path) -> Sheet:
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


def _count(state: Mapping[str, object], name: str) -> int:
    return len(cast(list[object], state[name]))
