"""The table of virtual devices: name on the control channel -> how it is made.

Talks to nothing. A unit that needs more of its surroundings than these reads it here, so that the
program and its command line stay the same for every unit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sandbox.units.card_dispenser import CardDispenser
from sandbox.units.card_slot import CardSlot
from sandbox.units.id_reader import IdReader
from sandbox.units.pcsc_daemon import READER_NAME
from sandbox.units.pos import Pos
from sandbox.units.printer import Printer
from sandbox.units.scanner import Scanner
from sandbox.units.unit import Unit
from sandbox.units.wallet import Wallet

MOTION_S, ID_READ_S, CARD_WAIT_S = 0.4, 0.4, 60.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What units share: folder, cards in people's hands, PC/SC daemon's port, speeds."""

    run_dir: Path
    wallet: Wallet
    vpcd_port: int
    pos_host_url: str | None
    motion_s: float
    id_read_s: float
    card_wait_s: float


MAKERS: dict[str, Callable[[Surroundings], Unit]] = {
    "id_reader": lambda a: IdReader(a.run_dir, a.id_read_s),
    "card_dispenser": lambda a: CardDispenser(a.run_dir, a.wallet, a.motion_s),
    "card_slot": lambda a: CardSlot(a.run_dir, a.wallet, a.vpcd_port, READER_NAME),
    "scanner": lambda a: Scanner(a.run_dir),
    "pos": lambda a: Pos(a.run_dir, a.pos_host_url, a.card_wait_s),
    "printer": lambda a: Printer(a.run_dir),
}
