"""The virtual CCNET banknote acceptor against the golden frames of its protocol."""

import time
from typing import cast

import pytest
from units_bench import ANSWER_LIMIT_S, Bench, StartBench, Wire, fulfilled, vectors

from sandbox.units.json_files import Json

V = vectors("ccnet")
ACK = V["ack"].data


def say(wire: Wire, command: str, answer: str) -> None:
    """One command; an answer that is not ACK or NAK itself is acknowledged."""
    wire.exchange(V[command].data, V[answer].data)
    if answer not in ("ack_of_unit", "nak_of_unit"):
        wire.write(ACK)


def state_of(bench: Bench) -> Json:
    return cast(Json, bench.control.state()["cash_ccnet"])


def place_of(bench: Bench) -> str:
    note = state_of(bench)["note"]
    return str(cast(Json, note)["place"]) if note else "none"


def poll_past(wire: Wire, state: str) -> bytes:
    """Poll until the unit tells something other than ``state``."""
    limit = time.monotonic() + ANSWER_LIMIT_S
    while True:
        wire.write(V["poll"].data)
        head = wire.read(3)
        told = head + wire.read(head[2] - 3)
        wire.write(ACK)
        if told != V[state].data:
            return told
        assert time.monotonic() < limit


def reset(wire: Wire, power_up: str = "power_up") -> None:
    say(wire, "poll", power_up)
    say(wire, "reset", "ack_of_unit")
    say(wire, "poll", "initialise")


def ready(bench: Bench, enable: str = "enable_all_escrow") -> Wire:
    """Past the reset, with bills enabled."""
    wire = bench.wire("cash_ccnet")
    reset(wire)
    assert poll_past(wire, "initialise") == V["disabled"].data
    say(wire, enable, "ack_of_unit")
    say(wire, "poll", "idling")
    return wire


def insert(bench: Bench, denomination_fen: int, outcome: str = "ok") -> None:
    answer = bench.control.ask(
        "cash_ccnet", "insert", denomination_fen=denomination_fen, outcome=outcome
    )
    assert answer["drawn_in"] is True


def in_escrow(bench: Bench, wire: Wire) -> None:
    insert(bench, 1000)
    fulfilled(lambda: place_of(bench) == "escrow")
    say(wire, "poll", "escrow_type_4")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("identification_request", "identification"),
        ("bill_table_request", "bill_table"),
        ("status_request", "status_all"),
        ("unknown_command", "illegal_command"),
        ("stack", "illegal_command"),
        ("return", "illegal_command"),
        ("hold", "illegal_command"),
        ("poll_bad_crc", "nak_of_unit"),
    ],
)
def test_question_and_refusal(start: StartBench, command: str, answer: str) -> None:
    with ready(start("cash_ccnet")) as wire:
        say(wire, command, answer)


def test_enabled_bills_and_security_are_told(start: StartBench) -> None:
    with ready(start("cash_ccnet"), "enable_2_to_4_escrow") as wire:
        say(wire, "set_security", "ack_of_unit")
        say(wire, "status_request", "status_2_to_4")
        say(wire, "disable", "ack_of_unit")
        say(wire, "poll", "disabled")


def test_bills_cannot_be_enabled_before_the_reset(start: StartBench) -> None:
    with start("cash_ccnet").wire("cash_ccnet") as wire:
        say(wire, "enable_all_escrow", "illegal_command")
        wire.write(V["poll_other_address"].data)
        assert wire.quiet()


def test_bill_is_held_stacked_and_told_until_it_is_acknowledged(start: StartBench) -> None:
    bench = start("cash_ccnet")
    with ready(bench) as wire:
        in_escrow(bench, wire)
        say(wire, "hold", "ack_of_unit")
        say(wire, "poll", "holding")
        say(wire, "stack", "ack_of_unit")
        fulfilled(lambda: state_of(bench)["box"] == {"1000": 1})
        for _turn in range(2):
            wire.exchange(V["poll"].data, V["stacked_type_4"].data)
        wire.exchange(V["nak"].data, V["stacked_type_4"].data)
        wire.write(ACK)
        say(wire, "poll", "idling")


def test_returned_bill_is_told_and_lies_at_the_bezel(start: StartBench) -> None:
    bench = start("cash_ccnet")
    with ready(bench) as wire:
        in_escrow(bench, wire)
        say(wire, "return", "ack_of_unit")
        assert poll_past(wire, "returning") == V["returned_type_4"].data
        say(wire, "poll", "idling")
    assert bench.control.ask("cash_ccnet", "take")["denomination_fen"] == 1000


def test_every_movement_is_told_while_it_lasts(start: StartBench) -> None:
    bench = start("cash_ccnet", motion_s=0.3)
    with ready(bench) as wire:
        insert(bench, 1000)
        assert poll_past(wire, "accepting") == V["escrow_type_4"].data
        say(wire, "stack", "ack_of_unit")
        assert poll_past(wire, "stacking") == V["stacked_type_4"].data
        insert(bench, 10000)
        assert poll_past(wire, "accepting") == V["escrow_type_7"].data
        say(wire, "return", "ack_of_unit")
        say(wire, "poll", "returning")
        assert poll_past(wire, "returning") == V["returned_type_7"].data


@pytest.mark.parametrize(
    ("enable", "outcome", "told"),
    [
        ("enable_2_to_4_escrow", "ok", "rejecting_inhibit"),
        ("enable_all_escrow", "invalid", "rejecting_identification"),
    ],
)
def test_refused_bill_is_rejected_with_its_reason(
    start: StartBench, enable: str, outcome: str, told: str
) -> None:
    bench = start("cash_ccnet")
    with ready(bench, enable) as wire:
        insert(bench, 10000, outcome)
        fulfilled(lambda: place_of(bench) == "bezel")
        say(wire, "poll", told)
        say(wire, "poll", "idling")


def test_bill_without_escrow_is_stacked_at_once(start: StartBench) -> None:
    bench = start("cash_ccnet")
    with ready(bench, "enable_2_to_6_no_escrow") as wire:
        insert(bench, 1000)
        fulfilled(lambda: state_of(bench)["box"] == {"1000": 1})
        say(wire, "poll", "stacked_type_4")


def test_bill_that_nobody_decides_on_comes_back(start: StartBench) -> None:
    bench = start("cash_ccnet")
    bench.control.ask("cash_ccnet", "timers", escrow_s=0.05)
    with ready(bench) as wire:
        insert(bench, 1000)
        fulfilled(lambda: place_of(bench) == "bezel")
        say(wire, "poll", "returned_type_4")


@pytest.mark.parametrize(
    ("movement", "command", "told"),
    [("returning", "return", "validator_jammed"), ("stacking", "stack", "cassette_jammed")],
)
def test_jam_is_told_until_it_is_cleared(
    start: StartBench, movement: str, command: str, told: str
) -> None:
    bench = start("cash_ccnet")
    bench.control.ask("cash_ccnet", "fault", kind="jam", on=movement)
    with ready(bench) as wire:
        in_escrow(bench, wire)
        say(wire, command, "ack_of_unit")
        say(wire, "poll", told)
        assert bench.control.ask("cash_ccnet", "unjam")["denomination_fen"] == 1000
        say(wire, "poll", "idling")


def test_cassette_out_full_and_fraud_are_told(start: StartBench) -> None:
    bench = start("cash_ccnet")
    with ready(bench) as wire:
        bench.control.ask("cash_ccnet", "fraud")
        say(wire, "poll", "cheated")
        bench.control.ask("cash_ccnet", "remove_box")
        say(wire, "poll", "cassette_out")
        bench.control.ask("cash_ccnet", "insert_box")
        assert poll_past(wire, "initialise") == V["disabled"].data
        bench.control.ask("cash_ccnet", "fill", count=300)
        say(wire, "poll", "cassette_full")


@pytest.mark.parametrize(("kind", "missing"), [("answer_lost", 7), ("garble", 0), ("drop_byte", 1)])
def test_spoilt_credit_is_told_again(start: StartBench, kind: str, missing: int) -> None:
    bench = start("cash_ccnet")
    with ready(bench) as wire:
        in_escrow(bench, wire)
        say(wire, "stack", "ack_of_unit")
        fulfilled(lambda: state_of(bench)["box"] == {"1000": 1})
        bench.control.ask("cash_ccnet", "fault", kind=kind)
        wire.write(V["poll"].data)
        credit = V["stacked_type_4"].data
        assert wire.read(len(credit) - missing) != credit
        assert wire.quiet()
        say(wire, "poll", "stacked_type_4")
        say(wire, "poll", "idling")


def test_lost_acknowledgement_tells_the_credit_again(start: StartBench) -> None:
    bench = start("cash_ccnet")
    with ready(bench) as wire:
        in_escrow(bench, wire)
        say(wire, "stack", "ack_of_unit")
        fulfilled(lambda: state_of(bench)["box"] == {"1000": 1})
        bench.control.ask("cash_ccnet", "fault", kind="silent", on="ack")
        say(wire, "poll", "stacked_type_4")
        say(wire, "poll", "stacked_type_4")
        say(wire, "poll", "idling")


@pytest.mark.parametrize(
    ("command", "place", "power_up", "told", "box"),
    [
        (None, "escrow", "power_up_bill_in_validator", "returned_type_4", {}),
        ("stack", "stacking", "power_up_bill_in_stacker", "stacked_type_4", {"1000": 1}),
    ],
)
def test_bill_inside_at_power_up_waits_for_the_reset(
    start: StartBench, command: str | None, place: str, power_up: str, told: str, box: Json
) -> None:
    bench = start("cash_ccnet", motion_s=0.15)
    with ready(bench) as wire:
        in_escrow(bench, wire)
        if command is not None:
            say(wire, command, "ack_of_unit")
        assert place_of(bench) == place
        bench.control.ask("cash_ccnet", "power", on=False)
        assert wire.is_cut()
    bench.control.ask("cash_ccnet", "power", on=True)
    with bench.wire("cash_ccnet") as wire:
        reset(wire, power_up)
        assert poll_past(wire, "initialise") == V[told].data
        say(wire, "poll", "disabled")
    assert state_of(bench)["box"] == box


def test_acceptor_may_keep_a_cleared_bill_to_itself(start: StartBench) -> None:
    bench = start("cash_ccnet")
    with ready(bench) as wire:
        in_escrow(bench, wire)
    bench.control.ask("cash_ccnet", "power", on=False)
    bench.control.ask("cash_ccnet", "fault", kind="silent", on="cleared")
    bench.control.ask("cash_ccnet", "power", on=True)
    with bench.wire("cash_ccnet") as wire:
        reset(wire, "power_up_bill_in_validator")
        fulfilled(lambda: place_of(bench) == "bezel")
        assert poll_past(wire, "initialise") == V["disabled"].data


def test_box_survives_a_restart(start: StartBench) -> None:
    bench = start("cash_ccnet")
    bench.control.ask("cash_ccnet", "fill", count=2, denomination_fen=500)
    bench.stop()
    assert state_of(start("cash_ccnet"))["box"] == {"500": 2}
