"""What is shown and printed of official invoices.

What a reader would get wrong: the sheet carries the payer's whole name, as every invoice has it;
the screens never do.
"""

from __future__ import annotations

from core.official_paper import kind_of
from core.page_parts import Row, Section, Strip, Tone
from core.papers import Invoice, OfficialPaper
from core.phrase import Day, Moment, Said, Yuan, said
from core.ports import CardPresence
from kiosk.steps.pages import Button, Choose, Finished, Option, Show

_STATES = {
    "E_ISSUED": said("Not printed yet"),
    "NOT_ISSUED": said("Not ready yet"),
    "PRINTING": said("Being printed just now"),
    "PRINTED": said("Printed already"),
    "PRINT_UNCERTAIN": said("A window settles it"),
    "RED_FLUSHED": said("Written off after a refund"),
}


def choose(invoices: tuple[Invoice, ...], presence: CardPresence | None) -> Choose:
    """Those that can be printed first, each group newest first."""
    order = sorted(invoices, key=lambda one: one.state != "E_ISSUED")
    return Choose(
        title=said("Which invoice?"),
        hint=said("An official invoice is printed once. After that the paper counts."),
        icon="file-invoice",
        presence=presence,
        options=tuple(_option(one) for one in order),
        nothing=said("There is no invoice for you. One is made for each payment."),
    )


def _option(invoice: Invoice) -> Option:
    free = invoice.state == "E_ISSUED"
    return Option(
        key=invoice.invoice_id,
        words=kind_of(invoice),
        icon="file-invoice" if free else "circle-check",
        note=said(
            "{day}. {state}", day=Day(invoice.issued_at), state=_STATES.get(invoice.state, "")
        )
        if invoice.issued_at
        else _STATES.get(invoice.state, ""),
        side=Yuan(invoice.total_fen),
    )


def confirm(invoice: Invoice, presence: CardPresence | None) -> Show:
    """The amount, and that it is once only."""
    return Show(
        title=said("Print this invoice?"),
        hint=said("It is printed on official paper, once. Please keep it well."),
        icon="file-invoice",
        presence=presence,
        big_label=kind_of(invoice),
        big_value=Yuan(invoice.total_fen),
        sections=(Section("", _facts(invoice)),),
        buttons=(Button("print", said("Print now"), "printer"),),
    )


def _facts(invoice: Invoice) -> tuple[Row, ...]:
    return (
        Row("calendar-check", said("Date"), Day(invoice.issued_at)),
        Row("file-text", said("Number of the e-invoice"), invoice.bill_no),
    )


def stands(invoice: Invoice, presence: CardPresence | None) -> Show:
    """Why it is not printed here: where the paper is, and what can be done."""
    paper = invoice.paper
    rows = list(_facts(invoice)) if invoice.issued_at else []
    if paper is not None:
        at = paper.printed_at or paper.at
        rows.append(Row("clock", said("When"), Moment(at)))
        rows.append(Row("map-pin", said("Where"), paper.terminal_id))
        rows.append(Row("file-invoice", said("Number of the paper"), paper.paper_no))
    title, hint = _why(invoice.state)
    return Show(
        title=title,
        hint=hint,
        icon="file-invoice",
        presence=presence,
        big_label=kind_of(invoice),
        big_value=Yuan(invoice.total_fen),
        sections=(Section("", tuple(rows)),),
        buttons=(Button("others", said("See other invoices"), "list"),),
        strip=Strip(
            Tone.INFO, "device-mobile", said("The e-invoice on your phone is as good as paper.")
        )
        if invoice.state == "NOT_ISSUED"
        else None,
    )


def _why(state: str) -> tuple[Said, Said]:
    match state:
        case "NOT_ISSUED":
            return said("This invoice is not ready yet"), said(
                "It is being made. Please come back in some minutes."
            )
        case "RED_FLUSHED":
            return said("This invoice was written off"), said(
                "The payment was refunded. What stayed has an invoice of its own in the list."
            )
        case "PRINT_UNCERTAIN":
            return said("This invoice is settled at a window"), said(
                "A sheet was used for it. Please bring what came out to a window."
            )
        case "PRINTING":
            return said("This invoice is being printed just now"), said(
                "If that is not you, please ask at a window."
            )
    return said("This invoice was printed already"), said(
        "It is printed once only, so a copy is not given. If it is lost, please ask at a window."
    )


def printed(paper: OfficialPaper, presence: CardPresence | None) -> Finished:
    """The sheet is out."""
    return Finished(
        title=said("Your invoice is printed"),
        hint=said("Please take the sheet out of the machine. It cannot be printed again."),
        icon="file-invoice",
        presence=presence,
        big_label=kind_of(paper.invoice),
        big_value=Yuan(paper.invoice.total_fen),
        rows=(Row("file-invoice", said("Number of the paper"), paper.paper_no),),
    )


def uncertain(invoice: Invoice, presence: CardPresence | None) -> Finished:
    """A sheet is used up; nothing of the money is touched."""
    return Finished(
        title=said("The invoice may not have come out whole"),
        hint=said(
            "Your payment is safe. Please take what came out to a window: "
            "the sheet is called back there and printed anew."
        ),
        icon="printer-off",
        tone=Tone.WARNING,
        presence=presence,
        big_label=kind_of(invoice),
        big_value=Yuan(invoice.total_fen),
    )
