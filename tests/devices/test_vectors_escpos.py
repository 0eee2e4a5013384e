"""ESC/POS coder against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import by_name

from core.document import Picture
from devices.receipt_printer.escpos import frames as escpos
from devices.receipt_printer.escpos.answers import Automatic, Echo, InOrder, RealTime, Told, take
from devices.receipt_printer.escpos.status import (
    PrinterStatus,
    Sensors,
    automatic_status,
    in_order_status,
    status_of,
)

COMMANDS: dict[str, bytes] = {
    "initialise": escpos.INITIALISE,
    "chinese_on": escpos.CHINESE_ON,
    "align_left": escpos.ALIGN_LEFT,
    "align_centre": escpos.ALIGN_CENTRE,
    "align_right": escpos.ALIGN_RIGHT,
    "bold_on": escpos.BOLD_ON,
    "bold_off": escpos.BOLD_OFF,
    "drawer": escpos.drawer_pulse(0),
    "feed_3_lines": escpos.feed(3),
    "size_double": escpos.SIZE_DOUBLE,
    "size_normal": escpos.SIZE_NORMAL,
    "text_mixed": escpos.text_bytes("中文ABC") + escpos.LINE_END,
    "text_full_width_yen": escpos.text_bytes("\u00a55"),
    "text_four_byte": escpos.text_bytes("𠮷㐀"),
    "ask_printer": escpos.ask_status(1),
    "ask_offline_cause": escpos.ask_status(2),
    "ask_error": escpos.ask_status(3),
    "ask_paper": escpos.ask_status(4),
    "ask_paper_in_order": escpos.ASK_PAPER_IN_ORDER,
    "ask_response_67": escpos.ask_echo(b"0007"),
    "ask_model": escpos.ask_identity(escpos.MODEL),
    "asb_all": escpos.AUTOMATIC_STATUS_ON,
    "recover_clear": escpos.RECOVER_AND_CLEAR,
    "raster_8_by_2": escpos.raster(Picture(8, b"\xff\x81")),
    "raster_16_by_2": escpos.raster(Picture(16, b"\xff\x00\x00\xff")),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_printer_command_is_the_vector(name: str) -> None:
    assert by_name("escpos")[name].raw == COMMANDS[name]


def test_qr_code_is_its_five_vectors() -> None:
    found = by_name("escpos")
    level_m = bytes.fromhex("1D 28 6B 03 00 31 45 31")
    wanted = [
        found["qr_model_2"].raw,
        found["qr_module_6"].raw,
        level_m,
        found["qr_store_hello"].raw,
        found["qr_print"].raw,
    ]
    assert escpos.qr_code("HELLO") == b"".join(wanted)


@pytest.mark.parametrize(
    ("number", "name", "status"),
    [
        (1, "status_healthy", PrinterStatus.OK),
        (1, "printer_with_drawer", PrinterStatus.OK),
        (1, "printer_offline", PrinterStatus.OFFLINE),
        (2, "offline_paper_out", PrinterStatus.PAPER_OUT),
        (2, "offline_cover_open", PrinterStatus.COVER_OPEN),
        (2, "offline_error", PrinterStatus.ERROR),
        (3, "error_cutter", PrinterStatus.CUTTER_JAM),
        (4, "paper_near_end", PrinterStatus.PAPER_LOW),
        (4, "paper_out", PrinterStatus.PAPER_OUT),
    ],
)
def test_status_vector_gives_its_word(number: int, name: str, status: PrinterStatus) -> None:
    answer = take(bytearray(by_name("escpos")[name].raw))
    assert isinstance(answer, RealTime)
    answers = [0x12, 0x12, 0x12, 0x12]
    answers[number - 1] = answer.byte
    assert status_of(Sensors(*answers)) is status


def test_several_causes_tell_the_worst() -> None:
    assert status_of(Sensors(0x1A, 0x36, 0x1A, 0x7E)) is PrinterStatus.COVER_OPEN


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("asb_healthy", PrinterStatus.OK),
        ("asb_paper_out", PrinterStatus.PAPER_OUT),
        ("asb_paper_near_end", PrinterStatus.PAPER_LOW),
        ("asb_cover_open", PrinterStatus.COVER_OPEN),
        ("asb_cutter", PrinterStatus.CUTTER_JAM),
    ],
)
def test_automatic_status_vector_gives_its_word(name: str, status: PrinterStatus) -> None:
    buffer = bytearray(by_name("escpos")[name].raw)
    answer = take(buffer)
    assert isinstance(answer, Automatic)
    assert not buffer
    assert automatic_status(answer) is status


def test_echo_and_model_vectors_are_told_apart() -> None:
    found = by_name("escpos")
    assert take(bytearray(found["response_67"].raw)) == Echo(b"0007")
    assert take(bytearray(found["model_answer"].raw)) == Told("ZF-80")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("in_order_paper_full", PrinterStatus.OK),
        ("in_order_paper_near_end", PrinterStatus.PAPER_LOW),
    ],
)
def test_in_order_vector_gives_its_word(name: str, status: PrinterStatus) -> None:
    answer = take(bytearray(by_name("escpos")[name].raw))
    assert isinstance(answer, InOrder)
    assert in_order_status(answer.byte) is status
