"""The virtual motorised card reader against the golden frames of its protocol."""

from pathlib import Path

import pytest
from units_bench import Bench, StartBench, Wire, vectors

from sandbox.units.json_files import Json
from sandbox.units.program import Settings
from sandbox.units.request import ControlError

V = vectors("crt310")
ACK, NAK, ENQ, EOT = (V[name].data for name in ("ack", "nak", "enq", "eot"))
UID, NUMBER = "1A2B3C4D", b"P00012345678\0\0\0\0"


def command(wire: Wire, request: str, answer: str) -> None:
    """One whole dialogue: command, ACK, ENQ, answer."""
    wire.exchange(V[request].data, ACK)
    wire.exchange(ENQ, V[answer].data)


def state(bench: Bench) -> Json:
    found = bench.control.ask("card_reader", "state")["state"]
    assert isinstance(found, dict)
    return found


def reader(start: StartBench) -> tuple[Bench, Wire]:
    """A reader with its rear shut, and a card in somebody's hand."""
    bench = start("card_reader")
    blocks = {"4": NUMBER.hex()}
    bench.control.ask("wallet", "create", uid=UID, blocks=blocks)
    wire = bench.wire("card_reader")
    command(wire, "entry_by_switch", "entry_answer")
    return bench, wire


def wait_for_position(bench: Bench, position: str, *, there: bool = True) -> None:
    for seen in bench.watcher():
        told = seen["state"] if seen["unit"] == "card_reader" else None
        if isinstance(told, dict) and (told["position"] == position) is there:
            return


def inserted(bench: Bench, **more: object) -> None:
    """Push the card in and wait until the motor has drawn it in."""
    bench.control.ask("card_reader", "insert", uid=UID, **more)
    wait_for_position(bench, "front_free", there=False)


def hand(bench: Bench) -> list[str]:
    wallet = bench.control.ask("wallet", "state")["state"]
    assert isinstance(wallet, dict)
    cards = wallet["hand"]
    assert isinstance(cards, list)
    return cards


def test_fresh_reader_answers_its_service_commands(start: StartBench) -> None:
    with start("card_reader").wire("card_reader") as wire:
        command(wire, "status", "status_power_on")
        command(wire, "reset", "reset_answer")
        command(wire, "read_serial", "serial_answer")
        command(wire, "sensors", "sensors_no_card")
        command(wire, "card_type", "card_type_none")
        command(wire, "eject", "eject_no_card")
        command(wire, "unknown_command", "refused_unknown_command")
        command(wire, "bad_parameter", "refused_bad_parameter")


def test_entry_modes_show_in_the_status(start: StartBench) -> None:
    _bench, wire = reader(start)
    with wire:
        command(wire, "status", "status_no_card")
        command(wire, "entry_prohibited", "entry_prohibited_answer")
        command(wire, "status", "status_no_card_prohibited")


def test_inserted_card_is_read_and_given_back(start: StartBench) -> None:
    bench, wire = reader(start)
    with wire:
        command(wire, "stop_at_rf", "stop_at_rf_answer")
        inserted(bench)
        command(wire, "status", "status_inside")
        command(wire, "sensors", "sensors_inside")
        command(wire, "card_type", "card_type_rf")
        command(wire, "m1_seek", "m1_seek_answer")
        command(wire, "m1_uid", "m1_uid_answer")
        command(wire, "m1_verify_a", "m1_verify_a_answer")
        command(wire, "m1_read", "m1_read_answer")
        command(wire, "hold_at_front", "hold_at_front_answer")
        command(wire, "status", "status_front_held")
        assert bench.control.ask("card_reader", "take")["uid"] == UID
        command(wire, "status", "status_no_card")
    assert hand(bench) == [UID]


def test_movement_ends_the_authentication(start: StartBench) -> None:
    bench, wire = reader(start)
    inserted(bench)
    with wire:
        command(wire, "m1_verify_a", "m1_verify_a_no_card")
        command(wire, "m1_seek", "m1_seek_answer")
        command(wire, "m1_read", "m1_read_not_verified")
        command(wire, "m1_verify_a", "m1_verify_a_answer")
        command(wire, "m1_write", "m1_write_answer")
        command(wire, "m1_verify_b", "m1_verify_b_answer")
        command(wire, "move_to_rf", "move_to_rf_answer")
        command(wire, "m1_verify_a", "m1_verify_a_no_card")


def test_wrong_key_opens_nothing(start: StartBench) -> None:
    bench, wire = reader(start)
    trailer = "0" * 12 + "FF078069" + "F" * 12
    bench.control.ask("wallet", "create", uid="0A0B0C0D", blocks={"7": trailer})
    bench.control.ask("card_reader", "insert", uid="0A0B0C0D")
    wait_for_position(bench, "rf")
    with wire:
        command(wire, "m1_seek", "m1_seek_answer")
        command(wire, "m1_verify_a", "m1_verify_a_wrong_key")
        command(wire, "m1_read", "m1_read_not_verified")


def test_every_place_of_a_card_shows_in_the_status(start: StartBench) -> None:
    bench, wire = reader(start)
    with wire:
        command(wire, "stop_at_front", "stop_at_front_answer")
        inserted(bench)
        for move, place in (
            ("hold_at_front", "front_held"),
            ("move_to_contacts", "contacts"),
            ("hold_at_rear", "rear_held"),
            ("move_to_rf", "inside"),
            ("eject", "front_free"),
        ):
            command(wire, move, f"{move}_answer")
            command(wire, "status", f"status_{place}")


def test_forgotten_card_is_captured(start: StartBench) -> None:
    bench, wire = reader(start)
    inserted(bench)
    with wire:
        command(wire, "hold_at_front", "hold_at_front_answer")
        command(wire, "capture", "capture_answer")
        command(wire, "status", "status_no_card")
    assert state(bench)["box"] == [UID]
    assert bench.control.ask("card_reader", "empty_box")["uids"] == [UID]
    assert hand(bench) == [UID]


@pytest.mark.parametrize(
    ("reset", "answer", "status"),
    [
        ("reset", "reset_answer", "status_inside"),
        ("reset_eject", "reset_eject_answer", "status_front_free"),
        ("reset_capture", "reset_capture_answer", "status_no_card"),
    ],
)
def test_reset_leaves_or_ejects_the_card(
    start: StartBench, reset: str, answer: str, status: str
) -> None:
    bench, wire = reader(start)
    inserted(bench)
    with wire:
        command(wire, reset, answer)
        command(wire, "status", status)


def test_insertion_is_denied_while_the_front_is_shut(start: StartBench) -> None:
    bench, wire = reader(start)
    with wire:
        command(wire, "entry_prohibited", "entry_prohibited_answer")
    with pytest.raises(ControlError, match="the shutter stays shut"):
        bench.control.ask("card_reader", "insert", uid=UID)
    assert hand(bench) == [UID]


def test_card_inside_is_out_of_reach(start: StartBench) -> None:
    bench, _wire = reader(start)
    inserted(bench)
    for do in ("take", "pull"):
        with pytest.raises(ControlError, match="no card can be reached"):
            bench.control.ask("card_reader", do)
    with pytest.raises(ControlError, match="is in the reader"):
        bench.control.ask("card_reader", "insert", uid=UID)


def test_card_pulled_back_while_it_is_drawn_in(run_dir: Path) -> None:
    bench = Bench(Settings(run_dir=run_dir, only=("card_reader",), motion_s=0.3))
    bench.control.ask("wallet", "create", uid=UID)
    bench.control.ask("card_reader", "insert", uid=UID)
    assert bench.control.ask("card_reader", "pull")["uid"] == UID
    with bench.wire("card_reader") as wire:
        command(wire, "status", "status_power_on")
    bench.stop()


def test_card_pulled_out_of_a_movement_ends_it_with_no_card(run_dir: Path) -> None:
    bench = Bench(Settings(run_dir=run_dir, only=("card_reader",), motion_s=0.3))
    bench.control.ask("wallet", "create", uid=UID)
    with bench.wire("card_reader") as wire:
        inserted(bench)
        wire.exchange(V["eject"].data, ACK)
        wire.write(ENQ)
        command_is_running = wire.quiet()
        bench.control.ask("card_reader", "pull")
        wire.exchange(b"", V["eject_no_card"].data)
    bench.stop()
    assert command_is_running


@pytest.mark.parametrize(("size", "status"), [("long", "long_card"), ("short", "short_card")])
def test_abnormal_card_is_expelled_by_its_own_command_only(
    start: StartBench, size: str, status: str
) -> None:
    bench, wire = reader(start)
    inserted(bench, size=size)
    with wire:
        command(wire, "status", f"status_{status}")
        command(wire, "eject", "eject_jammed")
        command(wire, "expel", "expel_answer")
        assert bench.control.ask("card_reader", "take")["uid"] == UID


def test_jam_refuses_movements_until_it_is_cleared(start: StartBench) -> None:
    bench, wire = reader(start)
    inserted(bench)
    bench.control.ask("card_reader", "fault", kind="jam", on="move")
    with wire:
        command(wire, "eject", "eject_jammed")
        command(wire, "status", "status_long_card")
        bench.control.ask("card_reader", "unjam")
        command(wire, "eject", "eject_answer")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("supply_voltage", "refused_supply_voltage"),
        ("backup_power", "refused_backup_power"),
        ("move_failed", "eject_failed"),
    ],
)
def test_own_faults_of_a_movement(start: StartBench, kind: str, answer: str) -> None:
    bench, wire = reader(start)
    inserted(bench)
    bench.control.ask("card_reader", "fault", kind=kind, on="move")
    with wire:
        command(wire, "eject", answer)
        command(wire, "status", "status_inside")


def test_number_comes_with_or_without_its_result_byte(start: StartBench) -> None:
    bench, wire = reader(start)
    inserted(bench)
    bench.control.ask("card_reader", "number_with_result", on=False)
    with wire:
        command(wire, "m1_seek", "m1_seek_answer")
        command(wire, "m1_uid", "m1_uid_answer_without_p")


def test_seek_without_an_m1_card(start: StartBench) -> None:
    bench, wire = reader(start)
    with wire:
        command(wire, "m1_seek", "m1_seek_no_card")
        bench.control.ask("wallet", "create", uid="0A0B0C0D", kind="bank")
        bench.control.ask("card_reader", "insert", uid="0A0B0C0D")
        wait_for_position(bench, "rf")
        command(wire, "m1_seek", "m1_seek_failed")
        command(wire, "hold_at_front", "hold_at_front_answer")
        command(wire, "card_type", "card_type_wrong_position")


def test_light_is_seen(start: StartBench) -> None:
    bench, wire = reader(start)
    with wire:
        for what, seen in (("on", "on"), ("blink", "blinking"), ("off", "off")):
            command(wire, f"light_{what}", f"light_{what}_answer")
            assert state(bench)["light"] == seen


def test_card_inside_survives_a_power_cut_and_entry_modes_do_not(start: StartBench) -> None:
    bench, wire = reader(start)
    inserted(bench)
    wire.close()
    bench.control.ask("card_reader", "power", on=False)
    bench.control.ask("card_reader", "power", on=True)
    shown = state(bench)
    assert (shown["card"], shown["position"], shown["front_entry"]) == (UID, "rf", "switch")
    with bench.wire("card_reader") as again:
        command(again, "reset", "reset_answer")
        command(again, "entry_by_switch", "entry_answer")
        command(again, "status", "status_inside")


def test_wrong_bcc_gets_nak_and_nothing_runs_before_enq(start: StartBench) -> None:
    bench, wire = reader(start)
    inserted(bench)
    with wire:
        wire.exchange(V["status_bad_bcc"].data, NAK)
        wire.exchange(V["eject"].data, ACK)
        wire.exchange(EOT, EOT)
        wire.write(ENQ)
        assert wire.quiet()
        command(wire, "status", "status_inside")


def test_lost_answer_leaves_the_card_where_the_movement_brought_it(start: StartBench) -> None:
    bench, wire = reader(start)
    inserted(bench)
    bench.control.ask("card_reader", "fault", kind="answer_lost", on="move")
    with wire:
        wire.exchange(V["hold_at_front"].data, ACK)
        wire.write(ENQ)
        assert wire.quiet()
        command(wire, "status", "status_front_held")


@pytest.mark.parametrize("kind", ["silent", "cut"])
def test_movement_that_the_fault_stops_moves_nothing(start: StartBench, kind: str) -> None:
    bench, wire = reader(start)
    inserted(bench)
    bench.control.ask("card_reader", "fault", kind=kind, on="move")
    wire.write(V["eject"].data)
    assert wire.quiet() if kind == "silent" else wire.is_cut()
    assert state(bench)["position"] == "rf"


@pytest.mark.parametrize("kind", ["garble", "drop_byte", "duplicate"])
def test_spoilt_status_is_followed_by_a_good_one(start: StartBench, kind: str) -> None:
    bench, wire = reader(start)
    bench.control.ask("card_reader", "fault", kind=kind, on="status")
    wanted = V["status_no_card"].data
    with wire:
        wire.exchange(V["status"].data, ACK)
        wire.write(ENQ)
        got = wire.read(len(wanted) * 2 if kind == "duplicate" else len(wanted) - 1)
        assert got == wanted * 2 if kind == "duplicate" else got != wanted
        assert any(wire.quiet() for _byte in range(2))
        command(wire, "status", "status_no_card")
