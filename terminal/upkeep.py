"""Carries out what a technician asks: looks, checks, loops, counts, refills, the journal.

Looks and records run in the journal's worker, checks in a worker of their own that waits for the
device's. What a reader would get wrong: nothing here is refused while a patient is served; that a
technician is in is the mode's business, which does not open then.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.audit import AuditEvent
from core.clock import Clock
from core.errors import JournalError
from core.journal.operations import fold
from core.journal.records import Record
from core.operation import OPEN_STATES, OperationState
from core.ports import Refused
from core.routes import Wish
from core.settings import Settings
from core.steps import Facts, JournalBroken, Recorded
from core.upkeep import steps
from core.upkeep.cash_box import Batch, batches, count_payload, differences
from core.upkeep.checks import CheckRecord, check_records
from core.upkeep.consumables import OF_DEVICE, levels
from core.upkeep.devices import DeviceHistory, histories
from core.upkeep.stickers import stickers
from devices.checks import Finding
from devices.diagnostics.bench import Bench, BenchBusy
from devices.diagnostics.loops import loops_of, named
from devices.diagnostics.records import record_of, used_up
from devices.fitting import FITTINGS
from terminal.alarms import alarms
from terminal.health import NEEDS, Health
from terminal.journal_keeper import JournalKeeper
from terminal.technicians import Technicians

log = logging.getLogger(__name__)

PAGE_LINES = 200
_KINDS = tuple(fitting.name for fitting in FITTINGS)
MAX_RECORDS = 100
_WAITING = (*OPEN_STATES, OperationState.SUSPENSE, OperationState.OWED)


@dataclass(frozen=True, slots=True)
class UpkeepParts:
    """What the machine hands over. `audit` queues one line for the journal's worker."""

    settings: Settings
    bench: Bench
    health: Health
    keeper: JournalKeeper
    technicians: Technicians
    clock: Clock
    cabinet: Mapping[str, bool]
    audit: Callable[[AuditEvent, Facts], None]


class UpkeepActs:
    """One method an Act."""

    def __init__(self, parts: UpkeepParts) -> None:
        self._parts = parts

    # --- in the journal's worker

    def look(self, _step: steps.LookAtMachine, _wish: Wish) -> steps.MachineView | JournalBroken:
        """Everything the first page shows, from one reading of the journal."""
        try:
            records = self._parts.keeper.records()
        except JournalError:
            return JournalBroken()
        return self.view(records)

    def view(self, records: list[Record]) -> steps.MachineView:
        """The machine as these records and the devices' last words tell it."""
        parts, known = self._parts, histories(records)
        fitted = parts.bench.fitted
        items = [item for device in fitted for item in OF_DEVICE.get(device, ())]
        left = tuple(levels(records, items, parts.clock.wall()))
        doubts = _doubts(records)
        suspense = sum(doubt.state == OperationState.SUSPENSE for doubt in doubts)
        missing_scanner = parts.health.missing("read_code")
        return steps.MachineView(
            tuple(self._device(name, known) for name in dict.fromkeys((*_KINDS, *fitted))),
            tuple(self._function(name) for name in NEEDS),
            tuple(steps.LoopOffer(loop.name, loop.devices, loop.hand) for loop in loops_of(fitted)),
            alarms(
                parts.settings,
                missing_scanner,
                known,
                parts.health.states(),
                left,
                suspense,
                parts.cabinet,
            ),
            left,
            tuple(batches(records)) if "cash" in fitted else (),
            tuple(stickers(records)),
            doubts,
            tuple(check_records(records)[:MAX_RECORDS]),
        )

    def refill(self, step: steps.RecordRefill, _wish: Wish) -> Recorded | JournalBroken:
        """So many are in the machine now."""
        facts = {"item": step.item.value, "pieces": step.pieces, "person": step.person}
        return self._record(AuditEvent.REFILLED, facts)

    def accept(self, step: steps.AcceptDevice, _wish: Wish) -> Recorded | JournalBroken:
        """The alarm of an exchanged device ends."""
        facts = {"device": step.device, "serial": step.serial, "person": step.person}
        return self._record(AuditEvent.DEVICE_ACCEPTED, facts)

    def sticker(self, step: steps.PlaceSticker, _wish: Wish) -> Recorded | JournalBroken:
        """One line of the list of NFC stickers (W17)."""
        facts = {"counter": step.counter, "person": step.person}
        if not step.tag:
            return self._record(AuditEvent.STICKER_REMOVED, facts)
        return self._record(AuditEvent.STICKER_PLACED, {**facts, "tag": step.tag})

    def count(
        self, step: steps.RecordCount, _wish: Wish
    ) -> steps.FirstCount | steps.CountsDiffer | steps.CountAgreed | Refused | JournalBroken:
        """Two people, blind: the second count is compared with the first before the journal."""
        try:
            return self._counted(step)
        except JournalError:
            return JournalBroken()

    def _counted(
        self, step: steps.RecordCount
    ) -> steps.FirstCount | steps.CountsDiffer | steps.CountAgreed | Refused | JournalBroken:
        counts = {fen: notes for fen, notes in step.counts.items() if notes}
        batch = self._batch(step.batch)
        if batch is None or not batch.sealed_at:
            return Refused("not_sealed")
        if batch.agreed is not None:
            return Refused("counted_already")
        alone = all(counted.person == step.person for counted in batch.counted)
        facts = count_payload(step.batch, step.seal, step.person, counts)
        written = self._record(AuditEvent.CASH_BOX_COUNTED, facts)
        if isinstance(written, JournalBroken):
            return written
        counted = self._batch(step.batch)
        assert counted is not None
        if counted.agreed is not None:
            return steps.CountAgreed(tuple(differences(counted, counts)))
        return steps.FirstCount() if alone else steps.CountsDiffer()

    def find(self, step: steps.FindRecords, _wish: Wish) -> steps.JournalPage | JournalBroken:
        """Newest first, at most PAGE_LINES."""
        try:
            records = self._parts.keeper.records()
        except JournalError:
            return JournalBroken()
        lines = [
            line
            for record in reversed(records)
            if not step.before_seq or record.seq < step.before_seq
            if (line := _line(record)) and _matches(line, step)
        ]
        return steps.JournalPage(tuple(lines[:PAGE_LINES]), len(lines) > PAGE_LINES)

    # --- in the maintenance worker

    def sign_in(self, step: steps.SignInTechnician, _wish: Wish) -> steps.Technician | Refused:
        """Card and PIN, without the backend; every refusal is audited."""
        answer = self._parts.technicians.sign_in(step)
        if isinstance(answer, Refused):
            self._parts.audit(AuditEvent.TECHNICIAN_REFUSED, {"reason": answer.reason})
        return answer

    def check(self, step: steps.RunCheck, _wish: Wish) -> CheckRecord | Refused:
        """One check of one device. Refused: busy | not_fitted, also for a check it has not."""
        bench, device = self._parts.bench, step.device
        offered = bench.checks(device) if device in bench.fitted else ()
        check = next((check for check in offered if check.name == step.check), None)
        if check is None:
            return Refused("not_fitted")

        def work() -> Finding:
            return bench.on(device, lambda service: named(service.checks(), step.check).work())

        used_at = (device,) if check.consumes else ()
        return self._tested(device, step.check, step.person, used_at, work)

    def loop(self, step: steps.RunLoop, _wish: Wish) -> CheckRecord | Refused:
        """One loop over several devices."""
        bench = self._parts.bench
        offered = {loop.name: loop for loop in loops_of(bench.fitted)}
        if step.loop not in offered:
            return Refused("not_fitted")
        loop = offered[step.loop]
        return self._tested("loop", step.loop, step.person, loop.devices, lambda: loop.run(bench))

    # --- parts

    def _tested(
        self,
        device: str,
        check: str,
        person: str,
        used_at: tuple[str, ...],
        work: Callable[[], Finding],
    ) -> CheckRecord | Refused:
        try:
            finding = work()
        except BenchBusy as error:
            log.warning("%s", error)
            return Refused("busy")
        record = record_of(device, check, finding, person)
        self._parts.audit(AuditEvent.DEVICE_TESTED, record.payload())
        for item in used_up(finding, used_at):
            self._parts.audit(AuditEvent.CONSUMED, {"item": item.value, "pieces": 1})
        return record

    def _record(self, event: AuditEvent, facts: Facts) -> Recorded | JournalBroken:
        self._parts.keeper.audit(event, facts)
        return JournalBroken() if self._parts.keeper.broken else Recorded()

    def _batch(self, number: int) -> Batch | None:
        told = batches(self._parts.keeper.records())
        return next((batch for batch in told if batch.number == number), None)

    def _device(self, name: str, known: Mapping[str, DeviceHistory]) -> steps.DeviceView:
        parts = self._parts
        if name not in parts.bench.fitted:
            return steps.DeviceView(name, "", DeviceHistory(name, "not_fitted"), ())
        key = f"{name}.path"
        path = parts.settings.text(key) if parts.settings.has(key) else ""
        checks = parts.bench.checks(name)
        history = known.get(name, DeviceHistory(name))
        return steps.DeviceView(
            name,
            path,
            history,
            tuple(steps.CheckOffer(c.name, c.hand, c.consumes) for c in checks),
        )

    def _function(self, name: str) -> steps.FunctionView:
        needs = tuple("/".join(group) for group in NEEDS[name])
        return steps.FunctionView(name, needs, self._parts.health.missing(name))


def _doubts(records: list[Record]) -> tuple[steps.OpenDoubt, ...]:
    return tuple(
        steps.OpenDoubt(one.operation_id, one.kind.value, one.state.value, one.number("amount_fen"))
        for one in fold(records).values()
        if one.state in _WAITING
    )


def _line(record: Record) -> steps.JournalLine:
    text = ", ".join(f"{name}={value}" for name, value in record.entry.payload.items())
    return steps.JournalLine(
        record.seq, record.stamp.wall_time, record.entry.kind, record.entry.operation_id, text
    )


def _matches(line: steps.JournalLine, step: steps.FindRecords) -> bool:
    wanted = step.text.casefold()
    searched = f"{line.kind} {line.operation_id} {line.text} {line.at}".casefold()
    return line.kind.startswith(step.kind) and wanted in searched
