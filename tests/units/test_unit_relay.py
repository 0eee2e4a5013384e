"""The virtual relay board against the golden frames of its protocol."""

from typing import cast

import pytest
from units_bench import Bench, StartBench, vectors

from sandbox.units.json_files import Json
from sandbox.units.request import ControlError

V = vectors("modbus")


def relays_on(bench: Bench) -> list[int]:
    coils = cast(list[bool], cast(Json, bench.control.state()["relay"])["coils"])
    return [number for number, on in enumerate(coils) if on]


@pytest.mark.parametrize(
    ("request_name", "answer"),
    [
        ("read_relays", "relays_none"),
        ("read_inputs", "inputs_none"),
        ("read_registers", "illegal_function"),
        ("relay_8_on", "illegal_address"),
        ("relay_0_half", "illegal_value"),
        ("read_9_relays", "illegal_address_read"),
        ("read_0_inputs", "illegal_value_read"),
    ],
)
def test_question_and_refusal(start: StartBench, request_name: str, answer: str) -> None:
    with start("relay").wire("relay") as wire:
        wire.exchange(V[request_name].data, V[answer].data)


def test_relays_are_set_and_read_back(start: StartBench) -> None:
    bench = start("relay")
    with bench.wire("relay") as wire:
        for name in ("relay_0_on", "relay_7_on"):
            wire.exchange(V[name].data, V[name].data)
        wire.exchange(V["read_relays"].data, V["relays_0_and_7"].data)
        assert relays_on(bench) == [0, 7]
        wire.exchange(V["relay_0_off"].data, V["relay_0_off"].data)
        assert relays_on(bench) == [7]
        wire.exchange(V["all_relays_on"].data, V["all_relays_answer"].data)
        wire.exchange(V["read_relays"].data, V["relays_all"].data)
        wire.exchange(V["all_relays_off"].data, V["all_relays_answer"].data)
        assert relays_on(bench) == []


def test_inputs_are_what_doors_and_people_do(start: StartBench) -> None:
    bench = start("relay")
    for number in (2, 3):
        bench.control.ask("relay", "input", number=number, on=True)
    with bench.wire("relay") as wire:
        wire.exchange(V["read_inputs"].data, V["inputs_2_and_3"].data)
        wire.exchange(V["read_inputs_2_to_4"].data, V["inputs_2_to_4_answer"].data)
    with pytest.raises(ControlError, match="0 to 7"):
        bench.control.ask("relay", "input", number=8)


def test_broadcast_is_carried_out_and_not_answered(start: StartBench) -> None:
    bench = start("relay")
    with bench.wire("relay") as wire:
        wire.write(V["relay_0_on_broadcast"].data)
        assert wire.quiet()
    assert relays_on(bench) == [0]


@pytest.mark.parametrize("name", ["read_inputs_bad_crc", "read_inputs_address_2"])
def test_spoilt_or_foreign_request_is_not_answered(start: StartBench, name: str) -> None:
    with start("relay").wire("relay") as wire:
        wire.write(V[name].data)
        assert wire.quiet()
        wire.exchange(V["read_inputs"].data, V["inputs_none"].data)


def test_lost_answer_still_switches_the_relay(start: StartBench) -> None:
    bench = start("relay")
    bench.control.ask("relay", "fault", kind="answer_lost")
    with bench.wire("relay") as wire:
        wire.exchange(V["read_relays"].data, V["relays_none"].data)
        wire.write(V["relay_0_on"].data)
        assert wire.quiet()
        wire.exchange(V["read_relays"].data, V["relays_0"].data)


def test_relays_fall_off_without_power_and_inputs_stay(start: StartBench) -> None:
    bench = start("relay")
    bench.control.ask("relay", "input", number=0, on=True)
    with bench.wire("relay") as wire:
        wire.exchange(V["relay_0_on"].data, V["relay_0_on"].data)
    bench.control.ask("relay", "power", on=False)
    assert relays_on(bench) == []
    bench.control.ask("relay", "power", on=True)
    with bench.wire("relay") as wire:
        wire.exchange(V["read_relays"].data, V["relays_none"].data)
        wire.exchange(V["read_inputs"].data, V["inputs_0"].data)
    bench.stop()
    with start("relay").wire("relay") as wire:
        wire.exchange(V["read_inputs"].data, V["inputs_0"].data)
