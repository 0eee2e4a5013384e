"""The banknote acceptor's hazards over CCNET: the same service, told by states."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from cash_peers import CCNET_TABLE, CcnetPeer, ccnet_frame
from cash_stories import first, heard
from peer import PtyWire, serial_peer, wait_until

from core.flow import Event
from core.ports import (
    CashBoxRemoved,
    DeviceHealth,
    DeviceTrouble,
    Done,
    NoteFoundAtPowerUp,
    NoteOffered,
    NoteRejected,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    Unknown,
)
from devices.cash.ccnet.driver import CcnetLimits
from devices.cash.service import BanknoteAcceptor, CashLimits
from devices.cash.settings import ccnet_at
from devices.checks import Identity

pytestmark = pytest.mark.expects_warnings("devices.link")
POLL, STACK, RETURN, HOLD = "33", "35", "36", "38"
ALL_BILLS = "34 00 00 FC 00 00 FC"
NO_BILLS = "34 00 00 00 00 00 00"
IMPOSSIBLE = "30"
QUICK = CashLimits(look_s=0.01, keep_s=0.1, stack_s=1.0, disable_s=1.0)


def validator(path: str) -> BanknoteAcceptor:
    connect = ccnet_at(path, 9600, CcnetLimits(answer_s=0.3, start_s=2.0, start_look_s=0.0))
    return BanknoteAcceptor(connect, limits=QUICK)


def offered(service: BanknoteAcceptor) -> None:
    """Enabled, and a note of 10 yuan in escrow."""
    assert service.enable(10_000) == NotesAllowed((100, 500, 1000, 2000, 5000, 10000))
    note = first(service, NoteOffered)
    assert isinstance(note, NoteOffered)
    assert (note.denomination_fen, note.box_count) == (1000, None)


def with_offer(then: Callable[[CcnetPeer], None]) -> Callable[[PtyWire], None]:
    def script(wire: PtyWire) -> None:
        peer = CcnetPeer(wire)
        peer.start()
        peer.done(ALL_BILLS)
        peer.states("14", "15", "80 04")
        peer.done(HOLD)
        then(peer)

    return script


def test_note_is_credited_when_the_stacked_state_appears_and_once() -> None:
    over = threading.Event()

    def then(peer: CcnetPeer) -> None:
        peer.done(STACK)
        peer.states("17", "81 04", "81 04", "14")
        over.set()

    with serial_peer(with_offer(then)) as path:
        service = validator(path)
        offered(service)
        taken = service.take_note()
        assert isinstance(taken, NoteTaken)
        assert taken.denomination_fen == 1000
        told: list[Event] = []

        def is_over() -> bool:
            told.extend(service.poll())
            return over.is_set()

        wait_until(is_over)
        assert not any(isinstance(event, NoteTaken) for event in told)
        service.close()


def test_lost_answer_to_stack_is_not_repeated_and_the_states_tell() -> None:
    def then(peer: CcnetPeer) -> None:
        peer.hear(STACK)
        peer.states("17", "81 04")

    with serial_peer(with_offer(then)) as path:
        service = validator(path)
        offered(service)
        assert isinstance(service.take_note(), NoteTaken)
        service.close()


def test_stack_that_is_impossible_returns_the_note() -> None:
    def then(peer: CcnetPeer) -> None:
        peer.done(STACK, IMPOSSIBLE)
        peer.done(RETURN, IMPOSSIBLE)
        peer.states("18", "82 04")

    with serial_peer(with_offer(then)) as path:
        service = validator(path)
        offered(service)
        assert isinstance(service.take_note(), NoteReturned)
        service.close()


def test_garbled_credit_is_asked_for_again_by_nak() -> None:
    def then(peer: CcnetPeer) -> None:
        peer.done(STACK)
        peer.hear(POLL)
        garbled = bytearray(ccnet_frame("81 04"))
        garbled[-1] ^= 0x40
        peer.wire.write(bytes(garbled))
        peer.data("FF", "81 04")

    with serial_peer(with_offer(then)) as path:
        service = validator(path)
        offered(service)
        assert isinstance(service.take_note(), NoteTaken)
        service.close()


def test_hold_that_is_impossible_returns_the_note() -> None:
    def then(peer: CcnetPeer) -> None:
        peer.done(HOLD, IMPOSSIBLE)
        peer.done(RETURN, IMPOSSIBLE)
        peer.states("18", "82 04")

    with serial_peer(with_offer(then)) as path:
        service = validator(path)
        offered(service)
        heard(service, NoteReturned)
        service.close()


def test_note_is_returned_on_request() -> None:
    def then(peer: CcnetPeer) -> None:
        peer.done(RETURN)
        peer.states("18", "82 04")

    with serial_peer(with_offer(then)) as path:
        service = validator(path)
        offered(service)
        assert isinstance(service.return_note(), NoteReturned)
        service.close()


@pytest.mark.parametrize(
    ("states", "fate", "fen"),
    [
        (("11", "13", "18", "82 04", "19"), "returned", 1000),
        (("11", "13", "1C 66", "19"), "returned", None),
        (("11", "13", "19"), "returned", None),
        (("12", "13", "81 04", "19"), "stacked", 1000),
        (("12", "13", "19"), "stacked", None),
    ],
)
def test_bill_inside_at_power_up_is_told_once(
    states: tuple[str, ...], fate: str, fen: int | None
) -> None:
    def script(wire: PtyWire) -> None:
        peer = CcnetPeer(wire)
        peer.states(states[0])
        peer.done("30")
        peer.states(*states[1:])
        peer.data("41", CCNET_TABLE)

    with serial_peer(script) as path:
        service = validator(path)
        told = heard(service, NoteFoundAtPowerUp)
        found = told[0]
        assert isinstance(found, NoteFoundAtPowerUp)
        assert (found.fate, found.denomination_fen) == (fate, fen)
        assert told[1:] == [DeviceHealth("cash", "ok")]
        service.close()


def test_validator_left_enabled_is_disabled_first() -> None:
    def script(wire: PtyWire) -> None:
        peer = CcnetPeer(wire)
        peer.states("14")
        peer.done(NO_BILLS)
        peer.states("19")
        peer.data("41", CCNET_TABLE)

    with serial_peer(script) as path:
        service = validator(path)
        assert heard(service, DeviceHealth) == [DeviceHealth("cash", "ok")]
        service.close()


def test_note_in_escrow_after_our_own_restart_is_returned() -> None:
    def script(wire: PtyWire) -> None:
        peer = CcnetPeer(wire)
        peer.states("80 04")
        peer.done(RETURN)
        peer.states("18", "82 04", "14")
        peer.done(NO_BILLS)
        peer.states("19")
        peer.data("41", CCNET_TABLE)

    with serial_peer(script) as path:
        service = validator(path)
        found = first(service, NoteFoundAtPowerUp)
        assert isinstance(found, NoteFoundAtPowerUp)
        assert found.fate == "returned"
        service.close()


def test_power_cut_while_stacking_ends_the_note_by_the_power_up_state() -> None:
    def then(peer: CcnetPeer) -> None:
        peer.done(STACK)
        peer.states("17", "12", "12")
        peer.done("30")
        peer.states("13", "81 04", "19")
        peer.data("41", CCNET_TABLE)

    with serial_peer(with_offer(then)) as path:
        service = validator(path)
        offered(service)
        assert service.take_note() == Unknown("the acceptor started anew")
        told = heard(service, NoteFoundAtPowerUp)
        assert not any(isinstance(event, NoteTaken) for event in told)
        service.close()


def test_disable_is_done_after_two_looks_at_rest() -> None:
    def script(wire: PtyWire) -> None:
        peer = CcnetPeer(wire)
        peer.start()
        peer.done(ALL_BILLS)
        peer.done(NO_BILLS)
        peer.states("15", "1C 68", "19")

    with serial_peer(script) as path:
        service = validator(path)
        service.enable(10_000)
        assert service.disable() == Done()
        assert first(service, NoteRejected).reason == "68"
        service.close()


@pytest.mark.parametrize(
    ("state", "health", "reason"),
    [
        ("41", "out", "bin_full"),
        ("42", "out", "box_removed"),
        ("43", "jammed", "jam"),
        ("47 50", "jammed", "hardware_error"),
    ],
)
def test_fault_state_is_health_and_hinders_enabling(state: str, health: str, reason: str) -> None:
    def script(wire: PtyWire) -> None:
        peer = CcnetPeer(wire)
        peer.states(state)
        peer.data("41", CCNET_TABLE)

    with serial_peer(script) as path:
        service = validator(path)
        told = heard(service, DeviceHealth)
        assert told[-1] == DeviceHealth("cash", health)
        assert any(isinstance(event, CashBoxRemoved) for event in told) is (state == "42")
        assert service.enable(10_000) == DeviceTrouble("cash", reason)
        service.close()


def test_silent_validator_is_offline_and_identity_tells_when_it_is_back() -> None:
    def script(wire: PtyWire) -> None:
        peer = CcnetPeer(wire)
        for _ in range(3):
            peer.hear(POLL)
        peer.start()
        peer.data("37", "53 4D" + " 20" * 13 + " 30" * 8 + " 31 32 33 34" + " 00" * 7)

    with serial_peer(script) as path:
        service = validator(path)
        assert heard(service, DeviceHealth) == [DeviceHealth("cash", "offline")]
        assert service.identity() == Identity("CCNET", "SM", "000000001234")
        service.close()
