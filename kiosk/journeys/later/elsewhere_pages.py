"""Pages of agreements that are signed on a phone: all of them, one of them, ending one."""

from __future__ import annotations

from core.agreement_words import OFFERED, PRODUCTS, name, rows, state
from core.deferral import DEBIT, Agreement
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, said
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Option, Show

_UNDERSTOOD = Button("done", said("I understand"), "check")


def overview(who: Identified, signed: tuple[Agreement, ...]) -> Choose:
    """What stands, then what can be signed."""
    standing = tuple(
        Option(each.agreement_id, name(each), "shield-check", state(each), each.payer)
        for each in signed
    )
    new = tuple(
        Option(product, words, icon, note)
        for product in OFFERED
        for words, icon, note in (PRODUCTS[product],)
    )
    return Choose(
        title=said("Signed on the phone"),
        hint=said("Choose one to look at or to end, or sign a new one."),
        icon="device-mobile",
        presence=who.presence,
        options=(*standing, *new, _certificate()),
    )


def _certificate() -> Option:
    note = said("Where to find it at this machine")
    return Option("certificate", said("Permission for the e-certificate"), "id-badge-2", note)


def certificate(who: Identified) -> Show:
    """It has a page of its own (H06)."""
    return Show(
        title=said("Permission for the e-certificate"),
        hint=said("It has its own page at this machine."),
        icon="id-badge-2",
        presence=who.presence,
        sections=(
            Section(
                "",
                (
                    Row("home", said("First"), said("Go back to the first page")),
                    Row("id", said("Then"), said("Press “Health card and first visit”")),
                ),
            ),
        ),
        buttons=(_UNDERSTOOD,),
    )


def told(who: Identified, agreement: Agreement) -> Show:
    """One of them; a bound debit can be ended here."""
    debit = agreement.kind == DEBIT
    end = Button("end", said("End this agreement"), "x", main=False)
    at_bank = Strip(
        Tone.INFO, "info-circle", said("Credit is ended where it was signed: at its bank.")
    )
    return Show(
        title=name(agreement),
        hint=said("The payer is told of every payment."),
        icon="shield-check",
        presence=who.presence,
        sections=(Section("", rows(agreement)),),
        strip=None if debit else at_bank,
        buttons=(_UNDERSTOOD, end) if debit else (_UNDERSTOOD,),
    )


def end_it(who: Identified, agreement: Agreement) -> Show:
    """Before it is ended; the ID card comes next."""
    return Show(
        title=said("End this agreement?"),
        hint=said("No bill is taken from it any more. Please have your ID card ready."),
        icon="x",
        presence=who.presence,
        sections=(Section("", rows(agreement)),),
        buttons=(
            Button("end", said("Yes, end it"), "check"),
            Button("no", said("No, keep it"), "arrow-back-up", main=False),
        ),
    )


def ended(who: Identified, agreement: Agreement) -> Finished:
    """Ended at its bank, too."""
    return Finished(
        title=said("The agreement is ended"),
        hint=said("No bill is taken from it any more."),
        presence=who.presence,
        rows=(Row("clock", said("Ended at"), Moment(agreement.cancelled_at)),),
    )
