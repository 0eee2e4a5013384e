"""The machine: opens what the settings name, owns the workers and the table step → handler.

Used by every mode's `app.py`. Threads: one journal worker that never waits for the network, one
backend worker, one worker per fitted device, one recovery thread. What a reader would get wrong:
nothing here is Qt; events and replies leave through callbacks that the runner makes safe.
"""

from __future__ import annotations

import logging
import queue
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from backend_client.exchange import Told
from backend_client.opening import open_client
from backend_client.shapes import SignedOn
from core.audit import AuditEvent
from core.billing import Text
from core.catalogue import Catalogue, languages
from core.clock import SystemClock
from core.errors import JournalError
from core.flow import Event
from core.journal.operations import Operation
from core.journal.records import Record
from core.journal.store import SqliteJournal
from core.operation import OperationKind
from core.ports import DeviceHealth, Done, NotSent, Refused, Unknown
from core.routes import Crashed
from core.settings import Settings
from core.steps import Facts
from core.steps.visits import CallStaff
from core.upkeep.consumables import Level, Tally
from core.upkeep.heartbeat import ConsumableTold, DeviceTold, Heard, items_of
from devices.fitting import FITTINGS, Fitting
from devices.ownership import InstanceLock
from devices.worker import Worker
from terminal.backend_acts import BackendActs
from terminal.bench import MachineBench
from terminal.cash_acts import cash_routes
from terminal.device_acts import CardActs
from terminal.health import DoubtsChanged, Health
from terminal.heartbeat import Heartbeat, HeartbeatParts
from terminal.hung import HungDevices
from terminal.journal_keeper import JournalKeeper
from terminal.look_acts import look_routes
from terminal.order_acts import order_routes
from terminal.page_acts import page_routes
from terminal.papers import PaperActs, PaperParts
from terminal.recovery import AGAIN_S, START_LIMIT_S, Recovery
from terminal.routes import Lanes, Table, backend_routes, card_routes, device_routes, journal_routes
from terminal.sale_acts import sale_routes
from terminal.saving import Saving, saving_routes
from terminal.site import Site
from terminal.slips import Letterhead, slip_key
from terminal.technicians import Technicians
from terminal.upkeep import UpkeepActs, UpkeepParts
from terminal.upkeep_routes import upkeep_routes
from terminal.watch import Watch

log = logging.getLogger(__name__)

Read = TypeVar("Read")

SOFTWARE = "zhenfu 0.1.0"
_SIGN_ON_S = 15.0
_JOURNAL_LIMIT_S = 10.0
_READ_S = 12.0
_CLOSE_LIMIT_S = 4.0


class Machine:
    """One terminal at run time. Make it, `start` it, hand `routes` to a runner, `stop` it.

    `beside`: what only this mode has, such as a voice; looked after like a device.
    """

    def __init__(
        self,
        settings: Settings,
        messages: Path,
        *,
        beside: tuple[Fitting, ...] = (),
        again_s: float = AGAIN_S,
        start_limit_s: float = START_LIMIT_S,
    ) -> None:
        """Raises SettingsError, JournalError or AlreadyRunning; opens no device yet."""
        self.settings = settings
        self._catalogues = {name: Catalogue(name, messages) for name in languages(messages)}
        self.language = settings.text("terminal.language")
        fitted = [*(one for one in FITTINGS if settings.has_table(one.name)), *beside]
        self.fitted = tuple(fitting.name for fitting in fitted)
        self.health = Health(("backend", *self.fitted))
        self.signed_on: SignedOn | None = None
        self._tell: Callable[[Event], None] = lambda event: None
        self._client_acts = BackendActs(
            open_client(settings, lambda: self.keeper.head), self._look_again, self._try_again
        )
        self._journal = Worker("journal", depth=32)
        self._backend = Worker("backend", poll=self._sign_on, poll_s=1.0, tell=self._hear)
        self._beats_left = 0.0
        self._devices: dict[str, tuple[Worker, Any]] = {
            fitting.name: self._open(fitting) for fitting in fitted
        }
        data = Path(settings.text("terminal.data"))
        self._lock = InstanceLock(data)
        store = SqliteJournal(data / "journal.db", settings.text("terminal.id"), SystemClock())
        self.keeper = JournalKeeper(store, self._doubt_arose)
        self.hung = HungDevices({name: worker for name, (worker, _) in self._devices.items()})
        self.watch = Watch(self.audit, self._ask_identity)
        self._heartbeat = self._make_heartbeat()
        self._maintenance = Worker("maintenance")
        self.skew_s: int | None = None
        lanes = Lanes(
            self._journal,
            self._backend,
            {name: worker for name, (worker, _) in self._devices.items()},
        )
        services = {name: service for name, (_, service) in self._devices.items()}
        self.routes = self.watch.counted(
            {
                **journal_routes(lanes, self.keeper),
                **backend_routes(lanes, self._client_acts),
                **device_routes(
                    lanes, services, self._letterhead, lambda: self.keeper.head, self._catalogue
                ),
                **page_routes(
                    lanes,
                    services,
                    self._letterhead,
                    lambda: self.keeper.head,
                    self._catalogue,
                    self.watch.used,
                ),
                **cash_routes(lanes, services),
                **look_routes(lanes, services),
                **sale_routes(lanes, services),
                **order_routes(lanes, services, self._pos_missing),
                **card_routes(
                    self._maintenance, CardActs(MachineBench(self._devices, self._hear, _READ_S))
                ),
                **self._upkeep(),
            }
        )
        self.recovery = Recovery(
            self.unfinished, self.routes, self._doubts_are, again_s, start_limit_s
        )

    def start(self, tell: Callable[[Event], None]) -> None:
        """Start workers and recovery. `tell` gets every event, from any thread."""
        self._tell = tell
        self.audit(AuditEvent.TERMINAL_STARTED, {"software": SOFTWARE})
        for worker in self._workers():
            worker.start()
        self.recovery.start()

    def stop(self) -> bool:
        """Stop everything within a limit; False when something had to be left behind."""
        clean = self.recovery.stop(_CLOSE_LIMIT_S)
        clean = (
            _end(
                [(self._maintenance, lambda: None), (self._backend, self._client_acts.close)]
                + [(worker, service.close) for worker, service in self._devices.values()]
            )
            and clean
        )
        self.audit(AuditEvent.TERMINAL_STOPPED, {})
        clean = _end([(self._journal, self.keeper.close)]) and clean
        self._lock.release()
        return clean

    def audit(self, event: AuditEvent, facts: Facts) -> None:
        """One audit line, written by the journal worker."""
        self._journal.offer(lambda: self.keeper.audit(event, facts), lambda _: None)

    def call_staff(self, screen: str, tell: Callable[[bool], None]) -> None:
        """Ask for help here; `tell` hears from the backend's worker whether staff were told."""
        self.audit(AuditEvent.HELP_CALLED, {"screen": screen})

        def answered(reply: object) -> None:
            tell(isinstance(reply, Done))

        if (
            self._backend.offer(lambda: self._client_acts.client.ask(CallStaff(screen)), answered)
            is None
        ):
            tell(False)

    def begin_session(self) -> None:
        """A new patient; a motorised reader opens its slot."""
        self._journal.offer(self.keeper.begin_session, lambda _: None)
        self._tell_reader(lambda reader: reader.accept_cards(True))

    def end_session(self, how: str) -> None:
        """The patient is gone; a motorised reader gives their card back."""
        self._journal.offer(lambda: self.keeper.end_session(how), lambda _: None)
        self._tell_reader(lambda reader: reader.give_back())

    def offer_tap(self, offered: bool) -> None:
        """Phones held to the tap point open the page of the insurance code, or nothing any more."""
        if "nfc" in self._devices:
            worker, tap = self._devices["nfc"]
            visit = uuid.uuid4().hex
            worker.offer(lambda: tap.offer(visit) if offered else tap.withdraw(), lambda _: None)

    def _tell_reader(self, work: Callable[[Any], object]) -> None:
        if "card_reader" in self._devices:
            worker, reader = self._devices["card_reader"]
            worker.offer(lambda: work(reader), lambda _: None)

    def operations(self) -> dict[str, Operation]:
        """Every operation of the journal, read in its worker. Raises JournalError."""
        return self._from_journal(self.keeper.operations)

    def unfinished(self) -> list[Operation]:
        """Operations that may still change, read in the journal's worker. Raises JournalError."""
        return self._from_journal(self.keeper.unfinished)

    def records(self) -> list[Record]:
        """Every record of the journal, read in its worker. Raises JournalError."""
        return self._from_journal(self.keeper.records)

    def _from_journal(self, read: Callable[[], Read]) -> Read:
        box: queue.Queue[Read | Crashed] = queue.Queue(1)
        if self._journal.offer(read, cast(Callable[[object], None], box.put)) is None:
            raise JournalError("the journal's queue is full")
        try:
            found = box.get(timeout=_JOURNAL_LIMIT_S)
        except queue.Empty:
            raise JournalError("the journal does not answer") from None
        if isinstance(found, Crashed):
            raise JournalError("the journal cannot be read")
        return found

    def _workers(self) -> list[Worker]:
        devices = (worker for worker, _ in self._devices.values())
        return [self._journal, self._backend, self._maintenance, *devices]

    def _upkeep(self) -> Table:
        """What a technician asks of this machine."""
        staff = self.settings.text("maintenance.staff_file")
        self.technicians = Technicians(Path(staff) if staff else None)
        bench, site = (
            MachineBench(self._devices, self._hear),
            Site(self.settings, lambda: self.skew_s),
        )
        clock = SystemClock()
        acts = UpkeepActs(
            UpkeepParts(
                self.settings,
                bench,
                self.health,
                self.keeper,
                self.technicians,
                clock,
                self.watch.cabinet,
                self.audit,
            )
        )
        papers = PaperActs(
            PaperParts(
                self.settings,
                bench,
                site,
                clock,
                lambda: acts.view(self.records()),
                self.records,
                self._catalogue,
                self.audit,
            )
        )
        saving = Saving(
            self.settings, clock, self._letterhead, lambda: self.keeper.head, self._catalogue
        )
        return {
            **upkeep_routes(self._journal, self._maintenance, acts, papers, site),
            **saving_routes(self._maintenance, saving),
        }

    def _make_heartbeat(self) -> Heartbeat:
        """Levels are tallied in the journal's worker, and told there."""
        tally, clock = Tally(items_of(self.fitted)), SystemClock()

        def fold_levels() -> tuple[Level, ...]:
            tally.add(self.keeper.newer(tally.head))
            return tuple(tally.levels(clock.wall()))

        return Heartbeat(
            HeartbeatParts(
                self._tell_how_it_is,
                self.health.states,
                lambda tell: self._journal.offer(fold_levels, tell),
                self.audit,
            )
        )

    def _tell_how_it_is(
        self, devices: tuple[DeviceTold, ...], consumables: tuple[ConsumableTold, ...]
    ) -> Told[Heard]:
        seq, head = self.keeper.head
        return self._client_acts.client.heartbeat(seq, head, devices, consumables, SOFTWARE)

    def _ask_identity(self, device: str, tell: Callable[[object], None]) -> None:
        worker, service = self._devices[device]
        if worker.offer(service.identity, tell) is None:
            tell(None)

    def _open(self, fitting: Fitting) -> tuple[Worker, Any]:
        service = fitting.open_from(self.settings)
        return Worker(fitting.name, poll=service.poll, tell=self._hear), service

    def _hear(self, event: Event) -> None:
        if isinstance(event, DeviceHealth):
            log.info("%s is %s", event.device, event.state)
            self.health.hear(event)
            facts = {"device": event.device, "state": event.state}
            self.audit(AuditEvent.DEVICE_CHANGED, facts)
            self.hung.hear(event)
        self.watch.hear(event)
        self._tell(event)

    def _doubts_are(self, kinds: frozenset[OperationKind]) -> None:
        if self.health.doubts_are(kinds):
            self._tell(DoubtsChanged())

    def _doubt_arose(self, kind: OperationKind) -> None:
        """Blocks at once what the doubt must not be overwritten by; recovery ends it."""
        if self.health.doubt_arose(kind):
            self._tell(DoubtsChanged())

    def _pos_missing(self) -> str:
        """A new transaction would replace the last one, which is the proof of one in doubt."""
        return self.health.lacks((("pos",),), OperationKind.HOLD) or self.health.lacks(
            (), OperationKind.TOP_UP
        )

    def _look_again(self) -> None:
        """A request found nobody: home shall know within a second."""
        self._beats_left = 0.0

    def _try_again(self) -> None:
        """An operator has signed in: what needed one is tried again at once."""
        self.recovery.wake()

    def _sign_on(self) -> Iterable[Event]:
        for event in self.hung.look():
            self._hear(event)
        self._beats_left -= 1
        if self._beats_left > 0:
            return
        seq, head = self.keeper.head
        answer = self._client_acts.client.sign_on(seq, head, SOFTWARE)
        known = dict(self.health.states())["backend"]
        match answer:
            case SignedOn():
                self.signed_on = answer
                told = datetime.fromisoformat(answer.server_time)
                self.skew_s = round((told - SystemClock().wall()).total_seconds())
                self._beats_left = _SIGN_ON_S
                self._heartbeat.when_due(answer.heartbeat_s)
                state = "ok"
            case Refused() | NotSent() | Unknown():
                if known != "offline":
                    log.warning("sign-on: %s", answer.reason)
                self._beats_left = 2.0
                state = "offline"
        if state != known:
            yield DeviceHealth("backend", state)

    def _catalogue(self) -> Catalogue:
        return self._catalogues[self.language]

    def catalogue(self, language: str) -> Catalogue:
        """The messages of one language."""
        return self._catalogues[language]

    def _letterhead(self) -> Letterhead:
        text = self.settings.text
        return Letterhead(
            Text(text("hospital.name_zh"), text("hospital.name_en")),
            text("terminal.id"),
            Text(text("hospital.place_zh"), text("hospital.place_en")),
            text("hospital.service_line"),
            slip_key(text("backend.token")),
        )


def _end(last: list[tuple[Worker, Callable[[], object]]]) -> bool:
    """Let workers do their last piece of work and end; False when one hangs."""
    for worker, work in last:
        worker.finish(work)
    ended = [worker.join(_CLOSE_LIMIT_S) for worker, _ in last]
    return all(ended)
