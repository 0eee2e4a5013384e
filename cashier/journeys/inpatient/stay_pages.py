"""Pages of stays: which one, one with what can be done in its state, which deposit."""

from __future__ import annotations

from cashier.journeys.work import AtWork
from cashier.steps.sheet import Action, Column, Line, Table, Takes, WorkSheet
from core.inpatient import Admission, DepositRequest
from core.page_parts import Row, Section, Tone
from core.phrase import Day, Moment, Phrase, Said, Yuan, said
from core.wording import wording

OPEN = ("REQUESTED", "ADMITTED", "NOTICED")
ADMIT, SLIP, DEPOSIT, LISTS = "admit", "slip", "deposit", "lists"
SETTLE, SIGN, REST = "settle", "sign", "rest"
_STATES: dict[str, tuple[Tone, Said]] = {
    "REQUESTED": (Tone.WARNING, said("Asked for by the doctor")),
    "ADMITTED": (Tone.SUCCESS, said("In hospital")),
    "NOTICED": (Tone.WARNING, said("May be settled")),
    "SETTLED": (Tone.PLAIN, said("Settled")),
    "CANCELLED": (Tone.PLAIN, said("Cancelled")),
}
_ASKED: dict[str, tuple[Tone, Said]] = {
    "OPEN": (Tone.WARNING, said("Asked for")),
    "LOCKED": (Tone.WARNING, said("Being paid")),
    "PAID": (Tone.SUCCESS, said("Paid")),
}


def stays_sheet(at: AtWork, stays: tuple[Admission, ...]) -> WorkSheet:
    """Newest first."""
    columns = (
        Column(said("Asked for at"), 2),
        Column(said("Department"), 2),
        Column(said("Ward"), 2),
        Column(said("State"), 2),
        Column(said("Deposit left"), 2, right=True),
    )
    lines = tuple(
        Line(
            one.admission_id,
            (
                Moment(one.requested_at),
                one.department,
                one.ward,
                _STATES[one.state][1],
                Yuan(one.deposit_fen),
            ),
            _STATES[one.state][0],
        )
        for one in stays
    )
    return WorkSheet(
        title=said("Stays in hospital"),
        patient=at.patient,
        table=Table(columns, lines),
        actions=(Action("open", said("Open it"), takes=Takes.ROW),),
    )


def stay_sheet(at: AtWork, stay: Admission) -> WorkSheet:
    """Where, since when, its deposits, and what can be done now."""
    tone, words = _STATES[stay.state]
    return WorkSheet(
        title=said("Stay in hospital"),
        patient=at.patient,
        chip=words,
        chip_tone=tone,
        big_label=said("Deposit left"),
        big_value=Yuan(stay.deposit_fen),
        sections=(Section("", (*place_rows(stay), *_times(stay))),),
        table=_deposits(stay.deposit_requests),
        actions=_actions(stay),
    )


def place_rows(stay: Admission) -> tuple[Row, ...]:
    """Where, and by whom it was asked for."""
    bed = (Row("bed", said("Bed"), stay.bed),) if stay.bed else ()
    return (
        Row("bed", said("Ward"), stay.ward),
        *bed,
        Row("stethoscope", said("Department"), stay.department),
        Row("user", said("Doctor"), stay.doctor),
    )


def _times(stay: Admission) -> tuple[Row, ...]:
    told: tuple[tuple[Phrase, str], ...] = (
        (said("Asked for at"), stay.requested_at),
        (said("Registered at"), stay.admitted_at),
        (said("Discharge written at"), stay.noticed_at),
        (said("Settled at"), stay.settled_at),
    )
    rows = tuple(Row("clock", label, Moment(at)) for label, at in told if at)
    if stay.bill is None:
        return rows
    return (*rows, Row("receipt-yen", said("Charged in all"), Yuan(stay.bill.total_fen)))


def _deposits(asked: tuple[DepositRequest, ...]) -> Table:
    columns = (
        Column(said("Deposit asked for"), 2),
        Column(said("Amount"), 2, right=True),
        Column(said("State"), 2),
    )
    lines = tuple(
        Line(
            one.bill.bill_id,
            (Moment(one.bill.issued_at), Yuan(one.bill.total_fen), _ASKED[one.state][1]),
            _ASKED[one.state][0],
        )
        for one in asked
    )
    return Table(columns, lines, nothing=said("No deposit was asked for"))


def _actions(stay: Admission) -> tuple[Action, ...]:
    made: list[Action] = []
    match stay.state:
        case "REQUESTED":
            made.append(Action(ADMIT, said("Register the stay")))
        case "NOTICED":
            off = _no(stay.discharge.message_key, allow=stay.discharge.allow)
            made.append(Action(SETTLE, said("Settle the stay"), off=off))
        case "SETTLED" if stay.deposit_fen:
            words = said("Give the rest back")
            made.append(Action(REST, words, twice=True, amount_fen=stay.deposit_fen))
    if stay.deposits_asked:
        off = _no(stay.pay_deposit.message_key, allow=stay.pay_deposit.allow)
        made.append(Action(DEPOSIT, said("Take the deposit"), key="Ctrl+Y", off=off))
    if stay.state in ("ADMITTED", "NOTICED", "SETTLED"):
        made.append(Action(LISTS, said("Daily lists"), key="Ctrl+B"))
    if stay.state in ("ADMITTED", "NOTICED"):
        made.append(Action(SLIP, said("Admission slip again"), key="Ctrl+G"))
    if stay.state == "SETTLED":
        made.append(Action(SIGN, said("Sheet to be signed"), key="Ctrl+G"))
    return tuple(made) or (Action("done", said("Done")),)


def _no(reason: str, *, allow: bool) -> Phrase:
    return "" if allow else said(wording(reason).happened)


def deposits_sheet(at: AtWork, stay: Admission) -> WorkSheet:
    """Each request is paid by itself; the amount is the doctor's (H23)."""
    columns = (
        Column(said("Deposit of"), 2),
        Column(said("Department"), 3),
        Column(said("Amount"), 2, right=True),
    )
    lines = tuple(
        Line(bill.bill_id, (Day(bill.issued_at), bill.department, Yuan(bill.total_fen)))
        for bill in stay.deposits_asked
    )
    return WorkSheet(
        title=said("Inpatient deposit"),
        patient=at.patient,
        big_label=said("Asked for in all"),
        big_value=Yuan(stay.asked_fen),
        table=Table(columns, lines),
        actions=(Action("pay", said("Take this deposit"), takes=Takes.ROW),),
    )
