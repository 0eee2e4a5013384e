"""Pages of a patient's refund requests: all of them, one with its steps, the contact's name.

What a reader would get wrong: only PAID means that the money is back (W20).
"""

from __future__ import annotations

from dataclasses import replace

from core.deferral import Decision
from core.page_parts import Row, Section, Strip, Tone
from core.phrase import Moment, Said, Yuan, said
from core.refunds import STEPS, Contact, RefundRequest, RefundWay
from core.wording import ROUTES
from kiosk.journeys.identify import Identified
from kiosk.steps.pages import Button, Choose, Finished, Keys, Option, Show, TypeIn

_STATES: dict[str, Said] = {
    "ACCEPTED": said("Received; a window checks it"),
    "REVIEWED": said("Approved; a window carries it out"),
    "CONFIRMED": said("The money is on its way"),
    "PAID": said("The money is back"),
    "REJECTED": said("Refused by the window; nothing was moved"),
    "NEED_REALNAME_RESUBMIT": said("A bank account in a real name is missing"),
    "PAYOUT_UNKNOWN": said("The bank has not answered yet; staff look after it"),
    "SUSPENSE": said("Staff are checking it"),
}
_STEPS: dict[str, Said] = {
    "ACCEPTED": said("1. Received"),
    "REVIEWED": said("2. Checked by a second person"),
    "CONFIRMED": said("3. Carried out by a window"),
    "PAID": said("4. Money is back"),
}
_WAYS: dict[str, Said] = {
    "PLANNED": said("Not begun yet"),
    "ASKED": said("Asked for"),
    "PAYING": said("The transfer is under way"),
    "DONE": said("Done"),
}
_CONTACTS: dict[str, tuple[Said, Said]] = {
    "contact_needed": (
        said("No contact is registered for this child"),
        said("Please register one at a service window"),
    ),
    "real_name_needed": (
        said("The contact's real name is not clear"),
        said("Please tell it with the button below"),
    ),
    "window_only": (
        said("A window does this"),
        said("Please bring the papers to a service window"),
    ),
}
_UNDERSTOOD = Button("done", said("I understand"), "check")
NAME_CONTACT = Button("name_contact", said("Tell the contact's real name"), "id")


def overview(who: Identified, found: tuple[RefundRequest, ...]) -> Choose:
    """The newest first."""
    return Choose(
        title=said("My refund requests"),
        hint=said("Please choose one to see how it goes on."),
        icon="history",
        presence=who.presence,
        nothing=said("You have asked for no refund."),
        options=tuple(
            Option(
                each.refund_id,
                said("Request {number}", number=each.number),
                "receipt-refund",
                _STATES[each.state],
                Yuan(each.total_fen),
            )
            for each in found
        ),
    )


def told(who: Identified, request: RefundRequest, payee: Decision | None) -> Show:
    """Its four steps with their times, and each way that money takes."""
    name_it = payee is not None and payee.message_key == "real_name_needed"
    return Show(
        title=said("Request {number}", number=request.number),
        hint=_STATES[request.state],
        icon="receipt-refund",
        presence=who.presence,
        big_label=said("Asked for"),
        big_value=Yuan(request.total_fen),
        sections=(
            Section(said("Steps"), _steps(request)),
            Section(said("How the money goes back"), tuple(_way(way) for way in request.parts)),
            *_missing(request, payee),
        ),
        strip=None
        if request.warning is None
        else Strip(Tone.WARNING, "alert-triangle", request.warning),
        buttons=(NAME_CONTACT, replace(_UNDERSTOOD, main=False)) if name_it else (_UNDERSTOOD,),
    )


def _steps(request: RefundRequest) -> tuple[Row, ...]:
    """The last time of each; a refusal ends them."""
    times = {each.step: each.at for each in request.steps}
    if "REJECTED" in times:
        refused = Row("x", said("2. Refused by a window"), Moment(times["REJECTED"]))
        return (_step("ACCEPTED", times), refused)
    return tuple(_step(step, times) for step in STEPS)


def _step(step: str, times: dict[str, str]) -> Row:
    if step in times:
        return Row("circle-check", _STEPS[step], Moment(times[step]))
    return Row("hourglass", _STEPS[step], said("Not yet"))


def _way(way: RefundWay) -> Row:
    route = said(ROUTES[way.route])
    words = said("{state}: {why}", state=_WAYS[way.state], why=way.why)
    return Row("arrows-exchange", route, Yuan(way.amount_fen), words)


def _missing(request: RefundRequest, payee: Decision | None) -> tuple[Section, ...]:
    """Who has to bring what, and where (W30, W32)."""
    if "PAYEE" not in request.needs:
        return ()
    account = Row(
        "building-bank",
        said("Bank account"),
        said("Please tell it at a service window; it must be in the payee's own name"),
    )
    rows = [account]
    if payee is not None and not payee.allow:
        label, advice = _CONTACTS[payee.message_key]
        rows.append(Row("users", label, advice))
    return (Section(said("What is missing"), tuple(rows)),)


def contact_name(who: Identified) -> TypeIn:
    """As on the contact's ID card."""
    return TypeIn(
        title=said("The contact's real name"),
        hint=said("As it stands on the ID card of the registered contact"),
        icon="users",
        presence=who.presence,
        keys=Keys.NAME,
        label=said("Name"),
    )


def contact_number(who: Identified, trouble: str) -> TypeIn:
    """Eighteen characters."""
    return TypeIn(
        title=said("The contact's ID number"),
        hint=said("Eighteen characters, as on the ID card of the registered contact"),
        icon="id",
        presence=who.presence,
        trouble=trouble,
        keys=Keys.ID_NUMBER,
        label=said("ID number"),
        most=18,
        least=18,
    )


def named(who: Identified, contact: Contact) -> Finished:
    """Taken; the account comes next, at a window."""
    return Finished(
        title=said("The contact is clear now"),
        hint=said("Please tell the contact's bank account at a service window."),
        presence=who.presence,
        rows=(Row("user", said("Contact"), contact.display_name),),
    )
