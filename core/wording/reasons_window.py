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
    "bad_signature": Wording("The signature could not be taken", "Please sign once more."),
    "already_decided": Wording("This was decided already", "Nothing needs to be done."),
    "no_exam_time": Wording("This exam has no time yet", "Choose a time first."),
    "not_insured": Wording("The insurance paid nothing of it", "It was own expense."),
}
