"""Reasons of visits, papers, devices, stays, claims, pay later and the window."""

from __future__ import annotations

from core.wording.words import RETRY, WINDOW, Wording

REASONS: dict[str, Wording] = {
    # visits
    "not_registered": Wording(
        "This place is not paid yet", "Please collect the slip and pay the fee at a machine first."
    ),
    "too_late": Wording(
        "The session of this booking is over", "Please go to a service window for another time."
    ),
    "already_seen": Wording(
        "You have been in for this visit already", "Ask at the desk if you need to go in again."
    ),
    "visit_begun": Wording(
        "The doctor has called or treated the patient already",
        "The fee of this visit is to be paid.",
    ),
    "other_slip": Wording(
        "This slip is for something else",
        "Please show the slip of your visit or exam, or your ID card.",
    ),
    "not_bookable": Wording(
        "This day cannot be booked yet", "Please choose another day of the coming week."
    ),
    "not_in_use_here": Wording(
        "This department takes no bookings yet",
        "Please come on the day and choose “See a doctor today”.",
    ),
    "too_many_missed": Wording(
        "Booked places were missed several times",
        "You can still see a doctor the same day, here or at a window.",
    ),
    "appointment_over": Wording(
        "This booking is no longer kept", "Please book again, or see a doctor today."
    ),
    "booking_unknown": Wording(
        "We could not see whether the place was booked",
        "Please book it again: you never get two places with one doctor.",
    ),
    "exam_unknown": Wording(
        "We could not see whether the time was changed",
        "Please look again under “Choose an exam time”.",
    ),
    "needs_no_appointment": Wording("This exam needs no time", "Please go there at any time."),
    "already_executed": Wording("This exam was done already", "Nothing more is to be done."),
    "item_refunded": Wording("This exam was given back", "Please ask the doctor for a new order."),
    "other_exam": Wording("This time is for another exam", "Please choose another time."),
    "other_survey": Wording("The questions have changed", "Please answer the new ones."),
    "unknown_registration": Wording("This booking is not known", WINDOW),
    "unknown_appointment": Wording("This appointment is not known", WINDOW),
    # showing things
    "id_card_unreadable": Wording(
        "The ID card could not be read", "Take it off, lay it flat in the middle of the reader."
    ),
    "card_unreadable": Wording(
        "This card could not be read", "Please insert it again, or show another card or code."
    ),
    "bank_card_not_here": Wording(
        "This is a bank card", "Please take it out. It is asked for when you pay."
    ),
    "card_needs_module": Wording(
        "Only a social-security machine can read this card",
        "Please use your ID card or your insurance code.",
    ),
    "slip_names_nobody": Wording(
        "A slip does not say who you are", "Please show a card or a code of your own."
    ),
    "phone_tapped": Wording(
        "Your phone opens its insurance code now",
        "Unlock the phone if it is locked, then hold the code over the scan window.",
    ),
    "issuer_knows_nobody": Wording(
        "The office that made this card or code does not know it", "Please use your ID card."
    ),
    "document_needed": Wording(
        "An ID card is needed for this", "Please lay your ID card on the reader."
    ),
    "old_foreign_permit": Wording(
        "This kind of permit cannot be registered at a machine",
        "Please go to a service window with it. Staff will help you at once.",
    ),
    "green_channel": Wording(
        "A green-channel card is served at a window",
        "Please go there with the slip. You need not wait in a queue.",
    ),
    "taken_over": Wording("You go on at a service window", "Please show this slip there."),
    "other_patient": Wording(
        "This belongs to somebody else",
        "Please show a card or code of the patient who began here.",
    ),
    "relation_ended": Wording("This is over already", "Nothing more is to be done."),
    "unknown_relation": Wording("This relative is not known", WINDOW),
    "unknown_staff": Wording(
        "This badge is not known here", "You can go on alone, or ask other staff."
    ),
    "face_unknown": Wording("We do not know this face", "Please show a card or a code."),
    "face_declined": Wording(
        "Your face was not looked at",
        "Nothing was sent. A window serves you with your ID card.",
    ),
    "face_differs": Wording(
        "The face could not be matched", "Please try again, or go to a window with your ID card."
    ),
    "no_picture": Wording("The camera gives no picture", "Please show a card or a code."),
    "wrong_medium": Wording("This cannot be used here", "Please show one of those named above."),
    "foreign_code": Wording(
        "This is not a code that the hospital knows", "Please show the code named above."
    ),
    "payment_code_not_now": Wording(
        "This is a payment code", "It is not needed yet; it is asked for after the bill."
    ),
    "not_a_payment_code": Wording(
        "This is not a payment code", "Please open the payment code of WeChat, Alipay or UnionPay."
    ),
    # papers
    "paper_jam": Wording("Paper is stuck in this machine", "Staff have been told. Paying works."),
    "booklets_out": Wording("No booklets are left in this machine", "Please use another machine."),
    "booklet_jam": Wording(
        "A booklet is stuck in this machine", "Staff have been told. Use another machine."
    ),
    "invoice.not_issued": Wording(
        "This invoice is not ready yet", "It is being made. Please come back in some minutes."
    ),
    "invoice.written_off": Wording(
        "This invoice was written off",
        "The payment was refunded. What stayed has an invoice of its own in the list.",
    ),
    "invoice.elsewhere": Wording("Official invoices are not printed at this machine", WINDOW),
    "invoice.no_paper": Wording(
        "This machine has no official paper left",
        "Please use another machine or a window. Your invoice stays as it is.",
    ),
    "invoice.paper_refused": Wording("The invoice office refused this sheet", WINDOW),
    "invoice.token_over": Wording("Printing this invoice took too long", WINDOW),
    "slip.printed_enough": Wording("This slip was printed often enough", WINDOW),
    "unknown_slip": Wording("We have no such slip", WINDOW),
    "unknown_sheet": Wording("This report cannot be printed just now", RETRY),
    "slip_forged": Wording("This slip is not genuine", WINDOW),
    "slip_unknown": Wording("This slip is not known", WINDOW),
    # card dispenser
    "empty": Wording("No cards are left in this machine", "Please use another machine."),
    "bin_full": Wording("The card bin of this machine is full", "Please use another machine."),
    "jam": Wording("A card is stuck in this machine", "Staff have been told. Use another machine."),
    "card_not_written": Wording("The card could not be written", RETRY),
    "card_not_taken": Wording(
        "The card was not taken and was drawn in again", "You can get a new one at any time."
    ),
    "card_lost_track": Wording("The card could not be followed", WINDOW),
    # printer
    "paper_out": Wording("The printer has no paper", "Your slip can be had at a service window."),
    "paper_low": Wording("The paper is nearly used up", "Staff have been told."),
    "cover_open": Wording("The printer is open", "Your slip can be had at a service window."),
    "cutter_jam": Wording("The printer is stuck", "Your slip can be had at a service window."),
    # devices in general
    "offline": Wording("A part of this machine does not answer", "Please use another machine."),
    "timeout": Wording("A part of this machine does not answer", RETRY),
    "hardware_error": Wording("A part of this machine has a fault", "Please use another machine."),
    "user_error": Wording("That did not work", RETRY),
    # stays in hospital
    "admission_over": Wording("This stay is over", "Please ask at the nurse station."),
    "deposit_off": Wording("This hospital takes no deposits", "You need not pay one."),
    "deposit_not_here": Wording("Deposits are not paid at this machine", WINDOW),
    "no_discharge_notice": Wording(
        "Your doctor has not yet written the discharge",
        "Please ask the nurse station. You can settle here once the doctor has written it.",
    ),
    "unknown_admission": Wording("This stay is not known", WINDOW),
    "bills_do_not_mix": Wording("A stay is settled by itself", "Please settle it first."),
    # commercial insurance
    "no_insurer": Wording("This hospital works with no commercial insurer", WINDOW),
    "proof_of_another": Wording(
        "This is somebody else's proof", "Please show your own ID card or insurance code."
    ),
    "unknown_authorisation": Wording("This authorisation is not known", "Please begin again."),
    "insurer_refused": Wording("The insurer refused the question", "Please ask your insurer."),
    "policy_not_found": Wording(
        "The insurer does not know this policy", "Please ask your insurer."
    ),
    "policy_not_offered": Wording(
        "This policy does not do this kind of claim", "Please choose another policy."
    ),
    "no_invoice": Wording("There is no invoice yet", "It comes within minutes. Please look again."),
    "nothing_to_claim": Wording("You paid nothing that could be claimed", "Nothing is to be done."),
    "already_claimed": Wording(
        "This was claimed before", "Please look at the claim in your list of claims."
    ),
    "unknown_claim": Wording("This claim is not known", "Please ask at a service window."),
    # pay later, agreements, refund requests
    "another_person": Wording(
        "This is another person's ID card", "Please lay the patient's own ID card on the reader."
    ),
    "deferral.not_offered": Wording(
        "This hospital does not offer pay-later", "Please pay each bill, or pre-authorise a card."
    ),
    "deferral.with_bank": Wording(
        "Pay-later is signed with a bank", "Please sign it on your phone with the code shown here."
    ),
    "deferral.other_channel": Wording(
        "Pay-later is not signed at this machine", "Please sign it at a service window."
    ),
    "deferral.register_first": Wording(
        "Pay-later begins with a paid registration of today",
        "Please register with a doctor first, then come back to this page.",
    ),
    "deferral.not_in_department": Wording(
        "This department does not take part in pay-later", "Please pay each bill as usual."
    ),
    "deferral.already_signed": Wording("You are signed up already", "You need not do anything."),
    "deferral.not_signed": Wording(
        "You are not signed up for pay-later", "You may sign up in “Pay after your visit”."
    ),
    "not_signed": Wording("You are not signed up for pay-later", "You need not do anything."),
    "deferral.insutype": Wording(
        "Pay-later is for employee and resident insurance",
        "Please pay each bill, or pre-authorise a card.",
    ),
    "deferral.not_local": Wording(
        "Pay-later is for people insured in this city",
        "Please pay each bill, or pre-authorise a card.",
    ),
    "deferral.not_insured": Wording(
        "Your insurance is not in force now",
        "Ask your insurance centre or the insurance desk; meanwhile please pay each bill.",
    ),
    "deferral.insurance_unknown": Wording(
        "The insurance centre has not answered", "Please try again in a while, or pay each bill."
    ),
    "deferral.suspended": Wording(
        "Pay-later is stopped because of unpaid bills",
        "Pay what is due, then ask staff at a window to confirm the repair.",
    ),
    "deferral.credit_unknown": Wording(
        "The city's credit service has not answered", "Please try again in a while."
    ),
    "deferral.malicious": Wording(
        "Earlier bills were left unpaid on purpose", "Please ask at a service window."
    ),
    "deferral.excluded": Wording(
        "This bill is one that cannot wait", "Please pay it now; staff explain why."
    ),
    "deferral.pay_now": Wording("This kind of bill is always paid at once", "Please pay it now."),
    "guardian_needed": Wording(
        "A registered guardian must sign for this child",
        "Please register the guardian at a service window.",
    ),
    "wrong_guardian": Wording(
        "This is not the ID card of the registered guardian",
        "Please begin again with the guardian's own ID card.",
    ),
    "commitment_version": Wording("The text has just been renewed", "Please read the new text."),
    "not_signed_yet": Wording(
        "It is not signed on the phone yet", "Please finish on the phone, then press again."
    ),
    "agreement_ended": Wording("This agreement has ended", "You may sign a new one at any time."),
    "at_the_bank": Wording("Credit is ended at its bank", "Please end it where you signed it."),
    "unknown_agreement": Wording("This agreement is not known", WINDOW),
    "refund.elsewhere": Wording(
        "Refunds of this payment are asked for at a window",
        "Please take your slip and your card to a service window.",
    ),
    "refund.under_way": Wording(
        "A refund of this payment is under way", "See it in “My refund requests”."
    ),
    "refund_unsure": Wording(
        "We do not know yet whether your request arrived",
        "No money has moved. Look in “My refund requests” in a few minutes; asking twice is safe.",
    ),
    "contact_needed": Wording(
        "No contact is registered for this child", "Please register one at a service window."
    ),
    "contact_clear": Wording("The contact is clear already", "You need not do anything."),
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
    "already_signed": Wording(
        "This sheet was signed already", "Nothing more is to be done for it."
    ),
    "not_paid": Wording("This was not paid", RETRY),
    "medium_of_another": Wording(
        "This card or code belongs to somebody else", "Please use your own card or code."
    ),
    "wrong_document": Wording(
        "The document does not belong to this card", "Please use your own ID card."
    ),
}
