"""Settlements as they are told: docs/backend_api.md and docs/backend_api/settling.md.

What a reader would get wrong: total = Σ components and SELF_PAY = Σ tenders + due, always; a
terminal checks both and shows nothing that does not sum.
"""

from __future__ import annotations

from typing import Literal

from settlement_backend.base.shapes import Shape, Words
from settlement_backend.bills.shapes import BillShape
from settlement_backend.holds.shapes import HoldShape


class SlipShape(Shape):
    """A paper's identity; `qr_text` carries its MAC."""

    slip_id: str
    qr_text: str


class ComponentShape(Shape):
    """Who bears a part. Four kinds are always there: INSURANCE_FUND, PERSONAL_ACCOUNT, SUBSIDY,
    SELF_PAY; MUTUAL_AID and HOSPITAL only when they are not zero."""

    kind: str
    amount_fen: int


class TenderShape(Shape):
    """A part of the self-pay. `payer`: somebody else than the patient, masked (W04)."""

    tender_id: str
    kind: str
    amount_fen: int
    state: str
    label: str
    payer: str


class OptionShape(Shape):
    """A way to pay what is due. `reason`: why not, "" when allowed; `rule_id`: by which rule.

    `payer` and `left_fen`: whose agreement it is and what it may still take today (W01).
    `place`: the only place where it works, for a hold of another card terminal.
    """

    kind: str
    allowed: bool
    reason: str
    rule_id: str
    payer: str = ""
    left_fen: int | None = None
    place: Words | None = None


class PosOrderShape(Shape):
    """What this settlement's terminal asks of its card terminal now, and reports by
    `/pos-word`: a SALE under `reference`, or the COMPLETION of its own hold, which the card
    terminal knows by `receipt` and `trace`."""

    kind: Literal["SALE", "COMPLETION"]
    tender_id: str
    reference: str
    hold_id: str
    auth_code: str
    rrn: str
    receipt: str
    trace: str
    amount_fen: int


class RemoteShape(Shape):
    """A relative pays on the phone until then; nobody else pays meanwhile (N18)."""

    code_url: str
    until: str


class CashShape(Shape):
    """What the drawer gets (rounded when the profile says so), what was put in and given back,
    and what is still owed, with the slip a window pays it out for (C12)."""

    to_take_fen: int
    handed_fen: int
    change_fen: int
    owed_fen: int
    slip: SlipShape | None


class SettlementShape(Shape):
    """A settlement as it stands. `reauthorise_fen`: a hold of that much would pay it all (S12);
    `try_next`: what may be tried after a tender was declined."""

    settlement_id: str
    state: str
    kind: str
    patient: str
    bills: tuple[BillShape, ...]
    components: tuple[ComponentShape, ...]
    tenders: tuple[TenderShape, ...]
    options: tuple[OptionShape, ...]
    total_fen: int
    due_fen: int
    cash_fen: int
    hold: HoldShape | None
    reauthorise_fen: int
    slip: SlipShape | None
    pos: PosOrderShape | None
    remote: RemoteShape | None
    cash: CashShape | None
    trouble: str
    try_next: tuple[str, ...]
    next_poll_ms: int | None
    settled_at: str


class SettlementList(Shape):
    """Several, the newest first."""

    settlements: tuple[SettlementShape, ...]
