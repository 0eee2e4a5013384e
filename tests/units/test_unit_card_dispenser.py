"""The virtual card dispenser against the golden frames of its protocol."""

from pathlib import Path

import pytest
from units_bench import Bench, StartBench, Wire, vectors

from sandbox.units.control import ControlClient
from sandbox.units.program import Settings
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


def test_every_state_of_stacker_and_bin_shows_in_the_status(start: StartBench) -> None:
    bench, wire = loaded(start, 11)
    with wire:
        command(wire, "status", "status_answer_empty_path")
        bench.control.ask("card_dispenser", "few_cards", count=11)
        command(wire, "status", "status_answer_few")
        bench.control.ask("card_dispenser", "empty_stacker")
        command(wire, "status", "status_answer_all_empty")
        bench.control.ask("card_dispenser", "bin_capacity", count=0)
        command(wire, "status", "status_answer_bin_full")


def test_unit_tells_serial_configuration_and_firmware(start: StartBench) -> None:
    bench, wire = loaded(start)
    with wire:
        command(wire, "serial", "serial_answer")
        command(wire, "configuration", "configuration_answer")
        command(wire, "firmware", "firmware_answer")
        bench.control.ask("card_dispenser", "serial", text="20250007")
        command(wire, "serial", "serial_answer")


def test_counter_is_set_and_overflows(start: StartBench) -> None:
    _bench, wire = loaded(start, 12)
    with wire:
        wire.exchange(V["init_keep_counting"].data, ACK)
        wire.read(len(V["init_answer"].data))
        command(wire, "counter_set_zero", "counter_set_answer")
        highest = V["counter_set_zero"].data[:7] + b"999\x03"
        check = 0
        for byte in highest:
            check ^= byte
        wire.exchange(highest + bytes([check]), ACK + V["counter_set_answer"].data)
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        command(wire, "capture", "refused_counter_overflow")


def test_card_enters_at_the_gate_only_while_entry_is_enabled(start: StartBench) -> None:
    bench, wire = loaded(start)
    bench.control.ask("wallet", "create", uid="1A2B3C4D")
    with wire:
        with pytest.raises(ControlError, match="the gate is shut"):
            bench.control.ask("card_dispenser", "insert", uid="1A2B3C4D")
        command(wire, "enter_enable", "enter_enable_answer")
        bench.control.ask("card_dispenser", "insert", uid="1A2B3C4D")
        command(wire, "status", "status_answer_rf")
        command(wire, "rf_type", "rf_type_answer_s50")
        command(wire, "rf_activate", "rf_activate_answer_s50")


def test_type_of_no_card_is_refused(start: StartBench) -> None:
    _bench, wire = loaded(start)
    with wire:
        command(wire, "rf_type", "refused_rf_type")


def test_ejected_card_cannot_be_captured(start: StartBench) -> None:
    _bench, wire = loaded(start, 12)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        command(wire, "eject", "eject_answer")
        command(wire, "capture", "refused_capture_failed")


@pytest.mark.parametrize(
    ("code", "answer"), [("51", "refused_motor"), ("A0", "refused_dispense_stacker_empty")]
)
def test_any_error_code_can_be_ordered(start: StartBench, code: str, answer: str) -> None:
    bench, wire = loaded(start, 12)
    bench.control.ask("card_dispenser", "fault", kind="error", code=code)
    with wire:
        command(wire, "dispense_to_rf", answer)
        command(wire, "dispense_to_rf", "dispense_answer_rf")


def test_power_lost_in_a_movement_keeps_the_card_and_wants_initialise(start: StartBench) -> None:
    bench, wire = loaded(start, 12)
    bench.control.ask("card_dispenser", "fault", kind="power_off", on="dispense")
    with wire:
        wire.exchange(V["dispense_to_rf"].data, ACK)
        assert wire.is_cut()
    bench.control.ask("card_dispenser", "power", on=True)
    with bench.wire("card_dispenser") as again:
        command(again, "status", "refused_not_initialised")
        command(again, "init_keep", "init_answer_card_at_rf")


def test_card_pulled_out_of_a_movement_is_error_45(run_dir: Path) -> None:
    bench = Bench(Settings(run_dir=run_dir, only=("card_dispenser",), motion_s=0.3))
    bench.control.ask("card_dispenser", "load", count=12)
    with bench.wire("card_dispenser") as wire:
        wire.exchange(V["init_keep"].data, ACK + V["init_answer"].data)
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        wire.exchange(V["move_to_holding"].data, ACK)
        bench.control.ask("card_dispenser", "pull")
        wire.exchange(b"", V["refused_moved_by_hand"].data)
    bench.stop()


def test_state_file_of_an_older_unit_is_still_read(start: StartBench, run_dir: Path) -> None:
    folder = run_dir / "state"
    folder.mkdir()
    (folder / "card_dispenser.json").write_text('{"stacker": [], "bin_counter": 3}')
    shown = state(start("card_dispenser").control)
    assert (shown["bin_counter"], shown["few_cards"], shown["serial"]) == (3, 10, "20250007")


def test_errors_may_be_marked_with_45(start: StartBench) -> None:
    bench, wire = loaded(start, 0)
    bench.control.ask("card_dispenser", "error_mark", text="45")
    with wire:
        command(wire, "move_to_holding", "refused_stacker_empty_emt_45")


def test_entry_is_disabled_again_and_wrong_data_are_refused(start: StartBench) -> None:
    bench, wire = loaded(start)
    with wire:
        command(wire, "enter_enable", "enter_enable_answer")
        command(wire, "enter_disable", "enter_disable_answer")
        assert state(bench.control)["entry_open"] is False
        short = bytes.fromhex("F2 00 00 05 43 A5 31 30 30 03")
        check = 0
        for byte in short:
            check ^= byte
        wire.exchange(short + bytes([check]), ACK + V["refused_counter_data"].data)


@pytest.mark.parametrize(
    ("initialise", "place"), [("init_hold", "gate"), ("init_capture", "none"), ("init_keep", "rf")]
)
def test_initialise_moves_the_card_inside_as_asked(
    start: StartBench, initialise: str, place: str
) -> None:
    bench, wire = loaded(start, 12)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        wire.exchange(V[initialise].data, ACK)
        wire.read(len(V["init_answer"].data))
    assert state(bench.control)["position"] == place


def test_wrong_address_and_length_of_a_mifare_command(start: StartBench) -> None:
    _bench, wire = loaded(start, 12)
    with wire:
        command(wire, "dispense_to_rf", "dispense_answer_rf")
        wire.exchange(V["rf_activate"].data, ACK)
        wire.read(len(V["rf_activate_answer_s50"].data))
        for asked, answer in (
            ("F2 00 00 08 43 60 33 00 B0 10 00 01 03 48", "mifare_address_answer"),
            ("F2 00 00 07 43 60 33 00 B0 01 00 03 57", "mifare_length_answer"),
        ):
            wire.exchange(bytes.fromhex(asked), ACK + V[answer].data)
            wire.write(ACK)
