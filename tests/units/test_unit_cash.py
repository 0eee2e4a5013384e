"""The virtual SSP banknote acceptor against the golden packets of its protocol."""

from collections.abc import Callable
from typing import cast

import pytest
from units_bench import Bench, StartBench, fulfilled, vectors

from sandbox.units.json_files import Json
from sandbox.units.request import ControlError

V = vectors("ssp")


class Host:
    """A host that keeps the sequence flag and knows packets only as golden bytes."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.wire = bench.wire("cash")
        self.flag = 1
        self.say("sync", "ok")

    def say(self, command: str, answer: str) -> None:
        """One new command; the answer must be the named one, byte for byte."""
        self.wire.exchange(self.frame(command), self.frame(answer))
        self.flag ^= 1

    def frame(self, name: str) -> bytes:
        return V[name if self.flag else f"{name}_flag_0"].data

    def ready(self) -> None:
        """Past the power-up, all channels open."""
        self.say("poll", "reset_and_disabled")
        self.say("inhibits_all_accepted", "ok")
        self.say("enable", "ok")

    def insert(self, denomination_fen: int, outcome: str = "ok") -> None:
        answer = self.bench.control.ask(
            "cash", "insert", denomination_fen=denomination_fen, outcome=outcome
        )
        assert answer["drawn_in"] is True

    def wait(self, place: str) -> None:
        wait_until(self.bench, lambda state: place_of(state) == place)


def state_of(bench: Bench) -> Json:
    return cast(Json, bench.control.state()["cash"])


def place_of(state: Json) -> str:
    note = state["note"]
    return str(cast(Json, note)["place"]) if note else "none"


def wait_until(bench: Bench, holds: Callable[[Json], bool]) -> None:
    fulfilled(lambda: holds(state_of(bench)))


@pytest.fixture
def host(start: StartBench) -> Host:
    host = Host(start("cash"))
    host.ready()
    return host


def test_start_up_tells_what_the_unit_is(start: StartBench) -> None:
    host = Host(start("cash"))
    host.say("host_protocol_7", "ok")
    host.say("setup_request", "setup_protocol_7")
    host.say("serial_number_request", "serial_number")
    host.say("host_protocol_6", "ok")
    host.say("setup_request", "setup_protocol_6")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("unit_data_request", "unit_data"),
        ("channel_values_request", "channel_values"),
        ("channel_security_request", "channel_security"),
        ("firmware_request", "firmware"),
        ("dataset_request", "dataset"),
        ("last_reject_code", "reject_code_00"),
        ("bezel", "ok"),
        ("bezel_stuffed", "ok"),
        ("display_off", "ok"),
        ("host_protocol_9", "fail"),
        ("hold", "cannot_process"),
        ("reject", "cannot_process"),
        ("poll_with_ack", "key_not_set"),
        ("unknown_command", "unknown"),
        ("inhibits_too_short", "wrong_parameters"),
    ],
)
def test_question_and_refusal(start: StartBench, command: str, answer: str) -> None:
    with start("cash").wire("cash") as wire:
        wire.exchange(V["host_protocol_7_flag_0"].data, V["ok_flag_0"].data)
        wire.exchange(V[command].data, V[answer].data)


def test_nothing_to_hold_is_told_as_some_units_do(host: Host) -> None:
    host.bench.control.ask("cash", "hold_failure", code="F8")
    host.say("hold", "fail")


def test_note_is_taken_by_the_poll_after_escrow_and_credited_once(host: Host) -> None:
    host.insert(1000)
    host.wait("escrow")
    host.say("poll", "escrow_channel_3")
    host.say("hold", "ok")
    host.say("hold", "ok")
    assert place_of(state_of(host.bench)) == "escrow"
    host.say("poll", "stacking")
    wait_until(host.bench, lambda state: state["box"] == {"1000": 1})
    host.say("poll", "credit_and_stacked")
    host.wire.exchange(host.frame("disable"), host.frame("ok"))


def test_returned_note_lies_at_the_bezel_until_it_is_taken(host: Host) -> None:
    host.insert(1000)
    host.wait("escrow")
    host.say("poll", "escrow_channel_3")
    host.say("reject", "ok")
    host.wait("bezel")
    host.say("poll", "rejected")
    host.say("last_reject_code", "reject_code_08")
    with pytest.raises(ControlError, match="a note is in the way"):
        host.insert(1000)
    assert host.bench.control.ask("cash", "take")["denomination_fen"] == 1000
    with pytest.raises(ControlError, match="no note is at the bezel"):
        host.bench.control.ask("cash", "take")


def test_note_that_nobody_decides_on_comes_back(host: Host) -> None:
    host.bench.control.ask("cash", "timers", escrow_s=0.05)
    host.insert(1000)
    host.wait("bezel")
    host.say("poll", "rejected")
    host.say("last_reject_code", "reject_code_13")


def test_unknown_note_comes_back(host: Host) -> None:
    host.insert(1000, "invalid")
    host.wait("bezel")
    host.say("poll", "rejected")
    host.say("last_reject_code", "reject_code_02")


def test_inhibited_note_comes_back(start: StartBench) -> None:
    host = Host(start("cash"))
    host.say("poll", "reset_and_disabled")
    host.say("inhibits_channels_1_to_3", "ok")
    host.say("enable", "ok")
    host.insert(10000)
    host.wait("bezel")
    host.say("poll", "rejected")
    host.say("last_reject_code", "reject_code_06")


def test_disabled_unit_leaves_the_note_in_the_hand(start: StartBench) -> None:
    bench = start("cash")
    answer = bench.control.ask("cash", "insert", denomination_fen=1000)
    assert answer["drawn_in"] is False
    with pytest.raises(ControlError, match="must be one of 100, 500"):
        bench.control.ask("cash", "insert", denomination_fen=2)


def test_every_channel_inhibited_is_told_from_protocol_7_on(start: StartBench) -> None:
    host = Host(start("cash"))
    host.say("poll", "reset_and_disabled")
    host.say("host_protocol_7", "ok")
    host.say("enable", "ok")
    host.say("poll", "all_inhibited")


def test_same_flag_repeats_the_answer_and_does_nothing_again(host: Host) -> None:
    host.insert(1000)
    host.wait("escrow")
    for _turn in range(3):
        host.wire.exchange(host.frame("poll"), host.frame("escrow_channel_3"))
    assert place_of(state_of(host.bench)) == "escrow"


@pytest.mark.parametrize(("kind", "missing"), [("answer_lost", 9), ("garble", 0), ("drop_byte", 1)])
def test_spoilt_credit_is_told_again_under_the_same_flag(
    host: Host, kind: str, missing: int
) -> None:
    take_a_note(host)
    host.bench.control.ask("cash", "fault", kind=kind)
    host.wire.write(host.frame("poll"))
    credit = host.frame("credit_and_stacked")
    assert host.wire.read(len(credit) - missing) != credit
    assert host.wire.quiet()
    host.wire.exchange(host.frame("poll"), host.frame("credit_and_stacked"))
    assert state_of(host.bench)["box"] == {"1000": 1}


def take_a_note(host: Host) -> None:
    """A note of 10 yuan, up to the poll that will tell of its credit."""
    host.insert(1000)
    host.wait("escrow")
    host.say("poll", "escrow_channel_3")
    host.say("poll", "stacking")
    wait_until(host.bench, lambda state: state["box"] == {"1000": 1})


def test_every_movement_is_told_while_it_lasts(start: StartBench) -> None:
    host = Host(start("cash", motion_s=0.3))
    host.ready()
    host.insert(1000)
    host.say("poll", "reading")
    host.wait("escrow")
    host.say("poll", "escrow_channel_3")
    host.say("poll", "stacking")
    host.wait("safe")
    host.say("poll", "credit_channel_3_stacking")
    host.wait("none")
    host.say("poll", "stacked")
    host.insert(10000)
    host.wait("escrow")
    host.say("poll", "escrow_channel_6")
    host.say("disable", "ok")
    host.say("poll", "rejecting_disabled")
    host.wait("bezel")
    host.say("poll", "rejected_disabled")


def test_reset_gives_an_unread_note_back(start: StartBench) -> None:
    host = Host(start("cash", motion_s=0.3))
    host.ready()
    host.insert(1000)
    host.say("reset", "ok")
    host.wait("bezel")
    host.say("poll", "reset_and_front_unread")
    host.say("poll", "disabled")


def test_credit_told_twice_under_one_flag_is_one_note(host: Host) -> None:
    take_a_note(host)
    host.bench.control.ask("cash", "fault", kind="duplicate")
    host.wire.exchange(host.frame("poll"), host.frame("credit_and_stacked") * 2)


def test_wrong_crc_and_foreign_address_are_not_answered(start: StartBench) -> None:
    with start("cash").wire("cash") as wire:
        wire.write(V["poll_bad_crc"].data + V["poll_for_hopper"].data)
        assert wire.quiet()
        wire.exchange(V["cut_then_poll"].data, V["reset_and_disabled"].data)


@pytest.mark.parametrize(
    ("movement", "answer"), [("returning", "unsafe_jam"), ("stacking", "safe_jam")]
)
def test_jam_tells_whether_the_note_is_within_reach(host: Host, movement: str, answer: str) -> None:
    host.bench.control.ask("cash", "fault", kind="jam", on=movement)
    host.insert(1000)
    host.wait("escrow")
    host.say("poll", "escrow_channel_3")
    if movement == "returning":
        host.say("reject", "ok")
    host.say("poll", answer)
    host.say("enable", "cannot_process")
    assert host.bench.control.ask("cash", "unjam")["denomination_fen"] == 1000
    host.say("enable", "ok")
    assert state_of(host.bench)["box"] == {}


def test_removed_box_disables_and_is_emptied_by_hand(host: Host) -> None:
    ask = host.bench.control.ask
    ask("cash", "fill", count=3, denomination_fen=2000)
    with pytest.raises(ControlError, match="must be taken out first"):
        ask("cash", "empty_box")
    ask("cash", "remove_box")
    host.say("poll", "cashbox_removed_disabled")
    host.say("enable", "cannot_process")
    assert ask("cash", "empty_box")["notes"] == {"2000": 3}
    ask("cash", "insert_box")
    host.say("poll", "cashbox_replaced_disabled")
    host.say("enable", "ok")


def test_full_box_takes_nothing_in(host: Host) -> None:
    host.bench.control.ask("cash", "fill", count=300)
    host.say("poll", "stacker_full")
    answer = host.bench.control.ask("cash", "insert", denomination_fen=1000)
    assert answer["drawn_in"] is False


def test_fraud_is_told(host: Host) -> None:
    host.bench.control.ask("cash", "fraud")
    host.say("poll", "fraud_unread")


def test_changed_serial_number_is_told_stuffed(start: StartBench) -> None:
    bench = start("cash")
    bench.control.ask("cash", "serial", text="8323330")
    with bench.wire("cash") as wire:
        wire.exchange(V["serial_number_request"].data, V["serial_number_stuffed"].data)
    with pytest.raises(ControlError, match="decimal number below"):
        bench.control.ask("cash", "serial", text="4294967296")


def test_counters_count_stacked_and_rejected_notes(host: Host) -> None:
    for _turn in range(2):
        host.insert(1000)
        host.wait("escrow")
        host.say("poll", "escrow_channel_3")
        host.say("poll", "stacking")
        host.wait("none")
        host.say("poll", "credit_and_stacked")
    host.insert(1000, "invalid")
    host.wait("bezel")
    host.wire.exchange(V["counters_request"].data, V["counters"].data)


@pytest.mark.parametrize(
    ("place", "answer", "box"),
    [
        ("escrow", "reset_and_front_channel_3", {}),
        ("safe", "reset_and_cashbox_channel_3", {"1000": 1}),
    ],
)
def test_note_inside_at_power_up_is_brought_out_and_told_once(
    start: StartBench, place: str, answer: str, box: Json
) -> None:
    bench = start("cash", motion_s=0.15)
    host = Host(bench)
    host.ready()
    host.insert(1000)
    host.wait("escrow")
    host.say("poll", "escrow_channel_3")
    if place == "safe":
        host.say("poll", "stacking")
        host.wait("safe")
    bench.control.ask("cash", "power", on=False)
    assert host.wire.is_cut()
    assert state_of(bench)["power"] == "off"
    assert place_of(state_of(bench)) == place
    bench.control.ask("cash", "power", on=True)
    wait_until(bench, lambda state: place_of(state) in ("bezel", "none"))
    again = Host(bench)
    with again.wire:
        again.say("poll", answer)
        again.say("poll", "disabled")
    assert state_of(bench)["box"] == box


def test_notes_and_box_survive_a_restart_and_switches_do_not(start: StartBench, host: Host) -> None:
    take_a_note(host)
    host.insert(2000)
    host.wait("escrow")
    host.bench.stop()
    again = start("cash")
    wait_until(again, lambda state: place_of(state) == "bezel")
    assert state_of(again)["box"] == {"1000": 1}
    assert state_of(again)["enabled"] is False


def test_unit_without_a_host_disables_itself(host: Host) -> None:
    host.bench.control.ask("cash", "timers", silence_s=0.05)
    host.say("poll", "ok")
    wait_until(host.bench, lambda state: state["enabled"] is False)
    host.say("poll", "disabled")
