"""Items a patient does not want (N10): the machine prints a slip, a window decides.

Talks to the database only. What a reader would get wrong: a machine deletes nothing; the slip is
a wish, and the bill stays as it is until a window has cancelled what nobody carried out.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills import bills
from settlement_backend.bills.shapes import lines_of
from settlement_backend.bills.tables import Bill, GiveUp
from settlement_backend.documents.slips import mint
from settlement_backend.documents.tables import Slip


def ask(session: Session, context: Context, bill_id: str, line_ids: Sequence[str]) -> Slip:
    """A slip to the window. Raises NoSuch and Refused `bill_paid`, `not_found`, `item_executed`."""
    bill = bills.bill_of(session, bill_id)
    if bill.state not in ("OPEN", "LOCKED"):
        raise Refused("bill_paid" if bill.state == "PAID" else "bill_changed")
    chosen = [line for line in lines_of(session, bill_id) if line.id in line_ids]
    if not chosen or len(chosen) != len(set(line_ids)):
        raise Refused("not_found")
    if any(line.executed for line in chosen):
        raise Refused("item_executed")
    at = stamp(context.clock.now())
    slip = mint(session, context.slip_key, "R", bill.person_id, "give_up", [bill_id], at)
    session.add(
        GiveUp(
            slip_id=slip.id,
            bill_id=bill_id,
            line_ids=",".join(line.id for line in chosen),
            state="ASKED",
            at=at,
        )
    )
    session.flush()
    return slip


def give_up_of(session: Session, slip_id: str) -> GiveUp:
    """Raises NoSuch."""
    asked = session.get(GiveUp, slip_id)
    if asked is None:
        raise NoSuch("unknown_slip")
    return asked


def decide(session: Session, slip_id: str, version: int, agree: bool, operator: str) -> Bill:
    """The window's word, once. Raises NoSuch, Refused `already_decided` and those of `give_up`."""
    asked = session.get(GiveUp, slip_id, with_for_update=True)
    if asked is None:
        raise NoSuch("unknown_slip")
    if asked.state != "ASKED":
        raise Refused("already_decided")
    asked.state, asked.decided_by = ("DONE" if agree else "KEPT"), operator
    if not agree:
        return bills.bill_of(session, asked.bill_id)
    return bills.give_up(session, asked.bill_id, version, asked.line_ids.split(","))
