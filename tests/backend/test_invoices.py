"""E-invoices at the bureau: issued once, written off by refunds, asked for after silence (B.6)."""

from __future__ import annotations

import pytest
from backend_bench import ANSWER_LIMIT_S, CASHIER, Backend, Json, Line, Platforms

from settlement_backend.base.errors import Refused
from settlement_backend.base.steps import Actor, steps_of
from settlement_backend.cases.tables import Case
from settlement_backend.documents.bureau import Bureau
from settlement_backend.documents.invoices import Invoices, flush, invoices_of
from settlement_backend.documents.paper import Paper
from settlement_backend.documents.tables import Invoice

pytestmark = pytest.mark.slow
SILENCE = pytest.mark.expects_warnings("settlement_backend")
WINDOW = Actor("2107", "W07", "window")


@pytest.fixture
def bureau(platforms: Platforms) -> Bureau:
    """The adapter, impatient."""
    return Bureau(platforms.invoice.url, read_s=ANSWER_LIMIT_S)


@pytest.fixture
def invoices(backend: Backend, bureau: Bureau) -> Invoices:
    """The job."""
    return Invoices(backend.context, bureau)


def work(backend: Backend, invoices: Invoices, seconds: float = 0) -> None:
    """What the job does by then."""
    backend.clock.pass_seconds(seconds)
    for invoice_id in invoices.unfinished():
        invoices.advance(invoice_id)


def states(backend: Backend, settlement_id: str) -> list[str]:
    with backend.db.read() as session:
        return [row.state for row in invoices_of(session, settlement_id)]


def first(backend: Backend, settlement_id: str) -> Invoice:
    with backend.db.read() as session:
        return invoices_of(session, settlement_id)[0]


def booked(platforms: Platforms) -> list[Json]:
    found: list[Json] = platforms.invoice.books()["invoices"]
    return found


def paid_two_lines(backend: Backend) -> tuple[str, str]:
    """100.00 class A, 50.00 own: fund 80.00, account 20.00, scan 50.00."""
    bill_id = backend.bill(Line(10000, "A"), Line(5000, "OWN"))
    return bill_id, backend.pay(bill_id)


def refund(backend: Backend, settlement_id: str, *line_ids: str) -> None:
    """Asked for, reviewed, carried out."""
    refund_id = backend.agreed_refund(settlement_id, line_ids)
    backend.refunds.confirm(refund_id, CASHIER)
    backend.clock.pass_seconds(2)
    backend.refunds.advance(refund_id)


def test_settlement_is_invoiced_once(
    backend: Backend, invoices: Invoices, platforms: Platforms
) -> None:
    _, settlement_id = paid_two_lines(backend)

    work(backend, invoices)
    work(backend, invoices, 100)

    row = first(backend, settlement_id)
    assert (row.state, row.total_fen, row.bill_no) == ("E_ISSUED", 15000, "0000000001")
    assert [(each["state"], each["kind"], each["total_fen"]) for each in booked(platforms)] == [
        ("ISSUED", "02", 15000)
    ]


@SILENCE
@pytest.mark.parametrize("fault", ["silent", "answer_lost", "http_500"])
def test_lost_word_is_asked_for_under_the_same_number(
    backend: Backend, invoices: Invoices, platforms: Platforms, fault: str
) -> None:
    _, settlement_id = paid_two_lines(backend)
    platforms.invoice.fault("/invoice/issue", fault)

    work(backend, invoices)
    assert states(backend, settlement_id) == ["NOT_ISSUED"]
    work(backend, invoices, 2)

    assert states(backend, settlement_id) == ["E_ISSUED"]
    assert len(booked(platforms)) == 1


@SILENCE
def test_bureau_that_stays_silent_becomes_a_case_and_is_still_asked(
    backend: Backend, invoices: Invoices, platforms: Platforms
) -> None:
    _, settlement_id = paid_two_lines(backend)
    platforms.invoice.fault("/invoice/issue", "http_500", 2)
    work(backend, invoices)
    work(backend, invoices, 200)
    with backend.db.read() as session:
        case = session.query(Case).one()
        assert (case.operation_kind, case.amount_fen) == ("invoice", 15000)

    work(backend, invoices, 100)

    assert states(backend, settlement_id) == ["E_ISSUED"]


def test_refusal_of_the_bureau_becomes_a_case_at_once(
    backend: Backend, invoices: Invoices, platforms: Platforms
) -> None:
    _, settlement_id = paid_two_lines(backend)
    platforms.invoice.control("refuse", path="/invoice/issue", code="E1001")

    work(backend, invoices)

    assert states(backend, settlement_id) == ["NOT_ISSUED"]
    with backend.db.read() as session:
        assert session.query(Case).count() == 1


def test_refund_before_the_invoice_needs_no_write_off(
    backend: Backend, invoices: Invoices, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    refund(backend, settlement_id, f"{bill_id}-1")

    work(backend, invoices)

    assert states(backend, settlement_id) == ["E_ISSUED"]
    assert [each["total_fen"] for each in booked(platforms)] == [10000]


def test_refund_writes_the_invoice_off_and_what_stays_is_invoiced(
    backend: Backend, invoices: Invoices, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    work(backend, invoices)
    refund(backend, settlement_id, f"{bill_id}-1")

    work(backend, invoices)
    work(backend, invoices)

    assert states(backend, settlement_id) == ["RED_FLUSHED", "E_ISSUED"]
    told = {(each["state"], each["total_fen"]) for each in booked(platforms)}
    assert told == {("RED_FLIPPED", 15000), ("SCARLET", -15000), ("ISSUED", 10000)}


def test_whole_refund_leaves_nothing_to_invoice(
    backend: Backend, invoices: Invoices, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    work(backend, invoices)
    refund(backend, settlement_id, f"{bill_id}-0", f"{bill_id}-1")

    work(backend, invoices)
    work(backend, invoices)

    assert states(backend, settlement_id) == ["RED_FLUSHED", "NOT_NEEDED"]


@SILENCE
def test_lost_word_of_a_write_off_is_asked_for_again(
    backend: Backend, invoices: Invoices, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    work(backend, invoices)
    refund(backend, settlement_id, f"{bill_id}-1")
    platforms.invoice.fault("/invoice/write_off", "answer_lost")

    work(backend, invoices)
    work(backend, invoices, 2)
    work(backend, invoices)

    assert states(backend, settlement_id) == ["RED_FLUSHED", "E_ISSUED"]
    assert len([each for each in booked(platforms) if each["state"] == "SCARLET"]) == 1


def printed(backend: Backend, paper: Paper, settlement_id: str) -> str:
    """The invoice, whose sheet somebody has."""
    invoice_id = first(backend, settlement_id).id
    sheet = paper.take(invoice_id, "K1/print", WINDOW)
    with backend.db.write() as session:
        paper.report(session, sheet.id, "PRINTED", WINDOW)
    return invoice_id


def test_refund_of_a_printed_invoice_waits_until_the_window_called_the_sheet_back(
    backend: Backend, invoices: Invoices, bureau: Bureau, platforms: Platforms
) -> None:
    bill_id, settlement_id = paid_two_lines(backend)
    work(backend, invoices)
    paper = Paper(backend.context, bureau)
    invoice_id = printed(backend, paper, settlement_id)
    refund_id = backend.agreed_refund(settlement_id, [f"{bill_id}-1"])
    with pytest.raises(Refused, match=r"invoice\.paper_stands"):
        backend.refunds.confirm(refund_id, CASHIER)

    paper.recall(invoice_id, "refund", WINDOW)
    backend.refunds.confirm(refund_id, CASHIER)
    backend.clock.pass_seconds(2)
    backend.refunds.advance(refund_id)
    work(backend, invoices)
    work(backend, invoices)

    assert states(backend, settlement_id) == ["RED_FLUSHED", "E_ISSUED"]
    with backend.db.read() as session:
        steps = [step.step for step in steps_of(session, invoice_id)]
    assert steps == ["ISSUED", "TOKEN", "PRINTED", "RECALLED", "RED_FLUSHED"]
    assert [sheet["state"] for sheet in platforms.invoice.books()["sheets"]] == ["VOID"]


def test_write_off_of_what_was_printed_meanwhile_waits_for_the_sheet(
    backend: Backend, invoices: Invoices, bureau: Bureau
) -> None:
    _, settlement_id = paid_two_lines(backend)
    work(backend, invoices)
    paper = Paper(backend.context, bureau)
    invoice_id = printed(backend, paper, settlement_id)
    with backend.db.write() as session:
        flush(session, settlement_id, "R1", backend.clock.now())
        flush(session, settlement_id, "R1", backend.clock.now())
    work(backend, invoices)
    assert states(backend, settlement_id) == ["PRINTED", "NOT_ISSUED"]

    paper.recall(invoice_id, "refund", WINDOW)
    work(backend, invoices)
    work(backend, invoices)

    assert states(backend, settlement_id) == ["RED_FLUSHED", "E_ISSUED"]
