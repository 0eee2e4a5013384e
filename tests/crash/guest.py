"""The patient of one case: who it is and what this person will do at the machine.

Made by the test (`town.py`), handed to the terminal's process, read there by `visit.py`. What a
reader would get wrong: `patient_id` is empty for somebody whom the hospital does not know yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.billing import TenderKind
from core.identity import IdDocument, Medium, MediumKind
from core.steps import MediumShown


@dataclass(frozen=True, slots=True)
class Guest:
    """`tender`: how the bill is paid; `leaves_bill`: walks away from it instead.

    `hold_fen`: the amount to freeze. `bank_card`: what comes of it at the POS.
    `wallet_ending`: a payment code whose end tells the acquirer how to answer.
    `dawdles`: nobody decides about the note before the machine gives it back.
    `plug_pulled_at_pos`: the terminal dies while the POS waits for the card.
    """

    document: IdDocument
    patient_id: str = ""
    takes_card: bool = True
    leaves_bill: bool = False
    tender: TenderKind | None = None
    hold_fen: int = 100_000
    bank_card: str = "approved"
    wallet_ending: str = ""
    plug_pulled_at_pos: bool = False
    dawdles: bool = False

    @property
    def shown(self) -> MediumShown:
        """The ID card laid on the reader."""
        medium = Medium(MediumKind.ID_CARD, self.document.id_number)
        return MediumShown(medium, None, self.document)
