"""Top-ups and the balances that go back by their routes, as `compare` wants them.

Talks to the database for looking only. What a reader would get wrong: only top-ups that a bank
knows by an order are here; notes and balances from before these books are nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from settlement_backend.cleanout.tables import CleanOut, CleanOutPart
from settlement_backend.ledger.tables import Posting
from settlement_backend.prepay.tables import PrepayLot
from settlement_backend.reconciliation.compare import Key, Ours
from settlement_backend.reconciliation.ours import Window, part_state

_BY_CARD = "BANKCARD_TRANSFER"


def top_ups(session: Session, within: Window) -> Iterator[Ours]:
    """Card sales that became a balance."""
    wanted = (
        select(PrepayLot, Posting.at)
        .join(Posting, Posting.name == PrepayLot.id)
        .where(PrepayLot.order_no != "")
    )
    for condition in within.asked(within.has(Posting.at), PrepayLot.order_no):
        for lot, at in session.execute(wanted.where(condition)):
            yield Ours(
                key=Key(within.bank(lot.acquirer), _channel(lot), "PAY", lot.order_no),
                state="BOOKED",
                amount_fen=lot.amount_fen,
                at=datetime.fromisoformat(at),
                account=_account(lot),
                person_id=lot.person_id,
                about=lot.id,
            )


def clean_outs(session: Session, within: Window) -> Iterator[Ours]:
    """Parts that go back to where a top-up came from."""
    wanted = (
        select(CleanOutPart, CleanOut, PrepayLot, Posting.at)
        .join(CleanOut, CleanOut.id == CleanOutPart.clean_out_id)
        .join(PrepayLot, PrepayLot.id == CleanOutPart.lot_id)
        .outerjoin(Posting, Posting.name == "cleaned/" + CleanOutPart.id)
        .where(CleanOutPart.route == "ORIGINAL", PrepayLot.order_no != "")
    )
    timed = or_(within.has(Posting.at), CleanOutPart.state == "ASKED")
    for condition in within.asked(timed, CleanOutPart.id):
        for part, row, lot, at in session.execute(wanted.where(condition)):
            yield Ours(
                key=Key(within.bank(lot.acquirer), _channel(lot), "REFUND", part.id),
                state=part_state(part.state),
                amount_fen=part.amount_fen,
                at=datetime.fromisoformat(at or row.at),
                account=_account(lot),
                originals=(lot.order_no,),
                person_id=row.person_id,
                about=row.id,
            )


def _channel(lot: PrepayLot) -> str:
    return "CARD" if lot.channel == _BY_CARD else lot.channel


def _account(lot: PrepayLot) -> str:
    return "outside:card" if lot.channel == _BY_CARD else f"outside:scan:{lot.channel}"
