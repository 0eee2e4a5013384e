"""Both POS protocols against the real virtual-units process, over socket and pseudo-terminal."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import pytest
from peer import wait_until
from units_process import Units

from core.ports import (
    DayEnded,
    Done,
    HoldApproved,
    HoldsOpen,
    NoSuchTransaction,
    NotSent,
    PosReceipt,
    RefundApproved,
    Refused,
    SaleApproved,
    Unknown,
)
from devices.checks import Identity, Outcome
from devices.pos.mis_tlv.driver import MisLimits, MisOptions
from devices.pos.mis_tlv.requests import Till
from devices.pos.mis_tlv.service import MisPos
from devices.pos.mis_tlv.types import type_codes
from devices.pos.service import Pos
from devices.pos.zvt.driver import ZvtLimits
from devices.pos.zvt.service import ZvtPos

pytestmark = [
    pytest.mark.slow,
    pytest.mark.expects_warnings("devices.link", "devices.pos.mis_tlv.driver"),
]
PAN = "6222021234561234567"
CARD_WAIT_S = 1.5
TYPES = (
    "sign_in=01 sale=02 void=03 refund=04 hold=06 release=07 complete=08 reprint=09 settle=11 "
    "status=13"
)


@pytest.fixture(scope="module")
def units() -> Iterator[Units]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    started = Units(folder, "pos,pos_mis")
    yield started
    started.stop()
    rmtree(folder)


class Desk:
    """A service, and the unit at the other end of its line."""

    def __init__(self, units: Units, wire: str) -> None:
        self.units = units
        self.unit = "pos_mis" if wire == "mis" else "pos"
        self.pos: Pos = _mis(units) if wire == "mis" else _zvt(units, wire)

    def fault(self, kind: str, on: str, **fields: object) -> None:
        self.units.control.ask(self.unit, "fault", kind=kind, on=on, **fields)

    @contextmanager
    def patient(self, outcome: str = "approved") -> Iterator[None]:
        """Holds a card to the POS once it asks for one."""

        def present() -> None:
            wait_until(lambda: self.units.state(self.unit)["waiting_for_card"] is True)
            self.units.control.ask(self.unit, "present_card", pan=PAN, outcome=outcome)

        thread = threading.Thread(target=present)
        thread.start()
        yield
        thread.join()

    def hold(self, reference: str) -> HoldApproved | Refused | NotSent | Unknown:
        with self.patient():
            return self.pos.hold(reference, 50000, threading.Event())

    def sale(self, reference: str) -> SaleApproved | Refused | NotSent | Unknown:
        with self.patient():
            return self.pos.sale(reference, 12850, threading.Event())


def _zvt(units: Units, wire: str) -> ZvtPos:
    limits = ZvtLimits(
        ack_s=1,
        answer_s=1,
        card_wait_s=CARD_WAIT_S,
        host_s=0.5,
        day_end_s=0.5,
        look_s=0.02,
        ask_again_s=0.1,
    )
    return ZvtPos(units.path("pos", wire), limits=limits)


def _mis(units: Units) -> MisPos:
    limits = MisLimits(
        ack_s=1,
        answer_s=1,
        card_wait_s=CARD_WAIT_S,
        host_s=0.5,
        day_end_s=0.5,
        look_s=0.02,
        ask_again_s=0.1,
    )
    return MisPos(
        units.path("pos_mis"),
        types=type_codes(TYPES),
        till=Till("0019", "811615"),
        options=MisOptions(reference_tag=0xDF69),
        limits=limits,
    )


@pytest.fixture(params=["path", "serial", "mis"])
def till(units: Units, request: pytest.FixtureRequest) -> Desk:
    return Desk(units, str(request.param))


@pytest.fixture
def reference() -> str:
    return f"U{uuid4().hex[:15].upper()}"


def test_hold_is_placed_found_again_and_released(till: Desk, reference: str) -> None:
    approved = till.hold(reference)
    assert isinstance(approved, HoldApproved)
    assert approved.masked_card.startswith("622202*")
    assert PAN not in repr(approved)
    assert till.pos.last(reference) == approved
    assert till.pos.last("NOBODY") == NoSuchTransaction()
    assert till.pos.release(approved.receipt) == Done()


def test_sale_is_approved_voided_and_another_refunded(till: Desk, reference: str) -> None:
    sold = till.sale(reference)
    assert isinstance(sold, SaleApproved)
    assert till.pos.last_of(SaleApproved, reference) == sold
    assert till.pos.void(sold.receipt) == Done()
    again = till.sale(reference + "B")
    assert isinstance(again, SaleApproved)
    with till.patient():
        refunded = till.pos.refund(reference + "C", 3000, threading.Event(), receipt=again.receipt)
    assert isinstance(refunded, RefundApproved)
    assert refunded.amount_fen == 3000


@pytest.mark.parametrize("fault", ["answer_lost", "cut_after_execution"])
def test_answer_lost_after_the_sale_is_found_by_our_reference(
    till: Desk, reference: str, fault: str
) -> None:
    till.fault(fault, "sale")
    assert isinstance(till.sale(reference), SaleApproved)


@pytest.mark.parametrize("fault", ["garble", "drop_byte", "duplicate"])
def test_spoilt_answer_of_a_hold_is_never_a_false_yes_or_no(
    till: Desk, reference: str, fault: str
) -> None:
    till.fault(fault, "hold" if till.unit == "pos_mis" else "reservation")
    approved = till.hold(reference)
    assert isinstance(approved, HoldApproved)
    assert till.pos.release(approved.receipt) == Done()


def test_command_that_was_never_heard_is_unknown(till: Desk, reference: str) -> None:
    till.fault("silent", "sale")
    answer = till.pos.sale(reference, 12850, threading.Event())
    assert isinstance(answer, Unknown)
    assert till.pos.last_of(SaleApproved, reference) == NoSuchTransaction()


def test_declined_and_cancelled_are_refused(till: Desk, reference: str) -> None:
    with till.patient("declined"):
        declined = till.pos.sale(reference, 100, threading.Event())
    assert declined == Refused("card_declined", "51")
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    answer = till.pos.hold(reference + "X", 100, cancelled)
    assert isinstance(answer, Refused)
    assert answer.reason == "pos_timeout_or_cancelled"


def test_hold_is_completed_once(till: Desk, reference: str) -> None:
    approved = till.hold(reference)
    assert isinstance(approved, HoldApproved)
    answers = [_completed(till, approved, reference + str(turn)) for turn in (1, 2)]
    assert answers[0] == Done()
    assert isinstance(answers[1], Refused)


def _completed(till: Desk, hold: PosReceipt, reference: str) -> Done | Refused | NotSent | Unknown:
    return till.pos.complete(hold.receipt, hold.auth_code, 37655, reference, trace=hold.trace)


def test_day_end_tells_totals_and_lost_it_is_unknown(till: Desk, reference: str) -> None:
    assert isinstance(till.sale(reference), SaleApproved)
    ended = till.pos.day_end()
    assert isinstance(ended, DayEnded)
    assert sum(total.amount_fen for total in ended.totals) >= 12850
    till.fault("answer_lost", "settle" if till.unit == "pos_mis" else "end_of_day")
    assert isinstance(till.pos.day_end(), Unknown)


@pytest.mark.parametrize("wire", ["path", "serial"])
def test_part_of_a_zvt_hold_is_released_and_open_holds_are_told(
    units: Units, wire: str, reference: str
) -> None:
    till = Desk(units, wire)
    approved = till.hold(reference)
    assert isinstance(approved, HoldApproved)
    assert till.pos.open_holds() == HoldsOpen((approved.receipt,))
    answer = till.pos.partial_release(approved.receipt, 12345, reference=reference + "P")
    assert answer == Done()
    assert till.pos.open_holds() == HoldsOpen(())


def test_another_pos_shows_in_the_identity(units: Units) -> None:
    pos = _zvt(units, "path")
    before = pos.identity()
    units.control.ask("pos", "serial", text="20259999")
    after = pos.identity()
    assert isinstance(before, Identity)
    assert isinstance(after, Identity)
    assert after.serial.endswith("20259999")
    assert (after.serial != before.serial, after.firmware) == (True, before.firmware)


def test_checks_pass_on_a_healthy_pos(till: Desk, reference: str) -> None:
    assert isinstance(till.sale(reference), SaleApproved)
    for check in till.pos.checks():
        assert check.work().outcome is Outcome.PASSED, check.name


def test_pos_without_power_is_told_offline_and_sells_nothing(till: Desk, reference: str) -> None:
    till.units.control.ask(till.unit, "power", on=False)
    answer = till.pos.sale(reference, 100, threading.Event())
    assert isinstance(answer, NotSent | Unknown)
    till.units.control.ask(till.unit, "power", on=True)
    assert till.pos.last_of(SaleApproved, reference) == NoSuchTransaction()


def test_mis_pos_that_lost_its_sign_in_is_signed_in_again(units: Units, reference: str) -> None:
    till = Desk(units, "mis")
    assert isinstance(till.sale(reference), SaleApproved)
    units.control.ask("pos_mis", "sign_off")
    refused = till.pos.sale(reference + "A", 12850, threading.Event())
    assert refused == Refused("pos_not_ready", "00010014")
    assert isinstance(till.sale(reference + "B"), SaleApproved)


def test_mis_confirmation_without_a_result_is_found_by_our_reference(
    units: Units, reference: str
) -> None:
    till = Desk(units, "mis")
    till.fault("confirm_only", "sale")
    assert isinstance(till.sale(reference), SaleApproved)
