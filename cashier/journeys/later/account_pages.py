"""Pages of one person's pay later: state, arrears, visits with their due times, why not.

What a reader would get wrong: what waits is told before the insurance bears its part; only a quote
says what the patient pays.
"""

from __future__ import annotations

from dataclasses import dataclass

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Line, Table, Takes, WorkSheet
from core.billing import Bill
from core.deferral import Credit, Decision, DeferralAccount, DeferredVisit, Suspension
from core.deferral_papers import EXCLUSIONS, signature_pairs
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Moment, Phrase, Said, Yuan, said
from core.wording import wording

_TITLE = said("Pay after the visit")
_STATES: dict[str, tuple[Tone, Said]] = {
    "ELIGIBLE": (Tone.PLAIN, said("May sign")),
    "SIGNED": (Tone.SUCCESS, said("Signed")),
    "REPAIRED": (Tone.SUCCESS, said("Signed, credit repaired")),
    "SUSPENDED": (Tone.DANGER, said("Stopped in the whole city")),
    "CANCELLED": (Tone.PLAIN, said("Ended")),
    "NOT_ELIGIBLE": (Tone.WARNING, said("Not open to this patient now")),
}
_VISITS: dict[str, tuple[Tone, Said]] = {
    "ACCUMULATING": (Tone.PLAIN, said("Goes on")),
    "DUE": (Tone.PLAIN, said("Due")),
    "OVERDUE": (Tone.WARNING, said("Overdue")),
    "SUSPENDING": (Tone.DANGER, said("Overdue, pay later is stopped")),
    "PAID": (Tone.SUCCESS, said("Paid")),
}
LACKS: dict[str, Said] = {
    "PAID": said("What is owed is not paid yet"),
    "REPAIR_CONFIRMED": said("A supervisor has not confirmed the repair yet"),
}

_COLUMNS = (
    Column(said("Visit of"), 2),
    Column(said("State"), 3),
    Column(said("Bills"), right=True),
    Column(said("Waits"), 2, right=True),
    Column(said("Due"), 2),
    Column(said("Stopped from"), 2),
)


@dataclass(frozen=True, slots=True)
class ForNow:
    """A bill, and the rule that says whether it may wait."""

    bill: Bill
    decision: Decision


def account_sheet(at: AtWork, account: DeferralAccount) -> WorkSheet:
    """Where it stands, what waits, and what can be done."""
    tone, words = _STATES[account.state]
    return WorkSheet(
        title=_TITLE,
        patient=at.patient,
        chip=words,
        chip_tone=tone,
        strip=_why_not(account),
        big_label=said("Waits to be paid"),
        big_value=Yuan(account.open_fen),
        sections=(*_signature(account), *_credit(account.credit)),
        table=Table(_COLUMNS, _lines(account.visits), nothing=said("No visit has bills that wait")),
        actions=_actions(at, account),
    )


def _why_not(account: DeferralAccount) -> Strip | None:
    decision = account.may_sign
    if account.stands or decision.allow:
        return None
    return Strip(Tone.WARNING, "info-circle", why_now(decision))


def why_now(decision: Decision) -> Phrase:
    """The exclusion when there is one, else the rule's words."""
    named = (EXCLUSIONS[need] for need in decision.needs if need in EXCLUSIONS)
    return next(named, said(wording(decision.message_key).happened))


def _signature(account: DeferralAccount) -> tuple[Section, ...]:
    signed = account.signature
    if signed is None:
        return ()
    rows = [Row("signature", label, value) for label, value in signature_pairs(signed)]
    if signed.cancelled_at:
        rows.append(Row("clock", said("Ended at"), Moment(signed.cancelled_at)))
    return (Section(said("Commitment"), tuple(rows)),)


def _credit(credit: Credit) -> tuple[Section, ...]:
    if credit.state == "CLEAR" and not credit.malicious:
        return ()
    where = said("Arrears of this hospital") if credit.here else said("Arrears at another hospital")
    rows = [Row("alert-triangle", where, Day(credit.since), tone=Tone.WARNING)]
    if credit.malicious:
        found = said("Malicious arrears were found")
        rows.append(Row("alert-triangle", found, "", tone=Tone.DANGER))
    told = (row for one in credit.suspensions for row in suspension_rows(one))
    return (Section(said("Credit record"), (*rows, *told)),)


def suspension_rows(suspension: Suspension) -> tuple[Row, ...]:
    """What it was for, and what is missing until it ends."""
    amount = Row("coins", said("Amount"), Yuan(suspension.amount_fen), Day(suspension.since))
    lacks = (Row("hourglass", said("Missing"), LACKS[lack]) for lack in suspension.lacks)
    return (amount, *lacks)


def _lines(visits: tuple[DeferredVisit, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(
            one.registration_id,
            (
                Day(one.day),
                _VISITS[one.state][1],
                str(len(one.bills)),
                Yuan(one.open_fen),
                Moment(one.due_at),
                Day(one.suspends_at),
            ),
            _VISITS[one.state][0],
        )
        for one in visits
    )


def unconfirmed(account: DeferralAccount) -> Suspension | None:
    """The first suspension of this hospital that waits for a person's word."""
    told = account.credit.suspensions
    return next((one for one in told if "REPAIR_CONFIRMED" in one.lacks), None)


def _actions(at: AtWork, account: DeferralAccount) -> tuple[Action, ...]:
    made = []
    if account.visits:
        made.append(Action("open", said("Bills and payments"), takes=Takes.ROW))
    if account.stands:
        made.append(Action("end", said("End pay-later"), key="Ctrl+E", twice=True))
    else:
        no = "" if account.may_sign.allow else why_now(account.may_sign)
        made.append(Action("sign", said("Sign"), key="Ctrl+G", off=no))
    made.append(Action("pay_now", said("Bills that cannot wait"), key="Ctrl+B"))
    waits = unconfirmed(account)
    if waits is not None:
        words = said("Confirm the repair")
        off = _no_repair(at, waits)
        made.append(Action("repair", words, key="Ctrl+K", twice=True, off=off))
    return tuple(made)


def _no_repair(at: AtWork, waits: Suspension) -> Phrase:
    if "supervisor" not in at.operator.roles:
        return said("Not among your roles")
    return LACKS["PAID"] if "PAID" in waits.lacks else ""


def visits_sheet(at: AtWork, visits: tuple[DeferredVisit, ...]) -> WorkSheet:
    """Which of them is paid now."""
    return WorkSheet(
        title=said("Pay what waited after a visit"),
        patient=at.patient,
        big_label=said("Waits to be paid"),
        big_value=Yuan(sum(visit.open_fen for visit in visits)),
        table=Table(_COLUMNS, _lines(visits)),
        actions=(Action("pay", said("Pay this visit"), takes=Takes.ROW),),
    )


def visit_sheet(at: AtWork, visit: DeferredVisit) -> WorkSheet:
    """Its bills, due time and payments (W10, N13)."""
    tone, words = _VISITS[visit.state]
    bills = tuple(
        Line(
            bill.bill_id,
            (
                bill.department,
                Moment(bill.issued_at),
                Yuan(bill.total_fen),
                said("Waits") if bill.waits else said("Settled"),
            ),
        )
        for bill in visit.bills
    )
    columns = (
        Column(said("Department"), 3),
        Column(said("Issued"), 2),
        Column(said("Amount"), 2, right=True),
        Column(said("State"), 2),
    )
    paid = tuple(
        Row(
            "circle-check",
            Moment(one.settled_at),
            Yuan(one.amount_fen),
            said("Debited by itself") if one.automatic else said("Paid by the patient"),
        )
        for one in visit.repayments
    )
    due = Row("clock", said("Due"), Moment(visit.due_at) if visit.due_at else said("Not yet"))
    off = "" if visit.open_fen else said("Nothing waits to be paid")
    return WorkSheet(
        title=said("Visit of {day}", day=Day(visit.day)),
        patient=at.patient,
        chip=words,
        chip_tone=tone,
        big_label=said("Waits to be paid"),
        big_value=Yuan(visit.open_fen),
        sections=(Section(said("Payments"), (due, *paid)),),
        table=Table(columns, bills),
        actions=(Action("pay", said("Pay this visit"), off=off),),
    )


def pay_now_sheet(at: AtWork, found: tuple[ForNow, ...]) -> WorkSheet:
    """Each with its reason; they are settled as every other bill."""
    lines = tuple(
        Line(
            one.bill.bill_id,
            (one.bill.department, Yuan(one.bill.total_fen), why_now(one.decision)),
        )
        for one in found
    )
    columns = (
        Column(said("Department"), 2),
        Column(said("Amount"), 1, right=True),
        Column(said("Why"), 4),
    )
    return WorkSheet(
        title=said("Bills that cannot wait"),
        patient=at.patient,
        text=said("The doctor excludes visits and bills; a cashier states a visit's liability."),
        table=Table(columns, lines, nothing=said("All open bills may wait")),
        actions=(Action("done", said("Done")),),
    )
