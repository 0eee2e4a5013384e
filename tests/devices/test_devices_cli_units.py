"""`python -m devices` against the real virtual units: list, status, tests, loops, watch.

A thread plays the hand: it reads what the printer printed and shows it to the scanner, or puts a
note in when the acceptor takes one. What a reader would get wrong: the hand never waits for the
command, only for what a person would see at the machine.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import cast

import pytest
from devices_cli import Run, run
from peer import wait_until
from units_process import Units

from core.audit import AuditEvent, audited
from core.upkeep.checks import check_records
from devices.fitting import FITTINGS
from sandbox.settings_file import device_tables, terminal_tables, toml
from sandbox.units.control import ControlClient
from tests.helpers.journal import open_journal

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
FIRST_OF_EACH = (
    "id_reader,card_dispenser,card_reader,card_slot,scanner,camera,nfc,pos,printer,"
    "page_printer,cash,relay,vending"
)
HAND_LIMIT_S = 25.0


class Machine:
    """The whole virtual machine and a settings file for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.units = Units(folder, FIRST_OF_EACH)
        place = ("自助机 A-03", "Machine A-03")
        data = str(folder / "data")
        tables = terminal_tables("K01", data, "http://127.0.0.1:9", "demo-kiosk-01", place)
        tables |= device_tables(json.loads((folder / "units.json").read_text("utf-8")))
        self.config = folder / "terminal.toml"
        self.config.write_text(toml(tables), "utf-8")

    def run(self, *arguments: str) -> Run:
        """One command."""
        return run(self.config, *arguments, environment=self.units.environment)

    def journal(self, event: AuditEvent) -> list[dict[str, str | int]]:
        """Facts of every such record, oldest first."""
        journal = open_journal(self.folder / "data" / "journal.db")
        found = [dict(r.entry.payload) for r in journal.records() if audited(r) is event]
        journal.close()
        return found

    @contextmanager
    def hand(self, work: Callable[[ControlClient], None]) -> Iterator[None]:
        """Somebody at the machine; what he could not do fails the test."""
        failures: list[BaseException] = []

        def act() -> None:
            try:
                with ControlClient(self.folder / "control.sock") as control:
                    work(control)
            except BaseException as error:
                failures.append(error)

        thread = threading.Thread(target=act, name="hand", daemon=True)
        thread.start()
        yield
        thread.join(HAND_LIMIT_S)
        assert not thread.is_alive(), "the hand did not come to its end"
        assert failures == []


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    made = Machine(folder)
    made.units.control.ask("card_dispenser", "load", count=20)
    yield made
    made.units.stop()
    rmtree(folder)


def papers(control: ControlClient) -> list[dict[str, object]]:
    """What came out of the receipt printer and was cut off."""
    printed = cast(list[dict[str, object]], control.books("printer")["papers"])
    return [paper for paper in printed if paper["complete"]]


def takes_notes(control: ControlClient) -> bool:
    return bool(cast(dict[str, object], control.state()["cash"])["enabled"])


def test_whole_machine_is_listed_with_checks_and_every_loop(machine: Machine) -> None:
    done = machine.run("list")
    assert (done.status, done.of("#")) == (0, [])
    names = [line.name for line in done.of("OK")]
    loops = ["card", "print_and_scan", "print_and_see", "note", "tap", "page"]
    assert names == [*(f.name for f in FITTINGS), *(f"loop.{name}" for name in loops)]


def test_whole_machine_is_well_and_says_who_it_is(machine: Machine) -> None:
    done = machine.run("status")
    assert (done.status, [line.name for line in done.lines]) == (0, [f.name for f in FITTINGS])
    assert {line.facts["state"] for line in done.of("OK")} <= {"ok", "low"}
    for device in ("id_card", "card_dispenser", "card_reader", "cash", "pos", "vending"):
        assert done.ok(device).facts["serial"], f"{device} does not say its serial number"


def test_sick_device_is_told_by_status_and_by_its_check(machine: Machine) -> None:
    machine.units.control.ask("printer", "cover", position="open")
    status = machine.run("status")
    check = machine.run("test", "receipt_printer.sensors")
    machine.units.control.ask("printer", "cover", position="closed")
    assert (status.status, check.status) == (1, 1)
    assert status.error().name == "receipt_printer"
    assert check.error().code == "cover_open"
    assert check.error().facts["cover_open"] == "yes"


def test_every_check_that_needs_no_hand_passes_and_is_recorded(machine: Machine) -> None:
    machine.units.control.ask("nfc", "present_tag", uri="https://ehc.example/v/1")
    before = len(machine.journal(AuditEvent.DEVICE_TESTED))
    done = machine.run("--json", "test", "all")
    machine.units.control.ask("nfc", "remove_tag")
    assert (done.status, done.of("ERROR")) == (0, [])
    tried = [line.name for line in done.of("OK")]
    assert [line.text for line in done.of("PROGRESS")] == tried
    assert {name.split(".")[0] for name in tried} == {f.name for f in FITTINGS}
    for fitting in FITTINGS:
        assert f"{fitting.name}.line" in tried
    written = machine.journal(AuditEvent.DEVICE_TESTED)[before:]
    assert [f"{facts['device']}.{facts['check']}" for facts in written] == tried


@pytest.mark.parametrize(
    ("loop", "reader"), [("print_and_scan", "scanner"), ("print_and_see", "camera")]
)
def test_printed_code_is_read_by_the_machine_itself(
    machine: Machine, loop: str, reader: str
) -> None:
    before = len(papers(machine.units.control))

    def show_the_paper(control: ControlClient) -> None:
        wait_until(lambda: len(papers(control)) > before, HAND_LIMIT_S)
        (code,) = cast(list[str], papers(control)[-1]["qr"])
        control.ask(reader, "show", text=code)

    with machine.hand(show_the_paper):
        done = machine.run("loop", loop)
    assert done.status == 0
    assert done.of("PROGRESS")[0].text == f"loop.{loop} show_receipt"
    assert float(done.ok(f"loop.{loop}").facts["read_after_s"]) < HAND_LIMIT_S
    assert machine.journal(AuditEvent.CONSUMED)[-1] == {"item": "receipt", "pieces": 1}


def test_test_card_is_dispensed_written_read_and_captured(machine: Machine) -> None:
    done = machine.run("loop", "card")
    facts = done.ok("loop.card").facts
    assert (done.status, facts["outcome"]) == (0, "passed")
    assert {"dispense_ms", "write_ms", "read_ms", "capture_ms", "uid"} <= set(facts)
    assert machine.journal(AuditEvent.CONSUMED)[-1] == {"item": "card", "pieces": 1}


def test_empty_stacker_fails_the_card_loop_and_uses_nothing_up(machine: Machine) -> None:
    machine.units.control.ask("card_dispenser", "empty_stacker")
    used = len(machine.journal(AuditEvent.CONSUMED))
    done = machine.run("loop", "card")
    machine.units.control.ask("card_dispenser", "load", count=20)
    assert (done.status, done.error().code) == (1, "empty")
    assert len(machine.journal(AuditEvent.CONSUMED)) == used


def test_note_is_accepted_and_returned_and_none_stays(machine: Machine) -> None:
    def insert_a_note(control: ControlClient) -> None:
        wait_until(lambda: takes_notes(control), HAND_LIMIT_S)
        control.ask("cash", "insert", denomination_fen=10_000)

    with machine.hand(insert_a_note):
        done = machine.run("loop", "note")
    assert done.ok("loop.note").facts["denomination_fen"] == "10000"
    assert machine.units.state("cash")["box"] == {}
    assert machine.units.control.ask("cash", "take")["denomination_fen"] == 10_000


def test_built_in_tag_is_tapped_and_its_absence_is_a_failure(machine: Machine) -> None:
    machine.units.control.ask("nfc", "present_tag", uri="https://ehc.example/v/1")
    there = machine.run("loop", "tap")
    machine.units.control.ask("nfc", "remove_tag")
    assert there.ok("loop.tap").facts["outcome"] == "passed"
    gone = machine.run("loop", "tap")
    assert (gone.status, gone.error().code) == (1, "timeout")


def test_test_page_is_printed_and_left_to_a_persons_judgement(machine: Machine) -> None:
    done = machine.run("loop", "page")
    assert done.ok("loop.page").facts["outcome"] == "unsure"
    used = [facts["item"] for facts in machine.journal(AuditEvent.CONSUMED)[-2:]]
    assert used == ["page", "toner"]


def test_watch_tells_how_every_device_is(machine: Machine) -> None:
    done = machine.run("watch", "--seconds", "1")
    assert (done.status, {line.word for line in done.lines}) == (0, {"PROGRESS"})
    told = {line.text.split(" ")[0] for line in done.lines if "DeviceHealth" in line.text}
    assert {"id_card", "card_dispenser", "scanner", "cash", "receipt_printer", "relay"} <= told


def test_records_name_the_shells_user_and_stay_newest_first(machine: Machine) -> None:
    machine.run("test", "relay.line")
    journal = open_journal(machine.folder / "data" / "journal.db")
    newest = check_records(journal.records())[0]
    journal.close()
    assert (newest.device, newest.check, newest.outcome) == ("relay", "line", "passed")
    assert newest.person.startswith("shell:")
