"""Paper at the window: an official invoice once, every sheet accounted for, copies of slips."""

from __future__ import annotations

from collections.abc import Iterator

import cast_later as cast
import pytest
from cast import guest
from cast_papers import invoice_is, print_at_window
from cast_window_doubts import papers, uncertain
from cast_window_papers import jam, mend, pages_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from window_hall import FINANCE, WindowHall

from cashier.steps.sheet import WorkSheet
from core.phrase import spoken
from terminal.launch import MESSAGES
from ui.text import catalogues

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(autouse=True)
def _back_at_the_desk(at_window: WindowHall) -> Iterator[None]:
    """A story that fails leaves its page to nobody."""
    yield
    at_window.leave()


def open_invoice(at_window: WindowHall, work: str, title: str, invoice: dict[str, object]) -> None:
    """From the list of this work to one invoice."""
    at_window.work(work)
    at_window.sheet(title)
    at_window.take_row(str(invoice["invoice_id"]))
    at_window.do("open")
    at_window.sheet(f"Invoice {invoice['bill_no']}")


def test_s25_f33_invoice_is_printed_once_and_then_only_called_back(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12")
    invoice = invoice_is(at_window.house, paid["settlement_id"], "E_ISSUED")
    at_window.serve(who)
    open_invoice(at_window, "invoices", "Official invoices", invoice)
    at_window.reads("Not printed yet", "¥32.00")
    at_window.do("print")

    at_window.sheet("The invoice is printed")
    at_window.do("done")
    at_window.sheet(f"Invoice {invoice['bill_no']}")
    at_window.reads("Printed", "W07", "Call the sheet back")
    assert at_window.stage.window.page.findChild(QWidget, "do_print") is None
    assert invoice_is(at_window.house, paid["settlement_id"], "PRINTED")["paper"]


def test_s25_what_another_terminal_printed_meanwhile_is_not_printed_again(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12")
    invoice = invoice_is(at_window.house, paid["settlement_id"], "E_ISSUED")
    at_window.serve(who)
    open_invoice(at_window, "invoices", "Official invoices", invoice)
    print_at_window(at_window.house, str(invoice["invoice_id"]))
    at_window.do("print")

    at_window.reads("This invoice was printed already", "Printed")


def test_f33_uncertain_print_is_settled_by_whoever_holds_the_sheet(at_window: WindowHall) -> None:
    at_window.as_operator()
    paid = cast.paid(at_window.house, guest(at_window.house), "ECG12")
    invoice = uncertain(at_window.house, paid)
    open_invoice(at_window, "invoices_to_settle", "Invoices to settle", invoice)
    at_window.reads("Print uncertain")
    at_window.do("seen")

    at_window.reads("Printed")
    invoice_is(at_window.house, paid["settlement_id"], "PRINTED")


def test_f33_uncertain_print_is_settled_by_recall_and_printed_anew(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12")
    invoice = uncertain(at_window.house, paid)
    at_window.serve(who)
    open_invoice(at_window, "invoices", "Official invoices", invoice)
    at_window.do("recall")
    at_window.sheet(f"Call back the sheet of {invoice['bill_no']}")
    at_window.fill(reason="nothing came out")
    at_window.do("recall")
    at_window.sheet(f"Invoice {invoice['bill_no']}")
    at_window.reads("Not printed yet")
    at_window.do("print")

    at_window.sheet("The invoice is printed")
    again = invoice_is(at_window.house, paid["settlement_id"], "PRINTED")
    assert again["paper"]["paper_no"] != invoice["paper"]["paper_no"]  # type: ignore[index]


def test_s25_f33_sheet_that_jams_is_called_back_printed_anew_and_both_numbers_are_told(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    paid = cast.paid(at_window.house, who, "ECG12")
    invoice = invoice_is(at_window.house, paid["settlement_id"], "E_ISSUED")
    at_window.serve(who)
    open_invoice(at_window, "invoices", "Official invoices", invoice)
    jam(at_window)
    at_window.do("print")
    at_window.sheet("The invoice may not have come out whole")
    at_window.do("done")
    at_window.sheet(f"Invoice {invoice['bill_no']}")
    at_window.reads("Print uncertain", "The sheet is good", "Call the sheet back")
    assert at_window.stage.window.page.findChild(QWidget, "do_print") is None
    stuck = sheet_of(at_window, paid["settlement_id"], "PRINT_UNCERTAIN")
    mend(at_window)
    assert pages_of(at_window, str(invoice["invoice_id"])) == 0

    at_window.do("recall")
    at_window.sheet(f"Call back the sheet of {invoice['bill_no']}")
    at_window.fill(reason="torn in the printer")
    at_window.do("recall")
    at_window.sheet(f"Invoice {invoice['bill_no']}")
    at_window.reads("Not printed yet")
    at_window.do("print")
    at_window.sheet("The invoice is printed")
    again = sheet_of(at_window, paid["settlement_id"], "PRINTED")
    assert pages_of(at_window, str(invoice["invoice_id"])) == 1
    assert again != stuck
    at_window.leave()

    at_window.as_operator(FINANCE)
    at_window.work("used_sheets")
    at_window.sheet("Used sheets of official paper")
    assert told_of(at_window, stuck) == ("Called back, void", "torn in the printer")
    assert told_of(at_window, again) == ("Printed", "")


def sheet_of(at_window: WindowHall, settlement_id: str, state: str) -> str:
    """Batch and number of the paper of its invoice, as soon as that is so."""
    paper = invoice_is(at_window.house, settlement_id, state)["paper"]
    assert isinstance(paper, dict)
    return f"{paper['paper_batch_code']} {paper['paper_no']}"


def told_of(at_window: WindowHall, number: str) -> tuple[str, str]:
    """State and reason of a used sheet, as finance reads them."""
    step = at_window.stage.step()
    assert isinstance(step, WorkSheet)
    assert step.table is not None
    (line,) = (one for one in step.table.lines if one.key == number)
    english = catalogues(MESSAGES)["en"]
    return spoken(line.cells[1], english), spoken(line.cells[5], english)


def test_f33_spoilt_sheet_is_accounted_for_and_finance_sees_every_number(
    at_window: WindowHall,
) -> None:
    at_window.as_operator()
    used = uncertain(at_window.house, cast.paid(at_window.house, guest(at_window.house), "ECG12"))
    batch = used["paper"]["paper_batch_code"]
    number = f"{int(used['paper']['paper_no']) + 1:010d}"
    at_window.work("spoilt_sheet")
    at_window.sheet("Spoilt sheet")
    at_window.fill(batch=batch, number="9999999999", reason="torn")
    at_window.do("spoil")
    at_window.reads("The invoice office refused this sheet")
    at_window.fill(batch=batch, number=number, reason="torn")
    at_window.do("spoil")
    at_window.sheet("The sheet is void")
    at_window.leave()

    at_window.as_operator(FINANCE)
    at_window.work("used_sheets")
    at_window.sheet("Used sheets of official paper")
    at_window.reads(f"{batch} {number}", "Spoilt", "torn", "Print uncertain")


def test_f33_invoice_is_found_by_its_code(at_window: WindowHall) -> None:
    at_window.as_operator()
    paid = cast.paid(at_window.house, guest(at_window.house), "ECG12")
    invoice = invoice_is(at_window.house, paid["settlement_id"], "E_ISSUED")
    at_window.work("find_invoice")
    at_window.sheet("Find an invoice")
    at_window.scan(str(invoice["qr_text"]))

    at_window.sheet(f"Invoice {invoice['bill_no']}")
    at_window.reads("Find the patient first", str(invoice["check_code"]))


def test_f33_slip_is_printed_again_by_two_keys_and_marked_as_a_copy(at_window: WindowHall) -> None:
    at_window.as_operator()
    who = guest(at_window.house)
    cast.paid(at_window.house, who, "ECG12")
    newest = papers(at_window.house, who)["slips"][0]
    at_window.serve(who)
    at_window.key(Qt.Key.Key_F6)
    at_window.sheet("Print a slip again")
    at_window.reads(newest["slip"]["slip_id"])
    at_window.key(Qt.Key.Key_Return)

    at_window.sheet("The copy is printed")
    again = papers(at_window.house, who)["slips"][0]
    assert again["prints"] == newest["prints"] + 1
