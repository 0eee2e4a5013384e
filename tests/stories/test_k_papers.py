"""Papers at the kiosk: what is printed is told, counted and never doubled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cast_inpatient import admitted, charge, give_notice, settle, settlements
from cast_papers import (
    KIOSK,
    Visitor,
    begin,
    invoice_is,
    leave,
    mend_page_printer,
    names,
    paper_hall,
    payer,
    print_at_window,
    reported,
    resolve_case,
    visitor,
)
from hall import Hall

from sandbox.player.hands import wait_until
from sandbox.player.stage import get, wallet_code

pytestmark = [pytest.mark.slow, pytest.mark.expects_warnings("devices", "terminal")]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Iterator[Hall]:
    with paper_hall(tmp_path_factory.mktemp("told")) as hall:
        yield hall


@pytest.fixture(autouse=True)
def at_home(papers: Hall) -> Iterator[None]:
    """Whatever went wrong, the next story begins at home."""
    yield
    if papers.stage.screen() != "Home":
        papers.stage.press("dock_leave")
        papers.stage.go_home()


def pages_out(hall: Hall) -> int:
    """Sheets that came out of the page printer so far."""
    sheets = hall.stage.units.books("page_printer")["sheets"]
    assert isinstance(sheets, list)
    return len(sheets)


def test_s25_s38_h21_official_invoice_is_printed_once_and_told(papers: Hall) -> None:
    who = payer(papers.house, "ECG12")
    invoice = invoice_is(papers.house, who.settlement_id, "E_ISSUED")
    begin(papers, "print_invoice", who)
    papers.stage.arrive("Choose")
    papers.reads("Which invoice?", "Outpatient visit", "Not printed yet", "¥32.00")
    papers.stage.press(f"choose_{invoice['invoice_id']}")
    papers.stage.arrive("Show")
    papers.reads("Print this invoice?", "¥32.00", str(invoice["bill_no"]))

    papers.stage.press("press_print")

    papers.stage.arrive("Finished")
    papers.reads("Your invoice is printed", "It cannot be printed again.")
    papers.finish()
    invoice_is(papers.house, who.settlement_id, "PRINTED")


def test_s25_c11_invoice_printed_elsewhere_is_told_with_place_and_no_copy_is_given(
    papers: Hall,
) -> None:
    who = payer(papers.house, "ECG12")
    invoice = invoice_is(papers.house, who.settlement_id, "E_ISSUED")
    begin(papers, "print_invoice", who)
    papers.stage.arrive("Choose")
    papers.stage.press(f"choose_{invoice['invoice_id']}")
    papers.stage.arrive("Show")

    print_at_window(papers.house, str(invoice["invoice_id"]))
    papers.stage.press("press_print")

    papers.reads("This invoice was printed already", "W07", "a copy is not given")
    papers.stage.press("press_others")
    papers.stage.arrive("Choose")
    papers.reads("Printed already")
    leave(papers)


def test_s25_paper_that_jams_is_the_windows_and_is_never_printed_twice(papers: Hall) -> None:
    who = payer(papers.house, "ECG12")
    invoice = invoice_is(papers.house, who.settlement_id, "E_ISSUED")
    before = pages_out(papers)
    begin(papers, "print_invoice", who)
    papers.stage.arrive("Choose")
    papers.stage.press(f"choose_{invoice['invoice_id']}")
    papers.stage.arrive("Show")
    papers.stage.do("page_printer", "jam")

    papers.stage.press("press_print")

    papers.stage.arrive("Finished")
    papers.reads("The invoice may not have come out whole", "Your payment is safe.")
    papers.finish()
    invoice_is(papers.house, who.settlement_id, "PRINT_UNCERTAIN")
    assert pages_out(papers) == before
    mend_page_printer(papers)


def test_h02_print_pressed_twice_uses_one_sheet(papers: Hall) -> None:
    who = payer(papers.house, "ECG12")
    invoice = invoice_is(papers.house, who.settlement_id, "E_ISSUED")
    begin(papers, "print_invoice", who)
    papers.stage.arrive("Choose")
    papers.stage.press(f"choose_{invoice['invoice_id']}")
    papers.stage.arrive("Show")
    before = pages_out(papers)
    ticket = int(papers.stage.kiosk.ui.property("ticket"))

    for _ in range(3):
        papers.stage.kiosk.ui.said.emit(ticket, "print", "")

    papers.stage.arrive("Finished")
    papers.finish()
    assert pages_out(papers) == before + 1
    told = invoice_is(papers.house, who.settlement_id, "PRINTED")
    steps = [step["step"] for step in told["steps"]]  # type: ignore[attr-defined]
    assert len(steps) == len(set(steps))


def test_h27_invoice_of_a_stay_is_in_the_same_list_and_printed_on_the_same_paper(
    papers: Hall,
) -> None:
    who = visitor(papers.house)
    admission_id = admitted(papers.house, who.patient_id)
    charge(papers.house, admission_id, "BED")
    give_notice(papers.house, admission_id)
    settle(papers.house, who.guest, admission_id)
    invoice = invoice_is(
        papers.house, settlements(papers.house, who.guest)[0]["settlement_id"], "E_ISSUED"
    )
    begin(papers, "print_invoice", who)
    papers.stage.arrive("Choose")
    papers.reads("Registration fee", "Stay in hospital")
    papers.stage.press(f"choose_{invoice['invoice_id']}")
    papers.stage.arrive("Show")
    papers.stage.press("press_print")
    papers.stage.arrive("Finished")
    papers.reads("Your invoice is printed", "Stay in hospital", "¥50.00")
    papers.finish()


def test_s36_report_is_printed_on_pages_and_the_second_is_a_copy(papers: Hall) -> None:
    who = payer(papers.house, "ECG12")
    report_id = reported(papers.house, who)
    before = pages_out(papers)
    begin(papers, "print_report", who)
    papers.stage.arrive("Choose")
    papers.reads("Which report?", "12-lead")
    papers.stage.press(f"choose_{report_id}")
    papers.stage.arrive("Finished")
    papers.reads("Your report is printed")

    papers.stage.press("press_more")
    papers.stage.arrive("Choose")
    papers.reads("Printed before")
    papers.stage.press(f"choose_{report_id}")

    papers.reads("This is a copy: it was printed before.")
    papers.finish()
    assert pages_out(papers) == before + 2


def test_s36_report_that_is_not_ready_is_named_and_cannot_be_touched(papers: Hall) -> None:
    who = payer(papers.house, "ECG12", "FUNDUS")
    reported(papers.house, who)
    begin(papers, "print_report", who)
    papers.stage.arrive("Choose")
    papers.reads("Not ready yet")
    assert [one["free"] for one in papers.view["options"]] == [True, False]
    leave(papers)


def test_s21_n24_summary_of_a_visit_and_the_way_are_printed_as_slips(papers: Hall) -> None:
    who = payer(papers.house, "ECG12")
    begin(papers, "print_summary", who)
    papers.stage.arrive("Choose")
    papers.stage.press(f"choose_{who.registration_id}")
    papers.stage.arrive("Show")
    papers.reads("Your visit", "12-lead", "Still to be paid")
    papers.stage.press("press_summary")
    papers.stage.arrive("Finished")
    papers.reads("Your slip is printed", "Please take your slip below")
    papers.finish()

    begin(papers, "print_summary", who)
    papers.stage.arrive("Choose")
    papers.stage.press(f"choose_{who.registration_id}")
    papers.stage.arrive("Show")
    papers.stage.press("press_guide")
    papers.stage.arrive("Finished")
    papers.finish()


def test_c11_slip_is_printed_once_more_and_marked_as_a_copy(papers: Hall) -> None:
    who = payer(papers.house, "ECG12")
    begin(papers, "print_slip_copy", who)
    papers.stage.arrive("Choose")
    papers.reads("They are printed as copies.")
    key = next(o["key"] for o in papers.view["options"] if "ettlement" in o["words"])
    papers.stage.press(f"choose_{key}")
    papers.stage.arrive("Finished")
    papers.reads("Your copy is printed")
    papers.finish()

    url = f"{papers.house.backend_url}/v1/patients/{who.patient_id}/papers"
    prints = {one["slip"]["slip_id"]: one["prints"] for one in get(url, KIOSK)["slips"]}
    assert prints[key] == 1


def buy(hall: Hall, who: Visitor) -> None:
    """From home to the money for a booklet."""
    begin(hall, "booklet", who)
    hall.stage.arrive("Choose")
    hall.reads("Outpatient record booklet", "¥1.00")
    hall.stage.press("choose_BOOK")
    hall.stage.arrive("ConfirmQuote")
    hall.stage.press("pay_SCAN")
    hall.stage.arrive("ShowPaymentCode")
    hall.stage.do("scanner", "show", text=wallet_code("ALIPAY", "4321"))


def test_s37_booklet_is_paid_falls_and_is_counted(papers: Hall) -> None:
    before = stock(papers)
    buy(papers, visitor(papers.house))
    papers.stage.arrive("Finished")
    papers.reads("Please take your booklet below", "¥1.00")
    papers.finish()
    assert stock(papers) == before - 1
    assert papers.stage.unit("vending")["tray"] == [1]
    papers.stage.do("vending", "take")


def test_s37_booklet_that_jams_is_a_case_and_its_money_is_looked_after(papers: Hall) -> None:
    who = visitor(papers.house)
    papers.stage.do("vending", "fault", kind="jam", on="turn")
    buy(papers, who)
    papers.stage.arrive("Finished")
    papers.reads("The booklet did not come out", "Please do not pay again", "Case number")
    papers.stage.press("done")
    papers.stage.do("id_reader", "remove")
    papers.stage.go_home()
    papers.stage.do("vending", "clear_faults")
    papers.stage.do("vending", "unjam")

    url = f"{papers.house.backend_url}/v1/patients/{who.patient_id}/money"
    cases = [item for item in get(url, KIOSK)["items"] if item["case_id"]]
    assert [(item["amount_fen"], item["open"]) for item in cases] == [(100, True)]
    resolve_case(papers.house, cases[0]["case_id"])
    papers.home()


def stock(hall: Hall) -> int:
    """Booklets in the machine."""
    return sum(hall.stage.unit("vending")["stock"].values())


def test_s47_printing_without_paper_says_so_and_paying_goes_on(papers: Hall) -> None:
    papers.stage.do("printer", "paper", left="out")
    wait_until(lambda: "print_summary" not in names(papers.stage.kiosk.offered), 30, "no paper")
    papers.stage.press("tile_print")
    papers.stage.arrive("Choose")
    papers.reads("The printer has no paper")
    papers.stage.press("dock_leave")
    papers.home()
    assert "pay" in names(papers.stage.kiosk.offered)

    papers.is_usable()

    papers.stage.do("printer", "paper", left="full")
    wait_until(lambda: "print_summary" in names(papers.stage.kiosk.offered), 30, "paper")
