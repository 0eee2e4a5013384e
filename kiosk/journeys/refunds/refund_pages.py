"""Pages and slip of a refund request: which payment, which items, why, what becomes of it.

What a reader would get wrong: nothing here says "refunded", and nothing names who paid (W31).
"""

from __future__ import annotations

from core.billing import Text
from core.deferral import Decision
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Phrase, Said, Yuan, said
from core.refunds import RefundableLine, RefundableSettlement, RefundRequest
from core.slips import WrittenSlip
from core.wording import wording
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, ChooseSome, Finished, Option, Show

WHY: dict[str, Said] = {
    "not_done": said("It was not done, and I do not want it any more"),
    "ordered_otherwise": said("The doctor ordered something else"),
    "wrong_item": said("This item is wrong"),
    "paid_twice": said("I paid for it twice"),
    "other": said("Something else; I tell it at the window"),
}
"""What staff get, underlines as blanks, and what the patient reads."""
FACE = "face"
REGISTERED_CONTACT = "REGISTERED_CONTACT"
_TITLE = said("Ask for a refund")
_KINDS: dict[str, Said] = {
    "REGISTRATION": said("Registration"),
    "OUTPATIENT": said("Treatment, tests, medicine"),
    "INPATIENT": said("Stay in hospital"),
    "DEPOSIT": said("Deposit for a stay"),
}


def settlements(who: Identified, found: tuple[RefundableSettlement, ...]) -> Choose:
    """Which payment; one that cannot be refunded here says why."""
    return Choose(
        title=_TITLE,
        hint=said("Which payment is it about?"),
        icon="receipt-refund",
        presence=who.presence,
        nothing=said("You paid nothing here in the last 30 days."),
        options=tuple(
            Option(
                each.settlement_id,
                said("{kind}, {time}", kind=_KINDS[each.kind], time=Moment(each.settled_at)),
                "receipt",
                each.departments[0] if each.departments else "",
                Yuan(each.total_fen),
                _off(each.reason),
            )
            for each in found
        ),
    )


def items(who: Identified, settlement: RefundableSettlement) -> ChooseSome:
    """Which items; what was done already cannot be chosen, and says so."""
    return ChooseSome(
        title=said("Which items?"),
        hint=said("Mark everything that you would like to have refunded."),
        icon="receipt-refund",
        presence=who.presence,
        options=tuple(_item(line) for line in settlement.lines),
        button=Button("go_on", said("Go on"), "check"),
    )


def _item(line: RefundableLine) -> Option:
    note = said("{quantity} {unit}", quantity=line.quantity, unit=line.unit)
    return Option(
        line.line_id, line.name, "receipt", note, Yuan(line.amount_fen), _off(line.reason)
    )


def _off(reason: str) -> Phrase:
    return said(wording(reason).happened) if reason else ""


def why(who: Identified) -> Choose:
    """For the person who reviews it."""
    return Choose(
        title=said("Why?"),
        hint=said("A person at a window reads this."),
        icon="help-circle",
        presence=who.presence,
        options=tuple(Option(key, words, "message-2") for key, words in WHY.items()),
    )


def confirmation(
    who: Identified,
    settlement: RefundableSettlement,
    lines: tuple[RefundableLine, ...],
    reason: str,
    payee: Decision | None,
) -> Show:
    """What is asked for, who gets it back, and that a person decides."""
    chosen = tuple(Row("receipt", line.name, Yuan(line.amount_fen)) for line in lines)
    asked = Section(said("Items"), (*chosen, Row("message-2", said("Why"), WHY[reason])))
    course = Section(said("What happens then"), (*_course(), *_payee(payee)))
    return Show(
        title=said("Send this request?"),
        hint=said("Please have your ID card ready."),
        icon="receipt-refund",
        presence=who.presence,
        sections=(asked, course),
        strip=_warning(settlement.warning),
        big_label=said("Asked for"),
        big_value=Yuan(sum(line.amount_fen for line in lines)),
        buttons=(
            Button("send", said("Send the request"), "check"),
            Button("no", said("No, do not send it"), "x", main=False),
        ),
    )


def _course() -> tuple[Row, ...]:
    return (
        Row("clipboard-list", said("First"), said("A window checks your request")),
        Row("coins", said("Then"), said("Only after that the money goes back")),
    )


def _payee(payee: Decision | None) -> tuple[Row, ...]:
    """Below 18 what cannot go back as it came goes to the registered contact (W30)."""
    if payee is None or REGISTERED_CONTACT not in payee.needs:
        return ()
    label = said("For a minor")
    if payee.allow:
        words = said("What needs a bank account goes to the registered contact.")
    else:
        words = said("The registered contact is not clear; see “My refund requests” afterwards.")
    return (Row("users", label, words),)


def _warning(warning: Text | None) -> Strip | None:
    return None if warning is None else Strip(Tone.WARNING, "alert-triangle", warning)


def proof(who: Identified) -> Choose:
    """Before it is sent: who asks (W33)."""
    return Choose(
        title=said("Please show that it is you"),
        hint=said("Money is asked back for the patient alone."),
        icon="shield-check",
        presence=who.presence,
        options=(
            Option("id_card", said("ID card"), "id", said("Lay it on the reader")),
            Option(FACE, said("Face"), "face-id", said("You read first what happens with it")),
        ),
    )


def slip(who: Identified, request: RefundRequest) -> WrittenSlip:
    """Proof that it was asked for; nobody gets money for this paper."""
    return WrittenSlip(
        about=request.refund_id,
        title=said("Refund request"),
        display_name=who.patient.display_name,
        big=request.number,
        pairs=(
            (said("Request number"), request.number),
            (said("Asked for"), Yuan(request.total_fen)),
            (said("Received at"), Moment(request.asked_at)),
            (said("State"), said("Received; a window checks it")),
        ),
        lines=(
            said("No money has moved yet. This slip is not a voucher for money."),
            said("See how it goes on: “My refund requests” at this machine, or on your phone."),
        ),
    )


def sent(who: Identified, request: RefundRequest, *, printed: bool) -> Finished:
    """Received, and nothing more."""
    return Finished(
        title=said("Your request was received"),
        hint=said("No money has moved yet. A window checks your request first."),
        icon="receipt-refund",
        presence=who.presence,
        big_label=said("Request number"),
        big_value=request.number,
        rows=(
            Row("coins", said("Asked for"), Yuan(request.total_fen)),
            Row("clock", said("Received at"), Moment(request.asked_at)),
        ),
        printed=printed,
    )
