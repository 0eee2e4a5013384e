"""The motorised reader's hazards: no ACK, lost answers, jam, swapped cards, power cuts, doors."""

from __future__ import annotations

import pytest
from device_vectors import by_name
from peer import PtyWire, first_told, serial_peer

from core.ports import (
    CardGone,
    CardMoved,
    CardUnreadable,
    DeviceHealth,
    DeviceTrouble,
    Done,
    HealthCardPresent,
    Unknown,
)
from devices.card_reader import checks as reader_checks
from devices.card_reader.driver import ReaderLimits
from devices.card_reader.service import CardReader
from devices.checks import Fact, Identity, Outcome

pytestmark = pytest.mark.expects_warnings("devices.link")
V = {name: vector.raw.hex() for name, vector in by_name("crt310").items()}
ACK, NAK, ENQ = "06", "15", "05"
NUMBER_BLOCK = "02 00 15 35 33 01 00 59 31 32 33 34 35 36 37 38 00 00 00 00 00 00 00 00 03 42"
OPEN, SHUT = V["status_no_card"], V["status_no_card_prohibited"]
INSIDE_SHUT = "02 00 05 31 30 4A 4E 4E 03 4F"
AT_FRONT_SHUT = "02 00 05 31 30 49 4E 4E 03 4C"
TOO_LONG_SHUT = "02 00 05 31 30 46 4E 4E 03 43"
HOLD_FAILED = "02 00 03 32 31 4E 03 4F"
HOLD_NO_CARD = "02 00 03 32 31 45 03 44"
LIMITS = ReaderLimits(ack_s=0.15, pause_s=0.0, answer_s=0.4, reset_s=0.4, move_s=0.4)


def reader(path: str) -> CardReader:
    return CardReader(path, limits=LIMITS)


def ask(wire: PtyWire, command: str, answer: str) -> None:
    wire.expect(command)
    wire.send(ACK)
    wire.expect(ENQ)
    wire.send(answer)


def start(wire: PtyWire, *, entry: str = "entry_prohibited") -> None:
    ask(wire, V["reset"], V["reset_answer"])
    ask(wire, V["stop_at_rf"], V["stop_at_rf_answer"])
    ask(wire, V[entry], V[f"{entry.removesuffix('_by_switch')}_answer"])


def look(wire: PtyWire, *statuses: str) -> None:
    for status in statuses:
        ask(wire, V["status"], status)


def read(wire: PtyWire, block: str = NUMBER_BLOCK) -> None:
    """The card inside is read, and is still there afterwards."""
    ask(wire, V["m1_seek"], V["m1_seek_answer"])
    ask(wire, V["m1_uid"], V["m1_uid_answer"])
    ask(wire, V["m1_verify_a"], V["m1_verify_a_answer"])
    ask(wire, V["m1_read"], block)
    look(wire, INSIDE_SHUT)


def trouble(reason: str) -> DeviceTrouble:
    return DeviceTrouble("card_reader", reason)


WELL = DeviceHealth("card_reader", "ok")
OURS = HealthCardPresent("1A2B3C4D", "12345678")


def test_card_is_read_kept_given_back_and_taken() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, SHUT, INSIDE_SHUT)
        read(wire)
        look(wire, INSIDE_SHUT, INSIDE_SHUT)
        ask(wire, V["hold_at_front"], V["hold_at_front_answer"])
        look(wire, AT_FRONT_SHUT, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [WELL]
        assert service.poll() == [OURS]
        assert service.poll() == []
        assert service.give_back() == CardMoved()
        assert service.poll() == []
        assert service.poll() == [CardGone()]
        service.close()


def test_forgotten_card_is_captured_and_gone() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        read(wire)
        look(wire, AT_FRONT_SHUT)
        ask(wire, V["capture"], V["capture_answer"])
        look(wire, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [OURS, WELL]
        assert service.capture() == CardMoved()
        assert service.poll() == [CardGone()]
        service.close()


def test_card_that_waits_at_the_front_is_given_back_already() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, AT_FRONT_SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.give_back() == CardMoved()
        service.close()


def test_card_pushed_in_again_from_the_front_is_read_anew() -> None:
    other = "02 00 07 35 31 59 1A 2B 3C 4E 03 18"

    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        read(wire)
        look(wire, AT_FRONT_SHUT, INSIDE_SHUT)
        ask(wire, V["m1_seek"], V["m1_seek_answer"])
        ask(wire, V["m1_uid"], other)
        ask(wire, V["m1_verify_a"], V["m1_verify_a_answer"])
        ask(wire, V["m1_read"], NUMBER_BLOCK)
        look(wire, INSIDE_SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [OURS, WELL]
        assert service.poll() == []
        assert service.poll() == [CardGone(), HealthCardPresent("1A2B3C4E", "12345678")]
        service.close()


def test_card_that_moved_while_it_was_read_is_not_told() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        ask(wire, V["m1_seek"], V["m1_seek_answer"])
        ask(wire, V["m1_uid"], V["m1_uid_answer"])
        ask(wire, V["m1_verify_a"], V["m1_verify_a_answer"])
        ask(wire, V["m1_read"], NUMBER_BLOCK)
        look(wire, AT_FRONT_SHUT, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [WELL]
        assert service.poll() == []
        service.close()


def test_card_with_another_key_or_number_is_unreadable() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        ask(wire, V["m1_seek"], V["m1_seek_answer"])
        ask(wire, V["m1_uid"], V["m1_uid_answer_without_p"])
        ask(wire, V["m1_verify_a"], V["m1_verify_a_wrong_key"])
        look(wire, INSIDE_SHUT, SHUT, INSIDE_SHUT)
        read(wire, V["m1_read_answer"])

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [CardUnreadable("1A2B3C4D"), WELL]
        assert service.poll() == [CardGone()]
        assert service.poll() == [CardUnreadable("1A2B3C4D")]
        service.close()


def test_card_without_a_chip_is_unreadable_after_three_tries() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        for _ in range(3):
            look(wire, INSIDE_SHUT)
            ask(wire, V["m1_seek"], V["m1_seek_failed"])
        look(wire, INSIDE_SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [WELL]
        assert service.poll() == []
        assert service.poll() == [CardUnreadable("")]
        service.close()


def test_long_card_is_unreadable_and_the_reader_jammed_until_it_is_out() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, TOO_LONG_SHUT, TOO_LONG_SHUT, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [CardUnreadable(""), DeviceHealth("card_reader", "jammed")]
        assert service.poll() == []
        assert service.poll() == [CardGone(), WELL]
        service.close()


def test_slot_opens_when_its_status_says_so_and_again_after_power_on() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, entry="entry_by_switch")
        ask(wire, V["entry_by_switch"], V["entry_answer"])
        look(wire, OPEN, V["status_power_on"])
        ask(wire, V["entry_by_switch"], V["entry_answer"])
        look(wire, OPEN)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.accept_cards(True) == Done()
        assert service.poll() == [WELL]
        service.close()


def test_slot_that_does_not_follow_is_trouble() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, entry="entry_by_switch")
        ask(wire, V["entry_by_switch"], V["entry_answer"])
        look(wire, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.accept_cards(True) == trouble("hardware_error")
        service.close()


def test_move_without_ack_is_sent_again_because_enq_was_not_given() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        wire.expect(V["capture"])
        wire.expect_silence(0.05)
        wire.expect(V["capture"])
        wire.send(NAK)
        ask(wire, V["capture"], V["capture_answer"])

    with serial_peer(script) as path:
        service = reader(path)
        assert service.capture() == CardMoved()
        service.close()


def test_move_that_is_never_acknowledged_is_trouble_because_nothing_moved() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        for _ in range(3):
            wire.expect(V["capture"])
        wire.expect_silence(0.2)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.capture() == trouble("timeout")
        service.close()


@pytest.mark.parametrize("answer", ["", V["hold_at_front_answer"][:-2] + "00"])
def test_answer_of_a_move_lost_or_garbled_is_unknown(answer: str) -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        wire.expect(V["hold_at_front"])
        wire.send(ACK)
        wire.expect(ENQ)
        wire.send(answer)

    with serial_peer(script) as path:
        service = reader(path)
        assert isinstance(service.give_back(), Unknown)
        service.close()


def test_garbled_status_is_asked_again() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        ask(wire, V["status"], SHUT[:-2] + "00")
        look(wire, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [WELL]
        service.close()


def test_late_answer_to_another_command_is_passed_over() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        ask(wire, V["status"], V["light_on_answer"] + SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [WELL]
        service.close()


@pytest.mark.parametrize(
    ("answer", "reason", "health"),
    [
        (HOLD_FAILED, "jam", "jammed"),
        ("02 00 03 4E 32 06 03 78", "jam", "jammed"),
        (HOLD_NO_CARD, "user_error", "ok"),
        ("02 00 03 4E 32 07 03 79", "hardware_error", "ok"),
    ],
)
def test_move_that_failed_is_trouble(answer: str, reason: str, health: str) -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        ask(wire, V["hold_at_front"], answer)
        look(wire, AT_FRONT_SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.give_back() == trouble(reason)
        assert service.poll() == [DeviceHealth("card_reader", health)]
        service.close()


def test_no_card_to_give_back_or_capture_is_trouble() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, SHUT, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.give_back() == trouble("user_error")
        assert service.capture() == trouble("user_error")
        service.close()


def test_card_inside_after_a_power_cut_is_told_again() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        read(wire)
        for _ in range(3):
            wire.expect(V["status"])
        start(wire)
        look(wire, INSIDE_SHUT)
        read(wire)

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [OURS, WELL]
        assert service.poll() == [CardGone(), DeviceHealth("card_reader", "offline")]
        assert first_told(service.poll) == [OURS, WELL]
        service.close()


def test_unplugged_reader_is_offline_and_its_card_gone() -> None:
    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, INSIDE_SHUT)
        read(wire)
        wire.expect(V["status"])
        wire.hang_up()

    with serial_peer(script) as path:
        service = reader(path)
        assert service.poll() == [OURS, WELL]
        assert service.poll() == [CardGone(), DeviceHealth("card_reader", "offline")]
        assert service.give_back() == trouble("offline")
        service.close()


def test_silent_reader_is_offline_and_its_checks_fail() -> None:
    with serial_peer(lambda wire: None) as path:
        service = reader(path)
        assert service.poll() == [DeviceHealth("card_reader", "offline")]
        finding = service.checks()[0].work()
        assert (finding.outcome, finding.reason) == (Outcome.FAILED, "timeout")
        service.close()


def test_checks_tell_line_sensors_and_light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_checks, "LIGHT_S", 0.0)

    def script(wire: PtyWire) -> None:
        start(wire)
        look(wire, SHUT)
        ask(wire, V["read_serial"], V["serial_answer"])
        look(wire, SHUT)
        ask(wire, V["sensors"], V["sensors_no_card"])
        ask(wire, V["light_on"], V["light_on_answer"])
        ask(wire, V["light_off"], V["light_off_answer"])
        ask(wire, V["read_serial"], V["serial_answer"])

    with serial_peer(script) as path:
        service = reader(path)
        checks = {check.name: check for check in service.checks()}
        line = checks["line"].work()
        assert line.outcome is Outcome.PASSED
        assert line.facts[1:] == (Fact("firmware", "CRT 310 V3.0"), Fact("serial", "20250007"))
        assert Fact("sensors", "0000000") in checks["sensors"].work().facts
        assert checks["light"].work().outcome is Outcome.UNSURE
        assert service.identity() == Identity("CRT-310", "CRT 310 V3.0", "20250007")
        service.close()


def test_card_in_and_out_passes_with_its_times() -> None:
    def script(wire: PtyWire) -> None:
        start(wire, entry="entry_by_switch")
        ask(wire, V["entry_by_switch"], V["entry_answer"])
        look(wire, OPEN, OPEN, INSIDE_SHUT)
        ask(wire, V["entry_prohibited"], V["entry_prohibited_answer"])
        look(wire, INSIDE_SHUT)
        ask(wire, V["m1_seek"], V["m1_seek_answer"])
        ask(wire, V["m1_uid"], V["m1_uid_answer"])
        look(wire, INSIDE_SHUT)
        ask(wire, V["hold_at_front"], V["hold_at_front_answer"])
        look(wire, AT_FRONT_SHUT, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        check = service.checks()[-1]
        assert (check.name, check.hand) == ("card_in_and_out", "insert_card")
        finding = check.work()
        assert finding.outcome is Outcome.PASSED
        assert [fact.name for fact in finding.facts] == ["read_ms", "uid", "give_back_ms"]
        service.close()


def test_card_that_never_comes_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_checks, "PERSON_S", 0.0)

    def script(wire: PtyWire) -> None:
        start(wire, entry="entry_by_switch")
        ask(wire, V["entry_by_switch"], V["entry_answer"])
        look(wire, OPEN)
        ask(wire, V["entry_prohibited"], V["entry_prohibited_answer"])
        look(wire, SHUT)

    with serial_peer(script) as path:
        service = reader(path)
        finding = service.checks()[-1].work()
        assert (finding.outcome, finding.reason) == (Outcome.FAILED, "timeout")
        service.close()
