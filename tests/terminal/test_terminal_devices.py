"""Acts of devices against the virtual units: the real services on real wires."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from slip_contents import HEAD, MOMENT, PLAIN
from terminal_bench import MESSAGES, NO_WISH

from core.catalogue import Catalogue
from core.operation import pos_reference
from core.ports import (
    CardMoved,
    CardWritten,
    DeviceTrouble,
    Done,
    HoldApproved,
    NoSuchTransaction,
    Printed,
    Refused,
)
from core.steps import (
    AskPosForLast,
    CaptureCard,
    CheckPrinter,
    FindDispenserCard,
    MoveCardToEncoder,
    PlaceHoldAtPos,
    PresentCard,
    PrintSlip,
    ReleaseHoldAtPos,
    WriteCard,
)
from devices.card_dispenser.service import CardDispenser
from devices.pos.zvt.service import ZvtPos
from devices.receipt_printer.escpos.service import ReceiptPrinter
from sandbox.units.control import ControlClient
from terminal.device_acts import DispenserActs, PosActs, PrinterActs

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 10
OPERATION_ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
PAN = "6222021234567890123"
OTHER_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


class Units:
    """Running units, their paths and their control."""

    def __init__(self, folder: Path) -> None:
        self.control = ControlClient(folder / "control.sock")
        self._wires = json.loads((folder / "units.json").read_text("utf-8"))

    def state(self, unit: str) -> dict[str, Any]:
        """How one unit is."""
        return cast(dict[str, Any], self.control.state()[unit])

    def path(self, unit: str) -> str:
        """What the settings would name."""
        return str(self._wires[unit]["path"])


def _wait(condition: Callable[[], bool]) -> None:
    """Until it is true, with a limit."""
    pause = threading.Event()
    for _ in range(LIMIT_S * 50):
        if condition():
            return
        pause.wait(0.02)
    raise AssertionError("waited in vain")


@contextmanager
def _when_the_pos_waits(units: Units, then: Callable[[], object]) -> Iterator[None]:
    """What a patient does once the POS asks for a card."""

    def patient() -> None:
        _wait(lambda: bool(units.state("pos")["waiting_for_card"]))
        then()

    thread = threading.Thread(target=patient)
    thread.start()
    yield
    thread.join(LIMIT_S)


@contextmanager
def _running(folder: Path) -> Iterator[Units]:
    command = [sys.executable, "-m", "sandbox.units", "--run-dir", str(folder)]
    options = ["--only", "card_dispenser,pos,printer", "--motion-s", "0.02", "--card-wait-s", "5"]
    process = subprocess.Popen([*command, *options], cwd=ROOT)
    try:
        _wait(lambda: (folder / "units.json").exists() or process.poll() is not None)
        units = Units(folder)
        yield units
        units.control.close()
    finally:
        process.terminate()
        process.wait(LIMIT_S)


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Units]:
    """One set for all tests here."""
    with _running(tmp_path_factory.mktemp("u")) as running:
        yield running


def test_card_goes_from_the_stacker_to_the_bin(units: Units) -> None:
    units.control.ask("card_dispenser", "load", count=5)
    service = CardDispenser(units.path("card_dispenser"))
    acts = DispenserActs(service)
    empty = acts.where(FindDispenserCard(), NO_WISH)
    assert not isinstance(empty, DeviceTrouble)
    assert acts.to_encoder(MoveCardToEncoder(), NO_WISH) == CardMoved()
    written = acts.write(WriteCard("260000000101"), NO_WISH)
    assert isinstance(written, CardWritten)
    assert acts.present(PresentCard(), NO_WISH) == CardMoved()
    held = acts.where(FindDispenserCard(), NO_WISH)
    assert acts.capture(CaptureCard(), NO_WISH) == CardMoved()
    gone = acts.where(FindDispenserCard(), NO_WISH)
    service.close()
    assert not isinstance(held, DeviceTrouble)
    assert not isinstance(gone, DeviceTrouble)
    assert (empty.position, held.position, gone.position) == ("none", "gate", "none")


def test_hold_counts_only_with_our_own_reference(units: Units) -> None:
    acts = PosActs(ZvtPos(units.path("pos")))
    with _when_the_pos_waits(units, lambda: units.control.ask("pos", "present_card", pan=PAN)):
        held = acts.hold(PlaceHoldAtPos(OPERATION_ID, 200_000), threading.Event())
    assert isinstance(held, HoldApproved)
    assert (held.reference, held.amount_fen) == ("0F8FAD5BD9CB", 200_000)
    assert acts.last(AskPosForLast(OPERATION_ID), NO_WISH) == held
    assert acts.last(AskPosForLast(OTHER_ID), NO_WISH) == NoSuchTransaction()
    assert acts.release(ReleaseHoldAtPos(OPERATION_ID, held.receipt), NO_WISH) == Done()


def test_wish_to_leave_before_the_pos_was_asked_is_refused(units: Units) -> None:
    wish = threading.Event()
    wish.set()
    acts = PosActs(ZvtPos(units.path("pos")))
    answer = acts.hold(PlaceHoldAtPos(OTHER_ID, 200_000), wish)
    assert answer == Refused("pos_timeout_or_cancelled")


def test_wish_to_leave_while_the_pos_waits_aborts_it_there(units: Units) -> None:
    wish = threading.Event()
    acts = PosActs(ZvtPos(units.path("pos")))
    with _when_the_pos_waits(units, wish.set):
        answer = acts.hold(PlaceHoldAtPos(OTHER_ID, 200_000), wish)
    assert isinstance(answer, Refused)
    assert answer.reason == "pos_timeout_or_cancelled"
    assert units.state("pos")["open_holds"] == []


def _printer(units: Units, language: str) -> tuple[ReceiptPrinter, PrinterActs]:
    service = ReceiptPrinter(units.path("printer"))
    catalogue = Catalogue(language, MESSAGES)
    mark = (MOMENT.journal_seq, MOMENT.journal_hash)
    return service, PrinterActs(service, lambda: HEAD, lambda: mark, lambda: catalogue)


@pytest.mark.parametrize(("language", "title"), [("zh", "结算凭条"), ("en", "Settlement slip")])
def test_slip_comes_out_in_the_language_of_the_moment(
    units: Units, language: str, title: str
) -> None:
    service, acts = _printer(units, language)
    assert acts.check(CheckPrinter(), NO_WISH) == Done()
    assert acts.print_slip(PrintSlip(PLAIN["settlement"]), NO_WISH) == Printed()
    service.close()
    papers = cast(list[dict[str, list[str]]], units.control.books("printer")["papers"])
    lines = "\n".join(papers[-1]["lines"])
    assert title in lines
    assert "ab12cd34" in lines


def test_printer_without_paper_is_told_before_money_is_taken(units: Units) -> None:
    service, acts = _printer(units, "en")
    units.control.ask("printer", "paper", left="out")
    assert acts.check(CheckPrinter(), NO_WISH) == DeviceTrouble("receipt_printer", "paper_out")
    service.close()


def test_reference_at_the_pos_is_twelve_digits_of_the_id() -> None:
    assert pos_reference(OPERATION_ID) == "0F8FAD5BD9CB"
