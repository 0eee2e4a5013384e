"""Where somebody's money is: every step of every payment, refund, hold, top-up and change slip.

Talks to the database for looking only. What a reader would get wrong: a step is here when the
ledger or the platform's word stands behind it; notes that a machine holds and never reported are
in that machine's journal, and the case of its slip is what is known of them here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.steps import steps_of
from settlement_backend.cases.money_shapes import MoneyItem, MoneyStep
from settlement_backend.cases.money_words import money_words
from settlement_backend.cases.tables import Case
from settlement_backend.cleanout.tables import CleanOut
from settlement_backend.holds.tables import Hold
from settlement_backend.ledger.tables import Posting
from settlement_backend.prepay.tables import ChangeDue, PrepayLot
from settlement_backend.refunds.tables import Payout, Refund, RefundPart
from settlement_backend.settling.settling import tenders_of
from settlement_backend.settling.tables import Settlement, Tender

_MOST = 50  # of each kind, the newest
_TAIL = 6
_ENDED = frozenset(
    {
        *("COMPLETED", "CANCELLED", "REVERSED", "PAID", "REJECTED", "RELEASED"),
        *("SUPERSEDED", "EXPIRED", "BOOKED", "RESOLVED"),
    }
)
Proof = Callable[[str], str]


class Trail:
    """Of one person. `masked`: proofs are for the person, not for a window."""

    def __init__(self, session: Session, person_id: str, *, masked: bool) -> None:
        self._session, self._person_id = session, person_id
        self._proof: Proof = _tail if masked else str
        found = select(Case).where(Case.person_id == person_id).order_by(Case.opened_at.desc())
        self._cases = {case.operation_id: case for case in session.scalars(found.limit(_MOST))}

    def items(self) -> tuple[MoneyItem, ...]:
        """What still happens first, then the newest."""
        found = [
            *self._payments(),
            *self._refunds(),
            *self._holds(),
            *self._changes(),
            *self._top_ups(),
            *self._clean_outs(),
        ]
        shown = {item.about for item in found}
        found += [self._case(case) for of, case in self._cases.items() if of not in shown]
        newest = sorted(found, key=lambda item: item.at, reverse=True)
        return tuple(sorted(newest, key=lambda item: not item.open))

    def _item(
        self, kind: str, about: str, amount_fen: int, at: str, state: str, steps: list[MoneyStep]
    ) -> MoneyItem:
        words, case = money_words(), self._cases.get(about)
        if case is not None and kind != "CASE":
            steps = [*steps, *self._case_steps(case)]
        told = words.states[kind, state]
        is_checked = case is not None and case.state == "OPEN"
        return MoneyItem(
            about=about,
            kind=kind,
            title=words.kinds[kind],
            amount_fen=amount_fen,
            at=at,
            state=state,
            state_words=told.called,
            next=told.next,
            open=state not in _ENDED,
            case_id=case.id if case is not None else "",
            owner=case.owner if case is not None and is_checked else "",
            due_at=case.due_at if case is not None and is_checked else "",
            steps=tuple(sorted(steps, key=lambda step: step.at)),
        )

    def _step(self, step: str, at: str, amount_fen: int, proof: str = "") -> MoneyStep:
        shown = self._proof(proof) if proof else ""
        words = money_words().step(step)
        return MoneyStep(step=step, words=words, at=at, amount_fen=amount_fen, proof=shown)

    def _booked(self, posting: str, step: str, amount_fen: int, proof: str) -> list[MoneyStep]:
        """The step of a posting that stands."""
        found = self._session.get(Posting, posting)
        return [] if found is None else [self._step(step, found.at, amount_fen, proof)]

    def _payments(self) -> Iterator[MoneyItem]:
        wanted = select(Settlement).where(
            Settlement.person_id == self._person_id, Settlement.state != "QUOTED"
        )
        newest = wanted.order_by(Settlement.created_at.desc()).limit(_MOST)
        for row in self._session.scalars(newest):
            borne_fen = row.fund_fen + row.account_fen + row.mutual_fen + row.hospital_fen
            steps = [
                self._step("OPENED", row.created_at, row.total_fen),
                *self._booked(f"insure/{row.id}", "INSURED", borne_fen, row.setl_id),
                *self._booked(f"uninsure/{row.id}", "UNINSURED", borne_fen, row.setl_id),
            ]
            for tender in tenders_of(self._session, row.id):
                steps += self._tender_steps(tender)
            if row.settled_at:
                steps.append(self._step("COMPLETED", row.settled_at, row.total_fen))
            yield self._item("PAYMENT", row.id, row.total_fen, row.created_at, row.state, steps)

    def _tender_steps(self, tender: Tender) -> list[MoneyStep]:
        told = (tender.amount_fen, tender.id)
        asked = [self._step("ASKED", tender.called_at, *told)] if tender.called_at else []
        return [
            *asked,
            *self._booked(f"take/{tender.id}", "TAKEN", *told),
            *self._booked(f"return/{tender.id}", "RETURNED", *told),
        ]

    def _refunds(self) -> Iterator[MoneyItem]:
        wanted = (
            select(Refund)
            .join(Settlement, Settlement.id == Refund.settlement_id)
            .where(Settlement.person_id == self._person_id)
        )
        for row in self._session.scalars(wanted.order_by(Refund.at.desc()).limit(_MOST)):
            parts = self._session.scalars(
                select(RefundPart).where(RefundPart.refund_id == row.id)
            ).all()
            steps = self._audited(row.id)
            for part in parts:
                told = (part.amount_fen, part.id)
                steps += self._booked(f"refund/{part.id}", "PART_BACK", *told)
            steps += self._transfers(row.id)
            amount_fen = sum(part.amount_fen for part in parts)
            yield self._item("REFUND", row.id, amount_fen, row.at, row.state, steps)

    def _clean_outs(self) -> Iterator[MoneyItem]:
        wanted = select(CleanOut).where(CleanOut.person_id == self._person_id)
        for row in self._session.scalars(wanted.order_by(CleanOut.at.desc()).limit(_MOST)):
            steps = [*self._audited(row.id), *self._transfers(row.id)]
            yield self._item("CLEAN_OUT", row.id, row.amount_fen, row.at, row.state, steps)

    def _audited(self, of: str) -> list[MoneyStep]:
        return [self._step(each.step, each.at, 0) for each in steps_of(self._session, of)]

    def _transfers(self, of: str) -> list[MoneyStep]:
        steps: list[MoneyStep] = []
        for payout in self._session.scalars(select(Payout).where(Payout.of == of)):
            told = (payout.amount_fen, payout.id)
            if payout.batch_no:
                steps.append(self._step("TRANSFER_SENT", payout.at, *told))
            steps += self._booked(f"payout/{payout.id}", "TRANSFER_PAID", *told)
            steps += self._booked(f"payback/{payout.id}", "TRANSFER_BACK", *told)
        return steps

    def _holds(self) -> Iterator[MoneyItem]:
        wanted = select(Hold).where(Hold.person_id == self._person_id)
        for row in self._session.scalars(wanted.order_by(Hold.created_at.desc()).limit(_MOST)):
            steps = [self._step("HELD", row.created_at, row.amount_fen, row.rrn)]
            taken = select(Tender).where(Tender.hold_id == row.id, Tender.taken_at != "")
            for tender in self._session.scalars(taken):
                steps.append(
                    self._step("TAKEN", tender.taken_at, tender.amount_fen, row.rrn),
                )
            yield self._item("HOLD", row.id, row.amount_fen, row.created_at, row.state, steps)

    def _changes(self) -> Iterator[MoneyItem]:
        wanted = select(ChangeDue).where(ChangeDue.person_id == self._person_id)
        for row in self._session.scalars(wanted.order_by(ChangeDue.at.desc()).limit(_MOST)):
            steps = [self._step("CHANGE_DUE", row.at, row.amount_fen, row.slip_id)]
            if row.paid_at:
                steps.append(self._step("CHANGE_PAID", row.paid_at, row.amount_fen, row.slip_id))
            yield self._item("CHANGE", row.slip_id, row.amount_fen, row.at, row.state, steps)

    def _top_ups(self) -> Iterator[MoneyItem]:
        wanted = (
            select(PrepayLot, Posting.at)
            .join(Posting, Posting.name == PrepayLot.id)
            .where(PrepayLot.person_id == self._person_id, PrepayLot.id.startswith("topup/"))
        )
        rows = self._session.execute(wanted.order_by(Posting.at.desc()).limit(_MOST))
        for lot, at in rows:
            steps = [self._step("BOOKED", at, lot.amount_fen, lot.order_no)]
            yield self._item("TOP_UP", lot.id, lot.amount_fen, at, "BOOKED", steps)

    def _case(self, case: Case) -> MoneyItem:
        steps = self._case_steps(case)
        return self._item(
            "CASE", case.operation_id, case.amount_fen, case.opened_at, case.state, steps
        )

    def _case_steps(self, case: Case) -> list[MoneyStep]:
        steps = [self._step("CASE_OPENED", case.opened_at, case.amount_fen)]
        if case.resolved_at:
            steps.append(self._step("CASE_RESOLVED", case.resolved_at, case.amount_fen))
        return steps


def _tail(number: str) -> str:
    """Enough to tell one payment from another on a phone's list."""
    return f"*{number[-_TAIL:]}"
