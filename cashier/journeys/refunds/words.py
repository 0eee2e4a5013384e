"""Where a refund, one of its routes or steps stands, in the cashier's words.

What a reader would get wrong: only PAID says "paid back" (W20); a transfer that was sent does not.
"""

from __future__ import annotations

from core.page_parts import Row, Tone
from core.phrase import Phrase, Said, Yuan, said
from core.refund_files import RefundFile, RefundRoute
from core.wording import ROUTES

STATES: dict[str, Said] = {
    "ACCEPTED": said("Waits for review"),
    "REVIEWED": said("Reviewed; to be carried out"),
    "CONFIRMED": said("Being paid back"),
    "PAID": said("Paid back"),
    "REJECTED": said("Refused"),
    "NEED_REALNAME_RESUBMIT": said("A bank account is missing"),
    "PAYOUT_UNKNOWN": said("The bank has not answered"),
    "SUSPENSE": said("A person checks it"),
}
STEPS: dict[str, Said] = {
    "ACCEPTED": said("1. Asked for"),
    "REVIEWED": said("2. Reviewed"),
    "REJECTED": said("2. Refused"),
    "PAYEE": said("Account told"),
    "CONFIRMED": said("3. Carried out"),
    "PAID": said("4. Paid back"),
}
_PARTS: dict[str, Said] = {
    "PLANNED": said("Not begun yet"),
    "ASKED": said("Asked for"),
    "PAYING": said("The transfer is under way"),
    "DONE": said("Done"),
}
_ICONS = {
    "INSURANCE": "shield-check",
    "PREPAY_BALANCE": "wallet",
    "DEPOSIT": "bed",
    "CASH": "cash-banknote",
    "TRANSFER": "building-bank",
    "SCAN": "device-mobile",
}


def state_words(state: str) -> Phrase:
    """A newer backend's state reads as its code."""
    return STATES.get(state, state)


def tone_of(file: RefundFile) -> Tone:
    """Paid back is good; everything else is still somebody's work."""
    match file.state:
        case "PAID":
            return Tone.SUCCESS
        case "PAYOUT_UNKNOWN" | "SUSPENSE":
            return Tone.DANGER
        case "REJECTED":
            return Tone.PLAIN
    return Tone.WARNING


def route_words(route: str) -> Phrase:
    """By what it goes back."""
    known = ROUTES.get(route)
    return said(known) if known else route


def route_row(part: RefundRoute) -> Row:
    """Which way, how much, why this way, how far; and who gets it when that is another person."""
    note: Phrase = said("{state}: {why}", state=_PARTS.get(part.state, part.state), why=part.why)
    if part.payer:
        note = said("{note}. Goes to {payer}", note=note, payer=part.payer)
    words = route_words(part.route)
    if part.label:
        words = said("{route} {label}", route=words, label=part.label)
    tone = Tone.WARNING if part.payer else Tone.PLAIN
    return Row(_ICONS.get(part.route, "credit-card"), words, Yuan(part.amount_fen), note, tone)
