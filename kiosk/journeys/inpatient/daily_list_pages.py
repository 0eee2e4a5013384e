"""What a patient reads of the charges of a stay, on the screen and on paper (S40, L04)."""

from __future__ import annotations

from core.billing import BillLine, InsuranceClass
from core.inpatient import ChargedDay, DailyList, StayList
from core.papers import PageSection, PageTable, WrittenPages
from core.phrase import Day, Moment, Phrase, Yuan, said
from core.slips import WrittenSlip
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Option, Row, Section, Show, Tone

PRINT = "print"
CLASSES: dict[InsuranceClass, Phrase] = {
    InsuranceClass.A: said("Class A"),
    InsuranceClass.B: said("Class B"),
    InsuranceClass.OWN: said("Own expense"),
}
_TITLE = said("Inpatient daily list")


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


def list_slip(listed: DailyList) -> WrittenSlip:
    """The day on the narrow paper."""
    return WrittenSlip(
        about=f"{listed.admission_id}/{listed.day}",
        title=_TITLE,
        display_name=listed.display_name,
        pairs=(
            (said("Day"), Day(listed.day)),
            (said("Ward"), listed.ward),
            *(_pair(line) for line in listed.lines),
            (said("This day"), Yuan(listed.day_fen)),
            (said("Charged in all"), Yuan(listed.charged_fen)),
            (said("Deposit paid in"), Yuan(listed.deposit_fen)),
        ),
        lines=(said("As it stands now: {time}", time=Moment(listed.time)),),
    )


def _pair(line: BillLine) -> tuple[Phrase, Phrase]:
    what = said(
        "{name} × {quantity} ({insurance_class})",
        name=line.name,
        quantity=line.quantity,
        insurance_class=CLASSES[line.insurance_class],
    )
    return what, Yuan(line.amount_fen)


def list_sheet(listed: DailyList) -> WrittenPages:
    """The day on A4."""
    head: tuple[Phrase, ...] = (
        said("Item"),
        said("Insurance class"),
        said("Quantity"),
        said("Unit"),
        said("Price"),
        said("Amount"),
    )
    rows = tuple(_cells(line) for line in listed.lines)
    sums = PageTable(
        (said("This day"), said("Charged in all"), said("Deposit paid in")),
        ((Yuan(listed.day_fen), Yuan(listed.charged_fen), Yuan(listed.deposit_fen)),),
    )
    about = said(
        "Patient {name}, ward {ward}, {day}",
        name=listed.display_name,
        ward=listed.ward,
        day=Day(listed.day),
    )
    time = said("As it stands now: {time}", time=Moment(listed.time))
    return WrittenPages(
        f"{listed.admission_id}/{listed.day}",
        _TITLE,
        (PageSection("", (about,), (PageTable(head, rows),)), PageSection("", (time,), (sums,))),
    )


def _cells(line: BillLine) -> tuple[Phrase, ...]:
    return (
        line.name,
        CLASSES[line.insurance_class],
        line.quantity,
        line.unit,
        Yuan(line.unit_price_fen),
        Yuan(line.amount_fen),
    )
