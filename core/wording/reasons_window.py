"""What a window may be told about people, cards and special settlements.

The words are the cashier's: what happened, and what to do now.
"""

from __future__ import annotations

from core.wording.words import Wording

REASONS: dict[str, Wording] = {
    "no_card": Wording("No card lies on the reader", "Lay a blank card there and try again."),
    "card_not_blank": Wording(
        "There is a number on this card already", "It may be somebody's. Take a blank card."
    ),
    "not_offered": Wording("This way of paying is not in use here", "Choose another way."),
    "not_in_scope": Wording("This department does not take it", "Choose another way."),
    "not_for_deposits": Wording("A deposit is not paid this way", "Choose another way."),
    "no_agreement": Wording("No agreement is signed", "Choose another way."),
    "credit_not_enough": Wording("The credit does not cover it", "Choose another way."),
    "hold_elsewhere": Wording(
        "The pre-authorisation is at another card terminal", "Choose another way."
    ),
    "part_cash_not_here": Wording(
        "Only a window takes a part in cash", "Pay all of it one way, or at a window."
    ),
    "part_cash_too_much": Wording(
        "The cash pays all of it", "Choose cash as the way to pay, or type less than is due."
    ),
    "part_cash_coins": Wording(
        "This amount cannot be counted in cash here", "Type an amount without smaller coins."
    ),
    "cash_on_its_way": Wording(
        "Cash of a payment is not booked yet", "Wait until that payment has ended, then try again."
    ),
    "death_proof_needed": Wording(
        "The proof of the death is missing", "Record it once the certificate lies here."
    ),
    "settling": Wording("A bill is being settled just now", "Try again when it is settled."),
    "prepaid_left": Wording("There is prepaid money left", "Clear the balance first."),
    "not_mergeable": Wording("These two cannot be joined", "Tell the information department."),
    "already_merged": Wording("They were joined already", "Nothing needs to be done."),
    "unknown_identity": Wording("This identity is not in use here", "Choose another one."),
    "already_bound": Wording("This relation stands already", "Nothing needs to be done."),
    "referral_expired": Wording("This referral is not valid today", "Ask for a new slip."),
    "referral_of_another": Wording("This referral is somebody else's", "Look at the slip again."),
    "disease_not_registered": Wording(
        "The insurance has no such disease registered", "Choose one of the list."
    ),
    "nothing_changed": Wording("Nothing was changed", "Change a tick first."),
    "unknown_exclusion": Wording(
        "This reason is not in use here", "Read the visit again and choose another one."
    ),
    "bad_signature": Wording("The signature could not be taken", "Please sign once more."),
    "already_decided": Wording("This was decided already", "Nothing needs to be done."),
    "no_exam_time": Wording("This exam has no time yet", "Choose a time first."),
    "not_insured": Wording("The insurance paid nothing of it", "It was own expense."),
}
