"""What comes in for holds."""

from __future__ import annotations

from settlement_backend.base.shapes import Body, Fen, Ident, Word


class NewHold(Body):
    patient_id: Ident
    reference: Ident
    amount_fen: Fen
    masked_card: Word
    auth_code: Ident
    rrn: Word
    trace: Word
    receipt: Word
    pos_terminal_id: Word
    merchant_id: Word


class Reauthorise(Body):
    """`reference`: the number under which the card terminal will make the larger hold."""

    reference: Ident
    amount_fen: Fen
