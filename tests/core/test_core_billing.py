"""Sums that do not fit are refused where they enter: nothing untrue can be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.billing import (
    FINAL_STATES,
    Completer,
    Component,
    ComponentKind,
    Hold,
    Settlement,
    SettlementState,
    Tender,
    TenderKind,
    TenderState,
)
from core.errors import Inconsistent
from tests.helpers import people

_FUND = Component(ComponentKind.INSURANCE_FUND, people.FUND_FEN)
_OWN = Component(ComponentKind.SELF_PAY, people.SELF_PAY_FEN)
_TENDER = Tender("T1", TenderKind.SCAN, 8_000, TenderState.PLANNED, "")
_HOLD = Hold(
    "H1", 200_000, 50_000, 100_000, 50_000, "HELD", "6228****", "2026-02-04", Completer.ACQUIRER
)
_SETTLEMENT = Settlement(
    settlement_id="S1",
    state=SettlementState.QUOTED,
    patient="王*国",
    bills=(people.BILL,),
    components=(_FUND, _OWN),
    tenders=(_TENDER,),
    options=(),
    total_fen=people.TOTAL_FEN,
    due_fen=524,
    cash_fen=524,
    reauthorise_fen=0,
    pos=None,
    cash=None,
    hold=None,
    slip=None,
    trouble="",
    next_poll_ms=3_000,
    settled_at="",
)


def test_bill_whose_lines_do_not_sum_is_refused() -> None:
    with pytest.raises(Inconsistent, match="lines of bill B1"):
        replace(people.BILL, total_fen=people.TOTAL_FEN + 1)


def test_hold_whose_parts_do_not_sum_is_refused() -> None:
    with pytest.raises(Inconsistent, match="parts of hold H1"):
        replace(_HOLD, released_fen=100_001)


def test_refund_whose_parts_do_not_sum_is_refused() -> None:
    with pytest.raises(Inconsistent, match="parts of refund RF1"):
        replace(people.refund("PAID"), total_fen=1)


def test_settlement_whose_bills_do_not_sum_is_refused() -> None:
    with pytest.raises(Inconsistent, match="bills of S1"):
        replace(_SETTLEMENT, bills=(people.BILL, people.BILL))


def test_settlement_whose_components_do_not_sum_is_refused() -> None:
    with pytest.raises(Inconsistent, match="components of S1"):
        replace(_SETTLEMENT, components=(_FUND,))


@pytest.mark.parametrize("due_fen", [523, 525, -1])
def test_settlement_whose_tenders_and_due_do_not_sum_is_refused(due_fen: int) -> None:
    with pytest.raises(Inconsistent, match="tenders of S1"):
        replace(_SETTLEMENT, due_fen=due_fen)


def test_self_pay_is_the_self_pay_component_alone() -> None:
    assert _SETTLEMENT.self_pay_fen == people.SELF_PAY_FEN


@pytest.mark.parametrize("state", list(SettlementState))
def test_final_states_are_those_the_backend_never_leaves(state: SettlementState) -> None:
    final = state in ("COMPLETED", "REVERSED", "CANCELLED", "SUSPENSE")
    assert replace(_SETTLEMENT, state=state).final is final
    assert (state in FINAL_STATES) is final
