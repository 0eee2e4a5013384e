"""Reasons of the terminal itself, of the backend, and of everything that moves money."""

from __future__ import annotations

from core.wording.words import RETRY, WINDOW, Wording

REASONS: dict[str, Wording] = {
    "other": Wording("This could not be done", WINDOW),
    # the terminal itself
    "journal_broken": Wording("This machine cannot take orders at the moment", WINDOW),
    "starting": Wording("This machine is checking its last work", "It will be ready in a moment."),
    "shutdown": Wording("This machine is being closed", WINDOW),
    "deadline": Wording("It takes longer than it should", WINDOW),
    "busy": Wording("A part of this machine is still busy", RETRY),
    "not_fitted": Wording("This machine has no such device", "Please use another machine."),
    # backend
    "backend_silent": Wording("The settlement centre does not answer", WINDOW),
    # money paid in advance
    "prepay.stopped.2025": Wording(
        "Outpatient prepayments have ended",
        "Please pay your bill directly, or pre-authorise your bank card.",
    ),
    "prepay.no_rule": Wording(
        "This hospital takes no prepayments", "Please pay your bill directly."
    ),
    "method": Wording("This way is not offered for you", "Please choose another way."),
    "balance_cap": Wording(
        "Your balance is as high as it may be", "Please pay your bill from your balance."
    ),
    "note_rejected": Wording(
        "This note was not taken", "Please smooth it and put it in again, or use another one."
    ),
    "note_returned": Wording("This note came out again", "Please take it and put in another one."),
    "note_not_allowed": Wording(
        "This note would be more than may be added", "Please take it back and use a smaller one."
    ),
    "no_note_fits": Wording(
        "No banknote fits what may be added", "Please use your bank card or go to a window."
    ),
    "note_unknown": Wording(
        "This machine is checking its last banknote", "Please use another machine."
    ),
    "cash_trouble": Wording("The banknote slot does not work", "Please use another machine."),
    "under_way": Wording(
        "Your balance is being paid back already", "See how far it is: “Refund of my balance”."
    ),
    "nothing_to_return": Wording("There is no balance to pay back", "There is nothing to do."),
    "clean_out_window": Wording(
        "This balance is paid back at a service window", "Please bring your ID card and bank card."
    ),
    "clean_out_unsure": Wording(
        "Nobody can say whether your request arrived",
        "Look again in some minutes: “Refund of my balance”. Asking twice does no harm.",
    ),
    "face_missing": Wording("Your face was not checked", RETRY),
    "payee_missing": Wording("No bank account was given", RETRY),
    "warning_missing": Wording("The warning was not read", RETRY),
    "documents_missing": Wording("Papers are missing", WINDOW),
    "payee_name": Wording("The account belongs to somebody else", WINDOW),
    "not_asked": Wording("No other account is needed now", "Please look at the state again."),
    "not_authorised": Wording("This machine is not signed on", WINDOW),
    "not_found": Wording(
        "We have no record of this person", "Please get a health card first, at this machine."
    ),
    "card_not_active": Wording("This card is not active", WINDOW),
    "code_expired": Wording("This code has expired", "Please refresh the code and show it again."),
    "insurance_silent": Wording("The insurance centre does not answer", RETRY),
    "insurance_refused": Wording("The insurance centre refused this bill", WINDOW),
    "bad_id_number": Wording("The number on this ID card is not valid", WINDOW),
    "bad_birth_date": Wording("The birth date on this ID card is not valid", WINDOW),
    "id_expired": Wording("This ID card has expired", WINDOW),
    "bad_phone": Wording("This is not a mobile number", "Please type the eleven digits again."),
    "consent_missing": Wording("The notice was not accepted", "Please read and accept it."),
    "has_card": Wording(
        "You have a health card already", "Please use that card. If it is lost, go to a window."
    ),
    "unknown_patient": Wording("We have no record of this person", WINDOW),
    "card_void": Wording("This card was withdrawn", WINDOW),
    "card_active": Wording("This card is active", WINDOW),
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
    "unknown_settlement": Wording("This payment is not known", WINDOW),
    "amount_changed": Wording("The amount has changed", "Please look at the new bill."),
    "needs_tender": Wording("Something is still to be paid", "Please choose how to pay."),
    "tender_not_allowed": Wording("This way of paying is not open here", "Please choose another."),
    "code_not_payment": Wording(
        "This is not a payment code", "Please open the payment code of WeChat, Alipay or UnionPay."
    ),
    "hold_unusable": Wording("The frozen amount can no longer be used", "Please pay another way."),
    "release_unsure": Wording(
        "Nobody can say yet whether the pre-authorisation has ended",
        "Keep the slip. We ask the bank again; on its last day it ends by itself.",
    ),
    "not_open": Wording("This payment is closed", RETRY),
    "completed": Wording("This has been paid", "Nothing more is to be paid."),
    "limits": Wording("The amount is outside the limits", "Please choose another amount."),
    "anonymous": Wording("This card carries no name", WINDOW),
    "disabled": Wording("This service is closed at this hospital", WINDOW),
    "full_card_number": Wording("The bank terminal sent too much", WINDOW),
    "not_at_acquirer": Wording("The bank does not know this pre-authorisation", WINDOW),
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
    "hold_refused": Wording(
        "The bank refused to take from the pre-authorisation", "Please pay another way."
    ),
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
    # ways to pay
    "daily_limit": Wording("This is more than the limit of today", "Please pay another way."),
    "one_code_not_signed": Wording(
        "Paying with the insurance code is not set up on this phone", "Please pay another way."
    ),
    "one_code_silent": Wording(
        "The insurance code cannot pay at the moment", "Please pay another way."
    ),
    "not_an_insurance_code": Wording(
        "This is not an insurance code", "Please open the insurance code on the phone."
    ),
    "anonymous_at_window": Wording(
        "A card that carries no name pays at a service window",
        "Please take the slip to the window.",
    ),
    "not_larger": Wording(
        "The pre-authorisation is large enough already", "Please look at the bill again."
    ),
    "reference_used": Wording("This could not be done", WINDOW),
    # bank POS
    "card_declined": Wording("The bank declined this card", "Please use another card."),
    "pos_timeout_or_cancelled": Wording("No card was used", RETRY),
    "pos_host_silent": Wording("The bank does not answer", RETRY),
    "pos_busy": Wording("The bank terminal is busy", RETRY),
    "pos_not_ready": Wording("The bank terminal is not ready", WINDOW),
    "pos_silent": Wording("The bank terminal does not answer", WINDOW),
    "hold_reversed": Wording("The pre-authorisation was undone", RETRY),
}
