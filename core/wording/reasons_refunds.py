"""Reasons of refunds, official paper, cases and enquiries: what only a window reads."""

from __future__ import annotations

from core.wording.words import Wording

_LOOK = "Please look at it again."

REASONS: dict[str, Wording] = {
    # refunds
    "deposit_spent": Wording(
        "The deposit is used up by the stay", "Settle the stay first; what is left goes back then."
    ),
    "not_a_transfer": Wording("This part needs no account now", _LOOK),
    "unknown_refund": Wording("This refund is not known", _LOOK),
    "amount": Wording("This amount cannot go back", "Please choose another amount."),
    # official paper
    "invoice.paper_stands": Wording(
        "The official invoice of this payment was printed",
        "Call its sheet back first: All work, Invoices to settle. Then carry the refund out.",
    ),
    "invoice.being_printed": Wording(
        "This invoice is being printed just now", "Please look again in some minutes."
    ),
    "invoice.printed": Wording(
        "This invoice was printed already", "A lost sheet is called back before a new one."
    ),
    "invoice.uncertain": Wording(
        "Nobody knows whether this invoice came out", "Look at the sheet, or call it back."
    ),
    "invoice.no_sheet": Wording("No sheet counts for this invoice", _LOOK),
    "invoice.not_uncertain": Wording("This print is settled already", _LOOK),
    "unknown_invoice": Wording(
        "No invoice has this code", "Scan the QR code of the e-invoice again."
    ),
    "sheet_not_signed": Wording(
        "Nothing was signed under this settlement", "Only out-of-town sheets are signed."
    ),
    # cases
    "decision_needed": Wording(
        "Money is held up by this case", "Decide it by evidence, so that it goes on."
    ),
    "proof_needed": Wording(
        "A transaction number is missing", "Ask the platform, then type the number it tells."
    ),
    "nothing_to_decide": Wording(
        "This case holds no payment and no refund up", "Resolve it by its evidence."
    ),
    "not_in_suspense": Wording("It is not held up any more", _LOOK),
    "decision_does_not_fit": Wording("This decision does not fit here", "Choose another one."),
    "tender_not_doubtful": Wording("This part of the payment is not doubted", "Choose another."),
    "part_not_doubtful": Wording("This part of the refund is not doubted", "Choose another."),
    "plan_does_not_fit": Wording(
        "The plan of this refund no longer adds up",
        "Settle it on paper, then resolve the case with what was done.",
    ),
    "unknown_case": Wording("No case has this number", "Please type it again."),
    "search_too_wide": Wording(
        "This is not enough to search by",
        "Type a case, an amount with its day, or a name with four digits of the phone.",
    ),
    # enquiries
    "enquiry_answered": Wording("This was answered already", "Take down a new one."),
    "unknown_enquiry": Wording("This enquiry is not known", _LOOK),
}
