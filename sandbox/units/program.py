"""All units of one run folder in one event loop: start, announce, serve, end.

Talks to the run folder (``units.json``, ``control.sock``, ``state/``). ``units.json`` appears when
every wire is open and is removed at the end, so its presence means the units are there.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from sandbox.units.control import Controlled, ControlServer
from sandbox.units.fitted import CARD_WAIT_S, ID_READ_S, MAKERS, MOTION_S, Surroundings
from sandbox.units.json_files import Json, write_json
from sandbox.units.pcsc_daemon import PcscDaemon
from sandbox.units.wallet import Wallet

UNIT_NAMES = tuple(MAKERS)
_WITH_PCSC = "card_slot"


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
        if _WITH_PCSC in settings.only:
            self._daemon = PcscDaemon(self._run_dir, settings.vpcd_port)
        around = Surroundings(
            self._run_dir,
            self._wallet,
            self._daemon.port if self._daemon else 0,
            settings.pos_host_url,
            settings.motion_s,
            settings.id_read_s,
            settings.card_wait_s,
        )
        self._units = [MAKERS[name](around) for name in UNIT_NAMES if name in settings.only]
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
        wires: Json = {
            unit.name: {**unit.paths(), "settings": unit.settings()} for unit in self._units
        }
        wires["control"] = str(self._run_dir / "control.sock")
        wires["environment"] = (
            {"PCSCLITE_CSOCK_NAME": str(self._daemon.socket)} if self._daemon else {}
        )
        return wires
