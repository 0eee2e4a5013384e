"""The banknote acceptor's hazards over SSP: holding, credits, damaged answers, disabling, jams."""

from __future__ import annotations

import threading

import pytest
from cash_peers import (
    AT_REST,
    DISABLE,
    HOLD,
    OK,
    POLL,
    REJECT,
    WHY,
    SspPeer,
    ssp_frame,
)
from cash_stories import DUE_FEN, acceptor, first, heard, kinds, offered, poll_until, with_offer
from peer import PtyWire, serial_peer

from core.ports import (
    DeviceTrouble,
    Done,
    NoteRejected,
    NoteReturned,
    NotesAllowed,
    NoteTaken,
    Unknown,
)

pytestmark = pytest.mark.expects_warnings("devices.link")


def test_note_is_held_while_the_journal_writes_and_credited_at_the_credit_event() -> None:
    held, stacked = threading.Event(), threading.Event()

    def then(peer: SspPeer) -> None:
        peer.ask((HOLD, OK), (HOLD, OK))
        held.set()
        peer.ask((POLL, "F0 CC"), (POLL, "F0 CC"), (POLL, "F0 EE 03 CC"))
        peer.ask((POLL, "F0 EB"))
        stacked.set()

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        assert service.enable(DUE_FEN) == NotesAllowed((100, 500, 1000, 2000, 5000, 10000))
        note = offered(service)
        assert (note.denomination_fen, note.note_number, note.box_count) == (1000, 1, 2)
        poll_until(service, held)
        taken = service.take_note()
        assert isinstance(taken, NoteTaken)
        assert (taken.denomination_fen, taken.note_number) == (1000, 1)
        assert "NoteTaken" not in kinds(poll_until(service, stacked))
        service.close()


def test_note_is_given_back_on_request() -> None:
    def then(peer: SspPeer) -> None:
        peer.ask((REJECT, OK), (POLL, "F0 ED"), (POLL, "F0 EC"), (WHY, "F0 08"))

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        returned = service.return_note()
        assert isinstance(returned, NoteReturned)
        assert returned.note_number == 1
        service.close()


def test_only_notes_up_to_what_is_due_are_let_in() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.enable("07")
        peer.enable("0F")
        peer.ask((DISABLE, OK))

    with serial_peer(script) as path:
        service = acceptor(path)
        assert service.enable(1999) == NotesAllowed((100, 500, 1000))
        assert service.enable(2000) == NotesAllowed((100, 500, 1000, 2000))
        assert service.enable(99) == NotesAllowed(())
        service.close()


def test_overpay_setting_lets_in_the_next_note() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.enable("0F")

    with serial_peer(script) as path:
        service = acceptor(path, overpay_fen=100)
        assert service.enable(1900) == NotesAllowed((100, 500, 1000, 2000))
        service.close()


def test_note_nobody_decides_about_is_returned() -> None:
    def then(peer: SspPeer) -> None:
        peer.ask((REJECT, OK), (POLL, "F0 EC"), (WHY, "F0 08"))

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path, escrow_s=0)
        service.enable(DUE_FEN)
        assert kinds(heard(service, NoteReturned))[-2:] == ["NoteOffered", "NoteReturned"]
        service.close()


def test_refused_hold_returns_the_note_and_the_acceptor_tells_its_end() -> None:
    def then(peer: SspPeer) -> None:
        peer.ask((HOLD, "F5"), (REJECT, "F5"), (POLL, "F0 EC"), (WHY, "F0 13"))

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        heard(service, NoteReturned)
        assert service.take_note() == DeviceTrouble("cash", "user_error")
        service.close()


def test_lost_answer_with_the_credit_is_asked_for_again_and_credited_once() -> None:
    over = threading.Event()

    def then(peer: SspPeer) -> None:
        peer.ask((POLL, "F0 CC"))
        peer.hear(POLL)
        peer.hear(POLL)
        peer.answer("F0 EE 03")
        peer.ask((POLL, "F0 EB"), (POLL, AT_REST))
        over.set()

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        assert isinstance(service.take_note(), NoteTaken)
        assert "NoteTaken" not in kinds(poll_until(service, over))
        service.close()


def test_garbled_answer_with_the_credit_is_asked_for_again() -> None:
    def then(peer: SspPeer) -> None:
        peer.hear(POLL)
        garbled = bytearray(ssp_frame(peer.flag, "F0 EE 03"))
        garbled[-1] ^= 0x01
        peer.wire.write(bytes(garbled))
        peer.ask((POLL, "F0 EE 03"))

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        assert isinstance(service.take_note(), NoteTaken)
        service.close()


def test_disable_is_done_only_at_rest() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.enable()
        peer.ask((DISABLE, OK), (POLL, "F0 EF 00"), (POLL, "F0 ED"), (POLL, "F0 EC E8"))
        peer.ask((WHY, "F0 0C"), (POLL, AT_REST))

    with serial_peer(script) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        assert service.disable() == Done()
        rejected = first(service, NoteRejected)
        assert (rejected.reason, rejected.note_number) == ("0C", 1)
        service.close()


def test_disable_with_a_held_note_gives_it_back_first() -> None:
    def then(peer: SspPeer) -> None:
        peer.ask((REJECT, OK), (DISABLE, OK), (POLL, "F0 ED"), (POLL, "F0 EC E8"), (WHY, "F0 08"))
        peer.ask((POLL, AT_REST))

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        assert service.disable() == Done()
        assert first(service, NoteReturned).note_number == 1
        service.close()


def test_note_that_comes_in_while_disabling_goes_back_without_an_offer() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.enable()
        peer.ask((DISABLE, OK), (POLL, "F0 EF 03"), (REJECT, OK), (POLL, "F0 EC"), (WHY, "F0 08"))
        peer.ask((POLL, AT_REST))

    with serial_peer(script) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        assert service.disable() == Done()
        assert first(service, NoteRejected).reason == "08"
        service.close()


def test_disable_that_is_not_answered_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.enable()
        for _ in range(3):
            peer.hear(DISABLE)

    with serial_peer(script) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        assert service.disable() == Unknown("no answer")
        service.close()


def test_note_that_never_leaves_the_path_keeps_disable_unknown() -> None:
    def script(wire: PtyWire) -> None:
        peer = SspPeer(wire)
        peer.start()
        peer.ask((DISABLE, OK))
        while wire.read_some(1, 0.6):
            wire.read_exactly(5)
            peer.answer("F0 EF 00")

    with serial_peer(script) as path:
        service = acceptor(path)
        assert service.disable() == Unknown("a note is still in the path")
        service.close()


@pytest.mark.parametrize("jam", ["EA", "E9"])
def test_jam_while_stacking_is_unknown(jam: str) -> None:
    def then(peer: SspPeer) -> None:
        peer.ask((POLL, "F0 CC"), (POLL, f"F0 {jam}"))

    with serial_peer(with_offer(then)) as path:
        service = acceptor(path)
        service.enable(DUE_FEN)
        offered(service)
        assert service.take_note() == Unknown("jam")
        assert service.enable(DUE_FEN) == DeviceTrouble("cash", "busy")
        service.close()
