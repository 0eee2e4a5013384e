"""What stands on the one official sheet of an invoice, at whatever terminal it is printed.

What a reader would get wrong: the sheet carries the payer's whole name, as every invoice has it;
screens and logs never do.
"""

from __future__ import annotations

from core.billing import Slip
from core.papers import Invoice, OfficialPaper, PaperItem
from core.phrase import Day, Phrase, Yuan, said
from core.slips import WrittenSlip

_KINDS = {
    "01": said("Stay in hospital"),
    "02": said("Outpatient visit"),
    "03": said("Emergency visit"),
    "04": said("Special outpatient treatment"),
    "06": said("Registration fee"),
}
_CHANNELS = {
    "FUND": said("Insurance fund"),
    "ACCOUNT": said("Personal account"),
    "MUTUAL": said("Family mutual aid"),
    "HOSPITAL": said("Borne by the hospital"),
    "PREPAY": said("Balance"),
    "DEPOSIT": said("Deposit"),
    "CARD": said("Bank card"),
    "CREDIT": said("Credit line"),
    "CLAIM": said("Commercial insurance"),
    "CASH": said("Cash"),
    "WECHAT": said("WeChat"),
    "ALIPAY": said("Alipay"),
    "UNIONPAY": said("UnionPay"),
    "HBWC": said("Rounding of cash"),
}


def kind_of(invoice: Invoice) -> Phrase:
    """Stay, visit, registration."""
    return _KINDS.get(invoice.kind, said("Payment"))


def sheet(paper: OfficialPaper) -> WrittenSlip:
    """What stands on the official sheet."""
    invoice = paper.invoice
    pairs: list[tuple[Phrase, Phrase]] = [
        (said("Number of the paper"), f"{paper.paper_batch_code} {paper.paper_no}"),
        (said("Number of the e-invoice"), f"{invoice.bill_batch_code} {invoice.bill_no}"),
        (said("Check code"), invoice.check_code),
        (said("Date"), Day(invoice.issued_at)),
        (said("Payer"), paper.payer_name),
        *((item.name, Yuan(item.amount_fen)) for item in paper.items),
        (said("Insurance fund"), Yuan(paper.fund_fen)),
        (said("Personal account"), Yuan(paper.account_fen)),
        (said("Paid by the person"), Yuan(paper.own_fen)),
        *((_channel(item), Yuan(item.amount_fen)) for item in paper.channels),
    ]
    return WrittenSlip(
        about=invoice.invoice_id,
        title=said("Medical fee invoice"),
        display_name="",
        pairs=tuple(pairs),
        big=said("Total {amount}", amount=Yuan(invoice.total_fen)),
        slip=Slip(invoice.bill_no, invoice.qr_text) if invoice.qr_text else None,
    )


def _channel(item: PaperItem) -> Phrase:
    return said("By {channel}", channel=_CHANNELS.get(item.name, item.name))
