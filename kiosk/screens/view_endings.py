"""Views of the screens that end a service: what was done, what to take, where to go next.

All share one layout (`parts/Ending.qml`). What a reader would get wrong: `printed` False is not a
failure of what was done; the paper is owed and the strip says where it can be had.
"""

from __future__ import annotations

from core.billing import Completer, Hold, Settlement, Text
from core.catalogue import Catalogue
from core.identity import mask_number, short_card
from core.phrase import date_words
from core.wording import COMPONENTS, paid_with, wording
from kiosk.screens.view_pages import slip_strip
from kiosk.screens.view_parts import (
    View,
    person,
    pick,
    row,
    strip,
    yuan,
)
from kiosk.steps import (
    ShowCardIssued,
    ShowHoldPlaced,
    ShowNothingDue,
    ShowReferred,
    ShowSettled,
)
from kiosk.steps.paying import TENDER_ICONS


def settled(step: ShowSettled, _: Catalogue) -> View:
    """Paid by whom, and what became of the hold."""
    rows = _paid_by(step.settlement, _)
    if step.settlement.hold is not None:
        rows += _hold_rows(step.settlement.hold, _)
    cash = step.settlement.cash
    if cash is not None and cash.owed_fen:
        note = _("Any service window pays it out for the second slip, once")
        rows.append(row("coins", _("Change that we owe you"), yuan(cash.owed_fen), note=note))
    return {
        **_ending("success", "check", _("Paid"), slip_strip(step.printed, _)),
        "hint": step.patient.display_name,
        "big_label": _("Total of this bill"),
        "big_value": yuan(step.settlement.total_fen),
        "rows": rows,
    }


def card_issued(step: ShowCardIssued, _: Catalogue) -> View:
    """The card works from now on."""
    kept = strip("success", "credit-card", _("Keep the card: it opens every service here"))
    return {
        **_ending("success", "check", _("Your health card is ready"), kept),
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
        **_ending(
            "success", "check", _("The amount is pre-authorised"), slip_strip(step.printed, _)
        ),
        "hint": _("Nothing was taken; bills are paid from it, the rest is set free"),
        "big_label": _("Pre-authorised"),
        "big_value": yuan(hold.amount_fen),
        "rows": [
            row("credit-card", _("Bank card"), short_card(hold.masked_card)),
            row("calendar-time", _("Valid until"), date_words(hold.expires_on, _.language)),
            row("map-pin", _("Can be used"), where),
        ],
    }


def nothing_due(step: ShowNothingDue, _: Catalogue) -> View:
    """No open bill."""
    kept = strip("info", "info-circle", _("A new bill appears here as soon as a doctor makes it"))
    return {
        **_ending("info", "check", _("Nothing is to be paid"), kept),
        "hint": step.patient.display_name,
        "rows": [row("shield-check", _("Insurance"), str(person(step.patient, _)["insurance"]))],
    }


def referred(step: ShowReferred, _: Catalogue) -> View:
    """Which window; nothing was charged."""
    words = wording(step.reason)
    return {
        **_ending("info", "map-pin", _(words.happened), slip_strip(step.printed, _)),
        "hint": _("Nothing was charged. The window sees your bill already.")
        if step.bills
        else _("Nothing was charged. The window goes on where you stopped."),
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
            TENDER_ICONS[tender.kind],
            paid_with(tender, _),
            yuan(tender.amount_fen),
            note=_("Paid by {payer}").format(payer=tender.payer) if tender.payer else "",
        )
        for tender in own
    ]


def _hold_rows(hold: Hold, _: Catalogue) -> list[View]:
    rows = []
    if hold.released_fen:
        rows.append(row("lock", _("Set free from your pre-authorisation"), yuan(hold.released_fen)))
    if hold.remaining_fen:
        rows.append(row("lock", _("Still frozen"), yuan(hold.remaining_fen)))
    return rows


def _ending(tone: str, icon: str, title: str, shown: View) -> View:
    empty: View = {"big_label": "", "big_value": "", "rows": [], "hint": "", "buttons": []}
    return {**empty, "tone": tone, "icon": icon, "title": title, "strips": [shown]}
