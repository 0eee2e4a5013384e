"""ESC/POS, PC/SC and line scanner coders against the hand-written vectors."""

from __future__ import annotations

import pytest
from device_vectors import Vector, by_name, vectors

from devices.errors import DeviceRefused
from devices.m1_layout import M1Layout
from devices.receipt_printer.escpos import frames as escpos
from devices.receipt_printer.escpos.status import (
    PrinterStatus,
    in_order_status,
    is_in_order,
    is_real_time,
    status_of,
)
from devices.scanner.line.frames import CodeSplitter, text_of
from devices.smart_card import frames as m1

PRINTER_COMMANDS: dict[str, bytes] = {
    "initialise": escpos.INITIALISE,
    "chinese_on": escpos.CHINESE_ON,
    "align_left": escpos.ALIGN_LEFT,
    "align_centre": escpos.ALIGN_CENTRE,
    "align_right": escpos.ALIGN_RIGHT,
    "bold_on": escpos.BOLD_ON,
    "bold_off": escpos.BOLD_OFF,
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
}
CARD_COMMANDS: dict[str, bytes] = {
    "get_uid": m1.GET_UID,
    "load_key": m1.load_key(b"\xff" * 6),
    "authenticate_block_4_key_a": m1.authenticate(4),
    "authenticate_old_block_4_key_a": m1.authenticate_old(4),
    "read_block_4": m1.read_block(4),
}


@pytest.mark.parametrize("name", PRINTER_COMMANDS)
def test_printer_command_is_the_vector(name: str) -> None:
    assert by_name("escpos")[name].raw == PRINTER_COMMANDS[name]


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
    byte = by_name("escpos")[name].raw[0]
    assert is_real_time(byte)
    assert not is_in_order(byte)
    answers = [0x12, 0x12, 0x12, 0x12]
    answers[number - 1] = byte
    assert status_of(*answers) is status


def test_several_causes_tell_the_worst() -> None:
    assert status_of(0x1A, 0x36, 0x1A, 0x7E) is PrinterStatus.COVER_OPEN


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("in_order_paper_full", PrinterStatus.OK),
        ("in_order_paper_near_end", PrinterStatus.PAPER_LOW),
    ],
)
def test_in_order_vector_gives_its_word(name: str, status: PrinterStatus) -> None:
    byte = by_name("escpos")[name].raw[0]
    assert is_in_order(byte)
    assert not is_real_time(byte)
    assert in_order_status(byte) is status


@pytest.mark.parametrize("name", CARD_COMMANDS)
def test_card_command_is_the_vector(name: str) -> None:
    assert by_name("pcsc_m1")[name].raw == CARD_COMMANDS[name]


@pytest.mark.parametrize("vector", list(vectors("line_scanner")), ids=lambda v: v.name)
def test_scanned_vector_gives_its_texts(vector: Vector) -> None:
    splitter = CodeSplitter()
    codes = splitter.feed(vector.raw) + splitter.end()
    wanted = vector.fields.get("texts", [vector.text("text")])
    assert [text_of(code) for code in codes] == wanted


def test_card_answer_vectors_are_data_or_a_refusal() -> None:
    found = by_name("pcsc_m1")
    assert m1.good(found["uid_answer"].raw).hex().upper() == "1A2B3C4D"
    assert m1.good(found["ok"].raw) == b""
    for name, code in (("failed", "6300"), ("wrong_length_16", "6C10"), ("not_supported", "6A81")):
        with pytest.raises(DeviceRefused) as refused:
            m1.good(found[name].raw)
        assert refused.value.code == code


@pytest.mark.parametrize("number", ["1", "0000123456", "1234567890123456"])
def test_layout_gives_back_the_number(number: str) -> None:
    layout = M1Layout()
    assert layout.decode(layout.encode(number)) == number


@pytest.mark.parametrize("block", [b"\0" * 16, b"\xff" * 16, b"12\x0034" + b"\0" * 11, b"12"])
def test_block_that_is_not_ours_has_no_number(block: bytes) -> None:
    assert M1Layout().decode(block) is None
