"""All units of one run folder in one event loop: start, announce, serve, end.

Talks to the run folder (``units.json``, ``control.sock``, ``state/``). ``units.json`` appears when
every wire is open and is removed at the end, so its presence means the units are there.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sandbox.units.control import Controlled, ControlServer
from sandbox.units.cups_daemon import CupsDaemon
from sandbox.units.fitted import CARD_WAIT_S, ID_READ_S, MAKERS, MOTION_S, Surroundings
from sandbox.units.json_files import Json, write_json
from sandbox.units.pcsc_daemon import PcscDaemon, VirtualReader
from sandbox.units.request import ControlError
from sandbox.units.unit import Unit
from sandbox.units.vending import POLL_S
from sandbox.units.wallet import Wallet

UNIT_NAMES = tuple(MAKERS)
_ON_PCSC, _ON_CUPS = ("card_slot", "card_slot_2"), "page_printer"


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
    vending_poll_s: float = POLL_S


class UnitsProgram:
    """The units of one run folder; ``run`` serves them until the event is set."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._run_dir = settings.run_dir.resolve()
        self._run_dir.mkdir(parents=True, exist_ok=True)
        self._announcement = self._run_dir / "units.json"
        self._wallet = Wallet(self._run_dir)
        readers: tuple[VirtualReader, ...] = ()
        self._daemons: list[PcscDaemon | CupsDaemon] = []
        if set(_ON_PCSC) & set(settings.only):
            reader_count = 2 if _ON_PCSC[1] in settings.only else 1
            daemon = PcscDaemon(self._run_dir, reader_count, settings.vpcd_port)
            self._daemons.append(daemon)
            readers = daemon.readers
        print_service = CupsDaemon(self._run_dir)
        if _ON_CUPS in settings.only:
            self._daemons.append(print_service)
        around = Surroundings(
            self._run_dir,
            self._wallet,
            readers,
            print_service.printer_wire,
            settings.pos_host_url,
            settings.motion_s,
            settings.id_read_s,
            settings.card_wait_s,
            settings.vending_poll_s,
        )
        self._around = around
        self._units = {name: MAKERS[name](around) for name in UNIT_NAMES if name in settings.only}
        self._reachable: dict[str, Controlled] = {**self._units, Wallet.name: self._wallet}
        self._control = ControlServer(self._run_dir / "control.sock", self._reachable, self._switch)

    async def run(self, end: asyncio.Event) -> None:
        """Start everything, announce it, and serve until ``end`` is set."""
        self._announcement.unlink(missing_ok=True)
        try:
            for daemon in self._daemons:
                daemon.start()
            for unit in self._units.values():
                await self._start(unit)
            self._wallet.on_changed = lambda: self._control.push(Wallet.name)
            await self._control.start()
            write_json(self._announcement, self._wires())
            await end.wait()
        finally:
            self._stop()

    async def _start(self, unit: Unit) -> None:
        await unit.start()
        unit.on_changed = lambda changed: self._control.push(changed.name)
        unit.changed()

    async def _switch(self, name: str, on: bool) -> None:
        """Give or take one unit's power; with power a new unit wakes up where the old one stood."""
        if name not in self._units:
            raise ControlError(f"{name} has no power to switch")
        old = self._units[name]
        if not on:
            old.switch_off()
        elif not old.is_on:
            faults = old.replaced()
            fresh = self._units[name] = self._reachable[name] = MAKERS[name](self._around)
            fresh.faults.waiting = faults.waiting
            await self._start(fresh)

    def _stop(self) -> None:
        self._announcement.unlink(missing_ok=True)
        for unit in self._units.values():
            if unit.is_on:
                unit.stop()
        self._control.stop()
        for daemon in self._daemons:
            daemon.stop()

    def _wires(self) -> Json:
        wires: Json = {
            name: {**unit.paths(), "table": unit.table, "settings": unit.settings()}
            for name, unit in self._units.items()
        }
        wires["control"] = str(self._run_dir / "control.sock")
        environment: Json = {}
        for daemon in self._daemons:
            environment.update(daemon.environment())
        wires["environment"] = environment
        return wires
