"""Reason codes in the words of the person who reads them.

Every code that a backend, a device or a journey may give stands here with what happened and what
to do now; the first line on a trouble screen, always, is what became of the money. English is the
source; the catalogue in `resources/messages` holds the translations. Unknown codes read as
`other`: a new backend must not make an old terminal speechless.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import ComponentKind, TenderKind


@dataclass(frozen=True, slots=True)
class Wording:
    """`happened`: one short sentence. `advice`: what to do now."""

    happened: str
    advice: str


_WINDOW = "Please go to a service window. Staff will help you at once."
_RETRY = "Please try again. If it happens twice, please go to a service window."

REASONS: dict[str, Wording] = {
    "other": Wording("This could not be done", _WINDOW),
    # the terminal itself
    "journal_broken": Wording("This machine cannot take orders at the moment", _WINDOW),
    "starting": Wording("This machine is checking its last work", "It will be ready in a moment."),
    "shutdown": Wording("This machine is being closed", _WINDOW),
    "deadline": Wording("It takes longer than it should", _WINDOW),
    "busy": Wording("A part of this machine is still busy", _RETRY),
    "not_fitted": Wording("This machine has no such device", "Please use another machine."),
    # backend
    "backend_silent": Wording("The settlement centre does not answer", _WINDOW),
    "not_authorised": Wording("This machine is not signed on", _WINDOW),
    "not_found": Wording(
        "We have no record of this person", "Please get a health card first, at this machine."
    ),
    "card_not_active": Wording("This card is not active", _WINDOW),
    "code_expired": Wording("This code has expired", "Please refresh the code and show it again."),
    "insurance_silent": Wording("The insurance centre does not answer", _RETRY),
    "insurance_refused": Wording("The insurance centre refused this bill", _WINDOW),
    "bad_id_number": Wording("The number on this ID card is not valid", _WINDOW),
    "bad_birth_date": Wording("The birth date on this ID card is not valid", _WINDOW),
    "id_expired": Wording("This ID card has expired", _WINDOW),
    "bad_phone": Wording("This is not a mobile number", "Please type the eleven digits again."),
    "consent_missing": Wording("The notice was not accepted", "Please read and accept it."),
    "has_card": Wording(
        "You have a health card already", "Please use that card. If it is lost, go to a window."
    ),
    "unknown_patient": Wording("We have no record of this person", _WINDOW),
    "card_void": Wording("This card was withdrawn", _WINDOW),
    "card_active": Wording("This card is active", _WINDOW),
    "password_expired": Wording(
        "The password has expired", "Please set a new one with a technician."
    ),
    "not_here": Wording(
        "This account may not sign in at this place", "Please use the place it is meant for."
    ),
    "no_shift": Wording(
        "No shift is open at this window", "Please open a shift with the counted cash first."
    ),
    "shift_over_month_end": Wording(
        "The shift was opened last month", "Please close it and open a new one."
    ),
    "cash_short": Wording("The cash handed over is less than what is due", "Please count again."),
    "change_too_much": Wording(
        "The change is more than a machine may owe", "Please pay with smaller notes or at a window."
    ),
    "real_name_needed": Wording(
        "Only people with a real name may do this", "Please register with your ID card first."
    ),
    "not_today": Wording("This booking is for another day", "Please come on the booked day."),
    "session_over": Wording("This session is over", "Please choose another session."),
    "city_silent": Wording(
        "The city's service does not answer", "Please try again or use your ID card."
    ),
    "face_silent": Wording(
        "The face service does not answer", "Please try again or use your ID card."
    ),
    "medium_not_accepted": Wording(
        "This kind of card or code is not accepted here", "Please use your ID card."
    ),
    "anonymous_card": Wording("This card carries no name", "Please go to a service window."),
    "sold_out": Wording("No places are left today", "Please choose another doctor."),
    "already_registered": Wording(
        "You are registered with this doctor already", "Please wait for your number to be called."
    ),
    "window_only": Wording(
        "Your bill is settled at a service window", "Please take the slip to the window."
    ),
    "bill_changed": Wording(
        "The doctor has just changed this bill", "Please look at the new bill."
    ),
    "bill_paid": Wording("This bill has been paid already", "Nothing more is to be paid."),
    "bill_locked": Wording(
        "This bill is being paid somewhere else", "Please wait two minutes, then look again."
    ),
    "unknown_settlement": Wording("This payment is not known", _WINDOW),
    "amount_changed": Wording("The amount has changed", "Please look at the new bill."),
    "needs_tender": Wording("Something is still to be paid", "Please choose how to pay."),
    "tender_not_allowed": Wording("This way of paying is not open here", "Please choose another."),
    "code_not_payment": Wording(
        "This is not a payment code", "Please open the payment code of WeChat or Alipay."
    ),
    "hold_unusable": Wording("The frozen amount can no longer be used", "Please pay another way."),
    "not_open": Wording("This payment is closed", _RETRY),
    "completed": Wording("This has been paid", "Nothing more is to be paid."),
    "limits": Wording("The amount is outside the limits", "Please choose another amount."),
    "anonymous": Wording("This card carries no name", _WINDOW),
    "disabled": Wording("This service is closed at this hospital", _WINDOW),
    "full_card_number": Wording("The bank terminal sent too much", _WINDOW),
    "not_at_acquirer": Wording("The bank does not know this pre-authorisation", _WINDOW),
    # taking money
    "pay_code_invalid": Wording("The payment code is not valid", "Please show a fresh code."),
    "pay_code_expired": Wording("The payment code has expired", "Please show a fresh code."),
    "pay_not_enough": Wording(
        "There is not enough money in this wallet", "Please pay another way."
    ),
    "pay_not_confirmed": Wording(
        "The payment was not confirmed on the phone in time", "Please try again."
    ),
    "pay_refused": Wording("The payment was refused", "Please pay another way."),
    "hold_refused": Wording("The bank refused to take from the hold", "Please pay another way."),
    "left": Wording("The payment was stopped", "You can begin again at any time."),
    "stopped": Wording("The payment was stopped", "You can begin again at any time."),
    "being_checked": Wording(
        "We are checking what became of the payment",
        "Please do not pay again. Keep the slip; staff will call you or you ask at the window.",
    ),
    "card_changed": Wording(
        "The card in the reader is not the card that was shown before",
        "Please begin again with your own card.",
    ),
    # bank POS
    "card_declined": Wording("The bank declined this card", "Please use another card."),
    "pos_timeout_or_cancelled": Wording("No card was used", _RETRY),
    "pos_host_silent": Wording("The bank does not answer", _RETRY),
    "pos_busy": Wording("The bank terminal is busy", _RETRY),
    "pos_not_ready": Wording("The bank terminal is not ready", _WINDOW),
    "pos_silent": Wording("The bank terminal does not answer", _WINDOW),
    "hold_reversed": Wording("The pre-authorisation was undone", _RETRY),
    # showing things
    "id_card_unreadable": Wording(
        "The ID card could not be read", "Take it off, lay it flat in the middle of the reader."
    ),
    "card_unreadable": Wording(
        "This card could not be read", "Please insert the health card of this hospital."
    ),
    "wrong_medium": Wording("This cannot be used here", "Please show one of those named above."),
    "foreign_code": Wording(
        "This is not a code that the hospital knows", "Please show the code named above."
    ),
    "payment_code_not_now": Wording(
        "This is a payment code", "It is not needed yet; it is asked for after the bill."
    ),
    "not_a_payment_code": Wording(
        "This is not a payment code", "Please open the payment code of WeChat or Alipay."
    ),
    "slip_forged": Wording("This slip is not genuine", _WINDOW),
    "slip_unknown": Wording("This slip is not known", _WINDOW),
    # card dispenser
    "empty": Wording("No cards are left in this machine", "Please use another machine."),
    "bin_full": Wording("The card bin of this machine is full", "Please use another machine."),
    "jam": Wording("A card is stuck in this machine", "Staff have been told. Use another machine."),
    "card_not_written": Wording("The card could not be written", _RETRY),
    "card_not_taken": Wording(
        "The card was not taken and was drawn in again", "You can get a new one at any time."
    ),
    "card_lost_track": Wording("The card could not be followed", _WINDOW),
    # printer
    "paper_out": Wording("The printer has no paper", "Your slip can be had at a service window."),
    "paper_low": Wording("The paper is nearly used up", "Staff have been told."),
    "cover_open": Wording("The printer is open", "Your slip can be had at a service window."),
    "cutter_jam": Wording("The printer is stuck", "Your slip can be had at a service window."),
    # devices in general
    "offline": Wording("A part of this machine does not answer", "Please use another machine."),
    "timeout": Wording("A part of this machine does not answer", _RETRY),
    "hardware_error": Wording("A part of this machine has a fault", "Please use another machine."),
    "user_error": Wording("That did not work", _RETRY),
    # window
    "wrong_password": Wording("Operator or password is wrong", "Please type them again."),
    "locked": Wording("Too many wrong passwords", "Wait 15 minutes or ask the supervisor."),
    "same_person": Wording(
        "A second person must review this", "Ask a supervisor to enter number and password."
    ),
    "not_allowed": Wording("This operator may not do that", "Ask a supervisor."),
    "not_reviewed": Wording("The refund has not been reviewed", "Ask a supervisor to review it."),
    "nothing_to_refund": Wording("There is nothing to refund", "Choose at least one item."),
    "already_refunded": Wording("This item has been refunded already", "Nothing more is owed."),
    "item_executed": Wording("This item was done already", "Ask the department to withdraw it."),
    "not_settled": Wording("This bill has not been settled", "Settle it first."),
    "rejected": Wording("The reviewer refused the refund", "Nothing was moved."),
}

COMPONENTS: dict[ComponentKind, str] = {
    ComponentKind.INSURANCE_FUND: "Insurance fund",
    ComponentKind.PERSONAL_ACCOUNT: "Insurance account",
    ComponentKind.SUBSIDY: "Subsidy",
    ComponentKind.SELF_PAY: "Self-pay",
    ComponentKind.MUTUAL_AID: "Family mutual aid",
    ComponentKind.HOSPITAL: "Borne by the hospital",
}

TENDERS: dict[TenderKind, str] = {
    TenderKind.PREPAY_BALANCE: "Prepaid balance",
    TenderKind.PREAUTH: "Pre-authorisation",
    TenderKind.SCAN: "WeChat / Alipay",
    TenderKind.CASH: "Cash",
    TenderKind.COMMERCIAL_DIRECT: "Commercial insurance",
    TenderKind.DEPOSIT: "Inpatient deposit",
    TenderKind.CREDIT_LINE: "Credit line",
    TenderKind.FAMILY_CREDIT_LINE: "Family credit line",
    TenderKind.BOUND_DEBIT: "Bound account",
    TenderKind.ONE_CODE: "Insurance code",
    TenderKind.BANK_CARD: "Bank card",
    TenderKind.REMOTE: "Paid by a relative",
}

ROUTES: dict[str, str] = {
    "INSURANCE": "Insurance",
    "PREPAY_BALANCE": "Prepaid balance",
    "PREAUTH": "Bank card",
    "SCAN": "WeChat / Alipay",
    "CASH": "Cash",
}

MONEY: dict[str, str] = {
    "untouched": "Nothing was charged",
    "returned": "The money was returned",
    "being_checked": "Please do not pay again",
}


def wording(reason: str) -> Wording:
    """The words for a code; never raises."""
    return REASONS.get(reason, REASONS["other"])
