"""The vending controller's hazards: it is master, repeats itself, falls silent, loses words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from peer import LIMIT_S, PtyWire, serial_peer, wait_until

from core.flow import Event
from core.ports import (
    DeviceHealth,
    DeviceTrouble,
    NotVended,
    Unknown,
    Vended,
    VendingDoorChanged,
    VendingSlot,
)
from devices.checks import Identity, Outcome
from devices.vending.driver import VendingLimits
from devices.vending.service import VendingMachine

pytestmark = pytest.mark.expects_warnings("devices.link")
POLL, ACK = "FA FB 41 00 40", "FA FB 42 00 43"
SYNC = "FA FB 31 01 01 30"
CHECK_1 = "FA FB 01 03 02 00 01 00"
FIT_1 = "FA FB 02 04 01 01 00 01 06"
OUT_OF_STOCK_1 = "FA FB 02 04 01 02 00 01 05"
BUY_1 = "FA FB 03 03 03 00 01 03"
MOVING = "FA FB 04 04 02 01 00 01 03"
DELIVERED = "FA FB 04 04 03 02 00 01 01"
SLOT_1 = "FA FB 11 0C 01 00 01 00 00 01 F4 05 0A 00 01 00 E7"
SLOT_2 = "FA FB 11 0C 02 00 02 00 00 01 F4 00 0A 00 02 00 E1"
QUICK = VendingLimits(poll_s=0.5, ask_s=1.5, word_s=0.6, slots_s=0.2, machine_s=60.0)


class Controller:
    """The VMC's side: every exchange begins here."""

    def __init__(self, wire: PtyWire) -> None:
        self.wire = wire

    def order(self, command: str) -> None:
        """Polls until this command comes, then acknowledges it."""
        self.hear(command)
        self.wire.send(ACK)

    def hear(self, command: str) -> None:
        """Polls until this command comes; until then only ACKs may come, or nothing."""
        for _ in range(400):
            self.wire.send(POLL)
            first = self.wire.read_some(1, 0.2)
            if not first:
                continue
            head = first + self.wire.read_exactly(3)
            rest = self.wire.read_exactly(head[3] + 1)
            if head + rest == bytes.fromhex(command):
                return
            assert head + rest == bytes.fromhex(ACK), (head + rest).hex(" ")
            threading.Event().wait(0.01)
        raise AssertionError(f"{command} never came")

    def tell(self, message: str) -> None:
        """A message, acknowledged by the host."""
        self.wire.send(message)
        self.wire.expect(ACK)

    def idle_until(self, reached: threading.Event) -> None:
        """Polls; an order that comes is acknowledged, and a host that left is no matter."""
        for _ in range(400):
            self.wire.send(POLL)
            first = self.wire.read_some(1, 0.1)
            if first:
                head = first + self.wire.read_exactly(3)
                self.wire.read_exactly(head[3] + 1)
                if head[2] != 0x42:
                    self.wire.send(ACK)
            if reached.wait(0.01):
                return
        raise AssertionError("never reached")


@contextmanager
def machine(
    script: Callable[[Controller], None], limits: VendingLimits = QUICK
) -> Iterator[tuple[VendingMachine, threading.Event]]:
    """A service whose controller was synchronised, plays `script`, and polls until the end."""
    over = threading.Event()

    def far_end(wire: PtyWire) -> None:
        controller = Controller(wire)
        controller.order(SYNC)
        script(controller)
        if not over.is_set():
            controller.idle_until(over)

    with serial_peer(far_end) as path:
        service = VendingMachine(path, limits=limits)
        try:
            yield service, over
        finally:
            over.set()
            service.close()


def heard(service: VendingMachine, kind: type[Event]) -> Event:
    found: list[Event] = []

    def came() -> bool:
        found.extend(event for event in service.poll() if isinstance(event, kind))
        return bool(found)

    wait_until(came)
    return found[0]


def bought(controller: Controller) -> None:
    """Selection 1 checked and bought."""
    controller.order(CHECK_1)
    controller.tell(FIT_1)
    controller.order(BUY_1)


def test_drop_that_was_seen_is_vended() -> None:
    def script(controller: Controller) -> None:
        bought(controller)
        controller.tell(MOVING)
        controller.tell(DELIVERED)

    with machine(script) as (service, _):
        assert service.vend(1) == Vended(1)


@pytest.mark.parametrize(
    ("status", "check", "reason"),
    [
        ("03", "00", "jam"),
        ("04", "07", "jam"),
        ("06", "05", "user_error"),
        ("07", "04", "hardware_error"),
        ("FF", "FC", "hardware_error"),
    ],
)
def test_failed_delivery_is_trouble(status: str, check: str, reason: str) -> None:
    def script(controller: Controller) -> None:
        bought(controller)
        controller.tell(f"FA FB 04 04 03 {status} 00 01 {check}")

    with machine(script) as (service, _):
        assert service.vend(1) == DeviceTrouble("vending", reason)


def test_selection_without_stock_is_not_bought() -> None:
    def script(controller: Controller) -> None:
        controller.order(CHECK_1)
        controller.tell(OUT_OF_STOCK_1)

    with machine(script) as (service, _):
        assert service.vend(1) == DeviceTrouble("vending", "empty")


def test_silence_after_the_buy_is_unknown_and_the_late_word_is_told_once() -> None:
    late = threading.Event()

    def script(controller: Controller) -> None:
        bought(controller)
        controller.tell(MOVING)
        controller.idle_until(late)
        controller.tell(DELIVERED)
        controller.tell(DELIVERED)

    with machine(script) as (service, _):
        assert isinstance(service.vend(1), Unknown)
        late.set()
        assert heard(service, Vended) == Vended(1)
        assert not any(isinstance(event, Vended) for event in service.poll())


def test_late_failure_is_told() -> None:
    late = threading.Event()

    def script(controller: Controller) -> None:
        bought(controller)
        controller.idle_until(late)
        controller.tell("FA FB 04 04 03 03 00 01 00")

    with machine(script) as (service, _):
        assert isinstance(service.vend(1), Unknown)
        late.set()
        assert heard(service, NotVended) == NotVended(1, "jam")


def test_buy_without_ack_is_repeated_with_the_same_number_five_times_and_unknown() -> None:
    def script(controller: Controller) -> None:
        controller.order(CHECK_1)
        controller.tell(FIT_1)
        for _ in range(5):
            controller.hear(BUY_1)
        controller.wire.send(POLL)
        controller.wire.expect(ACK)

    with machine(script) as (service, _):
        assert isinstance(service.vend(1), Unknown)


def test_buy_without_ack_that_was_executed_is_vended() -> None:
    def script(controller: Controller) -> None:
        controller.order(CHECK_1)
        controller.tell(FIT_1)
        controller.hear(BUY_1)
        controller.tell(DELIVERED)

    with machine(script) as (service, _):
        assert service.vend(1) == Vended(1)


def test_controller_that_falls_silent_before_the_buy_delivered_nothing() -> None:
    def script(controller: Controller) -> None:
        controller.order(CHECK_1)
        controller.wire.send(FIT_1)
        controller.wire.expect(ACK)
        controller.wire.expect_silence(2.0)

    with machine(script) as (service, over):
        assert service.vend(1) == DeviceTrouble("vending", "offline")
        over.set()


def test_order_on_a_lost_line_is_not_put_on_the_next_one() -> None:
    back = threading.Event()

    def script(controller: Controller) -> None:
        controller.order(CHECK_1)
        controller.tell(FIT_1)
        controller.hear(BUY_1)
        controller.wire.expect_silence(0.7)
        controller.order(SYNC)
        for _ in range(5):
            controller.wire.send(POLL)
            controller.wire.expect(ACK)
        back.set()

    with machine(script, VendingLimits(poll_s=0.3, ask_s=1.5, word_s=2.0)) as (service, _):
        assert isinstance(service.vend(1), Unknown)
        assert back.wait(LIMIT_S)


def test_silent_controller_is_offline_and_back_when_it_polls() -> None:
    def script(controller: Controller) -> None:
        controller.wire.expect_silence(0.8)
        controller.order(SYNC)

    with machine(script) as (service, _):
        wait_until(lambda: DeviceHealth("vending", "offline") in service.poll())
        wait_until(lambda: DeviceHealth("vending", "ok") in service.poll())


def test_garbled_message_is_not_acknowledged_and_its_repeat_is_heard() -> None:
    def script(controller: Controller) -> None:
        bought(controller)
        controller.wire.send("FA FB 04 04 03 02 00 01 FF")
        controller.wire.expect_silence(0.1)
        controller.tell(DELIVERED)

    with machine(script) as (service, _):
        assert service.vend(1) == Vended(1)


def test_polls_are_answered_while_nobody_uses_the_service() -> None:
    answered = threading.Event()

    def script(controller: Controller) -> None:
        for _ in range(20):
            controller.wire.send(POLL)
            controller.wire.expect(ACK)
        answered.set()

    with machine(script) as (service, _):
        service.poll()
        assert answered.wait(LIMIT_S)


def test_slots_are_what_the_controller_tells() -> None:
    def script(controller: Controller) -> None:
        controller.order("FA FB 31 01 02 33")
        controller.tell(SLOT_1)
        controller.tell(SLOT_2)

    with machine(script) as (service, _):
        assert service.slots() == (VendingSlot(1, 5, 10, False), VendingSlot(2, 0, 10, False))


def test_door_and_machine_number_are_told() -> None:
    machine_open = (
        "FA FB 52 18 01 00 00 00 00 01 00 00 00 00 00 00 00 00 30 30 30 30 30 30 30 30 30 37 4C"
    )

    def script(controller: Controller) -> None:
        controller.order("FA FB 51 01 02 53")
        controller.tell(machine_open)

    with machine(script) as (service, _):
        assert service.identity() == Identity("VMC V3.0", "", "0000000007")
        assert heard(service, VendingDoorChanged) == VendingDoorChanged(True)


def test_check_vends_one_booklet_from_a_slot_that_has_some() -> None:
    def script(controller: Controller) -> None:
        controller.order("FA FB 31 01 02 33")
        controller.tell(SLOT_2)
        controller.tell(SLOT_1)
        controller.order("FA FB 01 03 03 00 01 01")
        controller.tell("FA FB 02 04 05 01 00 01 02")
        controller.order("FA FB 03 03 04 00 01 04")
        controller.tell(DELIVERED)

    with machine(script) as (service, _):
        check = service.checks()[-1]
        assert check.consumes
        assert check.work().outcome is Outcome.PASSED
