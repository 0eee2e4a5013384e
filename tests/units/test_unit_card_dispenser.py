"""The virtual card dispenser against the golden frames of its protocol."""

import pytest
from units_bench import Bench, StartBench, Wire, vectors

from sandbox.units.control import ControlClient
from sandbox.units.request import ControlError

V = vectors("crt591")
ACK, NAK, EOT = V["ack"].data, V["nak"].data, V["eot"].data


def command(wire: Wire, request: str, answer: str) -> None:
    """One whole dialogue: command, ACK, answer, ACK."""
    wire.exchange(V[request].data, ACK + V[answer].data)
    wire.write(ACK)


def loaded(start: StartBench, count: int = 11) -> tuple[Bench, Wire]:
    """A dispenser with cards and the host's end of its line, initialised."""
    bench = start("card_dispenser")
    bench.control.ask("card_dispenser", "load", count=count)
    wire = bench.wire("card_dispenser")
    wire.write(V["init_keep"].data)
    assert wire.read(1) == ACK
    wire.read(len(V["init_answer"].data))
    wire.write(ACK)
    return bench, wire


def state(control: ControlClient) -> dict[str, object]:
    found = control.ask("card_dispenser", "state")["state"]
    assert isinstance(found, dict)
    return found


def test_command_before_initialise_is_refused_with_b0(start: StartBench) -> None:
    bench = start("card_dispenser")
    bench.control.ask("card_dispenser", "load", count=12)
    with bench.wire("card_dispenser") as wire:
        command(wire, "status", "refused_not_initialised")
        command(wire, "init_keep", "init_answer")
        command(wire, "status", "status_answer_empty_path")


def test_card_is_dispensed_held_and_taken(start: StartBench) -> None:
    bench, wire = loaded(start, 12)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        command(wire, "status_sensors", "status_sensors_answer")
        command(wire, "move_to_holding", "holding_answer")
        uid = str(bench.control.ask("card_dispenser", "take")["uid"])
        command(wire, "status", "status_answer_empty_path")
    wallet = bench.control.ask("wallet", "state")["state"]
    assert isinstance(wallet, dict)
    assert wallet["hand"] == [uid]
    assert wallet["dispenser"] == []


def test_eject_and_capture_answer_as_in_the_manual(start: StartBench) -> None:
    bench, wire = loaded(start, 13)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        command(wire, "eject", "eject_answer")
        bench.control.ask("card_dispenser", "take")
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        command(wire, "capture", "capture_answer")
    assert len(state(bench.control)["bin"]) == 1  # type: ignore[arg-type]


def test_few_cards_show_in_the_status(start: StartBench) -> None:
    _bench, wire = loaded(start, 9)
    with wire:
        wire.exchange(V["move_to_holding"].data, ACK)
        wire.read(len(V["holding_answer"].data))
        wire.write(ACK)
        command(wire, "status", "status_answer_card_at_gate")


def test_empty_stacker_is_refused_with_a0(start: StartBench) -> None:
    _bench, wire = loaded(start, 0)
    with wire:
        command(wire, "dispense_to_rf", "refused_dispense_stacker_empty")
        command(wire, "move_to_holding", "refused_stacker_empty")


def test_full_bin_is_refused_with_a1_until_it_is_emptied(start: StartBench) -> None:
    bench, wire = loaded(start, 1)
    bench.control.ask("card_dispenser", "bin_capacity", count=0)
    with wire:
        wire.exchange(V["dispense_to_rf"].data, ACK)
        wire.read(len(V["dispense_answer_rf"].data))
        command(wire, "capture", "refused_bin_full")
        bench.control.ask("card_dispenser", "bin_capacity", count=1)
        wire.exchange(V["capture"].data, ACK)
        wire.read(len(V["capture_answer"].data))
        command(wire, "status", "status_answer_bin_full")


def test_unknown_command_is_refused_with_00(start: StartBench) -> None:
    _bench, wire = loaded(start)
    with wire:
        command(wire, "unknown_command", "refused_unknown_command")


def test_wrong_bcc_gets_nak_and_the_repetition_is_executed(start: StartBench) -> None:
    _bench, wire = loaded(start)
    with wire:
        wire.exchange(V["status_bad_bcc"].data, NAK)
        command(wire, "status", "status_answer_empty_path")


def test_answer_is_repeated_on_nak(start: StartBench) -> None:
    _bench, wire = loaded(start)
    answer = V["status_answer_empty_path"].data
    with wire:
        wire.exchange(V["status"].data, ACK + answer)
        wire.exchange(NAK, answer)
        wire.write(ACK)


def test_cancel_before_the_movement_leaves_the_card_where_it_is(start: StartBench) -> None:
    bench, wire = loaded(start)
    with wire:
        wire.exchange(V["dispense_to_rf"].data + EOT, ACK + EOT)
        command(wire, "status", "status_answer_empty_path")
    assert len(state(bench.control)["stacker"]) == 11  # type: ignore[arg-type]


def test_repeated_command_during_execution_moves_one_card(start: StartBench) -> None:
    bench, wire = loaded(start, 12)
    with wire:
        twice = V["dispense_to_rf"].data * 2
        wire.exchange(twice, ACK + ACK + V["dispense_answer_rf"].data)
    assert len(state(bench.control)["stacker"]) == 11  # type: ignore[arg-type]


def test_retract_counter_counts_only_when_it_was_activated(start: StartBench) -> None:
    _bench, wire = loaded(start, 16)
    with wire:
        for initialise in ("init_keep", "init_keep_counting"):
            wire.exchange(V[initialise].data, ACK)
            wire.read(len(V["init_answer"].data))
            for _turn in range(1 if initialise == "init_keep" else 3):
                command(wire, "dispense_to_rf", "dispense_answer_rf")
                command(wire, "capture", "capture_answer")
        command(wire, "counter_read", "counter_answer")


def test_mifare_write_is_read_back(start: StartBench) -> None:
    bench, wire = loaded(start, 12)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        command(wire, "mifare_read", "refused_not_activated")
        uid = str(state(bench.control)["card"])
        wire.exchange(V["rf_activate"].data, ACK)
        activated = wire.read(len(V["rf_activate_answer_s50"].data))
        assert activated[10:20].hex() == f"4d000404{uid.lower()}0803"
        command(wire, "mifare_read", "mifare_failed_answer")
        command(wire, "mifare_verify", "mifare_ok_answer")
        command(wire, "mifare_write", "mifare_ok_answer")
        command(wire, "mifare_read", "mifare_read_answer")
    books = bench.control.books("wallet")["cards"]
    assert isinstance(books, list)
    written = next(card for card in books if card["uid"] == uid)
    assert bytes.fromhex(written["blocks"][4]) == b"P00012345678\0\0\0\0"


def test_activation_without_a_card_is_refused(start: StartBench) -> None:
    _bench, wire = loaded(start)
    with wire:
        command(wire, "rf_activate", "refused_activation")


def test_jam_control_stops_every_movement_until_it_is_cleared(start: StartBench) -> None:
    bench, wire = loaded(start, 12)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        bench.control.ask("card_dispenser", "jam")
        command(wire, "eject", "jam_on_eject")
        bench.control.ask("card_dispenser", "unjam")
        command(wire, "eject", "eject_answer")


def test_cards_and_jam_survive_a_restart_and_initialise_is_needed_again(
    start: StartBench,
) -> None:
    bench, wire = loaded(start, 12)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
    before = state(bench.control)
    bench.stop()
    again = start("card_dispenser")
    assert state(again.control) == before
    with again.wire("card_dispenser") as wire_again:
        command(wire_again, "status", "refused_not_initialised")
        command(wire_again, "init_keep", "init_answer_card_at_rf")


def test_nothing_to_take_is_refused_by_the_control(start: StartBench) -> None:
    bench, wire = loaded(start)
    wire.close()
    with pytest.raises(ControlError, match="no card is at the gate"):
        bench.control.ask("card_dispenser", "take")
