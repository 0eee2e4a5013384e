"""Words of what is signed on a phone and pays bills: bank credit in its two forms, a bound account.

Said by the kiosk and the window alike. What a reader would get wrong: nothing is signed where the
code is shown; its bank tells whether it was.
"""

from __future__ import annotations

from core.deferral import Agreement
from core.page_parts import Row
from core.phrase import Moment, Phrase, Said, Yuan, said

PRODUCTS: dict[str, tuple[Said, str, Said]] = {
    "BANK_CREDIT_LINE": (
        said("Bank credit for treatment"),
        "building-bank",
        said("As a credit card or as digital credit; you choose on the phone"),
    ),
    "PLATFORM_CREDIT": (
        said("Credit of a payment app"),
        "device-mobile",
        said("Be treated without paying first, and go home with your medicine"),
    ),
    "BOUND_DEBIT": (
        said("Bind a bank card or wallet"),
        "credit-card",
        said("Bills are taken from it after you confirmed them here"),
    ),
    "BANK_LOAN": (
        said("Bank loan for treatment"),
        "building-bank",
        said("The bank pays the hospital; you pay the bank"),
    ),
}
"""Words, icon and note of each product that is signed on the phone."""
OFFERED = ("BANK_CREDIT_LINE", "PLATFORM_CREDIT", "BOUND_DEBIT")
"""What anybody may begin; a loan is offered by the guided signing of pay later alone."""

_FORMS: dict[str, Said] = {
    "CREDIT_CARD": said("Credit card"),
    "DIGITAL": said("Digital credit"),
}
_KINDS: dict[str, Said] = {
    "BOUND_DEBIT": said("Bound account"),
    "CREDIT_LINE": said("Credit line"),
    "FAMILY_CREDIT_LINE": said("Family credit line"),
}
_STATES: dict[str, Said] = {
    "WAITING": said("Not signed yet"),
    "SIGNED": said("Signed and valid"),
    "CANCELLED": said("Ended"),
}


def state(agreement: Agreement) -> Said:
    """In a few words."""
    return _STATES[agreement.state]


def name(agreement: Agreement) -> Said:
    """What it is."""
    return _KINDS[agreement.kind]


def rows(agreement: Agreement) -> tuple[Row, ...]:
    """Everything of it; the payer is masked by the backend."""
    told: list[tuple[str, Phrase, Phrase]] = [
        ("info-circle", said("State"), state(agreement)),
        ("building-bank", said("What it is"), name(agreement)),
    ]
    if agreement.form in _FORMS:
        told.append(("credit-card", said("Form"), _FORMS[agreement.form]))
    if agreement.payer:
        told.append(("user", said("Who pays"), agreement.payer))
    if agreement.state == "SIGNED":
        told.append(("coins", said("Left for today"), Yuan(agreement.left_fen)))
        told.append(("clock", said("Signed at"), Moment(agreement.signed_at)))
    if agreement.state == "CANCELLED":
        told.append(("clock", said("Ended at"), Moment(agreement.cancelled_at)))
    return tuple(Row(icon, label, value) for icon, label, value in told)
