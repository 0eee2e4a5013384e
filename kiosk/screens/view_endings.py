"""Views of the screens that end a service: what was done, what to take, where to go next.

All share one layout (`parts/Ending.qml`). What a reader would get wrong: `printed` False is not a
failure of what was done; the paper is owed and the strip says where it can be had.
"""

from __future__ import annotations

from core.billing import Completer, Hold, Settlement, Text
from core.catalogue import Catalogue
from core.identity import mask_number, short_card
from core.wording import COMPONENTS, TENDERS, wording
from kiosk.screens.view_parts import (
    View,
    person,
    pick,
    row,
    yuan,
)
from kiosk.steps import (
    ShowCardIssued,
    ShowHoldPlaced,
    ShowNothingDue,
    ShowReferred,
    ShowRegistered,
    ShowSettled,
)

_TENDER_ICONS = {
    "PREPAY_BALANCE": "wallet",
    "PREAUTH": "shield-lock",
    "SCAN": "device-mobile",
    "CASH": "cash-banknote",
}


def settled(step: ShowSettled, _: Catalogue) -> View:
    """Paid by whom, and what became of the hold."""
    rows = _paid_by(step.settlement, _)
    if step.settlement.hold is not None:
        rows += _hold_rows(step.settlement.hold, _)
    return {
        **_ending("success", "check", _("Paid"), _slip_strip(step.printed, _)),
        "hint": step.patient.display_name,
        "big_label": _("Total of this bill"),
        "big_value": yuan(step.settlement.total_fen),
        "rows": rows,
    }


def registered(step: ShowRegistered, _: Catalogue) -> View:
    """Number, room, doctor."""
    registration = step.registration
    return {
        **_ending("success", "check", _("You are registered"), _slip_strip(step.printed, _)),
        "hint": _("Please wait near the room until your number is called"),
        "big_label": _("Your number"),
        "big_value": registration.queue_number,
        "rows": [
            row("stethoscope", _("Department"), pick(registration.department, _)),
            row("user", _("Doctor"), pick(registration.doctor, _)),
            row("map-pin", _("Room"), pick(registration.room, _)),
            row("receipt-yen", _("Fee"), yuan(step.settlement.total_fen)),
        ],
    }


def card_issued(step: ShowCardIssued, _: Catalogue) -> View:
    """The card works from now on."""
    strip = _strip("success", "credit-card", _("Keep the card: it opens every service here"))
    return {
        **_ending("success", "check", _("Your health card is ready"), strip),
        "hint": _("You can use it at once"),
        "rows": [
            row("user", _("Name"), step.patient.display_name),
            row("id", _("ID card"), step.patient.display_id),
            row("credit-card", _("Health card"), mask_number(step.number)),
        ],
    }


def hold_placed(step: ShowHoldPlaced, _: Catalogue) -> View:
    """Frozen, not taken; who can complete it."""
    hold = step.hold
    where = (
        _("At every machine and window")
        if hold.completer is Completer.ACQUIRER
        else _("At this machine only")
    )
    return {
        **_ending("success", "check", _("The amount is on hold"), _slip_strip(step.printed, _)),
        "hint": _("Nothing was taken; bills are paid from it, the rest is set free"),
        "big_label": _("On hold"),
        "big_value": yuan(hold.amount_fen),
        "rows": [
            row("credit-card", _("Bank card"), short_card(hold.masked_card)),
            row("calendar-time", _("Valid until"), hold.expires_on),
            row("map-pin", _("Can be used"), where),
        ],
    }


def nothing_due(step: ShowNothingDue, _: Catalogue) -> View:
    """No open bill."""
    strip = _strip("info", "info-circle", _("A new bill appears here as soon as a doctor makes it"))
    return {
        **_ending("info", "check", _("Nothing is to be paid"), strip),
        "hint": step.patient.display_name,
        "rows": [row("shield-check", _("Insurance"), str(person(step.patient, _)["insurance"]))],
    }


def referred(step: ShowReferred, _: Catalogue) -> View:
    """Which window; nothing was charged."""
    words = wording(step.reason)
    return {
        **_ending("info", "map-pin", _(words.happened), _slip_strip(step.printed, _)),
        "hint": _("Nothing was charged. The window sees your bill already."),
        "big_label": _("Please go to"),
        "big_value": pick(Text(step.window_zh, step.window_en), _),
        "rows": [
            row("receipt-yen", pick(bill.department, _), yuan(bill.total_fen))
            for bill in step.bills
        ],
    }


def _paid_by(settlement: Settlement, _: Catalogue) -> list[View]:
    own = settlement.tenders
    insured = [
        row("shield-check", _(COMPONENTS[part.kind]), yuan(part.amount_fen))
        for part in settlement.components
        if part.amount_fen and part.kind.value != "SELF_PAY"
    ]
    return insured + [
        row(
            _TENDER_ICONS[tender.kind.value],
            " ".join((_(TENDERS[tender.kind]), short_card(tender.label))).strip(),
            yuan(tender.amount_fen),
        )
        for tender in own
    ]


def _hold_rows(hold: Hold, _: Catalogue) -> list[View]:
    rows = []
    if hold.released_fen:
        rows.append(row("lock", _("Set free from your hold"), yuan(hold.released_fen)))
    if hold.remaining_fen:
        rows.append(row("lock", _("Still on hold"), yuan(hold.remaining_fen)))
    return rows


def _ending(tone: str, icon: str, title: str, strip: View) -> View:
    empty: View = {"big_label": "", "big_value": "", "rows": [], "hint": ""}
    return {**empty, "tone": tone, "icon": icon, "title": title, "strip": strip}


def _strip(tone: str, icon: str, words: str) -> View:
    return {"tone": tone, "icon": icon, "words": words}


def _slip_strip(printed: bool, _: Catalogue) -> View:
    if printed:
        return _strip("success", "printer", _("Please take your slip below"))
    return _strip("warning", "printer-off", _("No slip was printed. You get it at any window."))
