"""Who may do what only a window does with people."""

from __future__ import annotations

from typing import Annotated

from settlement_backend.gate import kinds, role
from settlement_backend.staff.tables import Operator
from settlement_backend.terminals.tables import Terminal

WindowDep = Annotated[Terminal, kinds("window")]
DeskDep = Annotated[Terminal, kinds("window", "kiosk")]
PhoneOrDeskDep = Annotated[Terminal, kinds("mobile", "window", "kiosk")]
MobileDep = Annotated[Terminal, kinds("mobile")]
CashierDep = Annotated[Operator, role("cashier", "supervisor")]
SupervisorDep = Annotated[Operator, role("supervisor")]
