"""Which way each top-up of a balance would go back: no change, no outside call.

Talks to the database for looking only. What a reader would get wrong: a plan is made anew when the
application comes in, because a day later a channel's time may be over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.cleanout import rules
from settlement_backend.cleanout.rules import Asker, Way
from settlement_backend.cleanout.tables import CleanOutPart, Ledgered
from settlement_backend.people.tables import Person
from settlement_backend.policy.profile import Policy
from settlement_backend.prepay.accounts import state_of
from settlement_backend.prepay.lots import SetAside
from settlement_backend.prepay.tables import PrepayLot


@dataclass(frozen=True, slots=True)
class Planned:
    """One top-up with what is to go back of it."""

    lot: PrepayLot
    amount_fen: int
    way: Way


def asker_of(session: Session, person: Person, terminal_kind: str) -> Asker:
    """Who asks, as the rules see it."""
    return Asker(terminal_kind, bool(person.deceased_on), state_of(session, person.id))


def planned(
    session: Session, policy: Policy, asker: Asker, aside: Sequence[SetAside], today: date
) -> list[Planned]:
    """A way for each of these amounts, in their order."""
    ways = []
    for part in aside:
        lot = session.get_one(PrepayLot, part.lot_id)
        way = rules.way_back(
            policy.outpatient_prepay,
            policy.refund,
            asker,
            rules.TopUp(lot.channel, lot.order_no, date.fromisoformat(lot.day)),
            today,
        )
        ways.append(Planned(lot, part.amount_fen, way))
    return ways


def parts_of(session: Session, clean_out_id: str) -> list[CleanOutPart]:
    """The parts of an application, in their order."""
    wanted = select(CleanOutPart).where(CleanOutPart.clean_out_id == clean_out_id)
    return list(session.scalars(wanted.order_by(CleanOutPart.place)))


def unclaimed(session: Session, person_id: str) -> list[Ledgered]:
    """What of this person was entered as not returned and nobody has asked for since."""
    wanted = select(Ledgered).where(Ledgered.person_id == person_id, Ledgered.claimed_at == "")
    return list(session.scalars(wanted.order_by(Ledgered.id)))
