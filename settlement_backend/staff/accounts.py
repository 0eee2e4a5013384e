"""Accounts of staff: made by a supervisor, disabled for good reason, passwords changed.

Talks to the database only. What a reader would get wrong: a password that somebody else chose is
good for nothing but choosing an own one (`must_change`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from settlement_backend.base.clock import stamp
from settlement_backend.base.database import Database
from settlement_backend.base.errors import NoSuch, Refused
from settlement_backend.policy.decision import required
from settlement_backend.policy.profile import StaffRules
from settlement_backend.staff import operators
from settlement_backend.staff.duties import may_hold
from settlement_backend.staff.passwords import Passwords, fault_of, matches
from settlement_backend.staff.tables import Operator


def account_of(session: Session, number: str, by: str = "") -> Operator:
    """To be changed by `by`, who is somebody else. Raises NoSuch, Refused `same_person`."""
    operator = session.get(Operator, number, with_for_update=True)
    if operator is None:
        raise NoSuch("unknown_operator")
    if operator.number == by:
        raise Refused("same_person")
    return operator


def create(
    session: Session, number: str, name: str, roles: Sequence[str], hashed: str, now: datetime
) -> Operator:
    """A new account whose first password must be changed. Raises Refused `number_taken` and what
    `may_hold` says."""
    required(may_hold(roles))
    if session.get(Operator, number) is not None:
        raise Refused("number_taken")
    operator = Operator(
        number=number,
        name=name,
        roles=",".join(roles),
        password_hash=hashed,
        password_at=stamp(now),
        must_change=True,
    )
    session.add(operator)
    session.flush()
    return operator


def change_roles(session: Session, number: str, roles: Sequence[str], by: str) -> Operator:
    """Others from now on; nobody changes their own. Open sessions end."""
    required(may_hold(roles))
    operator = account_of(session, number, by)
    operator.roles = ",".join(roles)
    operators.sign_out_everywhere(session, number)
    return operator


def disable(session: Session, number: str, disabled: bool, by: str) -> Operator:
    """Out of use, or back in use; open sessions end."""
    operator = account_of(session, number, by)
    operator.disabled = disabled
    operators.sign_out_everywhere(session, number)
    return operator


def reset(session: Session, number: str, hashed: str, by: str, now: datetime) -> Operator:
    """A first password again, and no lock."""
    operator = account_of(session, number, by)
    _replace(operator, hashed, now, 0)
    operator.must_change, operator.failed, operator.locked_until = True, 0, ""
    operators.sign_out_everywhere(session, number)
    return operator


def change_password(
    db: Database,
    rules: StaffRules,
    made: Passwords,
    number: str,
    password: str,
    new_password: str,
    now: datetime,
) -> Operator:
    """An own one. Raises Refused `wrong_password`, `locked`, `password_known` and what `fault_of`
    says."""
    operator = operators.check_password(db, number, password, now)
    check_new(new_password, number, rules)
    old = [operator.password_hash, *operator.old_hashes.split()][: rules.passwords_remembered + 1]
    if any(matches(one, new_password) for one in old):
        raise Refused("password_known")
    hashed = made.hashed(new_password)
    with db.write() as session:
        operator = account_of(session, number)
        _replace(operator, hashed, now, rules.passwords_remembered)
        operator.must_change = False
    return operator


def check_new(password: str, number: str, rules: StaffRules) -> None:
    """Raises Refused with what is wrong with a new password."""
    fault = fault_of(password, number, rules)
    if fault:
        raise Refused(fault)


def _replace(operator: Operator, hashed: str, now: datetime, remembered: int) -> None:
    old = [operator.password_hash, *operator.old_hashes.split()]
    operator.old_hashes = "\n".join(old[: max(remembered, 1)])
    operator.password_hash, operator.password_at = hashed, stamp(now)


def listed(session: Session) -> list[Operator]:
    """Everybody, by number."""
    return list(session.scalars(select(Operator).order_by(Operator.number)))
