"""Pages of what is signed on the phone: bank credit in its two forms, a bound account."""

from __future__ import annotations

from core.deferral import Agreement
from core.page_parts import Row, Section
from core.phrase import Moment, Phrase, Said, Yuan, said
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Finished, Show

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

_CREDIT_STEPS = (
    said("Scan the code with your phone"),
    said("Confirm who you are, and sign, on the phone"),
    said("Press the button below; then go and be treated"),
)
_DEBIT_STEPS = (
    said("Scan the code with your phone"),
    said("Choose the card or wallet, and confirm on the phone"),
    said("Press the button below when the phone says that it is done"),
)
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


def code(who: Identified, product: str, agreement: Agreement, trouble: str) -> Show:
    """The code and three sentences."""
    words, icon, note = PRODUCTS[product]
    steps = _DEBIT_STEPS if product == "BOUND_DEBIT" else _CREDIT_STEPS
    return Show(
        title=words,
        hint=note,
        icon=icon,
        presence=who.presence,
        trouble=trouble,
        qr=agreement.code_url,
        sections=(
            Section(
                "",
                tuple(
                    Row("check", said("Step {number}", number=number), step)
                    for number, step in enumerate(steps, 1)
                ),
            ),
        ),
        buttons=(Button("check", said("I have signed on the phone"), "device-mobile"),),
    )


def signed(who: Identified, agreement: Agreement) -> Finished:
    """Its bank says so."""
    return Finished(
        title=said("Signed"),
        hint=said("It can pay your bills from now on, until you end it."),
        presence=who.presence,
        rows=rows(agreement),
    )


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
