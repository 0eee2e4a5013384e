"""Due bills debited from a bound bank card, with nobody present (W11).

Opens and commits ordinary settlements through the saga, as a terminal of its own. What a reader
would get wrong: one try a day for each visit, and while the outcome of one is open no other
begins; its settlement keeps the bills locked, so nobody pays them a second time either.
"""

from __future__ import annotations

import uuid
from contextlib import suppress

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.acquirers import books
from settlement_backend.base.clock import stamp
from settlement_backend.base.context import Context
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.bills.tables import Bill
from settlement_backend.deferral import bill_sets
from settlement_backend.deferral.tables import BillSet, DeferralAgreement, RepaymentDebit
from settlement_backend.settling.saga import Saga
from settlement_backend.settling.tables import Settlement
from settlement_backend.terminals.tables import Terminal

SYSTEM, KIND = "SYSTEM", "system"
_DUE = ("DUE", "OVERDUE", "SUSPENDING")
_UNDONE = ("CANCELLED", "REVERSED")
_NOBODYS = "-"  # what no token's hash looks like


class Repaying:
    """All automatic debits of this backend."""

    def __init__(self, context: Context, saga: Saga) -> None:
        self._db, self._clock, self._policy = context.db, context.clock, context.policy
        self._saga = saga

    def due(self) -> list[str]:
        """Sets whose time is up, and those with a try that did not end yet."""
        if not self._policy.deferral.repay_by_debit:
            return []
        now = self._clock.now()
        tried = select(RepaymentDebit.set_id).where(RepaymentDebit.day == now.date().isoformat())
        late = (
            select(BillSet.id)
            .join(DeferralAgreement, DeferralAgreement.id == BillSet.agreement_id)
            .where(
                BillSet.state.in_(_DUE),
                BillSet.due_at <= stamp(now),
                BillSet.id.not_in(tried),
                DeferralAgreement.repay_by_debit,
                DeferralAgreement.state != "CANCELLED",
            )
        )
        trying = select(RepaymentDebit.set_id).where(RepaymentDebit.state == "ASKED")
        with self._db.read() as session:
            return [*session.scalars(trying), *session.scalars(late)]

    def advance(self, set_id: str) -> None:
        """Begin a try, or look what became of one."""
        with self._db.locks.alone(f"repay/{set_id}"):
            with self._db.write() as session:
                debit = self._open_debit(session, set_id) or self._begin(session, set_id)
                if debit is None:
                    return
                bills = bill_sets.waiting(self._policy, bill_sets.bills_of(session, set_id))
                terminal = _system_terminal(session)
            self._settle(debit, bills, terminal)

    def _open_debit(self, session: Session, set_id: str) -> RepaymentDebit | None:
        return session.scalars(
            select(RepaymentDebit).where(
                RepaymentDebit.set_id == set_id, RepaymentDebit.state == "ASKED"
            )
        ).first()

    def _begin(self, session: Session, set_id: str) -> RepaymentDebit | None:
        """A new try, written down before anybody is asked; None when there is nothing to try."""
        now = self._clock.now()
        kept = session.get_one(BillSet, set_id)
        bills = bill_sets.waiting(self._policy, bill_sets.bills_of(session, set_id))
        tried = session.scalars(
            select(RepaymentDebit.id).where(
                RepaymentDebit.set_id == set_id, RepaymentDebit.day == now.date().isoformat()
            )
        ).first()
        if tried or not bills or any(bill.state != "OPEN" for bill in bills):
            return None
        if not _agreed(session, kept, bills[0].person_id):
            return None
        debit = RepaymentDebit(
            id=uuid.uuid4().hex,
            set_id=set_id,
            day=now.date().isoformat(),
            state="ASKED",
            at=stamp(now),
        )
        session.add(debit)
        session.flush()
        return debit

    def _settle(self, debit: RepaymentDebit, bills: list[Bill], terminal: Terminal) -> None:
        """The same settlement every time; what became of it is read from its own row."""
        reason, person_id = "", bills[0].person_id if bills else ""
        wanted = [(bill.id, bill.version) for bill in bills]
        try:
            self._saga.automatic(debit.id, person_id, wanted, terminal)
        except Refused as refused:
            reason = refused.reason
            with suppress(Refused, NoSuch):
                self._saga.cancel(debit.id, terminal)
        with self._db.write() as session:
            settlement = session.get(Settlement, debit.id)
            state = settlement.state if settlement else _UNDONE[0]
            if state == "COMPLETED":
                _end(session, debit.id, "PAID", "")
            elif state in _UNDONE:
                _end(session, debit.id, "FAILED", reason or _trouble(settlement))


def _agreed(session: Session, kept: BillSet, person_id: str) -> bool:
    """The patient agreed to it when signing, and a debit agreement stands at a bank."""
    agreement = session.get_one(DeferralAgreement, kept.agreement_id)
    if not agreement.repay_by_debit or agreement.state == "CANCELLED":
        return False
    return any(each.kind == books.DEBIT for each in books.signed(session, person_id))


def _trouble(settlement: Settlement | None) -> str:
    return settlement.trouble if settlement else ""


def _end(session: Session, debit_id: str, state: str, reason: str) -> None:
    session.execute(
        update(RepaymentDebit)
        .where(RepaymentDebit.id == debit_id, RepaymentDebit.state == "ASKED")
        .values(state=state, reason=reason)
    )


def _system_terminal(session: Session) -> Terminal:
    """The terminal that nobody stands at, made when it is first needed; it has no token."""
    known = session.get(Terminal, SYSTEM)
    if known is None:
        known = Terminal(
            id=SYSTEM,
            token_hash=_NOBODYS,
            kind=KIND,
            name_zh="系统自动还款",
            name_en="Automatic repayment",
            place_zh="",
            place_en="",
            slip_key="",
        )
        session.add(known)
        session.flush()
    return known
