"""What a window may be told about arrears, findings of malice and old balances.

The words are the cashier's: what happened, and what to do now.
"""

from __future__ import annotations

from core.wording.words import Wording

REASONS: dict[str, Wording] = {
    "no_arrears": Wording("These bills are not in arrears", "Look at the list again."),
    "flagged": Wording("A finding stands already", "Look at the findings about them."),
    "unknown_flag": Wording("This finding is not known", "Look at the list again."),
    "unknown_visit": Wording("This visit is not known", "Look at the list again."),
    "unknown_suspension": Wording("This entry is not known", "Look at the account again."),
    "before_deadline": Wording(
        "The time for giving balances back is not over", "Give them back as they are asked for."
    ),
    "paid_in_part": Wording("A part of it is back already", "It cannot be refused any more."),
    "unknown_clean_out": Wording("This request is not known", "Look at the list again."),
    "no_word": Wording("The bank has not answered yet", "Look again in a moment."),
    "notes_not_the_amount": Wording("These notes are not the amount", "Count them again."),
    "not_for_review": Wording("One of them is not to be reviewed", "Tick only those that wait."),
    "reason_missing": Wording("A refusal needs its reason", "Write down why it is refused."),
}
