"""The banknote acceptor against the real virtual units, once for each protocol."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import wait_until
from units_process import Units

from core.flow import Event
from core.ports import (
    CashBoxRemoved,
    CashBoxReplaced,
    DeviceHealth,
    DeviceTrouble,
    Done,
    NoteFoundAtPowerUp,
    NoteOffered,
    NoteRejected,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    Unknown,
)
from devices.cash.ccnet.driver import CcnetLimits
from devices.cash.service import BanknoteAcceptor, CashLimits
from devices.cash.settings import ccnet_at, ssp_at
from devices.cash.ssp.driver import SspLimits
from devices.checks import Identity, Outcome

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
ALL_FEN = (100, 500, 1000, 2000, 5000, 10000)
QUICK = CashLimits(look_s=0.05, keep_s=0.3, stack_s=2.0, disable_s=2.0, test_note_s=5.0)


class Machine:
    """One acceptor, its unit, and a hand with banknotes."""

    def __init__(self, units: Units, unit: str) -> None:
        self.units = units
        self.unit = unit
        path = units.path(unit)
        connect = (
            ssp_at(path, 9600, SspLimits(answer_s=0.3, start_look_s=0.05))
            if unit == "cash"
            else ccnet_at(path, 9600, CcnetLimits(answer_s=0.3, start_s=3.0, start_look_s=0.05))
        )
        self.service = BanknoteAcceptor(connect, limits=QUICK)

    def do(self, what: str, **fields: object) -> None:
        """A hand, or a fault."""
        self.units.control.ask(self.unit, what, **fields)

    def heard(self, kind: type[Event]) -> list[Event]:
        """Everything told up to and with the first event of a kind."""
        told: list[Event] = []

        def came() -> bool:
            told.extend(self.service.poll())
            return any(isinstance(event, kind) for event in told)

        wait_until(came)
        return told

    def offer(self, fen: int = 1000) -> NoteOffered:
        """A note pushed into the enabled acceptor."""
        wait_until(lambda: self.units.state(self.unit)["enabled"] is True)
        self.do("insert", denomination_fen=fen)
        told = self.heard(NoteOffered)
        (note,) = [event for event in told if isinstance(event, NoteOffered)]
        assert note.denomination_fen == fen
        return note

    def boxed(self) -> int:
        """Notes in the box."""
        box = self.units.state(self.unit)["box"]
        assert isinstance(box, dict)
        return sum(box.values())


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "cash,cash_ccnet")
    yield started
    started.stop()
    rmtree(folder)


@pytest.fixture(params=["cash", "cash_ccnet"])
def machine(units: Units, request: pytest.FixtureRequest) -> Iterator[Machine]:
    made = Machine(units, str(request.param))
    for hand in ("remove_box", "empty_box", "insert_box"):
        made.do(hand)
    yield made
    if units.state(made.unit)["jammed"]:
        made.do("unjam")
    made.service.disable()
    if units.state(made.unit)["note"] is not None:
        made.do("take")
    made.service.close()


def test_notes_are_offered_taken_and_counted_by_the_box(machine: Machine) -> None:
    assert machine.service.enable(10_000) == NotesAllowed(ALL_FEN)
    for number, fen in enumerate((1000, 500), 1):
        assert machine.offer(fen).note_number == number
        taken = machine.service.take_note()
        assert isinstance(taken, NoteTaken)
        assert (taken.denomination_fen, taken.note_number) == (fen, number)
    assert machine.service.disable() == Done()
    assert machine.boxed() == 2


def test_note_is_returned_and_nothing_is_in_the_box(machine: Machine) -> None:
    machine.service.enable(10_000)
    machine.offer()
    assert isinstance(machine.service.return_note(), NoteReturned)
    assert machine.service.disable() == Done()
    assert machine.boxed() == 0


def test_note_above_what_is_due_is_rejected_by_the_acceptor(machine: Machine) -> None:
    assert machine.service.enable(1500) == NotesAllowed((100, 500, 1000))
    wait_until(lambda: machine.units.state(machine.unit)["enabled"] is True)
    machine.do("insert", denomination_fen=10_000)
    machine.heard(NoteRejected)
    assert machine.service.disable() == Done()


def test_held_note_stays_past_the_acceptors_own_time_out(machine: Machine) -> None:
    machine.do("timers", escrow_s=1.0)
    machine.service.enable(10_000)
    offered = machine.offer()
    told: list[Event] = []

    def long_after() -> bool:
        told.extend(machine.service.poll())
        return (machine.service._path.clock.wall() - offered.at).total_seconds() > 2.0

    wait_until(long_after)
    assert told == []
    assert isinstance(machine.service.take_note(), NoteTaken)
    machine.do("timers", escrow_s=10.0)


@pytest.mark.parametrize("fault", ["answer_lost", "garble", "drop_byte"])
def test_lost_and_damaged_answers_while_stacking_cost_nothing(machine: Machine, fault: str) -> None:
    machine.service.enable(10_000)
    machine.offer()
    machine.do("fault", kind=fault, on="any")
    assert isinstance(machine.service.take_note(), NoteTaken)
    assert not any(isinstance(event, NoteTaken) for event in machine.service.poll())
    assert machine.service.disable() == Done()
    assert machine.boxed() == 1


def test_power_cut_of_the_acceptor_with_a_note_in_escrow_ends_it_once(machine: Machine) -> None:
    machine.service.enable(10_000)
    machine.offer()
    machine.do("power", on=False)
    machine.do("power", on=True)
    told = machine.heard(NoteFoundAtPowerUp)
    (found,) = [event for event in told if isinstance(event, NoteFoundAtPowerUp)]
    boxed = machine.boxed()
    assert found.fate == ("stacked" if boxed else "returned")
    assert isinstance(machine.service.take_note(), DeviceTrouble)


def test_jam_while_stacking_is_unknown(machine: Machine) -> None:
    machine.service.enable(10_000)
    machine.offer()
    machine.do("fault", kind="jam", on="stacking")
    ended = machine.service.take_note()
    assert ended == Unknown("jam")
    wait_until(lambda: DeviceHealth("cash", "jammed") in machine.service.poll())


def test_box_out_and_in_are_told(machine: Machine) -> None:
    machine.service.poll()
    machine.do("remove_box")
    machine.heard(CashBoxRemoved)
    assert machine.service.enable(10_000) == DeviceTrouble("cash", "box_removed")
    machine.do("insert_box")
    machine.heard(CashBoxReplaced)


def test_line_that_is_cut_is_offline_and_comes_back(machine: Machine) -> None:
    machine.service.poll()
    machine.do("fault", kind="cut", on="any")
    wait_until(lambda: DeviceHealth("cash", "offline") in machine.service.poll())
    wait_until(lambda: DeviceHealth("cash", "ok") in machine.service.poll())


def test_changed_serial_number_is_seen(machine: Machine) -> None:
    known = machine.service.identity()
    machine.do("serial", text="777")
    changed = machine.service.identity()
    assert isinstance(known, Identity)
    assert isinstance(changed, Identity)
    assert changed.serial.lstrip("0") == "777" != known.serial.lstrip("0")


def test_checks_tell_the_truth(machine: Machine) -> None:
    line, sensors, box, note = machine.service.checks()
    assert [check.work().outcome for check in (line, sensors, box)] == [Outcome.PASSED] * 3

    def hand() -> None:
        wait_until(lambda: machine.units.state(machine.unit)["enabled"] is True)
        machine.do("insert", denomination_fen=2000)

    thread = threading.Thread(target=hand)
    thread.start()
    finding = note.work()
    thread.join()
    assert (finding.outcome, finding.facts[0].value) == (Outcome.PASSED, "2000")
