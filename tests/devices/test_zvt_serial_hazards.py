"""ZVT blocks on a serial line: damaged, unanswered, crossing and repeated ones."""

from __future__ import annotations

import threading

import pytest
from device_vectors import by_name
from peer import PtyWire, serial_peer

from core.ports import DeviceHealth, Refused, SaleApproved, Unknown
from devices.pos.zvt import channel as channels
from devices.pos.zvt import frames, serial_blocks
from devices.pos.zvt.driver import ZvtLimits
from devices.pos.zvt.service import ZvtPos

pytestmark = pytest.mark.expects_warnings("devices.link")
APDUS = by_name("zvt")
BLOCKS = {name: vector.raw.hex() for name, vector in by_name("zvt_serial").items()}
OURS = "ZF20250307000042"
LIMITS = ZvtLimits(
    ack_s=0.3, answer_s=0.5, card_wait_s=0.5, host_s=0.2, abort_s=0.5, look_s=0.02, ask_again_s=0.0
)
OK, DAMAGED = "06", "15"


def block(name: str) -> str:
    """The block of an APDU vector; the blocks themselves are judged by zvt_serial.toml."""
    apdu = frames.take(bytearray(APDUS[name].raw))
    assert apdu is not None
    return serial_blocks.encode(apdu).hex()


def sale(path: str, *, echoes_reference: bool = True) -> object:
    service = ZvtPos(path, limits=LIMITS, echoes_reference=echoes_reference)
    return service.sale(OURS, 12850, threading.Event())


def hear(wire: PtyWire, asked: str) -> None:
    """A block of the driver, acknowledged at both levels."""
    wire.expect(asked)
    wire.send(OK)
    tell(wire, BLOCKS["ack"], acknowledged=False)


def tell(wire: PtyWire, told: str, *, acknowledged: bool = True) -> None:
    """A block of the POS."""
    wire.send(told)
    wire.expect(OK)
    if acknowledged:
        wire.expect(BLOCKS["ack"])
        wire.send(OK)


def register(wire: PtyWire) -> None:
    hear(wire, BLOCKS["registration_cny"])
    tell(wire, block("registration_completion"))


def test_sale_is_approved_over_serial() -> None:
    def script(wire: PtyWire) -> None:
        register(wire)
        hear(wire, block("sale"))
        tell(wire, block("intermediate_insert_card"))
        tell(wire, block("status_information_sale"))
        tell(wire, BLOCKS["completion"])

    with serial_peer(script) as path:
        sold = sale(path)
    assert isinstance(sold, SaleApproved)
    assert (sold.amount_fen, sold.receipt) == (12850, "0001")


def test_damaged_command_is_sent_again() -> None:
    def script(wire: PtyWire) -> None:
        register(wire)
        wire.expect(block("sale"))
        wire.send(DAMAGED)
        hear(wire, block("sale"))
        tell(wire, block("status_information_sale"))
        tell(wire, BLOCKS["completion"])

    with serial_peer(script) as path:
        assert isinstance(sale(path), SaleApproved)


def test_command_damaged_three_times_is_refused_because_nothing_was_taken() -> None:
    def script(wire: PtyWire) -> None:
        register(wire)
        for _ in range(3):
            wire.expect(block("sale"))
            wire.send(DAMAGED)

    with serial_peer(script) as path:
        assert sale(path) == Refused("pos_not_ready", "NAK")


def test_command_without_any_answer_is_unknown_and_not_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(channels, "BLOCK_ANSWER_S", 0.2)

    def script(wire: PtyWire) -> None:
        register(wire)
        wire.expect(block("sale"))
        wire.expect_silence(0.5)

    with serial_peer(script) as path:
        assert isinstance(sale(path, echoes_reference=False), Unknown)


def test_damaged_block_of_the_pos_is_asked_for_again() -> None:
    def script(wire: PtyWire) -> None:
        register(wire)
        hear(wire, block("sale"))
        wire.send(block("status_information_sale")[:-2] + "00")
        wire.expect(DAMAGED)
        tell(wire, block("status_information_sale"))
        tell(wire, BLOCKS["completion"])

    with serial_peer(script) as path:
        assert isinstance(sale(path), SaleApproved)


def test_block_that_crosses_ours_is_kept() -> None:
    cancelled = threading.Event()

    def script(wire: PtyWire) -> None:
        register(wire)
        hear(wire, block("sale"))
        cancelled.set()
        wire.expect(block("abort_command"))
        wire.send(block("intermediate_insert_card"))
        wire.expect(OK)
        wire.send(OK)
        wire.expect(BLOCKS["ack"])
        wire.send(OK)
        tell(wire, block("abort_timeout_or_cancel"))

    with serial_peer(script) as path:
        service = ZvtPos(path, limits=LIMITS)
        answer = service.sale(OURS, 12850, cancelled)
    assert answer == Refused("pos_timeout_or_cancelled", "6C")


def test_abort_that_is_never_heard_does_not_make_a_sale_undone() -> None:
    cancelled = threading.Event()

    def script(wire: PtyWire) -> None:
        register(wire)
        hear(wire, block("sale"))
        cancelled.set()
        for _ in range(3):
            wire.expect(block("abort_command"))
            wire.send(DAMAGED)
        tell(wire, block("status_information_sale"))
        tell(wire, BLOCKS["completion"])

    with serial_peer(script) as path:
        service = ZvtPos(path, limits=LIMITS, echoes_reference=False)
        assert isinstance(service.sale(OURS, 12850, cancelled), SaleApproved)


def test_completion_counts_when_our_word_about_it_is_never_heard() -> None:
    def script(wire: PtyWire) -> None:
        register(wire)
        hear(wire, block("sale"))
        tell(wire, block("status_information_sale"))
        tell(wire, BLOCKS["completion"], acknowledged=False)
        for _ in range(3):
            wire.expect(BLOCKS["ack"])
            wire.send(DAMAGED)

    with serial_peer(script) as path:
        assert isinstance(sale(path, echoes_reference=False), SaleApproved)


def test_answer_lost_is_found_in_the_repeated_receipt() -> None:
    def script(wire: PtyWire) -> None:
        register(wire)
        hear(wire, block("sale"))
        register(wire)
        hear(wire, BLOCKS["status_enquiry"])
        tell(wire, block("status_enquiry_completion"))
        hear(wire, block("repeat_receipt"))
        tell(wire, block("status_information_sale"))
        tell(wire, BLOCKS["completion"])

    with serial_peer(script) as path:
        assert isinstance(sale(path), SaleApproved)


def test_unplugged_pos_is_offline() -> None:
    with serial_peer(lambda wire: wire.hang_up()) as path:
        service = ZvtPos(path, limits=LIMITS)
        assert service.status() == DeviceHealth("pos", "offline")
