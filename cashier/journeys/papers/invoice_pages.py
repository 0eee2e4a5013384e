"""Pages of official invoices and their sheets.

What a reader would get wrong: a sheet counts from the moment it was taken, printed or not; so what
may be done next is decided by the invoice's state, never by what somebody remembers.
"""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Field, FieldKind, Line, Table, Takes, WorkSheet
from core.official_paper import kind_of
from core.page_parts import Row, Section, Tone
from core.papers import Invoice, OfficialPaper, Sheet
from core.phrase import Day, Moment, Phrase, Said, Yuan, said

_STATES: dict[str, Said] = {
    "E_ISSUED": said("Not printed yet"),
    "NOT_ISSUED": said("Not ready yet"),
    "PRINTING": said("Being printed just now"),
    "PRINTED": said("Printed"),
    "PRINT_UNCERTAIN": said("Print uncertain"),
    "RED_FLUSHED": said("Written off after a refund"),
}
_SHEETS: dict[str, Said] = {
    "PRINTING": said("Being printed just now"),
    "PRINTED": said("Printed"),
    "UNCERTAIN": said("Print uncertain"),
    "RETURNING": said("Being called back"),
    "VOID": said("Called back, void"),
    "SPOILT": said("Spoilt"),
    "TURNING": said("Being taken"),
    "DROPPED": said("Never used"),
}
_TONES = {
    "PRINT_UNCERTAIN": Tone.DANGER,
    "E_ISSUED": Tone.PLAIN,
    "PRINTED": Tone.SUCCESS,
    "RED_FLUSHED": Tone.PLAIN,
}


def list_sheet(at: AtWork, title: Phrase, invoices: tuple[Invoice, ...]) -> WorkSheet:
    """Those that can be printed and those in doubt stand first."""
    order = sorted(invoices, key=lambda one: one.state not in ("PRINT_UNCERTAIN", "E_ISSUED"))
    columns = (
        Column(said("Invoice"), 3),
        Column(said("Date"), 3),
        Column(said("Amount"), right=True),
        Column(said("State"), 3),
        Column(said("Number of the e-invoice"), 3),
        Column(said("Number of the paper"), 3),
    )
    return WorkSheet(
        title=title,
        patient=at.patient,
        table=Table(
            columns, tuple(_line(one) for one in order), nothing=said("There is no invoice.")
        ),
        actions=(Action("open", said("Open it"), takes=Takes.ROW),),
    )


def _line(invoice: Invoice) -> Line:
    paper = invoice.paper
    cells = (
        kind_of(invoice),
        Day(invoice.issued_at),
        Yuan(invoice.total_fen),
        state_words(invoice),
        invoice.bill_no,
        paper.paper_no if paper else "",
    )
    return Line(invoice.invoice_id, cells, _TONES.get(invoice.state, Tone.WARNING))


def state_words(invoice: Invoice) -> Phrase:
    """A newer backend's state reads as its code."""
    return _STATES.get(invoice.state, invoice.state)


def invoice_sheet(at: AtWork, invoice: Invoice, trouble: str = "") -> WorkSheet:
    """Where its sheet is, and what may be done with it."""
    return WorkSheet(
        title=said("Invoice {number}", number=invoice.bill_no),
        patient=at.patient,
        chip=state_words(invoice),
        chip_tone=_TONES.get(invoice.state, Tone.WARNING),
        trouble=trouble,
        big_label=kind_of(invoice),
        big_value=Yuan(invoice.total_fen),
        sections=(Section("", _facts(invoice)),),
        actions=_actions(at, invoice),
    )


def _facts(invoice: Invoice) -> tuple[Row, ...]:
    batch, number = invoice.bill_batch_code, invoice.bill_no
    rows = [
        Row("calendar-check", said("Date"), Day(invoice.issued_at)),
        Row("file-text", said("Number of the e-invoice"), f"{batch} {number}"),
        Row("shield-check", said("Check code"), invoice.check_code),
    ]
    if invoice.paper is not None:
        paper = invoice.paper
        used = f"{paper.paper_batch_code} {paper.paper_no}"
        rows += [
            Row("file-invoice", said("Number of the paper"), used),
            Row("clock", said("When"), Moment(paper.printed_at or paper.at), note=paper.operator),
            Row("map-pin", said("Where"), paper.terminal_id),
        ]
    return tuple(rows)


def _actions(at: AtWork, invoice: Invoice) -> tuple[Action, ...]:
    recall = Action("recall", said("Call the sheet back"), key="Ctrl+R")
    match invoice.state:
        case "E_ISSUED":
            alone = at.patient is None
            off = said("Find the patient first") if alone else ""
            return (Action("print", said("Print, once only"), twice=True, off=off),)
        case "PRINT_UNCERTAIN":
            seen = Action("seen", said("The sheet is good"), twice=True)
            return (seen, recall)
        case "PRINTED":
            return (Action("done", said("Done")), recall)
    return (Action("done", said("Done")),)


def recall_sheet(at: AtWork, invoice: Invoice, trouble: str = "") -> WorkSheet:
    """The sheet lies before the cashier, or is lost for good."""
    return WorkSheet(
        title=said("Call back the sheet of {number}", number=invoice.bill_no),
        patient=at.patient,
        chip=state_words(invoice),
        chip_tone=Tone.WARNING,
        trouble=trouble,
        text=said(
            "The sheet becomes void at the bureau. Then the invoice can be printed anew, "
            "or is written off where a refund waits for it."
        ),
        sections=(Section("", _facts(invoice)),),
        fields=(Field("reason", said("Why it is called back"), most=200),),
        actions=(Action("recall", said("Call back"), twice=True),),
    )


def find_sheet(at: AtWork, trouble: str = "") -> WorkSheet:
    """By the QR of the e-invoice."""
    return WorkSheet(
        title=said("Find an invoice"),
        patient=at.patient,
        trouble=trouble,
        text=said("Scan the QR code of the e-invoice, on paper or on a phone."),
        fields=(Field("text", said("What the code says"), most=500),),
        actions=(Action("find", said("Find")),),
        scans="text",
    )


def spoilt_sheet(at: AtWork, trouble: str = "") -> WorkSheet:
    """A number that will never be printed is accounted for, too."""
    return WorkSheet(
        title=said("Spoilt sheet"),
        patient=at.patient,
        trouble=trouble,
        text=said("The next blank sheet of this place. Its number becomes void at the bureau."),
        fields=(
            Field("batch", said("Batch of the paper"), FieldKind.DIGITS, most=20),
            Field("number", said("Number of the paper"), FieldKind.DIGITS, most=20),
            Field("reason", said("What is wrong with it"), most=200),
        ),
        actions=(Action("spoil", said("Make it void"), twice=True),),
    )


def sheets_sheet(at: AtWork, sheets: tuple[Sheet, ...]) -> WorkSheet:
    """Every used number and what became of it."""
    columns = (
        Column(said("Number of the paper"), 2),
        Column(said("State"), 2),
        Column(said("Where")),
        Column(said("Who")),
        Column(said("When"), 2),
        Column(said("Reason"), 3),
    )
    lines = tuple(
        Line(
            f"{one.paper_batch_code} {one.paper_no}",
            (
                f"{one.paper_batch_code} {one.paper_no}",
                _SHEETS.get(one.state, one.state),
                one.terminal_id,
                one.operator,
                Moment(one.printed_at or one.at),
                one.reason,
            ),
            Tone.DANGER if one.state == "UNCERTAIN" else Tone.PLAIN,
        )
        for one in sheets
    )
    return WorkSheet(
        title=said("Used sheets of official paper"),
        table=Table(columns, lines, nothing=said("No sheet was used yet.")),
        actions=(Action("done", said("Done")),),
    )


def printed_rows(paper: OfficialPaper) -> tuple[Row, ...]:
    """What came out."""
    number = f"{paper.paper_batch_code} {paper.paper_no}"
    return (
        Row("file-invoice", said("Number of the paper"), number),
        Row("receipt", kind_of(paper.invoice), Yuan(paper.invoice.total_fen)),
    )
