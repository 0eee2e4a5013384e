"""Who asks for a refund: a patient at a kiosk or phone, or the operator signed in at a counter.

What a reader would get wrong: at a window or a ward nobody asks without an operator, whatever
the profile allows there.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header

from settlement_backend.base.errors import NotAllowed
from settlement_backend.base.steps import Actor
from settlement_backend.gate import OperatorDep, ServiceDep, TerminalDep, operator_at
from settlement_backend.service import Service
from settlement_backend.staff import operators
from settlement_backend.staff.acting import actor_at
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

_PATIENTS = ("kiosk", "mobile")
_COUNTERS = ("window", "ward")


def anybody_at(
    service: ServiceDep, terminal: TerminalDep, x_operator_token: Annotated[str, Header()] = ""
) -> Actor:
    """Whoever stands there; at a counter the operator. Raises NotAllowed."""
    if terminal.kind in _PATIENTS and not x_operator_token:
        return actor_at(terminal)
    if terminal.kind not in _COUNTERS:
        raise NotAllowed
    return actor_at(terminal, operator_at(service, terminal, x_operator_token))


def window_staff_at(operator: OperatorDep, terminal: TerminalDep) -> Actor:
    """The operator at a window: nobody else carries a refund out (C05). Raises NotAllowed."""
    if terminal.kind != "window":
        raise NotAllowed
    return actor_at(terminal, operator)


Anybody = Annotated[Actor, Depends(anybody_at)]
WindowStaff = Annotated[Actor, Depends(window_staff_at)]


def second_person(
    service: Service,
    terminal: Terminal,
    number: str,
    password: str,
    not_by: str,
    roles: tuple[str, ...],
) -> Actor:
    """A reviewer proved by password, another person than `not_by`.

    Raises Refused `same_person`, `wrong_password`, `locked`, `not_allowed`.
    """
    with service.db.read() as session:
        known = session.get(Operator, number)
    held = known.roles.split(",") if known is not None else []
    role = next((role for role in roles if role in held), roles[0])
    now = service.clock.now()
    second = operators.check_second(service.db, number, password, not_by, role, now)
    return actor_at(terminal, second)
