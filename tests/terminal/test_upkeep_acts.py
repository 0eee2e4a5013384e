"""What a technician asks for: look, check, loop, refill, count, find, accept, sign in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from terminal_bench import NO_WISH
from upkeep_bench import Upkeep, every_device

from core.audit import AuditEvent
from core.operation import OperationEvent, OperationKind
from core.ports import DeviceHealth, Refused
from core.steps import Facts, Intend, Intended, JournalBroken, Record, Recorded
from core.upkeep import steps
from core.upkeep.cash_box import NOTE_TAKEN
from core.upkeep.checks import CheckRecord
from core.upkeep.consumables import Item
from devices.checks import Check, Fact, Finding, Outcome, failed_because, passed
from devices.fitting import FITTINGS
from devices.model import TroubleReason
from terminal.health import NEEDS
from terminal.technicians import hash_pin
from terminal.upkeep import PAGE_LINES
from tests.helpers.bench import FakeService

WANG, LI = "T-07", "T-08"
TEN, HUNDRED = 1000, 10_000


def looked_at(made: Upkeep) -> steps.MachineView:
    view = made.acts.look(steps.LookAtMachine(), NO_WISH)
    assert isinstance(view, steps.MachineView)
    return view


# --- look


def test_machine_without_devices_shows_every_kind_as_not_fitted(tmp_path: Path) -> None:
    view = looked_at(Upkeep(tmp_path))
    assert [device.name for device in view.devices] == [fitting.name for fitting in FITTINGS]
    assert {device.history.state for device in view.devices} == {"not_fitted"}
    assert {(device.path, device.checks) for device in view.devices} == {("", ())}
    assert view.alarms == (steps.Alarm("scanner", "scanner", "not_fitted"),)
    assert (view.loops, view.levels, view.batches, view.records) == ((), (), (), ())


def test_fitted_device_shows_path_history_and_checks(tmp_path: Path) -> None:
    check = Check("feed", passed, "look_at_paper", consumes=True)
    printer = '[receipt_printer]\npath = "tcp:127.0.0.1:9"\n'
    made = Upkeep(tmp_path, {"receipt_printer": FakeService(check)}, printer)
    made.audit(AuditEvent.DEVICE_CHANGED, device="receipt_printer", state="jammed")
    (device,) = [one for one in looked_at(made).devices if one.name == "receipt_printer"]
    assert device.path == "tcp:127.0.0.1:9"
    assert (device.history.state, device.history.faults) == ("jammed", 1)
    assert device.checks == (
        steps.CheckOffer("line"),
        steps.CheckOffer("feed", "look_at_paper", consumes=True),
    )


def test_functions_are_the_matrix_with_what_each_needs_l16(tmp_path: Path) -> None:
    made = Upkeep(tmp_path, every_device())
    made.health.hear(DeviceHealth("pos", "offline"))
    told = {function.name: function for function in looked_at(made).functions}
    assert list(told) == list(NEEDS)
    assert {name for name, function in told.items() if function.missing} == {"hold"}
    assert told["read_code"].needs == ("scanner/camera",)


def test_full_machine_offers_every_loop_and_levels_of_what_it_uses_s47(tmp_path: Path) -> None:
    view = looked_at(Upkeep(tmp_path, every_device()))
    assert {loop.name for loop in view.loops} == {
        *("card", "print_and_scan", "print_and_see", "note", "tap", "page")
    }
    assert {level.item for level in view.levels} == set(Item)
    assert {level.left for level in view.levels} == {None}
    assert len(view.batches) == 1


def test_toner_is_used_up_page_by_page_until_an_alarm_s47(tmp_path: Path) -> None:
    made = Upkeep(tmp_path, {"page_printer": FakeService(), "scanner": FakeService()})
    refill = steps.RecordRefill(Item.TONER, 103, WANG)
    assert made.acts.refill(refill, NO_WISH) == Recorded()
    for _ in range(2):
        made.audit(AuditEvent.CONSUMED, item="toner", pieces=1)
    assert looked_at(made).alarms == ()
    made.audit(AuditEvent.CONSUMED, item="toner", pieces=1)
    view = looked_at(made)
    assert view.alarms == (steps.Alarm("low", "toner", "100"),)
    (toner,) = [level for level in view.levels if level.item is Item.TONER]
    assert (toner.left, toner.used_today, toner.filled_by) == (100, 3, WANG)
    assert toner.stops_at is not None


def test_exchanged_device_is_an_alarm_until_somebody_accepts_it(tmp_path: Path) -> None:
    made = Upkeep(tmp_path, {"pos": FakeService(), "scanner": FakeService()})
    for serial in ("77", "78"):
        facts = {"model": "P1", "firmware": "1", "serial": serial}
        made.audit(AuditEvent.DEVICE_IDENTIFIED, device="pos", **facts)
    assert looked_at(made).alarms == (steps.Alarm("exchanged", "pos", "77 → 78"),)
    assert made.acts.accept(steps.AcceptDevice("pos", "78", WANG), NO_WISH) == Recorded()
    assert looked_at(made).alarms == ()


def test_open_doubts_and_suspense_are_shown_with_their_amounts(tmp_path: Path) -> None:
    made = Upkeep(tmp_path, {"scanner": FakeService()})
    intended = made.keeper.intend(Intend(OperationKind.HOLD, {"amount_fen": 200_000}), NO_WISH)
    assert isinstance(intended, Intended)
    for event in (OperationEvent.START, OperationEvent.DOUBT):
        made.keeper.record(Record(intended.operation_id, OperationKind.HOLD, event), NO_WISH)
    (doubt,) = looked_at(made).doubts
    assert (doubt.kind, doubt.state, doubt.amount_fen) == ("hold", "unknown", 200_000)
    assert looked_at(made).alarms == ()
    suspend = Record(intended.operation_id, OperationKind.HOLD, OperationEvent.SUSPEND)
    made.keeper.record(suspend, NO_WISH)
    assert [doubt.state for doubt in looked_at(made).doubts] == ["suspense"]
    assert looked_at(made).alarms == (steps.Alarm("suspense", "journal", "1"),)


def test_open_cabinet_is_an_alarm_h04(tmp_path: Path) -> None:
    made = Upkeep(tmp_path, {"scanner": FakeService()}, cabinet={"cabinet_door": True})
    assert looked_at(made).alarms == (steps.Alarm("cabinet", "cabinet_door"),)


# --- checks and loops


def checked(made: Upkeep, device: str, check: str) -> CheckRecord | Refused:
    return made.acts.check(steps.RunCheck(device, check, WANG), NO_WISH)


def test_check_answers_with_its_record_which_is_in_the_journal(tmp_path: Path) -> None:
    finding = failed_because(TroubleReason.JAM, Fact("at", "gate"))
    made = Upkeep(tmp_path, {"cash": FakeService(Check("try", lambda: finding))})
    expected = CheckRecord("cash", "try", "failed", "jam", (("at", "gate"),), WANG)
    assert checked(made, "cash", "try") == expected
    checked(made, "cash", "line")
    assert made.told(AuditEvent.DEVICE_TESTED)[0] == dict(expected.payload())
    newest, oldest = looked_at(made).records
    assert (newest.check, oldest.check) == ("line", "try")


def test_same_fault_again_tells_how_often(tmp_path: Path) -> None:
    finding = failed_because(TroubleReason.JAM)
    made = Upkeep(tmp_path, {"cash": FakeService(Check("try", lambda: finding))})
    for _ in range(3):
        checked(made, "cash", "try")
    assert [record.similar for record in looked_at(made).records] == [2, 1, 0]


@pytest.mark.parametrize(("device", "check"), [("pos", "line"), ("cash", "dance"), ("", "line")])
def test_check_that_is_not_there_is_refused_and_not_recorded(
    tmp_path: Path, device: str, check: str
) -> None:
    made = Upkeep(tmp_path, {"cash": FakeService()})
    assert checked(made, device, check) == Refused("not_fitted")
    assert made.told(AuditEvent.DEVICE_TESTED) == []


def raising() -> Finding:
    raise ValueError("a bug")


@pytest.mark.expects_warnings("terminal.upkeep")
@pytest.mark.parametrize("check", ["line", "bug"])
def test_check_that_did_not_end_is_refused_and_not_recorded(tmp_path: Path, check: str) -> None:
    made = Upkeep(tmp_path, {"cash": FakeService(Check("bug", raising))})
    if check == "line":
        made.bench.busy.add("cash")
    assert checked(made, "cash", check) == Refused("busy")
    assert made.told(AuditEvent.DEVICE_TESTED) == []


@pytest.mark.parametrize(
    ("finding", "used"),
    [
        (passed(), 1),
        (Finding(Outcome.UNSURE), 1),
        (failed_because(TroubleReason.JAM), 1),
        (failed_because(TroubleReason.EMPTY), 0),
    ],
)
def test_check_that_consumes_counts_against_the_level_s47(
    tmp_path: Path, finding: Finding, used: int
) -> None:
    check = Check("vend_booklet", lambda: finding, consumes=True)
    made = Upkeep(tmp_path, {"vending": FakeService(check)})
    checked(made, "vending", "line")
    checked(made, "vending", "vend_booklet")
    assert made.told(AuditEvent.CONSUMED) == [{"item": "booklet", "pieces": 1}] * used


def test_loop_is_recorded_under_its_name_and_uses_a_card_s47(tmp_path: Path) -> None:
    check = Check("dispense_write_read_capture", passed, consumes=True)
    made = Upkeep(tmp_path, {"card_dispenser": FakeService(check)})
    record = made.acts.loop(steps.RunLoop("card", WANG), NO_WISH)
    assert record == CheckRecord("loop", "card", "passed", "", (), WANG)
    assert made.told(AuditEvent.CONSUMED) == [{"item": "card", "pieces": 1}]


@pytest.mark.parametrize("loop", ["note", "dance"])
def test_loop_whose_devices_are_not_fitted_is_refused(tmp_path: Path, loop: str) -> None:
    made = Upkeep(tmp_path, {"card_dispenser": FakeService()})
    assert made.acts.loop(steps.RunLoop(loop, WANG), NO_WISH) == Refused("not_fitted")


# --- the cash box


def counted(made: Upkeep, person: str, counts: Mapping[int, int], batch: int = 1) -> object:
    return made.acts.count(steps.RecordCount(batch, "S-1", counts, person), NO_WISH)


def boxed(folder: Path) -> Upkeep:
    """A sealed batch with a ten and two hundreds."""
    made = Upkeep(folder, {"cash": FakeService()})
    begun = made.keeper.intend(Intend(OperationKind.TOP_UP), NO_WISH)
    assert isinstance(begun, Intended)
    one = (begun.operation_id, OperationKind.TOP_UP)
    made.keeper.record(Record(*one, OperationEvent.START), NO_WISH)
    for number, fen in enumerate((TEN, HUNDRED, HUNDRED), 1):
        facts: Facts = {
            "phase": NOTE_TAKEN,
            "denomination_fen": fen,
            "note_number": number,
        }
        made.keeper.record(Record(*one, OperationEvent.NOTE, facts), NO_WISH)
    made.audit(AuditEvent.CASH_BOX_REMOVED)
    return made


RIGHT = {TEN: 1, HUNDRED: 2}


def test_two_people_who_count_the_same_agree(tmp_path: Path) -> None:
    made = boxed(tmp_path)
    assert counted(made, WANG, RIGHT) == steps.FirstCount()
    assert counted(made, LI, RIGHT) == steps.CountAgreed(())
    assert counted(made, LI, RIGHT) == Refused("counted_already")
    batch = looked_at(made).batches[0]
    assert (batch.seal, batch.total_fen, len(batch.counted)) == ("S-1", 21_000, 2)


def test_one_person_twice_is_still_one_person(tmp_path: Path) -> None:
    made = boxed(tmp_path)
    assert [counted(made, WANG, RIGHT) for _ in range(2)] == [steps.FirstCount()] * 2


def test_counts_that_differ_are_counted_again_and_nobody_is_told_the_sum(tmp_path: Path) -> None:
    made = boxed(tmp_path)
    counted(made, WANG, {TEN: 1, HUNDRED: 1})
    assert counted(made, LI, RIGHT) == steps.CountsDiffer()
    assert counted(made, WANG, RIGHT) == steps.CountAgreed(())


def test_agreed_count_shows_its_difference_note_by_note(tmp_path: Path) -> None:
    made = boxed(tmp_path)
    found = {TEN: 1, HUNDRED: 1}
    counted(made, WANG, found)
    agreed = counted(made, LI, found)
    assert isinstance(agreed, steps.CountAgreed)
    (difference,) = agreed.differences
    assert (difference.denomination_fen, difference.expected, difference.counted) == (HUNDRED, 2, 1)
    assert [note.number for note in difference.notes] == [2, 3]


def test_written_zero_is_the_same_as_nothing_written(tmp_path: Path) -> None:
    made = boxed(tmp_path)
    counted(made, WANG, RIGHT)
    assert counted(made, LI, {**RIGHT, 500: 0, 2000: 0}) == steps.CountAgreed(())


@pytest.mark.parametrize("batch", [0, 2, 99])
def test_box_that_is_in_the_machine_or_never_was_is_not_counted(tmp_path: Path, batch: int) -> None:
    made = boxed(tmp_path)
    assert counted(made, WANG, RIGHT, batch) == Refused("not_sealed")
    assert made.told(AuditEvent.CASH_BOX_COUNTED) == []


# --- stickers, journal, sign-in


def test_sticker_of_a_counter_is_placed_replaced_and_removed_w17(tmp_path: Path) -> None:
    made = Upkeep(tmp_path)
    for tag in ("04A1", "04B2"):
        step = steps.PlaceSticker("Window 07", tag, WANG)
        assert made.acts.sticker(step, NO_WISH) == Recorded()
    made.acts.sticker(steps.PlaceSticker("Ward 3", "04C3", LI), NO_WISH)
    told = [(one.counter, one.tag, one.person) for one in looked_at(made).stickers]
    assert told == [("Ward 3", "04C3", LI), ("Window 07", "04B2", WANG)]
    made.acts.sticker(steps.PlaceSticker("Ward 3", "", WANG), NO_WISH)
    assert [one.counter for one in looked_at(made).stickers] == ["Window 07"]


def found(made: Upkeep, step: steps.FindRecords) -> steps.JournalPage:
    page = made.acts.find(step, NO_WISH)
    assert isinstance(page, steps.JournalPage)
    return page


@pytest.mark.parametrize(
    ("step", "sequence"),
    [
        (steps.FindRecords(), [4, 3, 2, 1]),
        (steps.FindRecords("POS"), [3, 1]),
        (steps.FindRecords("offline"), [3]),
        (steps.FindRecords(kind="audit.refilled"), [2]),
        (steps.FindRecords("pos", "audit.device_changed"), [3, 1]),
        (steps.FindRecords(before_seq=3), [2, 1]),
        (steps.FindRecords("2026-01-05"), [4, 3, 2, 1]),
        (steps.FindRecords("nothing of it"), []),
    ],
)
def test_records_are_found_newest_first(
    tmp_path: Path, step: steps.FindRecords, sequence: list[int]
) -> None:
    made = Upkeep(tmp_path)
    made.audit(AuditEvent.DEVICE_CHANGED, device="pos", state="ok")
    made.acts.refill(steps.RecordRefill(Item.CARD, 50, WANG), NO_WISH)
    made.audit(AuditEvent.DEVICE_CHANGED, device="pos", state="offline")
    made.audit(AuditEvent.HELP_CALLED)
    page = found(made, step)
    assert ([line.seq for line in page.lines], page.more) == (sequence, False)


def test_long_journal_comes_page_by_page_without_a_gap(tmp_path: Path) -> None:
    made = Upkeep(tmp_path)
    for _ in range(PAGE_LINES + 10):
        made.audit(AuditEvent.HELP_CALLED)
    first = found(made, steps.FindRecords())
    assert (len(first.lines), first.more) == (PAGE_LINES, True)
    second = found(made, steps.FindRecords(before_seq=first.lines[-1].seq))
    assert ([line.seq for line in second.lines], second.more) == (list(range(10, 0, -1)), False)


def test_refused_sign_in_is_audited_without_card_and_pin(tmp_path: Path) -> None:
    made = Upkeep(tmp_path)
    pin = hash_pin("4711")
    line = f'[[technician]]\nnumber = "{WANG}"\nname = "王工"\ncard = "C700"\npin = "{pin}"\n'
    (tmp_path / "staff.toml").write_text(line, "utf-8")
    good, bad = steps.SignInTechnician("C700", "4711"), steps.SignInTechnician("C700", "4712")
    assert made.acts.sign_in(good, NO_WISH) == steps.Technician(WANG, "王工")
    assert made.told(AuditEvent.TECHNICIAN_REFUSED) == []
    assert made.acts.sign_in(bad, NO_WISH) == Refused("bad_pin")
    assert made.told(AuditEvent.TECHNICIAN_REFUSED) == [{"reason": "bad_pin"}]


# --- a broken journal


@pytest.mark.expects_warnings("terminal.journal_keeper")
def test_broken_journal_is_said_by_every_act_that_needs_it(tmp_path: Path) -> None:
    made = boxed(tmp_path)
    made.keeper.close()
    answers = [
        made.acts.look(steps.LookAtMachine(), NO_WISH),
        made.acts.find(steps.FindRecords(), NO_WISH),
        made.acts.refill(steps.RecordRefill(Item.CARD, 5, WANG), NO_WISH),
        made.acts.accept(steps.AcceptDevice("pos", "1", WANG), NO_WISH),
        made.acts.sticker(steps.PlaceSticker("W", "04", WANG), NO_WISH),
        counted(made, WANG, RIGHT),
    ]
    assert answers == [JournalBroken()] * len(answers)
