"""The virtual vending machine against the golden frames; the test answers its polls."""

from typing import cast

import pytest
from units_bench import Bench, StartBench, vectors

from sandbox.units.json_files import Json
from sandbox.units.request import ControlError

V = vectors("vmc")
POLL, ACK = V["poll"].data, V["ack"].data
PATIENCE_POLLS = 5


def state_of(bench: Bench) -> Json:
    return cast(Json, bench.control.state()["vending"])


def stock(bench: Bench, selection: int) -> object:
    return cast(Json, state_of(bench)["stock"])[str(selection)]


class Computer:
    """Answers polls with ACK until it has something to say or something is told."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.wire = bench.wire("vending")

    def hear(self) -> bytes:
        """One whole frame of the machine."""
        head = self.wire.read(4)
        return head + self.wire.read(head[3] + 1)

    def insist(self, command: str) -> bytes:
        """Answer each poll with the command until the machine says something else."""
        for _turn in range(PATIENCE_POLLS):
            if (heard := self.hear()) != POLL:
                return heard
            self.wire.write(V[command].data)
        raise AssertionError("the machine does not hear the command")

    def give(self, command: str) -> None:
        """Put a command; the machine must acknowledge it."""
        assert self.insist(command) == ACK

    def told(self, name: str, acknowledge: bool = True) -> None:
        """The next thing the machine says by itself is the named frame."""
        for _turn in range(PATIENCE_POLLS):
            if (heard := self.hear()) != POLL:
                break
            self.wire.write(ACK)
        assert heard.hex(" ") == V[name].data.hex(" ")
        if acknowledge:
            self.wire.write(ACK)


@pytest.fixture
def computer(start: StartBench) -> Computer:
    """With five booklets in selection 1, of which the machine has told."""
    computer = Computer(start("vending"))
    computer.bench.control.ask("vending", "load", selection=1, count=5)
    computer.told("slot_1")
    return computer


@pytest.fixture
def restarted(start: StartBench) -> Computer:
    """The same, with the machine's numbers at the beginning again."""
    bench = start("vending")
    bench.control.ask("vending", "load", selection=1, count=5)
    for on in (False, True):
        bench.control.ask("vending", "power", on=on)
    return Computer(bench)


def test_machine_polls_on_without_an_answer(start: StartBench) -> None:
    computer = Computer(start("vending"))
    for _turn in range(3):
        assert computer.hear() == POLL


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("check_1", "selection_ok"),
        ("sync", "slot_1"),
        ("machine_status_request", "machine_status_door_closed"),
        ("delivery_status_request", "delivery_normal"),
        ("set_price", "slot_1_price_changed"),
        ("set_stock", "slot_1_stock_changed"),
        ("set_capacity", "slot_1_capacity_changed"),
        ("set_product", "slot_1_product_changed"),
        ("buy_99", "no_motor"),
    ],
)
def test_question_and_setting(restarted: Computer, command: str, answer: str) -> None:
    restarted.give(command)
    restarted.told(answer)


@pytest.mark.parametrize("command", ["buy_1", "drive_1", "drive_1_no_sensor"])
def test_sold_booklet_falls_into_the_tray(restarted: Computer, command: str) -> None:
    restarted.give(command)
    restarted.told("dispensing")
    restarted.told("dispensed_pack_2")
    assert stock(restarted.bench, 1) == 4
    assert restarted.bench.control.ask("vending", "take")["selections"] == [1]
    with pytest.raises(ControlError, match="nothing lies in the tray"):
        restarted.bench.control.ask("vending", "take")


def test_same_number_again_is_acknowledged_and_not_sold_twice(restarted: Computer) -> None:
    restarted.give("buy_1")
    restarted.told("dispensing")
    restarted.told("dispensed_pack_2")
    restarted.give("buy_1")
    assert restarted.hear() == POLL
    assert stock(restarted.bench, 1) == 4
    restarted.give("buy_1_pack_2")


def test_jammed_motor_and_empty_spiral_deliver_nothing(restarted: Computer) -> None:
    restarted.bench.control.ask("vending", "fault", kind="jam", on="turn")
    restarted.give("buy_1")
    restarted.told("dispensing")
    restarted.told("jammed_pack_2")
    assert (stock(restarted.bench, 1), state_of(restarted.bench)["jammed"]) == (5, True)
    restarted.bench.control.ask("vending", "unjam")
    assert state_of(restarted.bench)["tray"] == []


@pytest.mark.parametrize("kind", ["motor_stuck", "elevator_error"])
def test_hindered_motor_delivers_nothing(restarted: Computer, kind: str) -> None:
    restarted.bench.control.ask("vending", "fault", kind=kind)
    restarted.give("buy_1")
    restarted.told("dispensing")
    restarted.told(f"{kind}_pack_2")
    assert (stock(restarted.bench, 1), state_of(restarted.bench)["tray"]) == (5, [])


@pytest.mark.parametrize("command", ["select_1", "cancel_selection", "poll_interval"])
def test_command_without_an_answer_is_acknowledged(restarted: Computer, command: str) -> None:
    restarted.give(command)
    assert restarted.hear() == POLL


def test_drop_sensor_tells_that_an_empty_spiral_dropped_nothing(start: StartBench) -> None:
    computer = Computer(start("vending"))
    computer.give("buy_1")
    computer.told("dispensing")
    computer.told("ended_pack_2")


def test_check_tells_empty_missing_and_paused(start: StartBench) -> None:
    computer = Computer(start("vending"))
    computer.give("check_1")
    computer.told("selection_out_of_stock")
    computer.give("check_99_pack_2")
    computer.told("selection_missing_pack_2")


def test_paused_selection_is_told(restarted: Computer) -> None:
    restarted.bench.control.ask("vending", "power", on=False)
    restarted.bench.control.ask("vending", "pause", selection=1)
    restarted.bench.control.ask("vending", "power", on=True)
    with restarted.bench.wire("vending"):
        again = Computer(restarted.bench)
        again.give("check_1")
        again.told("selection_paused")


def test_open_doors_are_told(start: StartBench) -> None:
    bench = start("vending")
    computer = Computer(bench)
    bench.control.ask("vending", "door", position="open")
    computer.give("machine_status_request")
    computer.told("machine_status_door_open")
    bench.control.ask("vending", "door", position="closed")
    assert state_of(bench)["door"] == "closed"


def test_open_delivery_door_is_told(start: StartBench) -> None:
    computer = Computer(start("vending"))
    computer.bench.control.ask("vending", "door", position="open", which="delivery")
    computer.give("delivery_status_request")
    computer.told("delivery_door_open")


def test_unacknowledged_message_comes_again_five_times(computer: Computer) -> None:
    bench = computer.bench
    for on in (False, True):
        bench.control.ask("vending", "power", on=on)
    again = Computer(bench)
    again.give("check_1")
    for _turn in range(6):
        again.told("selection_ok", acknowledge=False)
    assert again.hear() == POLL


def test_command_without_a_poll_or_with_a_wrong_check_is_ignored(restarted: Computer) -> None:
    assert restarted.hear() == POLL
    restarted.wire.write(V["buy_bad_check"].data)
    assert restarted.hear() == POLL
    restarted.wire.write(ACK)
    assert restarted.wire.quiet()
    restarted.wire.write(V["buy_1"].data)
    assert restarted.hear() == POLL
    assert stock(restarted.bench, 1) == 5


def test_unanswered_buy_is_still_carried_out(restarted: Computer) -> None:
    restarted.bench.control.ask("vending", "fault", kind="answer_lost")
    assert restarted.insist("buy_1") == V["dispensing"].data
    restarted.wire.write(ACK)
    restarted.told("dispensed_pack_2")


def test_outcome_can_get_lost(restarted: Computer) -> None:
    restarted.bench.control.ask("vending", "fault", kind="silent", on="outcome", count=6)
    restarted.give("buy_1")
    restarted.told("dispensing")
    assert restarted.hear() == POLL
    assert stock(restarted.bench, 1) == 4


def test_booklets_survive_a_restart(start: StartBench, computer: Computer) -> None:
    computer.bench.stop()
    assert stock(start("vending"), 1) == 5
