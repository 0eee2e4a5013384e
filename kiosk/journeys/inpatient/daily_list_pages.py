"""What a patient reads of the charges of a stay, on the screen (S40, L04)."""

from __future__ import annotations

from core.billing import BillLine, InsuranceClass
from core.inpatient import ChargedDay, DailyList, StayList
from core.page_parts import Row, Section, Tone
from core.phrase import Day, Moment, Yuan, said
from core.stay_papers import CLASSES
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Option, Show

PRINT = "print"


def days_page(who: Identified, charged: StayList) -> Choose:
    """One option a day, newest first."""
    return Choose(
        title=said("Which day do you want to see?"),
        hint=said("As it stands now: {time}", time=Moment(charged.time)),
        icon="list",
        presence=who.presence,
        options=tuple(_day(day) for day in charged.days),
    )


def _day(day: ChargedDay) -> Option:
    items = said("Items: {count}", count=day.items)
    return Option(day.day, Day(day.day), "calendar-check", items, Yuan(day.day_fen))


def list_page(who: Identified, listed: DailyList) -> Show:
    """Each item with its insurance class, then the sums."""
    return Show(
        title=said("Charges of {day}", day=Day(listed.day)),
        hint=said("As it stands now: {time}", time=Moment(listed.time)),
        icon="list",
        presence=who.presence,
        big_label=said("This day"),
        big_value=Yuan(listed.day_fen),
        sections=(
            Section("", tuple(_row(line) for line in listed.lines)),
            Section(said("The whole stay so far"), sum_rows(listed)),
        ),
        buttons=(Button(PRINT, said("Print this list"), "printer"),),
    )


def _row(line: BillLine) -> Row:
    own = line.insurance_class is InsuranceClass.OWN
    note = said(
        "{insurance_class} · {quantity} {unit}",
        insurance_class=CLASSES[line.insurance_class],
        quantity=line.quantity,
        unit=line.unit,
    )
    icon, tone = ("wallet", Tone.WARNING) if own else ("shield-check", Tone.PLAIN)
    return Row(icon, line.name, Yuan(line.amount_fen), note, tone)


def sum_rows(listed: DailyList) -> tuple[Row, ...]:
    """What was charged in all, and the deposit."""
    return (
        Row("receipt-yen", said("Charged in all"), Yuan(listed.charged_fen)),
        Row("wallet", said("Deposit paid in"), Yuan(listed.deposit_fen)),
    )


def printed_page(who: Identified, printed: bool) -> Finished:
    """After the print; the money is as it was."""
    return Finished(
        title=said("Your daily list"),
        hint=said("It says what was charged; nothing is paid by it"),
        icon="list",
        presence=who.presence,
        printed=printed,
    )
