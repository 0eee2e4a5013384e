"""Each ordered fault does to the wire what its name says, once, and then all is well."""

from pathlib import Path

import pytest
from units_bench import Bench, StartBench, Wire, vectors

from sandbox.units.faults import COMMON_KINDS
from sandbox.units.program import UNIT_NAMES
from sandbox.units.request import ControlError

SAM = vectors("sam_v")
CRT = vectors("crt591")
STATUS, OK = SAM["reset"].data, SAM["ok"].data
WITH_DAEMONS = ("card_slot", "card_slot_2", "page_printer")


def order(bench: Bench, unit: str, kind: str, **fields: object) -> None:
    bench.control.ask(unit, "fault", kind=kind, **fields)


def assert_healthy(bench: Bench) -> None:
    with bench.wire("id_reader") as wire:
        wire.exchange(STATUS, OK)


@pytest.mark.parametrize("kind", ["silent", "answer_lost"])
def test_command_without_an_answer(start: StartBench, kind: str) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", kind, count=2)
    with bench.wire("id_reader") as wire:
        for _turn in range(2):
            wire.write(STATUS)
            assert wire.quiet()
        wire.exchange(STATUS, OK)


def test_delayed_answer_comes_after_the_quiet_time(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "delay", seconds=0.3)
    with bench.wire("id_reader") as wire:
        wire.write(STATUS)
        assert wire.quiet()
        assert wire.read(len(OK)) == OK
        wire.exchange(STATUS, OK)


def test_garbled_answer_differs_in_one_byte(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "garble")
    with bench.wire("id_reader") as wire:
        wire.write(STATUS)
        answer = wire.read(len(OK))
        assert sum(a != b for a, b in zip(answer, OK, strict=True)) == 1
        wire.exchange(STATUS, OK)


def test_answer_with_a_dropped_byte_is_one_byte_short(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "drop_byte")
    with bench.wire("id_reader") as wire:
        wire.write(STATUS)
        assert len(wire.read(len(OK) - 1)) == len(OK) - 1
        assert wire.quiet()
        wire.exchange(STATUS, OK)


def test_duplicated_answer_comes_twice(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "duplicate")
    with bench.wire("id_reader") as wire:
        wire.exchange(STATUS, OK + OK)
        wire.exchange(STATUS, OK)


def test_unit_that_dies_executing_is_gone_until_the_power_is_back(start: StartBench) -> None:
    bench, wire = dispenser(start)
    order(bench, "card_dispenser", "power_off")
    order(bench, "card_dispenser", "silent", on="status")
    with wire:
        wire.exchange(CRT["dispense_to_rf"].data, b"\x06")
        assert wire.is_cut()
    state = bench.control.state()["card_dispenser"]
    assert isinstance(state, dict)
    assert (state["power"], state["position"]) == ("off", "rf")
    assert not Path(bench.path("card_dispenser").removeprefix("serial:")).exists()
    bench.control.ask("card_dispenser", "power", on=True)
    with bench.wire("card_dispenser") as wire:
        wire.write(CRT["status"].data)
        assert wire.quiet(), "an ordered fault waits until the power is back"
        wire.exchange(CRT["status"].data, b"\x06" + CRT["refused_not_initialised"].data)


@pytest.mark.parametrize("unit", [name for name in UNIT_NAMES if name not in WITH_DAEMONS])
def test_every_unit_dies_and_wakes_up_where_it_stood(start: StartBench, unit: str) -> None:
    bench = start(unit)
    before = bench.control.state()[unit]
    assert isinstance(before, dict)
    for _turn in range(2):
        bench.control.ask(unit, "power", on=False)
    assert bench.control.ask(unit, "state")["state"] == {**before, "power": "off"}
    bench.control.ask(unit, "power", on=True)
    assert bench.control.state()[unit] == before


def test_power_cut_stops_a_motor_on_its_way(start: StartBench) -> None:
    bench = start("card_dispenser", motion_s=0.2)
    bench.control.ask("card_dispenser", "load", count=1)
    with bench.wire("card_dispenser") as wire:
        wire.write(CRT["init_keep"].data)
        assert wire.read(1 + len(CRT["init_answer"].data))
        wire.exchange(CRT["dispense_to_rf"].data, b"\x06")
        bench.control.ask("card_dispenser", "power", on=False)
        assert wire.is_cut()
    bench.control.ask("card_dispenser", "power", on=True)
    state = bench.control.state()["card_dispenser"]
    assert isinstance(state, dict)
    assert (state["position"], len(state["stacker"])) == ("none", 1)
    with pytest.raises(ControlError, match="wallet has no power to switch"):
        bench.control.ask("wallet", "power", on=False)


@pytest.mark.parametrize("kind", ["cut", "cut_after_execution"])
def test_cut_drops_the_line_and_a_new_one_stands_ready(start: StartBench, kind: str) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", kind)
    with bench.wire("id_reader") as wire:
        wire.write(STATUS)
        assert wire.is_cut()
    assert_healthy(bench)


def test_fault_waits_for_a_command_that_is_no_poll(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "silent")
    with bench.wire("id_reader") as wire:
        wire.exchange(SAM["find"].data, SAM["find_failed"].data)
        wire.write(STATUS)
        assert wire.quiet()


def test_fault_on_a_named_command_meets_only_that_command(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "silent", on="find")
    with bench.wire("id_reader") as wire:
        wire.exchange(STATUS, OK)
        wire.write(SAM["find"].data)
        assert wire.quiet()
        wire.exchange(SAM["find"].data, SAM["find_failed"].data)


def test_fault_with_seconds_lasts_until_they_have_passed(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "silent", on="any", seconds=0.2)
    with bench.wire("id_reader") as wire:
        wire.write(STATUS + STATUS)
        assert wire.quiet()
        assert wire.quiet()
        wire.exchange(STATUS, OK)


def test_cleared_fault_does_not_happen(start: StartBench) -> None:
    bench = start("id_reader")
    order(bench, "id_reader", "silent")
    bench.control.ask("id_reader", "clear_faults")
    assert_healthy(bench)


def test_unknown_fault_is_refused_with_the_known_ones(start: StartBench) -> None:
    bench = start("scanner")
    with pytest.raises(ControlError, match=", ".join(COMMON_KINDS)):
        order(bench, "scanner", "explode")


def dispenser(start: StartBench) -> tuple[Bench, Wire]:
    bench = start("card_dispenser")
    bench.control.ask("card_dispenser", "load", count=12)
    wire = bench.wire("card_dispenser")
    wire.exchange(CRT["init_keep"].data, b"\x06" + CRT["init_answer"].data)
    return bench, wire


def test_lost_answer_of_a_dispense_still_moves_the_card(start: StartBench) -> None:
    bench, wire = dispenser(start)
    order(bench, "card_dispenser", "answer_lost")
    with wire:
        wire.exchange(CRT["dispense_to_rf"].data, b"\x06")
        assert wire.quiet()
        wire.exchange(CRT["status_sensors"].data, b"\x06" + CRT["status_sensors_answer"].data)


def test_ordered_jam_stops_the_card_on_its_way(start: StartBench) -> None:
    bench, wire = dispenser(start)
    order(bench, "card_dispenser", "jam")
    jammed = bytes.fromhex("F2 00 00 05 4E 32 32 31 30 03 BB")
    with wire:
        wire.exchange(CRT["dispense_to_rf"].data, b"\x06" + jammed)
        bench.control.ask("card_dispenser", "unjam")
        wire.exchange(CRT["dispense_to_rf"].data, b"\x06" + CRT["dispense_answer_rf"].data)


def test_wrong_read_back_shows_another_content_once(start: StartBench) -> None:
    bench, wire = dispenser(start)
    order(bench, "card_dispenser", "wrong_read_back", on="mifare", seconds=60)
    answer = CRT["mifare_read_answer"].data
    with wire:
        for name, length in (("dispense_to_rf", 12), ("rf_activate", 21)):
            wire.write(CRT[name].data)
            assert len(wire.read(length + 1)) == length + 1
        for name in ("mifare_verify", "mifare_write"):
            wire.exchange(CRT[name].data, b"\x06" + CRT["mifare_ok_answer"].data)
        wire.write(CRT["mifare_read"].data)
        assert wire.read(1 + len(answer))[11:12] == b"Q"
        bench.control.ask("card_dispenser", "clear_faults")
        wire.exchange(CRT["mifare_read"].data, b"\x06" + answer)
