"""Pages of the pay-later account: state, arrears, visits with their due times, ending it."""

from __future__ import annotations

from core.billing import Bill
from core.deferral import Credit, Decision, DeferralAccount, DeferredVisit, Signature, Suspension
from core.deferral_papers import EXCLUSIONS
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Moment, Phrase, Said, Yuan, said
from core.wording import wording
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Option, Show

_TITLE = said("Pay after your visit")
_STATES: dict[str, tuple[Tone, str, Said]] = {
    "ELIGIBLE": (Tone.INFO, "info-circle", said("You may sign up now. It is free.")),
    "SIGNED": (
        Tone.SUCCESS,
        "check",
        said("You are signed up, with every card of yours. Bills wait until the visit has ended."),
    ),
    "REPAIRED": (
        Tone.SUCCESS,
        "check",
        said("Your credit is repaired. Bills wait until the visit has ended."),
    ),
    "SUSPENDED": (
        Tone.DANGER,
        "alert-triangle",
        said("It is stopped in all hospitals of the city until your credit is repaired."),
    ),
    "CANCELLED": (Tone.INFO, "info-circle", said("You ended it. What you owe stays due.")),
    "NOT_ELIGIBLE": (
        Tone.WARNING,
        "info-circle",
        said("It is not open to you now. You are treated just the same."),
    ),
}
_LACKS: dict[str, Said] = {
    "PAID": said("What you owe is still to be paid"),
    "REPAIR_CONFIRMED": said("Staff at a window still have to confirm the repair"),
}


def overview(who: Identified, account: DeferralAccount) -> Choose:
    """Where it stands, and what can be done."""
    tone, icon, words = _STATES[account.state]
    return Choose(
        title=_TITLE,
        hint=said("What would you like to do?"),
        icon="calendar-time",
        presence=who.presence,
        strip=Strip(tone, icon, words),
        options=_options(account),
    )


def _options(account: DeferralAccount) -> tuple[Option, ...]:
    told = []
    if account.open_fen:
        told.append(
            Option(
                "repay",
                said("Pay what is waiting"),
                "receipt-yen",
                said("Everything of one visit at once, before your insurance bears its part"),
                Yuan(account.open_fen),
            )
        )
    if not account.stands:
        told.append(_sign_option(account.may_sign))
    if account.visits:
        told.append(Option("visits", said("Bills, due times, payments"), "list"))
    if account.stands:
        note = said("Which of your bills are paid now, and why")
        told.append(Option("pay_now", said("Bills that cannot wait"), "hand-stop", note))
    if account.credit.state == "SUSPENDED":
        told.append(Option("credit", said("Why it is stopped, and what is missing"), "help-circle"))
    if account.stands:
        note = said("At any time; you may sign again later")
        told.append(Option("cancel", said("End pay-later"), "x", note))
    return tuple(told)


def _sign_option(decision: Decision) -> Option:
    """Of somebody who may not sign it leads to the reason and to other ways (H35)."""
    with_bank = decision.message_key == "deferral.with_bank"
    if decision.allow or with_bank:
        note: Phrase = said("Read it, sign it, done")
    else:
        note = said(wording(decision.message_key).happened)
    return Option("sign", said("Sign up"), "signature", note)


def stopped(who: Identified, credit: Credit) -> Show:
    """Since when, and what is missing until it goes on (N15)."""
    here = said("Arrears at this hospital") if credit.here else said("Arrears at another hospital")
    rows = [Row("building-hospital", said("Why"), here)]
    if credit.since:
        rows.append(Row("calendar-time", said("Since"), Day(credit.since)))
    return Show(
        title=said("Pay-later is stopped"),
        hint=said("You are treated just the same; bills are paid at once."),
        icon="alert-triangle",
        presence=who.presence,
        sections=(
            Section("", tuple(rows)),
            *(Section(said("What is missing"), _missing(each)) for each in credit.suspensions),
        ),
        buttons=(Button("done", said("I understand"), "check"),),
    )


def _missing(suspension: Suspension) -> tuple[Row, ...]:
    amount = Row("coins", said("Amount"), Yuan(suspension.amount_fen))
    lacks = (Row("hourglass", said("Missing"), _LACKS[lack]) for lack in suspension.lacks)
    return (amount, *lacks)


def visits(who: Identified, found: tuple[DeferredVisit, ...], title: Phrase) -> Choose:
    """One of them."""
    return Choose(
        title=title,
        hint=said("Please choose a visit."),
        icon="list",
        presence=who.presence,
        options=tuple(
            Option(
                visit.registration_id,
                said("Visit of {day}", day=Day(visit.day)),
                "stethoscope",
                state(visit),
                Yuan(visit.open_fen),
            )
            for visit in found
        ),
    )


def state(visit: DeferredVisit) -> Said:
    """What is to be done, and until when (N13)."""
    match visit.state:
        case "ACCUMULATING":
            return said("The visit goes on; nothing has to be paid yet")
        case "DUE":
            return said("Please pay by {time}", time=Moment(visit.due_at))
        case "PAID":
            return said("Paid at {time}", time=Moment(visit.paid_at))
        case _:
            return said(
                "It was due by {time}; please pay before {day}",
                time=Moment(visit.due_at),
                day=Day(visit.suspends_at),
            )


def visit_told(who: Identified, visit: DeferredVisit) -> Show:
    """Its bills, due time and payments (W10)."""
    bills = tuple(
        Row(
            "receipt",
            bill.department,
            Yuan(bill.total_fen),
            said("Waits") if bill.waits else said("Settled"),
        )
        for bill in visit.bills
    )
    paid = tuple(
        Row(
            "circle-check",
            Moment(each.settled_at),
            Yuan(each.amount_fen),
            said("Settled by itself, as you signed") if each.automatic else said("Paid by you"),
        )
        for each in visit.repayments
    )
    sections = [Section(said("Bills"), bills)]
    if paid:
        sections.append(Section(said("Payments"), paid))
    return Show(
        title=said("Visit of {day}", day=Day(visit.day)),
        hint=state(visit),
        icon="stethoscope",
        presence=who.presence,
        sections=tuple(sections),
        big_label=said("Still to be paid"),
        big_value=Yuan(visit.open_fen),
        buttons=(Button("done", said("I understand"), "check"),),
    )


def pay_now(who: Identified, bills: tuple[tuple[Bill, Decision], ...]) -> Show:
    """Bills that are paid at once, each with its reason (N08)."""
    rows = tuple(
        Row("receipt-yen", bill.department, Yuan(bill.total_fen), why_now(decision))
        for bill, decision in bills
    )
    nothing = (Row("check", said("None. All open bills may wait."), ""),)
    return Show(
        title=said("Bills that cannot wait"),
        hint=said("Please pay these at this machine, on the phone or at a window."),
        icon="hand-stop",
        presence=who.presence,
        sections=(Section("", rows or nothing),),
        buttons=(Button("done", said("I understand"), "check"),),
    )


def why_now(decision: Decision) -> Phrase:
    """The exclusion when there is one, else the rule's words."""
    for need in decision.needs:
        if need in EXCLUSIONS:
            return EXCLUSIONS[need]
    return said(wording(decision.message_key).happened)


def end_it(who: Identified, account: DeferralAccount) -> Show:
    """What ending means, before it is done (N12)."""
    return Show(
        title=said("End pay-later?"),
        hint=said("Later bills are then paid at once. You may sign again at any time."),
        icon="x",
        presence=who.presence,
        strip=Strip(Tone.INFO, "info-circle", said("What waits now stays due at its time.")),
        big_label=said("Still to be paid"),
        big_value=Yuan(account.open_fen),
        buttons=(
            Button("end", said("Yes, end it"), "check"),
            Button("no", said("No, keep it"), "arrow-back-up", main=False),
        ),
    )


def ended(who: Identified, end: Signature, *, printed: bool) -> Finished:
    """Ended."""
    return Finished(
        title=said("Pay-later is ended"),
        hint=said("What waits stays due at its time."),
        presence=who.presence,
        rows=(Row("clock", said("Ended at"), Moment(end.cancelled_at)),),
        printed=printed,
    )
