"""What can be seen at the virtual machine at one moment, read from the units' states.

Talks to nothing: JSON in, one frozen record out. What a reader would get wrong: a unit that is not
there is None, which is not the same as a unit with nothing in it; and where several units serve
one place (two makes of acceptor), the first that is there stands in the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sandbox.units.wallet import M1
from sandbox.workbench.seen import (
    CameraSeen,
    CardReaderSeen,
    CashSeen,
    DispenserSeen,
    IdReaderSeen,
    NfcSeen,
    PagePrinterSeen,
    PosSeen,
    PrinterSeen,
    RelaySeen,
    SlotSeen,
    State,
    VendingSeen,
)

States = Mapping[str, State]
MAKES = {
    "cash": ("cash", "cash_ccnet"),
    "pos": ("pos", "pos_mis"),
    "scanner": ("scanner", "scanner_gm65", "scanner_newland"),
}


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card, wherever it is."""

    uid: str
    kind: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that is drawn. `units` names the devices that answer, `dead` those without
    power, `holding` those with a code before them; `cash_unit`, `pos_unit` and `scanner_unit` are
    the makes that stand in the machine."""

    units: frozenset[str] = frozenset()
    dead: frozenset[str] = frozenset()
    has_platforms: bool = False
    has_backend: bool = False
    has_window: bool = False
    cash_unit: str = "cash"
    pos_unit: str = "pos"
    scanner_unit: str = "scanner"
    holding: frozenset[str] = frozenset()
    id_reader: IdReaderSeen | None = None
    dispenser: DispenserSeen | None = None
    slot: SlotSeen | None = None
    second_slot: SlotSeen | None = None
    card_reader: CardReaderSeen | None = None
    pos: PosSeen | None = None
    cash: CashSeen | None = None
    printer: PrinterSeen | None = None
    page_printer: PagePrinterSeen | None = None
    vending: VendingSeen | None = None
    relay: RelaySeen | None = None
    nfc: NfcSeen | None = None
    camera: CameraSeen | None = None
    hand: tuple[CardSeen, ...] = ()
    cards: tuple[CardSeen, ...] = ()

    def kind_of(self, uid: str) -> str:
        """The kind of a card that is somewhere in the machine or in the hand."""
        return next((card.kind for card in self.cards if card.uid == uid), M1)


@dataclass(frozen=True, slots=True)
class Around:
    """Which parts around the machine are there."""

    platforms: bool
    backend: bool
    window: bool


def look(states: States, paper_dir: Path, around: Around) -> Snapshot:
    """Read the units' states by name; a missing name is a missing unit."""
    cash_unit, pos_unit = _standing("cash", states), _standing("pos", states)
    cards = _cards(states.get("wallet", {}))
    in_hand = cast(list[str], states.get("wallet", {}).get("hand", []))
    printer, slot, second = (states.get(n) for n in ("printer", "card_slot", "card_slot_2"))
    reader, dispenser, motor, pos, cash, pages, vending, relay, nfc, camera = (
        states.get(name)
        for name in (
            *("id_reader", "card_dispenser", "card_reader", pos_unit, cash_unit),
            *("page_printer", "vending", "relay", "nfc", "camera"),
        )
    )
    return Snapshot(
        units=frozenset(states) - {"wallet"},
        dead=frozenset(name for name, state in states.items() if state.get("power") == "off"),
        has_platforms=around.platforms,
        has_backend=around.backend,
        has_window=around.window,
        cash_unit=cash_unit,
        pos_unit=pos_unit,
        scanner_unit=_standing("scanner", states),
        holding=frozenset(name for name, state in states.items() if state.get("text")),
        id_reader=IdReaderSeen.of(reader) if reader else None,
        dispenser=DispenserSeen.of(dispenser) if dispenser else None,
        slot=SlotSeen.of(slot) if slot else None,
        second_slot=SlotSeen.of(second) if second else None,
        card_reader=CardReaderSeen.of(motor) if motor else None,
        pos=PosSeen.of(pos) if pos else None,
        cash=CashSeen.of(cash) if cash else None,
        printer=PrinterSeen.of(printer, paper_dir) if printer else None,
        page_printer=PagePrinterSeen.of(pages) if pages else None,
        vending=VendingSeen.of(vending) if vending else None,
        relay=RelaySeen.of(relay) if relay else None,
        nfc=NfcSeen.of(nfc) if nfc else None,
        camera=CameraSeen.of(camera) if camera else None,
        hand=tuple(card for card in cards if card.uid in in_hand),
        cards=cards,
    )


def _standing(place: str, states: States) -> str:
    return next((make for make in MAKES[place] if make in states), place)


def _cards(wallet: State) -> tuple[CardSeen, ...]:
    kinds = cast(Mapping[str, str], wallet.get("kinds", {}))
    return tuple(CardSeen(uid, kind) for uid, kind in kinds.items())
