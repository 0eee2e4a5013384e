"""Refunds as they go over the wire, and why each part travels as it does.

What a reader would get wrong: a patient's screen never shows who paid (W31); only a window does.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.base.steps import StepShape, steps_of
from settlement_backend.bills.pricing import E4, decimal_text
from settlement_backend.bills.tables import BillLine
from settlement_backend.documents.shapes import SlipShape, slip_shape
from settlement_backend.people.tables import Person
from settlement_backend.refunds.plan import claimed_lines, stored_parts
from settlement_backend.refunds.tables import Payout, Refund, RefundPart
from settlement_backend.settling.tables import Settlement

_OPEN = ("ACCEPTED", "REVIEWED", "CONFIRMED", "NEED_REALNAME_RESUBMIT", "PAYOUT_UNKNOWN")
WARNING = Words(
    zh="原路退回的款项会回到当时付款人的账户，可能不是患者本人。请确认后再继续。",
    en="What goes back as it came reaches whoever paid, who may not be the patient. "
    "Please make sure before you go on.",
)
_WHY = {
    "RF-INSURANCE": Words(zh="医保部分先由医保撤销", en="The insurance takes its part back first"),
    "RF-CASH": Words(zh="现金支付，在窗口退现金", en="Paid in cash, returned at the window"),
    "RF-BALANCE": Words(zh="退回门诊预交金余额", en="Back to the prepaid balance"),
    "RF-DEPOSIT": Words(zh="退回住院预交金", en="Back to the inpatient deposit"),
    "RF-ORIGINAL": Words(zh="原路退回付款账户", en="Back the way it was paid"),
    "RF-YEARS": Words(
        zh="超过原路退回年限，转账至实名账户", en="Too old for its way back: transfer in real name"
    ),
    "RF-CHANNEL-LIMIT": Words(
        zh="超过支付渠道退款期限，转账至实名账户",
        en="The channel's time for refunds is over: transfer in real name",
    ),
    "RF-CHANNEL-REFUSED": Words(
        zh="支付渠道不受理退款，转账至实名账户",
        en="The channel does not take it back: transfer in real name",
    ),
    "RF-NO-ROUTE": Words(
        zh="没有可用的原支付渠道，转账至实名账户", en="There is no way back: transfer in real name"
    ),
    "RF-DECEASED": Words(
        zh="由窗口核对材料后转账", en="Transferred by a window that has seen the documents"
    ),
    "RF-WINDOW": Words(zh="就诊结束后在窗口结清", en="Paid out at the window after the visit"),
}


class RefundPartShape(Shape):
    """One route. `payer`: who gets it when that is another person, masked, for windows only."""

    part_id: str
    route: str
    amount_fen: int
    label: str
    tender_id: str
    state: str
    rule_id: str
    why: Words
    payer: str


class RefundedLine(Shape):
    """One item of it. Of a deposit a part may go back, so items need not sum to the total."""

    line_id: str
    name: Words
    quantity: str
    unit: Words
    amount_fen: int


class RefundShape(Shape):
    """A refund. `display_name`: the patient's, masked for whoever asks. `needs`: PAYEE while an
    account to transfer to is missing."""

    refund_id: str
    state: str
    settlement_id: str
    patient_id: str
    display_name: str
    total_fen: int
    lines: tuple[RefundedLine, ...]
    parts: tuple[RefundPartShape, ...]
    slip: SlipShape | None
    asked_at: str
    reason: str
    steps: tuple[StepShape, ...]
    needs: tuple[str, ...]
    warning: Words | None


class RefundList(Shape):
    """Several refunds."""

    refunds: tuple[RefundShape, ...]


class RefundableLine(Shape):
    """One item. `reason`: why it cannot be asked back, "" when it can."""

    line_id: str
    name: Words
    quantity: str
    unit: Words
    amount_fen: int
    reason: str


class RefundableSettlement(Shape):
    """What was paid at once. `reason`: why nothing of it can be asked for at this terminal;
    `warning`: set while money would go back to whoever paid (W31)."""

    settlement_id: str
    kind: str
    departments: tuple[Words, ...]
    settled_at: str
    total_fen: int
    reason: str
    lines: tuple[RefundableLine, ...]
    warning: Words | None


class RefundableList(Shape):
    """Of one patient, the newest first."""

    settlements: tuple[RefundableSettlement, ...]


class PayoutShape(Shape):
    """One payment to an account, masked."""

    payout_id: str
    of_kind: str
    of: str
    amount_fen: int
    state: str
    code: str
    batch_no: str
    account_no: str
    bank: str
    at: str
    paid_at: str


class PayoutList(Shape):
    """Several payments."""

    payouts: tuple[PayoutShape, ...]


def why(rule_id: str) -> Words:
    """The words of a rule."""
    return _WHY[rule_id]


def refund_shape(
    session: Session, refund: Refund, slip_key: bytes, audience: Audience
) -> RefundShape:
    """The Refund shape; its total is what goes back by all routes."""
    parts = stored_parts(session, refund.id)
    settlement = session.get_one(Settlement, refund.settlement_id)
    person = session.get_one(Person, settlement.person_id)
    open_still = refund.state in _OPEN
    to_payers = open_still and any(part.rule_id == "RF-ORIGINAL" for part in parts)
    transfers = any(part.route == "TRANSFER" and _without_payee(part) for part in parts)
    return RefundShape(
        refund_id=refund.id,
        state=refund.state,
        settlement_id=refund.settlement_id,
        patient_id=person.id,
        display_name=mask_name(person.name, audience),
        total_fen=sum(part.amount_fen for part in parts),
        lines=tuple(_line_shape(line) for line in claimed_lines(session, refund).back),
        parts=tuple(_part_shape(part, audience) for part in parts),
        slip=slip_shape(session, refund.slip_id, slip_key) if refund.slip_id else None,
        asked_at=refund.at,
        reason=refund.reason,
        steps=_steps(session, refund, audience),
        needs=("PAYEE",) if transfers and open_still else (),
        warning=WARNING if to_payers else None,
    )


def _steps(session: Session, refund: Refund, audience: Audience) -> tuple[StepShape, ...]:
    """What a reviewer said is for staff."""
    told = steps_of(session, refund.id)
    if audience is Audience.WINDOW:
        return told
    return tuple(step.model_copy(update={"text": ""}) for step in told)


def _line_shape(line: BillLine) -> RefundedLine:
    return RefundedLine(
        line_id=line.id,
        name=Words(zh=line.name_zh, en=line.name_en),
        quantity=decimal_text(line.quantity * E4 + line.quantity_rest_e4, 4),
        unit=Words(zh=line.unit_zh, en=line.unit_en),
        amount_fen=line.amount_fen,
    )


def _without_payee(part: RefundPart) -> bool:
    return part.state == "PLANNED" and not part.payee_name


def _part_shape(part: RefundPart, audience: Audience) -> RefundPartShape:
    return RefundPartShape(
        part_id=part.id,
        route=part.route,
        amount_fen=part.amount_fen,
        label=part.label,
        tender_id=part.tender_id,
        state=part.state,
        rule_id=part.rule_id,
        why=why(part.rule_id),
        payer=part.payer if audience is Audience.WINDOW else "",
    )


def payout_shape(payout: Payout) -> PayoutShape:
    """A payment with the last digits of its account only."""
    return PayoutShape(
        payout_id=payout.id,
        of_kind=payout.of_kind,
        of=payout.of,
        amount_fen=payout.amount_fen,
        state=payout.state,
        code=payout.code,
        batch_no=payout.batch_no,
        account_no="*" + payout.account_no[-4:],
        bank=payout.bank,
        at=payout.at,
        paid_at=payout.paid_at,
    )
