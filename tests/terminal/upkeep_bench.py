"""The upkeep Acts on plain services and a real journal, without threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from terminal_bench import settings_of

from core.audit import AuditEvent
from core.catalogue import Catalogue
from core.ports import DeviceHealth
from core.settings import Settings
from devices.fitting import FITTINGS
from terminal.health import Health
from terminal.journal_keeper import JournalKeeper
from terminal.papers import PaperActs, PaperParts
from terminal.site import Site
from terminal.technicians import Technicians
from terminal.upkeep import UpkeepActs, UpkeepParts
from tests.helpers.bench import FakeBench, FakeService
from tests.helpers.journal import StillClock, open_journal

MESSAGES = Path(__file__).resolve().parents[2] / "build" / "messages"


@dataclass(slots=True)
class Upkeep:
    """`devices` are fitted and well; `more`: other tables of the settings."""

    folder: Path
    devices: Mapping[str, FakeService] = field(default_factory=dict)
    more: str = ""
    cabinet: dict[str, bool] = field(default_factory=dict)
    keeper: JournalKeeper = field(init=False)
    bench: FakeBench = field(init=False)
    health: Health = field(init=False)
    acts: UpkeepActs = field(init=False)
    papers: PaperActs = field(init=False)
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "data").mkdir(exist_ok=True)
        self.settings = settings_of(self.folder, self.more)
        self.keeper = JournalKeeper(open_journal(self.folder / "data" / "journal.db"))
        self.bench = FakeBench(**dict(self.devices))
        self.health = Health(("backend", *self.devices))
        for name in ("backend", *self.devices):
            self.health.hear(DeviceHealth(name, "ok"))
        staff = self.folder / "staff.toml"
        technicians, clock = Technicians(staff), StillClock()
        parts = UpkeepParts(
            self.settings,
            self.bench,
            self.health,
            self.keeper,
            technicians,
            clock,
            self.cabinet,
            self.keeper.audit,
        )
        self.acts = UpkeepActs(parts)
        self.papers = PaperActs(
            PaperParts(
                self.settings,
                self.bench,
                Site(self.settings, lambda: 3),
                clock,
                lambda: self.acts.view(self.keeper.records()),
                self.keeper.records,
                lambda: Catalogue("zh", MESSAGES),
                self.keeper.audit,
            )
        )

    def audit(self, event: AuditEvent, **facts: str | int) -> None:
        """One line of the journal."""
        self.keeper.audit(event, facts)

    def told(self, event: AuditEvent) -> list[dict[str, str | int]]:
        """Facts of every such line, oldest first."""
        kind = f"audit.{event}"
        return [dict(r.entry.payload) for r in self.keeper.records() if r.entry.kind == kind]


def every_device() -> dict[str, FakeService]:
    """All kinds, in the order of the machine."""
    return {fitting.name: FakeService() for fitting in FITTINGS}
