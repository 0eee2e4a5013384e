"""Operators and refunds: the client against the real backend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from contract_money import follow, follow_refund, paid_visit, pay_code, quote, visit
from contract_people import new_patient

from backend_client.client import BackendClient
from core.billing import Refund, Settlement, SettlementState, TenderKind
from core.ports import Refused
from core.steps import CommitSettlement
from core.steps.window_specials import FetchLiability, StateLiability
from core.window_specials import FactWord, Liability
from core.window_steps import (
    ConfirmRefund,
    FetchSettlements,
    Operator,
    RequestRefund,
    ReviewRefund,
    Settlements,
    SignInOperator,
)

pytestmark = pytest.mark.slow


def test_operator_signs_in_with_a_shift(window: BackendClient) -> None:
    told = window.ask(SignInOperator("2107", "demo-2107"))

    assert isinstance(told, Operator)
    assert (told.operator, told.name) == ("2107", "林晓雯")
    assert "cashier" in told.roles


def test_wrong_password_is_refused(window: BackendClient) -> None:
    assert window.ask(SignInOperator("2107", "wrong")) == Refused("wrong_password")


def test_f14_part_in_cash_is_a_windows_and_pays_beside_a_wallet(
    kiosk: BackendClient, window: BackendClient
) -> None:
    patient = new_patient(kiosk)
    quoted = quote(kiosk, patient, visit(kiosk, patient).bill)
    commit = CommitSettlement(
        *(quoted.settlement_id, 1, TenderKind.SCAN, pay_code("4321"), quoted.due_fen),
        part_cash_fen=100,
    )

    assert kiosk.ask(replace(commit, attempt=2)) == Refused("part_cash_not_here")
    whole = replace(commit, attempt=3, part_cash_fen=quoted.due_fen)
    assert window.ask(whole) == Refused("part_cash_too_much")
    told = window.ask(commit)

    assert isinstance(told, Settlement)
    paid = follow(window, told)
    assert [(one.kind, one.amount_fen) for one in paid.tenders] == [
        (TenderKind.SCAN, quoted.due_fen - 100),
        (TenderKind.CASH, 100),
    ]
    assert paid.cash is not None
    assert (paid.cash.to_take_fen, paid.cash.owed_fen) == (100, 0)


def test_refund_without_an_operator_is_not_authorised(
    kiosk: BackendClient, window: BackendClient, operation_id: str
) -> None:
    _, kept, paid = paid_visit(kiosk)
    line_ids = [line.line_id for line in kept.bill.lines]

    told = window.ask(RequestRefund(operation_id, paid.settlement_id, tuple(line_ids), "not done"))

    assert told == Refused("not_authorised")


def test_refund_needs_a_second_person_and_is_paid_once(
    kiosk: BackendClient, window: BackendClient, operation_id: str
) -> None:
    patient, kept, paid = paid_visit(kiosk)
    assert paid.state is SettlementState.COMPLETED
    line_ids = [line.line_id for line in kept.bill.lines]
    window.ask(SignInOperator("2107", "demo-2107"))
    past = window.ask(FetchSettlements(patient.patient_id))
    assert isinstance(past, Settlements)
    assert [row.settlement_id for row in past.settlements] == [paid.settlement_id]

    assert window.ask(RequestRefund(uuid4().hex, paid.settlement_id, (), "not done")) == Refused(
        "nothing_to_refund"
    )
    asked = window.ask(RequestRefund(operation_id, paid.settlement_id, tuple(line_ids), "not done"))
    assert isinstance(asked, Refund)
    assert (asked.state, asked.total_fen) == ("ACCEPTED", paid.total_fen)
    early = window.ask(ConfirmRefund(uuid4().hex, asked.refund_id))
    assert early == Refused("not_reviewed")

    def review(*said: Any) -> object:  # noqa: ANN401
        return window.ask(ReviewRefund(*said))

    same = review(operation_id, 1, asked.refund_id, "2107", "demo-2107", True)
    assert same == Refused("same_person")
    wrong = review(operation_id, 2, asked.refund_id, "2101", "wrong", True)
    assert wrong == Refused("wrong_password")
    reviewed = review(operation_id, 3, asked.refund_id, "2101", "demo-2101", True)
    assert isinstance(reviewed, Refund)
    assert reviewed.state == "REVIEWED"

    confirmed = window.ask(ConfirmRefund(operation_id, asked.refund_id))
    assert isinstance(confirmed, Refund)
    done = follow_refund(window, confirmed)
    assert done.total_fen == sum(part.amount_fen for part in done.parts)
    again = window.ask(RequestRefund(uuid4().hex, paid.settlement_id, tuple(line_ids), "not done"))
    assert again == Refused("already_refunded")


def test_rejected_refund_moves_nothing(
    kiosk: BackendClient, window: BackendClient, operation_id: str
) -> None:
    _, kept, paid = paid_visit(kiosk)
    line_ids = [line.line_id for line in kept.bill.lines]
    window.ask(SignInOperator("2107", "demo-2107"))
    asked = window.ask(RequestRefund(operation_id, paid.settlement_id, tuple(line_ids), "not done"))
    assert isinstance(asked, Refund)

    told = window.ask(ReviewRefund(operation_id, 1, asked.refund_id, "2101", "demo-2101", False))

    assert isinstance(told, Refund)
    assert told.state == "REJECTED"


def test_signed_out_operator_is_forgotten(window: BackendClient) -> None:
    window.ask(SignInOperator("2107", "demo-2107"))
    window.sign_out_operator()

    told = window.ask(RequestRefund(uuid4().hex, "none", ("none",), "not done"))

    assert told == Refused("not_authorised")


def test_n08_facts_of_a_visit_are_stated_and_told_with_who_said_them(
    kiosk: BackendClient, window: BackendClient
) -> None:
    _, kept, _ = paid_visit(kiosk)
    window.ask(SignInOperator("2107", "demo-2107"))

    told = window.ask(
        StateLiability(kept.registration_id, (FactWord("TRAFFIC_ACCIDENT", True),), "police")
    )

    assert isinstance(told, Liability)
    assert told.excluded == ("THIRD_PARTY_LIABILITY",)
    fact = next(fact for fact in told.facts if fact.at)
    assert (fact.fact, fact.operator, fact.reason) == ("TRAFFIC_ACCIDENT", "2107", "police")
    assert window.ask(FetchLiability(kept.registration_id)) == told
    unknown = StateLiability(kept.registration_id, (FactWord("NOBODY_KNOWS", True),), "police")
    assert window.ask(unknown) == Refused("unknown_exclusion")
