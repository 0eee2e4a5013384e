"""The printer's hazards: no paper before, paper out in the middle, silence, control bytes."""

from __future__ import annotations

import pytest
from peer import PtyWire, TcpWire, Wire, serial_peer, tcp_peer

from core.document import Align, Document, Pair, QrCode, Rule, Space, TextLine
from core.ports import DeviceHealth, DeviceTrouble, Printed, Unknown
from devices.receipt_printer.escpos.driver import PrinterLimits
from devices.receipt_printer.escpos.layout import job, pair_lines, width, wrap
from devices.receipt_printer.escpos.service import ReceiptPrinter
from devices.receipt_printer.escpos.status import PrinterStatus

pytestmark = pytest.mark.expects_warnings("devices.link")
LIMITS = PrinterLimits(answer_s=0.3, look_s=0.05, job_s=0.5)
SLIP = Document("D1", (TextLine("中文ABC"),))
CLEAR = "100502 1B40 1D61FF"
JOB = "1B40 1D61FF 1C26 D6D0CEC4414243 0A 1D7201 1D564200 1D7201"
TEXT_AND_CUT = "00 00"
HEALTHY = ("12", "12", "12", "12")
PAPER_OUT = ("1A", "32", "12", "7E")
COVER_OPEN = ("1A", "16", "12", "12")
CUTTER = ("1A", "52", "1A", "12")
LOW = ("12", "12", "12", "1E")


def printer(path: str) -> ReceiptPrinter:
    return ReceiptPrinter(path, limits=LIMITS)


def state(wire: Wire, answers: tuple[str, str, str, str]) -> None:
    for number, answer in enumerate(answers, 1):
        wire.expect(f"1004{number:02X}")
        wire.send(answer)


def ready(wire: Wire, answers: tuple[str, str, str, str] = HEALTHY) -> None:
    """Once for the opening, once for the request."""
    state(wire, answers)
    wire.expect(CLEAR)
    state(wire, answers)


def test_confirmed_slip_is_printed() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect(JOB)
        wire.send("11 00 13 00")
        state(wire, HEALTHY)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Printed()
        service.close()


@pytest.mark.parametrize(
    ("answers", "reason"),
    [(PAPER_OUT, "paper_out"), (COVER_OPEN, "cover_open"), (CUTTER, "cutter_jam")],
)
def test_printer_that_is_not_ready_prints_nothing(
    answers: tuple[str, str, str, str], reason: str
) -> None:
    def script(wire: PtyWire) -> None:
        ready(wire, answers)
        wire.expect_silence(0.1)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == DeviceTrouble("receipt_printer", reason)
        service.close()


def test_paper_out_in_the_middle_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect(JOB)
        state(wire, PAPER_OUT)
        wire.expect(CLEAR)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Unknown("paper_out")
        service.close()


def test_paper_out_after_the_confirmation_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect(JOB)
        wire.send(TEXT_AND_CUT)
        state(wire, PAPER_OUT)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Unknown("paper_out")
        service.close()


def test_slow_printer_is_waited_for_while_it_says_healthy() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire, LOW)
        wire.expect(JOB)
        wire.expect("100401")
        wire.send("03 03 12")
        for number in (2, 3, 4):
            wire.expect(f"1004{number:02X}")
            wire.send(LOW[number - 1])
        state(wire, LOW)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Printed()
        service.close()


def test_silence_after_sending_is_unknown() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect(JOB)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == Unknown("timeout")
        service.close()


def test_silence_before_sending_is_trouble_and_nothing_is_sent() -> None:
    def script(wire: PtyWire) -> None:
        for _ in range(2):
            wire.expect("100401")
        wire.expect_silence(0.1)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.print_document(SLIP) == DeviceTrouble("receipt_printer", "timeout")
        service.close()


def test_connection_that_died_unseen_is_opened_again_before_printing() -> None:
    def script(wire: TcpWire) -> None:
        wire.accept()
        ready(wire)
        wire.accept()
        ready(wire)
        wire.expect(JOB)
        wire.send(TEXT_AND_CUT)
        state(wire, HEALTHY)

    with tcp_peer(script) as path:
        service = printer(path)
        assert service.status() is PrinterStatus.OK
        assert service.print_document(SLIP) == Printed()
        service.close()


def test_unplugged_while_printing_is_unknown_then_offline() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire)
        wire.expect(JOB)
        wire.hang_up()

    with serial_peer(script) as path:
        service = printer(path)
        assert isinstance(service.print_document(SLIP), Unknown)
        assert service.status() is PrinterStatus.OFFLINE
        assert service.poll() == [DeviceHealth("receipt_printer", "offline")]
        service.close()


def test_poll_tells_health_when_it_changes() -> None:
    def script(wire: PtyWire) -> None:
        ready(wire, LOW)

    with serial_peer(script) as path:
        service = printer(path)
        assert service.poll() == [DeviceHealth("receipt_printer", "low")]
        assert service.poll() == []
        service.close()


def test_slip_text_cannot_command_the_printer() -> None:
    evil = "A\x1b@\x1dV\x00B\x10\x04\x01\n\x9bC"
    lines = (TextLine(evil), Pair(evil, evil), QrCode(evil))
    harmless = job(Document("D1", lines), 48)
    plain = job(Document("D1", tuple(_plain(line) for line in lines)), 48)
    assert harmless == plain


def _plain(line: TextLine | Pair | QrCode) -> TextLine | Pair | QrCode:
    text = "A@VB C"
    match line:
        case TextLine():
            return TextLine(text)
        case Pair():
            return Pair(text, text)
        case QrCode():
            return QrCode(text)


def test_all_kinds_of_lines_become_their_bytes() -> None:
    document = Document(
        "D1",
        (
            TextLine("收据", Align.CENTRE, bold=True, large=True),
            Rule(),
            Pair("挂号费", "\u00a510.00", bold=True),
            Space(2),
        ),
    )
    assert job(document, 24).hex(" ") == (
        "1b 45 01 1b 61 01 1d 21 11 ca d5 be dd 0a 1d 21 00 1b 61 00 1b 45 00 "
        + "2d " * 24
        + "0a 1b 45 01 b9 d2 ba c5 b7 d1 "
        + "20 " * 11
        + "a3 a4 31 30 2e 30 30 0a 1b 45 00 1b 64 02"
    )


def test_pair_shortens_the_left_text_never_the_right() -> None:
    (line,) = pair_lines("复方氨酚烷胺胶囊复方氨酚烷胺胶囊", "1234567.89", 24)
    assert line == "复方氨酚烷胺  1234567.89"
    assert width(line) == 24


def test_right_text_that_fills_the_line_stands_below() -> None:
    assert pair_lines("单号", "9" * 24, 24) == ["单号", "9" * 24]


def test_wrapped_lines_fit_and_lose_nothing() -> None:
    text = "阿莫西林胶囊0.25g×24粒 Amoxicillin capsules 每日三次饭后服用"
    lines = wrap(text, 24)
    assert all(width(line) <= 24 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert any("Amoxicillin" in line for line in lines)


def test_word_longer_than_the_line_is_broken() -> None:
    assert wrap("A" * 30, 24) == ["A" * 24, "A" * 6]
