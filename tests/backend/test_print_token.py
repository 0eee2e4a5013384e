"""The one print token: races, dying terminals, silent bureaus, what a window settles (S25, C11)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from backend_bench import ANSWER_LIMIT_S, Backend, Json, Line, Platforms

from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.base.outside import NoWord
from settlement_backend.base.steps import Actor, steps_of
from settlement_backend.documents.bureau import Bureau, Numbered
from settlement_backend.documents.invoices import Invoices, invoice_of, invoices_of
from settlement_backend.documents.paper import Paper
from settlement_backend.documents.tables import InvoiceSheet

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
SILENCE = pytest.mark.expects_warnings("settlement_backend")
KIOSK, WINDOW = Actor("", "K01", "kiosk"), Actor("2107", "W07", "window")
TOKEN_S = 10 * 60


class Desk:
    """An issued invoice, and the paper of all places."""

    def __init__(self, backend: Backend, platforms: Platforms) -> None:
        self.backend, self.platforms = backend, platforms
        bureau = Bureau(platforms.invoice.url, read_s=ANSWER_LIMIT_S)
        self.paper = Paper(backend.context, bureau)
        job = Invoices(backend.context, bureau)
        settlement_id = backend.pay(backend.bill(Line(5000, "OWN")))
        for invoice_id in job.unfinished():
            job.advance(invoice_id)
        with backend.db.read() as session:
            self.invoice_id = invoices_of(session, settlement_id)[0].id

    def take(self, key: str = "K1", where: Actor = KIOSK) -> InvoiceSheet:
        return self.paper.take(self.invoice_id, key, where)

    def why_not(self, key: str = "K2", where: Actor = KIOSK) -> str:
        with pytest.raises(Refused) as refused:
            self.take(key, where)
        return refused.value.reason

    def report(self, sheet: InvoiceSheet, outcome: str, where: Actor = KIOSK) -> None:
        with self.backend.db.write() as session:
            self.paper.report(session, sheet.id, outcome, where)

    def mark_printed(self) -> None:
        with self.backend.db.write() as session:
            self.paper.mark_printed(session, self.invoice_id, WINDOW)

    def expire(self) -> None:
        self.backend.clock.pass_seconds(TOKEN_S + 1)
        self.paper.expire()

    @property
    def state(self) -> str:
        with self.backend.db.read() as session:
            return invoice_of(session, self.invoice_id).state

    @property
    def steps(self) -> Sequence[tuple[str, str]]:
        with self.backend.db.read() as session:
            return [(step.step, step.operator) for step in steps_of(session, self.invoice_id)]

    @property
    def sheets(self) -> list[Json]:
        found: list[Json] = self.platforms.invoice.books()["sheets"]
        return found


@pytest.fixture
def desk(backend: Backend, platforms: Platforms) -> Desk:
    return Desk(backend, platforms)


def test_s25_sixty_four_terminals_get_one_token(desk: Desk) -> None:
    def ask(number: int) -> InvoiceSheet | str:
        try:
            return desk.take(f"K{number}", Actor("", f"K{number:02d}", "kiosk"))
        except Refused as refused:
            return refused.reason

    with ThreadPoolExecutor(64) as terminals:
        answers = list(terminals.map(ask, range(64)))

    won = [answer for answer in answers if isinstance(answer, InvoiceSheet)]
    assert len(won) == 1
    assert {answer for answer in answers if isinstance(answer, str)} == {"invoice.being_printed"}
    assert len(desk.sheets) == 1


def test_s25_same_key_is_the_same_sheet(desk: Desk) -> None:
    first, again = desk.take(), desk.take()

    assert (again.id, again.paper_no) == (first.id, first.paper_no)
    assert len(desk.sheets) == 1


def test_s25_printed_invoice_is_printed_nowhere_again(desk: Desk) -> None:
    desk.report(desk.take(), "PRINTED")

    assert desk.why_not() == "invoice.printed"
    assert desk.why_not("K3", WINDOW) == "invoice.printed"


@pytest.mark.parametrize("printer_says_so", [True, False])
def test_c11_jam_or_dead_terminal_leaves_it_uncertain_and_never_a_second_token(
    desk: Desk, printer_says_so: bool
) -> None:
    sheet = desk.take()
    if printer_says_so:
        desk.report(sheet, "UNCERTAIN")
    else:
        desk.expire()

    assert desk.state == "PRINT_UNCERTAIN"
    assert desk.why_not() == "invoice.uncertain"


def test_c11_window_recalls_the_sheet_and_another_one_is_printed(desk: Desk) -> None:
    sheet = desk.take()
    desk.report(sheet, "UNCERTAIN")

    desk.paper.recall(desk.invoice_id, "jammed", WINDOW)
    second = desk.take("K2", WINDOW)
    desk.report(second, "PRINTED", WINDOW)

    assert {(each["state"], each["paper_no"]) for each in desk.sheets} == {
        ("VOID", sheet.paper_no),
        ("ISSUED", second.paper_no),
    }
    assert desk.steps == [
        ("ISSUED", ""),
        ("TOKEN", ""),
        ("UNCERTAIN", ""),
        ("RECALLED", "2107"),
        ("TOKEN", "2107"),
        ("PRINTED", "2107"),
    ]


def test_c11_window_that_saw_the_sheet_marks_it_printed(desk: Desk) -> None:
    desk.report(desk.take(), "UNCERTAIN")

    desk.mark_printed()

    assert (desk.state, desk.steps[-1]) == ("PRINTED", ("MARKED_PRINTED", "2107"))
    with pytest.raises(Refused, match="not_uncertain"):
        desk.mark_printed()


def test_terminal_that_was_given_up_may_still_say_printed(desk: Desk) -> None:
    sheet = desk.take()
    desk.expire()

    desk.report(sheet, "PRINTED")

    assert desk.state == "PRINTED"


def test_terminal_has_no_word_in_a_sheet_that_was_called_back(desk: Desk) -> None:
    sheet = desk.take()
    desk.expire()
    desk.paper.recall(desk.invoice_id, "lost", WINDOW)

    with pytest.raises(Refused, match="token_over"):
        desk.report(sheet, "PRINTED")
    with pytest.raises(NoSuch):
        desk.report(sheet, "PRINTED", WINDOW)
    assert desk.state == "E_ISSUED"


def test_sheet_in_a_printer_is_not_called_back(desk: Desk) -> None:
    with pytest.raises(Refused, match="no_sheet"):
        desk.paper.recall(desk.invoice_id, "x", WINDOW)
    desk.take()

    with pytest.raises(Refused, match="being_printed"):
        desk.paper.recall(desk.invoice_id, "x", WINDOW)


@SILENCE
@pytest.mark.parametrize("path", ["/invoice/paper/next", "/invoice/paper/turn"])
@pytest.mark.parametrize("fault", ["silent", "answer_lost"])
def test_lost_word_of_the_exchange_goes_on_with_the_same_sheet(
    desk: Desk, path: str, fault: str
) -> None:
    desk.platforms.invoice.fault(path, fault)
    with pytest.raises(NoWord):
        desk.take()
    assert desk.why_not() == "invoice.being_printed"

    sheet = desk.take()

    assert [each["paper_no"] for each in desk.sheets] == [sheet.paper_no]


@SILENCE
def test_terminal_that_never_comes_back_frees_an_invoice_without_a_sheet(desk: Desk) -> None:
    desk.platforms.invoice.fault("/invoice/paper/next", "silent")
    with pytest.raises(NoWord):
        desk.take()

    desk.expire()

    assert desk.state == "E_ISSUED"
    assert desk.take("K2").paper_no


@SILENCE
def test_exchange_that_nobody_knows_of_is_uncertain_and_recalled(desk: Desk) -> None:
    desk.platforms.invoice.fault("/invoice/paper/turn", "silent")
    with pytest.raises(NoWord):
        desk.take()
    desk.expire()
    assert desk.state == "PRINT_UNCERTAIN"

    desk.paper.recall(desk.invoice_id, "never printed", WINDOW)

    assert desk.state == "E_ISSUED"


@SILENCE
def test_lost_word_of_a_recall_is_asked_for_again(desk: Desk) -> None:
    desk.report(desk.take(), "UNCERTAIN")
    desk.platforms.invoice.fault("/invoice/paper/return", "answer_lost")
    with pytest.raises(NoWord):
        desk.paper.recall(desk.invoice_id, "jammed", WINDOW)
    assert desk.state == "PRINT_UNCERTAIN"

    desk.paper.recall(desk.invoice_id, "jammed", WINDOW)

    assert (desk.state, desk.sheets[0]["state"]) == ("E_ISSUED", "VOID")


def test_place_without_paper_leaves_the_invoice_to_others(desk: Desk) -> None:
    desk.platforms.invoice.control("paper", place_code="K01", count=0)

    assert desk.why_not() == "invoice.no_paper"
    assert desk.take("K3", WINDOW).paper_no


def test_another_number_is_tried_when_the_sheet_was_used_meanwhile(desk: Desk) -> None:
    desk.platforms.invoice.control("refuse", path="/invoice/paper/turn", code="E3005")

    assert desk.take().state == "PRINTING"


def test_i7_spoilt_blank_sheet_is_accounted_for_once(desk: Desk) -> None:
    printed = desk.take("K1", WINDOW)
    following = Numbered(printed.paper_batch_code, f"{int(printed.paper_no) + 1:010d}")

    desk.paper.spoil("K2", following, "torn", WINDOW)
    desk.paper.spoil("K2", following, "torn", WINDOW)

    with pytest.raises(Refused, match="paper_refused"):
        desk.paper.spoil("K3", Numbered(printed.paper_batch_code, "9999999999"), "torn", WINDOW)
    with desk.backend.db.read() as session:
        kept = session.query(InvoiceSheet).filter(InvoiceSheet.paper_no != "").all()
    assert sorted((sheet.paper_no, sheet.state) for sheet in kept) == [
        (printed.paper_no, "PRINTING"),
        (following.number, "SPOILT"),
    ]
