"""What a print server can do to a job: refuse, abort, vanish, talk nonsense."""

from __future__ import annotations

import socket

import pytest
from ipp_peer import (
    CANCEL_JOB,
    CREATE_JOB,
    GET_JOB,
    GET_PRINTER,
    SEND_DOCUMENT,
    Answer,
    ipp_peer,
    job,
    printer,
)

from core.ports import DeviceHealth, DeviceTrouble, Printed, Unknown
from devices.page_printer.jobs import PageLimits
from devices.page_printer.service import PagePrinter
from devices.page_printer.status import PageStatus, QueueState, health_of, status_of
from devices.rare_text import PROPORTIONAL, Fonts, readable

pytestmark = pytest.mark.expects_warnings("devices.link")
LIMITS = PageLimits(look_s=0.01, stop_s=0.05, job_s=0.3, cancel_s=0.05)
FONTS = Fonts(readable(PROPORTIONAL))
PDF = b"%PDF-1.4 anything"
REFUSED = Answer(status=0x0506)
GONE = Answer(http=0)
PENDING, PROCESSING, CANCELLED, ABORTED, COMPLETED = 3, 5, 7, 8, 9


def answers(job_answer: bytes, queue: bytes = printer()) -> dict[int, Answer]:
    return {
        GET_PRINTER: Answer(queue),
        CREATE_JOB: Answer(job(PENDING, began=False)),
        SEND_DOCUMENT: Answer(job(PENDING, began=False)),
        GET_JOB: Answer(job_answer),
        CANCEL_JOB: Answer(),
    }


def service(server: str) -> PagePrinter:
    return PagePrinter("cups:A4", FONTS, server=server, limits=LIMITS)


@pytest.mark.parametrize(
    ("state", "began", "result"),
    [
        (COMPLETED, True, Printed()),
        (ABORTED, True, Unknown("hardware_error")),
        (ABORTED, False, DeviceTrouble("page_printer", "hardware_error")),
        (CANCELLED, True, Unknown("hardware_error")),
    ],
)
def test_ended_job_is_told_by_how_it_ended(
    state: int, began: bool, result: Printed | Unknown | DeviceTrouble
) -> None:
    with ipp_peer(answers(job(state, began))) as peer:
        made = service(peer.server)
        assert made.print_pdf("x", PDF) == result
        assert CANCEL_JOB not in peer.asked
        made.close()


def test_job_that_never_ends_is_cancelled_and_unknown() -> None:
    with ipp_peer(answers(job(PROCESSING, True))) as peer:
        made = service(peer.server)
        assert made.print_pdf("x", PDF) == Unknown("timeout")
        assert peer.asked.count(CANCEL_JOB) == 1
        made.close()


def test_job_that_ended_while_it_was_being_cancelled_is_read_once_more() -> None:
    told = answers(job(PROCESSING, True), printer(4, "media-jam-error"))
    told[CANCEL_JOB] = Answer(status=0x0404)
    with ipp_peer(told) as peer:
        made = service(peer.server)
        assert made.print_pdf("x", PDF) == Unknown("jam")
        peer.answers[GET_JOB] = Answer(job(COMPLETED, True))
        assert made.print_pdf("x", PDF) == Printed()
        made.close()


@pytest.mark.parametrize("queue", [printer(5, "paused"), printer(3, accepting=False)])
def test_queue_that_takes_no_jobs_is_sent_nothing(queue: bytes) -> None:
    with ipp_peer(answers(job(COMPLETED, True), queue)) as peer:
        made = service(peer.server)
        assert made.print_pdf("x", PDF) == DeviceTrouble("page_printer", "offline")
        assert made.poll() == [DeviceHealth("page_printer", "offline")]
        assert set(peer.asked) == {GET_PRINTER}
        made.close()


def test_stale_paper_out_of_an_idle_queue_does_not_refuse_a_document() -> None:
    with ipp_peer(answers(job(COMPLETED, True), printer(3, "media-empty-error"))) as peer:
        made = service(peer.server)
        assert made.poll() == [DeviceHealth("page_printer", "out")]
        assert made.print_pdf("x", PDF) == Printed()
        made.close()


def test_refused_job_is_trouble() -> None:
    told = answers(job(COMPLETED, True)) | {CREATE_JOB: REFUSED}
    with ipp_peer(told) as peer:
        made = service(peer.server)
        assert made.print_pdf("x", PDF) == DeviceTrouble("page_printer", "hardware_error")
        assert SEND_DOCUMENT not in peer.asked
        made.close()


def test_refused_document_is_taken_back() -> None:
    told = answers(job(CANCELLED, False)) | {SEND_DOCUMENT: Answer(status=0x040A)}
    with ipp_peer(told) as peer:
        made = service(peer.server)
        assert made.print_pdf("x", PDF) == DeviceTrouble("page_printer", "hardware_error")
        assert peer.asked.count(CANCEL_JOB) == 1
        made.close()


def test_document_cut_off_unseen_is_decided_by_the_servers_next_word() -> None:
    told = answers(job(ABORTED, False)) | {SEND_DOCUMENT: GONE}
    with ipp_peer(told) as peer:
        made = service(peer.server)
        assert made.print_pdf("x", PDF) == DeviceTrouble("page_printer", "hardware_error")
        peer.answers[GET_JOB] = Answer(job(COMPLETED, True))
        assert made.print_pdf("x", PDF) == Printed()
        made.close()


@pytest.mark.parametrize(
    ("lost_at", "answer"), [(SEND_DOCUMENT, Answer(raw=b"\x02\x00")), (GET_JOB, GONE)]
)
def test_server_lost_after_the_job_was_made_is_unknown_and_the_job_taken_back_later(
    lost_at: int, answer: Answer
) -> None:
    told = answers(job(COMPLETED, True)) | {lost_at: answer}
    with ipp_peer(told) as peer:
        made = service(peer.server)
        assert isinstance(made.print_pdf("x", PDF), Unknown)
        assert CANCEL_JOB not in peer.asked
        assert made.status() is PageStatus.OK
        assert peer.asked.count(CANCEL_JOB) == 1
        made.close()


@pytest.mark.parametrize(
    "answer",
    [
        GONE,
        Answer(http=500),
        Answer(http=403),
        Answer(raw=b""),
        Answer(raw=b"\x02\x00\x00\x00"),
        Answer(raw=bytes(range(256))),
        Answer(bytes([4])),
    ],
)
def test_server_that_talks_nonsense_is_offline_or_broken_and_gets_no_job(answer: Answer) -> None:
    with ipp_peer(answers(job(COMPLETED, True)) | {GET_PRINTER: answer}) as peer:
        made = service(peer.server)
        assert isinstance(made.print_pdf("x", PDF), DeviceTrouble)
        assert made.status() is PageStatus.OFFLINE
        assert set(peer.asked) <= {GET_PRINTER}
        made.close()


def test_nobody_at_the_address_is_offline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        server = f"127.0.0.1:{unused.getsockname()[1]}"
    made = service(server)
    assert made.print_pdf("x", PDF) == DeviceTrouble("page_printer", "offline")
    assert made.poll() == [DeviceHealth("page_printer", "offline")]
    assert made.identity() == DeviceTrouble("page_printer", "offline")


@pytest.mark.parametrize(
    ("reasons", "status", "health"),
    [
        ((), PageStatus.OK, "ok"),
        (("media-low-report",), PageStatus.PAPER_LOW, "low"),
        (("toner-low-warning", "media-empty-error"), PageStatus.PAPER_OUT, "out"),
        (("media-empty", "cover-open"), PageStatus.COVER_OPEN, "jammed"),
        (("offline-report",), PageStatus.OFFLINE, "offline"),
        (("media-jam-report",), PageStatus.OK, "ok"),
        (("connecting-to-device", "com.vendor-strange-warning"), PageStatus.OK, "ok"),
        (("marker-supply-low-warning",), PageStatus.TONER_LOW, "low"),
        (("marker-supply-empty-error",), PageStatus.ERROR, "jammed"),
    ],
)
def test_reasons_give_the_worst_word(
    reasons: tuple[str, ...], status: PageStatus, health: str
) -> None:
    found = status_of(QueueState(3, accepting=True, reasons=reasons, waiting_jobs=0))
    assert found is status
    assert health_of(found).value == health
