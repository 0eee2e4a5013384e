"""Papers of a stay at whatever terminal: the admission slip, and the charges of a day.

What a reader would get wrong: a daily list says what was charged; nothing is paid by it.
"""

from __future__ import annotations

from core.billing import BillLine, InsuranceClass
from core.inpatient import Admission, DailyList
from core.papers import PageSection, PageTable, WrittenPages
from core.phrase import Day, Moment, Phrase, Yuan, said
from core.slips import WrittenSlip

CLASSES: dict[InsuranceClass, Phrase] = {
    InsuranceClass.A: said("Class A"),
    InsuranceClass.B: said("Class B"),
    InsuranceClass.OWN: said("Own expense"),
}
_TITLE = said("Inpatient daily list")


def admission_slip(stay: Admission, *, is_copy: bool = False) -> WrittenSlip:
    """The voucher of the admission (H22)."""
    asked = ((said("Deposit asked for"), Yuan(stay.asked_fen)),) if stay.asked_fen else ()
    return WrittenSlip(
        about=stay.admission_id,
        title=said("Admission slip"),
        display_name=stay.display_name,
        pairs=(
            (said("Department"), stay.department),
            (said("Doctor"), stay.doctor),
            (said("Registered at"), Moment(stay.admitted_at)),
            *asked,
        ),
        big=stay.ward,
        lines=(
            said("Please go to the nurse station of the ward."),
            said("Please bring your ID card, your insurance card or code, and your medicines."),
        ),
        slip=stay.slip,
        is_copy=is_copy,
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
