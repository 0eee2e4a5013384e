"""Pages of what is signed on the patient's own phone: all of it, a code to sign by (H07, H08)."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, ForCustomer, Line, Table, Takes, WorkSheet
from core.agreement_words import OFFERED, PRODUCTS, name, state
from core.deferral import Agreement
from core.page_parts import Row, Section, Tone
from core.phrase import Yuan, said

_TONES = {"SIGNED": Tone.SUCCESS, "WAITING": Tone.WARNING}
_KEYS = {"BANK_CREDIT_LINE": "Ctrl+K", "PLATFORM_CREDIT": "Ctrl+G", "BOUND_DEBIT": "Ctrl+B"}
_STEPS = (
    said("The patient scans the code on the customer's screen"),
    said("They confirm who they are, and sign, on the phone"),
    said("Press Enter: the bank is asked whether it is signed"),
)


def agreements_sheet(at: AtWork, found: tuple[Agreement, ...]) -> WorkSheet:
    """What stands, and what can be signed now; one that pays is ended by the patient's word."""
    columns = (
        Column(said("What it is"), 2),
        Column(said("State"), 2),
        Column(said("Who pays"), 2),
        Column(said("Left for today"), 2, right=True),
    )
    lines = tuple(
        Line(
            one.agreement_id,
            (
                name(one),
                state(one),
                one.payer,
                Yuan(one.left_fen) if one.state == "SIGNED" else "",
            ),
            _TONES.get(one.state, Tone.PLAIN),
        )
        for one in found
    )
    new = (
        Action(product, PRODUCTS[product][0], key=_KEYS[product], fills=False)
        for product in OFFERED
    )
    return WorkSheet(
        title=said("Signed on the phone"),
        patient=at.patient,
        table=Table(columns, lines, nothing=said("Nothing was signed on a phone yet")),
        actions=(Action("open", said("Open it"), takes=Takes.ROW), *new),
    )


def code_sheet(at: AtWork, product: str, agreement: Agreement, trouble: str = "") -> WorkSheet:
    """The code stands on the patient's screen; three sentences say what happens."""
    words, _icon, note = PRODUCTS[product]
    steps = (Row("check", said("Step {number}", number=n), one) for n, one in enumerate(_STEPS, 1))
    return WorkSheet(
        title=words,
        patient=at.patient,
        chip=state(agreement),
        chip_tone=Tone.WARNING,
        trouble=trouble,
        text=note,
        sections=(Section("", tuple(steps)),),
        actions=(Action("check", said("Ask the bank")),),
        customer=ForCustomer(
            said("Scan the code with your phone, and sign there"), code=agreement.code_url
        ),
    )
