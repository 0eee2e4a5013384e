"""Settlements of the insurance as they are kept here, with their breakdown (L07).

Talks to the database only, each function in the caller's session. What a reader would get wrong: a
settlement of ours may have several over the years (a refund settles what stays anew), and at most
one of them stands.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from settlement_backend.insurance.setlinfo import Told
from settlement_backend.insurance.tables import (
    InsuranceBatch,
    InsuranceFundPart,
    InsuranceSettlement,
    InsuranceVisit,
)
from settlement_backend.insurance.words import FundPart, Split


def keep(session: Session, number: str, batch: InsuranceBatch, told: Told, today: date) -> None:
    """What 2207, 2304 or 5203 said, once; its lines are bound by it."""
    session.execute(
        update(InsuranceBatch).where(InsuranceBatch.id == batch.id).values(state="SETTLED")
    )
    if session.get(InsuranceSettlement, number) is not None:
        return
    visit = session.get_one(InsuranceVisit, batch.visit_id)
    split, classes = told.split, told.classes
    session.add(
        InsuranceSettlement(
            number=number,
            of=batch.of,
            batch_id=batch.id,
            setl_id=split.setl_id,
            psn_no=visit.psn_no,
            mdtrt_id=visit.mdtrt_id,
            kind=visit.kind,
            state="SETTLED",
            insutype=told.insutype or visit.insutype,
            med_type=told.med_type or visit.med_type,
            clr_type=told.clr_type,
            clr_way=told.clr_way,
            total_fen=split.total_fen,
            fund_fen=split.fund_fen,
            account_fen=split.account_fen,
            mutual_fen=split.mutual_fen,
            hospital_fen=split.hospital_fen,
            cash_fen=split.cash_fen,
            account_pay_fen=told.account_pay_fen,
            own_expense_fen=classes.own_expense_fen,
            over_limit_fen=classes.over_limit_fen,
            pay_first_fen=classes.pay_first_fen,
            in_scope_fen=classes.in_scope_fen,
            deductible_fen=classes.deductible_fen,
            balance_fen=told.balance_fen,
            settled_at=told.settled_at,
            settled_on=told.settled_at[:10] or today.isoformat(),
        )
    )
    session.flush()
    for part in split.fund_parts:
        session.add(InsuranceFundPart(number=number, kind=part.kind, amount_fen=part.amount_fen))
    session.flush()


def over(session: Session, row: InsuranceSettlement, state: str, on: date) -> None:
    """It stands no more; its lines are unbound and may be taken back. `state`: see tables."""
    changed = session.execute(
        update(InsuranceSettlement)
        .where(InsuranceSettlement.number == row.number, InsuranceSettlement.state == "SETTLED")
        .values(state=state, reversed_on=on.isoformat())
    )
    if changed.rowcount == 1:  # type: ignore[attr-defined]  # a CursorResult for UPDATE
        session.execute(
            update(InsuranceBatch)
            .where(InsuranceBatch.id == row.batch_id, InsuranceBatch.state == "SETTLED")
            .values(state="UPLOADED")
        )


def standing(session: Session, of: str) -> InsuranceSettlement | None:
    """The settlement that the insurance still pays of one of ours."""
    return session.scalar(
        select(InsuranceSettlement).where(
            InsuranceSettlement.of == of, InsuranceSettlement.state == "SETTLED"
        )
    )


def visit_behind(session: Session, of: str) -> InsuranceVisit | None:
    """The visit that lines of a settlement of ours were last uploaded for."""
    return session.scalar(
        select(InsuranceVisit)
        .join(InsuranceBatch, InsuranceBatch.visit_id == InsuranceVisit.id)
        .where(InsuranceBatch.of == of)
        .order_by(InsuranceBatch.at.desc(), InsuranceBatch.generation.desc())
        .limit(1)
    )


def by_number(session: Session, number: str) -> InsuranceSettlement | None:
    """By our number."""
    return session.get(InsuranceSettlement, number)


def by_setl_id(session: Session, setl_id: str) -> InsuranceSettlement | None:
    """By the platform's number."""
    return session.scalar(select(InsuranceSettlement).where(InsuranceSettlement.setl_id == setl_id))


def fund_parts_of(session: Session, number: str) -> tuple[FundPart, ...]:
    """Which funds pay, in a fixed order."""
    rows = session.scalars(
        select(InsuranceFundPart)
        .where(InsuranceFundPart.number == number)
        .order_by(InsuranceFundPart.kind)
    )
    return tuple(FundPart(row.kind, row.amount_fen) for row in rows)


def split_of(session: Session, row: InsuranceSettlement) -> Split:
    """As it was answered."""
    return Split(
        row.fund_fen,
        row.account_fen,
        row.cash_fen,
        row.setl_id,
        row.mutual_fen,
        row.hospital_fen,
        fund_parts_of(session, row.number),
    )
