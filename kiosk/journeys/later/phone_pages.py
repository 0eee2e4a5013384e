"""Pages of what is signed on the phone: bank credit in its two forms, a bound account."""

from __future__ import annotations

from core.agreement_words import PRODUCTS, rows
from core.deferral import Agreement
from core.page_parts import Row, Section
from core.phrase import said
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Finished, Show

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
