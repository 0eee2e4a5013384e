"""Pages and slip of a balance that is asked back: what there is, how it goes back, who gets it.

What a reader would get wrong: no page names who paid a top-up or an account it came from (W31);
the only account shown is the one that the patient types, until it was sent.
"""

from __future__ import annotations

from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Moment, Phrase, Said, Yuan, said
from core.prepay import CleanOut, CleanOutPlan, WayBack
from core.prepay_papers import ROUTES, STATES
from core.steps.prefund import Payee
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Keys, Option, Show, TypeIn

REGISTERED_CONTACT = "REGISTERED_CONTACT"
_TITLE = said("My balance and its refund")
BANKS: dict[str, Said] = {
    "ICBC": said("Industrial and Commercial Bank"),
    "ABC": said("Agricultural Bank"),
    "BOC": said("Bank of China"),
    "CCB": said("Construction Bank"),
    "BOCOM": said("Bank of Communications"),
    "PSBC": said("Postal Savings Bank"),
    "CMB": said("China Merchants Bank"),
    "RCB": said("Rural Commercial Bank or Credit Union"),
}
DOCUMENTS: dict[str, Said] = {
    "VISIT_CARD": said("Visit card"),
    "PATIENT_ID": said("ID card of the patient"),
    "PATIENT_SAVINGS_CARD": said("Savings card of the patient"),
    "AGENT_ID": said("ID card of whoever comes"),
    "RELATION_PROOF": said("Proof of the relation"),
    "DEATH_PROOF": said("Proof of death"),
}


def nothing(who: Identified) -> Finished:
    """No balance, nothing under way."""
    return Finished(
        title=_TITLE,
        hint=said("There is no prepaid balance. There is nothing to do."),
        icon="wallet",
        tone=Tone.INFO,
        presence=who.presence,
        big_label=said("Your balance"),
        big_value=Yuan(0),
    )


def plan(who: Identified, told: CleanOutPlan) -> Show:
    """How each part would go back, and that nothing moves by looking (W27, W28, S51)."""
    return Show(
        title=_TITLE,
        hint=said("Please take out what you do not need. A window checks it and pays."),
        icon="wallet",
        presence=who.presence,
        big_label=said("Your balance"),
        big_value=Yuan(told.balance_fen),
        sections=(
            Section(said("How it goes back"), tuple(_way(way) for way in told.ways)),
            *_payee_words(told),
        ),
        strip=_warning(told),
        buttons=(
            Button("go_on", said("Ask for all of it back"), "receipt-refund"),
            Button("no", said("No, keep it for my next bills"), "x", main=False),
        ),
    )


def _way(way: WayBack) -> Row:
    label = said("{channel}, {day}", channel=way.channel_name, day=Day(way.day))
    note = said("{route}: {why}", route=ROUTES[way.route], why=way.why)
    return Row("coins", label, Yuan(way.amount_fen), note)


def _payee_words(told: CleanOutPlan) -> tuple[Section, ...]:
    """Below 18 a transfer goes to the registered contact (W30)."""
    if "PAYEE" not in told.needs:
        return ()
    if REGISTERED_CONTACT in told.payee.needs:
        whose = said("The contact who was registered at the visit")
    else:
        whose = said("The patient")
    return (Section("", (Row("users", said("Who gets a transfer"), whose),)),)


def _warning(told: CleanOutPlan) -> Strip | None:
    """Money goes to whoever paid it in, who is never named (W31)."""
    if told.warning is None:
        return None
    return Strip(Tone.WARNING, "alert-triangle", told.warning)


def warning(who: Identified, told: CleanOutPlan) -> Show:
    """Read before anything is sent (W31)."""
    assert told.warning is not None
    return Show(
        title=said("Please read this before you go on"),
        icon="alert-triangle",
        presence=who.presence,
        text=told.warning,
        buttons=(
            Button("read", said("I have read it, go on")),
            Button("no", said("No, go back"), "x", main=False),
        ),
    )


def documents(who: Identified, told: CleanOutPlan) -> Show:
    """Only a window may; what has to be brought along (W34)."""
    return Show(
        title=said("This is done at a service window"),
        hint=said("Nothing was changed. Please bring these papers."),
        icon="building-bank",
        presence=who.presence,
        sections=(
            Section(
                said("Bring along"),
                tuple(
                    Row("file-text", DOCUMENTS[name], "")
                    for name in told.documents
                    if name in DOCUMENTS
                ),
            ),
        ),
        buttons=(Button("done", said("Done")),),
    )


def bank(who: Identified) -> Choose:
    """Whose bank."""
    return Choose(
        title=said("Which bank is the account at?"),
        hint=said("If yours is not here, please go to a service window."),
        icon="building-bank",
        presence=who.presence,
        options=tuple(Option(code, words, "building-bank") for code, words in BANKS.items()),
    )


def account(who: Identified, *, for_contact: bool) -> TypeIn:
    """The number on the bank card."""
    if for_contact:
        hint = said("The account must belong to the registered contact.")
    else:
        hint = said("The account must belong to the patient.")
    return TypeIn(
        title=said("Please type the number on the bank card"),
        hint=hint,
        icon="credit-card",
        presence=who.presence,
        keys=Keys.DIGITS,
        label=said("Number on the bank card"),
        least=12,
        most=19,
    )


def confirmation(who: Identified, told: CleanOutPlan, payee: Payee | None) -> Show:
    """Everything once more; the number as it was typed, in groups of four."""
    rows = tuple(_way(way) for way in told.ways)
    return Show(
        title=said("Send this request?"),
        hint=said("No money moves now. A window checks it first."),
        icon="receipt-refund",
        presence=who.presence,
        big_label=said("Asked back"),
        big_value=Yuan(told.balance_fen),
        sections=(Section("", rows), *_typed(payee)),
        buttons=(
            Button("send", said("Send the request")),
            Button("no", said("No, do not send it"), "x", main=False),
        ),
    )


def _typed(payee: Payee | None) -> tuple[Section, ...]:
    if payee is None:
        return ()
    number = payee.account_no
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    return (
        Section(
            said("The account you typed"),
            (
                Row("building-bank", said("Bank"), BANKS[payee.bank]),
                Row("credit-card", said("Number on the bank card"), grouped),
            ),
        ),
    )


def state(told: CleanOut) -> Phrase:
    """How far it is, in words."""
    return STATES.get(told.state, STATES["SUSPENSE"])


def _rows(told: CleanOut) -> tuple[Row, ...]:
    rows = [
        Row("coins", said("Asked back"), Yuan(told.amount_fen)),
        Row("clock", said("Received at"), Moment(told.asked_at)),
        Row("clipboard-list", said("State"), state(told)),
    ]
    if told.payee_account:
        rows.append(Row("credit-card", said("To the account"), told.payee_account))
    return tuple(rows)


def under_way(who: Identified, told: CleanOut) -> Show:
    """One application at a time: how far it is; another account when the bank wants one."""
    needs_account = "PAYEE" in told.needs
    again = Button("account", said("Give another account"), "credit-card")
    done = Button("done", said("Done"), main=not needs_account)
    return Show(
        title=said("Your balance is being paid back"),
        hint=said("You need not do anything until it is done.")
        if not needs_account
        else said("The bank could not pay it out. Please give another account."),
        icon="receipt-refund",
        presence=who.presence,
        big_label=said("Asked back"),
        big_value=Yuan(told.amount_fen),
        sections=(
            Section("", _rows(told)),
            Section(said("How it goes back"), tuple(_way(way) for way in told.ways)),
        ),
        buttons=(again, done) if needs_account else (done,),
    )


def sent(who: Identified, told: CleanOut, *, printed: bool) -> Finished:
    """Received, and nothing more."""
    return Finished(
        title=said("Your request was received"),
        hint=said("No money has moved yet. A window checks your request first."),
        icon="receipt-refund",
        presence=who.presence,
        big_label=said("Asked back"),
        big_value=Yuan(told.amount_fen),
        rows=_rows(told)[1:],
        printed=printed,
    )
