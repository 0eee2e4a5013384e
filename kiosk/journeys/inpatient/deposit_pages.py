"""What a patient reads when paying a deposit that a doctor asked for."""

from __future__ import annotations

from core.billing import Bill, Settlement
from core.inpatient import Admission
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Day, Yuan, said
from kiosk.journeys.identify import Identified
from kiosk.journeys.inpatient.stays import place_rows, told
from kiosk.steps.pages import Button, Choose, Finished, Option, Show

PAY = "pay"


def which_page(who: Identified, stay: Admission) -> Choose:
    """Each request is paid by itself."""
    return Choose(
        title=said("Which deposit do you want to pay?"),
        hint=said("Your doctor asked for each of these"),
        icon="wallet",
        presence=who.presence,
        options=tuple(
            Option(
                bill.bill_id,
                said("Deposit of {day}", day=Day(bill.issued_at)),
                "wallet",
                bill.department,
                Yuan(bill.total_fen),
            )
            for bill in stay.deposits_asked
        ),
    )


def asked_page(who: Identified, stay: Admission, bill: Bill) -> Show:
    """The amount is the doctor's (H23) and cannot be changed here."""
    paid = Row("coins", said("Deposit paid in so far"), Yuan(stay.deposit_fen))
    return Show(
        title=said("Your doctor asked for a deposit"),
        hint=said("The amount comes from the doctor's request"),
        icon="wallet",
        presence=who.presence,
        big_label=said("Deposit to pay"),
        big_value=Yuan(bill.total_fen),
        sections=(Section("", (*place_rows(stay), paid)),),
        buttons=(Button(PAY, said("Go on to pay")),),
        strip=Strip(
            Tone.INFO,
            "shield-check",
            said("What is not used goes back to you after discharge."),
        ),
    )


def nothing_page(who: Identified, stay: Admission) -> Finished:
    """No request waits; a deposit without one is not taken."""
    locked = any(asked.state == "LOCKED" for asked in stay.deposit_requests)
    hint = (
        said("The deposit is being paid on a phone just now. Please look again in a moment.")
        if locked
        else said("A deposit is only paid when the doctor asks for it. You need not do anything.")
    )
    paid = Row("wallet", said("Deposit paid in so far"), Yuan(stay.deposit_fen))
    return told(who, said("No deposit is to be paid now"), hint, *place_rows(stay), paid)


def paid_page(who: Identified, settlement: Settlement, left_fen: int, printed: bool) -> Finished:
    """Paid: how much, and what the stay has now. `left_fen`: 0 when nobody could tell."""
    now = (Row("wallet", said("Deposit paid in so far"), Yuan(left_fen)),) if left_fen else ()
    return Finished(
        title=said("The deposit is paid"),
        hint=said("Please keep the slip until you leave the hospital"),
        presence=who.presence,
        big_label=said("Paid now"),
        big_value=Yuan(settlement.total_fen),
        rows=now,
        printed=printed,
    )
