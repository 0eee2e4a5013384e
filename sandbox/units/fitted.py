"""The table of virtual devices: name on the control channel -> how it is made.

Talks to nothing. A unit that needs more of its surroundings than these reads it here, so that the
program and its command line stay the same for every unit.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sandbox.units.camera import Camera
from sandbox.units.card_dispenser import CardDispenser
from sandbox.units.card_reader import CardReader
from sandbox.units.card_slot import CardSlot, SecondCardSlot
from sandbox.units.cash import Cash
from sandbox.units.cash_ccnet import CashCcnet
from sandbox.units.id_reader import IdReader
from sandbox.units.nfc import Nfc
from sandbox.units.page_printer import PagePrinter
from sandbox.units.pcsc_daemon import VirtualReader
from sandbox.units.pos import Pos
from sandbox.units.pos_mis import PosMis
from sandbox.units.printer import Printer
from sandbox.units.relay import Relay
from sandbox.units.scanner import Scanner
from sandbox.units.scanner_gm65 import ScannerGm65
from sandbox.units.scanner_newland import ScannerNewland
from sandbox.units.unit import Unit
from sandbox.units.vending import Vending
from sandbox.units.wallet import Wallet

MOTION_S, ID_READ_S, CARD_WAIT_S = 0.4, 0.4, 60.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What units share: folder, cards in people's hands, PC/SC readers, print service, speeds."""

    run_dir: Path
    wallet: Wallet
    readers: tuple[VirtualReader, ...]
    print_wire: Path
    pos_host_url: str | None
    motion_s: float
    id_read_s: float
    card_wait_s: float
    vending_poll_s: float


MAKERS: dict[str, Callable[[Surroundings], Unit]] = {
    "id_reader": lambda a: IdReader(a.run_dir, a.id_read_s),
    "card_dispenser": lambda a: CardDispenser(a.run_dir, a.wallet, a.motion_s),
    "card_reader": lambda a: CardReader(a.run_dir, a.wallet, a.motion_s),
    "card_slot": lambda a: CardSlot(a.run_dir, a.wallet, a.readers[0]),
    "card_slot_2": lambda a: SecondCardSlot(a.run_dir, a.wallet, a.readers[1]),
    "scanner": lambda a: Scanner(a.run_dir),
    "scanner_gm65": lambda a: ScannerGm65(a.run_dir),
    "scanner_newland": lambda a: ScannerNewland(a.run_dir),
    "camera": lambda a: Camera(a.run_dir),
    "nfc": lambda a: Nfc(a.run_dir),
    "pos": lambda a: Pos(a.run_dir, a.pos_host_url, a.card_wait_s),
    "pos_mis": lambda a: PosMis(a.run_dir, a.pos_host_url, a.card_wait_s),
    "printer": lambda a: Printer(a.run_dir),
    "page_printer": lambda a: PagePrinter(a.run_dir, a.print_wire, a.motion_s),
    "cash": lambda a: Cash(a.run_dir, a.motion_s),
    "cash_ccnet": lambda a: CashCcnet(a.run_dir, a.motion_s),
    "relay": lambda a: Relay(a.run_dir),
    "vending": lambda a: Vending(a.run_dir, a.motion_s, a.vending_poll_s),
}


def _own_faults(units: Iterable[type[Unit]]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for unit in units:
        if "name" in vars(unit):
            kinds[unit.name] = unit.own_faults
        kinds |= _own_faults(unit.__subclasses__())
    return kinds


OWN_FAULTS = _own_faults(Unit.__subclasses__())
"""Faults beyond the common ones, by the name of the unit."""
