"""The works around prepaid money, in the order of offering: a hold first (S09)."""

from __future__ import annotations

from cashier.journeys.prefund.clean_outs import clean_outs
from cashier.journeys.prefund.clear import clear_balance
from cashier.journeys.prefund.hold import hold
from cashier.journeys.prefund.stock import stock
from cashier.journeys.prefund.top_up import balance
from cashier.journeys.work import ANYBODY, Work
from core.phrase import said

_READERS = frozenset({"auditor", "finance", "supervisor"})

WORKS: tuple[Work, ...] = (
    Work("hold", said("Pre-authorise a card"), hold, ANYBODY, for_patient=True),
    Work("balance", said("Prepaid balance"), balance, ANYBODY, for_patient=True),
    Work("clear_balance", said("Give the balance back"), clear_balance, ANYBODY, for_patient=True),
    Work("clean_outs", said("Balances asked back"), clean_outs, ANYBODY, for_patient=False),
    Work("stock", said("Stock of old balances"), stock, _READERS, for_patient=False),
)
