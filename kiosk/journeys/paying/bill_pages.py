"""Pages before a bill is settled: check the items, mark what is not wanted, what became of it."""

from __future__ import annotations

from core.billing import Bill, BillElsewhere, BillLine, GiveUp, InsuranceClass, PaidFrom
from core.identity import Patient
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Phrase, Said, Yuan, said
from core.ports import CardPresence
from core.slips import WrittenSlip
from kiosk.steps.pages import Button, ChooseSome, Finished, Option, Show

CHECKED, GIVE_UP, PAY_REST = "checked", "give_up", "pay_rest"
_CLASSES: dict[InsuranceClass, Said] = {
    InsuranceClass.A: said("Insured"),
    InsuranceClass.B: said("Insured in part"),
    InsuranceClass.OWN: said("Not insured"),
}
_BY: dict[PaidFrom, Said] = {
    PaidFrom.RELATIVE: said("A relative is paying this on the phone now"),
    PaidFrom.ELSEWHERE: said("This is being paid on a phone now"),
}


def check_page(
    patient: Patient,
    bills: tuple[Bill, ...],
    elsewhere: tuple[BillElsewhere, ...],
    presence: CardPresence | None,
    trouble: str,
) -> Show:
    """Every item of every bill, and one press that says they were looked at (N09)."""
    total_fen = sum(bill.total_fen for bill in bills)
    return Show(
        title=said("Please check every item"),
        hint=patient.display_name,
        icon="clipboard-list",
        presence=presence,
        trouble=trouble,
        place=1,
        sections=(*map(_bill_section, bills), *map(_elsewhere_section, elsewhere)),
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("All of it is paid at once. Nothing is taken before you confirm the next page."),
        ),
        big_label=said("To be settled"),
        big_value=Yuan(total_fen),
        buttons=(
            Button(CHECKED, said("I have checked, go on")),
            Button(GIVE_UP, said("I do not want something"), "x", main=False),
        ),
    )


def _bill_section(bill: Bill) -> Section:
    title = said(
        "{department}, {doctor}, {issued}",
        department=bill.department,
        doctor=bill.doctor,
        issued=Moment(bill.issued_at),
    )
    return Section(title, tuple(_line_row(line) for line in bill.lines))


def _line_row(line: BillLine) -> Row:
    note = said(
        "{quantity} {unit}, {insurance}",
        quantity=line.quantity,
        unit=line.unit,
        insurance=_CLASSES[line.insurance_class],
    )
    return Row("receipt", line.name, Yuan(line.amount_fen), note)


def _elsewhere_section(told: BillElsewhere) -> Section:
    row = Row(
        "device-mobile", told.bill.department, Yuan(told.bill.total_fen), _BY[told.by], Tone.WARNING
    )
    return Section("", (row,))


def give_up_page(bills: tuple[Bill, ...], presence: CardPresence | None) -> ChooseSome:
    """Mark what is not wanted; what was done already cannot be marked (N10)."""
    return ChooseSome(
        title=said("What do you not want?"),
        hint=said("This machine deletes nothing. A window decides."),
        icon="x",
        presence=presence,
        place=1,
        options=tuple(_line_option(bill, line) for bill in bills for line in bill.lines),
        button=Button("ask", said("Make a slip for the window"), "printer"),
    )


def _line_option(bill: Bill, line: BillLine) -> Option:
    off: Phrase = said("This was done already") if line.executed else ""
    return Option(line.line_id, line.name, "receipt", bill.department, Yuan(line.amount_fen), off)


def give_up_slip(patient: Patient, bill: Bill, asked: GiveUp) -> WrittenSlip:
    """What goes to the window: one slip a bill."""
    items = tuple(
        (line.name, Yuan(line.amount_fen)) for line in bill.lines if line.line_id in asked.line_ids
    )
    return WrittenSlip(
        about=asked.slip.slip_id,
        title=said("Items that are not wanted"),
        display_name=patient.display_name,
        pairs=((said("Department"), bill.department), *items),
        big=said("Refund consultation window"),
        lines=(
            said("Nothing was paid and nothing was deleted."),
            said("Please show this slip at the window. It cancels what was not done yet."),
        ),
        slip=asked.slip,
    )


def given_up_page(rest: tuple[Bill, ...], printed: bool, presence: CardPresence | None) -> Finished:
    """The slip is out; what is not concerned can be paid now."""
    pay_rest = Button(
        PAY_REST,
        said("Pay the rest now: {amount}", amount=Yuan(sum(bill.total_fen for bill in rest))),
        "receipt-yen",
    )
    return Finished(
        title=said("Your wish is noted"),
        hint=said("Nothing was paid for it and nothing was deleted."),
        icon="printer",
        tone=Tone.INFO,
        presence=presence,
        big_label=said("Please go to"),
        big_value=said("Refund consultation window"),
        strip=Strip(
            Tone.INFO,
            "info-circle",
            said("The window cancels what was not done yet. Then come back and pay what is left."),
        ),
        printed=printed,
        buttons=(pay_rest,) if rest else (),
    )


def elsewhere_page(told: tuple[BillElsewhere, ...], presence: CardPresence | None) -> Finished:
    """Nothing is left to pay here: a phone is paying it (N18)."""
    return Finished(
        title=_BY[told[0].by],
        hint=said("Please do not pay again. It is finished in a few minutes."),
        icon="device-mobile",
        tone=Tone.INFO,
        presence=presence,
        rows=tuple(
            Row("receipt-yen", one.bill.department, Yuan(one.bill.total_fen)) for one in told
        ),
    )


def paid_meanwhile_page(by_relative: bool, presence: CardPresence | None) -> Finished:
    """Somebody was faster (N18, W07)."""
    words = (
        said("A relative has paid your bill") if by_relative else said("Your bill is paid already")
    )
    return Finished(
        title=words,
        hint=said("Nothing more is to be paid, and nothing was taken here."),
        icon="check",
        presence=presence,
    )
