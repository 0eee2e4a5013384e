"""Clean-outs as they go over the wire.

What a reader would get wrong: no field here says who paid a top-up or to which account money goes
back by the original route; a patient's screen must not show it (W31).
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.identity import Audience, mask_name
from settlement_backend.base.shapes import Shape, Words
from settlement_backend.base.steps import StepShape, steps_of
from settlement_backend.cleanout.plan import parts_of
from settlement_backend.cleanout.tables import CleanOut, CleanOutPart
from settlement_backend.documents.shapes import SlipShape, slip_shape
from settlement_backend.people.tables import Person
from settlement_backend.policy.decision import Decision
from settlement_backend.prepay.shapes import CHANNELS
from settlement_backend.prepay.tables import PrepayLot
from settlement_backend.refunds.shapes import why


class WayShape(Shape):
    """What one top-up has left, how it goes back and why."""

    channel: str
    channel_name: Words
    day: str
    amount_fen: int
    route: str
    rule_id: str
    why: Words
    state: str


class PlanShape(Shape):
    """What an application would do. `needs`: WARNING, FACE, PAYEE, DOCUMENTS; `payee`: who gets a
    transfer, by the rule of ages and deaths; `documents`: what a window still has to see."""

    decision: Decision
    balance_fen: int
    ways: tuple[WayShape, ...]
    needs: tuple[str, ...]
    warning: Words | None
    payee: Decision
    documents: tuple[str, ...]


class CleanOutShape(Shape):
    """An application as it stands. `payee_account`: last digits only."""

    clean_out_id: str
    patient_id: str
    display_name: str
    state: str
    amount_fen: int
    channel: str
    ways: tuple[WayShape, ...]
    needs: tuple[str, ...]
    payee_account: str
    payee_bank: str
    reason: str
    asked_at: str
    steps: tuple[StepShape, ...]
    slip: SlipShape | None


class CleanOutList(Shape):
    """Several applications."""

    clean_outs: tuple[CleanOutShape, ...]


class LedgeredShape(Shape):
    """A balance that was not returned in time. `claimed_at`: it was asked for after all."""

    patient_id: str
    display_name: str
    display_id: str
    channel: str
    day: str
    amount_fen: int
    reason: str
    entered_at: str
    claimed_at: str


class LedgeredList(Shape):
    """The whole list, and the sum of what nobody claimed."""

    entries: tuple[LedgeredShape, ...]
    open_fen: int


def clean_out_shape(
    session: Session, row: CleanOut, slip_key: bytes, audience: Audience
) -> CleanOutShape:
    """The CleanOut shape for one kind of screen."""
    person = session.get_one(Person, row.person_id)
    return CleanOutShape(
        clean_out_id=row.id,
        patient_id=row.person_id,
        display_name=mask_name(person.name, audience),
        state=row.state,
        amount_fen=row.amount_fen,
        channel=row.channel,
        ways=tuple(_stored_way(session, part) for part in parts_of(session, row.id)),
        needs=("PAYEE",) if row.state == "NEED_REALNAME_RESUBMIT" else (),
        payee_account="*" + row.payee_account[-4:] if row.payee_account else "",
        payee_bank=row.payee_bank,
        reason=row.reason,
        asked_at=row.at,
        steps=steps_of(session, row.id),
        slip=slip_shape(session, row.slip_id, slip_key) if row.slip_id else None,
    )


def _stored_way(session: Session, part: CleanOutPart) -> WayShape:
    lot = session.get_one(PrepayLot, part.lot_id)
    return way_shape(lot, part.amount_fen, part.route, part.rule_id, part.state)


def way_shape(
    lot: PrepayLot, amount_fen: int, route: str, rule_id: str, state: str = "PLANNED"
) -> WayShape:
    """One top-up's way, planned or stored."""
    return WayShape(
        channel=lot.channel,
        channel_name=CHANNELS[lot.channel],
        day=lot.day,
        amount_fen=amount_fen,
        route=route,
        rule_id=rule_id,
        why=why(rule_id),
        state=state,
    )
