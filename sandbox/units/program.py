"""All units of one run folder in one event loop: start, announce, serve, end.

Talks to the run folder (``units.json``, ``control.sock``, ``state/``). ``units.json`` appears when
every wire is open and is removed at the end, so its presence means the units are there.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sandbox.units.card_dispenser import CardDispenser
from sandbox.units.card_slot import CardSlot
from sandbox.units.control import Controlled, ControlServer
from sandbox.units.id_reader import IdReader
from sandbox.units.json_files import Json, write_json
from sandbox.units.pcsc_daemon import READER_NAME, PcscDaemon
from sandbox.units.pos import Pos
from sandbox.units.printer import Printer
from sandbox.units.scanner import Scanner
from sandbox.units.unit import Unit
from sandbox.units.wallet import Wallet

MOTION_S, ID_READ_S, CARD_WAIT_S = 0.4, 0.4, 60.0
UNIT_NAMES = ("id_reader", "card_dispenser", "card_slot", "scanner", "pos", "printer")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a set of units is started."""

    run_dir: Path
    only: tuple[str, ...] = UNIT_NAMES
    pos_host_url: str | None = None
    vpcd_port: int | None = None
    motion_s: float = MOTION_S
    id_read_s: float = ID_READ_S
    card_wait_s: float = CARD_WAIT_S


class UnitsProgram:
    """The units of one run folder; ``run`` serves them until the event is set."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._run_dir = settings.run_dir.resolve()
        self._run_dir.mkdir(parents=True, exist_ok=True)
        self._announcement = self._run_dir / "units.json"
        self._wallet = Wallet(self._run_dir)
        self._daemon: PcscDaemon | None = None
        if "card_slot" in settings.only:
            self._daemon = PcscDaemon(self._run_dir, settings.vpcd_port)
        self._units = [self._build(name) for name in UNIT_NAMES if name in settings.only]
        reachable: dict[str, Controlled] = {unit.name: unit for unit in self._units}
        reachable[Wallet.name] = self._wallet
        self._control = ControlServer(self._run_dir / "control.sock", reachable)

    async def run(self, end: asyncio.Event) -> None:
        """Start everything, announce it, and serve until ``end`` is set."""
        self._announcement.unlink(missing_ok=True)
        try:
            if self._daemon is not None:
                self._daemon.start()
            for unit in self._units:
                await unit.start()
                unit.on_changed = lambda changed: self._control.push(changed.name)
                unit.changed()
            self._wallet.on_changed = lambda: self._control.push(Wallet.name)
            await self._control.start()
            write_json(self._announcement, self._wires())
            await end.wait()
        finally:
            self._stop()

    def _stop(self) -> None:
        self._announcement.unlink(missing_ok=True)
        for unit in self._units:
            unit.stop()
        self._control.stop()
        if self._daemon is not None:
            self._daemon.stop()

    def _wires(self) -> Json:
        wires: Json = {unit.name: unit.paths() for unit in self._units}
        wires["control"] = str(self._run_dir / "control.sock")
        wires["environment"] = (
            {"PCSCLITE_CSOCK_NAME": str(self._daemon.socket)} if self._daemon else {}
        )
        return wires

    def _build(self, name: str) -> Unit:
        settings = self._settings
        match name:
            case "id_reader":
                return IdReader(self._run_dir, settings.id_read_s)
            case "card_dispenser":
                return CardDispenser(self._run_dir, self._wallet, settings.motion_s)
            case "card_slot":
                port = self._daemon.port if self._daemon else 0
                return CardSlot(self._run_dir, self._wallet, port, READER_NAME)
            case "scanner":
                return Scanner(self._run_dir)
            case "pos":
                return Pos(self._run_dir, settings.pos_host_url, settings.card_wait_s)
            case _:
                return Printer(self._run_dir)
