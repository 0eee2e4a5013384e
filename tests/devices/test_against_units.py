"""Each service against the real virtual-units process, as the terminal would use it."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from peer import wait_until
from units_process import SlotChild, Units

from core.document import Document, Pair, QrCode, TextLine
from core.flow import Event
from core.ports import (
    CardMoved,
    CardPath,
    CardTaken,
    CardWritten,
    CodeScanned,
    DeviceTrouble,
    Done,
    HoldApproved,
    IdCardGone,
    IdCardPresent,
    NoSuchTransaction,
    Printed,
    Refused,
    Unknown,
)
from devices.card_dispenser.driver import DispenserLimits
from devices.card_dispenser.service import CardDispenser
from devices.id_card.service import IdCardOptions, IdCardReader
from devices.pos.zvt.driver import ZvtLimits
from devices.pos.zvt.service import ZvtPos
from devices.receipt_printer.escpos.driver import PrinterLimits
from devices.receipt_printer.escpos.service import ReceiptPrinter
from devices.receipt_printer.escpos.status import PrinterStatus
from devices.scanner.opening import scanner_at

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices.link")]
SLIP = Document("D1", (TextLine("缴费凭证"), Pair("合计", "¥12.34"), QrCode("ZF-SLIP-0001")))
PAN = "6222021234561234567"


@pytest.fixture(scope="module")
def run_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    yield folder
    rmtree(folder)


@pytest.fixture(scope="module")
def units(run_dir: Path) -> Iterator[Units]:
    started = Units(run_dir, "id_reader,card_dispenser,scanner,pos,printer")
    yield started
    started.stop()


@pytest.fixture
def dispenser(units: Units) -> Iterator[CardDispenser]:
    limits = DispenserLimits(answer_s=1.0, initialise_s=1.0, move_s=1.0)
    service = CardDispenser(units.path("card_dispenser"), limits=limits)
    service.capture()
    yield service
    service.close()


@pytest.fixture
def pos(units: Units) -> ZvtPos:
    limits = ZvtLimits(ack_s=1, answer_s=1, card_wait_s=1, host_s=1, look_s=0.02, ask_again_s=0.1)
    return ZvtPos(units.path("pos"), limits=limits)


@pytest.fixture(params=["path", "tcp"])
def printer(units: Units, request: pytest.FixtureRequest) -> Iterator[ReceiptPrinter]:
    units.control.ask("printer", "paper", left="full")
    limits = PrinterLimits(job_s=3.0, look_s=0.1)
    service = ReceiptPrinter(units.path("printer", str(request.param)), limits=limits)
    yield service
    service.close()


def heard(poll: Callable[[], list[Event]], kind: type[Event]) -> Event:
    """The first event of a kind."""
    found: list[Event] = []

    def came() -> bool:
        found.extend(event for event in poll() if isinstance(event, kind))
        return bool(found)

    wait_until(came)
    return found[0]


def test_id_card_is_read_and_gone(units: Units) -> None:
    reader = IdCardReader(units.path("id_reader"), options=IdCardOptions(gone_after_ms=200))
    reader.poll()
    units.control.ask("id_reader", "place", name="张三", id_number="11010519491231002X")
    present = heard(reader.poll, IdCardPresent)
    assert isinstance(present, IdCardPresent)
    assert (present.document.name, present.document.sex) == ("张三", "F")
    assert present.document.birth_date == "1949-12-31"
    heard(reader.poll, IdCardGone)
    units.control.ask("id_reader", "remove")
    reader.close()


def test_garbled_id_card_answer_is_read_again(units: Units) -> None:
    reader = IdCardReader(units.path("id_reader"))
    reader.poll()
    units.control.ask("id_reader", "fault", kind="garble", on="select")
    units.control.ask("id_reader", "place", name="李四", id_number="440524188001010014")
    heard(reader.poll, IdCardPresent)
    units.control.ask("id_reader", "remove")
    reader.close()


def test_card_is_issued_and_taken(units: Units, dispenser: CardDispenser) -> None:
    units.control.ask("card_dispenser", "load", count=3)
    assert dispenser.to_encoder() == CardMoved()
    written = dispenser.write("20250001")
    assert isinstance(written, CardWritten)
    assert dispenser.present() == CardMoved()
    dispenser.poll()
    assert units.control.ask("card_dispenser", "take")["uid"] == written.uid
    heard(dispenser.poll, CardTaken)


def test_lost_answer_of_a_move_is_unknown_and_the_card_is_found(
    units: Units, dispenser: CardDispenser
) -> None:
    units.control.ask("card_dispenser", "load", count=3)
    units.control.ask("card_dispenser", "fault", kind="answer_lost", on="dispense")
    assert isinstance(dispenser.to_encoder(), Unknown)
    found = dispenser.where()
    assert isinstance(found, CardPath)
    assert found.position == "encoder"
    assert dispenser.capture() == CardMoved()


def test_wrong_read_back_is_trouble(units: Units, dispenser: CardDispenser) -> None:
    units.control.ask("card_dispenser", "load", count=3)
    assert dispenser.to_encoder() == CardMoved()
    units.control.ask("card_dispenser", "fault", kind="wrong_read_back", on="mifare", count=3)
    assert dispenser.write("20250002") == DeviceTrouble("card_dispenser", "hardware_error")
    assert dispenser.capture() == CardMoved()


def test_scanned_text_is_told(units: Units) -> None:
    scanner = scanner_at(units.path("scanner"))
    scanner.poll()
    units.control.ask("scanner", "show", text="ZF-SLIP-0001")
    assert heard(scanner.poll, CodeScanned) == CodeScanned("ZF-SLIP-0001")
    scanner.close()


def present_card(units: Units, outcome: str = "approved") -> threading.Thread:
    """A patient who holds a card to the POS once it asks for one."""

    def patient() -> None:
        wait_until(lambda: units.state("pos")["waiting_for_card"] is True)
        units.control.ask("pos", "present_card", pan=PAN, outcome=outcome)

    thread = threading.Thread(target=patient)
    thread.start()
    return thread


def test_hold_is_placed_found_again_and_released(units: Units, pos: ZvtPos) -> None:
    patient = present_card(units)
    approved = pos.hold("UNITS-HOLD-1", 50000, threading.Event())
    patient.join()
    assert isinstance(approved, HoldApproved)
    assert approved.masked_card.startswith("622202*")
    assert pos.last("UNITS-HOLD-1") == approved
    assert pos.last("UNITS-HOLD-9") == NoSuchTransaction()
    assert pos.release(approved.receipt) == Done()
    assert pos.release(approved.receipt) == Done()


@pytest.mark.parametrize("fault", ["answer_lost", "cut_after_execution"])
def test_hold_whose_answer_was_lost_is_found_by_our_reference(
    units: Units, pos: ZvtPos, fault: str
) -> None:
    units.control.ask("pos", "fault", kind=fault, on="reservation")
    patient = present_card(units)
    approved = pos.hold(f"UNITS-{fault}", 12300, threading.Event())
    patient.join()
    assert isinstance(approved, HoldApproved)
    answer = pos.complete(
        approved.receipt, approved.auth_code, 12000, "UNITS-DONE", trace=approved.trace
    )
    assert answer == Done()


def test_declined_and_cancelled_holds_are_refused(units: Units, pos: ZvtPos) -> None:
    patient = present_card(units, "declined")
    assert pos.hold("UNITS-DECLINED", 100, threading.Event()) == Refused("card_declined", "51")
    patient.join()
    cancelled = threading.Event()
    threading.Timer(0.3, cancelled.set).start()
    answer = pos.hold("UNITS-CANCELLED", 100, cancelled)
    assert answer == Refused("pos_timeout_or_cancelled", "6C")
    assert pos.status().state == "ok"


def test_slip_is_printed_with_its_text_and_code(units: Units, printer: ReceiptPrinter) -> None:
    assert printer.print_document(SLIP) == Printed()
    paper = units.last_paper()
    assert paper.codes == ("ZF-SLIP-0001",)
    assert any("缴费凭证" in line for line in paper.lines)
    assert any(line.endswith("￥12.34") for line in paper.lines)


def test_open_cover_prints_nothing(units: Units, printer: ReceiptPrinter) -> None:
    units.control.ask("printer", "cover", position="open")
    assert printer.print_document(SLIP) == DeviceTrouble("receipt_printer", "cover_open")
    units.control.ask("printer", "cover", position="closed")
    assert printer.status() is PrinterStatus.OK


def test_paper_that_ends_in_the_slip_is_unknown(units: Units, printer: ReceiptPrinter) -> None:
    units.control.ask("printer", "paper", left=2)
    assert printer.print_document(SLIP) == Unknown("paper_out")
    assert printer.print_document(SLIP) == DeviceTrouble("receipt_printer", "paper_out")


def test_card_goes_from_the_dispenser_into_the_slot_and_the_service_survives() -> None:
    folder = Path(tempfile.mkdtemp(prefix="zf-"))
    units = Units(folder, "card_dispenser,card_slot", "--vpcd-port", "23863")
    slot = SlotChild(units)
    try:
        wait_until(lambda: slot.next() == ["DeviceHealth", "ok"], 20.0)  # the daemon may be slow
        uid = issue(units, "20250007")
        units.control.ask("card_slot", "insert", uid=uid)
        assert slot.next() == ["HealthCardPresent", uid, "20250007"]
        units.control.ask("card_slot", "remove")
        assert slot.next() == ["CardGone"]
        blank = str(units.control.ask("wallet", "create")["uid"])
        units.control.ask("card_slot", "insert", uid=blank)
        assert slot.next() == ["CardUnreadable", blank]
        units.control.ask("card_slot", "remove")
        units.control.ask("card_slot", "insert", uid=uid)
        assert slot.next() == ["CardGone"]
        assert slot.next() == ["HealthCardPresent", uid, "20250007"]
        units.stop()
        assert sorted([slot.next(), slot.next()]) == [["CardGone"], ["DeviceHealth", "offline"]]
        units = Units(folder, "card_dispenser,card_slot", "--vpcd-port", "23863")
        assert slot.next() == ["DeviceHealth", "ok"]
    finally:
        slot.stop()
        units.stop()
        rmtree(folder)


def issue(units: Units, number: str) -> str:
    """One written card in the patient's hand; its UID."""
    service = CardDispenser(units.path("card_dispenser"))
    units.control.ask("card_dispenser", "load", count=1)
    assert service.to_encoder() == CardMoved()
    assert isinstance(service.write(number), CardWritten)
    assert service.present() == CardMoved()
    service.close()
    return str(units.control.ask("card_dispenser", "take")["uid"])
