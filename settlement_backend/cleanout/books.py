"""What an application changes in the database: money set aside, parts, states. No outside call.

Each function works inside the caller's transaction. What a reader would get wrong: the money has
left the balance when the application is made, so that nobody can spend what is on its way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from settlement_backend.base import steps
from settlement_backend.base.clock import stamp
from settlement_backend.base.errors import NoSuch
from settlement_backend.base.steps import CLOCK
from settlement_backend.cases.cases import open_case
from settlement_backend.cleanout.plan import Planned, parts_of, unclaimed
from settlement_backend.cleanout.tables import CleanOut, CleanOutPart
from settlement_backend.documents.slips import mint
from settlement_backend.notices import outbox
from settlement_backend.policy.profile import Doubt
from settlement_backend.prepay import accounts
from settlement_backend.prepay.lots import SetAside

RUNNING = ("CONFIRMED", "PAYOUT_UNKNOWN")
_ENDED = ("PAID", "REJECTED")
_FROZEN = "FROZEN_FOR_CLEANOUT"


def owed(clean_out_id: str) -> str:
    """The ledger's account of what an application still has to give back."""
    return f"cleaning:{clean_out_id}"


def unreturned(person_id: str) -> str:
    """The ledger's account of what could not be returned to this person in time."""
    return f"unreturned:{person_id}"


def clean_out_of(session: Session, clean_out_id: str, *, alone: bool = False) -> CleanOut:
    """`alone`: nobody else changes it until this transaction ends. Raises NoSuch."""
    row = session.get(CleanOut, clean_out_id, with_for_update=alone, populate_existing=alone)
    if row is None:
        raise NoSuch("unknown_clean_out")
    return row


def move(session: Session, row: CleanOut, before: tuple[str, ...], **values: object) -> bool:
    """Change the row while it is in these states; False when it is not. It is read again."""
    session.flush()
    changed = session.execute(
        update(CleanOut).where(CleanOut.id == row.id, CleanOut.state.in_(before)).values(**values)
    )
    session.refresh(row)
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult for UPDATE


def freeze(session: Session, person_id: str) -> bool:
    """One application at a time; False when one is under way or there never was an account."""
    before = ("OPEN", "CLEARED", "LEDGERED")
    return accounts.change_state(session, person_id, before, _FROZEN)


def set_aside(session: Session, person_id: str, clean_out_id: str, now: datetime) -> list[SetAside]:
    """The whole balance, with what was entered as not returned, is this application's."""
    reclaim(session, person_id, clean_out_id, now)
    account = owed(clean_out_id)
    return accounts.clear(session, person_id, f"clean/{clean_out_id}", account, now)


def reclaim(session: Session, person_id: str, clean_out_id: str, now: datetime) -> None:
    """Entries of the list of unreturned balances are the person's again."""
    entries = unclaimed(session, person_id)
    if not entries:
        return
    aside = [SetAside(entry.lot_id, entry.amount_fen) for entry in entries]
    name, account = f"reclaim/{clean_out_id}", unreturned(person_id)
    accounts.unclear(session, person_id, aside, name, account, now)
    for entry in entries:
        entry.claimed_at = stamp(now)
    session.flush()


def add_parts(session: Session, clean_out_id: str, planned: Sequence[Planned]) -> None:
    """One part a top-up."""
    for place, plan in enumerate(planned):
        session.add(
            CleanOutPart(
                id=f"{clean_out_id}-{place}",
                clean_out_id=clean_out_id,
                place=place,
                lot_id=plan.lot.id,
                route=plan.way.route,
                rule_id=plan.way.rule_id,
                amount_fen=plan.amount_fen,
                state="PLANNED",
            )
        )
    session.flush()


def reject(session: Session, row: CleanOut, now: datetime) -> None:
    """The money is the person's balance again."""
    aside = [SetAside(part.lot_id, part.amount_fen) for part in parts_of(session, row.id)]
    name = f"unclean/{row.id}"
    accounts.unclear(session, row.person_id, aside, name, owed(row.id), now)
    accounts.change_state(session, row.person_id, (_FROZEN,), "OPEN")
    outbox.tell(session, now, row.person_id, "clean_out_rejected", row.id)


def finish(session: Session, row: CleanOut, slip_key: bytes, now: datetime) -> None:
    """Everything is with its owner. What came in meanwhile keeps the account open."""
    if not move(session, row, RUNNING, state="PAID"):
        return
    left_fen = accounts.balance_fen(session, row.person_id)
    after = "OPEN" if left_fen else "CLEARED"
    accounts.change_state(session, row.person_id, (_FROZEN,), after)
    if not row.slip_id:
        row.slip_id = mint(session, slip_key, "S", row.person_id, row.id, [], stamp(now)).id
    steps.record(session, row.id, "PAID", CLOCK, now)
    fen = row.amount_fen
    outbox.tell(session, now, row.person_id, "clean_out_paid", row.id, amount_fen=fen)


def hand_over(session: Session, row: CleanOut, now: datetime, rules: Doubt, evidence: str) -> None:
    """A person knows of it, once."""
    open_parts = [part for part in parts_of(session, row.id) if part.state != "DONE"]
    open_case(
        session,
        rules,
        now,
        operation_kind="clean_out",
        operation_id=row.id,
        amount_fen=sum(part.amount_fen for part in open_parts),
        evidence=evidence,
        person_id=row.person_id,
    )


def under_way_fen(session: Session) -> int:
    """What all applications that have not ended keep aside."""
    wanted = (
        select(func.coalesce(func.sum(CleanOutPart.amount_fen), 0))
        .join(CleanOut, CleanOut.id == CleanOutPart.clean_out_id)
        .where(CleanOut.state.not_in(_ENDED), CleanOutPart.state != "DONE")
    )
    return session.scalar(wanted) or 0
