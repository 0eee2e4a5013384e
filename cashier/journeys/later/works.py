"""The works around pay later, in the order of the list."""

from __future__ import annotations

from cashier.journeys.later.account import pay_later
from cashier.journeys.later.arrears import arrears
from cashier.journeys.later.phone import agreements
from cashier.journeys.later.repaying import repay
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

_READERS = frozenset({"auditor", "finance", "supervisor"})

WORKS: tuple[Work, ...] = (
    Work(
        "repay", said("Pay what waited after a visit"), repay, ANYBODY, for_patient=True, key="F7"
    ),
    Work("pay_later", said("Pay after the visit"), pay_later, ANYBODY, for_patient=True),
    Work("agreements", said("Signed on the phone"), agreements, ANYBODY, for_patient=True),
    Work("arrears", said("Arrears of pay later"), arrears, _READERS, for_patient=False),
)
